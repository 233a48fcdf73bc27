"""A teacher is away: who could cover, and a timetable in which nobody has to."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import timetable_changes, timetable_cover, timetables
from school.people import Staff
from school.permissions import Permission
from school.timetable_changes import LessonLocked, NoRepair, Repaired
from school.timetables import NoTimetableYet, Timetable
from tools.declare import Effect, tool
from tools.present import Block, Column, Fact, Facts, Notice, Shown, Table
from tools.refs import Ref
from tools.results import Preview, Result
from tools.timetables import OnDay, chosen


class CoverTeacher(Shown):
    teacher_id: str
    name: str
    why: str
    periods_that_day: int


class CoverLesson(Shown):
    lesson: str
    label: str
    period: int
    begins_at: str
    covered_by: str | None = Field(description="Who takes it already.")
    options: list[CoverTeacher]


class CoverPlan(Result):
    """Each lesson of an absent teacher, with who could take it."""

    teacher: str
    on: date
    lessons: list[CoverLesson]

    def headline(self) -> str:
        when = f"{self.on:%A} {self.on.day} {self.on:%B}"
        count = len(self.lessons)
        if not count:
            return f"{self.teacher} has no lessons on {when}: nothing to cover."
        arranged = sum(x.covered_by is not None for x in self.lessons)
        if arranged == count:
            return f"{self.teacher} has {count} lesson{'s'[: count != 1]} on {when}, and cover is arranged for all."
        open_ = sum(not x.options and x.covered_by is None for x in self.lessons)
        without = f"; for {open_} nobody is free" if open_ else ", each can be covered"
        return f"{self.teacher} has {count} lesson{'s'[: count != 1]} on {when}{without}."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="when", label="Time"),
            Column(key="label", label="Lesson"),
            Column(key="options", label="Could cover"),
        ]
        rows = [
            {"when": x.begins_at, "label": x.label, "options": f"arranged: {x.covered_by}" if x.covered_by else "; ".join(f"{o.name} ({o.why})" for o in x.options[:5]) or "nobody is free"}
            for x in self.lessons
        ]  # fmt: skip
        return [Table(columns=columns, rows=rows)] if rows else []

    def next_questions(self) -> list[str]:
        if not self.lessons:
            return []
        repair = f"Make a timetable in which {self.teacher} is free on {self.on:%A}s"
        arrange = f"Arrange cover for {self.teacher} on {self.on.isoformat()}"
        return [repair] if all(x.covered_by for x in self.lessons) else [arrange, repair]


@tool(
    permission=Permission.STAFF_READ,
    effect=Effect.READ,
    rest="GET /api/timetable/cover",
    says=(
        "The maths teacher is away on Thursday",
        "The maths teacher is away on Thursday, who can cover?",
        "Mr Akinlade is absent today, find cover",
        "Who can take Mrs Umeadi's lessons tomorrow?",
        "Find substitutes for an absent teacher",
    ),
    errors=(NoTimetableYet,),
)
async def find_cover(tx: Tx, *, teacher: Ref[Staff], on: OnDay = None) -> CoverPlan:
    """Find who could cover each lesson of a teacher who is away on a day.

    Use when a teacher is absent and lessons stay where they are. To arrange it use `set_cover`; to move the lessons instead `draft_repair`.

    Shape:  one teacher and day (default today) -> one row a lesson, colleagues free then, best fitting first.
    Units:  periods from 1; periods that day are the colleague's own.
    Errors: no_timetable_yet.
    Source: tables timetables, timetable_lessons, lesson_covers.
    """
    need = await timetable_cover.needed(tx, teacher.id, on or tx.today)
    taken = {item.lesson.key: item.cover for item in need.arranged}
    return CoverPlan(
        teacher=teacher.label, on=need.on,
        lessons=[
            CoverLesson(
                lesson=n.lesson, label=n.label, period=n.period + 1, covered_by=taken.get(n.lesson),
                begins_at=f"{need.view.hours.periods[n.period][0]:%H:%M}",
                options=[
                    CoverTeacher(teacher_id=o.teacher, name=o.name, why=o.why, periods_that_day=o.periods_that_day)
                    for o in n.options[:8]
                ],
            )
            for n in need.lessons
        ],
    )  # fmt: skip


class MovedLesson(Shown):
    label: str
    before: str
    after: str


class RepairDraft(Result):
    """A draft in which a teacher is free on a weekday."""

    timetable_id: UUID
    name: str
    teacher: str
    weekday: str
    lost: int = Field(description="Lessons that had to move.")
    moved: list[MovedLesson]
    fewest: bool = Field(description="Proven that no fewer moves do.")
    hard: int
    soft: float
    broken: list[str]

    def headline(self) -> str:
        count = len(self.moved)
        proven = ", proven the fewest" if self.fewest else ""
        broken = (
            f" {self.hard} rule{'s are' if self.hard != 1 else ' is'} broken, since none can be kept."
            if self.hard
            else ""
        )
        return (
            f"“{self.name}”: {self.teacher} is free on {self.weekday}s; {count} lesson{'s'[: count != 1]} moved"
            f"{proven} ({self.lost} had to).{broken}"
        )

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="label", label="Lesson"),
            Column(key="before", label="Was"),
            Column(key="after", label="Is now"),
        ]
        rows = [item.model_dump(mode="json", by_alias=True) for item in self.moved]
        parts: list[Block] = [Table(columns=columns, rows=rows)] if rows else []
        return [*parts, *(Notice(tone="warning", text=words) for words in self.broken[:5])]

    def next_questions(self) -> list[str]:
        return [f"Publish {self.name}", f"Show {self.name}"]


def _moves(repaired: Repaired) -> list[MovedLesson]:
    shown = repaired.view
    rows = {row.key: row for row in shown.lessons}
    found: list[MovedLesson] = []
    for key in repaired.outcome.moved:
        row, place = rows[key], repaired.outcome.assignments[key]
        was = shown.instance.slot_name((row.day or 0, row.period or 0)) if row.day is not None else "not placed"
        room = f" in {place.room}" if place.room and place.room != row.room else ""
        found.append(MovedLesson(label=row.label, before=was, after=shown.instance.slot_name(place.slot) + room))
    return found


Absence = Annotated[
    date, Field(description="A day on which the teacher is away, YYYY-MM-DD; a weekday means the next one.")
]


async def _preview_repair(
    tx: Tx, *, teacher: Ref[Staff], on: Absence, timetable: Ref[Timetable] | None = None
) -> Preview:
    source = await chosen(tx, timetable)
    repaired = await timetable_changes.try_repair(tx, source, teacher.id, on)
    report = repaired.outcome.report
    facts = [
        Fact(label="Lessons that must move", value=len(repaired.lost), kind="number"),
        Fact(label="Lessons moved in all", value=len(repaired.outcome.moved), kind="number"),
        Fact(label="Cost of unmet wishes", value=report.soft, kind="number"),
        Fact(label="Rules broken", value=report.hard, kind="number"),
    ]
    return Preview(
        title=f"A draft of “{source.name}” in which {teacher.label} is free on {on:%A}s", blocks=[Facts(items=facts)],
        summary="Nothing is published; the timetable in force stays.", included=len(repaired.lost),
        warnings=[v.words for v in report.violations if v.hard][:5], state={"version": source.version},
    )  # fmt: skip


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/timetable/repair",
    says=(
        "The maths teacher is away on Thursdays, make a new timetable that moves few lessons",
        "Repair the timetable: Mrs Umeadi cannot come on Mondays any more",
        "Move as few lessons as possible so that Mr Akinlade is free on Friday",
    ),
    errors=(NoTimetableYet, NoRepair, LessonLocked),
    preview=_preview_repair,
)
async def draft_repair(
    tx: Tx, *, teacher: Ref[Staff], on: Absence, timetable: Ref[Timetable] | None = None
) -> RepairDraft:
    """Make a draft in which a teacher is free on a weekday, moving few lessons.

    Use when a teacher can no longer come on a day. For a single day's absence `find_cover` names colleagues instead.

    Shape:  one teacher and day, one timetable (default the one in force) -> one draft and what moved in it.
    Units:  lessons; about two seconds of work.
    Errors: no_timetable_yet, no_repair, lesson_locked.
    Source: tables timetables, timetable_lessons.
    """
    source = await chosen(tx, timetable)
    tx.require(Permission.TIMETABLES_WRITE)
    repaired = await timetable_changes.try_repair(tx, source, teacher.id, on)
    if repaired.outcome.report.hard and not repaired.outcome.moved:
        raise InvalidInput("Nothing could be moved.")
    made = await timetable_changes.copy(
        tx, source, f"{source.name}, {teacher.label} free on {on:%A}", repaired.instance
    )
    await timetables.place(tx, made, repaired.outcome.assignments)
    report = await timetables.priced(tx, made, repaired.instance, repaired.outcome.assignments)
    tx.undo_with("remove_timetable", timetable=str(made.id))
    return RepairDraft(
        timetable_id=made.id, name=made.name, teacher=teacher.label, weekday=f"{on:%A}", lost=len(repaired.lost),
        moved=_moves(repaired), fewest=repaired.outcome.fewest, hard=report.hard, soft=report.soft,
        broken=[v.words for v in report.violations if v.hard],
    )  # fmt: skip
