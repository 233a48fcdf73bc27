"""What CP-SAT does in the portfolio: whole models, neighbourhoods of a timetable, rooms, and the price of one timetable."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from school.timetabling.arrays import Compiled, Ints
from school.timetabling.cpsat_model import SCALE, TimetableModel
from school.timetabling.cpsat_rules import add_rules
from school.timetabling.local_search import Found
from school.timetabling.search_state import empty_state, restore


@dataclass(frozen=True)
class Settings:
    """One way to run CP-SAT. They differ by a factor of 100 and none wins everywhere, so several are tried in turn."""

    name: str
    workers: int = 1
    linearization: int = 1
    symmetry: int = 2
    probing: int = 2


PLAIN = Settings("one worker, no linear relaxation", linearization=0, symmetry=0, probing=0)
DEFAULT = Settings("one worker, defaults")
LINEAR = Settings("one worker, full linear relaxation", linearization=2)
RACE = (PLAIN, LINEAR, DEFAULT)


@dataclass(frozen=True)
class Answer:
    status: str
    found: Found | None = None
    bound: float | None = None

    @property
    def proven(self) -> bool:
        return self.status == "OPTIMAL"


@dataclass
class Running:
    """The solvers now at work, so that a cancel reaches them."""

    solvers: list[cp_model.CpSolver] = field(default_factory=list[cp_model.CpSolver])
    stopped: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def stop(self) -> None:
        with self.lock:
            self.stopped = True
            for solver in self.solvers:
                solver.stop_search()


def solver_with(settings: Settings, seconds: float, seed: int, work: float | None = None) -> cp_model.CpSolver:
    """A solver limited in seconds, or in deterministic `work` when the same answer is wanted on every machine."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = settings.workers
    solver.parameters.linearization_level = settings.linearization
    solver.parameters.symmetry_level = settings.symmetry
    solver.parameters.cp_model_probing_level = settings.probing
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.max_memory_in_mb = 2000
    if work is None:
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
    else:
        solver.parameters.max_deterministic_time = work
    return solver


class _Report(cp_model.CpSolverSolutionCallback):
    def __init__(self, model: TimetableModel, report: Callable[[Ints, Ints], None], stop: Callable[[], bool]) -> None:
        super().__init__()
        self.timetable, self.report, self.stop = model, report, stop

    def on_solution_callback(self) -> None:
        self.report(*self.timetable.read(self.boolean_value))
        if self.stop():
            self.stop_search()


def priced(compiled: Compiled, start: Ints, room: Ints) -> Found:
    """The cost of a timetable, and rooms where they are not given yet, by the search's own books."""
    state = empty_state(compiled, 1)
    restore(compiled.problem, state, start, room)
    unplaced, hard, soft = state.best
    return Found(int(unplaced), int(hard), float(soft), state.best_start.copy(), state.best_room.copy())


def solve_whole(
    compiled: Compiled,
    settings: Settings,
    seconds: float,
    seed: int,
    report: Callable[[Found], None],
    *,
    hint: Found | None = None,
    wishes: bool = True,
    stop: Callable[[], bool] = lambda: False,
    running: Running | None = None,
    work: float | None = None,
) -> Answer:
    """One CP-SAT model of everything, or with `wishes` false of the hard rules alone, which is quicker to a first timetable.

    INFEASIBLE and OPTIMAL are proofs only where rooms could be modelled.
    """
    model = TimetableModel(compiled, price_soft=wishes)
    add_rules(model)
    if hint is not None:
        model.hint(hint.start, hint.room)
    model.finish()
    best: list[Found] = []

    def keep(start: Ints, room: Ints) -> None:
        found = with_rooms(compiled, start, room, seed)
        if found is not None and (not best or found.key < best[-1].key):
            best.append(found)
            report(found)

    status, bound = run(model, settings, seconds, seed, keep, stop, running, work)
    exact = model.rooms_modelled
    if status == "INFEASIBLE" and not exact:
        status = "UNKNOWN"
    if not wishes and status != "INFEASIBLE":
        return Answer("FEASIBLE" if best else "UNKNOWN", best[-1] if best else None)
    if status == "OPTIMAL" and not exact and (not best or best[-1].soft > bound + 1e-6):
        status = "FEASIBLE"
    return Answer(status, best[-1] if best else None, bound)


def run(
    model: TimetableModel,
    settings: Settings,
    seconds: float,
    seed: int,
    keep: Callable[[Ints, Ints], None],
    stop: Callable[[], bool],
    running: Running | None,
    work: float | None,
) -> tuple[str, float]:
    solver = solver_with(settings, seconds, seed, work)
    running = running or Running()
    with running.lock:
        if running.stopped:
            return "UNKNOWN", 0.0
        running.solvers.append(solver)
    try:
        status = solver.solve(model.model, _Report(model, keep, stop))
    finally:
        with running.lock:
            running.solvers.remove(solver)
    return solver.status_name(status), solver.best_objective_bound / SCALE


def with_rooms(compiled: Compiled, start: Ints, room: Ints, seed: int) -> Found | None:
    """The timetable with a room for every lesson: greedily, or by a small model when that leaves some without."""
    found = priced(compiled, start, room)
    if found.unplaced == 0 or (start < 0).any():
        return found
    return _rooms_exactly(compiled, start, seed) or found


def _rooms_exactly(compiled: Compiled, start: Ints, seed: int) -> Found | None:
    p = compiled.problem
    model = cp_model.CpModel()
    choice: dict[tuple[int, int], cp_model.IntVar] = {}
    users: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    for x in range(len(start)):
        if not p.room_needed[x]:
            continue
        slots = range(int(start[x]), int(start[x] + p.duration[x]))
        for m in p.rooms[p.rooms_at[x] : p.rooms_at[x + 1]].tolist():
            if not p.room_away[m, slots.start : slots.stop].any():
                choice[x, m] = model.new_bool_var("")
                for q in slots:
                    users.setdefault((m, q), []).append(choice[x, m])
        mine = [v for (y, _), v in choice.items() if y == x]
        if not mine:
            return None
        model.add_exactly_one(mine)
    for literals in users.values():
        model.add_at_most_one(literals)
    solver = solver_with(DEFAULT, 5, seed)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    room = np.full(len(start), -1, np.int64)
    for (x, m), literal in choice.items():
        if solver.boolean_value(literal):
            room[x] = m
    return priced(compiled, start, room)


def improve_near(
    compiled: Compiled,
    best: Found,
    free: Collection[int],
    seconds: float,
    seed: int,
    *,
    stop: Callable[[], bool] = lambda: False,
    running: Running | None = None,
    work: float | None = None,
) -> Found | None:
    """The best timetable in which only the lessons in `free` may move; None if there is no better one in time."""
    wanted = {y for x in free for y in partners(compiled, x)} | {x for x in range(len(best.start)) if best.start[x] < 0}
    model = TimetableModel(compiled, free=wanted, start=best.start, room=best.room, soften=not best.valid)
    if model.impossible:
        return None
    add_rules(model)
    model.hint(best.start, best.room)
    model.finish()
    answers: list[Found] = []

    def keep(start: Ints, room: Ints) -> None:
        answers.append(priced(compiled, start, room))

    run(model, PLAIN, seconds, seed, keep, stop, running, work)
    better = [found for found in answers if found.key < best.key]
    return min(better, key=lambda found: found.key) if better else None


def partners(compiled: Compiled, x: int) -> list[int]:
    p = compiled.problem
    return [x, *p.links[p.links_at[x] : p.links_at[x + 1]].tolist()]
