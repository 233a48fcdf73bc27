"""Report cards kept back for fees: who is on hold in a term, while the school's option says that cards are held."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from runtime.caller import Role
from runtime.errors import NotAllowed
from runtime.transaction import Tx
from school.people import Person, Student
from school.report_sets import ReportHold
from school.units import Value

STAFF = frozenset({Role.BURSAR, Role.HEAD, Role.ADMIN, Role.SYSTEM})


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
