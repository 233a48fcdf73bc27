"""Put a timetable right after a change while moving as few lessons as possible, and keep what is locked."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from school.timetabling.arrays import Compiled, Ints, compiled
from school.timetabling.checker import Report, check
from school.timetabling.cpsat import PLAIN, priced, solver_with
from school.timetabling.cpsat_model import TimetableModel
from school.timetabling.cpsat_rules import add_rules
from school.timetabling.instance import Assignments, Instance
from school.timetabling.local_search import Found, LocalSearch, clock
from school.timetabling.locks import moved

PAID_MOVE = 3.0  # what the local search pays for a moved lesson, in soft weights
PAID_RULE = 60.0  # and for a hard rule broken
MOVE = 1000  # price of one moved lesson, in soft cost: fewest moves first, then the best timetable with so many


@dataclass(frozen=True)
class Repair:
    """The timetable after a repair. `moved` lists lessons at another time or in another room; `fewest` if that is proven
    among all timetables in which only lessons of the affected classes (and their teachers) move."""

    assignments: Assignments
    moved: tuple[str, ...]
    report: Report
    fewest: bool
    elapsed_s: float

    @property
    def valid(self) -> bool:
        return self.report.valid


def repair(instance: Instance, assignments: Assignments, *, seconds: float = 2, seed: int = 1) -> Repair | None:
    """The nearest timetable that keeps every hard rule; where none does, one that breaks few (see its report).

    Nobody is ever in two places, or there when absent. A local search that pays for every move finds a timetable at once;
    CP-SAT then looks for one with fewer moves in which only lessons of the classes the faults touch may move.
    """
    began = time.monotonic()
    arrays = compiled(instance)
    now = arrays.read(assignments)
    faulty = _at_fault(instance, arrays, assignments)
    if not faulty:
        return Repair(assignments, (), check(instance, assignments), True, time.monotonic() - began)
    near = _neighbours(arrays, faulty, teachers=False)
    wide = _neighbours(arrays, near, teachers=True)
    rough = _paid_moves(arrays, now, wide, seconds * 0.45, seed)
    answers = [rough] if rough.unplaced == 0 else []
    left = seconds - (time.monotonic() - began) - 0.1
    status, found = _attempt(arrays, near, now, rough if answers else None, max(0.2, left), seed)
    if found is not None:
        answers.append(found)
    if not answers:
        return None
    best = min(answers, key=lambda f: (f.hard, _count_moves(now, f), f.soft))
    after = arrays.write(best.start, best.room)
    proven = status == cp_model.OPTIMAL and best is found
    return Repair(after, moved(assignments, after), check(instance, after), proven, time.monotonic() - began)


def _count_moves(now: tuple[Ints, Ints], found: Found) -> int:
    return int(((found.start != now[0]) | (found.room != now[1])).sum())


def _paid_moves(arrays: Compiled, now: tuple[Ints, Ints], free: set[int], seconds: float, seed: int) -> Found:
    """Annealing in which a lesson pays for not being where it was, from the timetable as it is."""
    costs = arrays.problem.slot_soft.copy()
    weight = max(1.0, float(costs.max(initial=1)))
    for x in np.flatnonzero(now[0] >= 0):
        costs[x] += PAID_MOVE * weight
        costs[x, now[0][x]] -= PAID_MOVE * weight
    problem = arrays.problem._replace(slot_soft=costs)
    search = LocalSearch(replace(arrays, problem=problem), seed)
    search.weight, search.hard_weight = weight, PAID_RULE * weight
    search.movable = np.array(sorted(set(search.movable.tolist()) & free), np.int64)
    search.begin(*now)
    search.construct(200)
    search.cycle(clock(seconds), 1.5, lambda found: None, lambda: False)
    best = search.best()
    return priced(arrays, best.start, best.room)


def _attempt(
    arrays: Compiled, free: set[int], now: tuple[Ints, Ints], rough: Found | None, seconds: float, seed: int
) -> tuple[cp_model.CpSolverStatus, Found | None]:
    began = time.monotonic()
    soften = rough is None or not rough.valid
    model = TimetableModel(arrays, free=free, start=now[0], room=now[1], soften=soften)
    if model.impossible:
        return cp_model.UNKNOWN, None
    add_rules(model)
    _price_moves(model, *now)
    if rough is not None:
        model.hint(rough.start, rough.room)
    model.finish()
    left = seconds - (time.monotonic() - began)
    if left < 0.05:
        return cp_model.UNKNOWN, None
    solver = solver_with(PLAIN, left, seed)
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return status, None
    found = priced(arrays, *model.read(solver.boolean_value))
    return status, found if found.unplaced == 0 else None


def _at_fault(instance: Instance, arrays: Compiled, assignments: Assignments) -> set[int]:
    """Lessons that break a hard rule where they are, or belong to someone whose week does."""
    number = {key: x for x, key in enumerate(arrays.lesson_ids)}
    report = check(instance, assignments)
    faulty = {number[key] for v in report.violations if v.hard for key in v.lessons if key in number}
    broken_rules = {v.rule for v in report.violations if v.hard and not v.lessons}
    p = arrays.problem
    rules = {x for x, rule in enumerate(instance.rules) if rule.id in broken_rules}
    for r in range(int(p.size[4])):
        kinds = {arrays.week_rule[k] for k in range(int(p.week_at[r]), int(p.week_at[r + 1]))}
        if kinds & rules:
            faulty |= {x for x in range(len(number)) if r in p.uses[p.uses_at[x] : p.uses_at[x + 1]]}
    return faulty


def _neighbours(arrays: Compiled, lessons: set[int], *, teachers: bool) -> set[int]:
    """The lessons, and all others of the same classes (and of the same teachers)."""
    p = arrays.problem

    def shared(x: int) -> set[int]:
        part = p.uses[p.uses_at[x] : p.uses_at[x + 1]] if teachers else p.atoms[p.atoms_at[x] : p.atoms_at[x + 1]]
        return set(part.tolist())

    wanted = {r for x in lessons for r in shared(x)}
    near = {x for x in range(len(arrays.lesson_ids)) if wanted & shared(x)} | lessons
    return {y for x in near for y in (x, *p.links[p.links_at[x] : p.links_at[x + 1]].tolist())}


def _price_moves(model: TimetableModel, start: Ints, room: Ints) -> None:
    for x in model.free:
        stays = model.at[x].get(int(start[x]))
        if stays is None:
            continue
        model.price(-MOVE, stays)
        same_room = model.in_room.get(x, {}).get(int(start[x]), {}).get(int(room[x]))
        if same_room is not None and room[x] >= 0:
            model.price(-MOVE / 4, same_room)
