"""Timetables: the list of them, one as a grid, and their files and calendar addresses."""

import re
from datetime import date, time
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from runtime.caller import Role
from runtime.errors import InvalidInput, NotVisible
from runtime.transaction import Tx
from school import timetable_cover, timetable_feeds, timetable_views, timetables
from school.classes import ClassArm
from school.people import Staff
from school.permissions import Permission
from school.timetable_views import View
from school.timetables import NoTimetableYet, Timetable, TimetableLesson, TimetableState
from tools.declare import Effect, tool
from tools.naming import Candidate
from tools.present import Block, Column, FileLink, Notice, Shown, Table
from tools.refs import Hints, Ref, resolver
from tools.results import Result

OnDay = Annotated[date | None, Field(description="Day, YYYY-MM-DD; a weekday means the next one; default today.")]


_DRAFT = re.compile(r"(?:the |this |my )?(?:new |latest |only )?draft(?: timetable)?")


async def _phrase(tx: Tx, text: str, hints: Hints) -> Candidate | None:
    if _DRAFT.fullmatch(text):
        drafts = [row for row in await timetables.listed(tx) if row.state == TimetableState.DRAFT.value]
        return Candidate(str(drafts[0].id), drafts[0].name, (drafts[0].name,)) if len(drafts) == 1 else None
    if text not in {"current", "the timetable", "this timetable", "the current timetable", "now", "published"}:
        return None
    found = await timetables.current(tx)
    return Candidate(str(found.id), found.name, (found.name,))


@resolver(Timetable, "timetable", order=5, phrase=_phrase, personal=False)
async def find_timetable_names(tx: Tx, hints: Hints) -> list[Candidate]:
    return [Candidate(str(row.id), row.name, (row.name,), hint=row.state) for row in await timetables.listed(tx)]


async def chosen(tx: Tx, timetable: Ref[Timetable] | None) -> Timetable:
    """The timetable asked for, or the one in force."""
    if timetable is None:
        return await timetables.current(tx)
    return await timetables.access_timetable(tx, timetable.id)


class TimetableItem(Shown):
    timetable_id: UUID
    name: str
    state: str
    hard: int = Field(description="Hard rules broken and lessons missing.")
    soft: float = Field(description="Cost of the unmet wishes; lower is better.")
    starts_on: date | None
    in_force: bool
    job_id: UUID | None = Field(description="The job that works it out, or did.")
    created_at: AwareDatetime


class TimetableList(Result):
    """Timetables, the newest first."""

    timetables: list[TimetableItem]

    def headline(self) -> str:
        count = len(self.timetables)
        return f"There {'is' if count == 1 else 'are'} {count or 'no'} timetable{'s'[: count != 1]}."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="name", label="Timetable"),
            Column(key="state", label="State", kind="status"),
            Column(key="soft", label="Cost of unmet wishes", kind="number"),
            Column(key="hard", label="Rules broken", kind="number"),
            Column(key="startsOn", label="In force from", kind="date"),
        ]
        rows = [item.model_dump(mode="json", by_alias=True) for item in self.timetables]
        return [Table(columns=columns, rows=rows)] if rows else []


@tool(
    permission=Permission.TIMETABLES_READ,
    effect=Effect.READ,
    rest="GET /api/timetable",
    says=(
        "Which timetables are there?",
        "List the timetable drafts",
        "Show all timetables",
        "Is a timetable published?",
    ),
)
async def find_timetables(tx: Tx) -> TimetableList:
    """List the timetables: published ones, and drafts for those who make them.

    Use when somebody asks which timetables exist. For one as a grid, use `show_timetable`.

    Shape:  nothing -> one row a timetable, the newest first.
    Units:  soft is the weighted cost of unmet wishes; hard counts broken rules.
    Errors: those of any read.
    Source: table timetables.
    """
    counts = await timetables.current_or_none(tx)
    return TimetableList(
        timetables=[
            TimetableItem(
                timetable_id=row.id, name=row.name, state=row.state, hard=row.hard, soft=float(row.soft),
                starts_on=row.starts_on, in_force=counts is not None and counts.id == row.id, job_id=row.run_id,
                created_at=row.created_at,
            )
            for row in await timetables.listed(tx)
        ]
    )  # fmt: skip


class LessonCell(Shown):
    """One lesson in a grid. `day` and `period` count from 1."""

    key: str
    subject: str
    label: str
    day: int
    period: int
    duration: int
    class_arms: list[str]
    class_arm_ids: list[str]
    teachers: list[str]
    teacher_ids: list[str]
    room: str | None
    locked: bool


class PeriodTimes(Shown):
    period: int
    begins_at: time
    ends_at: time


class GridCover(Shown):
    """A lesson that a colleague takes on a day of this week."""

    lesson: str
    on: date
    absent: str
    cover: str


class TimetableGrid(Result):
    """A timetable, whole or of one class, teacher or room, with its hours: everything a grid needs."""

    timetable_id: UUID
    name: str
    state: str
    version: int
    starts_on: date | None
    of: str
    days: list[str]
    periods: list[PeriodTimes]
    closed: list[tuple[int, int]] = Field(description="(day, period) from 1 in which nothing is taught.")
    lessons: list[LessonCell]
    unplaced: list[str]
    covers: list[GridCover] = Field(default_factory=list[GridCover], description="Cover in the week of today.")
    hard: int
    soft: float

    def headline(self) -> str:
        count = len(self.lessons)
        return f"{self.name}, {self.of}: {count} lesson{'s'[: count != 1]} a week."

    def blocks(self) -> list[Block]:
        if self.of == "whole school":
            return []
        columns = [
            Column(key="when", label="Time"),
            *(Column(key=f"d{n}", label=d) for n, d in enumerate(self.days, 1)),
        ]
        rows: list[dict[str, Any]] = []
        for hours in self.periods:
            row: dict[str, Any] = {"when": f"{hours.begins_at:%H:%M}–{hours.ends_at:%H:%M}"}
            for day in range(1, len(self.days) + 1):
                here = [x for x in self.lessons if x.day == day and x.period <= hours.period < x.period + x.duration]
                closed = (day, hours.period) in self.closed
                row[f"d{day}"] = " / ".join(self._cell(x) for x in here) or ("closed" if closed else "")
            rows.append(row)
        notes = [f"{x.on:%A} {x.on.day} {x.on:%B}: {x.cover} covers for {x.absent}." for x in self.covers]
        return [Table(columns=columns, rows=rows), *(Notice(text=words) for words in dict.fromkeys(notes))]

    def _cell(self, lesson: LessonCell) -> str:
        who = lesson.class_arms if self.of not in lesson.class_arms else lesson.teachers
        return ", ".join(part for part in (lesson.subject, " + ".join(who), lesson.room) if part)


def cells(found: View, rows: list[TimetableLesson]) -> list[LessonCell]:
    return [
        LessonCell(
            key=row.key, subject=row.subject, label=row.label, day=row.day + 1, period=row.period + 1,
            duration=row.duration, class_arms=row.group_names, class_arm_ids=row.class_arm_ids,
            teachers=row.teacher_names, teacher_ids=row.teacher_ids, room=row.room, locked=row.locked,
        )
        for row in rows if row.day is not None and row.period is not None
    ]  # fmt: skip


def grid(found: View, of: str, rows: list[TimetableLesson]) -> TimetableGrid:
    """Some lessons of a timetable as a grid."""
    table = found.timetable
    return TimetableGrid(
        timetable_id=table.id, name=table.name, state=table.state, version=table.version, starts_on=table.starts_on, of=of,
        days=list(found.instance.days), hard=table.hard, soft=float(table.soft),
        periods=[PeriodTimes(period=n, begins_at=b, ends_at=e) for n, (b, e) in enumerate(found.hours.periods, 1)],
        closed=[(day + 1, period + 1) for day, period in found.instance.blocked], lessons=cells(found, rows),
        unplaced=[row.label for row in rows if row.day is None],
    )  # fmt: skip


async def part(
    tx: Tx, found: View, class_arm: Ref[ClassArm] | None, teacher: Ref[Staff] | None, room: str | None
) -> tuple[str, list[TimetableLesson]]:
    """The lessons asked for and whose they are; guardians and students only get their own classes."""
    if class_arm is not None:
        if not await timetable_views.may_see_class(tx, class_arm.id):
            raise NotVisible("There is no such class.")
        return class_arm.label, found.of_class(class_arm.id)
    if tx.caller.role in {Role.GUARDIAN, Role.STUDENT}:
        if teacher is not None or room is not None:
            raise InvalidInput("Ask for a class: your child's, or your own.")
        return await own_classes(tx, found)
    if teacher is not None:
        return teacher.label, found.of_teacher(teacher.id)
    if room is not None:
        rooms = {row.room for row in found.lessons if row.room}
        known = next((name for name in rooms if name.casefold() == room.casefold()), None)
        if known is None:
            raise NotVisible(f"No lesson is in a room called “{room[:60]}”.")
        return known, found.of_room(known)
    return "whole school", list(found.lessons)


async def own_classes(tx: Tx, found: View) -> tuple[str, list[TimetableLesson]]:
    """The lessons of a student's own class, or of the classes of a guardian's children."""
    owners = await timetable_views.own_lessons(tx, found)
    rows = {row.key: row for _, own in owners for row in own()}
    return " and ".join(name for name, _ in owners) or "no class", [row for row in found.lessons if row.key in rows]


RoomName = Annotated[str | None, Field(min_length=1, max_length=100, description="Name of a room.")]


@tool(
    permission=Permission.TIMETABLES_READ,
    effect=Effect.READ,
    rest="GET /api/timetable/grid",
    says=(
        "Show the timetable of JSS 2 Ruby",
        "What is Mr Akinlade's timetable?",
        "Timetable of the physics lab",
        "Show me the timetable for SS 1 Topaz",
        "Open the draft timetable",
    ),
    errors=(NoTimetableYet,),
)
async def show_timetable(
    tx: Tx, *, timetable: Ref[Timetable] | None = None, class_arm: Ref[ClassArm] | None = None,
    teacher: Ref[Staff] | None = None, room: RoomName = None,
) -> TimetableGrid:  # fmt: skip
    """Show a timetable as a grid: of a class, a teacher, a room, or the whole.

    Use when somebody wants to see a week. For one's own day use `show_my_timetable`.

    Shape:  one timetable (default the one in force), perhaps one class, teacher or room -> lessons with times.
    Units:  days and periods from 1; times are the school's own.
    Errors: no_timetable_yet.
    Source: tables timetables, timetable_lessons.
    """
    found = await timetable_views.view(tx, await chosen(tx, timetable))
    of, rows = await part(tx, found, class_arm, teacher, room)
    return grid(found, of, rows).model_copy(update={"covers": await _covers(tx, found, rows, teacher)})


async def _covers(tx: Tx, found: View, rows: list[TimetableLesson], teacher: Ref[Staff] | None) -> list[GridCover]:
    """Cover in this week of the lessons shown, and that which the teacher shown takes."""
    keys = {row.key for row in rows}
    return [
        GridCover(lesson=item.lesson.key, on=item.on, absent=item.absent, cover=item.cover)
        for item in await timetable_cover.week_of(tx, found, tx.today)
        if item.lesson.key in keys or (teacher is not None and item.cover_row.cover_id == teacher.id)
    ]


class TimetableFiles(Result):
    """Where a timetable can be had as a file."""

    of: str
    files: list[FileLink]

    def headline(self) -> str:
        return f"The timetable of {self.of}, to print or to keep."

    def blocks(self) -> list[Block]:
        return list(self.files)


@tool(
    permission=Permission.TIMETABLES_READ,
    effect=Effect.READ,
    rest="GET /api/timetable/files",
    says=("Give me the timetable of JSS 2 Ruby as PDF", "Export the timetable to Excel", "Print the teachers' timetables",
          "Download the class timetable"),
    errors=(NoTimetableYet,),
)  # fmt: skip
async def export_timetable(
    tx: Tx, *, timetable: Ref[Timetable] | None = None, class_arm: Ref[ClassArm] | None = None,
    teacher: Ref[Staff] | None = None,
) -> TimetableFiles:  # fmt: skip
    """Give a timetable as PDF and XLSX, of a class, a teacher or all; or as .fet.

    Use when somebody wants to print, download or keep a timetable. For a calendar use `show_calendar_address`.

    Shape:  one timetable (default the one in force), perhaps one class or teacher -> two files; the .fet file for those who make timetables.
    Units:  one page a class or teacher.
    Errors: no_timetable_yet.
    Source: tables timetables, timetable_lessons.
    """
    table = await chosen(tx, timetable)
    found = await timetable_views.view(tx, table)
    of, _ = await part(tx, found, class_arm, teacher, None)
    asked = f"?classArm={class_arm.id}" if class_arm else f"?teacher={teacher.id}" if teacher else ""
    kinds = [("pdf", "application/pdf"), ("xlsx", timetable_feeds.XLSX)]
    if not asked and tx.caller.may(Permission.TIMETABLES_WRITE):
        kinds.append(("fet", "application/xml"))
    return TimetableFiles(
        of=of,
        files=[
            FileLink(name=f"{table.name}, {of}.{kind}", url=f"/api/timetable/{table.id}/file.{kind}{asked}", media_type=media)
            for kind, media in kinds
        ],
    )  # fmt: skip


class CalendarAddress(Result):
    """A private address calendars can subscribe to."""

    url: str
    of: str

    def headline(self) -> str:
        return (
            f"Subscribe to the timetable of {self.of} with this private address; whoever has it can read it: {self.url}"
        )


@tool(
    permission=Permission.TIMETABLES_READ,
    effect=Effect.READ,
    rest="GET /api/timetable/calendar-address",
    says=("Put my timetable into my phone's calendar", "Calendar link for my timetable", "iCal address of my lessons",
          "Subscribe to the JSS 2 Ruby timetable in Google Calendar"),
)  # fmt: skip
async def show_calendar_address(tx: Tx, *, class_arm: Ref[ClassArm] | None = None) -> CalendarAddress:
    """Give the private calendar address of one's own timetable or of a class's.

    Use when somebody wants the timetable in a calendar program. It follows the timetable in force, without holidays.

    Shape:  nothing (one's own lessons) or one class arm -> one signed address.
    Units:  one address.
    Errors: those of any read.
    Source: tables timetables, timetable_lessons, holidays, terms.
    """
    if class_arm is not None:
        if not await timetable_views.may_see_class(tx, class_arm.id):
            raise NotVisible("There is no such class.")
        return CalendarAddress(url=timetable_feeds.address(tx.school_id, "class", class_arm.id), of=class_arm.label)
    if tx.caller.person_id is None:
        raise InvalidInput("You have no lessons of your own; name a class.")
    return CalendarAddress(url=timetable_feeds.address(tx.school_id, "person", tx.caller.person_id), of="yours")
