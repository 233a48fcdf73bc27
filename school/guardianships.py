"""What the school lets a guardian see and get of a child: marks, fees, messages. Each guardian of a child by themselves."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from runtime.errors import NotVisible
from runtime.transaction import Tx
from school.people import Guardianship
from school.permissions import Permission


class Access(StrEnum):
    MARKS = "marks"
    FEES = "fees"
    MESSAGES = "messages"


async def access_link(tx: Tx, guardian_id: UUID, student_id: UUID) -> Guardianship:
    """The link between a guardian and a child, for change. Errors: not_visible, not_allowed."""
    tx.require(Permission.STUDENTS_WRITE)
    query = select(Guardianship).where(Guardianship.guardian_id == guardian_id, Guardianship.student_id == student_id)
    link = await tx.session.scalar(query.with_for_update() if not tx.read_only else query)
    if link is None:
        raise NotVisible("The records do not have this person as a guardian of this student.")
    return link


def has(link: Guardianship, what: Access) -> bool:
    match what:
        case Access.MARKS:
            return link.sees_marks
        case Access.FEES:
            return link.sees_fees
        case Access.MESSAGES:
            return link.receives


async def grant(tx: Tx, guardian_id: UUID, student_id: UUID, what: Access, allowed: bool) -> bool:
    """Let a guardian see or get something of a child, or no longer; gives what stood before."""
    link = await access_link(tx, guardian_id, student_id)
    before = has(link, what)
    match what:
        case Access.MARKS:
            link.sees_marks = allowed
        case Access.FEES:
            link.sees_fees = allowed
        case Access.MESSAGES:
            link.receives = allowed
    return before
