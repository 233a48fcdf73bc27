"""An instance as a CP-SAT model: one Boolean per lesson and start, clashes, rooms. The rules are in `cpsat_rules`.

Part of the lessons may be fixed where they are (`free` names the others): the same model then is a neighbourhood, a repair or
a what-if. Hard rules can be softened (broken at a high price) or guarded (each by a literal, to ask which are in conflict).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Generator
from contextlib import contextmanager
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from school.timetabling.arrays import Compiled, Ints

Literal = Any  # a CP-SAT Boolean or the constants 0 and 1
SCALE = 100  # soft weights are kept to two decimals
BROKEN = 100_000 * SCALE  # price of one hard violation where hard rules are softened
MOST_ROOM_CHOICES = 150_000


class TimetableModel:
    """The model of one instance, built for the lessons in `free` (all of them when None)."""

    def __init__(
        self,
        compiled: Compiled,
        *,
        free: Collection[int] | None = None,
        start: Ints | None = None,
        room: Ints | None = None,
        soften: bool = False,
        guarded: bool = False,
        rooms: bool = True,
        price_soft: bool = True,
    ) -> None:
        self.compiled, self.p = compiled, compiled.problem
        self.days, self.periods, self.slots, self.lessons = (int(n) for n in self.p.size[:4])
        self.free = set(range(self.lessons)) if free is None else set(free)
        self.start, self.room = start, room
        self.soften, self.guarded, self.price_soft = soften, guarded, price_soft
        self.model = cp_model.CpModel()
        self.guard: Literal | None = None
        self.guards: dict[str, Literal] = {}
        self.cost: list[tuple[int, Literal]] = []
        self.constant = 0
        self.at: dict[int, dict[int, Literal]] = {}
        self.in_room: dict[int, dict[int, dict[int, Literal]]] = {}
        self.cover: dict[int, dict[int, list[Literal]]] = defaultdict(lambda: defaultdict(list))
        self._busy: dict[tuple[int, int], Literal] = {}
        self._day: dict[tuple[int, int], Literal] = {}
        self.impossible: list[int] = []
        self._times()
        self._clashes()
        choices = sum(len(self.at[x]) * len(self._rooms(x)) for x in self.free)
        self.rooms_modelled = rooms and choices <= MOST_ROOM_CHOICES
        if self.rooms_modelled:
            self._room_choices()
        else:
            self._room_counts()

    @contextmanager
    def guarding(self, name: str) -> Generator[None]:
        """Constraints added inside hold only if the literal of that name is assumed (when the model is guarded)."""
        if not self.guarded:
            yield
            return
        before = self.guard
        if name not in self.guards:
            self.guards[name] = self.model.new_bool_var(name)
        self.guard = self.guards[name]
        yield
        self.guard = before

    def add(self, constraint: Any) -> None:
        if isinstance(constraint, bool | np.bool_):
            constraint = self.model.add_bool_or([]) if not constraint else None
            if constraint is None:
                return
        else:
            constraint = self.model.add(constraint)
        if self.guard is not None:
            constraint.only_enforce_if(self.guard)

    def price(self, weight: float, literal: Literal) -> None:
        if isinstance(literal, int):
            self.constant += round(weight * SCALE) * literal
        else:
            self.cost.append((round(weight * SCALE), literal))

    def over(self, total: Any, most: int, hard: bool, weight: float, excess: int) -> None:
        """`total <= most`: as a constraint if hard, else at a price for each unit over; `excess` bounds how much."""
        if hard and not self.soften:
            self.add(total <= most)
            return
        if (not hard and not self.price_soft) or excess <= 0:
            return
        slack = self.model.new_int_var(0, excess, "")
        self.model.add(total <= most + slack)
        self.cost.append((BROKEN if hard else round(weight * SCALE), slack))

    def violation(self, hard: bool, weight: float) -> Literal | None:
        """A literal that is true when a rule is broken, or 0 where it may not be; None if nobody asks."""
        if hard and not self.soften:
            return 0
        if not hard and not self.price_soft:
            return None
        literal = self.model.new_bool_var("")
        self.cost.append((BROKEN if hard else round(weight * SCALE), literal))
        return literal

    def _rooms(self, x: int) -> list[int]:
        return self.p.rooms[self.p.rooms_at[x] : self.p.rooms_at[x + 1]].tolist()

    def _times(self) -> None:
        p = self.p
        leader = {x: unit[0] for unit in self.compiled.units for x in unit}
        for x in range(self.lessons):
            if x not in self.free:
                s = int(self.start[x]) if self.start is not None else -1
                self.at[x] = {s: 1} if s >= 0 else {}
                continue
            first = leader[x]
            if first != x and first in self.at and first in self.free:
                self.at[x] = self.at[first]
                continue
            starts = p.starts[p.starts_at[x] : p.starts_at[x + 1]].tolist()
            hard = p.slot_hard[x]
            if not self.soften and not self.guarded:
                starts = [s for s in starts if hard[s] == 0]
            self.at[x] = {s: self.model.new_bool_var("") for s in starts}
            if self.guarded or starts:
                self.model.add_exactly_one(self.at[x].values())
            else:
                self.impossible.append(x)
                self.model.add_bool_or([])
        for x in sorted(self.free):
            for s, literal in self.at[x].items():
                if p.slot_hard[x, s] and self.soften:
                    self.cost.append((BROKEN * int(p.slot_hard[x, s]), literal))
                if p.slot_soft[x, s] and self.price_soft:
                    self.price(float(p.slot_soft[x, s]), literal)

    def _clashes(self) -> None:
        p = self.p
        for x in range(self.lessons):
            for s, literal in self.at[x].items():
                for k in range(p.uses_at[x], p.uses_at[x + 1]):
                    for q in range(s, s + int(p.duration[x])):
                        self.cover[int(p.uses[k])][q].append(literal)
        for r, row in self.cover.items():
            if r in self.compiled.counted:
                continue
            for literals in row.values():
                with self.guarding(f"clash:{r}"):
                    self.at_most_one(literals)

    def at_most_one(self, literals: list[Literal]) -> None:
        variables = [v for v in literals if not isinstance(v, int)]
        room = 1 - sum(v for v in literals if isinstance(v, int))
        if not variables or (room == 1 and len(variables) == 1):
            return
        if room <= 0:
            for v in variables:
                self.add(v == 0)
        elif self.guard is None:
            self.model.add_at_most_one(variables)
        else:
            self.add(sum(variables) <= 1)

    def _room_choices(self) -> None:
        p = self.p
        taken: dict[tuple[int, int], list[Literal]] = defaultdict(list)
        for x in range(self.lessons):
            length = int(p.duration[x])
            if x not in self.free:
                if self.room is not None and self.start is not None and self.room[x] >= 0 and self.start[x] >= 0:
                    for q in range(int(self.start[x]), int(self.start[x]) + length):
                        taken[int(self.room[x]), q].append(1)
                continue
            options = self._rooms(x)
            if not options:
                continue
            first = int(p.rooms_at[x])
            chosen: dict[int, dict[int, Literal]] = {}
            for s, literal in self.at[x].items():
                fits = [i for i, m in enumerate(options) if not p.room_away[m, s : s + length].any()]
                with self.guarding(f"rooms:{x}"):
                    chosen[s] = self._choose(x, literal, [options[i] for i in fits])
                for i in fits:
                    z = chosen[s][options[i]]
                    for q in range(s, s + length):
                        taken[options[i], q].append(z)
                    hard, soft = int(p.room_hard[first + i]), float(p.room_soft[first + i])
                    if hard and not self.soften:
                        with self.guarding(f"rooms:{x}"):
                            self.add(z == 0)
                    elif hard or (soft and self.price_soft):
                        self.cost.append((BROKEN * hard + round(soft * SCALE), z))
                if not p.room_needed[x] and self.price_soft and p.roomless_soft[x]:
                    self.price(float(p.roomless_soft[x]), literal)
                    self.cost += [(-round(float(p.roomless_soft[x]) * SCALE), z) for z in chosen[s].values()]
            self.in_room[x] = chosen
        for (m, _), literals in taken.items():
            with self.guarding(f"room:{m}"):
                self.at_most_one(literals)

    def _choose(self, x: int, literal: Literal, rooms: list[int]) -> dict[int, Literal]:
        """A literal per room for one start: exactly one of them is true if the lesson starts there and needs a room."""
        needed = bool(self.p.room_needed[x]) or bool(self.p.roomless_hard[x])
        if len(rooms) == 1 and needed and self.guard is None:
            return {rooms[0]: literal}
        chosen = {m: self.model.new_bool_var("") for m in rooms}
        total = sum(chosen.values())
        if not chosen and needed:
            self.add(literal == 0)
        elif chosen:
            self.model.add(total <= literal)
            if needed:
                self.add(total >= literal)
        return chosen

    def _room_counts(self) -> None:
        """Too many choices to model: at each time, no more lessons than rooms for every set of rooms some lesson is bound to."""
        p = self.p
        sets: dict[frozenset[int], list[int]] = defaultdict(list)
        for x in range(self.lessons):
            if p.room_needed[x]:
                sets[frozenset(self._rooms(x))].append(x)
        for rooms in sets:
            inside = [x for group, xs in sets.items() if group <= rooms for x in xs]
            if not any(x in self.free for x in inside):
                continue
            for q in range(self.slots):
                literals = [
                    literal for x in inside for s, literal in self.at[x].items() if s <= q < s + int(p.duration[x])
                ]
                open_rooms = sum(not p.room_away[m, q] for m in rooms)
                if len(literals) > open_rooms:
                    self.add(sum(literals) <= open_rooms)

    def busy(self, r: int, q: int) -> Literal:
        """Whether resource `r` is busy in slot `q`: a constant, the one literal, or a literal equal to their sum."""
        key = (r, q)
        if key not in self._busy:
            literals = self.cover[r].get(q, [])
            variables = [v for v in literals if not isinstance(v, int)]
            if any(isinstance(v, int) and v for v in literals):
                self._busy[key] = 1
            elif len(variables) <= 1:
                self._busy[key] = variables[0] if variables else 0
            else:
                literal = self.model.new_bool_var("")
                if self.guarded:
                    self.model.add_max_equality(literal, variables)
                else:
                    self.model.add(sum(variables) == literal)
                self._busy[key] = literal
        return self._busy[key]

    def works(self, r: int, day: int) -> Literal:
        """Whether resource `r` has any lesson on the day."""
        key = (r, day)
        if key not in self._day:
            self._day[key] = self.any_of([self.busy(r, q) for q in self.day_slots(day)])
        return self._day[key]

    def any_of(self, literals: list[Literal]) -> Literal:
        if any(isinstance(v, int) and v for v in literals):
            return 1
        variables = [v for v in literals if not isinstance(v, int)]
        if len(variables) <= 1:
            return variables[0] if variables else 0
        literal = self.model.new_bool_var("")
        self.model.add_max_equality(literal, variables)
        return literal

    def day_slots(self, day: int) -> range:
        return range(day * self.periods, (day + 1) * self.periods)

    def on_day(self, x: int, day: int) -> Any:
        return sum(literal for s, literal in self.at[x].items() if s // self.periods == day)

    def building_literals(self, r: int, day: int) -> list[dict[int, Literal]]:
        """For each period of the day: by building, whether resource `r` is then in it."""
        here: list[dict[int, list[Literal]]] = [defaultdict(list) for _ in range(self.periods)]
        for x in range(self.lessons):
            if r not in self.p.uses[self.p.uses_at[x] : self.p.uses_at[x + 1]]:
                continue
            for s, m, literal in self.housed(x):
                if s // self.periods == day and (building := int(self.p.building[m])) >= 0:
                    for q in range(s, s + int(self.p.duration[x])):
                        here[q % self.periods][building].append(literal)
        return [{b: sum(literals) for b, literals in row.items()} for row in here]

    def housed(self, x: int) -> list[tuple[int, int, Literal]]:
        """(start, room, literal) for every way in which the lesson may be at a time in a room."""
        if x in self.free:
            return [(s, m, v) for s, options in self.in_room.get(x, {}).items() for m, v in options.items()]
        if self.start is None or self.room is None or self.start[x] < 0 or self.room[x] < 0:
            return []
        return [(int(self.start[x]), int(self.room[x]), 1)]

    def hint(self, start: Ints, room: Ints) -> None:
        for unit in self.compiled.units:
            x = unit[0]
            if x in self.free:
                for s, literal in self.at[x].items():
                    if not isinstance(literal, int):
                        self.model.add_hint(literal, int(s == start[x]))
        for x, chosen in self.in_room.items():
            for s, options in chosen.items():
                for m, literal in options.items():
                    if not isinstance(literal, int) and literal is not self.at[x].get(s):
                        self.model.add_hint(literal, int(s == start[x] and m == room[x]))

    def finish(self) -> None:
        """Set the objective."""
        if self.cost or self.constant:
            self.model.minimize(sum(weight * literal for weight, literal in self.cost) + self.constant)

    def read(self, value: Any) -> tuple[Ints, Ints]:
        """Starts and rooms of a solution; `value` tells a literal's value. Rooms are -1 where they are not modelled."""
        start = np.full(self.lessons, -1, np.int64) if self.start is None else self.start.copy()
        room = np.full(self.lessons, -1, np.int64) if self.room is None else self.room.copy()
        for x in self.free:
            start[x] = next((s for s, literal in self.at[x].items() if value(literal)), -1)
            room[x] = -1
            for m, literal in self.in_room.get(x, {}).get(int(start[x]), {}).items():
                if value(literal):
                    room[x] = m
        return start, room
