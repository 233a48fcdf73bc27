"""Why no timetable can exist, by counting alone: too many lessons for a class, a teacher, a room, or a place in the week.

Every shortage found here is a proof. Finding none proves nothing; `explain` asks the solver then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pydantic import BaseModel

from school.timetabling import instance as tt
from school.timetabling.instance import Instance, Lesson, Slot


class Reason(BaseModel, frozen=True):
    """One reason in words; `rules` and `lessons` are what is in conflict, `remedies` what would resolve it."""

    words: str
    lessons: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def shortages(instance: Instance) -> list[Reason]:
    return [*_starts(instance), *_fixed(instance), *_loads(instance), *_rooms(instance), *_days(instance)]


def possible_starts(instance: Instance, lesson: Lesson) -> list[Slot]:
    """Where the lesson alone could start: in the week, outside breaks and absences, and among its own starts."""
    closed = set(instance.blocked)
    for group in instance.classes:
        if group.id in lesson.classes:
            closed |= set(group.unavailable)
    for teacher in instance.teachers:
        if teacher.id in lesson.teachers:
            closed |= set(teacher.unavailable)
    allowed = None if lesson.starts is None else set(lesson.starts)
    return [
        (day, period)
        for day in range(len(instance.days))
        for period in range(len(instance.periods) - lesson.duration + 1)
        if (allowed is None or (day, period) in allowed)
        and all((day, period + i) not in closed for i in range(lesson.duration))
    ]


def _starts(instance: Instance) -> Iterator[Reason]:
    for lesson in instance.lessons:
        if possible_starts(instance, lesson):
            continue
        people = ", ".join([*lesson.classes, *_teacher_names(instance, lesson.teachers)])
        yield Reason(
            words=f"{lesson.label} ({plural(lesson.duration, 'period')}) fits nowhere: {people} are never free together "
            "at a time it may start.",
            lessons=(lesson.id,),
            remedies=(f"Allow {lesson.label} at more times.", f"Make {people} available for longer."),
        )


def _teacher_names(instance: Instance, ids: tuple[str, ...]) -> list[str]:
    return [teacher.label for teacher in instance.teachers if teacher.id in ids]


def _users(instance: Instance) -> dict[tuple[str, str], list[Lesson]]:
    """Lessons of each atom of students and each teacher."""
    atoms = {group.id: group.atom_ids() for group in instance.classes}
    users: dict[tuple[str, str], list[Lesson]] = defaultdict(list)
    for lesson in instance.lessons:
        for atom in sorted({a for c in lesson.classes for a in atoms[c]}):
            users["class", atom].append(lesson)
        for teacher in lesson.teachers:
            users["teacher", teacher].append(lesson)
    return users


def _fixed(instance: Instance) -> Iterator[Reason]:
    names = {teacher.id: teacher.label for teacher in instance.teachers}
    for (_, key), lessons in _users(instance).items():
        at: dict[Slot, Lesson] = {}
        for lesson in lessons:
            if lesson.starts is None or len(lesson.starts) != 1:
                continue
            day, period = lesson.starts[0]
            for i in range(lesson.duration):
                other = at.setdefault((day, period + i), lesson)
                if other is not lesson:
                    when = instance.slot_name((day, period + i))
                    yield Reason(
                        words=f"{names.get(key, key)} has both {other.label} and {lesson.label} fixed on {when}.",
                        lessons=(other.id, lesson.id),
                        remedies=(f"Release {other.label}.", f"Release {lesson.label}."),
                    )
                    break


def _open_slots(instance: Instance, kind: str, key: str) -> set[Slot]:
    whole = {(d, p) for d in range(len(instance.days)) for p in range(len(instance.periods))} - set(instance.blocked)
    if kind == "teacher":
        return whole - {s for t in instance.teachers if t.id == key for s in t.unavailable}
    exact = [group for group in instance.classes if group.id == key and group.atom_ids() == (key,)]
    return whole - {s for group in exact for s in group.unavailable}


def _loads(instance: Instance) -> Iterator[Reason]:
    names = {teacher.id: teacher.label for teacher in instance.teachers}
    caps = _daily_caps(instance)
    for (kind, key), lessons in _users(instance).items():
        free = _open_slots(instance, kind, key)
        need = sum(lesson.duration for lesson in lessons)
        who = names.get(key, key) if kind == "teacher" else key
        if need > len(free):
            yield Reason(
                words=f"{who} has {plural(need, 'period')} of lessons and {plural(len(free), 'free period')} in the week.",
                lessons=tuple(lesson.id for lesson in lessons),
                remedies=(
                    f"Take {plural(need - len(free), 'period')} from {who}.",
                    f"Open {plural(need - len(free), 'more period')} for {who}.",
                ),
            )
            continue
        most, rules = caps.get((kind, key), (len(instance.periods), ()))
        per_day = sum(min(most, sum(d == day for d, _ in free)) for day in range(len(instance.days)))
        if need > per_day:
            yield Reason(
                words=f"{who} has {plural(need, 'period')} of lessons, but with at most {most} a day "
                f"only {per_day} fit into the days when {who} is free.",
                lessons=tuple(lesson.id for lesson in lessons),
                rules=rules,
                remedies=(f"Allow {who} more than {most} periods a day.", f"Take {need - per_day} from {who}."),
            )


def _daily_caps(instance: Instance) -> dict[tuple[str, str], tuple[int, tuple[str, ...]]]:
    atoms = {group.id: group.atom_ids() for group in instance.classes}
    caps: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = {}
    for rule in instance.rules:
        if (
            not rule.hard
            or rule.type not in ("teacher_max_per_day", "class_max_per_day")
            or getattr(rule, "lessons", ())
        ):
            continue
        if isinstance(rule, tt.TeacherLimit):
            keys = [("teacher", t) for t in rule.teachers]
        else:
            keys = [("class", a) for c in getattr(rule, "classes", ()) for a in atoms[c]]
        for key in keys:
            if key not in caps or rule.max < caps[key][0]:  # pyright: ignore[reportAttributeAccessIssue] - a limit
                caps[key] = (rule.max, (rule.id,) if rule.id else ())  # pyright: ignore[reportAttributeAccessIssue]
    return caps


def _rooms(instance: Instance) -> Iterator[Reason]:
    """For each set of rooms that some lesson is bound to: what must happen inside it against what it holds."""
    blocked = set(instance.blocked)
    week = len(instance.days) * len(instance.periods) - len(blocked)
    away = {room.id: len(set(room.unavailable) - blocked) for room in instance.rooms}
    for rooms in {frozenset(lesson.rooms) for lesson in instance.lessons if lesson.rooms}:
        inside = [lesson for lesson in instance.lessons if lesson.rooms and rooms.issuperset(lesson.rooms)]
        need = sum(lesson.duration for lesson in inside)
        have = sum(week - away[room] for room in rooms)
        if need > have:
            names = " and ".join(sorted(rooms))
            classes = len({c for lesson in inside for c in lesson.classes})
            verb = "is" if len(rooms) == 1 else "are"
            yield Reason(
                words=f"{names} {verb} needed for {plural(need, 'period')} by {plural(classes, 'class')[:60]} "
                f"and {verb} open for {have}.".replace("classs", "classes"),
                lessons=tuple(lesson.id for lesson in inside),
                remedies=(f"Add a room beside {names}.", f"Let {plural(need - have, 'period')} use another room."),
            )


def _days(instance: Instance) -> Iterator[Reason]:
    """Hard spreads that need more days than the week has."""
    lesson = {item.id: item for item in instance.lessons}
    for rule in instance.rules:
        if isinstance(rule, tt.MinDays) and rule.hard and rule.days > 0:
            needed = (len(rule.lessons) - 1) * rule.days + 1
            if needed > len(instance.days):
                label = lesson[rule.lessons[0]].label
                yield Reason(
                    words=f"{label} has {plural(len(rule.lessons), 'lesson')} that must lie {plural(rule.days, 'day')} "
                    f"apart: that takes {needed} days and the week has {len(instance.days)}.",
                    lessons=rule.lessons,
                    rules=(rule.id,) if rule.id else (),
                    remedies=(f"Let {label} have two lessons on one day.", f"Join lessons of {label} into doubles."),
                )
