"""Reminders of a fee on a day that was chosen before: sent to the guardians of those who still owe it then."""

from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import NotVisible
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school import fee_ledger
from school.fees import FeeReminder
from school.permissions import Permission

SEND_FROM = time(8, 0)
"""Reminders of a day go out from this time, where the school is."""


class FeePlan(SchoolRow, Base):
    """One reminder that waits for its day. It is sent once, and only for what is open then."""

    __tablename__ = "fee_plans"

    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"))
    fee: Mapped[str]
    send_on: Mapped[date]
    sent_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    reminded: Mapped[int] = mapped_column(default=0)

    __table_args__ = (Index("ix_fee_plans_send_on", "school_id", "send_on"),)


async def add(tx: Tx, term_id: UUID, fee: str, send_on: date) -> FeePlan:
    """Plan a reminder. One that waits for the same fee and day is that one. Errors: not_allowed."""
    tx.require(Permission.FEES_WRITE)
    same = select(FeePlan).where(
        FeePlan.term_id == term_id, FeePlan.fee == fee, FeePlan.send_on == send_on, FeePlan.sent_at.is_(None),
        FeePlan.cancelled_at.is_(None),
    )  # fmt: skip
    if (row := await tx.session.scalar(same)) is not None:
        return row
    row = FeePlan(id=new_id(), school_id=tx.school_id, term_id=term_id, fee=fee, send_on=send_on)
    tx.session.add(row)
    await tx.session.flush()
    return row


async def waiting(tx: Tx) -> list[FeePlan]:
    """The reminders that wait, soonest first. Errors: not_allowed."""
    tx.require(Permission.FEES_READ, tx.caller.role in fee_ledger.BOOKS)
    query = select(FeePlan).where(FeePlan.sent_at.is_(None), FeePlan.cancelled_at.is_(None))
    return list(await tx.session.scalars(query.order_by(FeePlan.send_on, FeePlan.fee)))


async def cancel(tx: Tx, plan_id: UUID) -> FeePlan:
    """Call off a reminder that waits. Errors: not_visible, not_allowed."""
    tx.require(Permission.FEES_WRITE)
    row = await tx.session.get(FeePlan, plan_id, with_for_update=True)
    if row is None or row.sent_at is not None or row.cancelled_at is not None:
        raise NotVisible("There is no such reminder waiting.")
    row.cancelled_at = tx.now
    return row


async def restore(tx: Tx, plan_id: UUID) -> FeePlan:
    """Let a reminder that was called off wait again. Errors: not_visible, not_allowed."""
    tx.require(Permission.FEES_WRITE)
    row = await tx.session.get(FeePlan, plan_id, with_for_update=True)
    if row is None or row.sent_at is not None or row.cancelled_at is None:
        raise NotVisible("There is no such reminder that was called off.")
    row.cancelled_at = None
    return row


async def owing_of(tx: Tx, fee: str) -> dict[date, tuple[list[UUID], Decimal]]:
    """By the day it is due: who still owes of a fee, and the sum still open."""
    found: dict[date, tuple[list[UUID], Decimal]] = {}
    for account in await fee_ledger.owing(tx, fee=fee):
        for charge in account.charges:
            if charge.open and charge.name == fee:
                students, total = found.setdefault(charge.due_on, ([], Decimal(0)))
                if account.student_id not in students:
                    students.append(account.student_id)
                found[charge.due_on] = (students, total + charge.open)
    return found


async def send_due(tx: Tx) -> int:
    """Send the reminders whose day has come, one event for each day a fee is due. Returns how many students they are about."""
    if tx.now.astimezone(tx.zone).time() < SEND_FROM:
        return 0
    query = select(FeePlan).where(
        FeePlan.send_on <= tx.today, FeePlan.sent_at.is_(None), FeePlan.cancelled_at.is_(None)
    )
    total = 0
    for plan in await tx.session.scalars(query.order_by(FeePlan.send_on).with_for_update(skip_locked=True)):
        plan.sent_at = tx.now
        for due, (students, amount) in (await owing_of(tx, plan.fee)).items():
            tx.emit(FeeReminder(student_ids=sorted(students), fee_type=plan.fee, amount=amount, due_date=due))
            plan.reminded += len(students)
        total += plan.reminded
    return total
