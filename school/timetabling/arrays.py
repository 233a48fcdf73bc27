"""An `Instance` as flat arrays, the form the compiled search reads. Lessons, starts and resources become numbers.

A *resource* is anything that can be in one place only: an atom of students, a teacher, or the lessons of a hard
`not_overlap` rule. Slots are numbered `day * periods + period`. Ragged lists are CSR pairs: `x_at` (offsets) and `x` (values).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from school.timetabling import instance as tt
from school.timetabling.instance import Assignments, Instance, Place

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

WEEKLY = (
    "max_per_day",
    "max_consecutive",
    "max_days",
    "max_gaps_week",
    "max_gaps_day",
    "min_per_day",
    "min_days",
    "interval",
    "early",
    "max_span_day",
    "min_rest",
    "max_building_changes_day",
    "max_building_changes_week",
    "min_building_gaps",
)
GROUPED = (
    "min_days",
    "same_start",
    "same_day",
    "same_hour",
    "not_overlap",
    "grouped",
    "ends_class_day",
    "consecutive",
    "ordered",
    "apart",
    "max_days_apart",
    "ordered_same_day",
    "slots_taken",
    "at_once",
    "same_room_if_consecutive",
    "max_rooms",
)
ROOM_BOUND = frozenset({"same_room_if_consecutive", "max_rooms"})


class Problem(NamedTuple):
    """Read-only arrays of one instance. Every field is an array so that compiled code can take the tuple as it is."""

    size: Ints  # days, periods, slots, lessons, resources, rooms, group rules, 1 if a rule depends on rooms
    duration: Ints
    uses_at: Ints
    uses: Ints
    atoms_at: Ints
    atoms: Ints
    ok: Bytes  # (lesson, slot): may start there
    starts_at: Ints
    starts: Ints
    slot_hard: Ints  # (lesson, slot): hard preference violations of starting there
    slot_soft: Floats
    rooms_at: Ints
    rooms: Ints
    room_hard: Ints
    room_soft: Floats
    roomless_hard: Ints
    roomless_soft: Floats
    room_needed: Bytes
    room_away: Bytes
    building: Ints  # of each room, -1 for none
    links_at: Ints
    links: Ints
    usable: Ints  # (resource, day): bit mask of periods that could be used
    week_at: Ints
    week_kind: Ints
    week_a: Ints
    week_b: Ints
    week_hard: Bytes
    week_weight: Floats
    group_kind: Ints
    group_a: Ints
    group_b: Ints
    group_hard: Bytes
    group_weight: Floats
    first_at: Ints
    first: Ints
    second_at: Ints
    second: Ints
    of_lesson_at: Ints
    of_lesson: Ints
    of_resource_at: Ints
    of_resource: Ints
    blocked: Bytes
    day_of: Ints
    period_of: Ints


def csr(rows: Iterable[Sequence[int]]) -> tuple[Ints, Ints]:
    offsets, values = [0], []
    for row in rows:
        values.extend(row)
        offsets.append(len(values))
    return np.array(offsets, np.int64), np.array(values, np.int64)


@dataclass(frozen=True)
class Compiled:
    instance: Instance
    problem: Problem
    lesson_ids: tuple[str, ...]
    room_ids: tuple[str, ...]
    resource_names: tuple[str, ...]
    units: tuple[tuple[int, ...], ...]  # lessons that a hard same_start rule keeps together
    counted: frozenset[int]  # resources that only count some lessons of another, and so can have no clash of their own
    week_rule: tuple[int, ...]  # which rule of the instance each weekly rule, and each group, came from
    group_rule: tuple[int, ...]

    def read(self, assignments: Assignments) -> tuple[Ints, Ints]:
        """Starts and rooms as arrays, -1 where a lesson is not placed or has no room."""
        periods = len(self.instance.periods)
        room_number = {room: i for i, room in enumerate(self.room_ids)}
        start = np.full(len(self.lesson_ids), -1, np.int64)
        room = np.full(len(self.lesson_ids), -1, np.int64)
        for i, key in enumerate(self.lesson_ids):
            if place := assignments.get(key):
                start[i] = place.day * periods + place.period
                room[i] = room_number.get(place.room or "", -1)
        return start, room

    def write(self, start: Ints, room: Ints) -> Assignments:
        periods = len(self.instance.periods)
        return {
            key: Place(
                day=int(start[i]) // periods,
                period=int(start[i]) % periods,
                room=self.room_ids[int(room[i])] if room[i] >= 0 else None,
            )
            for i, key in enumerate(self.lesson_ids)
            if start[i] >= 0
        }


def compiled(instance: Instance, *, loose: bool = False) -> Compiled:
    """The arrays of an instance. With `loose`, lessons that must start together, or must not overlap, are bound by
    rules only, which can then be given up one by one."""
    return _Compiler(instance, loose).build()


class _Compiler:
    def __init__(self, instance: Instance, loose: bool) -> None:
        self.instance, self.loose = instance, loose
        self.number = 0  # of the rule being compiled
        self.days, self.periods = len(instance.days), len(instance.periods)
        self.slots = self.days * self.periods
        self.index = {lesson.id: i for i, lesson in enumerate(instance.lessons)}
        self.atoms = {group.id: group.atom_ids() for group in instance.classes}
        self.atom_number: dict[str, int] = {}
        for group in instance.classes:
            for atom in group.atom_ids():
                self.atom_number.setdefault(atom, len(self.atom_number))
        self.teacher_number = {t.id: len(self.atom_number) + i for i, t in enumerate(instance.teachers)}
        self.names = [*self.atom_number, *(t.id for t in instance.teachers)]
        self.room_number = {room.id: i for i, room in enumerate(instance.rooms)}
        self.uses: list[list[int]] = []
        self.weekly: dict[int, list[tuple[int, int, int, bool, float, int]]] = defaultdict(list)
        self.groups: list[tuple[int, int, int, bool, float, list[int], list[int], int]] = []
        lessons = len(instance.lessons)
        self.slot_hard = np.zeros((lessons, self.slots), np.int64)
        self.slot_soft = np.zeros((lessons, self.slots))
        self.preferred_rooms: list[list[tuple[set[str], bool, float]]] = [[] for _ in instance.lessons]
        self.partner = list(range(lessons))
        self.part_of: dict[int, int] = {}  # a resource that counts some lessons of another

    def slot(self, slot: tt.Slot) -> int:
        return slot[0] * self.periods + slot[1]

    def build(self) -> Compiled:
        self.lesson_atoms = [
            sorted({self.atom_number[a] for c in x.classes for a in self.atoms[c]}) for x in self.instance.lessons
        ]
        for lesson, atoms in zip(self.instance.lessons, self.lesson_atoms, strict=True):
            self.uses.append([*atoms, *sorted({self.teacher_number[t] for t in lesson.teachers})])
        usable = self._usable()
        for number, rule in enumerate(self.instance.rules):
            self.number = number
            self._rule(rule)
        for resource in range(len(usable), len(self.names)):
            whole = self.part_of.get(resource)
            usable.append([(1 << self.periods) - 1] * self.days if whole is None else usable[whole])
        ok = self._allowed(usable)
        if not self.loose:
            kept = ok * (self.slot_hard == 0)
            ok = np.where(kept.any(axis=1, keepdims=True), kept, ok).astype(np.uint8)
        units = self._units(ok)
        return Compiled(
            instance=self.instance,
            problem=self._problem(np.array(usable, np.int64).reshape(len(self.names), self.days), ok, units),
            lesson_ids=tuple(self.index),
            room_ids=tuple(self.room_number),
            resource_names=tuple(self.names),
            units=tuple(units),
            counted=frozenset(self.part_of),
            week_rule=tuple(row[5] for r in range(len(self.names)) for row in self.weekly[r]),
            group_rule=tuple(g[7] for g in self.groups),
        )

    def _usable(self) -> list[list[int]]:
        usable = [[(1 << self.periods) - 1] * self.days for _ in self.names]

        def close(resource: int, slots: Iterable[tt.Slot]) -> None:
            for day, period in slots:
                usable[resource][day] &= ~(1 << period)

        for resource in range(len(usable)):
            close(resource, self.instance.blocked)
        for group in self.instance.classes:
            for atom in group.atom_ids():
                close(self.atom_number[atom], group.unavailable)
        for teacher in self.instance.teachers:
            close(self.teacher_number[teacher.id], teacher.unavailable)
        return usable

    def _allowed(self, usable: list[list[int]]) -> Bytes:
        """(lesson, slot) -> 1 where the lesson may start. Only classes themselves, not their atoms, bar a lesson by absence."""
        group_away = {g.id: {self.slot(s) for s in g.unavailable} for g in self.instance.classes}
        teacher_away = {t.id: {self.slot(s) for s in t.unavailable} for t in self.instance.teachers}
        blocked = {self.slot(s) for s in self.instance.blocked}
        ok = np.zeros((len(self.instance.lessons), self.slots), np.uint8)
        for i, lesson in enumerate(self.instance.lessons):
            closed = set(blocked)
            for c in lesson.classes:
                closed |= group_away[c]
            for t in lesson.teachers:
                closed |= teacher_away[t]
            wanted = None if lesson.starts is None else {self.slot(s) for s in lesson.starts}
            for start in range(self.slots):
                fits = start % self.periods + lesson.duration <= self.periods
                free = fits and closed.isdisjoint(range(start, start + lesson.duration))
                ok[i, start] = free and (wanted is None or start in wanted)
        return ok

    def _units(self, ok: Bytes) -> list[tuple[int, ...]]:
        def root(i: int) -> int:
            while self.partner[i] != i:
                i = self.partner[i]
            return i

        members: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.partner)):
            members[root(i)].append(i)
        for unit in members.values():
            if len(unit) > 1:
                ok[unit] = np.bitwise_and.reduce(ok[unit], axis=0)
        return [tuple(unit) for unit in members.values()]

    def _join(self, lessons: Sequence[int]) -> None:
        def root(i: int) -> int:
            while self.partner[i] != i:
                i = self.partner[i]
            return i

        for other in lessons[1:]:
            self.partner[root(other)] = root(lessons[0])

    def _week(self, resources: Iterable[int], kind: str, a: int, b: int, rule: tt.Rule) -> None:
        for resource in resources:
            self.weekly[resource].append((WEEKLY.index(kind), a, b, rule.hard, rule.weight, self.number))

    def _group(self, kind: str, rule: tt.Rule, first: list[int], second: list[int], a: int = 0, b: int = 0) -> None:
        self.groups.append((GROUPED.index(kind), a, b, rule.hard, rule.weight, first, second, self.number))

    def _rule(self, rule: tt.Rule) -> None:
        number = self.index
        match rule:
            case tt.MinDays():
                self._group(
                    "min_days", rule, [number[x] for x in rule.lessons], [], rule.days, int(rule.adjacent_if_same_day)
                )
            case tt.TeacherLimit() | tt.TeacherFloor() | tt.TeacherInterval():
                self._weekly_rule(
                    rule, rule.type.removeprefix("teacher_"), [self.teacher_number[t] for t in rule.teachers]
                )
            case tt.ClassLimit() | tt.ClassFloor() | tt.ClassInterval() | tt.EarlyStart():
                atoms = sorted({self.atom_number[a] for c in rule.classes for a in self.atoms[c]})
                self._weekly_rule(rule, rule.type.removeprefix("class_"), atoms)
            case tt.Together():
                self._together(rule, [number[x] for x in rule.lessons])
            case tt.MaxDays():
                self._group(rule.type, rule, [number[x] for x in rule.lessons], [], rule.days)
            case tt.SlotLimit():
                slots = sorted(self.slot(s) for s in rule.slots)
                self._group(rule.type, rule, [number[x] for x in rule.lessons], slots, rule.max)
            case tt.SameRoom() | tt.FewRooms():
                self._group(rule.type, rule, [number[x] for x in rule.lessons], [], getattr(rule, "max", 0))
            case tt.InOrder():
                self._group(rule.type, rule, [number[rule.first]], [number[rule.second]])
            case tt.Apart():
                first, second = [number[x] for x in rule.first], [number[x] for x in rule.second]
                self._group("apart", rule, first, second, rule.gaps, int(rule.in_order))
            case tt.PreferStarts() | tt.PreferSlots():
                self._preferred(rule)
            case tt.PreferRooms():
                for lesson in rule.lessons:
                    self.preferred_rooms[number[lesson]].append((set(rule.rooms), rule.hard, rule.weight))

    def _weekly_rule(self, rule: Any, kind: str, resources: list[int]) -> None:
        if isinstance(rule, tt.EarlyStart):
            self._week(resources, "early", rule.max_late_days, 0, rule)
        elif isinstance(rule, tt.TeacherInterval | tt.ClassInterval):
            mask = sum(1 << p for p in range(rule.from_, min(rule.to, self.periods)))
            self._week(resources, "interval", rule.max, mask, rule)
        elif isinstance(rule, tt.TeacherFloor | tt.ClassFloor):
            b = int(rule.circular) if kind == "min_rest" else int(rule.allow_empty)
            self._week(resources, kind, rule.min, b, rule)
        else:
            counting = self._counting(resources, rule.lessons) if rule.lessons else resources
            self._week(counting, kind, rule.max, int(rule.one_day_more), rule)

    def _counting(self, resources: list[int], lessons: Sequence[str]) -> list[int]:
        """A resource for each of these that is busy with the given lessons only, so that they can be counted alone."""
        counting: list[int] = []
        chosen = [self.index[x] for x in lessons]
        for resource in resources:
            mine = [i for i in chosen if resource in self.uses[i]]
            if mine:
                self.names.append(self.names[resource])
                self.part_of[len(self.names) - 1] = resource
                counting.append(len(self.names) - 1)
                for i in mine:
                    self.uses[i].append(len(self.names) - 1)
        return counting

    def _together(self, rule: tt.Together, lessons: list[int]) -> None:
        if rule.type == "ends_class_day":
            for lesson in lessons:
                self._group(rule.type, rule, [lesson], [])
        elif rule.type == "same_start" and rule.hard and not self.loose:
            self._join(lessons)
        elif rule.type == "not_overlap" and rule.hard and not self.loose:
            self.names.append(rule.id or f"rule {len(self.names)}")
            for lesson in lessons:
                self.uses[lesson].append(len(self.names) - 1)
        else:
            self._group(rule.type, rule, lessons, [])

    def _preferred(self, rule: tt.PreferStarts | tt.PreferSlots) -> None:
        wanted = {self.slot(s) for s in (rule.starts if isinstance(rule, tt.PreferStarts) else rule.slots)}
        for lesson in rule.lessons:
            i = self.index[lesson]
            length = 1 if isinstance(rule, tt.PreferStarts) else self.instance.lessons[i].duration
            for start in range(self.slots):
                if not wanted.issuperset(range(start, start + length)):
                    self.slot_hard[i, start] += rule.hard
                    self.slot_soft[i, start] += 0 if rule.hard else rule.weight

    def _room_options(self) -> tuple[list[list[int]], list[list[int]], list[list[float]], Ints, Floats]:
        options: list[list[int]] = []
        hard: list[list[int]] = []
        soft: list[list[float]] = []
        none_hard = np.zeros(len(self.index), np.int64)
        none_soft = np.zeros(len(self.index))
        for i, lesson in enumerate(self.instance.lessons):
            wishes = self.preferred_rooms[i]
            names = list(lesson.rooms) or sorted({r for rooms, _, _ in wishes for r in rooms if r in self.room_number})
            options.append([self.room_number[r] for r in names])
            hard.append([sum(h and r not in rooms for rooms, h, _ in wishes) for r in names])
            soft.append([sum(w for rooms, h, w in wishes if not h and r not in rooms) for r in names])
            none_hard[i] = sum(h for _, h, _ in wishes)
            none_soft[i] = sum(w for _, h, w in wishes if not h)
        return options, hard, soft, none_hard, none_soft

    def _problem(self, usable: Ints, ok: Bytes, units: list[tuple[int, ...]]) -> Problem:
        lessons, resources = len(self.index), len(self.names)
        uses_at, uses = csr(self.uses)
        atoms_at, atoms = csr(self.lesson_atoms)
        starts_at, starts = csr([np.flatnonzero(row).tolist() for row in ok])
        options, room_hard, room_soft, none_hard, none_soft = self._room_options()
        rooms_at, rooms = csr(options)
        together: list[list[int]] = [[] for _ in range(lessons)]
        for unit in units:
            for i in unit:
                together[i] = [j for j in unit if j != i]
        links_at, links = csr(together)
        week = [(r, *row) for r in range(resources) for row in self.weekly[r]]
        week_at = np.searchsorted(np.array([row[0] for row in week], np.int64), np.arange(resources + 1))
        of_lesson: list[list[int]] = [[] for _ in range(lessons)]
        of_resource: list[list[int]] = [[] for _ in range(resources)]
        for g, (kind, _, _, _, _, first, second, _) in enumerate(self.groups):
            for i in {*first} if GROUPED[kind] in ("slots_taken", "at_once") else {*first, *second}:
                of_lesson[i].append(g)
            if GROUPED[kind] == "ends_class_day":
                for r in self.lesson_atoms[first[0]]:
                    of_resource[r].append(g)
        first_at, first = csr([g[5] for g in self.groups])
        second_at, second = csr([g[6] for g in self.groups])
        of_lesson_at, of_lesson_values = csr(of_lesson)
        of_resource_at, of_resource_values = csr(of_resource)
        room_away = np.zeros((len(self.room_number), self.slots), np.uint8)
        for room in self.instance.rooms:
            for s in (*room.unavailable, *self.instance.blocked):
                room_away[self.room_number[room.id], self.slot(s)] = 1
        blocked = np.zeros(self.slots, np.uint8)
        for s in self.instance.blocked:
            blocked[self.slot(s)] = 1
        by_room = any(GROUPED[g[0]] in ROOM_BOUND for g in self.groups) or any("building" in WEEKLY[w[1]] for w in week)
        buildings = {b: n for n, b in enumerate(sorted({r.campus for r in self.instance.rooms if r.campus}))}
        sizes = [self.days, self.periods, self.slots, lessons, resources, len(self.room_number), len(self.groups)]
        sizes.append(int(by_room))
        return Problem(
            size=np.array(sizes, np.int64),
            duration=np.array([x.duration for x in self.instance.lessons], np.int64),
            uses_at=uses_at,
            uses=uses,
            atoms_at=atoms_at,
            atoms=atoms,
            ok=ok,
            starts_at=starts_at,
            starts=starts,
            slot_hard=self.slot_hard,
            slot_soft=self.slot_soft,
            rooms_at=rooms_at,
            rooms=rooms,
            room_hard=np.array([v for row in room_hard for v in row], np.int64),
            room_soft=np.array([v for row in room_soft for v in row], np.float64),
            roomless_hard=none_hard,
            roomless_soft=none_soft,
            room_needed=np.array([bool(x.rooms) for x in self.instance.lessons], np.uint8),
            room_away=room_away,
            building=np.array([buildings.get(r.campus or "", -1) for r in self.instance.rooms], np.int64),
            links_at=links_at,
            links=links,
            usable=usable,
            week_at=week_at.astype(np.int64),
            week_kind=np.array([row[1] for row in week], np.int64),
            week_a=np.array([row[2] for row in week], np.int64),
            week_b=np.array([row[3] for row in week], np.int64),
            week_hard=np.array([row[4] for row in week], np.uint8),
            week_weight=np.array([row[5] for row in week], np.float64),
            group_kind=np.array([g[0] for g in self.groups], np.int64),
            group_a=np.array([g[1] for g in self.groups], np.int64),
            group_b=np.array([g[2] for g in self.groups], np.int64),
            group_hard=np.array([g[3] for g in self.groups], np.uint8),
            group_weight=np.array([g[4] for g in self.groups], np.float64),
            first_at=first_at,
            first=first,
            second_at=second_at,
            second=second,
            of_lesson_at=of_lesson_at,
            of_lesson=of_lesson_values,
            of_resource_at=of_resource_at,
            of_resource=of_resource_values,
            blocked=blocked,
            day_of=np.arange(self.slots, dtype=np.int64) // self.periods,
            period_of=np.arange(self.slots, dtype=np.int64) % self.periods,
        )
