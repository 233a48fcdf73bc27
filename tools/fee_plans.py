"""Fee reminders on a day that is chosen before, and the fees of a term they are about."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import announcements, calendar, fee_ledger, fee_plans, schools
from school.calendar import Term
from school.classes import ClassArm
from school.permissions import Permission
from school.units import Money, Value
from tools.announce import add_announcement
from tools.declare import Effect, tool
from tools.fee_ledger import FeeName, money
from tools.present import Block, Column, Table
from tools.refs import Ref
from tools.results import Done, Preview, Result

SendOn = Annotated[date, Field(description="The day the reminder goes out, YYYY-MM-DD.")]
Plan = Annotated[UUID, Field(description="The reminder that waits, from `show_fee_schedule`.")]


class FeeRow(Value):
    fee: str
    class_arm: str
    amount: Money
    due_on: date


class PlanRow(Value):
    id: UUID
    fee: str
    send_on: date


class FeeSchedule(Result):
    """The fees of a term, what they bring, and the reminders that wait."""

    term: str
    currency: str
    fees: list[FeeRow]
    reminders: list[PlanRow]
    asked: Decimal
    open: Decimal

    def headline(self) -> str:
        if not self.fees:
            return f"No fees are set for the {self.term}."
        return (
            f"{self.term}: {self.currency} {self.asked:,.2f} asked, {self.currency} {self.open:,.2f} still open,"
            f" {len(self.reminders)} reminder{'s'[: len(self.reminders) != 1]} planned."
        )

    def blocks(self) -> list[Block]:
        fees = [
            Column(key="fee", label="Fee"), Column(key="classArm", label="For"),
            Column(key="amount", label="Amount", kind="money"), Column(key="dueOn", label="Due", kind="date"),
        ]  # fmt: skip
        plans = [Column(key="fee", label="Fee"), Column(key="sendOn", label="Goes out", kind="date")]
        tables: list[Block] = []
        if self.fees:
            rows = [row.model_dump(mode="json", by_alias=True) for row in self.fees]
            tables.append(Table(title="Fees", columns=fees, rows=rows))
        if self.reminders:
            rows = [row.model_dump(mode="json", by_alias=True) for row in self.reminders]
            tables.append(Table(title="Planned reminders", columns=plans, rows=rows))
        return tables


@tool(
    permission=Permission.FEES_READ,
    effect=Effect.READ,
    rest="GET /api/v1/fees",
    says=(
        "Show the fee schedule",
        "What are the fees this term?",
        "How much tuition is still open in all?",
        "Which fee reminders are planned?",
    ),
)
async def show_fee_schedule(tx: Tx, *, term: Ref[Term] | None = None) -> FeeSchedule:
    """Show the fees of a term, the sums asked and open, and the reminders that wait.

    Use when the bursar or the head asks about fees in general. For one student use `show_fees`.

    Shape:  a term (default this one) -> one row a fee and class, one a waiting reminder.
    Units:  money in the school's currency; school-local days.
    Errors: those of any read.
    Source: tables fee_items, fee_payments, fee_plans.
    """
    chosen = await tx.session.get_one(Term, term.id) if term else await calendar.current_term(tx)
    rows: list[FeeRow] = []
    for item in await fee_ledger.items(tx, chosen.id):
        arm = await tx.session.get_one(ClassArm, item.class_arm_id) if item.class_arm_id else None
        rows.append(
            FeeRow(
                fee=item.name, class_arm=arm.name if arm else "The whole school", amount=item.amount, due_on=item.due_on
            )
        )
    charges = [c for a in await fee_ledger.accounts(tx) for c in a.charges if c.term == chosen.name]
    return FeeSchedule(
        term=chosen.name, currency=(await schools.current(tx)).currency, fees=rows,
        reminders=[PlanRow(id=p.id, fee=p.fee, send_on=p.send_on) for p in await fee_plans.waiting(tx)],
        asked=sum((c.amount for c in charges), Decimal(0)), open=sum((c.open for c in charges), Decimal(0)),
    )  # fmt: skip


async def _check(tx: Tx, fee: str, send_on: date) -> tuple[Term, str]:
    tx.require(Permission.FEES_WRITE)
    if send_on < tx.today:
        raise InvalidInput(f"{send_on:%d %B %Y} has passed. Choose today or a day to come.", field="sendOn")
    if (send_on - tx.today).days > 366:
        raise InvalidInput(f"{send_on:%d %B %Y} is more than a year away.", field="sendOn")
    term = await calendar.current_term(tx)
    name = await fee_ledger.named(tx, term.id, fee)
    known = sorted({item.name for item in await fee_ledger.items(tx, term.id)})
    if name not in known:
        there = f"There are {', '.join(known)}." if known else "None is set yet."
        raise InvalidInput(f"There is no fee “{name}” in the {term.name}. {there}", field="fee")
    return term, name


async def _preview(tx: Tx, *, fee: FeeName, send_on: SendOn) -> Preview:
    _, name = await _check(tx, fee, send_on)
    owing = await fee_plans.owing_of(tx, name)
    students = sorted({student for ids, _ in owing.values() for student in ids})
    total = sum((amount for _, amount in owing.values()), Decimal(0))
    due = min(owing, default=send_on)
    told = await announcements.fee_reminder(tx, students, name, due)
    preview = Preview(
        title=f"Remind of {name} on {send_on:%d %B %Y}", included=len(told.audience.included),
        summary=f"{len(students)} students owe {await money(tx, total)} today. Whoever has paid by then is left out."
        f" Told as things stand: {told.audience.summary()}. The sum is not in the message.",
    )  # fmt: skip
    return await add_announcement(tx, preview, told)


@tool(
    permission=Permission.FEES_WRITE,
    effect=Effect.SEND,
    rest="POST /api/v1/fee-plans",
    says=(
        "Schedule a reminder of tuition for 20 September",
        "Remind whoever still owes the exam fee on Monday",
        "On 1 October remind the parents who have not paid the bus fee",
        "Plan a tuition reminder a week before it is due",
    ),
    preview=_preview,
)
async def schedule_fee_reminder(tx: Tx, *, fee: FeeName, send_on: SendOn) -> Done:
    """Plan a fee reminder for a day, to the guardians of those who still owe then.

    Use when the bursar wants a reminder later. To remind now use `send_fee_reminder`.

    Shape:  a fee of this term, a day -> one reminder that waits; on its day one message a guardian.
    Units:  a school-local day; reminders go out from 08:00.
    Errors: those of any change.
    Source: tables fee_plans, fee_items, fee_payments.
    """
    term, name = await _check(tx, fee, send_on)
    plan = await fee_plans.add(tx, term.id, name, send_on)
    tx.undo_with("cancel_fee_reminder", plan=str(plan.id))
    return Done(message=f"On {send_on:%d %B %Y} the guardians of those who still owe {name} are reminded.")


async def _preview_cancel(tx: Tx, *, plan: Plan) -> Preview:
    tx.require(Permission.FEES_WRITE)
    found = next((row for row in await fee_plans.waiting(tx) if row.id == plan), None)
    if found is None:
        raise InvalidInput("There is no such reminder waiting.", field="plan")
    return Preview(
        title=f"Call off the reminder of {found.fee}", summary=f"It would have gone out on {found.send_on:%d %B %Y}.",
        included=1, state={"plan": str(plan)},
    )  # fmt: skip


@tool(
    permission=Permission.FEES_WRITE,
    effect=Effect.WRITE,
    rest="DELETE /api/v1/fee-plans/{plan}",
    says=(
        "Call off the planned tuition reminder",
        "Cancel the fee reminder of Monday",
        "Do not send the exam fee reminder after all",
    ),
    preview=_preview_cancel,
)
async def cancel_fee_reminder(tx: Tx, *, plan: Plan) -> Done:
    """Call off a fee reminder that waits for its day.

    Use when a planned reminder should not go out. See the planned ones with `show_fee_schedule`.

    Shape:  a planned reminder -> it will not be sent.
    Units:  reminders.
    Errors: those of any change.
    Source: table fee_plans.
    """
    row = await fee_plans.cancel(tx, plan)
    tx.undo_with("restore_fee_reminder", plan=str(plan))
    return Done(message=f"The reminder of {row.fee} on {row.send_on:%d %B %Y} is called off.")


@tool(permission=Permission.FEES_WRITE, effect=Effect.WRITE, rest="POST /internal/restore-fee-reminder", internal=True)
async def restore_fee_reminder(tx: Tx, *, plan: UUID) -> Done:
    """Let a reminder that was called off wait again. The inverse of calling it off."""
    row = await fee_plans.restore(tx, plan)
    tx.undo_with("cancel_fee_reminder", plan=str(plan))
    return Done(message=f"The reminder of {row.fee} on {row.send_on:%d %B %Y} waits again.")
