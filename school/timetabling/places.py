"""Every time a lesson could go to: what it would break there, or what it costs and which lessons make way."""

from __future__ import annotations

from dataclasses import dataclass

from school.timetabling.changes import alternatives, moved_place, new_violations
from school.timetabling.checker import check
from school.timetabling.instance import Assignments, Instance, Lesson, Place, Slot


@dataclass(frozen=True)
class Option:
    """The lesson at one time. `others` are lessons that make way; with `conflicts` it cannot go there."""

    slot: Slot
    others: dict[str, Place]
    soft_change: float
    conflicts: tuple[str, ...]


def options(
    instance: Instance, assignments: Assignments, lesson: str, kept: frozenset[str] = frozenset()
) -> list[Option]:
    """One option for each time at which the lesson could begin within a day; `kept` lessons do not make way."""
    items = {x.id: x for x in instance.lessons}
    item = items[lesson]
    here = assignments[lesson].slot
    legal = {a.slot: a for a in alternatives(instance, assignments, lesson, None, 10_000) if not kept & set(a.moves)}
    before = check(instance, assignments)
    found: list[Option] = []
    for slot in _starts(instance, item.duration):
        if slot == here:
            continue
        if option := legal.get(slot):
            others = {key: place for key, place in option.moves.items() if key != lesson}
            same = any(_alike(item, items[key]) and place.slot == here for key, place in others.items())
            words = (f"{item.label} is there already.",) if same else ()
            found.append(Option(slot, {} if same else others, option.soft_change, words))
            continue
        after = check(instance, {**assignments, lesson: moved_place(instance, assignments, lesson, slot)})
        broken = {(v.kind, v.rule, tuple(sorted(v.lessons)) or v.words): v.words for v in new_violations(before, after)}
        found.append(Option(slot, {}, after.soft - before.soft, tuple(broken.values())))
    return found


def _alike(one: Lesson, other: Lesson) -> bool:
    """Two lessons that nobody could tell apart: to exchange them changes nothing."""
    return (one.label, one.classes, one.teachers, one.duration) == (
        other.label,
        other.classes,
        other.teachers,
        other.duration,
    )


def _starts(instance: Instance, duration: int) -> list[Slot]:
    closed = set(instance.blocked)
    return [
        (day, period)
        for day in range(len(instance.days))
        for period in range(len(instance.periods) - duration + 1)
        if not any((day, period + i) in closed for i in range(duration))
    ]
