"""Batches of report cards: what a run covers, each card as it is finished, and the archive of all of them."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import obstore
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column
from zipstream import ZIP_STORED, ZipStream

from runtime import files as blobs
from runtime.errors import InvalidInput, NotAllowed, NotVisible, Upstream
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.telemetry import log
from runtime.transaction import Tx
from school import calendar, report_cards, report_sets, runs
from school.audit import AuditEntry
from school.calendar import Term
from school.classes import ClassArm, Enrolment, Level
from school.files import Received, StoredFile, keep
from school.permissions import WHOLE_SCHOOL, Permission
from school.report_contract import ReportCard
from school.runs import RunRow

_log = log("report_batches")
KIND = "report_cards"
KEEP_DAYS = 30
EXPIRING = "expiring"
"""Prefix of the keys of files kept for 30 days, for a lifecycle rule of the store."""


class FinishedCard(SchoolRow, Base):
    """One card of a run: where its PDF is, or why there is none. Written once, so a resumed run skips it."""

    __tablename__ = "finished_cards"

    run_id: Mapped[UUID] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    student_id: Mapped[UUID] = mapped_column(ForeignKey("students.id", ondelete="CASCADE"))
    name: Mapped[str]
    key: Mapped[str | None]
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(default="")
    fault: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("run_id", "student_id"),
        CheckConstraint("(key IS NULL) <> (fault IS NULL)", name="outcome"),
    )


@dataclass(frozen=True, slots=True)
class Share:
    """A class's share of a batch."""

    class_arm: ClassArm
    student_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch covers, class by class."""

    term: Term
    label: str
    shares: tuple[Share, ...]

    @property
    def total(self) -> int:
        return sum(len(share.student_ids) for share in self.shares)

    @property
    def title(self) -> str:
        names = [share.class_arm.name for share in self.shares]
        what = names[0] if len(names) == 1 else f"{len(names)} classes"
        return f"Report cards for {what}, {self.label}"

    def payload(self) -> dict[str, Any]:
        return {
            "termId": str(self.term.id),
            "title": self.title,
            "shares": [
                {"classArmId": str(share.class_arm.id), "studentIds": [str(key) for key in share.student_ids]}
                for share in self.shares
            ],
        }


async def plan(
    tx: Tx, term: Term, *, class_arm_id: UUID | None = None, student_ids: Sequence[UUID] | None = None
) -> Plan:
    """What a batch of a class, of some students, or of the whole school covers, within the caller's classes.

    Errors: not_visible, not_allowed, invalid_input (nobody on the roll).
    """
    label = await calendar.term_label(tx, term)
    if student_ids:
        grouped: dict[UUID, list[UUID]] = {}
        for student_id in dict.fromkeys(student_ids):
            grouped.setdefault(await report_cards.class_of(tx, student_id, term), []).append(student_id)
        shares = [
            Share(await report_sets.access_class_reports(tx, key, Permission.REPORTS_WRITE), tuple(members))
            for key, members in grouped.items()
        ]
        return Plan(term, label, tuple(shares))
    if class_arm_id is not None:
        arms = [await report_sets.access_class_reports(tx, class_arm_id, Permission.REPORTS_WRITE)]
    else:
        if tx.caller.role not in WHOLE_SCHOOL:
            raise NotAllowed("The cards of the whole school are the head's to make. Name one of your classes.")
        tx.require(Permission.REPORTS_WRITE)
        query = select(ClassArm).join(Level, Level.id == ClassArm.level_id).order_by(Level.position, ClassArm.arm)
        arms = list(await tx.session.scalars(query))
    shares = [Share(arm, tuple(await _on_roll(tx, arm.id, term))) for arm in arms]
    found = Plan(term, label, tuple(share for share in shares if share.student_ids))
    if not found.total:
        raise InvalidInput(f"{arms[0].name if len(arms) == 1 else 'The school'} has no students in {label}.")
    return found


async def _on_roll(tx: Tx, class_arm_id: UUID, term: Term) -> list[UUID]:
    day = min(max(tx.today, term.starts_on), term.ends_on)
    query = select(Enrolment.student_id).where(
        Enrolment.class_arm_id == class_arm_id, Enrolment.session_id == term.session_id,
        Enrolment.joined_on <= term.ends_on, (Enrolment.left_on.is_(None)) | (Enrolment.left_on > day),
    )  # fmt: skip
    return list(await tx.session.scalars(query))


async def begin(tx: Tx, chosen: Plan) -> RunRow:
    """Start the run that makes the cards."""
    tx.require(Permission.REPORTS_WRITE)
    return await runs.start(tx, KIND, chosen.title, chosen.payload(), total=chosen.total)


async def access_batch(tx: Tx, run_id: UUID) -> RunRow:
    """A run of this kind the caller may see. Errors: not_visible."""
    run = await runs.access_run(tx, run_id)
    if run.kind != KIND:
        raise NotVisible("There is no such report job.")
    return run


async def newest_batch(tx: Tx) -> RunRow:
    """The caller's newest run of this kind. Errors: not_visible (they have none)."""
    query = select(RunRow).where(RunRow.kind == KIND, RunRow.started_by == tx.caller.user_id)
    found = await tx.session.scalar(query.order_by(RunRow.created_at.desc(), RunRow.id.desc()).limit(1))
    if found is None:
        raise NotVisible("You have not made report cards as files yet. Say which class, and they are made.")
    return found


async def finished(tx: Tx, run_id: UUID) -> list[FinishedCard]:
    """The cards of a run that are done, with those that failed, by name."""
    query = select(FinishedCard).where(FinishedCard.run_id == run_id).order_by(FinishedCard.name)
    return list(await tx.session.scalars(query))


def new_key(school_id: UUID) -> str:
    """An unguessable key under the prefix that expires."""
    return f"{EXPIRING}/{school_id}/{secrets.token_urlsafe(24)}"


def file_name(card: ReportCard) -> str:
    """ "JSS 2 Ruby/Okonjo Ada HA-001.pdf": a folder a class, a name no system stumbles over."""
    safe = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", f"{card.student.name} {card.student.student_no}").strip(" .-")
    folder = re.sub(r"[^\w -]", "-", card.student.class_)
    return f"{folder}/{safe}.pdf"


async def keep_cards(tx: Tx, run_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Write finished cards down; one that another worker wrote first stays as it is."""
    if rows:
        values = [{"id": new_id(), "school_id": tx.school_id, "run_id": run_id, **row} for row in rows]
        await tx.session.execute(insert(FinishedCard).on_conflict_do_nothing(), values)


async def archive(cards: Sequence[FinishedCard]) -> AsyncIterator[bytes]:
    """The ZIP of these cards, read from the store card by card; no more than a chunk of it is in memory."""
    archive = ZipStream(compress_type=ZIP_STORED)  # a PDF is compressed already
    names: set[str] = set()
    for card in cards:
        if card.key is None:
            continue
        name = card.name if card.name not in names else f"{card.name.removesuffix('.pdf')} {card.student_id}.pdf"
        names.add(name)
        archive.add(_content(card.key), arcname=name)
    chunks: Iterator[bytes] = iter(archive)
    while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
        yield chunk


def _content(key: str) -> Iterator[bytes]:
    yield bytes(obstore.get(blobs.store(), key).bytes())


async def keep_archive(tx: Tx, name: str, written: blobs.Written) -> StoredFile:
    """Give the archive to the caller for 30 days."""
    return await keep(tx, Received(name, "application/zip", written), purpose="report_cards", days=KEEP_DAYS)


async def sweep(tx: Tx) -> int:
    """Delete the bytes of cards and archives older than 30 days, and record how many are gone. Returns the number.

    A rule of the bucket may have been first: what it deleted is recorded all the same.
    """
    before = tx.now - timedelta(days=KEEP_DAYS)
    gone, left = set[str](), set[str]()
    for key in await blobs.keys_older_than(f"{EXPIRING}/{tx.school_id}/", before):
        try:
            await blobs.remove(key)
            gone.add(key)
        except Upstream:
            left.add(key)
    gone |= await _write_off(tx, gone, left, before)
    if left:
        _log.warning("expired_files_not_deleted", school_id=str(tx.school_id), files=len(left))
    if gone:
        tx.session.add(
            AuditEntry(
                id=new_id(), school_id=tx.school_id, created_at=tx.now, user_id=None, person_id=None, who=tx.caller.name,
                role=tx.caller.role.value, door=tx.caller.door.value, tool="delete_expired_reports", effect="write",
                summary=f"{len(gone)} report files older than {KEEP_DAYS} days were deleted.", arguments={}, request_id="",
            )
        )  # fmt: skip
        await tx.session.flush()
    return len(gone)


async def _write_off(tx: Tx, gone: set[str], left: set[str], before: datetime) -> set[str]:
    """Say of the rows of files that are gone, or past their time, that their bytes are deleted. Returns their keys."""
    cards = select(FinishedCard).where(FinishedCard.key.in_(gone) | (FinishedCard.created_at < before))
    archives = select(StoredFile).where(
        StoredFile.deleted_at.is_(None),
        StoredFile.key.in_(gone) | ((StoredFile.purpose == KIND) & (StoredFile.created_at < before)),
    )
    written_off = set[str]()
    for card in await tx.session.scalars(cards.where(FinishedCard.key.is_not(None), FinishedCard.key.not_in(left))):
        written_off.add(card.key or "")
        card.key, card.fault = None, f"Deleted after {KEEP_DAYS} days."
    for archive in await tx.session.scalars(archives.where(StoredFile.key.not_in(left))):
        written_off.add(archive.key)
        archive.deleted_at = tx.now
    return written_off
