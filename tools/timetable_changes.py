"""Changing a draft timetable: swap, move, lock, copy, compare, remove."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import timetable_changes, timetable_views, timetables
from school.classes import ClassArm, Subject
from school.permissions import Permission
from school.timetable_changes import LessonLocked, TimetableConflict, Tried
from school.timetable_views import View
from school.timetables import Timetable, TimetableLesson, TimetableNotDraft
from school.timetabling.instance import Place
from tools.declare import Effect, tool
from tools.present import Block, Column, Shown, Table
from tools.refs import Ref
from tools.results import Done, Preview, Result
from tools.timetables import LessonCell, cells


class LessonSlot(Shown):
    """A lesson by its time and class, or by its key. Days and periods count from 1."""

    day: Annotated[int, Field(ge=1, le=14)]
    period: Annotated[int, Field(ge=1, le=30)]
    class_arm: Ref[ClassArm] | None = None
    lesson: str | None = Field(
        default=None, max_length=100, description="Key of the lesson, where the class is not enough."
    )


Draft = Annotated[Ref[Timetable], Field(description="The draft, by name or id.")]
Day = Annotated[int, Field(ge=1, le=14, description="Day from 1.")]
PeriodOfDay = Annotated[int, Field(ge=1, le=30, description="Period from 1.")]


def _row(found: View, slot: LessonSlot) -> TimetableLesson:
    arm = slot.class_arm.id if slot.class_arm else None
    return timetable_changes.lesson_at(found, slot.day - 1, slot.period - 1, arm, slot.lesson)


class AlternativeItem(Shown):
    """A place for the lesson that breaks nothing; `moves` are other lessons that would go elsewhere."""

    day: int
    period: int
    when: str
    moves: int
    cost_change: float


class ChangeResult(Result):
    """A draft after a change."""

    timetable_id: UUID
    version: int
    message: str
    hard: int
    soft: float
    cost_change: float
    lessons: list[LessonCell]

    def headline(self) -> str:
        worth = f" The cost of unmet wishes goes from {self.soft - self.cost_change:g} to {self.soft:g}."
        return self.message + worth


def _preview(title: str, tried: Tried, moved: str) -> Preview:
    """What a change would do: its conflicts and the alternatives, or its cost."""
    change = tried.change
    state = {"version": tried.view.timetable.version}
    if change.legal:
        delta = change.soft_after - change.soft_before
        effect = "costs nothing" if not delta else f"{'costs' if delta > 0 else 'saves'} {abs(delta):g}"
        return Preview(
            title=title, summary=f"{moved} No rule is broken; it {effect}.", included=len(change.moved), state=state
        )
    blocks: list[Block] = []
    if tried.alternatives:
        columns = [Column(key="when", label="Instead"), Column(key="moves", label="Lessons moved", kind="number"),
                   Column(key="cost", label="Change of cost", kind="number")]  # fmt: skip
        rows = [
            {"when": tried.view.instance.slot_name(o.slot), "moves": len(o.moves), "cost": o.soft_change}
            for o in tried.alternatives
        ]
        blocks.append(Table(title="The nearest places that break nothing", columns=columns, rows=rows))
    return Preview(
        title=title, summary=f"This breaks {len(change.conflicts)} rule{'s'[: len(change.conflicts) != 1]} and will be refused.",
        blocks=blocks, warnings=[v.words for v in change.conflicts[:10]], state=state,
    )  # fmt: skip


def _places(rows: tuple[TimetableLesson, ...]) -> list[dict[str, Any]]:
    return [{"key": r.key, "day": (r.day or 0) + 1, "period": (r.period or 0) + 1, "room": r.room} for r in rows]


async def _kept(tx: Tx, table: Timetable, tried: Tried, message: str) -> ChangeResult:
    before = _places(tried.lessons)
    cost_before = tried.change.soft_before
    report = await timetable_changes.apply(tx, table, tried)
    tx.undo_with("replace_lessons", timetable=str(table.id), places=before)
    return ChangeResult(
        timetable_id=table.id, version=table.version, message=message, hard=report.hard, soft=report.soft,
        cost_change=round(report.soft - cost_before, 2), lessons=cells(tried.view, list(tried.lessons)),
    )  # fmt: skip


async def _tried_swap(tx: Tx, timetable: Draft, slot1: LessonSlot, slot2: LessonSlot) -> tuple[Timetable, Tried]:
    table = await timetables.access_draft(tx, timetable.id)
    found = await timetable_views.view(tx, table)
    return table, await timetable_changes.try_swap(tx, table, _row(found, slot1), _row(found, slot2), found)


async def _preview_swap(tx: Tx, *, timetable: Draft, slot1: LessonSlot, slot2: LessonSlot) -> Preview:
    _, tried = await _tried_swap(tx, timetable, slot1, slot2)
    one, other = tried.lessons
    return _preview(f"Swap {one.label} and {other.label}", tried, "Their times are exchanged.")


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/timetable/{timetable}/swap",
    says=(
        "Swap two lessons of JSS 2 Ruby in the draft",
        "Exchange maths on Monday first period with English on Tuesday third period",
        "Swap these two lessons in the timetable",
    ),
    errors=(TimetableConflict, TimetableNotDraft, LessonLocked),
    preview=_preview_swap,
)
async def swap_lessons(tx: Tx, *, timetable: Draft, slot1: LessonSlot, slot2: LessonSlot) -> ChangeResult:
    """Swap the times of two lessons in a draft, if that breaks no rule.

    Use when two lessons should change places. To move one into a free time use `move_lesson`.

    Shape:  one draft and two lessons (by time and class, or by key) -> the draft with both moved.
    Units:  days and periods from 1; cost is that of unmet wishes.
    Errors: timetable_conflict, timetable_not_draft, lesson_locked.
    Source: table timetable_lessons.
    """
    table, tried = await _tried_swap(tx, timetable, slot1, slot2)
    one, other = tried.lessons
    return await _kept(tx, table, tried, f"{one.label} and {other.label} changed places.")


async def _tried_move(
    tx: Tx, timetable: Draft, lesson: LessonSlot, day: int, period: int, room: str | None, make_way: bool
) -> tuple[Timetable, Tried]:
    table = await timetables.access_draft(tx, timetable.id)
    found = await timetable_views.view(tx, table)
    if day > len(found.instance.days) or period > len(found.instance.periods):
        raise InvalidInput(f"The week has {len(found.instance.days)} days of {len(found.instance.periods)} periods.")
    row, to = _row(found, lesson), (day - 1, period - 1)
    return table, await timetable_changes.try_move(tx, table, row, to, room, found, make_way)


Room = Annotated[str | None, Field(max_length=100, description="Room; default a free one it may use.")]
MakeWay = Annotated[bool, Field(description="Let at most two other lessons go elsewhere where that makes it possible.")]


async def _preview_move(
    tx: Tx, *, timetable: Draft, lesson: LessonSlot, day: Day, period: PeriodOfDay, room: Room = None, make_way: MakeWay = False
) -> Preview:  # fmt: skip
    _, tried = await _tried_move(tx, timetable, lesson, day, period, room, make_way)
    when = tried.view.instance.slot_name((day - 1, period - 1))
    others = ", ".join(row.label for row in tried.lessons[1:])
    moved = f"{others} make{'s'[: len(tried.lessons) == 2]} way." if others else "One lesson moves."
    return _preview(f"Move {tried.lessons[0].label} to {when}", tried, moved)


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/timetable/{timetable}/move",
    says=(
        "Move the JSS 2 Ruby maths lesson from Monday first to Thursday fourth period",
        "Put this lesson on Friday second period",
        "Move a lesson in the draft timetable",
    ),
    errors=(TimetableConflict, TimetableNotDraft, LessonLocked),
    preview=_preview_move,
)
async def move_lesson(
    tx: Tx, *, timetable: Draft, lesson: LessonSlot, day: Day, period: PeriodOfDay, room: Room = None, make_way: MakeWay = False
) -> ChangeResult:  # fmt: skip
    """Move one lesson of a draft to another time, if that breaks no rule.

    Use when one lesson should be at another time or in another room. To see where it could go use `find_lesson_places`.

    Shape:  one draft, one lesson, one time, perhaps a room -> the draft with the lesson moved.
    Units:  days and periods from 1; cost is that of unmet wishes.
    Errors: timetable_conflict, timetable_not_draft, lesson_locked.
    Source: table timetable_lessons.
    """
    table, tried = await _tried_move(tx, timetable, lesson, day, period, room, make_way)
    when = tried.view.instance.slot_name((day - 1, period - 1))
    others = ", ".join(row.label for row in tried.lessons[1:])
    made_way = f" {others} made way." if others else ""
    return await _kept(tx, table, tried, f"{tried.lessons[0].label} is on {when} now.{made_way}")


class PlacedLesson(Shown):
    key: str
    day: int
    period: int
    room: str | None = None


@tool(
    permission=Permission.TIMETABLES_WRITE, effect=Effect.WRITE, rest="PUT /api/timetable/{timetable}/lessons", internal=True,
)  # fmt: skip
async def replace_lessons(tx: Tx, *, timetable: Draft, places: list[PlacedLesson]) -> Done:
    """Put lessons back to where they were: the inverse of a move or a swap."""
    table = await timetables.access_draft(tx, timetable.id)
    at = {p.key: Place(day=p.day - 1, period=p.period - 1, room=p.room) for p in places}
    await timetable_changes.put(tx, table, at)
    return Done(message=f"{len(places)} lesson{'s are' if len(places) != 1 else ' is'} back in “{table.name}”.")


async def _lockable(
    tx: Tx, timetable: Ref[Timetable], class_arm: Ref[ClassArm] | None, subject: Ref[Subject] | None,
    lessons: list[str] | None,
) -> tuple[Timetable, list[TimetableLesson]]:  # fmt: skip
    table = await timetables.access_draft(tx, timetable.id)
    rows = await timetables.lessons_of(tx, table)
    chosen = [
        row
        for row in rows
        if (lessons is None or row.key in lessons)
        and (class_arm is None or str(class_arm.id) in row.class_arm_ids)
        and (subject is None or row.subject == subject.label)
        and row.day is not None
    ]
    if not chosen:
        raise InvalidInput("No lesson fits: name a class, a subject, or lessons by their keys.")
    return table, chosen


Keys = Annotated[list[str] | None, Field(max_length=5000, description="Keys of lessons.")]


async def _preview_lock(
    tx: Tx, *, timetable: Draft, locked: bool = True, class_arm: Ref[ClassArm] | None = None,
    subject: Ref[Subject] | None = None, lessons: Keys = None,
) -> Preview:  # fmt: skip
    table, rows = await _lockable(tx, timetable, class_arm, subject, lessons)
    verb = "Lock" if locked else "Unlock"
    return Preview(
        title=f"{verb} {len(rows)} lessons of “{table.name}”", included=len(rows),
        summary="They stay where they are when a timetable is made anew." if locked else "They may move again.",
        state={"version": table.version},
    )  # fmt: skip


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/timetable/{timetable}/locks",
    says=("Lock the JSS 2 Ruby lessons in the draft", "Lock all physics lessons where they are", "Unlock the maths lessons",
          "Keep these lessons where they are"),
    errors=(TimetableNotDraft,),
    preview=_preview_lock,
)  # fmt: skip
async def lock_lessons(
    tx: Tx, *, timetable: Draft, locked: bool = True, class_arm: Ref[ClassArm] | None = None,
    subject: Ref[Subject] | None = None, lessons: Keys = None,
) -> Done:  # fmt: skip
    """Lock lessons of a draft where they are, or unlock them.

    Use when lessons must not move in later changes. A locked lesson stays when `generate_timetable` starts from this draft.

    Shape:  one draft and a class, a subject or keys -> lessons locked or unlocked.
    Units:  lessons.
    Errors: timetable_not_draft.
    Source: table timetable_lessons.
    """
    table, rows = await _lockable(tx, timetable, class_arm, subject, lessons)
    tx.require(Permission.TIMETABLES_WRITE)
    changed = await timetable_changes.lock(tx, table, {row.key for row in rows}, locked)
    tx.undo_with("lock_lessons", timetable=str(table.id), locked=not locked, lessons=changed or [rows[0].key])
    return Done(message=f"{len(changed)} lessons {'locked' if locked else 'unlocked'} in “{table.name}”.")


DraftName = Annotated[str | None, Field(min_length=1, max_length=100, description="Name of the draft.")]


async def _preview_draft(tx: Tx, *, timetable: Ref[Timetable], name: DraftName = None) -> Preview:
    source = await timetables.access_timetable(tx, timetable.id)
    return Preview(
        title=f"Make a draft from “{source.name}”", summary="A copy that can be changed; the original stays.", included=1,
        state={"version": source.version},
    )  # fmt: skip


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/timetable/{timetable}/draft",
    says=("Make a draft from the published timetable", "Copy the timetable so that I can change it",
          "Start a new draft from the current timetable"),
    preview=_preview_draft,
)  # fmt: skip
async def draft_timetable(tx: Tx, *, timetable: Ref[Timetable], name: DraftName = None) -> Done:
    """Copy a timetable into a draft that can be changed.

    Use when a published timetable must change. To work out a new one use `generate_timetable`.

    Shape:  one timetable -> one draft with the same lessons.
    Units:  one timetable.
    Errors: those of any change.
    Source: tables timetables, timetable_lessons.
    """
    source = await timetables.access_timetable(tx, timetable.id)
    made = await timetable_changes.copy(tx, source, name or f"{source.name}, draft")
    tx.undo_with("remove_timetable", timetable=str(made.id))
    return Done(message=f"“{made.name}” is a draft now; change it and publish it when it is ready.")


async def _preview_remove(tx: Tx, *, timetable: Ref[Timetable]) -> Preview:
    table = await timetables.access_timetable(tx, timetable.id)
    _check_removable(table)
    return Preview(
        title=f"Remove “{table.name}”", summary="The draft and its lessons are deleted for good.", included=1,
        state={"version": table.version},
    )  # fmt: skip


def _check_removable(table: Timetable) -> None:
    if table.state == "published":
        raise TimetableNotDraft(f"“{table.name}” is published: withdraw it first.", state=table.state)


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.SEND,
    rest="DELETE /api/timetable/{timetable}",
    says=("Delete the draft timetable", "Remove the old timetable draft", "Throw the failed timetable away"),
    errors=(TimetableNotDraft,),
    preview=_preview_remove,
)
async def remove_timetable(tx: Tx, *, timetable: Ref[Timetable]) -> Done:
    """Remove a draft timetable for good; one being made is stopped.

    Use when a draft is no longer wanted. A published one must be withdrawn first, with `withdraw_timetable`.

    Shape:  one draft -> removed.
    Units:  one timetable.
    Errors: timetable_not_draft.
    Source: tables timetables, timetable_lessons.
    """
    table = await timetables.access_timetable(tx, timetable.id, lock=True)
    tx.require(Permission.TIMETABLES_WRITE)
    _check_removable(table)
    await timetables.remove(tx, table)
    return Done(message=f"“{table.name}” is removed.")


class DifferenceItem(Shown):
    label: str
    before: str
    after: str


class TimetableComparison(Result):
    """What differs between two timetables."""

    first: str
    second: str
    first_cost: float
    second_cost: float
    first_hard: int
    second_hard: int
    differences: list[DifferenceItem]

    def headline(self) -> str:
        count = len(self.differences)
        return (
            f"{count} course{'s differ' if count != 1 else ' differs'}: “{self.first}” costs {self.first_cost:g}, "
            f"“{self.second}” {self.second_cost:g} in unmet wishes."
        )

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="label", label="Course"),
            Column(key="before", label=self.first),
            Column(key="after", label=self.second),
        ]
        rows = [item.model_dump(mode="json", by_alias=True) for item in self.differences]
        return [Table(columns=columns, rows=rows, total=len(rows))] if rows else []


@tool(
    permission=Permission.STAFF_READ,
    effect=Effect.READ,
    rest="GET /api/timetable/{first}/compare/{second}",
    says=(
        "Compare the two timetable drafts",
        "What changed between the timetables?",
        "Differences between draft A and draft B",
    ),
)
async def compare_timetables(tx: Tx, *, first: Ref[Timetable], second: Ref[Timetable]) -> TimetableComparison:
    """Compare two timetables: which courses are at other times or in other rooms.

    Use when somebody chooses between drafts or asks what changes. For one alone use `show_timetable`.

    Shape:  two timetables -> one row a course that differs.
    Units:  costs are those of unmet wishes.
    Errors: those of any read.
    Source: tables timetables, timetable_lessons.
    """
    views = [await timetable_views.view(tx, await timetables.access_timetable(tx, ref.id)) for ref in (first, second)]
    one, other = (v.timetable for v in views)
    return TimetableComparison(
        first=one.name, second=other.name, first_cost=float(one.soft), second_cost=float(other.soft),
        first_hard=one.hard, second_hard=other.hard,
        differences=[
            DifferenceItem(label=d.label, before=d.before, after=d.after)
            for d in timetable_changes.differences(views[0], views[1])
        ],
    )  # fmt: skip
