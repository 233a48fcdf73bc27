"""A proven lower bound on the soft cost: each teacher's week at its best, as if nobody else were there, added up; or, where
that is higher, the weeks of `week_bounds`, in which every period has as many teachers as classes.

Every rule that concerns one teacher's lessons alone is priced in that teacher's part and in no other, so the sum is a bound
for the whole. Other rules about classes, and across teachers, are left out: they could only raise it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator

from school.timetabling import instance as tt
from school.timetabling.arrays import compiled
from school.timetabling.cpsat import LINEAR, Running, solve_whole
from school.timetabling.instance import Instance, Lesson
from school.timetabling.week_bounds import weeks_bound


def lower_bound(
    instance: Instance,
    *,
    seconds_each: float = 1.0,
    seed: int = 1,
    stop: Callable[[], bool] = lambda: False,
    running: Running | None = None,
) -> float | None:
    """The bound, or None when stopped before anything was known."""
    whole = weeks_bound(compiled(instance), stop=stop)
    together, alone = whole or (0.0, {})
    for part in parts(instance):
        if stop():
            break
        answer = solve_whole(compiled(part), LINEAR, seconds_each, seed, lambda found: None, stop=stop, running=running)
        if answer.bound is not None and answer.status != "INFEASIBLE":
            teacher = next(iter(part.lessons[0].teachers), "")
            alone[teacher] = max(alone.get(teacher, 0.0), answer.bound)
    if stop() and whole is None:
        return None
    return _rounded_up(instance, max(together, sum(alone.values())))


def _rounded_up(instance: Instance, bound: float) -> float:
    """Where every wish weighs a whole number, so does every timetable."""
    whole = all(float(rule.weight).is_integer() for rule in instance.rules if not rule.hard)
    return float(math.ceil(bound - 1e-4)) if whole else bound


def parts(instance: Instance) -> Iterator[Instance]:
    """One instance for each teacher (by the first teacher of each lesson), with the rules that lie wholly inside it."""
    lessons: dict[str, list[Lesson]] = defaultdict(list)
    for lesson in instance.lessons:
        lessons[lesson.teachers[0] if lesson.teachers else ""].append(lesson)
    shared = {t for lesson in instance.lessons for t in lesson.teachers[1:]}
    for teacher, own in lessons.items():
        inside = {lesson.id for lesson in own}
        whole = teacher not in shared
        rules = [kept for rule in instance.rules if (kept := _kept(rule, teacher, inside, whole)) is not None]
        if any(not rule.hard for rule in rules):
            yield instance.model_copy(update={"lessons": tuple(own), "rules": tuple(rules)})


def _kept(rule: tt.Rule, teacher: str, inside: set[str], whole: bool) -> tt.Rule | None:
    match rule:
        case tt.TeacherLimit() | tt.TeacherFloor() | tt.TeacherInterval():
            update: dict[str, tuple[str, ...]] = {"teachers": (teacher,)}
            if chosen := getattr(rule, "lessons", ()):
                update["lessons"] = tuple(x for x in chosen if x in inside)
                whole = whole and bool(update["lessons"])
            return rule.model_copy(update=update) if whole and teacher in rule.teachers else None
        case tt.PreferStarts() | tt.PreferSlots() | tt.PreferRooms():
            own = tuple(x for x in rule.lessons if x in inside)
            return rule.model_copy(update={"lessons": own}) if own else None
        case tt.MinDays() | tt.MaxDays() | tt.SlotLimit() | tt.Together():
            return rule if inside.issuperset(rule.lessons) and getattr(rule, "type", "") != "ends_class_day" else None
        case tt.InOrder():
            return rule if {rule.first, rule.second} <= inside else None
        case tt.Apart():
            return rule if inside.issuperset((*rule.first, *rule.second)) else None
        case _:
            return None
