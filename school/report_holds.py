"""Report cards kept back for fees: who is on hold in a term, while the school's option says that cards are held."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from runtime.caller import Role
from runtime.errors import NotAllowed
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school.people import Person, Student
from school.report_options import ReportOptions
from school.units import Value

STAFF = frozenset({Role.BURSAR, Role.HEAD, Role.ADMIN, Role.SYSTEM})


class ReportHold(SchoolRow, Base):
    """A student whose card is kept back while the school's option says so; placed and lifted by the bursar."""

    __tablename__ = "report_holds"

    student_id: Mapped[UUID] = mapped_column(ForeignKey("students.id", ondelete="CASCADE"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(default="")
    placed_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))

    __table_args__ = (UniqueConstraint("student_id", "term_id"),)


class Held(Value):
    """A student whose card is on hold."""

    student_id: UUID
    student: str
    student_no: str
    reason: str
    since: datetime


async def on_hold(tx: Tx, term_id: UUID) -> list[Held]:
    """The students on hold in a term, by name. For the bursar, the head and the admin. Errors: not_allowed."""
    if tx.caller.role not in STAFF:
        raise NotAllowed("Holds are the bursar's and the head's.")
    query = (
        select(ReportHold, Person, Student.admission_no)
        .join(Person, Person.id == ReportHold.student_id)
        .join(Student, Student.id == ReportHold.student_id)
        .where(ReportHold.term_id == term_id)
        .order_by(Person.family_name, Person.given_name)
    )
    return [
        Held(student_id=hold.student_id, student=person.full_name, student_no=number, reason=hold.reason, since=hold.created_at)
        for hold, person, number in (await tx.session.execute(query)).all()
    ]  # fmt: skip


async def held(tx: Tx, options: ReportOptions, term_id: UUID, student_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The students on hold, with the reason; nobody while the school does not hold cards."""
    if not options.hold_for_fees:
        return {}
    query = select(ReportHold).where(ReportHold.term_id == term_id, ReportHold.student_id.in_(student_ids))
    return {row.student_id: row.reason for row in await tx.session.scalars(query)}


async def hold(tx: Tx, student_id: UUID, term_id: UUID, reason: str | None) -> str | None:
    """Place a hold, or lift it with None. Returns the reason that stood before."""
    query = select(ReportHold).where(ReportHold.student_id == student_id, ReportHold.term_id == term_id)
    found = await tx.session.scalar(query)
    before = found.reason if found else None
    if reason is None and found is not None:
        await tx.session.delete(found)
    elif reason is not None and found is not None:
        found.reason = reason
    elif reason is not None:
        tx.session.add(
            ReportHold(school_id=tx.school_id, student_id=student_id, term_id=term_id, reason=reason,
                       placed_by=tx.caller.person_id)
        )  # fmt: skip
    await tx.session.flush()
    return before
