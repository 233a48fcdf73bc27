"""Every time a lesson could go to: what it would break there, or what it costs and which lessons make way."""

from __future__ import annotations

from dataclasses import dataclass

from school.timetabling.changes import alternatives, moved_place, new_violations
from school.timetabling.checker import check
from school.timetabling.instance import Assignments, Instance, Place, Slot


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
    item = next(x for x in instance.lessons if x.id == lesson)
    here = assignments[lesson].slot
    legal = {a.slot: a for a in alternatives(instance, assignments, lesson, None, 10_000) if not kept & set(a.moves)}
    before = check(instance, assignments)
    found: list[Option] = []
    for slot in _starts(instance, item.duration):
        if slot == here:
            continue
        if option := legal.get(slot):
            others = {key: place for key, place in option.moves.items() if key != lesson}
            found.append(Option(slot, others, option.soft_change, ()))
            continue
        after = check(instance, {**assignments, lesson: moved_place(instance, assignments, lesson, slot)})
        words = tuple(dict.fromkeys(v.words for v in new_violations(before, after)))
        found.append(Option(slot, {}, after.soft - before.soft, words))
    return found


def _starts(instance: Instance, duration: int) -> list[Slot]:
    closed = set(instance.blocked)
    return [
        (day, period)
        for day in range(len(instance.days))
        for period in range(len(instance.periods) - duration + 1)
        if not any((day, period + i) in closed for i in range(duration))
    ]
