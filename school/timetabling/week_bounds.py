"""A proven lower bound from whole weeks: every teacher's cheapest week, and every class's, bound to one another by prices.

Each teacher's week is solved exactly by dynamic programming over what matters to the wishes: how many periods on which day
(lessons of a course on days of their own, and apart where that is wished), and which periods of a day are busy. In every
period as many teachers must teach as classes have lessons. A price for each period (Lagrangian relaxation) brings that in:
at any prices the weeks added up are a bound, and cutting planes lead to the prices that give the best one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np
from ortools.linear_solver import pywraplp

from school.timetabling.arrays import GROUPED, WEEKLY, Compiled, Floats, Ints
from school.timetabling.search_costs import fast, gaps_in, ones, over_in_a_row

NEVER = 1e9
MOST_STATES, MOST_PERIODS, MOST_GAPS = 300_000, 10, 24
STEPS, REACH = 60, 0.3


@dataclass(frozen=True)
class TeacherWeek:
    """What one teacher's week may be: `cost` of each set of busy periods of a day, `vectors` of periods a day with `spread`."""

    cost: Floats  # (day, set of busy periods)
    gaps: Ints  # (day, set of busy periods)
    vectors: Ints
    spread: Floats
    free_gaps: int
    gap_weight: float


def teacher_weeks(compiled: Compiled) -> dict[str, TeacherWeek] | None:
    """By teacher, for those with lessons; none where days are too many or too long to go through."""
    days, periods = len(compiled.instance.days), len(compiled.instance.periods)
    if periods > MOST_PERIODS or (periods + 1) ** days > MOST_STATES:
        return None
    first = len({a for group in compiled.instance.classes for a in group.atom_ids()})
    lessons: dict[str, list[int]] = {}
    for x, lesson in enumerate(compiled.instance.lessons):
        if lesson.teachers:
            lessons.setdefault(lesson.teachers[0], []).append(x)
    shared = {t for lesson in compiled.instance.lessons for t in lesson.teachers[1:]}
    return {
        teacher.id: _week(compiled, first + n, lessons[teacher.id], whole=teacher.id not in shared)
        for n, teacher in enumerate(compiled.instance.teachers)
        if teacher.id in lessons
    }


def _week(compiled: Compiled, resource: int, own: list[int], *, whole: bool) -> TeacherWeek:
    """`whole`: all the teacher's lessons are among `own`; if not, the rules of the week say nothing about them alone."""
    p = compiled.problem
    days, periods = int(p.size[0]), int(p.size[1])
    cost = _day_costs(compiled, own)
    gaps = np.zeros((days, 1 << periods), np.int64)
    free_gaps, gap_weight = 0, 0.0
    for k in range(int(p.week_at[resource]), int(p.week_at[resource + 1])) if whole else ():
        kind, most, weight = WEEKLY[int(p.week_kind[k])], int(p.week_a[k]), float(p.week_weight[k])
        if kind == "max_gaps_week" and not p.week_hard[k] and not gap_weight:
            free_gaps, gap_weight = most, weight
        elif kind in ("max_per_day", "max_consecutive", "max_gaps_day"):
            for d in range(days):
                for mask in range(1 << periods):
                    over = _over(kind, mask, most, int(p.usable[resource, d]))
                    cost[d, mask] += over * weight if not p.week_hard[k] else NEVER * (over > 0)
    for d in range(days):
        for mask in range(1 << periods):
            gaps[d, mask] = min(MOST_GAPS - 1, _gaps(mask, int(p.usable[resource, d])))
    spread = _spread(compiled, own)
    vectors = np.argwhere(spread < NEVER)
    return TeacherWeek(cost, gaps, vectors, spread[tuple(vectors.T)], free_gaps, gap_weight)


@fast
def _gaps(mask: Any, usable: Any) -> Any:
    return gaps_in(mask, usable)


@fast
def _longer(mask: Any, most: Any) -> Any:
    return over_in_a_row(mask, most)


def _over(kind: str, mask: int, most: int, usable: int) -> int:
    if kind == "max_per_day":
        return max(0, mask.bit_count() - most)
    return _longer(mask, most) if kind == "max_consecutive" else max(0, _gaps(mask, usable) - most)


def _day_costs(compiled: Compiled, own: list[int]) -> Floats:
    """What being busy at these periods of a day costs at least by wishes for times; never, where no lesson may be."""
    p = compiled.problem
    days, periods = int(p.size[0]), int(p.size[1])
    least = np.full(days * periods, NEVER)
    for x in own:
        length = int(p.duration[x])
        for s in p.starts[p.starts_at[x] : p.starts_at[x + 1]].tolist():
            least[s : s + length] = np.minimum(least[s : s + length], p.slot_soft[x, s] / length)
    busy = np.array([[mask >> q & 1 for q in range(periods)] for mask in range(1 << periods)])
    return least.reshape(days, periods) @ busy.T


def _spread(compiled: Compiled, own: list[int]) -> Floats:
    """By periods taught on each day: what the wishes for days between the lessons of a course then cost at least."""
    p = compiled.problem
    days, periods = int(p.size[0]), int(p.size[1])
    state = np.full((periods + 1,) * days, NEVER)
    state[(0,) * days] = 0.0
    for course, wishes in _courses(compiled, own):
        following = np.full_like(state, NEVER)
        for lengths, price in _ways(compiled, course, wishes).items():
            to = tuple(slice(n, None) for n in lengths)
            from_ = tuple(slice(0, periods + 1 - n) for n in lengths)
            following[to] = np.minimum(following[to], state[from_] + price)
        state = following
    return state


def _courses(compiled: Compiled, own: list[int]) -> list[tuple[list[int], list[tuple[set[int], int, float]]]]:
    """Lessons that need days of their own, each with the wishes (lessons, days apart, weight) that lie inside; others alone."""
    p, mine, taken = compiled.problem, set(own), set[int]()
    groups: list[list[int]] = []
    wishes: list[tuple[set[int], int, float]] = []
    for g in range(int(p.size[6])):
        members = p.first[p.first_at[g] : p.first_at[g + 1]].tolist()
        if GROUPED[int(p.group_kind[g])] != "min_days" or not mine.issuperset(members):
            continue
        if not p.group_hard[g]:
            wishes.append((set(members), int(p.group_a[g]), float(p.group_weight[g])))
        elif int(p.group_a[g]) >= 1 and not p.group_b[g] and taken.isdisjoint(members):
            taken.update(members)
            groups.append(members)
    groups += [[x] for x in own if x not in taken]
    return [(course, [w for w in wishes if w[0] <= set(course)]) for course in groups]


def _ways(
    compiled: Compiled, course: list[int], wishes: list[tuple[set[int], int, float]]
) -> dict[tuple[int, ...], float]:
    """By periods on each day: the least that the wishes cost when the lessons are on different days like that."""
    p = compiled.problem
    days, periods = int(p.size[0]), int(p.size[1])
    open_on = [{int(s) // periods for s in p.starts[p.starts_at[x] : p.starts_at[x + 1]]} for x in course]
    ways: dict[tuple[int, ...], float] = {}
    for chosen in permutations(range(days), len(course)):
        if any(d not in possible for d, possible in zip(chosen, open_on, strict=True)):
            continue
        lengths, day_of = [0] * days, dict(zip(course, chosen, strict=True))
        for x, d in day_of.items():
            lengths[d] += int(p.duration[x])
        price = sum(
            weight * max(0, apart - abs(day_of[x] - day_of[y]))
            for members, apart, weight in wishes
            for x in members
            for y in members
            if x < y
        )
        ways[tuple(lengths)] = min(price, ways.get(tuple(lengths), NEVER))
    return ways


@fast
def cheapest_week(
    cost: Any,
    gaps: Any,
    vectors: Any,
    spread: Any,
    week: Any,
    price: Any,
    best: Any,
    chosen: Any,
    total: Any,
    busy: Any,
) -> Any:
    """The least that a week costs when being busy in a period earns its price; adds 1 to `busy` where that week is.

    `best` and `chosen` are (day, periods, gaps), `total` is (day + 1, gaps): room to work in. `week` is (free gaps, weight).
    """
    days, sets = cost.shape
    most = total.shape[1]
    best[:] = NEVER
    for d in range(days):
        for mask in range(sets):
            if cost[d, mask] < NEVER:
                value = cost[d, mask]
                for q in range(price.shape[1]):
                    if mask >> q & 1:
                        value -= price[d, q]
                n, g = ones(mask), gaps[d, mask]
                if value < best[d, n, g]:
                    best[d, n, g] = value
                    chosen[d, n, g] = mask
    least, which = NEVER, -1
    for v in range(len(vectors)):
        same = 0
        while v > 0 and same < days and vectors[v, same] == vectors[v - 1, same]:
            same += 1
        add_days(best, vectors, v, same if v > 0 else 0, total)
        for h in range(most):
            value = total[days, h] + spread[v] + week[1] * max(0.0, h - week[0])
            if value < least:
                least, which = value, v
    if which < 0:
        return NEVER
    add_days(best, vectors, which, 0, total)
    at = 0
    for h in range(most):
        if total[days, h] + week[1] * max(0.0, h - week[0]) < total[days, at] + week[1] * max(0.0, at - week[0]):
            at = h
    for d in range(days - 1, -1, -1):
        n = vectors[which, d]
        part, before = -1, -1
        for g in range(best.shape[2]):
            for h in range(most):
                leads = part < 0 and best[d, n, g] < NEVER and min(most - 1, h + g) == at
                if leads and abs(total[d, h] + best[d, n, g] - total[d + 1, at]) < 1e-9:
                    part, before = g, h
        mask = chosen[d, n, part]
        for q in range(price.shape[1]):
            busy[d, q] += mask >> q & 1
        at = before
    return least


@fast
def add_days(best: Any, vectors: Any, v: Any, first: Any, total: Any) -> Any:
    """The least cost by gaps so far after each day from `first` on, with the periods a day of vector `v`."""
    days, most = vectors.shape[1], total.shape[1]
    if first == 0:
        total[0, :] = NEVER
        total[0, 0] = 0.0
    for d in range(first, days):
        total[d + 1, :] = NEVER
        for g in range(best.shape[2]):
            part = best[d, vectors[v, d], g]
            if part < NEVER:
                for h in range(most):
                    if total[d, h] < NEVER:
                        to = min(most - 1, h + g)
                        total[d + 1, to] = min(total[d + 1, to], total[d, h] + part)


class ClassWeeks:
    """Which periods the classes fill at least cost at given prices: the first ones of each day where no gaps are allowed."""

    def __init__(self, compiled: Compiled) -> None:
        p = compiled.problem
        self.days, self.periods = int(p.size[0]), int(p.size[1])
        self.kinds: dict[tuple[int, bool, tuple[int, ...]], int] = {}
        for r in range(len(compiled.instance.classes)):
            rules = range(int(p.week_at[r]), int(p.week_at[r + 1]))
            strict = {WEEKLY[int(p.week_kind[k])] for k in rules if p.week_hard[k] and p.week_a[k] == 0}
            uses = [x for x in range(int(p.size[3])) if r in p.uses[p.uses_at[x] : p.uses_at[x + 1]]]
            load = int(p.duration[uses].sum())
            from_the_first = {"max_gaps_week", "early"} <= strict
            kind = (load, from_the_first, tuple(p.usable[r].tolist()))
            self.kinds[kind] = self.kinds.get(kind, 0) + 1

    def cheapest(self, price: Floats, filled: Floats) -> float:
        return sum(n * self._one(price, filled, n, *kind) for kind, n in self.kinds.items())

    def _one(
        self, price: Floats, filled: Floats, n: int, load: int, from_the_first: bool, usable: tuple[int, ...]
    ) -> float:
        open_at = [[q for q in range(self.periods) if usable[d] >> q & 1] for d in range(self.days)]
        if not from_the_first:
            slots = sorted((float(price[d, q]), d, q) for d in range(self.days) for q in open_at[d])[:load]
            for _, d, q in slots:
                filled[d, q] += n
            return sum(cost for cost, _, _ in slots)
        states: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
        for d in range(self.days):
            following: dict[int, tuple[float, tuple[int, ...]]] = {}
            for taught, (cost, path) in states.items():
                for length in range(len(open_at[d]) + 1):
                    if length:
                        cost += float(price[d, open_at[d][length - 1]])
                    if taught + length <= load and cost < following.get(taught + length, (NEVER, ()))[0]:
                        following[taught + length] = (cost, (*path, length))
            states = following
        if load not in states:
            return 0.0
        for d, length in enumerate(states[load][1]):
            filled[d, open_at[d][:length]] += n
        return states[load][0]


def weeks_bound(
    compiled: Compiled, *, steps: int = STEPS, stop: Callable[[], bool] = lambda: False
) -> tuple[float, dict[str, float]] | None:
    """The best bound found, and what each teacher's week costs by itself; None when stopped or not to be had."""
    weeks = teacher_weeks(compiled)
    if weeks is None or stop():
        return None
    p = compiled.problem
    days, periods = int(p.size[0]), int(p.size[1])
    room = np.zeros((days, periods + 1, periods)), np.zeros((days, periods + 1, periods), np.int64)
    total = np.zeros((days + 1, MOST_GAPS))

    def cheapest(week: TeacherWeek, price: Floats, busy: Floats) -> float:
        limits = np.array([week.free_gaps, week.gap_weight], float)
        return float(
            cheapest_week(week.cost, week.gaps, week.vectors, week.spread, limits, price, room[0], room[1], total, busy)
        )

    def values(price: Floats) -> tuple[list[float], list[Floats]]:
        """What each week costs at these prices, and by how much a higher price in a period changes that."""
        costs: list[float] = []
        slopes: list[Floats] = []
        for week in weeks.values():
            busy = np.zeros((days, periods))
            costs.append(cheapest(week, price, busy))
            slopes.append(-busy.ravel())
        if classes is not None:
            filled = np.zeros((days, periods))
            costs.append(classes.cheapest(price, filled))
            slopes.append(filled.ravel())
        return costs, slopes

    classes = ClassWeeks(compiled) if _one_of_each(compiled) else None
    price = np.zeros((days, periods))
    costs, slopes = values(price)
    alone = dict(zip(weeks, costs, strict=False))
    best, at = sum(costs), price
    if best >= NEVER:  # some week is impossible: that is for others to say
        return 0.0, {}
    if classes is None:
        return best, alone
    planes = Planes(len(costs), days * periods)
    for _ in range(steps):
        planes.add(price.ravel(), costs, slopes)
        if stop():
            break
        hoped, flat = planes.highest(at.ravel())
        if hoped < best + 1e-3:
            break
        price = flat.reshape(days, periods)
        costs, slopes = values(price)
        if sum(costs) > best:
            best, at = sum(costs), price
    return best, alone


class Planes:
    """The cost of each week is a concave function of the prices, below every plane that touches it: the highest point near."""

    def __init__(self, weeks: int, slots: int) -> None:
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        self.price = [self.solver.NumVar(-REACH, REACH, "") for _ in range(slots)]
        self.least = [self.solver.NumVar(-1e5, 1e5, "") for _ in range(weeks)]
        self.solver.Maximize(self.solver.Sum(self.least))

    def add(self, at: Floats, costs: list[float], slopes: list[Floats]) -> None:
        for least, cost, slope in zip(self.least, costs, slopes, strict=True):
            plane = self.solver.Constraint(-self.solver.infinity(), float(cost - slope @ at))
            plane.SetCoefficient(least, 1.0)
            for q in np.flatnonzero(slope):
                plane.SetCoefficient(self.price[int(q)], -float(slope[q]))

    def highest(self, around: Floats) -> tuple[float, Floats]:
        for variable, middle in zip(self.price, around, strict=True):
            variable.SetBounds(float(middle) - REACH, float(middle) + REACH)
        if self.solver.Solve() != pywraplp.Solver.OPTIMAL:
            return -NEVER, around
        return self.solver.Objective().Value(), np.array([v.solution_value() for v in self.price])


def _one_of_each(compiled: Compiled) -> bool:
    """Whether every lesson has one teacher and one class, so that in each period as many of the ones as of the others are busy."""
    whole = all(len(group.atom_ids()) == 1 for group in compiled.instance.classes)
    own = len({a for group in compiled.instance.classes for a in group.atom_ids()}) == len(compiled.instance.classes)
    return whole and own and all(len(x.teachers) == 1 and len(x.classes) == 1 for x in compiled.instance.lessons)
