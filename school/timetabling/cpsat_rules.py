"""Every rule of an instance as CP-SAT constraints and costs, exactly as the checker counts them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations
from typing import NamedTuple

from school.timetabling.arrays import GROUPED, WEEKLY
from school.timetabling.cpsat_model import Literal, TimetableModel


class Bendable(NamedTuple):
    """The weekly rules and groups, by number, that may be broken at a price while all others must hold."""

    weekly: frozenset[int]
    groups: frozenset[int]


def add_rules(m: TimetableModel, bendable: Bendable | None = None) -> None:
    """Add what the free lessons can influence; the rest is a constant and left out."""
    p, soften = m.p, m.soften
    touched = {int(r) for x in m.free for r in p.uses[p.uses_at[x] : p.uses_at[x + 1]]}
    for r in sorted(touched):
        for k in range(int(p.week_at[r]), int(p.week_at[r + 1])):
            m.soften = soften or (bendable is not None and k in bendable.weekly)
            with m.guarding(f"rule:{m.compiled.week_rule[k]}"):
                _weekly(m, r, k)
    for g in range(int(p.size[6])):
        members = [*p.first[p.first_at[g] : p.first_at[g + 1]]]
        if GROUPED[int(p.group_kind[g])] not in ("slots_taken", "at_once"):
            members += [*p.second[p.second_at[g] : p.second_at[g + 1]]]
        near = any(int(x) in m.free for x in members)
        if not near and GROUPED[int(p.group_kind[g])] == "ends_class_day":
            x = int(members[0])
            near = any(int(r) in touched for r in p.atoms[p.atoms_at[x] : p.atoms_at[x + 1]])
        if near:
            m.soften = soften or (bendable is not None and g in bendable.groups)
            with m.guarding(f"rule:{m.compiled.group_rule[g]}"):
                _GROUP_RULES[GROUPED[int(p.group_kind[g])]](m, g)
    m.soften = soften


def _weekly(m: TimetableModel, r: int, k: int) -> None:
    p = m.p
    kind, a, b = WEEKLY[int(p.week_kind[k])], int(p.week_a[k]), int(p.week_b[k])
    hard, weight = bool(p.week_hard[k]), float(p.week_weight[k])
    if not hard and not m.price_soft:
        return
    days = range(m.days)
    if kind == "max_per_day":
        for d in days:
            m.over(sum(m.busy(r, q) for q in m.day_slots(d)), a, hard, weight, m.periods - a)
    elif kind == "max_consecutive":
        for d in days:
            slots = m.day_slots(d)
            for first in range(slots.start, slots.stop - a):
                window = [m.busy(r, q) for q in range(first, first + a + 1)]
                m.over(sum(window), a, hard, weight, 1)
    elif kind in ("max_days", "interval"):
        bits = (1 << m.periods) - 1 if kind == "max_days" else b
        used = [m.any_of([m.busy(r, q) for i, q in enumerate(m.day_slots(d)) if bits >> i & 1]) for d in days]
        m.over(sum(used), a, hard, weight, m.days - a)
    elif kind == "min_days":
        m.over(a - sum(m.works(r, d) for d in days), 0, hard, weight, a)
    elif kind == "min_per_day":
        for d in days:
            wanted = a * m.works(r, d) if b else a
            m.over(wanted - sum(m.busy(r, q) for q in m.day_slots(d)), 0, hard, weight, a)
    elif kind == "max_gaps_week":
        gaps = [g for d in days for g in _gaps(m, r, d)]
        m.over(sum(gaps), a, hard, weight, max(1, len(gaps) - a))
    elif kind == "max_gaps_day":
        for d in days:
            gaps = _gaps(m, r, d)
            m.over(sum(gaps), a, hard, weight, max(1, len(gaps) - a))
    elif kind == "early":
        _early(m, r, a, hard, weight)
    elif kind == "max_span_day":
        _span(m, r, a, b, hard, weight)
    elif kind == "min_rest":
        _rest(m, r, a, bool(b), hard, weight)
    elif m.rooms_modelled:
        _buildings(m, r, kind, a, hard, weight)


def _span(m: TimetableModel, r: int, most: int, spare: int, hard: bool, weight: float) -> None:
    over: list[Literal] = []
    for d in range(m.days):
        busy = [m.busy(r, q) for q in m.day_slots(d)]
        before, after = _spread(m, busy), _spread(m, busy[::-1])[::-1]
        inside: list[Literal] = []
        for first, last in zip(before, after, strict=True):
            within = m.model.new_bool_var("")
            m.model.add(within >= first + last - 1)
            inside.append(within)
        excess = m.model.new_int_var(0, m.periods, "")
        m.model.add(excess >= sum(inside) - most)
        over.append(excess)
    m.over(sum(over), spare, hard, weight, m.days * m.periods)


def _rest(m: TimetableModel, r: int, least: int, circular: bool, hard: bool, weight: float) -> None:
    for d in range(m.days if circular else m.days - 1):
        missing = m.model.new_int_var(0, least, "")
        for p in range(m.periods):
            for q in range(m.periods):
                short = least - (m.periods - 1 - p + q)
                if short > 0:
                    evening, morning = m.busy(r, d * m.periods + p), m.busy(r, (d + 1) % m.days * m.periods + q)
                    m.model.add(missing >= short * (evening + morning - 1))
        m.over(missing, 0, hard, weight, least)


def _buildings(m: TimetableModel, r: int, kind: str, number: int, hard: bool, weight: float) -> None:
    """Changes of building: `last` is the building last seen, carried over periods without one."""
    changes: list[Literal] = []
    for d in range(m.days):
        here = m.building_literals(r, d)
        somewhere = [sum(row.values()) for row in here]
        buildings = sorted({b for row in here for b in row})
        if len(buildings) < 2:
            continue
        today: list[Literal] = []
        if kind == "min_building_gaps":
            for q in range(m.periods):
                for p in range(max(0, q - number), q):
                    for b, now in here[q].items():
                        others = [v for c, v in here[p].items() if c != b]
                        if not others:
                            continue
                        close = m.model.new_bool_var("")
                        m.add(close >= now + sum(others) - 1 - sum(somewhere[p + 1 : q]))
                        m.over(close, 0, hard, weight, 1)
            continue
        last: dict[int, Literal] = dict.fromkeys(buildings, 0)
        for row, any_here in zip(here, somewhere, strict=True):
            change = m.model.new_bool_var("")
            carried: dict[int, Literal] = {}
            for b in buildings:
                others = sum(v for c, v in last.items() if c != b)
                m.model.add(change >= row.get(b, 0) + others - 1)
                carried[b] = m.model.new_bool_var("")
                m.model.add(carried[b] >= row.get(b, 0))
                m.model.add(carried[b] >= last[b] - any_here)
                m.model.add(carried[b] <= last[b] + row.get(b, 0))
                m.model.add(carried[b] <= 1 - any_here + row.get(b, 0))
            last = carried
            today.append(change)
        if kind == "max_building_changes_day":
            m.over(sum(today), number, hard, weight, m.periods)
        changes += today
    if kind == "max_building_changes_week" and changes:
        m.over(sum(changes), number, hard, weight, len(changes))


def _gaps(m: TimetableModel, r: int, day: int) -> list[Literal]:
    """A literal per usable slot of the day that is at least "free, with lessons before and after"."""
    slots = list(m.day_slots(day))
    busy = [m.busy(r, q) for q in slots]
    before = _spread(m, busy)
    after = _spread(m, busy[::-1])[::-1]
    usable = int(m.p.usable[r, day])
    gaps: list[Literal] = []
    for i in range(1, len(slots) - 1):
        if usable >> i & 1 and not (isinstance(busy[i], int) and busy[i]):
            gap = m.model.new_bool_var("")
            m.model.add(gap >= before[i - 1] + after[i + 1] - 1 - busy[i])
            gaps.append(gap)
    return gaps


def _spread(m: TimetableModel, busy: list[Literal]) -> list[Literal]:
    """Running "any so far"."""
    so_far: list[Literal] = []
    for literal in busy:
        so_far.append(m.any_of([so_far[-1], literal]) if so_far else literal)
    return so_far


def _early(m: TimetableModel, r: int, allowed: int, hard: bool, weight: float) -> None:
    late_or_later: list[Literal] = []
    later: list[Literal] = []
    for d in range(m.days):
        usable = [i for i in range(m.periods) if int(m.p.usable[r, d]) >> i & 1]
        slots = m.day_slots(d)
        busy = [m.busy(r, q) for q in slots]
        first = usable[0] if usable else -1
        second = usable[1] if len(usable) > 1 else -1
        works = m.works(r, d)
        not_first, neither = m.model.new_bool_var(""), m.model.new_bool_var("")
        m.model.add(not_first >= works - m.any_of(busy[: first + 1]))
        if second >= 0:
            m.model.add(neither >= works - m.any_of(busy[: second + 1]))
        else:
            m.model.add(neither >= not_first)
        late_or_later.append(not_first)
        later.append(neither)
    m.over(sum(later), 0, hard, weight, m.days)
    late = sum(late_or_later) - sum(later)
    m.over(late, allowed, hard, weight, max(1, m.days - allowed))


def _members(m: TimetableModel, g: int) -> list[int]:
    return [x for x in map(int, m.p.first[m.p.first_at[g] : m.p.first_at[g + 1]]) if m.at[x]]


def _seconds(m: TimetableModel, g: int) -> list[int]:
    return [x for x in map(int, m.p.second[m.p.second_at[g] : m.p.second_at[g + 1]]) if m.at[x]]


def _terms(m: TimetableModel, g: int) -> tuple[bool, float]:
    return bool(m.p.group_hard[g]), float(m.p.group_weight[g])


def _min_days(m: TimetableModel, g: int) -> None:
    hard, weight = _terms(m, g)
    wanted, adjacent = int(m.p.group_a[g]), bool(m.p.group_b[g])
    xs = _members(m, g)
    if hard and not m.soften and not adjacent:
        for d in range(max(1, m.days - wanted + 1)):
            m.add(sum(m.on_day(x, e) for x in xs for e in range(d, min(m.days, d + wanted))) <= 1)
        return
    for x, y in combinations(xs, 2):
        if x not in m.free and y not in m.free:
            continue
        for d in range(m.days):
            for e in range(max(0, d - wanted + 1), min(m.days, d + wanted)):
                missing = wanted - abs(d - e)
                m.over(m.on_day(x, d) + m.on_day(y, e), 1, hard, weight * missing, 1)
        if adjacent:
            _touching(m, x, y)


def _touching(m: TimetableModel, x: int, y: int) -> None:
    """On one day the two must follow each other: always hard."""
    for s, literal in m.at[x].items():
        d = s // m.periods
        beside = {s + int(m.p.duration[x]), s - int(m.p.duration[y])}
        loose = [other for t, other in m.at[y].items() if t // m.periods == d and t not in beside]
        if loose:
            m.over(literal + sum(loose), 1, True, 1, 1)


def _same(m: TimetableModel, g: int, key: Callable[[int], int]) -> None:
    hard, weight = _terms(m, g)
    xs = _members(m, g)
    for y in xs[1:]:
        broken = m.violation(hard, weight)
        if broken is None:
            return
        for value in {key(s) for s in m.at[xs[0]]}:
            first = sum(v for s, v in m.at[xs[0]].items() if key(s) == value)
            other = sum(v for s, v in m.at[y].items() if key(s) == value)
            m.add(first - other <= broken)


def _not_overlap(m: TimetableModel, g: int) -> None:
    hard, weight = _terms(m, g)
    for x, y in combinations(_members(m, g), 2):
        broken = m.violation(hard, weight)
        if broken is None:
            return
        for q in range(m.slots):
            over_x = [v for s, v in m.at[x].items() if s <= q < s + int(m.p.duration[x])]
            over_y = [v for s, v in m.at[y].items() if s <= q < s + int(m.p.duration[y])]
            if over_x and over_y:
                m.add(sum(over_x) + sum(over_y) <= 1 + broken)


def _grouped(m: TimetableModel, g: int) -> None:
    hard, weight = _terms(m, g)
    xs = _members(m, g)
    if len(xs) < 2:
        return
    broken = m.violation(hard, weight)
    if broken is None:
        return
    length = sum(int(m.p.duration[x]) for x in xs)
    windows: list[Literal] = []
    for first in range(m.slots):
        window = _window(m, first, length)
        if not window:
            continue
        here = m.model.new_bool_var("")
        windows.append(here)
        for x in xs:
            inside = [v for s, v in m.at[x].items() if window.issuperset(range(s, s + int(m.p.duration[x])))]
            m.model.add(sum(inside) >= here)
        for q in window:
            over = [v for x in xs for s, v in m.at[x].items() if s <= q < s + int(m.p.duration[x])]
            if len(over) > 1:
                m.model.add(sum(over) <= 1 + (len(xs) - 1) * (1 - here))
    m.add(sum(windows) + broken >= 1)


def _window(m: TimetableModel, first: int, length: int) -> set[int]:
    """`length` slots of one day from `first` on, stepping over blocked ones; empty if there are too few."""
    if m.p.blocked[first]:
        return set()
    slots = [q for q in range(first, (first // m.periods + 1) * m.periods) if not m.p.blocked[q]]
    return set(slots[:length]) if len(slots) >= length else set()


def _ends_class_day(m: TimetableModel, g: int) -> None:
    hard, weight = _terms(m, g)
    xs = _members(m, g)
    if not xs:
        return
    broken = m.violation(hard, weight)
    if broken is None:
        return
    x = xs[0]
    for s, literal in m.at[x].items():
        after = range(s + int(m.p.duration[x]), (s // m.periods + 1) * m.periods)
        for r in m.p.atoms[m.p.atoms_at[x] : m.p.atoms_at[x + 1]]:
            for q in after:
                if not (isinstance(m.busy(int(r), q), int) and m.busy(int(r), q) == 0):
                    m.add(literal + m.busy(int(r), q) <= 1 + broken)


def _in_order(m: TimetableModel, g: int) -> None:
    hard, weight = _terms(m, g)
    firsts, seconds = _members(m, g), _seconds(m, g)
    if not firsts or not seconds:
        return
    broken = m.violation(hard, weight)
    if broken is None:
        return
    x, y = firsts[0], seconds[0]
    kind = GROUPED[int(m.p.group_kind[g])]
    directly = kind == "consecutive"
    for s, literal in m.at[x].items():
        end = s + int(m.p.duration[x])
        good = [
            v
            for t, v in m.at[y].items()
            if (t >= end and (not directly or _adjoins(m, s, end, t)))
            or (kind == "ordered_same_day" and t // m.periods != s // m.periods)
        ]
        m.add(literal <= sum(good) + broken)


def _adjoins(m: TimetableModel, s: int, end: int, t: int) -> bool:
    return s // m.periods == t // m.periods and all(m.p.blocked[q] for q in range(end, t))


def _apart(m: TimetableModel, g: int) -> None:
    hard, weight = _terms(m, g)
    gaps, in_order = int(m.p.group_a[g]), bool(m.p.group_b[g])
    for x in _members(m, g):
        for y in _seconds(m, g):
            if x == y or (x not in m.free and y not in m.free):
                continue
            broken = m.violation(hard, weight)
            if broken is None:
                return
            for s, literal in m.at[x].items():
                near = [v for t, v in m.at[y].items() if _too_near(m, x, s, y, t, gaps, in_order)]
                if near:
                    m.add(literal + sum(near) <= 1 + broken)


def _too_near(m: TimetableModel, x: int, s: int, y: int, t: int, gaps: int, in_order: bool) -> bool:
    if s // m.periods != t // m.periods:
        return False
    if t >= s:
        return t - s - int(m.p.duration[x]) < gaps
    return not in_order and s - t - int(m.p.duration[y]) < gaps


def _max_days(m: TimetableModel, g: int) -> None:
    hard, weight = _terms(m, g)
    most = int(m.p.group_a[g])
    for x, y in combinations(_members(m, g), 2):
        if x not in m.free and y not in m.free:
            continue
        for d in range(m.days):
            for e in range(m.days):
                if (excess := abs(d - e) - most) > 0:
                    m.over(m.on_day(x, d) + m.on_day(y, e), 1, hard, weight * excess, 1)


def _slot_limit(m: TimetableModel, g: int) -> None:
    hard, weight = _terms(m, g)
    most, xs = int(m.p.group_a[g]), _members(m, g)
    used: list[Literal] = []
    for q in map(int, m.p.second[m.p.second_at[g] : m.p.second_at[g + 1]]):
        over = [v for x in xs for s, v in m.at[x].items() if s <= q < s + int(m.p.duration[x])]
        if GROUPED[int(m.p.group_kind[g])] == "at_once":
            if len(over) > most:
                m.over(sum(over), most, hard, weight, len(over))
        else:
            used.append(m.any_of(over))
    if len(used) > most:
        m.over(sum(used), most, hard, weight, len(used))


MOST_ROOM_PAIRS = 200_000


def _same_room(m: TimetableModel, g: int) -> None:
    """Where one lesson ends and another of the group begins, no room is used by the one and not by the other."""
    if not m.rooms_modelled:
        return
    hard, weight = _terms(m, g)
    xs = _members(m, g)
    ways = {x: _by_start(m, x) for x in xs}
    if sum(len(w) for w in ways.values()) * len(xs) * 4 > MOST_ROOM_PAIRS:
        m.rooms_modelled = False
        return
    for x, y in permutations(xs, 2):
        broken: Literal | None = None
        for s, rooms in ways[x].items():
            t = s + int(m.p.duration[x])
            if t // m.periods != s // m.periods or t not in ways[y] or (x not in m.free and y not in m.free):
                continue
            if broken is None and (broken := m.violation(hard, weight)) is None:
                return
            others = ways[y][t]
            for room, literal in rooms.items():
                elsewhere = sum(v for other, v in others.items() if other != room)
                m.add(literal + elsewhere <= 1 + broken)


def _by_start(m: TimetableModel, x: int) -> dict[int, dict[int, Literal]]:
    ways: dict[int, dict[int, Literal]] = {}
    for s, room, literal in m.housed(x):
        ways.setdefault(s, {})[room] = literal
    return ways


def _max_rooms(m: TimetableModel, g: int) -> None:
    if not m.rooms_modelled:
        return
    hard, weight = _terms(m, g)
    by_room: dict[int, list[Literal]] = {}
    for x in _members(m, g):
        for _, room, literal in m.housed(x):
            by_room.setdefault(room, []).append(literal)
    most = int(m.p.group_a[g])
    if len(by_room) > most:
        m.over(sum(m.any_of(v) for v in by_room.values()), most, hard, weight, len(by_room))


_GROUP_RULES: dict[str, Callable[[TimetableModel, int], None]] = {
    "min_days": _min_days,
    "same_start": lambda m, g: _same(m, g, lambda s: s),
    "same_day": lambda m, g: _same(m, g, lambda s: s // m.periods),
    "same_hour": lambda m, g: _same(m, g, lambda s: s % m.periods),
    "not_overlap": _not_overlap,
    "grouped": _grouped,
    "ends_class_day": _ends_class_day,
    "consecutive": _in_order,
    "ordered": _in_order,
    "apart": _apart,
    "max_days_apart": _max_days,
    "ordered_same_day": _in_order,
    "slots_taken": _slot_limit,
    "at_once": _slot_limit,
    "same_room_if_consecutive": _same_room,
    "max_rooms": _max_rooms,
}
