"""Which lessons to set free for CP-SAT: around what is broken or costly, and at random otherwise."""

from __future__ import annotations

import numpy as np

from school.timetabling.arrays import Compiled, Ints
from school.timetabling.local_search import Found
from school.timetabling.search_state import empty_state, restore


class Neighbourhoods:
    """Draws neighbourhoods of one instance; its size grows while nothing is found and shrinks when one is too hard."""

    def __init__(self, compiled: Compiled, seed: int) -> None:
        self.compiled, self.p = compiled, compiled.problem
        self.random = np.random.default_rng(seed)
        self.size = min(80, len(compiled.lesson_ids))
        self.of_resource: list[list[int]] = [[] for _ in compiled.resource_names]
        for x in range(len(compiled.lesson_ids)):
            for r in self._uses(x):
                self.of_resource[r].append(x)

    def _uses(self, x: int) -> list[int]:
        return self.p.uses[self.p.uses_at[x] : self.p.uses_at[x + 1]].tolist()

    def draw(self, best: Found) -> set[int]:
        """Lessons to set free in this timetable."""
        costly = self._costly_resources(best)
        turn = self.random.random()
        if best.valid and turn < 0.25:
            return self._days(best.start)
        if len(costly) and turn < 0.85:
            seeds = [int(self.random.choice(costly)) for _ in range(2)]
        else:
            seeds = [int(self.random.integers(len(self.of_resource)))]
        return self._around(seeds, best.start)

    def _costly_resources(self, best: Found) -> Ints:
        """Teachers and classes with something unmet; those of unplaced lessons first."""
        state = empty_state(self.compiled, 1)
        restore(self.p, state, best.start, best.room)
        cost = state.week_hard * 100.0 + state.week_soft
        for g in np.flatnonzero(state.group_hard + state.group_soft):
            for x in self.p.first[self.p.first_at[g] : self.p.first_at[g + 1]]:
                cost[self._uses(int(x))] += state.group_hard[g] * 100.0 + state.group_soft[g]
        for x in np.flatnonzero(best.start < 0):
            cost[self._uses(int(x))] += 1000.0
        worst = cost.max() if len(cost) else 0
        return np.flatnonzero(cost >= (100.0 if worst >= 100 else 1e-9))

    def _around(self, seeds: list[int], start: Ints) -> set[int]:
        """Grow from the seeds over lessons in the same class or with the same teacher until the size is reached."""
        chosen: set[int] = set()
        frontier = list(seeds)
        seen = set(frontier)
        while frontier and len(chosen) < self.size:
            r = frontier.pop(0)
            chosen.update(self.of_resource[r])
            near = [s for x in self.of_resource[r] for s in self._uses(x) if s not in seen]
            self.random.shuffle(near)
            for s in near[:4]:
                if s not in seen:
                    seen.add(s)
                    frontier.append(s)
        return chosen

    def _days(self, start: Ints) -> set[int]:
        """Two days of some classes."""
        days = self.random.choice(int(self.p.size[0]), size=min(2, int(self.p.size[0])), replace=False)
        inside = np.flatnonzero(np.isin(start // self.p.size[1], days))
        if len(inside) <= self.size * 2:
            return set(inside.tolist())
        return set(self.random.choice(inside, size=self.size * 2, replace=False).tolist())

    def learn(self, improved: bool, spent: float, allowed: float) -> None:
        """Grow when neighbourhoods are searched out quickly, shrink when time runs out in them."""
        if spent < allowed * 0.5 and not improved:
            self.size = min(self.size + 10, 400)
        elif spent >= allowed * 0.95:
            self.size = max(20, int(self.size * 0.8))
