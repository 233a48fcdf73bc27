"""CP-SAT on the last broken hard rules: the lessons of one of them and of whoever shares them are set free, the rest stays.

Only the rules now broken may stay broken; all others must hold, which makes the models far smaller than when every rule has
a price, and wishes are left out. A neighbourhood that holds nothing better is followed by a larger one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from school.timetabling.arrays import GROUPED, Compiled
from school.timetabling.cpsat import PLAIN, Running, partners, priced, run
from school.timetabling.cpsat_model import TimetableModel
from school.timetabling.cpsat_rules import Bendable, add_rules
from school.timetabling.local_search import Found
from school.timetabling.search_costs import building_amount, week_amount
from school.timetabling.search_state import State, empty_state, restore

SMALLEST, FIRST, LARGEST = 60, 100, 900  # lessons in a neighbourhood
BY_ROOM = 11  # weekly rules from this number on are about buildings


class Mending:
    """Attempts at mending one timetable after another; the neighbourhoods grow until one is worth searching."""

    def __init__(self, compiled: Compiled, seed: int) -> None:
        self.compiled, self.p = compiled, compiled.problem
        self.random = np.random.default_rng(seed)
        self.size = FIRST
        self.uses = [self.p.uses[a:b].tolist() for a, b in zip(self.p.uses_at[:-1], self.p.uses_at[1:], strict=True)]
        self.stuck = {
            x
            for x, (a, b) in enumerate(zip(self.p.starts_at[:-1], self.p.starts_at[1:], strict=True))
            if (self.p.slot_hard[x, self.p.starts[a:b]] > 0).all()
        }  # whatever their time, a rule of their own is broken
        self.of_resource: list[list[int]] = [[] for _ in compiled.resource_names]
        for x, resources in enumerate(self.uses):
            for r in resources:
                self.of_resource[r].append(x)

    def attempt(
        self,
        best: Found,
        seconds: float,
        *,
        stop: Callable[[], bool] = lambda: False,
        running: Running | None = None,
        work: float | None = None,
    ) -> Found | None:
        """A timetable with fewer broken rules or missing lessons, if this neighbourhood holds one."""
        state = empty_state(self.compiled, 1)
        restore(self.p, state, best.start, best.room)
        bendable = self._broken(state)
        free = self._free(best, state, bendable)
        model = TimetableModel(self.compiled, free=free, start=best.start, room=best.room, price_soft=False)
        add_rules(model, bendable)
        model.hint(best.start, best.room)
        model.finish()
        answers: list[Found] = []

        def better() -> list[Found]:
            return [found for found in answers if found.key[:2] < best.key[:2]]

        status, _ = run(
            model, PLAIN, seconds, int(self.random.integers(2**31)),
            lambda start, room: answers.append(priced(self.compiled, start, room)),
            lambda: stop() or bool(better()), running, work,
        )  # fmt: skip
        if found := better():
            self.size = FIRST
            return min(found, key=lambda one: one.key)
        searched_out = status in ("INFEASIBLE", "OPTIMAL")
        self.size = min(int(self.size * 1.15) + 5, LARGEST) if searched_out else max(SMALLEST, int(self.size * 0.85))
        return None

    def _broken(self, state: State) -> Bendable:
        """The weekly rules and groups now broken."""
        p = self.p
        week = {
            k
            for r in np.flatnonzero(state.week_hard).tolist()
            for k in range(int(p.week_at[r]), int(p.week_at[r + 1]))
            if p.week_hard[k] and self._amount(state, r, k) > 0
        }
        return Bendable(frozenset(week), frozenset(np.flatnonzero(state.group_hard).tolist()))

    def _amount(self, state: State, r: int, k: int) -> int:
        if self.p.week_kind[k] < BY_ROOM:
            return int(week_amount(self.p, state.mask, r, k))
        return int(building_amount(self.p, state.taken, state.room, r, k))

    def _free(self, best: Found, state: State, bendable: Bendable) -> set[int]:
        """The lessons of one broken rule, then of all who share them, and so on until there are enough."""
        missing = np.flatnonzero(best.start < 0).tolist()
        things = [self.of_resource[r] for r in np.flatnonzero(state.week_hard).tolist()]
        things += [self._members(g) for g in sorted(bendable.groups)]
        things += [[x] for x in missing]
        first = things[int(self.random.integers(len(things)))] if things else []
        chosen, seen = {*first, *missing}, set[int]()
        level = list(dict.fromkeys(r for x in chosen for r in self.uses[x]))
        while level and len(chosen) < self.size:
            self.random.shuffle(level)
            following: list[int] = []
            for r in level:
                if r in seen or len(chosen) >= self.size:
                    continue
                seen.add(r)
                new = [x for x in self.of_resource[r] if x not in chosen]
                chosen.update(new)
                following += [q for x in new for q in self.uses[x]]
            level = [r for r in dict.fromkeys(following) if r not in seen]
        return {y for x in chosen for y in partners(self.compiled, x)} - self.stuck

    def _members(self, g: int) -> list[int]:
        p = self.p
        first = p.first[p.first_at[g] : p.first_at[g + 1]].tolist()
        if GROUPED[int(p.group_kind[g])] in ("slots_taken", "at_once"):
            return first
        return first + p.second[p.second_at[g] : p.second_at[g + 1]].tolist()
