"""Cover: who takes which lesson on a day when its teacher is away. Kept, shown in views, told to those it concerns."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import Conflict, InvalidInput
from runtime.events import Event
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school import announcements, timetable_views, timetables
from school.announcements import Announcement, CoverLine
from school.people import Person
from school.permissions import Permission
from school.timetable_views import View
from school.timetables import Timetable, TimetableLesson
from school.timetabling.cover import CoverNeed, cover
from school.timetabling.instance import Slot


class LessonCover(SchoolRow, Base):
    """One lesson on one day, taken by a colleague. A cancelled one stays, for those who were told of it."""

    __tablename__ = "lesson_covers"

    timetable_id: Mapped[UUID] = mapped_column(ForeignKey("timetables.id", ondelete="CASCADE"))
    lesson_key: Mapped[str]
    on: Mapped[date]
    absent_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    cover_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    cancelled_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_lesson_covers_arranged", "school_id", "timetable_id", "lesson_key", "on", "absent_id", unique=True,
            postgresql_where="cancelled_at IS NULL",
        ),
        Index("ix_lesson_covers_day", "school_id", "on"),
    )  # fmt: skip


class CoverArranged(Event):
    """Lessons of an absent teacher were given to colleagues; they are told by the workers."""

    name: ClassVar[str] = "timetable.cover_arranged"
    on: date
    absent_id: UUID
    cover_ids: list[UUID]


class CoverCancelled(Event):
    """Cover is not needed after all; those who were to take the lessons are told."""

    name: ClassVar[str] = "timetable.cover_cancelled"
    on: date
    absent_id: UUID
    cover_ids: list[UUID]


class CoverNotPossible(Conflict):
    """Somebody chosen is not free, or nobody is."""

    code = "cover_not_possible"


@dataclass(frozen=True)
class Covering:
    """A lesson of a view that a colleague takes on a day."""

    cover_row: LessonCover
    lesson: TimetableLesson
    absent: str
    cover: str

    @property
    def on(self) -> date:
        return self.cover_row.on


async def between(tx: Tx, found: View, first: date, last: date) -> list[Covering]:
    """The cover arranged for lessons of this timetable on these days."""
    query = select(LessonCover).where(
        LessonCover.timetable_id == found.timetable.id, LessonCover.cancelled_at.is_(None),
        LessonCover.on >= first, LessonCover.on <= last,
    )  # fmt: skip
    return await _covering(tx, found, await tx.session.scalars(query.order_by(LessonCover.on, LessonCover.lesson_key)))


async def _covering(tx: Tx, found: View, rows: Iterable[LessonCover]) -> list[Covering]:
    lessons = {row.key: row for row in found.lessons}
    listed = [row for row in rows if row.lesson_key in lessons]
    ids = {person for row in listed for person in (row.absent_id, row.cover_id)}
    names = {p.id: p.display_name for p in await tx.session.scalars(select(Person).where(Person.id.in_(ids)))}
    return [Covering(row, lessons[row.lesson_key], names[row.absent_id], names[row.cover_id]) for row in listed]


async def week_of(tx: Tx, found: View, on: date) -> list[Covering]:
    monday = on - timedelta(days=on.weekday())
    return await between(tx, found, monday, monday + timedelta(days=6))


@dataclass(frozen=True)
class Needed:
    """The lessons of an absent teacher on a day, who could take each, and what is arranged already."""

    view: View
    teacher_id: UUID
    on: date
    lessons: tuple[CoverNeed, ...]
    arranged: tuple[Covering, ...]


async def needed(tx: Tx, teacher_id: UUID, on: date) -> Needed:
    """What an absence leaves open: colleagues who cover somebody else then, or are away, are no option."""
    found = await timetable_views.current_view(tx, on)
    number = timetable_views.day_number(found.instance, on)
    arranged = await between(tx, found, on, on)
    if number is None or await timetable_views.day_off(tx, on):
        return Needed(found, teacher_id, on, (), ())
    busy: dict[str, set[Slot]] = defaultdict(set)
    for item in arranged:
        if item.cover_row.absent_id != teacher_id:
            busy[str(item.cover_row.cover_id)] |= _slots(item.lesson)
    away = {str(item.cover_row.absent_id) for item in arranged}
    slots = {(number, period) for period in range(len(found.instance.periods))}
    lessons = cover(
        found.instance, timetables.assignments_of(found.lessons), str(teacher_id), slots, most=50, also_busy=busy, away=away
    )  # fmt: skip
    own = tuple(item for item in arranged if item.cover_row.absent_id == teacher_id)
    return Needed(found, teacher_id, on, tuple(lessons), own)


def _slots(row: TimetableLesson) -> set[Slot]:
    return {(row.day or 0, (row.period or 0) + i) for i in range(row.duration)}


def chosen(need: Needed, by: dict[str, str], only: Collection[int] | None = None) -> dict[str, str]:
    """Who takes which lesson (key to teacher): as given, else the best fitting, with the work spread.

    Errors: cover_not_possible.
    """
    found: dict[str, str] = {}
    given: dict[str, int] = defaultdict(int)
    for lesson in need.lessons:
        if only is not None and lesson.period not in only:
            continue
        wanted = by.get(lesson.lesson)
        options = [o for o in lesson.options if wanted is None or o.teacher == wanted]
        if not options:
            why = "the colleague chosen is not free then" if wanted else "nobody is free then"
            raise CoverNotPossible(f"{lesson.label} cannot be covered: {why}.", lesson=lesson.lesson)
        best = min(options, key=lambda o: (-o.fits, o.periods_that_day + given[o.teacher], o.name))
        found[lesson.lesson] = best.teacher
        given[best.teacher] += 1
    if not found:
        raise InvalidInput("There is no such lesson to cover on that day.")
    return found


async def arrange(tx: Tx, need: Needed, choice: dict[str, str]) -> list[LessonCover]:
    """Keep who takes which lesson; what was arranged for the same lessons before is replaced."""
    tx.require(Permission.TIMETABLES_WRITE)
    if need.on < tx.today:
        raise InvalidInput("That day is over.")
    before = [item.cover_row for item in need.arranged if item.lesson.key in choice]
    same = {row.lesson_key for row in before if str(row.cover_id) == choice[row.lesson_key]}
    await _cancel(tx, [row for row in before if row.lesson_key not in same])
    rows = [
        LessonCover(
            id=new_id(), school_id=tx.school_id, timetable_id=need.view.timetable.id, lesson_key=key, on=need.on,
            absent_id=need.teacher_id, cover_id=UUID(teacher), cancelled_at=None, created_at=tx.now,
        )
        for key, teacher in choice.items() if key not in same
    ]  # fmt: skip
    tx.session.add_all(rows)
    await tx.session.flush()
    if rows:
        tx.emit(CoverArranged(on=need.on, absent_id=need.teacher_id, cover_ids=[row.id for row in rows]))
    return rows


async def cancel(tx: Tx, need: Needed) -> list[Covering]:
    """Cancel all cover of an absence. Errors: cover_not_possible."""
    tx.require(Permission.TIMETABLES_WRITE)
    await _cancel(tx, [item.cover_row for item in need.arranged])
    return list(need.arranged)


async def _cancel(tx: Tx, rows: list[LessonCover]) -> None:
    for row in rows:
        row.cancelled_at = tx.now
    await tx.session.flush()
    if rows:
        ids = [row.id for row in rows]
        tx.emit(CoverCancelled(on=rows[0].on, absent_id=rows[0].absent_id, cover_ids=ids))


async def announcement(tx: Tx, need: Needed, choice: dict[str, str]) -> Announcement:
    """Who is told of cover that is about to be arranged, for the preview."""
    rows = {row.key: row for row in need.view.lessons}
    names = {str(p.id): p for p in await _people(tx, [need.teacher_id, *(UUID(t) for t in choice.values())])}
    absent = names[str(need.teacher_id)].display_name
    lines = [_line(need.view, rows[key], UUID(teacher), names[teacher].display_name) for key, teacher in choice.items()]
    return await announcements.cover_changed(tx, need.on, need.teacher_id, absent, lines, cancelled=False)


async def announcement_of(
    tx: Tx, cover_ids: Collection[UUID], *, cancelled: bool, about_to_be: bool = False
) -> Announcement | None:
    """Who is told of cover on record, or about to be cancelled; None when it has changed again meanwhile."""
    query = select(LessonCover).where(LessonCover.id.in_(cover_ids)).order_by(LessonCover.lesson_key)
    found_rows = await tx.session.scalars(query)
    rows = [row for row in found_rows if about_to_be or (row.cancelled_at is not None) == cancelled]
    table = await tx.session.get(Timetable, rows[0].timetable_id) if rows else None
    if table is None:
        return None
    found = await timetable_views.view(tx, table)
    listed = await _covering(tx, found, rows)
    if not listed:
        return None
    lines = [_line(found, item.lesson, item.cover_row.cover_id, item.cover) for item in listed]
    return await announcements.cover_changed(
        tx, rows[0].on, rows[0].absent_id, listed[0].absent, lines, cancelled=cancelled
    )


def _line(found: View, row: TimetableLesson, cover_id: UUID, name: str) -> CoverLine:
    begins = found.hours.periods[row.period or 0][0]
    return CoverLine(cover_id, name, f"{row.label} at {begins:%H:%M}" + (f" in {row.room}" if row.room else ""))


async def _people(tx: Tx, ids: Iterable[UUID]) -> list[Person]:
    return list(await tx.session.scalars(select(Person).where(Person.id.in_(list(ids)))))
