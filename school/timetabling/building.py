"""From a request to the problem that is solved: lessons from assignments, rules from wishes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from school.timetabling import instance as tt
from school.timetabling.instance import ClassGroup, Instance, Lesson, Room, Slot, Subject, Teacher
from school.timetabling.request import (
    DoublePeriod,
    Parallel,
    PreferredSlot,
    RoomConstraint,
    RoomGiven,
    TeacherAssignment,
    TimetableRequest,
    When,
)
from school.timetabling.validation import BadTimetableProblem

MOST_PER_DAY = 6
MOST_IN_A_ROW = 4
MOST_GAPS = 3


@dataclass
class Names:
    """What ids are called, for sentences people read."""

    teachers: Mapping[str, str] = field(default_factory=dict[str, str])
    subjects: Mapping[str, str] = field(default_factory=dict[str, str])
    classes: Mapping[str, str] = field(default_factory=dict[str, str])


def to_instance(request: TimetableRequest, names: Names | None = None, name: str = "") -> Instance:
    """The problem of a request. Errors: bad_timetable_problem."""
    return _Builder(request, names or Names()).build(name)


class _Builder:
    def __init__(self, request: TimetableRequest, names: Names) -> None:
        self.request, self.names, self.wishes = request, names, request.constraints
        self.days, self.periods = request.days_per_week, request.periods_per_day
        self.lessons: list[Lesson] = []
        self.rules: list[tt.Rule] = []
        self.errors: list[tuple[str, str]] = []
        self.courses: dict[int, list[str]] = {}
        self.groups: dict[str, ClassGroup] = {}

    def build(self, name: str) -> Instance:
        assignments = self.wishes.teacher_assignments
        if not assignments:
            self._fail("teacherAssignments", "Nobody teaches anything: there are no teacher assignments.")
        if self.errors:
            raise self._failure()
        self._classes(assignments)
        for number, assignment in enumerate(assignments):
            self._course(number, assignment)
        self._electives(assignments)
        self._spreads()
        self._untaught()
        self._preferred()
        self._orders()
        self._limits()
        self._travel()
        rooms = tuple(self._room(n, room) for n, room in enumerate(self._rooms()))
        teachers = tuple(self._teacher(t) for t in self._teacher_ids())
        if self.errors:
            raise self._failure()
        return Instance(
            name=name,
            days=self.request.day_names,
            periods=tuple(str(p + 1) for p in range(self.periods)),
            blocked=tuple(sorted(self._blocked())),
            subjects=tuple(Subject(id=s, name=self._subject(s)) for s in dict.fromkeys(a.subject_id for a in assignments)),
            classes=tuple(self.groups.values()),
            teachers=teachers,
            rooms=rooms,
            lessons=tuple(self.lessons),
            rules=tuple(rule.model_copy(update={"id": f"R{n + 1}"}) for n, rule in enumerate(self.rules)),
        )  # fmt: skip

    def _fail(self, field_name: str, message: str) -> None:
        self.errors.append((field_name, message))

    def _failure(self) -> BadTimetableProblem:
        errors = [{"field": where, "message": message} for where, message in self.errors]
        more = f" There are {len(errors)} mistakes in all." if len(errors) > 1 else ""
        return BadTimetableProblem(errors[0]["message"] + more, errors=errors[:50])

    def _subject(self, key: str) -> str:
        return self.names.subjects.get(key, key)

    def _class(self, key: str) -> str:
        return self.names.classes.get(key, key)

    def _teacher_ids(self) -> list[str]:
        pairs = [(a.teacher_id, *a.with_teachers) for a in self.wishes.teacher_assignments]
        return list(dict.fromkeys(t for pair in pairs for t in pair))

    def _rooms(self) -> list[RoomGiven]:
        given = {r.id: r for r in self.wishes.rooms}
        named = [i for c in self.wishes.room_constraints for i in (*c.room_ids, c.room_id) if i]
        return [*given.values(), *(RoomGiven(id=i) for i in dict.fromkeys(named) if i not in given)]

    def _blocked(self) -> set[Slot]:
        closed = {
            (d, b.period - 1)
            for b in self.request.breaks
            if b.period is not None
            for d in (range(self.days) if b.day is None else (b.day - 1,))
        }
        for day, length in self.request.shorter_days.items():
            closed |= {(day - 1, p) for p in range(length, self.periods)}
        return {(d, p) for d, p in closed if d < self.days and p < self.periods}

    def _slots(self, whens: Mapping[str, When | PreferredSlot]) -> tuple[Slot, ...]:
        """The times of some wishes, each with the name of its field."""
        slots: set[Slot] = set()
        for where, when in whens.items():
            for d in when.days or range(1, self.days + 1):
                for p in when.periods or range(1, self.periods + 1):
                    if d > self.days or p > self.periods:
                        self._fail(
                            where, f"Day {d}, period {p} is not in a week of {self.days} days of {self.periods}."
                        )
                    else:
                        slots.add((d - 1, p - 1))
        return tuple(sorted(slots))

    def _room(self, number: int, room: RoomGiven) -> Room:
        away = self._slots({f"rooms.{number}.unavailable.{m}": when for m, when in enumerate(room.unavailable)})
        return Room(id=room.id, kind=room.kind, capacity=room.capacity, campus=room.campus, unavailable=away)

    def _teacher(self, key: str) -> Teacher:
        away = {
            f"teachers.{n}.unavailable.{m}": when
            for n, limits in enumerate(self.wishes.teachers)
            if limits.teacher_id == key
            for m, when in enumerate(limits.unavailable)
        }
        return Teacher(id=key, name=self.names.teachers.get(key, key), unavailable=self._slots(away))

    def _parallel_of(self, class_arm: str, subject: str) -> Parallel | None:
        for block in self.wishes.parallel:
            if class_arm in block.class_arm_ids and subject in block.subject_ids:
                return block
        return None

    def _classes(self, assignments: Sequence[TeacherAssignment]) -> None:
        """Each class, and for each of its parallel blocks a part for each subject."""
        for key in dict.fromkeys(c for a in assignments for c in (a.class_arm_id, *a.with_classes)):
            label = self._class(key)
            blocks = [b for b in self.wishes.parallel if key in b.class_arm_ids]
            if len(blocks) > 1:
                self._fail("parallel", f"{label} has {len(blocks)} blocks of parallel subjects; a class can have one.")
            parts = [f"{label}, {self._subject(s)}" for b in blocks[:1] for s in b.subject_ids]
            self.groups[label] = ClassGroup(id=label, atoms=tuple(parts), size=self.wishes.class_sizes.get(key))
            for part in parts:
                self.groups[part] = ClassGroup(id=part)

    def _course(self, number: int, a: TeacherAssignment) -> None:
        classes = (a.class_arm_id, *a.with_classes)
        groups = [
            f"{self._class(c)}, {self._subject(a.subject_id)}" if self._parallel_of(c, a.subject_id) else self._class(c)
            for c in classes
        ]
        label = f"{' + '.join(self._class(c) for c in classes)} {self._subject(a.subject_id)}"
        starts = self._starts
        durations = self._durations(a)
        self.courses[number] = []
        for n, duration in enumerate(durations):
            lesson = Lesson(
                id=f"L{number + 1}.{n + 1}",
                course=label,
                subject=self._subject(a.subject_id),
                classes=tuple(groups),
                teachers=(a.teacher_id, *a.with_teachers),
                duration=duration,
                rooms=self._rooms_for(a),
                starts=starts(duration),
            )
            self.lessons.append(lesson)
            self.courses[number].append(lesson.id)
            self._further_rooms(a, lesson)

    def _further_rooms(self, a: TeacherAssignment, lesson: Lesson) -> None:
        """For each further room a lesson needs, a lesson at the same time that only takes that room."""
        needed = max((c.at_once for c in self._wanted_rooms(a)), default=1)
        if needed == 1:
            return
        if len(lesson.rooms) < needed:
            self._fail(
                "roomConstraints",
                f"{lesson.label} needs {needed} rooms at once and may use {len(lesson.rooms)}.",
            )
        further = [
            Lesson(id=f"{lesson.id}+{n}", course=f"{lesson.course}, further room", subject=lesson.subject,
                   duration=lesson.duration, rooms=lesson.rooms, starts=lesson.starts)
            for n in range(1, needed)
        ]  # fmt: skip
        self.lessons += further
        together = (lesson.id, *(x.id for x in further))
        self.rules.append(tt.Together(type="same_start", lessons=together))

    def _durations(self, a: TeacherAssignment) -> list[int]:
        doubles = [
            d
            for d in self.wishes.double_periods
            if d.subject_id == a.subject_id and d.class_arm_id in (None, a.class_arm_id, *a.with_classes)
        ]
        long = [d.length for d in doubles for _ in range(d.count)]
        left = a.periods_per_week - sum(long)
        if left < 0:
            what = f"{self._class(a.class_arm_id)} {self._subject(a.subject_id)}"
            self._fail(
                "doublePeriods", f"{what} has {a.periods_per_week} periods a week, too few for {sum(long)} in doubles."
            )
            return [1] * a.periods_per_week
        return [*long, *([1] * left)]

    def _starts(self, duration: int) -> tuple[Slot, ...] | None:
        """A double does not run across a pause."""
        pauses = [(b.day, b.after_period) for b in self.request.breaks if b.after_period is not None]
        if duration == 1 or not pauses:
            return None
        return tuple(
            (d, p)
            for d in range(self.days)
            for p in range(self.periods - duration + 1)
            if not any(day in (None, d + 1) and p < after < p + duration for day, after in pauses)
        )

    def _wanted_rooms(self, a: TeacherAssignment) -> list[RoomConstraint]:
        return [
            c
            for c in self.wishes.room_constraints
            if c.subject_id == a.subject_id and c.class_arm_id in (None, a.class_arm_id, *a.with_classes)
        ]

    def _rooms_for(self, a: TeacherAssignment) -> tuple[str, ...]:
        wanted = self._wanted_rooms(a)
        if not wanted:
            return ()
        size = sum(self.wishes.class_sizes.get(c, 0) for c in (a.class_arm_id, *a.with_classes))
        if any(self._parallel_of(c, a.subject_id) for c in (a.class_arm_id, *a.with_classes)):
            size = 0
        named = {i for c in wanted for i in (*c.room_ids, c.room_id) if i}
        kinds = {c.kind for c in wanted if c.kind}
        fitting = [r for r in self._rooms() if r.id in named or (r.kind and r.kind in kinds)]
        large = [r.id for r in fitting if r.capacity is None or r.capacity >= size]
        if not large:
            why = (
                f"none of its rooms holds {size}"
                if fitting
                else f"there is no room of the kind {', '.join(kinds) or '?'}"
            )
            what = f"{self._class(a.class_arm_id)} {self._subject(a.subject_id)}"
            self._fail("roomConstraints", f"{what} has no room: {why}.")
        return tuple(large)

    def _electives(self, assignments: Sequence[TeacherAssignment]) -> None:
        """Lessons of parallel subjects start together, first with first, second with second."""
        for block in self.wishes.parallel:
            for class_arm in block.class_arm_ids:
                rows = [
                    self.courses[n]
                    for n, a in enumerate(assignments)
                    if a.class_arm_id == class_arm and a.subject_id in block.subject_ids
                ]
                for together in zip(*rows, strict=False):
                    if len(together) > 1:
                        self.rules.append(tt.Together(type="same_start", lessons=together))

    def _spreads(self) -> None:
        for lessons in self.courses.values():
            if len(lessons) > 1:
                hard = len(lessons) <= self.days
                self.rules.append(tt.MinDays(type="min_days", lessons=tuple(lessons), days=1, hard=hard, weight=2))
                if 2 <= len(lessons) <= (self.days + 1) // 2:
                    self.rules.append(tt.MinDays(type="min_days", lessons=tuple(lessons), days=2, hard=False))
        if self.groups:
            wholes = tuple(
                self._class(key) for key in dict.fromkeys(a.class_arm_id for a in self.wishes.teacher_assignments)
            )
            self.rules.append(tt.ClassLimit(type="class_max_gaps_week", classes=wholes, max=0, hard=False, weight=5))

    def _chosen(self, wish: PreferredSlot) -> tuple[str, ...]:
        chosen: list[str] = []
        for number, a in enumerate(self.wishes.teacher_assignments):
            fits = (
                wish.subject_id in (None, a.subject_id)
                and wish.teacher_id in (None, a.teacher_id, *a.with_teachers)
                and wish.class_arm_id in (None, a.class_arm_id, *a.with_classes)
            )
            chosen += self.courses[number] if fits else []
        return tuple(chosen)

    def _untaught(self) -> None:
        """Doubles and rooms for lessons that nobody teaches are mistakes, not wishes to pass over."""
        wishes: list[tuple[str, str, DoublePeriod | RoomConstraint]] = []
        wishes += [("doublePeriods", "doubles are", d) for d in self.wishes.double_periods]
        wishes += [("roomConstraints", "a room is", c) for c in self.wishes.room_constraints]
        for where, what, wish in wishes:
            taught = [a for a in self.wishes.teacher_assignments if a.subject_id == wish.subject_id]
            if any(wish.class_arm_id in (None, a.class_arm_id, *a.with_classes) for a in taught):
                continue
            subject = self._subject(wish.subject_id)
            whom = f" in {self._class(wish.class_arm_id)}" if wish.class_arm_id else ""
            self._fail(where, f"Nobody teaches {subject}{whom}, for which {what} given ({where}).")

    def _preferred(self) -> None:
        week = {(d, p) for d in range(self.days) for p in range(self.periods)}
        for number, wish in enumerate(self.wishes.preferred_slots):
            where = f"preferredSlots.{number}"
            slots = set(self._slots({where: wish}))
            lessons = self._chosen(wish)
            if not lessons:
                named = (
                    (self.names.subjects, wish.subject_id),
                    (self.names.teachers, wish.teacher_id),
                    (self.names.classes, wish.class_arm_id),
                )
                what = ", ".join(names.get(key, key) for names, key in named if key) or "everybody"
                self._fail(where, f"There are no lessons of {what}, for which a preferred time is given.")
                continue
            kept = tuple(sorted(week - slots if wish.avoid else slots))
            self.rules.append(
                tt.PreferSlots(type="prefer_slots", lessons=lessons, slots=kept, hard=wish.must, weight=wish.weight)
            )

    def _orders(self) -> None:
        """No lesson of the first subject right before one of the second, class by class."""
        subjects = list(dict.fromkeys(a.subject_id for a in self.wishes.teacher_assignments))
        for text in self.wishes.avoid_consecutive:
            pair = subjects_in(text, {s: (s, self._subject(s)) for s in subjects})
            if len(pair) != 2:
                self._fail("avoidConsecutive", f"“{text}” does not name two subjects that are taught.")
                continue
            by_class: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
            for number, a in enumerate(self.wishes.teacher_assignments):
                if a.subject_id in pair:
                    by_class[a.class_arm_id][pair.index(a.subject_id)].extend(self.courses[number])
            for first, second in by_class.values():
                if first and second:
                    self.rules.append(
                        tt.Apart(type="apart", first=tuple(first), second=tuple(second), gaps=1, hard=False, weight=3)
                    )

    def _limits(self) -> None:
        everyone = self._teacher_ids()
        given = {t.teacher_id: t for t in self.wishes.teachers}
        most = {t: n for t, n in self.wishes.max_periods_per_day.items() if t != "*"}
        most |= {t: limits.max_per_day for t, limits in given.items() if limits.max_per_day}
        for key in {*most, *given} - set(everyone):
            self._fail(
                "teachers", f"{self.names.teachers.get(key, key)} has limits but teaches nothing, or does not exist."
            )
        usual = self.wishes.max_periods_per_day.get("*", min(MOST_PER_DAY, self.periods))
        self._limit("teacher_max_per_day", {t: most.get(t, usual) for t in everyone}, hard=True)
        self._limit("teacher_max_days", {t: x.max_days for t, x in given.items() if x.max_days}, hard=True)
        rows = {t: (given[t].max_consecutive if t in given else None) or MOST_IN_A_ROW for t in everyone}
        self._limit("teacher_max_consecutive", rows, hard=False, weight=2)
        gaps = {t: given[t].max_gaps if t in given and given[t].max_gaps is not None else MOST_GAPS for t in everyone}
        self._limit("teacher_max_gaps_week", {t: n for t, n in gaps.items() if n is not None}, hard=False)
        for t, x in given.items():
            if x.min_per_day and t in everyone:
                self.rules.append(tt.TeacherFloor(type="teacher_min_per_day", teachers=(t,), min=x.min_per_day))

    def _limit(self, kind: str, by_teacher: Mapping[str, int], *, hard: bool, weight: float = 1) -> None:
        alike: dict[int, list[str]] = defaultdict(list)
        for teacher, most in by_teacher.items():
            alike[most].append(teacher)
        for most, teachers in sorted(alike.items()):
            rule = {"type": kind, "teachers": tuple(teachers), "max": most, "hard": hard, "weight": weight}
            self.rules.append(tt.TeacherLimit.model_validate(rule))

    def _travel(self) -> None:
        """Free periods between lessons of one teacher whose rooms are on different campuses."""
        campus = {room.id: room.campus for room in self._rooms() if room.campus}
        if not self.wishes.travel_periods or not campus:
            return
        at: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        undecided: set[str] = set()
        for lesson in self.lessons:
            places = {campus.get(room, "") for room in lesson.rooms} or {""}
            if len(places) > 1:
                undecided.update(lesson.teachers)
            else:
                for teacher in lesson.teachers:
                    at[teacher][next(iter(places))].append(lesson.id)
        if undecided:
            self.rules.append(
                tt.TeacherFloor(
                    type="teacher_min_building_gaps", teachers=tuple(sorted(undecided)), min=self.wishes.travel_periods
                )
            )
        for places in (places for teacher, places in at.items() if teacher not in undecided):
            keys = sorted(places)
            for i, one in enumerate(keys):
                for other in keys[i + 1 :]:
                    self.rules.append(
                        tt.Apart(type="apart", first=tuple(places[one]), second=tuple(places[other]),
                                 gaps=self.wishes.travel_periods, in_order=False, hard=True)
                    )  # fmt: skip


def subjects_in(text: str, names: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The subjects a sentence names, in the order in which it names them; the longest name wins where two fit."""
    found: dict[str, tuple[int, int]] = {}
    folded = text.casefold()
    for key, ways in names.items():
        for way in ways:
            match = re.search(rf"(?<!\w){re.escape(way.casefold())}(?!\w)", folded)
            if match and (key not in found or match.end() - match.start() > found[key][1] - found[key][0]):
                found[key] = match.span()
    inside = {
        key
        for key, (a, b) in found.items()
        for other, (c, d) in found.items()
        if other != key and c <= a and b <= d and (d - c) > (b - a)
    }
    return sorted((key for key in found if key not in inside), key=lambda key: found[key])
