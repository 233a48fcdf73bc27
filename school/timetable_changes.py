"""Changing a draft by hand: moves, swaps, locks, copies; repairs after an absence; comparing two."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from runtime.errors import Conflict, InvalidInput, NotVisible
from runtime.transaction import Tx
from school import timetable_views, timetables
from school.permissions import Permission
from school.timetable_views import View
from school.timetables import Timetable, TimetableLesson, TimetableState
from school.timetabling.checker import Report, check
from school.timetabling.instance import Assignments, Instance, Place, Slot
from school.timetabling.locks import absent, day_slots, locked

if TYPE_CHECKING:
    from school.timetabling.changes import Alternative, Change
    from school.timetabling.places import Option
    from school.timetabling.repair import Repair


class TimetableConflict(Conflict):
    """The change would break a hard rule. `facts` has `conflicts` in words and legal `alternatives`."""

    code = "timetable_conflict"


class LessonLocked(Conflict):
    code = "lesson_locked"


class NoRepair(Conflict):
    """No timetable was found that works with the absence."""

    code = "no_repair"


@dataclass(frozen=True)
class Tried:
    """A change that was tried on a draft, with what else could be done instead."""

    view: View
    lessons: tuple[TimetableLesson, ...]
    change: "Change"
    alternatives: "tuple[Alternative, ...]"


def lesson_at(found: View, day: int, period: int, class_arm_id: UUID | None, key: str | None = None) -> TimetableLesson:
    """The one lesson a slot and a class (or a key) mean."""
    if key is not None:
        rows = [row for row in found.lessons if row.key == key]
    else:
        rows = found.at(day, period)
        if class_arm_id is not None:
            rows = [row for row in rows if str(class_arm_id) in row.class_arm_ids]
    if not rows:
        raise NotVisible("There is no lesson at that time in that class.")
    if len(rows) > 1:
        labels = "; ".join(f"{row.label} ({row.key})" for row in rows[:6])
        raise InvalidInput(f"There are {len(rows)} lessons then: {labels}. Name the class, or the lesson by its key.")
    return rows[0]


def _check_unlocked(*rows: TimetableLesson) -> None:
    for row in rows:
        if row.locked:
            raise LessonLocked(f"{row.label} is locked. Unlock it first.", lesson=row.key)


async def try_swap(tx: Tx, timetable: Timetable, first: TimetableLesson, second: TimetableLesson, found: View) -> Tried:
    """What exchanging the times of two lessons would do."""
    from school.timetabling import changes  # only where needed: it brings the compiled search

    _check_unlocked(first, second)
    if first.key == second.key:
        raise InvalidInput("These are the same lesson.")
    assignments = timetables.assignments_of(found.lessons)
    change = await asyncio.to_thread(changes.swap, found.instance, assignments, first.key, second.key)
    options = [] if change.legal else await _alternatives(found, assignments, first.key, assignments[second.key].slot)
    return Tried(found, (first, second), change, tuple(options))


async def try_move(
    tx: Tx,
    timetable: Timetable,
    lesson: TimetableLesson,
    to: Slot,
    room: str | None,
    found: View,
    make_way: bool = False,
) -> Tried:
    """What moving one lesson would do; with `make_way`, at most two others go elsewhere where that helps."""
    from school.timetabling import changes

    _check_unlocked(lesson)
    if to[0] >= len(found.instance.days) or to[1] + lesson.duration > len(found.instance.periods):
        raise InvalidInput(f"{lesson.label} does not fit into that time: the day is over before it ends.")
    assignments = timetables.assignments_of(found.lessons)
    change = await asyncio.to_thread(changes.move, found.instance, assignments, lesson.key, to, room)
    if change.legal:
        return Tried(found, (lesson,), change, ())
    options = await _alternatives(found, assignments, lesson.key, to)
    way = next((option for option in options if option.slot == to), None) if make_way and room is None else None
    if way is not None:
        change = changes.changed(found.instance, assignments, way.moves)
        rows = {row.key: row for row in found.lessons}
        others = tuple(rows[key] for key in way.moves if key != lesson.key)
        return Tried(found, (lesson, *others), change, ())
    return Tried(found, (lesson,), change, tuple(options))


async def options_for(found: View, lesson: TimetableLesson) -> "list[Option]":
    """Every time the lesson could begin at, with what that breaks or costs; locked lessons stay where they are."""
    from school.timetabling import places

    _check_unlocked(lesson)
    if lesson.day is None:
        raise InvalidInput(f"{lesson.label} is not placed yet.")
    kept = frozenset(row.key for row in found.lessons if row.locked)
    assignments = timetables.assignments_of(found.lessons)
    return await asyncio.to_thread(places.options, found.instance, assignments, lesson.key, kept)


async def _alternatives(found: View, assignments: Assignments, key: str, near: Slot) -> "list[Alternative]":
    """Legal places nearby that leave locked lessons where they are."""
    from school.timetabling import changes

    kept = {row.key for row in found.lessons if row.locked}
    listed = await asyncio.to_thread(changes.alternatives, found.instance, assignments, key, near, 40)
    return [option for option in listed if not kept & set(option.moves)][:5]


async def apply(tx: Tx, timetable: Timetable, tried: Tried) -> Report:
    """Keep a change that breaks nothing new. Errors: timetable_conflict."""
    if not tried.change.legal:
        words = [v.words for v in tried.change.conflicts]
        options = [
            {"slot": tried.view.instance.slot_name(o.slot), "moves": sorted(o.moves)} for o in tried.alternatives
        ]
        raise TimetableConflict(
            f"This breaks a rule: {words[0]}" + (f" ({len(words)} conflicts in all.)" if len(words) > 1 else ""),
            conflicts=words,
            alternatives=options,
        )
    await timetables.place(tx, timetable, tried.change.assignments)
    return await timetables.priced(tx, timetable, tried.view.instance, tried.change.assignments)


async def put(tx: Tx, timetable: Timetable, places: dict[str, Place]) -> Report:
    """Put lessons to exact places (an undo): no question of conflicts is asked."""
    tx.require(Permission.TIMETABLES_WRITE)
    rows = await timetables.lessons_of(tx, timetable)
    after = {**timetables.assignments_of(rows), **places}
    await timetables.place(tx, timetable, after)
    return await timetables.priced(tx, timetable, timetables.instance_of(timetable), after)


async def lock(tx: Tx, timetable: Timetable, keys: Collection[str], to: bool) -> list[str]:
    """Lock or unlock lessons; the keys of those that changed."""
    changed: list[str] = []
    for row in await timetables.lessons_of(tx, timetable):
        if row.key in keys and row.locked != to:
            row.locked = to
            changed.append(row.key)
    timetable.updated_at = tx.now
    await tx.session.flush()
    return changed


async def copy(tx: Tx, source: Timetable, name: str, instance: Instance | None = None) -> Timetable:
    """A draft with the same lessons."""
    tx.require(Permission.TIMETABLES_WRITE)
    problem = instance or timetables.instance_of(source)
    rows = await timetables.lessons_of(tx, source)
    made = await timetables.add(
        tx, name, source.session_id, problem, source.clock, state=TimetableState.DRAFT.value, parent_id=source.id
    )
    kept = {row.key for row in rows if row.locked}
    await timetables.keep_lessons(tx, made, problem, timetables.assignments_of(rows), kept)
    return made


@dataclass(frozen=True)
class Repaired:
    view: View
    outcome: "Repair"
    instance: Instance
    lost: tuple[TimetableLesson, ...]


async def try_repair(tx: Tx, source: Timetable, teacher_id: UUID, on: date) -> Repaired:
    """A timetable in which the teacher has nothing on that weekday, with as few lessons moved as could be found.

    Errors: no_repair.
    """
    from school.timetabling.repair import repair

    found = await timetable_views.view(tx, source)
    day = timetable_views.day_number(found.instance, on)
    lost = tuple(row for row in found.of_teacher(teacher_id) if row.day == day)
    if day is None or not lost:
        raise InvalidInput(f"This teacher has no lesson on {on:%A}s, so nothing needs to move.")
    _check_unlocked(*lost)
    away = absent(found.instance, str(teacher_id), day_slots(found.instance, day))
    assignments = timetables.assignments_of(found.lessons)
    kept = {row.key for row in found.lessons if row.locked}
    outcome = await asyncio.to_thread(repair, locked(away, assignments, kept), assignments)
    if outcome is None:
        raise NoRepair(f"No timetable was found in which this teacher is free on {on:%A}. Arrange cover instead.")
    report = check(away, outcome.assignments)
    return Repaired(found, replace(outcome, report=report), away, lost)


@dataclass(frozen=True)
class Difference:
    """A lesson that two timetables have at different times or in different rooms."""

    label: str
    before: str
    after: str
    class_arm_ids: tuple[str, ...]
    teacher_ids: tuple[str, ...]


def differences(before: View, after: View) -> list[Difference]:
    """Lessons that moved, by course: the times of each course before and after, where they differ."""
    found: list[Difference] = []
    courses: dict[str, tuple[list[TimetableLesson], list[TimetableLesson]]] = {}
    for side, shown in enumerate((before, after)):
        for row in shown.lessons:
            courses.setdefault(row.label, ([], []))[side].append(row)
    for label, (old, new) in courses.items():
        was, now = _times(before, old), _times(after, new)
        if was != now:
            rows = [*old, *new]
            found.append(
                Difference(
                    label, ", ".join(sorted(was - now)) or "–", ", ".join(sorted(now - was)) or "–",
                    tuple(sorted({a for row in rows for a in row.class_arm_ids})),
                    tuple(sorted({t for row in rows for t in row.teacher_ids})),
                )
            )  # fmt: skip
    return sorted(found, key=lambda d: d.label)


def _times(shown: View, rows: list[TimetableLesson]) -> set[str]:
    return {
        shown.instance.slot_name((row.day, row.period)) + (f" in {row.room}" if row.room else "")
        for row in rows
        if row.day is not None and row.period is not None
    }
