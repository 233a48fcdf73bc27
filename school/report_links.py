"""Ways to a card without signing in: the code printed on it that proves it genuine, and links sent to guardians."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Numeric, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import NotVisible
from runtime.ids import new_id
from runtime.secrets import derived_key, fingerprint
from runtime.settings import settings
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school.report_contract import ReportCard, Verification

LINK_DAYS = 30
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ0123456789"
"""32 letters and digits that are not mistaken for one another when typed from paper."""


class IssuedCard(SchoolRow, Base):
    """What the verification page says of a printed card: initials, class, term and average; never a name."""

    __tablename__ = "issued_cards"

    code: Mapped[str]
    student_id: Mapped[UUID] = mapped_column(ForeignKey("students.id", ondelete="CASCADE"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"))
    initials: Mapped[str]
    class_arm: Mapped[str]
    term: Mapped[str]
    average: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    issued_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("school_id", "code"), UniqueConstraint("student_id", "term_id"))


class ReportLink(SchoolRow, Base):
    """A guardian's own link to their child's card. The token is kept as its hash."""

    __tablename__ = "report_links"

    token_hash: Mapped[str]
    student_id: Mapped[UUID] = mapped_column(ForeignKey("students.id", ondelete="CASCADE"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"))
    guardian_id: Mapped[UUID] = mapped_column(ForeignKey("guardians.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("school_id", "token_hash"),)


def site() -> str:
    """The address people reach the service at, without a slash at the end."""
    chosen = settings()
    return (chosen.public_url or f"http://{chosen.host}:{chosen.port}").rstrip("/")


def verification(slug: str, student_id: UUID, term_id: UUID) -> Verification:
    """The code of a card: 60 bits of a keyed hash, so the same card always prints the same and none is guessed."""
    digest = hmac.new(derived_key("report-card"), student_id.bytes + term_id.bytes, hashlib.sha256).digest()
    number = int.from_bytes(digest[:8], "big") >> 4
    letters = "".join(_LETTERS[(number >> (5 * place)) & 31] for place in range(12))
    code = "-".join(letters[start : start + 4] for start in (0, 4, 8))
    return Verification(code=code, url=f"{site()}/verify/{slug}/{code}")


def initials(name: str) -> str:
    """ "Okonjo Ada Ngozi" -> "O. A. N."."""
    return " ".join(f"{part[0].upper()}." for part in name.replace("-", " ").split())


async def issue(tx: Tx, cards: Iterable[ReportCard]) -> None:
    """Let the verification page know these cards, as they are printed now."""
    rows = [
        {
            "id": new_id(), "school_id": tx.school_id, "code": card.verification.code, "student_id": card.student.id,
            "term_id": card.term_id, "initials": initials(card.student.name), "class_arm": card.student.class_,
            "term": f"{card.term} {card.session}", "average": card.overall_average, "issued_at": tx.now,
        }
        for card in cards
    ]  # fmt: skip
    if not rows:
        return
    statement = insert(IssuedCard)
    changed = {
        column: statement.excluded[column]
        for column in ("code", "initials", "class_arm", "term", "average", "issued_at")
    }
    await tx.session.execute(
        statement.on_conflict_do_update(index_elements=["student_id", "term_id"], set_=changed), rows
    )


async def find_issued(tx: Tx, code: str) -> IssuedCard:
    """The card a code was printed on. Errors: not_visible."""
    typed = "".join(
        letter for letter in code.upper().replace("O", "0").replace("I", "1").replace("L", "1") if letter.isalnum()
    )
    shown = "-".join(typed[start : start + 4] for start in (0, 4, 8))
    found = await tx.session.scalar(select(IssuedCard).where(IssuedCard.code == shown))
    if found is None:
        raise NotVisible("No report card of this school carries this code. Check the letters and try again.")
    return found


async def make_links(
    tx: Tx, slug: str, term_id: UUID, children: Mapping[UUID, Iterable[UUID]]
) -> dict[UUID, list[str]]:
    """New links, guardian -> one address for each child; each opens that child's card alone, for 30 days."""
    made: dict[UUID, list[str]] = {}
    for guardian_id, student_ids in children.items():
        for student_id in student_ids:
            token = base64.urlsafe_b64encode(secrets.token_bytes(15)).decode()
            tx.session.add(
                ReportLink(
                    id=new_id(), school_id=tx.school_id, token_hash=fingerprint(token), student_id=student_id,
                    term_id=term_id, guardian_id=guardian_id, expires_at=tx.now + timedelta(days=LINK_DAYS),
                )
            )  # fmt: skip
            made.setdefault(guardian_id, []).append(f"{site()}/r/{slug}/{token}")
    await tx.session.flush()
    return made


async def find_link(tx: Tx, token: str) -> ReportLink:
    """The link of a token that has not run out. Errors: not_visible."""
    found = await tx.session.scalar(select(ReportLink).where(ReportLink.token_hash == fingerprint(token)))
    if found is None or found.expires_at <= tx.now:
        raise NotVisible("This link has run out. Ask the school for a new one, or sign in to see the card.")
    return found


@dataclass(frozen=True, slots=True)
class OpenedCard:
    """What a card path stands for. `released`: it opens only while guardians may see the card."""

    school_id: UUID
    student_id: UUID
    term_id: UUID
    released: bool


def card_path(school_id: UUID, student_id: UUID, term_id: UUID, until: datetime, *, released: bool) -> str:
    """A path that opens one card's PDF until a moment, for whoever holds it; nothing is stored for it."""
    body = school_id.bytes + student_id.bytes + term_id.bytes + int(until.timestamp()).to_bytes(5, "big")
    body += bytes([released])
    token = base64.urlsafe_b64encode(body + _seal(body)).rstrip(b"=").decode()
    return f"/api/reports/cards/{token}"


def _seal(body: bytes) -> bytes:
    return hmac.new(derived_key("card-link"), body, hashlib.sha256).digest()[:16]


def opened_card(token: str, now: datetime) -> OpenedCard:
    """What a card path's token stands for. Errors: not_visible."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        raw = b""
    body, seal = raw[:-16], raw[-16:]
    if len(body) != 54 or not hmac.compare_digest(seal, _seal(body)):
        raise NotVisible("This link is not valid. Ask for a new one.")
    if int.from_bytes(body[48:53], "big") < now.timestamp():
        raise NotVisible("This link has run out. Ask for a new one.")
    ids = (UUID(bytes=body[start : start + 16]) for start in (0, 16, 32))
    return OpenedCard(*ids, released=bool(body[53]))
