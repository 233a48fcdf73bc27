"""Is a problem well formed? Every mistake is named, with where it is, before anything is solved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from runtime.errors import InvalidInput
from school.timetabling import instance as tt
from school.timetabling.instance import Instance, Lesson, Slot

MOST = {"days": 40, "periods": 30, "classes": 380, "teachers": 1000, "rooms": 1000, "lessons": 15000, "rules": 50000}


class BadTimetableProblem(InvalidInput):
    """The problem contradicts itself in form: unknown names, impossible numbers. `facts["errors"]` lists all."""

    code = "bad_timetable_problem"


def check_instance(instance: Instance) -> None:
    """Raise BadTimetableProblem with every mistake found."""
    errors = [{"field": field, "message": message} for field, message in mistakes(instance)]
    if errors:
        more = f" There are {len(errors)} mistakes in all." if len(errors) > 1 else ""
        raise BadTimetableProblem(errors[0]["message"] + more, errors=errors[:50])


def mistakes(instance: Instance) -> Iterator[tuple[str, str]]:
    """(field, sentence) for every mistake; size first, for nothing else is worth saying about a problem too large."""
    too_large = list(_sizes(instance))
    if too_large:
        yield from too_large
        return
    yield from _duplicates(instance)
    yield from _slots(instance)
    known = _known(instance)
    for lesson in instance.lessons:
        yield from _lesson(instance, lesson, known)
    yield from _rules(instance, known)


def _sizes(instance: Instance) -> Iterator[tuple[str, str]]:
    for name, most in MOST.items():
        count = _separate_classes(instance) if name == "classes" else len(getattr(instance, name))
        if count > most:
            yield name, f"{count} {name} are more than the {most} this program plans for."
    for name in ("days", "periods"):
        if not getattr(instance, name):
            yield name, f"A timetable needs at least one of its {name}."


def _separate_classes(instance: Instance) -> int:
    """Classes that share no student: the sets and groups of a class count with it."""
    root: dict[str, str] = {}

    def found(atom: str) -> str:
        while root.setdefault(atom, atom) != atom:
            root[atom] = atom = root[root[atom]]
        return atom

    for group in instance.classes:
        first, *others = group.atom_ids()
        for atom in (first, *others):
            root[found(atom)] = found(first)
    return len({found(atom) for atom in list(root)})


def _duplicates(instance: Instance) -> Iterator[tuple[str, str]]:
    for name in ("classes", "teachers", "rooms", "lessons", "subjects"):
        counts = Counter(item.id for item in getattr(instance, name))
        for key, count in counts.items():
            if count > 1:
                yield name, f"{count} of the {name} have the same id {key}."


def _outside(instance: Instance, slots: Iterable[Slot]) -> list[Slot]:
    days, periods = len(instance.days), len(instance.periods)
    return [(d, p) for d, p in slots if not (0 <= d < days and 0 <= p < periods)]


def _slots(instance: Instance) -> Iterator[tuple[str, str]]:
    holders: list[tuple[str, tuple[Slot, ...]]] = [("blocked", instance.blocked)]
    for name in ("classes", "teachers", "rooms"):
        holders += [(f"{name}/{item.id}/unavailable", item.unavailable) for item in getattr(instance, name)]
    for where, slots in holders:
        if bad := _outside(instance, slots):
            yield where, f"Day {bad[0][0] + 1}, period {bad[0][1] + 1} is not in the week ({where})."


def _lesson(instance: Instance, lesson: Lesson, known: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    where = f"lessons/{lesson.id}"
    if not 1 <= lesson.duration <= len(instance.periods):
        yield where, f"{lesson.label} lasts {lesson.duration} periods; a day has {len(instance.periods)}."
    for name, noun in (("classes", "class"), ("teachers", "teacher"), ("rooms", "room")):
        for key in getattr(lesson, name):
            if key not in known[name]:
                yield where, f"{lesson.label} names the {noun} {key}, who or which does not exist."
    if lesson.starts is not None:
        if not lesson.starts:
            yield where, f"{lesson.label} may not start anywhere."
        if bad := _outside(instance, lesson.starts):
            yield where, f"{lesson.label} may start on day {bad[0][0] + 1}, period {bad[0][1] + 1}, outside the week."


def _known(instance: Instance) -> dict[str, set[str]]:
    return {name: {item.id for item in getattr(instance, name)} for name in ("classes", "teachers", "rooms", "lessons")}


def _rules(instance: Instance, known: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    for number, rule in enumerate(instance.rules):
        where = f"rules/{rule.id or number}"
        if rule.weight < 0:
            yield where, f"The weight of a rule ({rule.type}) is {rule.weight}; it cannot be negative."
        for name in ("lessons", "teachers", "classes", "rooms"):
            for key in getattr(rule, name, ()):
                if key not in known[name]:
                    yield where, f"A rule ({rule.type}) names {key}, which is none of the {name}."
        if isinstance(rule, tt.InOrder | tt.Apart):
            named = (rule.first, rule.second) if isinstance(rule, tt.InOrder) else (*rule.first, *rule.second)
            for key in named:
                if key not in known["lessons"]:
                    yield where, f"A rule ({rule.type}) names {key}, which is none of the lessons."
        for name in ("max", "min", "days", "gaps", "max_late_days"):
            if (getattr(rule, name, 0) or 0) < 0:
                yield where, f"A rule ({rule.type}) has a negative number ({name} = {getattr(rule, name)})."
        if bad := _outside(instance, (*getattr(rule, "starts", ()), *getattr(rule, "slots", ()))):
            yield where, f"A rule ({rule.type}) names day {bad[0][0] + 1}, period {bad[0][1] + 1}, outside the week."
