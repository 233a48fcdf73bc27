"""Questions about a timetable: my day, when a class is free, who is free now."""

from datetime import date, time
from typing import Annotated

from pydantic import Field

from runtime.caller import Role
from runtime.errors import InvalidInput, NotVisible
from runtime.transaction import Tx
from school import timetable_cover, timetable_views
from school.classes import ClassArm, Subject
from school.people import Staff
from school.permissions import Permission
from school.timetable_views import View
from school.timetables import NoTimetableYet, TimetableLesson
from tools.declare import Effect, tool
from tools.present import Block, Column, Notice, Shown, Table
from tools.refs import Ref
from tools.results import Result
from tools.timetables import LessonCell, OnDay, cells


class DayLesson(Shown):
    begins_at: time
    ends_at: time
    subject: str
    who: str
    room: str | None
    whose: str
    note: str | None = Field(default=None, description="Cover: who takes it, or for whom.")


class MyLessons(Result):
    """One's own lessons on a day."""

    on: date
    day_off: str | None
    lessons: list[DayLesson]
    several: bool

    def headline(self) -> str:
        when = f"{self.on:%A} {self.on.day} {self.on:%B}"
        if self.day_off:
            return f"No school on {when}: {self.day_off}."
        if not self.lessons:
            return f"No lessons on {when}."
        count = len(self.lessons)
        first, last = self.lessons[0].begins_at, max(x.ends_at for x in self.lessons)
        return f"{count} lesson{'s'[: count != 1]} on {when}, from {first:%H:%M} to {last:%H:%M}."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="time", label="Time"),
            *([Column(key="whose", label="Class")] if self.several else []),
            Column(key="subject", label="Subject"),
            Column(key="who", label="With"),
            Column(key="room", label="Room"),
            *([Column(key="note", label="Cover")] if any(x.note for x in self.lessons) else []),
        ]
        rows = [
            {"time": f"{x.begins_at:%H:%M}–{x.ends_at:%H:%M}", "subject": x.subject, "who": x.who, "room": x.room, "whose": x.whose, "note": x.note}
            for x in self.lessons
        ]  # fmt: skip
        return [Table(columns=columns, rows=rows)] if rows else []


@tool(
    permission=Permission.TIMETABLES_READ,
    effect=Effect.READ,
    rest="GET /api/timetable/mine",
    says=(
        "My timetable tomorrow",
        "What do I teach today?",
        "Which lessons do I have on Monday?",
        "What does my child have tomorrow?",
        "When does my first lesson begin?",
    ),
    errors=(NoTimetableYet,),
)
async def show_my_timetable(tx: Tx, *, on: OnDay = None) -> MyLessons:
    """Show the caller's own lessons on a day; a guardian's are those of the children.

    Use when somebody asks for their own timetable of a day. For a whole week use `show_timetable`.

    Shape:  one day (default today) -> lessons in order of time.
    Units:  times are the school's own.
    Errors: no_timetable_yet.
    Source: tables timetables, timetable_lessons, holidays, terms.
    """
    day = on or tx.today
    found = await timetable_views.current_view(tx, day)
    number = timetable_views.day_number(found.instance, day)
    off = await timetable_views.day_off(tx, day)
    owners = await timetable_views.own_lessons(tx, found)
    lessons: list[DayLesson] = []
    covers = await timetable_cover.between(tx, found, day, day)
    taken = {item.lesson.key: item for item in covers}
    for whose, rows in owners:
        for row in rows() if number is not None and not off else []:
            if row.day == number and row.period is not None:
                item = taken.get(row.key)
                note = f"{item.cover} covers for {'you' if whose == 'You' else item.absent}" if item else None
                lessons.append(_day_lesson(found, row, whose, note))
    own = [item for item in covers if item.cover_row.cover_id == tx.caller.person_id]
    lessons += [_day_lesson(found, item.lesson, "You", f"you cover for {item.absent}") for item in own]
    lessons.sort(key=lambda x: (x.begins_at, x.whose))
    return MyLessons(on=day, day_off=off, lessons=lessons, several=len(owners) > 1)


def _day_lesson(found: View, row: TimetableLesson, whose: str, note: str | None) -> DayLesson:
    period = row.period or 0
    begins, ends = found.hours.periods[period][0], found.hours.periods[period + row.duration - 1][1]
    who = row.group_names if whose == "You" else row.teacher_names
    return DayLesson(
        begins_at=begins, ends_at=ends, subject=row.subject, who=" + ".join(who), room=row.room, whose=whose, note=note
    )


class FreePeriod(Shown):
    day: str
    period: int
    begins_at: time
    ends_at: time


class FreePeriods(Result):
    """When a class or a teacher has no lesson."""

    of: str
    on: date | None
    periods: list[FreePeriod]

    def headline(self) -> str:
        when = f" on {self.on:%A} {self.on.day} {self.on:%B}" if self.on else " in the week"
        count = len(self.periods)
        if not count:
            return f"{self.of} is never free{when}."
        return f"{self.of} has {count} free period{'s'[: count != 1]}{when}."

    def blocks(self) -> list[Block]:
        columns = [Column(key="day", label="Day"), Column(key="free", label="Free")]
        days: dict[str, list[str]] = {}
        for item in self.periods:
            days.setdefault(item.day, []).append(f"{item.begins_at:%H:%M}–{item.ends_at:%H:%M}")
        rows = [{"day": day, "free": ", ".join(times)} for day, times in days.items()]
        return [Table(columns=columns, rows=rows)] if rows else []


@tool(
    permission=Permission.TIMETABLES_READ,
    effect=Effect.READ,
    rest="GET /api/timetable/free-periods",
    says=(
        "When is JSS 2 Ruby free?",
        "Does SS 1 Topaz have a free period on Thursday?",
        "When is Mrs Umeadi free?",
        "Free periods of JSS 3 Emerald this week",
    ),
    errors=(NoTimetableYet,),
)
async def find_free_periods(
    tx: Tx, *, class_arm: Ref[ClassArm] | None = None, teacher: Ref[Staff] | None = None,
    on: Annotated[date | None, Field(description="One day, YYYY-MM-DD; a weekday means the next one; default the whole week.")] = None,
) -> FreePeriods:  # fmt: skip
    """Find when a class or a teacher has no lesson, on a day or in the week.

    Use when somebody looks for a free time of one class or teacher. For who is free at a time use `find_free_teachers`.

    Shape:  one class arm or teacher, perhaps a day -> free periods in order.
    Units:  periods from 1; times are the school's own.
    Errors: no_timetable_yet.
    Source: tables timetables, timetable_lessons.
    """
    found = await timetable_views.current_view(tx, on)
    if class_arm is not None:
        if not await timetable_views.may_see_class(tx, class_arm.id):
            raise NotVisible("There is no such class.")
        of, rows = class_arm.label, found.of_class(class_arm.id)
    elif teacher is not None and tx.caller.role not in {Role.GUARDIAN, Role.STUDENT}:
        of, rows = teacher.label, found.of_teacher(teacher.id)
    else:
        raise InvalidInput("Name a class or a teacher.")
    number = timetable_views.day_number(found.instance, on) if on else None
    days = [number] if on and number is not None else [] if on else range(len(found.instance.days))
    return FreePeriods(
        of=of, on=on,
        periods=[
            FreePeriod(
                day=found.instance.days[day], period=p + 1, begins_at=found.hours.periods[p][0],
                ends_at=found.hours.periods[p][1],
            )
            for day in days for p in found.free(rows, day)
        ],
    )  # fmt: skip


class FreeTeacher(Shown):
    teacher_id: str
    name: str
    lessons_that_day: int


class FreeTeachers(Result):
    """Who has no lesson at a time."""

    on: date
    period: int
    begins_at: time
    ends_at: time
    free: list[FreeTeacher]
    busy: list[LessonCell]

    def headline(self) -> str:
        when = f"{self.on:%A} {self.on.day} {self.on:%B}, {self.begins_at:%H:%M}–{self.ends_at:%H:%M}"
        if not self.free:
            return f"Nobody is free on {when}."
        count = len(self.free)
        return f"{count} teacher{'s are' if count != 1 else ' is'} free on {when}."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="name", label="Teacher", kind="person"),
            Column(key="lessonsThatDay", label="Lessons that day", kind="number"),
        ]
        rows = [item.model_dump(mode="json", by_alias=True) for item in self.free]
        return [Table(columns=columns, rows=rows)] if rows else [Notice(text="Everybody teaches then.")]


@tool(
    permission=Permission.STAFF_READ,
    effect=Effect.READ,
    rest="GET /api/timetable/free-teachers",
    says=(
        "Who is free now?",
        "Who is free in period 2 on Monday?",
        "Which teachers are free in period 3 on Tuesday?",
        "Is there a maths teacher free at 10 o'clock?",
        "Who has no lesson at the moment?",
    ),
    errors=(NoTimetableYet,),
)
async def find_free_teachers(
    tx: Tx, *, on: OnDay = None,
    period: Annotated[int | None, Field(ge=1, le=30, description="Period from 1; default the one now.")] = None,
    at: Annotated[time | None, Field(description="Time of day, HH:MM, instead of a period.")] = None,
    subject: Ref[Subject] | None = None,
) -> FreeTeachers:  # fmt: skip
    """Find the teachers who have no lesson at a time, perhaps of one subject.

    Use when somebody looks for a free colleague; who covers, or is covered for, counts as busy. For an absence use `find_cover`.

    Shape:  one day and period or time (default now) -> one row a free teacher.
    Units:  periods from 1; lessons that day in periods.
    Errors: no_timetable_yet.
    Source: tables timetables, timetable_lessons.
    """
    day = on or tx.today
    found = await timetable_views.current_view(tx, day)
    number = timetable_views.day_number(found.instance, day)
    if number is None:
        raise InvalidInput(f"Nothing is taught on {day:%A}s.")
    moment = at or tx.now.astimezone(tx.zone).time()
    index = period - 1 if period is not None else found.hours.at(moment)
    if index is None or index >= len(found.hours.periods):
        first, last = found.hours.periods[0][0], found.hours.periods[-1][1]
        raise InvalidInput(f"There is no lesson time at {moment:%H:%M}: school is from {first:%H:%M} to {last:%H:%M}.")
    now = found.at(number, index)
    covers = await timetable_cover.between(tx, found, day, day)
    keys = {row.key for row in now}
    covering = {str(item.cover_row.cover_id) for item in covers if item.lesson.key in keys}
    away = {str(item.cover_row.absent_id) for item in covers}
    busy = {t for row in now for t in row.teacher_ids} | covering | away
    wanted = {t.id for t in found.instance.teachers}
    if subject is not None:
        wanted = {t for row in found.lessons if row.subject == subject.label for t in row.teacher_ids}
    free = [
        FreeTeacher(
            teacher_id=t.id, name=t.label,
            lessons_that_day=sum(row.duration for row in found.lessons if row.day == number and t.id in row.teacher_ids),
        )
        for t in found.instance.teachers
        if t.id in wanted and t.id not in busy and (number, index) not in t.unavailable
    ]  # fmt: skip
    begins, ends = found.hours.periods[index]
    return FreeTeachers(
        on=day, period=index + 1, begins_at=begins, ends_at=ends, busy=cells(found, now),
        free=sorted(free, key=lambda x: (x.lessons_that_day, x.name)),
    )  # fmt: skip
