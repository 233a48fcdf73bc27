"""Local search over one compiled instance: a first timetable in well under a second, then annealing in growing cycles."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from school.timetabling.arrays import Compiled, Ints, Problem
from school.timetabling.search_moves import anneal
from school.timetabling.search_placing import construct
from school.timetabling.search_state import State, empty_state, recount, restore

CHUNK = 8192  # trials between two looks at the clock
HOT, COLD = 0.4, 0.1  # in units of the typical weight of a wish
BROKEN_HOT, BROKEN_COLD = 5.0, 1.0  # while hard rules are broken: breaking another one now and then must be possible
HARD_WEIGHT = 10.0
STRESS, RELIEF = (
    0.1,
    0.95,
)  # what a broken rule counts more after 1024 trials; what is left of that when it is not broken


@dataclass(frozen=True)
class Found:
    """A timetable as arrays with its cost. Ordered by (unplaced, hard, soft)."""

    unplaced: int
    hard: int
    soft: float
    start: Ints
    room: Ints

    @property
    def key(self) -> tuple[int, int, float]:
        return (self.unplaced, self.hard, self.soft)

    @property
    def valid(self) -> bool:
        return self.unplaced == 0 and self.hard == 0


Report = Callable[[Found], None]


class LocalSearch:
    """One search: same seed, same calls, same result. `weight` is the scale of the soft weights of the instance."""

    def __init__(self, compiled: Compiled, seed: int) -> None:
        self.compiled, self.problem = compiled, compiled.problem
        self.state: State = empty_state(compiled, seed)
        choices = np.diff(self.problem.starts_at)
        self.order = np.lexsort((choices, -self.problem.duration)).astype(np.int64)
        has_rooms = np.diff(self.problem.rooms_at) > 1
        self.movable = np.flatnonzero((choices > 1) | (has_rooms & (choices > 0))).astype(np.int64)
        self.weight = _typical_weight(self.problem)
        self.hard_weight = HARD_WEIGHT * self.weight
        recount(self.problem, self.state)

    def begin(self, start: Ints, room: Ints) -> None:
        """Continue from a timetable found elsewhere."""
        restore(self.problem, self.state, start, room)

    def construct(self, steps: int | None = None) -> bool:
        """Place what is not placed; true when everything is."""
        construct(self.problem, self.state, self.order, max(4000, 20 * len(self.order)) if steps is None else steps)
        return int(self.state.count[0]) == 0

    def anneal(self, heat: float, trials: int = CHUNK, *, pressing: bool = False) -> None:
        heat *= self.weight
        stress = STRESS if pressing else 0.0
        anneal(self.problem, self.state, trials, heat, heat, self.hard_weight, self.movable, stress, RELIEF)

    def best(self) -> Found:
        unplaced, hard, soft = self.state.best
        return Found(int(unplaced), int(hard), float(soft), self.state.best_start.copy(), self.state.best_room.copy())

    def best_key(self) -> tuple[float, float, float]:
        unplaced, hard, soft = self.state.best
        return (float(unplaced), float(hard), float(soft))

    def cycle(self, share: Callable[[], float], hot: float, report: Report, stop: Callable[[], bool]) -> None:
        """Cool from `hot` to cold as `share()` goes from 0 to 1, placing what gets in the way of being complete."""
        self._cool(share, hot, COLD, report, stop, pressing=False)

    def mend(self, share: Callable[[], float], report: Report, stop: Callable[[], bool], *, pressing: bool) -> None:
        """The same, hot enough to break one hard rule for another, until all of them hold.

        `pressing`: a rule that stays broken counts more and more. Most schools are found far sooner that way, some later.
        """
        self._cool(share, BROKEN_HOT, BROKEN_COLD, report, lambda: stop() or self.valid, pressing=pressing)

    @property
    def valid(self) -> bool:
        return self.best_key()[:2] == (0, 0)

    def _cool(
        self,
        share: Callable[[], float],
        hot: float,
        cold: float,
        report: Report,
        stop: Callable[[], bool],
        *,
        pressing: bool,
    ) -> None:
        self.state.week_stress[:] = self.state.group_stress[:] = 1.0
        before = self.best_key()
        while (done := share()) < 1 and not stop():
            if self.state.count[0]:
                self.construct(500)
            self.anneal(hot * (cold / hot) ** done, pressing=pressing)
            if (now := self.best_key()) < before:
                before = now
                report(self.best())


def _typical_weight(problem: Problem) -> float:
    """The median weight of the rules; of the wishes for times where there are no others."""
    for weights in (np.concatenate([problem.week_weight, problem.group_weight]), problem.slot_soft):
        if (weights > 0).any():
            return float(np.median(weights[weights > 0]))
    return 1.0


def clock(seconds: float) -> Callable[[], float]:
    """The share of `seconds` that has passed since now."""
    began = time.monotonic()
    return lambda: (time.monotonic() - began) / seconds if seconds > 0 else 1.0


def counter(chunks: int) -> Callable[[], float]:
    """The share of `chunks` calls made so far: the same on every machine."""
    made = iter(range(chunks + 1))
    return lambda: next(made, chunks) / chunks
