"""Publishing a timetable: from a day on it counts, and those whose week changes are told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import select

from runtime.errors import Conflict
from runtime.events import Event
from runtime.transaction import Tx
from school import announcements, timetable_views
from school.announcements import Announcement
from school.classes import ClassArm, Enrolment
from school.people import Staff
from school.permissions import Permission
from school.timetable_changes import differences
from school.timetable_views import View
from school.timetables import NoTimetableYet, Timetable, TimetableState


class TimetablePublished(Event):
    """A timetable was published; whose week it changes is told by the workers."""

    name: ClassVar[str] = "timetable.published"
    public: ClassVar[bool] = True
    timetable_id: UUID
    starts_on: date
    class_arm_ids: list[UUID]
    teacher_ids: list[UUID]


class TimetableWithdrawn(Event):
    name: ClassVar[str] = "timetable.withdrawn"
    public: ClassVar[bool] = True
    timetable_id: UUID


class TimetableIncomplete(Conflict):
    """Lessons are missing or hard rules are broken."""

    code = "timetable_incomplete"


class TimetableNotPublished(Conflict):
    code = "timetable_not_published"


@dataclass(frozen=True)
class Affected:
    """Whose week changes against the timetable in force before."""

    class_arm_ids: tuple[UUID, ...]
    class_arms: tuple[str, ...]
    teacher_ids: tuple[UUID, ...]
    lessons: int
    first: bool


async def affected(tx: Tx, found: View, starts_on: date) -> Affected:
    """The classes and teachers whose lessons differ from those in force on that day; all when there were none."""
    try:
        before = await timetable_views.current_view(tx, starts_on)
    except NoTimetableYet:
        before = None
    if before is None or before.timetable.id == found.timetable.id:
        arms = {a for row in found.lessons for a in row.class_arm_ids}
        teachers = {t for row in found.lessons for t in row.teacher_ids}
        changed = len(found.lessons)
    else:
        listed = differences(before, found)
        arms = {a for item in listed for a in item.class_arm_ids}
        teachers = {t for item in listed for t in item.teacher_ids}
        changed = len(listed)
    rows = await tx.session.execute(select(ClassArm.id, ClassArm.name).where(ClassArm.id.in_(_ids(arms))))
    names: dict[UUID, str] = {row.id: row.name for row in rows}
    staff = await tx.session.scalars(select(Staff.id).where(Staff.id.in_(_ids(teachers))))
    return Affected(tuple(names), tuple(sorted(names.values())), tuple(staff), changed, before is None)


def _ids(texts: Iterable[str]) -> list[UUID]:
    """Those that are ids: a problem from outside may name people who are not on record."""
    found: list[UUID] = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def check_complete(timetable: Timetable) -> None:
    if timetable.hard:
        raise TimetableIncomplete(
            f"“{timetable.name}” breaks {timetable.hard} hard rule{'s'[: timetable.hard != 1]} "
            "or leaves lessons out. Mend it or make a new one first."
        )


async def announcement(
    tx: Tx, class_arm_ids: Iterable[UUID], teacher_ids: Iterable[UUID], starts_on: date, timetable: Timetable
) -> Announcement:
    """Who is told of a timetable that changes for these classes and teachers: of those in the classes in its session."""
    arms = list(class_arm_ids)
    students = await tx.session.scalars(
        select(Enrolment.student_id)
        .where(Enrolment.class_arm_id.in_(arms), Enrolment.session_id == timetable.session_id)
        .where(Enrolment.left_on.is_(None))
        .distinct()
    )
    name = await tx.session.scalar(select(ClassArm.name).where(ClassArm.id == arms[0])) if len(arms) == 1 else None
    told = await announcements.timetable_changed(tx, name or "", list(students), list(teacher_ids), starts_on)
    return replace(told, data={**told.data, "timetableId": str(timetable.id)})


async def publish(tx: Tx, timetable: Timetable, starts_on: date, whose: Affected) -> None:
    """Let the timetable count from a day on."""
    tx.require(Permission.TIMETABLES_WRITE)
    check_complete(timetable)
    timetable.state = TimetableState.PUBLISHED.value
    timetable.starts_on, timetable.published_at, timetable.updated_at = starts_on, tx.now, tx.now
    timetable.version += 1
    await tx.session.flush()
    tx.emit(
        TimetablePublished(
            timetable_id=timetable.id, starts_on=starts_on, class_arm_ids=list(whose.class_arm_ids),
            teacher_ids=list(whose.teacher_ids),
        )
    )  # fmt: skip


async def withdraw(tx: Tx, timetable: Timetable) -> None:
    """Make a published timetable a draft again: the one before it counts."""
    tx.require(Permission.TIMETABLES_WRITE)
    if timetable.state != TimetableState.PUBLISHED.value:
        raise TimetableNotPublished(f"“{timetable.name}” is not published.")
    timetable.state, timetable.starts_on, timetable.published_at = TimetableState.DRAFT.value, None, None
    timetable.updated_at = tx.now
    timetable.version += 1
    await tx.session.flush()
    tx.emit(TimetableWithdrawn(timetable_id=timetable.id))
