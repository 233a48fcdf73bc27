"""Why no timetable can exist, by counting alone: too many lessons for a class, a teacher, a room, or a place in the week.

Every shortage found here is a proof. Finding none proves nothing; `explain` asks the solver then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pydantic import BaseModel, Field, computed_field

from school.timetabling import instance as tt
from school.timetabling.instance import Instance, Lesson, Slot
from school.timetabling.relaxing import (
    Change,
    another_room,
    any_room,
    higher_limit,
    joined,
    lessons_worth,
    longer_days,
    present,
    released,
    several,
    wished,
    without_lessons,
)


class Reason(BaseModel, frozen=True):
    """One reason in words; `rules` and `lessons` are what is in conflict, `changes` what would resolve it, least change first."""

    words: str
    lessons: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    changes: tuple[Change, ...] = Field(default=(), exclude=True, repr=False)

    @computed_field
    @property
    def remedies(self) -> tuple[str, ...]:
        return tuple(change.words for change in self.changes)


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def shortages(instance: Instance) -> list[Reason]:
    open_starts = possible_starts(instance)
    loads = list(_loads(instance))
    fixed = list(_fixed(instance))
    reported = [set(reason.lessons) for reason in (*fixed, *loads)]
    return [
        *_starts(instance, open_starts),
        *fixed,
        *loads,
        *_crowded(instance, open_starts, reported),
        *_rooms(instance),
        *_days(instance),
    ]


def _closed(instance: Instance) -> dict[str, set[Slot]]:
    """The periods in which each class ("class C1") and each teacher ("teacher T1") is away."""
    away = {f"class {group.id}": set(group.unavailable) for group in instance.classes}
    return away | {f"teacher {teacher.id}": set(teacher.unavailable) for teacher in instance.teachers}


def musts(instance: Instance) -> dict[str, list[tt.PreferStarts | tt.PreferSlots]]:
    """By lesson, the wishes for times that must hold."""
    found: dict[str, list[tt.PreferStarts | tt.PreferSlots]] = defaultdict(list)
    for rule in instance.rules:
        if rule.hard and isinstance(rule, tt.PreferStarts | tt.PreferSlots):
            for key in rule.lessons:
                found[key].append(rule)
    return found


def possible_starts(instance: Instance) -> dict[str, list[Slot]]:
    """Where each lesson alone could start: in the week, outside breaks and absences, among its own starts and as it must."""
    blocked, away, must = set(instance.blocked), _closed(instance), musts(instance)
    starts: dict[str, list[Slot]] = {}
    for lesson in instance.lessons:
        closed = blocked.union(*(away[f"class {c}"] for c in lesson.classes))
        closed = closed.union(*(away[f"teacher {t}"] for t in lesson.teachers))
        allowed = None if lesson.starts is None else set(lesson.starts)
        for rule in must.get(lesson.id, ()):
            if isinstance(rule, tt.PreferStarts):
                allowed = set(rule.starts) if allowed is None else allowed & set(rule.starts)
            else:
                closed |= {(d, p) for d in range(len(instance.days)) for p in range(len(instance.periods))} - set(
                    rule.slots
                )
        starts[lesson.id] = [
            (day, period)
            for day in range(len(instance.days))
            for period in range(len(instance.periods) - lesson.duration + 1)
            if (allowed is None or (day, period) in allowed)
            and all((day, period + i) not in closed for i in range(lesson.duration))
        ]
    return starts


def _starts(instance: Instance, open_starts: dict[str, list[Slot]]) -> Iterator[Reason]:
    must = musts(instance)
    alike: dict[tuple[str, int, tuple[Slot, ...] | None, int], list[Lesson]] = defaultdict(list)
    for lesson in instance.lessons:
        if not open_starts[lesson.id]:
            rules = must.get(lesson.id, [])
            alike[lesson.label, lesson.duration, lesson.starts, id(rules[0]) if rules else 0].append(lesson)
    for lessons in alike.values():
        lesson = lessons[0]
        rules = must.get(lesson.id, [])
        people = ", ".join([*lesson.classes, *_teacher_names(instance, lesson.teachers)]) or "its rooms"
        bound = _bound(instance, lesson, rules)
        why = f" It must be {bound}; {_away(instance, lesson)}." if bound else ""
        yield Reason(
            words=f"{lesson.label} ({plural(lesson.duration, 'period')}) fits nowhere: {people} are never free together "
            f"at a time it may start.{why}",
            lessons=tuple(item.id for item in lessons),
            rules=tuple(rule.id for rule in rules if rule.id),
            changes=_freeing(instance, lessons, people),
        )


def _freeing(instance: Instance, lessons: list[Lesson], people: str) -> tuple[Change, ...]:
    first = lessons[0]
    keys = [lesson.id for lesson in lessons]
    away = [p for p in (*instance.teachers, *instance.classes) if p.id in (*first.teachers, *first.classes)]
    missed = sum(len(set(person.unavailable)) for person in away)
    changes = [Change(f"Allow {first.label} at any time.", sum(x.duration for x in lessons), released(keys))]
    if missed:
        words = f"Make {people} available all week ({plural(missed, 'more period')})."
        changes.append(Change(words, missed, present(first.teachers, first.classes)))
    return tuple(sorted(changes, key=lambda change: change.size))


def _bound(instance: Instance, lesson: Lesson, rules: list[tt.PreferStarts | tt.PreferSlots]) -> str:
    """The few times to which a lesson is bound, in words."""
    times = [rule.starts if isinstance(rule, tt.PreferStarts) else rule.slots for rule in rules]
    times += [lesson.starts] if lesson.starts is not None and len(lesson.starts) == 1 else []
    few = min(times, key=len, default=())
    names = [instance.slot_name(slot) for slot in few]
    return f"on {' or '.join(names)}" if 1 <= len(names) <= 4 else f"in one of {len(names)} periods" if names else ""


def _away(instance: Instance, lesson: Lesson) -> str:
    away = [(t.label, t.unavailable) for t in instance.teachers if t.id in lesson.teachers and t.unavailable]
    away += [
        (group.id, group.unavailable) for group in instance.classes if group.id in lesson.classes and group.unavailable
    ]
    closed = [f"{who} is away in {plural(len(set(slots)), 'period')}" for who, slots in away]
    count = len(set(instance.blocked))
    closed += [f"{plural(count, 'period')} of the week {'is' if count == 1 else 'are'} closed"] if count else []
    return " and ".join(closed) or f"{plural(lesson.duration, 'period')} in a row do not fit there"


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
                        changes=(
                            Change(f"Release {other.label} from {when}.", other.duration, released([other.id])),
                            Change(f"Release {lesson.label} from {when}.", lesson.duration, released([lesson.id])),
                        ),
                    )
                    break


def _crowded(instance: Instance, open_starts: dict[str, list[Slot]], reported: list[set[str]]) -> Iterator[Reason]:
    """More periods of one teacher or class than the times hold at which those lessons may be: a pigeonhole.

    Each period of a lesson is matched with a time of its own; where that fails, the periods that compete and the times they
    compete for are the proof.
    """
    names = {teacher.id: teacher.label for teacher in instance.teachers}
    must = musts(instance)
    seen: set[frozenset[str]] = set()
    for (_, key), lessons in _users(instance).items():
        for short, times in _competing(lessons, open_starts):
            keys = frozenset(lesson.id for lesson in short)
            if keys in seen or any(keys >= known or keys <= known for known in reported):
                continue
            seen.add(keys)
            need = sum(lesson.duration for lesson in short)
            labels = list(dict.fromkeys(lesson.label for lesson in short))
            which = ", ".join(labels[:4]) + (f" and {len(labels) - 4} more" if len(labels) > 4 else "")
            slots = [instance.slot_name(slot) for slot in sorted(times)]
            where = ", ".join(slots) if len(slots) <= 5 else f"{len(slots)} periods of the week"
            rules = dict.fromkeys(rule.id for lesson in short for rule in must.get(lesson.id, ()) if rule.id)
            yield Reason(
                words=f"{names.get(key, key)} has {plural(need, 'period')} of lessons ({which}) that may only be on {where}: "
                f"{plural(len(times), 'period')}, {need - len(times)} too few.",
                lessons=tuple(lesson.id for lesson in short),
                rules=tuple(rules),
                changes=(
                    Change(
                        f"Allow {plural(need - len(times), 'period')} of {which} at other times.",
                        need - len(times),
                        released(lessons_worth(short, need - len(times))),
                    ),
                    Change(
                        f"Take {plural(need - len(times), 'period')} from {which}.",
                        need - len(times),
                        without_lessons(lessons_worth(short, need - len(times))),
                    ),
                ),
            )


def _competing(lessons: list[Lesson], open_starts: dict[str, list[Slot]]) -> Iterator[tuple[list[Lesson], set[Slot]]]:
    """Lessons that together have more periods than times, and those times."""
    units = sorted(
        (
            (lesson, {(d, p + i) for d, p in open_starts[lesson.id] for i in range(lesson.duration)})
            for lesson in lessons
            if open_starts[lesson.id]
            for _ in range(lesson.duration)
        ),
        key=lambda unit: len(unit[1]),
    )
    holder: dict[Slot, int] = {}
    held: dict[int, Slot] = {}
    for unit in range(len(units)):
        tried = _unplaced(unit, [times for _, times in units], holder, held)
        short = {lesson.id: lesson for lesson, times in units if times <= tried} if tried else {}
        if sum(lesson.duration for lesson in short.values()) > len(tried):
            yield list(short.values()), tried


def _unplaced(unit: int, times: list[set[Slot]], holder: dict[Slot, int], held: dict[int, Slot]) -> set[Slot]:
    """Give the unit a time, moving others along; where that is impossible, all times that were tried."""
    came: dict[Slot, int] = {}
    queue = [unit]
    for moving in queue:
        for slot in times[moving]:
            if slot in came:
                continue
            came[slot] = moving
            if slot in holder:
                queue.append(holder[slot])
                continue
            free: Slot | None = slot
            while free is not None:
                mover = came[free]
                before = held.get(mover)
                holder[free], held[mover] = mover, free
                free = before
            return set()
    return set(came)


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
                changes=(
                    Change(
                        f"Take {plural(need - len(free), 'period')} from {who}.",
                        need - len(free),
                        without_lessons(lessons_worth(lessons, need - len(free))),
                    ),
                    _opened(instance, kind, key, who, need - len(free)),
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
                changes=(
                    _raised(instance, kind, key, who, need, most, free),
                    Change(
                        f"Take {plural(need - per_day, 'period')} from {who}.",
                        need - per_day,
                        without_lessons(lessons_worth(lessons, need - per_day)),
                    ),
                ),
            )


def _opened(instance: Instance, kind: str, key: str, who: str, periods: int) -> Change:
    """Periods in which they are away now; if those are too few, longer days for all."""
    people = instance.teachers if kind == "teacher" else instance.classes
    if any(p.id == key and len(set(p.unavailable) - set(instance.blocked)) >= periods for p in people):
        apply = present([key], (), periods) if kind == "teacher" else present((), [key], periods)
        return Change(f"Open {plural(periods, 'more period')} for {who}.", periods, apply)
    more = -(-periods // len(instance.days))
    words = f"Make every day {plural(more, 'period')} longer for all."
    return Change(words, more * len(instance.days), longer_days(more))


def _raised(instance: Instance, kind: str, key: str, who: str, need: int, most: int, free: set[Slot]) -> Change:
    """The lowest limit a day with which the lessons fit."""
    days = [sum(d == day for d, _ in free) for day in range(len(instance.days))]
    enough = next(cap for cap in range(most + 1, max(days) + 1) if sum(min(cap, day) for day in days) >= need)
    whole = [group.id for group in instance.classes if key in group.atom_ids()] if kind == "class" else [key]
    words = f"Allow {who} {enough} periods a day instead of {most}."
    return Change(words, (enough - most) * len(instance.days), higher_limit(kind, whole, enough))


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
                changes=(
                    Change(
                        f"Let {plural(need - have, 'period')} be without {names}.",
                        need - have,
                        any_room(lessons_worth(inside, need - have)),
                    ),
                    Change(f"Add a room beside {names}.", week, another_room(rooms)),
                ),
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
                    changes=_closer(instance, rule, label),
                )


def _closer(instance: Instance, rule: tt.MinDays, label: str) -> tuple[Change, ...]:
    surplus = len(rule.lessons) - ((len(instance.days) - 1) // rule.days + 1)
    singles = [x.id for x in instance.lessons if x.id in rule.lessons and x.duration == 1]
    pairs = list(zip(singles[::2], singles[1::2], strict=False))[:surplus]
    near = "on one day" if rule.days == 1 else f"fewer than {rule.days} days apart"
    changes = [Change(f"Let {label} have two lessons {near}.", surplus, wished(rule))]
    if len(pairs) == surplus:
        words = f"Join {plural(2 * surplus, 'lesson')} of {label} into {plural(surplus, 'double')}."
        changes.append(Change(words, 2 * surplus, several(joined(one, other) for one, other in pairs)))
    return tuple(changes)
