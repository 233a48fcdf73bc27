"""Uses of hosted language models: who asked, for what, tokens and price; and how much of it the school allows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Numeric, cast, func, select
from sqlalchemy.orm import Mapped, mapped_column

from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school import schools
from school.conversations import Conversation, Turn
from school.permissions import Permission
from school.units import Value
from school.users import User

OPTION = "model_allowance"


class Purpose(StrEnum):
    """What a model was asked for."""

    CONVERSATION = "conversation"
    WRITING = "writing"
    REMARKS = "remarks"


class ModelUse(SchoolRow, Base):
    """One answer, text or remark of a hosted model. Tokens count every request it took."""

    __tablename__ = "model_uses"

    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    purpose: Mapped[str]
    model: Mapped[str]
    input_tokens: Mapped[int]
    output_tokens: Mapped[int]
    dollars: Mapped[Decimal | None] = mapped_column(Numeric(12, 6))

    __table_args__ = (
        Index("ix_model_uses_school_created", "school_id", "created_at"),
        CheckConstraint("purpose IN ('conversation', 'writing', 'remarks')", name="purpose"),
    )


class Allowance(Value):
    """What hosted models may be used for: tokens a day for one person and for the school, US dollars a month."""

    tokens_per_person: int = 300_000
    tokens_per_school: int = 5_000_000
    dollars_per_month: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """Tokens since midnight at the school, by the caller and by everybody; US dollars since the first of the month."""

    person_today: int
    school_today: int
    dollars_this_month: Decimal

    def within(self, allowed: Allowance) -> bool:
        """Whether one more answer may be asked for."""
        return (
            self.person_today < allowed.tokens_per_person
            and self.school_today < allowed.tokens_per_school
            and (allowed.dollars_per_month is None or self.dollars_this_month < allowed.dollars_per_month)
        )


@dataclass(slots=True)
class Usage:
    """Of one person: answers of the assistant, its tool calls, times a hosted model was asked, its tokens and price."""

    answers: int = 0
    calls: int = 0
    hosted: int = 0
    tokens: int = 0
    dollars: Decimal = Decimal(0)


async def allowance(tx: Tx) -> Allowance:
    """The school's allowance."""
    return Allowance.model_validate((await schools.current(tx)).options.get(OPTION, {}))


async def set_allowance(tx: Tx, wanted: Allowance) -> Allowance:
    """Keep another allowance. Returns the one before."""
    tx.require(Permission.SCHOOL_WRITE)
    before = await allowance(tx)
    school = await schools.current(tx)
    school.options = {**school.options, OPTION: wanted.model_dump(mode="json")}
    await tx.session.flush()
    return before


async def record(tx: Tx, purpose: Purpose, model: str, tokens: tuple[int, int], dollars: Decimal | None) -> None:
    """Keep one use by the caller. `tokens` are (in, out); `dollars` is null where nobody knows the model's price."""
    tx.session.add(
        ModelUse(
            id=new_id(), school_id=tx.school_id, user_id=tx.caller.user_id, person_id=tx.caller.person_id,
            purpose=purpose.value, model=model, input_tokens=tokens[0], output_tokens=tokens[1], dollars=dollars,
        )
    )  # fmt: skip
    await tx.session.flush()


async def used(tx: Tx) -> Used:
    """What was used today and this month."""
    midnight = datetime.combine(tx.today, time(), tx.zone)
    month = datetime.combine(tx.today.replace(day=1), time(), tx.zone)
    today = ModelUse.created_at >= midnight
    mine = (ModelUse.user_id == tx.caller.user_id) | (
        ModelUse.user_id.is_(None) & (ModelUse.person_id == tx.caller.person_id)
    )
    tokens = ModelUse.input_tokens + ModelUse.output_tokens
    row = await tx.session.execute(
        select(
            func.coalesce(func.sum(tokens).filter(today & mine), 0),
            func.coalesce(func.sum(tokens).filter(today), 0),
            func.coalesce(func.sum(ModelUse.dollars), 0),
        ).where(ModelUse.created_at >= month)
    )
    person, school, dollars = row.one()
    return Used(int(person), int(school), Decimal(dollars or 0))


async def by_person(tx: Tx, since: datetime) -> dict[str, Usage]:
    """Usage since a moment by people's names, most tokens first; who wrote by phone is one line."""
    tx.require(Permission.AUDIT_READ)
    found: dict[str, Usage] = defaultdict(Usage)
    name = func.coalesce(User.name, "By phone")
    calls = func.coalesce(func.sum(cast(Turn.usage["calls"].astext, BigInteger)), 0)
    turns = (
        select(name, func.count(), calls).select_from(Turn).join(Conversation, Conversation.id == Turn.conversation_id)
        .outerjoin(User, User.id == Conversation.user_id).where(Turn.created_at >= since).group_by(User.name)
    )  # fmt: skip
    for who, answers, called in await tx.session.execute(turns):
        found[who].answers, found[who].calls = answers, int(called)
    tokens = func.sum(ModelUse.input_tokens + ModelUse.output_tokens)
    uses = (
        select(name, func.count(), tokens, func.coalesce(func.sum(ModelUse.dollars), 0)).select_from(ModelUse)
        .outerjoin(User, User.id == ModelUse.user_id).where(ModelUse.created_at >= since).group_by(User.name)
    )  # fmt: skip
    for who, hosted, took, dollars in await tx.session.execute(uses):
        found[who].hosted, found[who].tokens, found[who].dollars = hosted, int(took), Decimal(dollars or 0)
    return dict(sorted(found.items(), key=lambda one: (-one[1].tokens, -one[1].answers, one[0])))
