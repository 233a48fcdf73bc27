"""Fees: setting them, recording payments, and what is owed."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from runtime.caller import Role
from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import calendar, fee_ledger, fees, schools
from school.calendar import Term
from school.classes import ClassArm
from school.fee_ledger import Account, FeeItem, Kept, PaymentRecorded
from school.people import Student
from school.permissions import Permission
from school.results import MarksLocked
from tools.declare import Effect, tool
from tools.present import Block, Column, Fact, Facts, Table
from tools.refs import Ref
from tools.results import Concern, Done, Preview, Result

FeeName = Annotated[str, Field(min_length=2, max_length=60, description="What the fee is for, such as Tuition.")]
Amount = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2, description="Money in the school's currency.")]
Due = Annotated[date, Field(description="The day it is due, YYYY-MM-DD.")]
Arms = Annotated[list[Ref[ClassArm]], Field(max_length=60, description="Class arms it is for; none: the whole school.")]
Method = Annotated[str, Field(max_length=40, description="How it was paid, such as transfer, cash, POS or cheque.")]
Reference = Annotated[
    str | None, Field(min_length=2, max_length=60, description="The bank's or receipt's number; one counts once.")
]
PaidOn = Annotated[date | None, Field(description="The day it was paid, YYYY-MM-DD; default today.")]


async def money(tx: Tx, amount: Decimal) -> str:
    return f"{(await schools.current(tx)).currency} {amount:,.2f}"


def _whose(arms: list[Ref[ClassArm]]) -> str:
    return ", ".join(arm.label for arm in arms) or "the whole school"


async def _term(tx: Tx, term: Ref[Term] | None) -> Term:
    return await tx.session.get_one(Term, term.id) if term else await calendar.current_term(tx)


def _rows(arms: list[Ref[ClassArm]], amount: Decimal | None, due: date | None) -> list[Kept]:
    return [Kept(arm.id, amount, due) for arm in arms] or [Kept(None, amount, due)]


async def _standing(tx: Tx, term: Term, name: str, arms: list[Ref[ClassArm]]) -> list[FeeItem]:
    wanted = {arm.id for arm in arms} or {None}
    return [row for row in await fee_ledger.items(tx, term.id) if row.name == name and row.class_arm_id in wanted]


async def _preview_set(
    tx: Tx, *, fee: FeeName, amount: Amount, due: Due, class_arms: Arms = [], term: Ref[Term] | None = None,  # noqa: B006  # never changed
) -> Preview:  # fmt: skip
    tx.require(Permission.FEES_WRITE)
    chosen = await _term(tx, term)
    name = await fee_ledger.named(tx, chosen.id, fee)
    if fault := fees.check(amount, due, tx.today):
        raise InvalidInput(fault)
    before = await _standing(tx, chosen, name, class_arms)
    facts = [Fact(label="Amount", value=await money(tx, amount)), Fact(label="Due", value=f"{due:%d %B %Y}")]
    facts += [
        Fact(label="Until now", value=f"{await money(tx, row.amount)}, due {row.due_on:%d %B %Y}") for row in before[:5]
    ]
    return Preview(
        title=f"{name} for {_whose(class_arms)}, {chosen.name}", included=max(len(class_arms), 1),
        summary="What is owed changes at once. Nobody is written to.", blocks=[Facts(items=facts)],
        state={"before": [[str(row.class_arm_id), str(row.amount), str(row.due_on)] for row in before]},
        warnings=["The day it is due is in the past."] if due < tx.today else [],
    )  # fmt: skip


@tool(
    permission=Permission.FEES_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/fees",
    says=(
        "Set tuition for JSS 2 Ruby to 85000, due 30 September",
        "The exam fee is 3000 for the whole school, due on 10 October",
        "Make the bus fee of SS 1 Pearl 12,500 due next Friday",
        "Change tuition of JSS 1 Pearl to 90000",
    ),
    preview=_preview_set,
)
async def set_fee(
    tx: Tx, *, fee: FeeName, amount: Amount, due: Due, class_arms: Arms = [], term: Ref[Term] | None = None,  # noqa: B006  # never changed
) -> Done:  # fmt: skip
    """Set what a fee of a term is, for classes or all, and when it is due.

    Use when the bursar says what is to be paid. Nobody is written to: for that use `send_fee_reminder`.

    Shape:  a fee, an amount, a day, classes (none: all), a term (default this one) -> one fee a class.
    Units:  money in the school's currency; a school-local day.
    Errors: those of any change.
    Source: table fee_items.
    """
    chosen = await _term(tx, term)
    name = await fee_ledger.named(tx, chosen.id, fee)
    if fault := fees.check(amount, due, tx.today):
        raise InvalidInput(fault)
    before = await fee_ledger.set_items(tx, chosen.id, name, _rows(class_arms, amount, due))
    _undo(tx, chosen.id, name, before)
    return Done(
        message=f"{name} for {_whose(class_arms)} is {await money(tx, amount)} in the {chosen.name}, due {due:%d %B %Y}."
    )


async def _preview_remove(tx: Tx, *, fee: FeeName, class_arms: Arms = [], term: Ref[Term] | None = None) -> Preview:  # noqa: B006  # never changed
    tx.require(Permission.FEES_WRITE)
    chosen = await _term(tx, term)
    name = await fee_ledger.named(tx, chosen.id, fee)
    before = await _standing(tx, chosen, name, class_arms)
    return Preview(
        title=f"Remove {name} of {_whose(class_arms)}, {chosen.name}", included=len(before),
        summary="It is no longer owed. Payments stay on the books.",
        state={"before": [[str(row.class_arm_id), str(row.amount)] for row in before]},
        warnings=[] if before else [f"There is no {name} for {_whose(class_arms)} in the {chosen.name}."],
    )  # fmt: skip


@tool(
    permission=Permission.FEES_WRITE,
    effect=Effect.WRITE,
    rest="DELETE /api/v1/fees",
    says=(
        "Remove the bus fee of JSS 1 Pearl",
        "There is no exam fee this term after all",
        "Drop the excursion fee for the whole school",
    ),
    preview=_preview_remove,
)
async def remove_fee(tx: Tx, *, fee: FeeName, class_arms: Arms = [], term: Ref[Term] | None = None) -> Done:  # noqa: B006  # never changed
    """Remove a fee of a term, so that it is no longer owed.

    Use when a fee does not hold after all. Payments stay, and count toward what else is owed.

    Shape:  a fee, classes (none: the one of the whole school), a term -> the fee is gone.
    Units:  fees.
    Errors: those of any change.
    Source: table fee_items.
    """
    chosen = await _term(tx, term)
    name = await fee_ledger.named(tx, chosen.id, fee)
    before = await fee_ledger.set_items(tx, chosen.id, name, _rows(class_arms, None, None))
    if not any(one.amount for one in before):
        raise InvalidInput(f"There is no {name} for {_whose(class_arms)} in the {chosen.name}.", field="fee")
    _undo(tx, chosen.id, name, before)
    return Done(message=f"{name} of {_whose(class_arms)} is removed from the {chosen.name}.")


def _undo(tx: Tx, term_id: UUID, name: str, before: list[Kept]) -> None:
    tx.undo_with(
        "restore_fees", term=str(term_id), fee=name,
        before=[
            {"classArm": str(one.class_arm_id) if one.class_arm_id else None, "due": str(one.due_on) if one.due_on else None,
             "amount": str(one.amount) if one.amount is not None else None}
            for one in before
        ],
    )  # fmt: skip


@tool(permission=Permission.FEES_WRITE, effect=Effect.WRITE, rest="POST /internal/restore-fees", internal=True)
async def restore_fees(tx: Tx, *, term: UUID, fee: str, before: list[dict[str, str | None]]) -> Done:
    """Put a fee back to what it was for each class, or to none. The inverse of setting and of removing it."""
    wanted = [
        Kept(
            UUID(one["classArm"]) if one["classArm"] else None, Decimal(one["amount"]) if one["amount"] else None,
            date.fromisoformat(one["due"]) if one["due"] else None,
        )
        for one in before
    ]  # fmt: skip
    _undo(tx, term, fee, await fee_ledger.set_items(tx, term, fee, wanted))
    return Done(message=f"{fee} is back to what it was.")


async def _account(tx: Tx, student_id: UUID) -> Account | None:
    found = await fee_ledger.accounts(tx, await fee_ledger.access_students(tx, [student_id]))
    return found[0] if found else None


def _check_payment(tx: Tx, paid_on: date | None) -> date:
    day = paid_on or tx.today
    if day > tx.today:
        raise InvalidInput(f"{day:%d %B %Y} has not come yet: a payment is recorded once it is there.", field="paidOn")
    return day


async def _preview_payment(
    tx: Tx, *, student: Ref[Student], amount: Amount, paid_on: PaidOn = None, method: Method = "", reference: Reference = None
) -> Preview:  # fmt: skip
    tx.require(Permission.FEES_WRITE)
    day = _check_payment(tx, paid_on)
    await fee_ledger.check_reference(tx, reference)
    account = await _account(tx, student.id)
    owed = account.owed if account else Decimal(0)
    facts = [
        Fact(label="Owed before", value=await money(tx, owed)),
        Fact(label="Owed after", value=await money(tx, max(owed - amount, Decimal(0)))),
        Fact(label="Paid on", value=f"{day:%d %B %Y}"),
    ]  # fmt: skip
    twin = account and any(p.amount == amount and p.paid_on == day for p in account.payments)
    warnings = [f"{await money(tx, amount - owed)} more than is owed: it stays as credit."] if amount > owed else []
    warnings += ["The same sum was recorded for this student on the same day already."] if twin else []
    return Preview(
        title=f"{await money(tx, amount)} from {student.label}", included=1, blocks=[Facts(items=facts)],
        summary="It settles the oldest fee first.", warnings=warnings, state={"owed": str(owed)},
    )  # fmt: skip


@tool(
    permission=Permission.FEES_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/v1/fee-payments",
    says=(
        "Record 40000 from Ada Okonjo, transfer, reference TRF-1029",
        "Tunde Afolayan paid 20,000 in cash today",
        "Chidi's mother paid 85000 for tuition yesterday",
        "Enter a payment of 3000 for Musa Garba",
    ),
    errors=(PaymentRecorded,),
    preview=_preview_payment,
)
async def record_payment(
    tx: Tx, *, student: Ref[Student], amount: Amount, paid_on: PaidOn = None, method: Method = "", reference: Reference = None
) -> Done:  # fmt: skip
    """Record money received for a student's fees.

    Use when a fee was paid. A reference that is on the books already is refused, so nothing is entered twice.

    Shape:  a student, an amount, optionally day, method and reference -> one payment; the oldest fee is settled first.
    Units:  money in the school's currency; a school-local day.
    Errors: payment_recorded.
    Source: table fee_payments.
    """
    row = await fee_ledger.pay(tx, student.id, amount, _check_payment(tx, paid_on), method.strip(), reference)
    tx.undo_with("set_payment_standing", payment=str(row.id), counts=False)
    account = await _account(tx, student.id)
    left = await money(tx, account.owed if account else Decimal(0))
    return Done(message=f"{await money(tx, amount)} from {student.label} is recorded; {left} is still owed.")


@tool(permission=Permission.FEES_WRITE, effect=Effect.WRITE, rest="POST /internal/payment-standing", internal=True)
async def set_payment_standing(tx: Tx, *, payment: UUID, counts: bool) -> Done:
    """Take a payment back, or let it count again. It stays on the books either way."""
    row = await fee_ledger.stand(tx, payment, counts)
    tx.undo_with("set_payment_standing", payment=str(payment), counts=not counts)
    return Done(
        message=f"The payment of {await money(tx, row.amount)} {'counts again' if counts else 'is taken back'}."
    )


class FeeAccounts(Result):
    """What is owed for one student, or for each child of a guardian."""

    currency: str
    accounts: list[Account]
    own: bool

    def headline(self) -> str:
        owed = sum((account.owed for account in self.accounts), Decimal(0))
        late = sum((account.overdue for account in self.accounts), Decimal(0))
        names = " and ".join(
            account.student.rsplit(" ", 1)[-1] if self.own else account.student for account in self.accounts
        )
        if not owed:
            return f"Nothing is owed{f' for {names}' if names else ''}."
        overdue = f", {self.currency} {late:,.2f} of it overdue" if late else ""
        return f"{'You owe' if self.own else 'Owed:'} {self.currency} {owed:,.2f} for {names}{overdue}."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="student", label="Student", kind="person"), Column(key="fee", label="Fee"),
            Column(key="amount", label="Amount", kind="money"), Column(key="dueOn", label="Due", kind="date"),
            Column(key="open", label="Open", kind="money"),
        ]  # fmt: skip
        rows = [
            {"student": account.student, "fee": f"{charge.name}, {charge.term}", "amount": float(charge.amount),
             "dueOn": charge.due_on.isoformat(), "open": float(charge.open)}
            for account in self.accounts for charge in account.charges
        ]  # fmt: skip
        paid = [
            {"student": account.student, "paidOn": payment.paid_on.isoformat(), "amount": float(payment.amount),
             "how": " ".join(filter(None, (payment.method, payment.reference)))}
            for account in self.accounts for payment in account.payments
        ]  # fmt: skip
        columns_paid = [
            Column(key="student", label="Student", kind="person"), Column(key="paidOn", label="Paid", kind="date"),
            Column(key="amount", label="Amount", kind="money"), Column(key="how", label="How"),
        ]  # fmt: skip
        tables: list[Block] = [Table(title="Fees", columns=columns, rows=rows)] if rows else []
        return tables + ([Table(title="Payments", columns=columns_paid, rows=paid)] if paid else [])

    def plain(self) -> str:
        lines = [
            f"{charge.name}: {self.currency} {charge.open:,.2f}, due {charge.due_on.day} {charge.due_on:%b}."
            for account in self.accounts for charge in account.charges if charge.open
        ]  # fmt: skip
        return " ".join([self.headline(), *lines])


@tool(
    permission=Permission.FEES_READ,
    effect=Effect.READ,
    rest="GET /api/v1/fee-accounts",
    says=(
        "What is still to pay for Ada?",
        "Has Tunde Afolayan paid his tuition?",
        "Show the fees and payments of Chidi Eze",
    ),
    errors=(MarksLocked,),
)
async def show_fees(tx: Tx, *, student: Ref[Student]) -> FeeAccounts:
    """Show what is owed and was paid for one student.

    Use when somebody asks about one student's fees. For all of a guardian's children use `show_own_fees`.

    Shape:  a student -> their fees, payments and balance.
    Units:  money in the school's currency; school-local days.
    Errors: pin_needed.
    Source: tables fee_items, fee_payments, enrolments.
    """
    return await _accounts(tx, await fee_ledger.access_students(tx, [student.id]))


async def _accounts(tx: Tx, student_ids: list[UUID]) -> FeeAccounts:
    own = tx.caller.role is Role.GUARDIAN
    currency = (await schools.current(tx)).currency
    return FeeAccounts(currency=currency, accounts=await fee_ledger.accounts(tx, student_ids), own=own)


@tool(
    permission=Permission.FEES_READ,
    effect=Effect.READ,
    rest="GET /api/v1/fee-accounts/own",
    says=(
        "How much do I owe?",
        "Fees",
        "What school fees are open for my children?",
        "How much do I still have to pay?",
        "What is my balance?",
    ),
    errors=(MarksLocked,),
)
async def show_own_fees(tx: Tx) -> FeeAccounts:
    """Show a guardian what they owe and have paid for all of their children.

    Use when a guardian asks what they owe. For one student use `show_fees`.

    Shape:  nothing -> fees, payments and balance of each child.
    Units:  money in the school's currency; school-local days.
    Errors: pin_needed.
    Source: tables fee_items, fee_payments, enrolments, guardianships.
    """
    if tx.caller.role is not Role.GUARDIAN:
        raise InvalidInput("You are nobody's guardian here. Name the student to see their fees.")
    return await _accounts(tx, await fee_ledger.access_students(tx, None))


MOST_REMINDED = 300
"""How many students one reminder may name."""


class OwingList(Result):
    """Who owes, most first."""

    currency: str
    accounts: list[Account]
    total: Decimal
    overdue: Decimal

    def headline(self) -> str:
        if not self.accounts:
            return "Nobody owes anything."
        late = f", {self.currency} {self.overdue:,.2f} of it overdue" if self.overdue else ""
        return f"{len(self.accounts)} students owe {self.currency} {self.total:,.2f}{late}."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="student", label="Student", kind="person"), Column(key="classArm", label="Class"),
            Column(key="owed", label="Owed", kind="money"), Column(key="overdue", label="Overdue", kind="money"),
        ]  # fmt: skip
        rows = [
            {"student": a.student, "classArm": a.class_arm, "owed": float(a.owed), "overdue": float(a.overdue)}
            for a in self._most_first()
        ]  # fmt: skip
        return [Table(columns=columns, rows=rows[:200], total=len(rows))] if rows else []

    def _most_first(self) -> list[Account]:
        return sorted(self.accounts, key=lambda a: -a.owed)

    def next_questions(self) -> list[str]:
        return ["Send them a fee reminder"] if self.accounts else []

    def concerns(self) -> list[Concern]:
        """Those who owe, most first: "remind them" means their guardians."""
        most = self._most_first()[:MOST_REMINDED]
        return [Concern(kind="Student", id=str(a.student_id), label=a.student) for a in most]


@tool(
    permission=Permission.FEES_READ,
    effect=Effect.READ,
    rest="GET /api/v1/fee-accounts/owing",
    says=(
        "Who still owes fees?",
        "Which students in JSS 2 Ruby have not paid tuition?",
        "List the debtors",
        "Whose fees are overdue?",
        "Who owes more than 50000?",
    ),
)
async def find_owing(
    tx: Tx, *, class_arm: Ref[ClassArm] | None = None,
    fee: Annotated[str | None, Field(max_length=60, description="Only who owes this fee, such as Tuition, Exam or Bus.")] = None,
    overdue: Annotated[bool, Field(description="Only who owes something whose day has passed.")] = False,
    more_than: Annotated[
        Decimal | None,
        Field(ge=0, max_digits=12, decimal_places=2, description="Only who owes more than this in all."),
    ] = None,
) -> OwingList:  # fmt: skip
    """List the students who owe fees, of a class or the whole school.

    Use when the bursar or the head asks who has not paid. For one student use `show_fees`.

    Shape:  optionally a class, a fee, overdue only, a sum -> one row a student, most owed first.
    Units:  money in the school's currency.
    Errors: those of any read.
    Source: tables fee_items, fee_payments, enrolments.
    """
    name = await fee_ledger.named(tx, (await calendar.current_term(tx)).id, fee) if fee else None
    found = await fee_ledger.owing(tx, class_arm.id if class_arm else None, name, overdue, more_than)
    return OwingList(
        currency=(await schools.current(tx)).currency, accounts=found, total=sum((a.owed for a in found), Decimal(0)),
        overdue=sum((a.overdue for a in found), Decimal(0)),
    )  # fmt: skip
