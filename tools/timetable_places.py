"""Where a lesson of a draft could go: each time with what it breaks, or what it costs and who makes way."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import timetable_changes, timetable_views, timetables
from school.classes import ClassArm
from school.permissions import Permission
from school.timetable_changes import LessonLocked
from school.timetable_views import View
from school.timetables import Timetable, TimetableLesson, TimetableNotDraft
from tools.declare import Effect, tool
from tools.present import Block, Column, Notice, Shown, Table
from tools.refs import Ref
from tools.results import Result

Draft = Annotated[Ref[Timetable], Field(description="The draft, by name or id.")]
Key = Annotated[str | None, Field(max_length=100, description="Key of the lesson, instead of its class and time.")]
Day = Annotated[int | None, Field(ge=1, le=14, description="Day the lesson is on now, from 1.")]
PeriodOfDay = Annotated[int | None, Field(ge=1, le=30, description="Period the lesson is in now, from 1.")]


class LessonPlace(Shown):
    """A time for the lesson. With `conflicts` it cannot go there."""

    day: int
    period: int
    when: str
    others: list[str] = Field(description="Lessons that would make way, with their new times.")
    cost_change: float
    conflicts: list[str]


class LessonPlaces(Result):
    """Every time a lesson could be at."""

    timetable_id: UUID
    version: int
    lesson: str
    label: str
    now: str
    places: list[LessonPlace]

    def headline(self) -> str:
        fits = sum(not place.conflicts for place in self.places)
        if not fits:
            return f"{self.label} ({self.now}) can go nowhere else without breaking a rule."
        return f"{self.label} ({self.now}) could go to {fits} other time{'s'[: fits != 1]} without breaking a rule."

    def blocks(self) -> list[Block]:
        fits = sorted((p for p in self.places if not p.conflicts), key=lambda p: (len(p.others), p.cost_change))
        columns = [
            Column(key="when", label="Time"),
            Column(key="others", label="Who makes way"),
            Column(key="cost", label="Change of cost", kind="number"),
        ]
        rows = [{"when": p.when, "others": "; ".join(p.others) or "nobody", "cost": p.cost_change} for p in fits[:12]]
        if rows:
            return [Table(columns=columns, rows=rows, total=len(fits))]
        against = list(dict.fromkeys(words for place in self.places for words in place.conflicts[:1]))
        notices: list[Block] = [Notice(text=words) for words in against[:3]]
        return notices


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.READ,
    rest="GET /api/timetable/{timetable}/places",
    says=(
        "Where could the Monday first period lesson of JSS 2 Ruby go in the draft?",
        "Which times are possible for this lesson?",
        "Can this lesson be moved anywhere in the draft timetable?",
    ),
    errors=(TimetableNotDraft, LessonLocked),
)
async def find_lesson_places(
    tx: Tx, *, timetable: Draft, lesson: Key = None, class_arm: Ref[ClassArm] | None = None, day: Day = None,
    period: PeriodOfDay = None,
) -> LessonPlaces:  # fmt: skip
    """Find where a lesson of a draft could go, and what speaks against other times.

    Use when somebody looks for a better time for one lesson. To put it there use `move_lesson`.

    Shape:  one draft, one lesson (by key, or by class and time) -> one row a time at which it could begin.
    Units:  days and periods from 1; cost is that of unmet wishes.
    Errors: timetable_not_draft, lesson_locked.
    Source: table timetable_lessons.
    """
    table = await timetables.access_draft(tx, timetable.id)
    found = await timetable_views.view(tx, table)
    if lesson is None and (day is None or period is None):
        raise InvalidInput("Say which lesson: by its class, day and period, or by its key.")
    arm = class_arm.id if class_arm else None
    row = timetable_changes.lesson_at(found, (day or 1) - 1, (period or 1) - 1, arm, lesson)
    listed = await timetable_changes.options_for(found, row)
    labels = {each.key: each.label for each in found.lessons}
    return LessonPlaces(
        timetable_id=table.id, version=table.version, lesson=row.key, label=row.label, now=_when(found, row),
        places=[
            LessonPlace(
                day=o.slot[0] + 1, period=o.slot[1] + 1, when=found.instance.slot_name(o.slot),
                others=[f"{labels[key]} to {found.instance.slot_name(place.slot)}" for key, place in o.others.items()],
                cost_change=round(o.soft_change, 2), conflicts=list(o.conflicts[:6]),
            )
            for o in listed
        ],
    )  # fmt: skip


def _when(found: View, row: TimetableLesson) -> str:
    if row.day is None or row.period is None:
        return "not placed"
    return found.instance.slot_name((row.day, row.period))
