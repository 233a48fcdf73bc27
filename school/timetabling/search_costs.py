"""Compiled rule costs over the arrays of `arrays.Problem`: what one resource's week or one group of lessons costs now.

Numba cannot see Python types; arguments are `p` (Problem) and arrays. Each cost is (hard violations, soft cost).
The numbers of the rule kinds are their positions in `arrays.WEEKLY` and `arrays.GROUPED`.
"""

from __future__ import annotations

from typing import Any

from numba import njit, types
from numba.extending import intrinsic

# Cached on disk; releases the interpreter lock, so a search runs beside anything else in the process; and without numba's
# reference counts, which cost ten times the search itself when a tuple of arrays is handed from function to function.
# Nothing compiled here may allocate an array.
fast: Any = njit(cache=True, nogil=True, _nrt=False)  # pyright: ignore[reportCallIssue] - an option of numba's own


def _ones(typing_context: Any, x: Any) -> Any:
    """Set bits of a mask: the processor's own population count."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.ctpop(args[0])

    return types.int64(types.int64), generate


ones: Any = intrinsic(_ones)


@fast
def gaps_in(busy: Any, usable: Any) -> Any:
    """Usable free periods between the first and the last busy period."""
    if busy == 0:
        return 0
    low = busy & -busy
    span = busy
    span |= span >> 1
    span |= span >> 2
    span |= span >> 4
    span |= span >> 8
    span |= span >> 16
    span |= span >> 32
    return ones(span & ~(low - 1) & ~busy & usable)


@fast
def last_bit(busy: Any) -> Any:
    """The number of the highest bit; -1 for none."""
    n = -1
    while busy != 0:
        busy >>= 1
        n += 1
    return n


@fast
def span_of(busy: Any) -> Any:
    """Periods from the first busy one to the last."""
    return 0 if busy == 0 else last_bit(busy) - last_bit(busy & -busy) + 1


@fast
def short_rests(p: Any, mask: Any, r: Any, least: Any, circular: Any) -> Any:
    """Free periods missing between the end of a day and the beginning of the next one."""
    days, periods = p.size[0], p.size[1]
    v = 0
    for d in range(days if circular else days - 1):
        busy, following = mask[r, d], mask[r, (d + 1) % days]
        if busy != 0 and following != 0:
            rest = periods - 1 - last_bit(busy) + last_bit(following & -following)
            v += max(0, least - rest)
    return v


@fast
def over_in_a_row(busy: Any, most: Any) -> Any:
    """Sum over runs of busy periods of what exceeds `most`."""
    x = busy
    for _ in range(most):
        x &= x >> 1
        if x == 0:
            return 0
    return ones(x)


@fast
def late_days(p: Any, mask: Any, r: Any, allowed: Any) -> Any:
    late = 0
    later = 0
    for d in range(p.size[0]):
        busy = mask[r, d]
        if busy == 0:
            continue
        usable = p.usable[r, d]
        begins = busy & -busy
        first = usable & -usable
        rest = usable & ~first
        second = rest & -rest
        if usable != 0 and begins <= first:
            continue
        if rest != 0 and begins == second:
            late += 1
        else:
            later += 1
    return max(0, late - allowed) + later


@fast
def week_amount(p: Any, mask: Any, r: Any, k: Any) -> Any:
    """How far resource `r` is from keeping its weekly rule number `k`."""
    kind, a, b = p.week_kind[k], p.week_a[k], p.week_b[k]
    days = p.size[0]
    v = 0
    if kind == 0:
        for d in range(days):
            v += max(0, ones(mask[r, d]) - a)
    elif kind == 1:
        for d in range(days):
            v += over_in_a_row(mask[r, d], a)
    elif kind == 2:
        for d in range(days):
            v += mask[r, d] != 0
        v = max(0, v - a)
    elif kind == 3:
        for d in range(days):
            v += gaps_in(mask[r, d], p.usable[r, d])
        v = max(0, v - a)
    elif kind == 4:
        for d in range(days):
            v += max(0, gaps_in(mask[r, d], p.usable[r, d]) - a)
    elif kind == 5:
        for d in range(days):
            if mask[r, d] != 0 or b == 0:
                v += max(0, a - ones(mask[r, d]))
    elif kind == 6:
        for d in range(days):
            v += mask[r, d] != 0
        v = max(0, a - v)
    elif kind == 7:
        for d in range(days):
            v += (mask[r, d] & b) != 0
        v = max(0, v - a)
    elif kind == 8:
        v = late_days(p, mask, r, a)
    elif kind == 9:
        for d in range(days):
            v += max(0, span_of(mask[r, d]) - a)
        v = max(0, v - b)
    else:
        v = short_rests(p, mask, r, a, b)
    return v


@fast
def building_amount(p: Any, taken: Any, room: Any, r: Any, k: Any) -> Any:
    """How far resource `r` is from a rule about buildings: changes a day or a week, or free periods around a change."""
    kind, a = p.week_kind[k], p.week_a[k]
    total = 0
    v = 0
    for d in range(p.size[0]):
        changes = 0
        here = -1
        since = 0
        for q in range(d * p.size[1], (d + 1) * p.size[1]):
            x = taken[r, q]
            there = p.building[room[x]] if x >= 0 and room[x] >= 0 else -1
            if there < 0:
                since += 1
                continue
            if here >= 0 and there != here:
                changes += 1
                v += kind == 13 and since < a
            here = there
            since = 0
        total += changes
        if kind == 11:
            v += max(0, changes - a)
    return max(0, total - a) if kind == 12 else v


@fast
def week_cost(p: Any, s: Any, r: Any) -> Any:
    hard = 0
    soft = 0.0
    for k in range(p.week_at[r], p.week_at[r + 1]):
        v = week_amount(p, s.mask, r, k) if p.week_kind[k] < 11 else building_amount(p, s.taken, s.room, r, k)
        if p.week_hard[k]:
            hard += v
        else:
            soft += v * p.week_weight[k]
    return hard, soft


@fast
def blocked_only(p: Any, low: Any, high: Any) -> Any:
    for s in range(low, high):  # noqa: SIM110 - numba compiles loops, not generators
        if p.blocked[s] == 0:
            return False
    return True


@fast
def spread_amount(p: Any, start: Any, g: Any) -> Any:
    """min_days: (missing days over pairs, pairs on one day that must touch and do not)."""
    days, adjacent = p.group_a[g], p.group_b[g]
    v = 0
    loose = 0
    for i in range(p.first_at[g], p.first_at[g + 1]):
        x = p.first[i]
        if start[x] < 0:
            continue
        for j in range(p.first_at[g], i):
            y = p.first[j]
            if start[y] < 0:
                continue
            apart = abs(p.day_of[start[x]] - p.day_of[start[y]])
            if apart < days:
                v += days - apart
            if (
                apart == 0
                and adjacent
                and start[x] + p.duration[x] != start[y]
                and start[y] + p.duration[y] != start[x]
            ):
                loose += 1
    return v, loose


@fast
def same_amount(p: Any, start: Any, g: Any, kind: Any) -> Any:
    anchor = -1
    v = 0
    for i in range(p.first_at[g], p.first_at[g + 1]):
        s = start[p.first[i]]
        if s < 0:
            continue
        key = s if kind == 1 else (p.day_of[s] if kind == 2 else p.period_of[s])
        if anchor < 0:
            anchor = key
        elif key != anchor:
            v += 1
    return v


@fast
def overlap_amount(p: Any, start: Any, g: Any) -> Any:
    v = 0
    for i in range(p.first_at[g], p.first_at[g + 1]):
        x = p.first[i]
        for j in range(p.first_at[g], i):
            y = p.first[j]
            if start[x] >= 0 and start[y] >= 0:
                v += start[x] < start[y] + p.duration[y] and start[y] < start[x] + p.duration[x]
    return v


@fast
def stretch_amount(p: Any, start: Any, g: Any) -> Any:
    """grouped: 0 if the lessons follow one another on one day, apart from blocked slots."""
    low, high, placed = p.size[2], 0, 0
    for i in range(p.first_at[g], p.first_at[g + 1]):
        x = p.first[i]
        if start[x] >= 0:
            low = min(low, start[x])
            high = max(high, start[x] + p.duration[x])
            placed += 1
    if placed == 0:
        return 0
    if p.day_of[low] != p.day_of[high - 1]:
        return 1
    for s in range(low, high):
        n = 0
        for i in range(p.first_at[g], p.first_at[g + 1]):
            x = p.first[i]
            n += start[x] >= 0 and start[x] <= s and s < start[x] + p.duration[x]
        if n > 1 or (n == 0 and p.blocked[s] == 0):
            return 1
    return 0


@fast
def last_amount(p: Any, start: Any, mask: Any, g: Any) -> Any:
    x = p.first[p.first_at[g]]
    if start[x] < 0:
        return 0
    day = p.day_of[start[x]]
    end = p.period_of[start[x]] + p.duration[x]
    for k in range(p.atoms_at[x], p.atoms_at[x + 1]):
        if mask[p.atoms[k], day] >> end:
            return 1
    return 0


@fast
def order_amount(p: Any, start: Any, g: Any, kind: Any) -> Any:
    x, y = p.first[p.first_at[g]], p.second[p.second_at[g]]
    if start[x] < 0 or start[y] < 0:
        return 0
    end = start[x] + p.duration[x]
    if kind == 7:
        if p.day_of[start[x]] != p.day_of[start[y]]:
            return 1
        return 0 if start[y] >= end and blocked_only(p, end, start[y]) else 1
    if kind == 11 and p.day_of[start[x]] != p.day_of[start[y]]:
        return 0
    return 0 if start[y] >= end else 1


@fast
def apart_amount(p: Any, start: Any, g: Any) -> Any:
    gaps, in_order = p.group_a[g], p.group_b[g]
    v = 0
    for i in range(p.first_at[g], p.first_at[g + 1]):
        x = p.first[i]
        if start[x] < 0:
            continue
        for j in range(p.second_at[g], p.second_at[g + 1]):
            y = p.second[j]
            if y == x or start[y] < 0 or p.day_of[start[x]] != p.day_of[start[y]]:
                continue
            if start[y] >= start[x]:
                v += start[y] - start[x] - p.duration[x] < gaps
            elif not in_order:
                v += start[x] - start[y] - p.duration[y] < gaps
    return v


@fast
def far_amount(p: Any, start: Any, g: Any) -> Any:
    """max_days_apart: days too many, over pairs."""
    v = 0
    for i in range(p.first_at[g], p.first_at[g + 1]):
        x = p.first[i]
        for j in range(p.first_at[g], i):
            y = p.first[j]
            if start[x] >= 0 and start[y] >= 0:
                v += max(0, abs(p.day_of[start[x]] - p.day_of[start[y]]) - p.group_a[g])
    return v


@fast
def slots_amount(p: Any, start: Any, g: Any, kind: Any) -> Any:
    """slots_taken (12): chosen slots in use beyond the limit; at_once (13): lessons beyond it in each chosen slot."""
    v = 0
    for j in range(p.second_at[g], p.second_at[g + 1]):
        q = p.second[j]
        n = 0
        for i in range(p.first_at[g], p.first_at[g + 1]):
            x = p.first[i]
            n += start[x] >= 0 and start[x] <= q and q < start[x] + p.duration[x]
        v += n > 0 if kind == 12 else max(0, n - p.group_a[g])
    return max(0, v - p.group_a[g]) if kind == 12 else v


@fast
def moved_amount(p: Any, start: Any, room: Any, g: Any) -> Any:
    """same_room_if_consecutive: pairs that follow one another in different rooms."""
    v = 0
    for i in range(p.first_at[g], p.first_at[g + 1]):
        x = p.first[i]
        if start[x] < 0 or room[x] < 0:
            continue
        for j in range(p.first_at[g], p.first_at[g + 1]):
            y = p.first[j]
            if start[y] == start[x] + p.duration[x] and room[y] >= 0 and room[y] != room[x]:
                v += p.day_of[start[y]] == p.day_of[start[x]]
    return v


@fast
def rooms_amount(p: Any, start: Any, room: Any, g: Any) -> Any:
    """max_rooms: different rooms in use beyond the limit."""
    v = 0
    for i in range(p.first_at[g], p.first_at[g + 1]):
        m = room[p.first[i]]
        new = m >= 0
        for j in range(p.first_at[g], i):
            new = new and room[p.first[j]] != m
        v += new
    return max(0, v - p.group_a[g])


@fast
def group_cost(p: Any, s: Any, g: Any) -> Any:
    kind = p.group_kind[g]
    loose = 0
    if kind == 0:
        v, loose = spread_amount(p, s.start, g)
    elif kind <= 3:
        v = same_amount(p, s.start, g, kind)
    elif kind == 4:
        v = overlap_amount(p, s.start, g)
    elif kind == 5:
        v = stretch_amount(p, s.start, g)
    elif kind == 6:
        v = last_amount(p, s.start, s.mask, g)
    elif kind <= 8 or kind == 11:
        v = order_amount(p, s.start, g, kind)
    elif kind == 9:
        v = apart_amount(p, s.start, g)
    elif kind == 10:
        v = far_amount(p, s.start, g)
    elif kind <= 13:
        v = slots_amount(p, s.start, g, kind)
    elif kind == 14:
        v = moved_amount(p, s.start, s.room, g)
    else:
        v = rooms_amount(p, s.start, s.room, g)
    if p.group_hard[g]:
        return v + loose, 0.0
    return loose, v * p.group_weight[g]
