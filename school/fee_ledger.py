"""Fees: what is asked of each class in a term, what was paid, and what is still open. All money is Decimal.

A fee of a class outweighs one of the whole school by the same name, and nobody is asked for one name twice in a term.
Payments go to the student's account and settle the oldest due fee first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from runtime.caller import Role
from runtime.errors import Conflict, NotAllowed, NotVisible
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school import calendar, classes
from school.calendar import Term
from school.classes import ClassArm, Enrolment
from school.people import Guardianship, Person
from school.permissions import Permission
from school.results import MarksLocked
from school.units import Money, Value

BOOKS = frozenset({Role.BURSAR, Role.HEAD, Role.ADMIN, Role.SYSTEM})
"""Who may see every student's account."""


class FeeItem(SchoolRow, Base):
    """One fee of a term, for one class arm or (null) for every class."""

    __tablename__ = "fee_items"

    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    class_arm_id: Mapped[UUID | None] = mapped_column(ForeignKey("class_arms.id", ondelete="CASCADE"))
    name: Mapped[str]
    amount: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    due_on: Mapped[date]

    __table_args__ = (
        UniqueConstraint("term_id", "class_arm_id", "name", postgresql_nulls_not_distinct=True),
        CheckConstraint("amount > 0", name="amount"),
    )


class FeePayment(SchoolRow, Base):
    """Money received for a student. One taken back stays on the books, without counting."""

    __tablename__ = "fee_payments"

    student_id: Mapped[UUID] = mapped_column(ForeignKey("students.id", ondelete="CASCADE"), index=True)
    amount: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    paid_on: Mapped[date]
    method: Mapped[str] = mapped_column(default="")
    reference: Mapped[str | None]
    recorded_by: Mapped[UUID | None]
    taken_back_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        Index("uq_fee_payments_reference", "school_id", "reference", unique=True,
              postgresql_where="reference IS NOT NULL AND taken_back_at IS NULL"),
    )  # fmt: skip


class PaymentRecorded(Conflict):
    """A payment with this reference is on the books already."""

    code = "payment_recorded"


class Charge(Value):
    """One fee of one student, and what of it is open."""

    name: str
    term: str
    amount: Money
    due_on: date
    open: Money


class Payment(Value):
    id: UUID
    amount: Money
    paid_on: date
    method: str
    reference: str | None


class Account(Value):
    """What one student was asked for, has paid, and owes. `credit` was paid beyond all fees."""

    student_id: UUID
    student: str
    class_arm: str
    charges: list[Charge]
    payments: list[Payment]
    owed: Money
    overdue: Money
    credit: Money


@dataclass(frozen=True, slots=True)
class Kept:
    """A fee as it stood: null amount means there was none."""

    class_arm_id: UUID | None
    amount: Decimal | None
    due_on: date | None


async def items(tx: Tx, term_id: UUID) -> list[FeeItem]:
    """The fees of a term, soonest first. Errors: not_allowed."""
    _check_books(tx)
    query = select(FeeItem).where(FeeItem.term_id == term_id).order_by(FeeItem.due_on, FeeItem.name)
    return list(await tx.session.scalars(query))


async def named(tx: Tx, term_id: UUID, name: str) -> str:
    """A fee's name as it is written already in this term, whatever the case; otherwise as given."""
    known = await tx.session.scalars(select(FeeItem.name).where(FeeItem.term_id == term_id).distinct())
    plain = " ".join(name.split())
    return next((each for each in known if each.casefold() == plain.casefold()), plain)


async def set_items(
    tx: Tx, term_id: UUID, name: str, wanted: Sequence[Kept]
) -> list[Kept]:  # fmt: skip
    """Set or (null amount) remove a fee for these classes. Returns what stood before."""
    tx.require(Permission.FEES_WRITE)
    before: list[Kept] = []
    for one in wanted:
        same = (
            FeeItem.term_id == term_id,
            FeeItem.name == name,
            FeeItem.class_arm_id.is_not_distinct_from(one.class_arm_id),
        )
        row = await tx.session.scalar(select(FeeItem).where(*same).with_for_update())
        before.append(Kept(one.class_arm_id, row.amount if row else None, row.due_on if row else None))
        if one.amount is None or one.due_on is None:
            await tx.session.execute(delete(FeeItem).where(*same))
        elif row is not None:
            row.amount, row.due_on = one.amount, one.due_on
        else:
            tx.session.add(
                FeeItem(id=new_id(), school_id=tx.school_id, term_id=term_id, class_arm_id=one.class_arm_id, name=name,
                        amount=one.amount, due_on=one.due_on)
            )  # fmt: skip
    await tx.session.flush()
    return before


async def pay(
    tx: Tx, student_id: UUID, amount: Decimal, paid_on: date, method: str, reference: str | None
) -> FeePayment:
    """Put a payment on the books. Errors: payment_recorded, not_allowed."""
    tx.require(Permission.FEES_WRITE)
    await check_reference(tx, reference)
    row = FeePayment(
        id=new_id(), school_id=tx.school_id, student_id=student_id, amount=amount, paid_on=paid_on, method=method,
        reference=reference, recorded_by=tx.caller.person_id,
    )  # fmt: skip
    tx.session.add(row)
    await tx.session.flush()
    return row


async def check_reference(tx: Tx, reference: str | None) -> None:
    """Raise PaymentRecorded when a payment that counts has this reference."""
    if reference is None:
        return
    query = select(FeePayment).where(FeePayment.reference == reference, FeePayment.taken_back_at.is_(None))
    if (row := await tx.session.scalar(query)) is not None:
        raise PaymentRecorded(f"A payment with the reference {reference} was recorded on {row.paid_on:%d %B %Y}.")


async def stand(tx: Tx, payment_id: UUID, counts: bool) -> FeePayment:
    """Take a payment back, or let it count again. Errors: not_visible, payment_recorded, not_allowed."""
    tx.require(Permission.FEES_WRITE)
    row = await tx.session.get(FeePayment, payment_id, with_for_update=True)
    if row is None:
        raise NotVisible("There is no such payment.")
    if counts and row.taken_back_at is not None:
        await check_reference(tx, row.reference)
    row.taken_back_at = None if counts else row.taken_back_at or tx.now
    await tx.session.flush()
    return row


async def access_students(tx: Tx, student_ids: Sequence[UUID] | None) -> list[UUID]:
    """Whose accounts the caller may see: the books' keepers anybody's, a guardian their own children's, after their PIN.

    Null asks for all of a guardian's children. Errors: not_allowed, not_visible, pin_needed.
    """
    caller = tx.caller
    tx.require(Permission.FEES_READ)
    if caller.role in BOOKS:
        return list(student_ids or [])
    if caller.role is not Role.GUARDIAN:
        raise NotAllowed("Accounts are for the bursar, the head and the child's own guardians.")
    own = set(
        await tx.session.scalars(
            select(Guardianship.student_id).where(
                Guardianship.guardian_id == caller.person_id, Guardianship.sees_fees
            )
        )
    )  # fmt: skip
    if any(student not in own for student in student_ids or []):
        raise NotVisible("There is no such student.")
    if not own:
        raise NotAllowed("The school has not opened the fees of a child to you. The school office can help.")
    if not caller.marks_unlocked:
        raise MarksLocked("Fees are shown after your PIN. Reply with your 4-digit PIN to see them.")
    return list(student_ids) if student_ids is not None else sorted(own)


def _check_books(tx: Tx) -> None:
    tx.require(
        Permission.FEES_READ,
        tx.caller.role in BOOKS,
        "The school's books are for the bursar and the head. Ask “How much do I owe?” for your own fees."
        if tx.caller.role is Role.GUARDIAN
        else "The books are for the bursar and the head.",
    )


async def accounts(tx: Tx, student_ids: Iterable[UUID] | None = None) -> list[Account]:
    """The accounts of these students by name; null means all. Access is checked before: `access_students`, `owing`.

    Source: tables fee_items, fee_payments, enrolments.
    """
    wanted = None if student_ids is None else list(student_ids)
    places = select(Enrolment, ClassArm.name, Person).join(ClassArm, ClassArm.id == Enrolment.class_arm_id)
    places = places.join(Person, Person.id == Enrolment.student_id)
    paying = select(FeePayment).where(FeePayment.taken_back_at.is_(None)).order_by(FeePayment.paid_on, FeePayment.id)
    if wanted is not None:
        places = places.where(Enrolment.student_id.in_(wanted))
        paying = paying.where(FeePayment.student_id.in_(wanted))
    fees = await _fees(tx)
    payments: dict[UUID, list[FeePayment]] = {}
    for payment in await tx.session.scalars(paying):
        payments.setdefault(payment.student_id, []).append(payment)
    asked: dict[UUID, dict[tuple[UUID, str], tuple[FeeItem, str]]] = {}
    people: dict[UUID, tuple[Person, str]] = {}
    # the enrolment joined last of those that go on comes last, and so outweighs the class a student left or was in before
    places = places.order_by(Enrolment.left_on.asc().nulls_last(), Enrolment.joined_on)
    for place, arm, person in (await tx.session.execute(places)).all():
        people[person.id] = (person, arm)
        mine = asked.setdefault(person.id, {})
        for item, term in fees.get(place.session_id, []):
            fits = item.class_arm_id in (None, place.class_arm_id)
            if fits and (place.left_on is None or item.due_on <= place.left_on):
                mine[(item.term_id, item.name)] = (item, term)
    found = [
        _account(tx, person, arm, list(asked[person_id].values()), payments.get(person_id, []))
        for person_id, (person, arm) in people.items()
    ]
    return sorted(found, key=lambda account: account.student)


async def _fees(tx: Tx) -> dict[UUID, list[tuple[FeeItem, str]]]:
    """Every fee by its session, those of the whole school first: one of a class comes later and replaces it."""
    query = (
        select(FeeItem, Term).join(Term, Term.id == FeeItem.term_id).order_by(FeeItem.class_arm_id.asc().nulls_first())
    )
    fees: dict[UUID, list[tuple[FeeItem, str]]] = {}
    for item, term in (await tx.session.execute(query)).all():
        fees.setdefault(term.session_id, []).append((item, term.name))
    return fees


def _account(
    tx: Tx, person: Person, arm: str, asked: list[tuple[FeeItem, str]], paid: list[FeePayment]
) -> Account:  # fmt: skip
    left = sum((payment.amount for payment in paid), Decimal(0))
    charges: list[Charge] = []
    for item, term in sorted(asked, key=lambda pair: (pair[0].due_on, pair[0].name)):
        settled = min(left, item.amount)
        left -= settled
        charges.append(
            Charge(name=item.name, term=term, amount=item.amount, due_on=item.due_on, open=item.amount - settled)
        )
    return Account(
        student_id=person.id, student=person.full_name, class_arm=arm, charges=charges,
        payments=[
            Payment(id=p.id, amount=p.amount, paid_on=p.paid_on, method=p.method, reference=p.reference) for p in paid
        ],
        owed=sum((c.open for c in charges), Decimal(0)),
        overdue=sum((c.open for c in charges if c.due_on < tx.today), Decimal(0)), credit=left,
    )  # fmt: skip


async def owing(
    tx: Tx,
    class_arm_id: UUID | None = None,
    fee: str | None = None,
    overdue: bool = False,
    more_than: Decimal | None = None,
) -> list[Account]:
    """The accounts with something open: of a class or all, of one fee or any, overdue or not, of more than a sum in all.

    Errors: not_allowed.
    """
    _check_books(tx)
    members: list[UUID] | None = None
    if class_arm_id is not None:
        session_id = (await calendar.current_term(tx)).session_id
        members = [student.id for student, _ in await classes.roll(tx, class_arm_id, session_id)]
    found = await accounts(tx, members)
    return [
        account for account in found
        if (more_than is None or account.owed > more_than)
        and any(c.open and (fee is None or c.name == fee) and (not overdue or c.due_on < tx.today) for c in account.charges)
    ]  # fmt: skip
