"""Reading a timetable: grids by class, teacher and room, a person's day, and who is free when."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from runtime.caller import Role
from runtime.errors import NotVisible
from runtime.transaction import Tx
from school import calendar, timetables
from school.calendar import Holiday, Term
from school.classes import ClassArm, Enrolment
from school.people import Guardianship
from school.timetables import Timetable, TimetableLesson
from school.timetabling.instance import Instance


@dataclass(frozen=True)
class Hours:
    """When each period begins and ends."""

    periods: tuple[tuple[time, time], ...]

    def at(self, moment: time) -> int | None:
        """The period a time of day falls in."""
        return next((n for n, (begin, end) in enumerate(self.periods) if begin <= moment < end), None)


def hours(timetable: Timetable, instance: Instance) -> Hours:
    clock = timetable.clock
    at = datetime.combine(date(2000, 1, 3), time.fromisoformat(clock["starts_at"]))
    found: list[tuple[time, time]] = []
    for period in range(len(instance.periods)):
        end = at + timedelta(minutes=clock["period_minutes"])
        found.append((at.time(), end.time()))
        at = end + timedelta(minutes=clock.get("pauses", {}).get(str(period + 1), 0))
    return Hours(tuple(found))


@dataclass(frozen=True)
class View:
    """A timetable with its lessons and hours, ready to be asked."""

    timetable: Timetable
    instance: Instance
    lessons: tuple[TimetableLesson, ...]
    hours: Hours

    def of_class(self, class_arm_id: UUID) -> list[TimetableLesson]:
        return [row for row in self.lessons if str(class_arm_id) in row.class_arm_ids]

    def of_teacher(self, teacher_id: UUID) -> list[TimetableLesson]:
        return [row for row in self.lessons if str(teacher_id) in row.teacher_ids]

    def of_room(self, room: str) -> list[TimetableLesson]:
        return [row for row in self.lessons if row.room == room]

    def free(self, rows: Collection[TimetableLesson], day: int) -> list[int]:
        """Periods of a day without any of these lessons, breaks and closed periods aside."""
        busy = {
            row.period + i for row in rows if row.day == day and row.period is not None for i in range(row.duration)
        }
        closed = {p for d, p in self.instance.blocked if d == day}
        return [p for p in range(len(self.instance.periods)) if p not in busy and p not in closed]

    def at(self, day: int, period: int) -> list[TimetableLesson]:
        return [
            row
            for row in self.lessons
            if row.day == day and row.period is not None and row.period <= period < row.period + row.duration
        ]


async def view(tx: Tx, timetable: Timetable) -> View:
    instance = timetables.instance_of(timetable)
    lessons = await timetables.lessons_of(tx, timetable)
    return View(timetable, instance, tuple(lessons), hours(timetable, instance))


async def current_view(tx: Tx, on: date | None = None) -> View:
    return await view(tx, await timetables.current(tx, on))


def day_number(instance: Instance, on: date) -> int | None:
    """The day of the timetable a date is, by its weekday; None when nothing is taught on that weekday."""
    return on.weekday() if on.weekday() < len(instance.days) else None


async def day_off(tx: Tx, on: date) -> str | None:
    """Why there is no school on a date: a holiday by name, or that no term runs."""
    holiday = await tx.session.scalar(
        select(Holiday.name).where(Holiday.starts_on <= on, Holiday.ends_on >= on).limit(1)
    )
    if holiday:
        return holiday
    term = await tx.session.scalar(select(Term.id).where(Term.starts_on <= on, Term.ends_on >= on).limit(1))
    return None if term else "outside the terms"


async def own_lessons(tx: Tx, found: View) -> list[tuple[str, Callable[[], list[TimetableLesson]]]]:
    """Whose timetables are the caller's own: a teacher's, a student's, or those of a guardian's children."""
    if tx.caller.person_id is None:
        raise NotVisible("You have no timetable of your own; ask for a class or a teacher.")
    if tx.caller.role not in {Role.GUARDIAN, Role.STUDENT}:
        person = tx.caller.person_id
        return [("You", lambda: found.of_teacher(person))]
    children = (
        [tx.caller.person_id]
        if tx.caller.role is Role.STUDENT
        else list(
            await tx.session.scalars(
                select(Guardianship.student_id).where(Guardianship.guardian_id == tx.caller.person_id)
            )
        )
    )
    rows = await tx.session.execute(
        select(ClassArm.id, ClassArm.name)
        .join(Enrolment, Enrolment.class_arm_id == ClassArm.id)
        .where(Enrolment.student_id.in_(children), Enrolment.session_id == found.timetable.session_id)
        .where(Enrolment.left_on.is_(None))
        .order_by(ClassArm.name)
        .distinct()
    )
    return [(name, lambda key=key: found.of_class(key)) for key, name in rows.all()]


async def may_see_class(tx: Tx, class_arm_id: UUID) -> bool:
    """Staff see every class; guardians and students the classes that are theirs this session."""
    if tx.caller.role not in {Role.GUARDIAN, Role.STUDENT}:
        return True
    children = select(Guardianship.student_id).where(Guardianship.guardian_id == tx.caller.person_id)
    found = await tx.session.scalar(
        select(Enrolment.id)
        .where(Enrolment.class_arm_id == class_arm_id, Enrolment.left_on.is_(None))
        .where(Enrolment.session_id == (await calendar.current_term(tx)).session_id)
        .where(
            Enrolment.student_id == tx.caller.person_id
            if tx.caller.role is Role.STUDENT
            else Enrolment.student_id.in_(children)
        )
        .limit(1)
    )
    return found is not None
