"""What could be given up, as a change of the problem itself, so that what it gives can be tried."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from school.timetabling import instance as tt
from school.timetabling.instance import Instance, Lesson, Room

Apply = Callable[[Instance], Instance]


@dataclass(frozen=True)
class Change:
    """One remedy in words, how many periods it touches, and the problem with it."""

    words: str
    size: int
    apply: Apply


def lessons_worth(lessons: Iterable[Lesson], periods: int) -> list[str]:
    """As few lessons as add up to the periods: of the courses with most lessons first, singles before doubles."""
    pool = list(lessons)
    counts = {course: sum(x.label == course for x in pool) for course in {x.label for x in pool}}
    chosen: list[str] = []
    while pool and periods > 0:
        best = max(pool, key=lambda x: (x.duration <= periods, counts[x.label], -x.duration))
        pool.remove(best)
        counts[best.label] -= 1
        chosen.append(best.id)
        periods -= best.duration
    return chosen


def without_lessons(keys: Collection[str]) -> Apply:
    """The lessons are not given, and no rule speaks of them."""

    def apply(instance: Instance) -> Instance:
        gone = set(keys)
        return instance.model_copy(
            update={
                "lessons": tuple(x for x in instance.lessons if x.id not in gone),
                "rules": tuple(kept for rule in instance.rules if (kept := _rule_without(rule, gone)) is not None),
            }
        )

    return apply


def _rule_without(rule: tt.Rule, gone: set[str]) -> tt.Rule | None:
    changed: dict[str, Any] = {}
    for name in ("lessons", "first", "second"):
        value: str | tuple[str, ...] = getattr(rule, name, ())
        if isinstance(value, str):
            if value in gone:
                return None
        elif not gone.isdisjoint(value):
            changed[name] = tuple(key for key in value if key not in gone)
            if not changed[name]:
                return None
    return rule.model_copy(update=changed) if changed else rule


def released(keys: Collection[str]) -> Apply:
    """The lessons may be at any time: no start is fixed, and no wish for a time must hold for them."""

    def apply(instance: Instance) -> Instance:
        widest = {
            x.duration: x.starts
            for x in sorted(instance.lessons, key=lambda x: len(x.starts or ()))
            if x.starts is not None and len(x.starts) > 1 and x.duration > 1
        }
        lessons = tuple(
            x.model_copy(update={"starts": widest.get(x.duration)}) if x.id in keys else x for x in instance.lessons
        )
        rules: list[tt.Rule] = []
        for rule in instance.rules:
            if rule.hard and isinstance(rule, tt.PreferStarts | tt.PreferSlots):
                freed = _rule_without(rule, set(keys))
                rules += [freed] if freed is not None else []
            else:
                rules.append(rule)
        return instance.model_copy(update={"lessons": lessons, "rules": tuple(rules)})

    return apply


def present(teachers: Collection[str] = (), classes: Collection[str] = (), periods: int | None = None) -> Apply:
    """Those who were away come: in all their periods, or in the first so many of them."""

    def fewer(away: tuple[tt.Slot, ...]) -> tuple[tt.Slot, ...]:
        return () if periods is None else tuple(sorted(away))[periods:]

    def apply(instance: Instance) -> Instance:
        return instance.model_copy(
            update={
                "teachers": tuple(
                    t.model_copy(update={"unavailable": fewer(t.unavailable)}) if t.id in teachers else t
                    for t in instance.teachers
                ),
                "classes": tuple(
                    c.model_copy(update={"unavailable": fewer(c.unavailable)}) if c.id in classes else c
                    for c in instance.classes
                ),
            }
        )

    return apply


def longer_days(periods: int) -> Apply:
    """So many more periods at the end of every day."""

    def apply(instance: Instance) -> Instance:
        more = tuple(str(len(instance.periods) + n + 1) for n in range(periods))
        return instance.model_copy(update={"periods": (*instance.periods, *more)})

    return apply


def higher_limit(kind: str, who: Collection[str], most: int) -> Apply:
    """`who` may have so many periods a day."""
    name = "teachers" if kind == "teacher" else "classes"

    def apply(instance: Instance) -> Instance:
        rules: list[tt.Rule] = []
        for rule in instance.rules:
            of: tuple[str, ...] = getattr(rule, name, ())
            few = rule.hard and rule.type == f"{kind}_max_per_day" and getattr(rule, "max", most) < most
            if not few or set(of).isdisjoint(who):
                rules.append(rule)
                continue
            others = tuple(key for key in of if key not in who)
            rules += [rule.model_copy(update={name: others})] if others else []
            rules.append(rule.model_copy(update={name: tuple(k for k in of if k in who), "max": most}))
        return instance.model_copy(update={"rules": tuple(rules)})

    return apply


def another_room(beside: Collection[str]) -> Apply:
    """One more room for the lessons that may only be in these."""

    def apply(instance: Instance) -> Instance:
        taken = {room.id for room in instance.rooms}
        key = next(name for n in range(len(taken) + 1) if (name := f"another room {n + 1}") not in taken)
        lessons = tuple(
            x.model_copy(update={"rooms": (*x.rooms, key)}) if x.rooms and set(beside).issuperset(x.rooms) else x
            for x in instance.lessons
        )
        return instance.model_copy(update={"rooms": (*instance.rooms, Room(id=key)), "lessons": lessons})

    return apply


def any_room(keys: Collection[str]) -> Apply:
    """The lessons need none of the rooms they were bound to."""

    def apply(instance: Instance) -> Instance:
        lessons = tuple(x.model_copy(update={"rooms": ()}) if x.id in keys else x for x in instance.lessons)
        return instance.model_copy(update={"lessons": lessons})

    return apply


def wished(rule: tt.Rule) -> Apply:
    """The rule need not hold, and is only wished for."""

    def apply(instance: Instance) -> Instance:
        rules = tuple(r.model_copy(update={"hard": False}) if r == rule else r for r in instance.rules)
        return instance.model_copy(update={"rules": rules})

    return apply


def joined(one: str, other: str) -> Apply:
    """Two single lessons become one double."""

    def apply(instance: Instance) -> Instance:
        less = without_lessons([other])(instance)
        allowed = next((x.starts for x in instance.lessons if x.duration == 2), None)
        lessons = tuple(
            x.model_copy(update={"duration": 2, "starts": allowed}) if x.id == one else x for x in less.lessons
        )
        return less.model_copy(update={"lessons": lessons})

    return apply


def several(changes: Iterable[Apply]) -> Apply:
    kept = list(changes)

    def apply(instance: Instance) -> Instance:
        for change in kept:
            instance = change(instance)
        return instance

    return apply
