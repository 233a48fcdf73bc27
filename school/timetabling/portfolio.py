"""Solve one instance: compiled local search and CP-SAT side by side, sharing the best timetable found.

Both run in threads of one process: the compiled search and CP-SAT release the interpreter lock, so they use two cores and
share memory. With `rounds` they take turns instead, in counted work, and the same seed gives the same timetable everywhere.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from school.timetabling.arrays import Compiled, compiled
from school.timetabling.bounds import lower_bound
from school.timetabling.checker import Report, check
from school.timetabling.cpsat import RACE, Answer, Running, improve_near, priced, solve_whole
from school.timetabling.instance import Assignments, Instance, Place
from school.timetabling.local_search import HOT, Found, LocalSearch, clock, counter
from school.timetabling.mending import Mending
from school.timetabling.neighbourhoods import Neighbourhoods
from school.timetabling.shortages import Reason, shortages
from school.timetabling.validation import check_instance

WHOLE_MODEL = 60_000  # starts to choose between, up to which one CP-SAT model of everything is worth trying
SLICE_S = 2.0
MOST_UNPLACED = 5  # with more lessons without a place, neighbourhoods are no use yet
MOST_MISSING = 12  # the same where the last broken rules are mended
MENDING_S = 5.0
BOUND_FROM_S = 15  # a search with less time left does without a bound


@dataclass(frozen=True)
class Improvement:
    """A timetable better than all before it, and who found it when."""

    elapsed_s: float
    by: str
    unplaced: int
    hard: int
    soft: float

    @property
    def valid(self) -> bool:
        return self.unplaced == 0 and self.hard == 0


@dataclass(frozen=True)
class Outcome:
    """What came of it. `status`: optimal, valid, incomplete (hard rules broken or lessons missing), impossible."""

    status: str
    elapsed_s: float
    assignments: Assignments = field(default_factory=dict[str, Place])
    report: Report | None = None
    bound: float | None = None
    improvements: tuple[Improvement, ...] = ()
    reasons: tuple[Reason, ...] = ()


OnBetter = Callable[[Improvement, Assignments], None]


class Shared:
    """The best timetable so far and the proven bound, for all that search."""

    def __init__(self, compiled: Compiled, on_better: OnBetter | None) -> None:
        self.compiled, self.on_better = compiled, on_better
        self.began = time.monotonic()
        self.lock = threading.Lock()
        self.best: Found | None = None
        self.bound: float | None = None
        self.improvements: list[Improvement] = []
        self.proof: str | None = None
        self.error: BaseException | None = None

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self.began

    @property
    def valid(self) -> bool:
        return self.best is not None and self.best.valid

    def offer(self, found: Found, by: str) -> None:
        with self.lock:
            if self.best is not None and found.key >= self.best.key:
                return
            self.best = found
            step = Improvement(round(self.elapsed_s, 3), by, found.unplaced, found.hard, found.soft)
            self.improvements.append(step)
            if self.on_better:
                self.on_better(step, self.compiled.write(found.start, found.room))

    def learn(self, answer: Answer) -> None:
        """Take over a bound, and a proof of optimality or of impossibility."""
        with self.lock:
            if answer.status == "INFEASIBLE":
                self.proof = "impossible"
            elif answer.bound is not None:
                self.bound = max(self.bound or 0.0, answer.bound)
                optimal = self.best is not None and self.best.valid and self.best.soft <= self.bound + 1e-6
                if answer.proven or optimal:
                    self.proof = "optimal"


def solve(
    instance: Instance,
    *,
    seconds: float = 10,
    seed: int = 1,
    rounds: int | None = None,
    start: Assignments | None = None,
    on_better: OnBetter | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Outcome:
    """The best timetable found in `seconds`, or in `rounds` of counted work; best so far when cancelled.

    Errors: bad_timetable_problem. An instance with no solution for reasons that counting shows is not searched at all.
    """
    check_instance(instance)
    if reasons := shortages(instance):
        return Outcome("impossible", 0.0, reasons=tuple(reasons))
    arrays = compiled(instance)
    shared = Shared(arrays, on_better)
    if start:
        shared.offer(priced(arrays, *arrays.read(start)), "given")
    if rounds is None:
        _side_by_side(shared, seconds, seed, cancelled)
    else:
        _in_turns(shared, rounds, seed, cancelled)
    return _outcome(instance, shared)


def _outcome(instance: Instance, shared: Shared) -> Outcome:
    if shared.best is None:
        return Outcome(shared.proof or "incomplete", shared.elapsed_s)
    assignments = shared.compiled.write(shared.best.start, shared.best.room)
    report = check(instance, assignments)
    status = "valid" if report.valid else "incomplete"
    if shared.proof and (shared.proof == "impossible") != report.valid:
        status = shared.proof
    return Outcome(status, shared.elapsed_s, assignments, report, shared.bound, tuple(shared.improvements))


def _side_by_side(shared: Shared, seconds: float, seed: int, cancelled: Callable[[], bool]) -> None:
    running = Running()
    end = shared.began + seconds

    def stop() -> bool:
        over = shared.proof is not None or shared.error is not None
        return over or running.stopped or time.monotonic() >= end

    def kept(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # raised again in the caller's thread
            shared.error = error

    local, exact = partial(_local, shared, seed, end, stop), partial(_exact, shared, seed, end, stop, running)
    threads = [threading.Thread(target=kept, args=(work,)) for work in (local, exact)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        if cancelled() or stop():
            running.stop()
        time.sleep(0.02)
    for thread in threads:
        thread.join()
    if shared.error is not None:
        raise shared.error


def _local(shared: Shared, seed: int, end: float, stop: Callable[[], bool]) -> None:
    """A quick first cycle, then longer ones; each starts from the best of all when it is better than its own."""
    search = LocalSearch(shared.compiled, seed)
    if shared.best is not None:
        search.begin(shared.best.start, shared.best.room)
    search.construct()
    report = _reporter(shared, "local search")
    report(search.best())
    length = max(0.3, min(1.0, (end - time.monotonic()) / 8))
    search.cycle(clock(length), HOT, report, stop)
    mending, turn = length, 0
    while not stop():
        left = end - time.monotonic()
        if shared.valid:
            length = (left if left <= 15 else 10) if length <= 1 else min(length * 2, left)
            search.cycle(clock(left if left < length * 1.5 else length), HOT, report, stop)
        else:
            turn += 1
            before = shared.best and shared.best.key
            share = clock(left if left < mending * 1.5 else mending)
            search.mend(share, report, stop, pressing=turn % 2 == 1)
            mending *= 1.25
            if not shared.valid and shared.best and shared.best.key == before:
                search = LocalSearch(shared.compiled, seed + turn)
                search.construct()
                continue
        if shared.best is not None and shared.best.key < search.best_key():
            search.begin(shared.best.start, shared.best.room)


def _reporter(shared: Shared, by: str) -> Callable[[Found], None]:
    return lambda found: shared.offer(found, by)


def _exact(shared: Shared, seed: int, end: float, stop: Callable[[], bool], running: Running) -> None:
    """Whole models in slices of growing length with different settings, neighbourhoods of the best in between.

    While rules are broken, most of the time goes to searches from other starts instead; a bound once there is time for it.
    """
    near, mending = Neighbourhoods(shared.compiled, seed), Mending(shared.compiled, seed)
    starts = len(shared.compiled.problem.starts)
    turn, length, bounded = 0, SLICE_S, False
    while not stop():
        if starts <= WHOLE_MODEL and not (shared.valid and turn >= 2 * len(RACE)):
            settings = RACE[turn % len(RACE)]
            report = _reporter(shared, f"CP-SAT, {settings.name}")
            left = min(length, end - time.monotonic())
            shared.learn(
                solve_whole(
                    shared.compiled, settings, left, seed + turn, report,
                    hint=shared.best, wishes=turn == 0 or shared.valid, stop=stop, running=running,
                )
            )  # fmt: skip
            length = min(length * 1.5, 60)
        turn += 1
        if not shared.valid:
            _from_elsewhere(shared, seed + 1000 * turn, length, stop, pressing=turn % 2 == 1)
            _mend(shared, mending, time.monotonic() + 2 * length, stop, running)
        elif not bounded and end - time.monotonic() > BOUND_FROM_S:
            bounded = True
            _bound(shared, seed, time.monotonic() + (end - time.monotonic()) / 2, stop, running)
        until = min(end, time.monotonic() + length)
        tried = 0
        while not stop() and time.monotonic() < until:
            tried += 1
            _one_neighbourhood(shared, near, seed + tried, stop, running, min(2.0, until - time.monotonic()))


def _from_elsewhere(shared: Shared, seed: int, seconds: float, stop: Callable[[], bool], *, pressing: bool) -> None:
    """While rules are broken, a search that shares nothing with the first is often what is not stuck."""
    search = LocalSearch(shared.compiled, seed)
    search.construct()
    search.mend(
        clock(seconds),
        _reporter(shared, "local search, another start"),
        lambda: stop() or shared.valid,
        pressing=pressing,
    )


def _mend(shared: Shared, mending: Mending, until: float, stop: Callable[[], bool], running: Running) -> None:
    """CP-SAT on the last broken rules of the best timetable of all."""

    def over() -> bool:
        return stop() or shared.valid or time.monotonic() >= until

    while not over() and shared.best is not None and shared.best.unplaced <= MOST_MISSING:
        better = mending.attempt(shared.best, min(MENDING_S, until - time.monotonic()), stop=over, running=running)
        if better is not None:
            shared.offer(better, "CP-SAT, mending")


def _bound(shared: Shared, seed: int, until: float, stop: Callable[[], bool], running: Running) -> None:
    """What no timetable can cost less than, for those who wonder whether to go on."""
    found = lower_bound(
        shared.compiled.instance, seed=seed, stop=lambda: stop() or time.monotonic() >= until, running=running
    )
    if found is not None:
        shared.learn(Answer("FEASIBLE", None, found))


def _one_neighbourhood(
    shared: Shared,
    near: Neighbourhoods,
    seed: int,
    stop: Callable[[], bool],
    running: Running,
    allowed: float,
) -> None:
    """Search around what is broken or costly."""
    if shared.best is None or (shared.best.start < 0).sum() > MOST_UNPLACED or allowed <= 0.05:
        time.sleep(0.05)
        return
    began = time.monotonic()
    best = shared.best
    better = improve_near(shared.compiled, best, near.draw(best), allowed, seed, stop=stop, running=running)
    near.learn(better is not None, time.monotonic() - began, allowed)
    if better is not None:
        shared.offer(better, "CP-SAT, neighbourhood")


def _in_turns(shared: Shared, rounds: int, seed: int, cancelled: Callable[[], bool]) -> None:
    """Counted work only: no clock decides anything."""
    search = LocalSearch(shared.compiled, seed)
    if shared.best is not None:
        search.begin(shared.best.start, shared.best.room)
    search.construct()
    report = _reporter(shared, "local search")
    report(search.best())
    near, mending = Neighbourhoods(shared.compiled, seed), Mending(shared.compiled, seed)
    for turn in range(rounds):
        if cancelled() or shared.proof:
            return
        if shared.valid or turn == 0:
            search.cycle(counter(60), HOT, report, cancelled)
        else:
            search.mend(counter(60), report, cancelled, pressing=turn % 2 == 1)
        if shared.best is not None and not shared.valid and turn % 2 == 1:
            better = mending.attempt(shared.best, 0, stop=cancelled, work=0.5)
            if better is not None:
                shared.offer(better, "CP-SAT, mending")
                search.begin(better.start, better.room)
        elif shared.best is not None and not (shared.best.start < 0).any():
            free = near.draw(shared.best)
            better = improve_near(shared.compiled, shared.best, free, 0, seed + turn, work=0.5)
            if better is not None:
                shared.offer(better, "CP-SAT, neighbourhood")
                search.begin(better.start, better.room)
