"""Kempe-chain moves with delta costs, accepted by simulated annealing.

A move shifts one lesson by some number of slots, and whatever is in its way by the same number back, and so on until nothing
is in the way. Lessons that must start together move together.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from school.timetabling.search_costs import fast, group_cost, week_cost
from school.timetabling.search_state import draw, keep_best, lift, own_cost, set_room, set_times, take_room

LONGEST_CHAIN = 60


@fast
def push(s: Any, n: Any, x: Any, sign: Any, stamp: Any) -> Any:
    s.seen[x] = stamp
    s.sign[x] = sign
    s.chain[n] = x
    return n + 1


@fast
def find_chain(p: Any, s: Any, first: Any, shift: Any, longest: Any) -> Any:
    """Collect in s.chain all that must move if `first` moves by `shift`; its length, or 0 if it cannot."""
    s.count[1] += 1
    stamp = s.count[1]
    n = push(s, 0, first, 1, stamp)
    i = 0
    while i < n:
        x = s.chain[i]
        i += 1
        at = s.start[x] + s.sign[x] * shift
        if at < 0 or at >= p.size[2] or p.ok[x, at] == 0 or n > longest:
            return 0
        for k in range(p.links_at[x], p.links_at[x + 1]):
            y = p.links[k]
            if s.seen[y] != stamp:
                n = push(s, n, y, s.sign[x], stamp)
            elif s.sign[y] != s.sign[x]:
                return 0
        for k in range(p.uses_at[x], p.uses_at[x + 1]):
            r = p.uses[k]
            for q in range(at, at + p.duration[x]):
                y = s.taken[r, q]
                if y >= 0 and s.seen[y] != stamp:
                    n = push(s, n, y, -s.sign[x], stamp)
        if p.room_needed[x]:
            n = clear_room(p, s, x, at, n, stamp)
            if n == 0:
                return 0
    return n


@fast
def clear_room(p: Any, s: Any, x: Any, at: Any, n: Any, stamp: Any) -> Any:
    """If every room `x` may use is taken at its new time, make the users of one of them move too."""
    first, end = p.rooms_at[x], p.rooms_at[x + 1]
    turn = draw(s, end - first) if end - first > 1 else 0
    victim = -1
    for i in range(end - first):
        m = p.rooms[first + (i + turn) % (end - first)]
        state = 0
        for q in range(at, at + p.duration[x]):
            if p.room_away[m, q]:
                state = 2
                break
            y = s.room_taken[m, q]
            if y >= 0 and s.seen[y] != stamp:
                state = 1
        if state == 0:
            return n
        if state == 1 and victim < 0:
            victim = m
    if victim < 0:
        return 0
    for q in range(at, at + p.duration[x]):
        y = s.room_taken[victim, q]
        if y >= 0 and s.seen[y] != stamp:
            n = push(s, n, y, -s.sign[x], stamp)
    return n


@fast
def touched(p: Any, s: Any, n: Any) -> Any:
    """List the resources and groups whose costs the lessons in the chain can change; counts of both."""
    stamp = s.count[1]
    nr = 0
    ng = 0
    for i in range(n):
        x = s.chain[i]
        for k in range(p.of_lesson_at[x], p.of_lesson_at[x + 1]):
            g = p.of_lesson[k]
            if s.seen_group[g] != stamp:
                s.seen_group[g] = stamp
                s.groups[ng] = g
                ng += 1
        for k in range(p.uses_at[x], p.uses_at[x + 1]):
            r = p.uses[k]
            if s.seen_resource[r] == stamp:
                continue
            s.seen_resource[r] = stamp
            if p.week_at[r + 1] > p.week_at[r]:
                s.resources[nr] = r
                nr += 1
            for j in range(p.of_resource_at[r], p.of_resource_at[r + 1]):
                g = p.of_resource[j]
                if s.seen_group[g] != stamp:
                    s.seen_group[g] = stamp
                    s.groups[ng] = g
                    ng += 1
    return nr, ng


@fast
def cached_cost(p: Any, s: Any, n: Any, nr: Any, ng: Any) -> Any:
    """(hard violations, the same by how long they have lasted, soft cost) of what the chain touches, as kept."""
    hard, pressed, soft = 0.0, 0.0, 0.0
    for i in range(nr):
        r = s.resources[i]
        hard += s.week_hard[r]
        pressed += s.week_hard[r] * s.week_stress[r]
        soft += s.week_soft[r]
    for i in range(ng):
        g = s.groups[i]
        hard += s.group_hard[g]
        pressed += s.group_hard[g] * s.group_stress[g]
        soft += s.group_soft[g]
    for i in range(n):
        h, c = own_cost(p, s, s.chain[i])
        hard += h
        pressed += h
        soft += c
    return hard, pressed, soft


@fast
def fresh_cost(p: Any, s: Any, n: Any, nr: Any, ng: Any) -> Any:
    """The same, counted anew."""
    hard, pressed, soft = 0.0, 0.0, 0.0
    for i in range(nr):
        h, c = week_cost(p, s, s.resources[i])
        s.new_week[i, 0], s.new_week[i, 1] = h, c
        hard += h
        pressed += h * s.week_stress[s.resources[i]]
        soft += c
    for i in range(ng):
        h, c = group_cost(p, s, s.groups[i])
        s.new_group[i, 0], s.new_group[i, 1] = h, c
        hard += h
        pressed += h * s.group_stress[s.groups[i]]
        soft += c
    for i in range(n):
        h, c = own_cost(p, s, s.chain[i])
        hard += h
        pressed += h
        soft += c
    return hard, pressed, soft


@fast
def commit(s: Any, nr: Any, ng: Any) -> Any:
    for i in range(nr):
        s.week_hard[s.resources[i]] = np.int64(s.new_week[i, 0])
        s.week_soft[s.resources[i]] = s.new_week[i, 1]
    for i in range(ng):
        s.group_hard[s.groups[i]] = np.int64(s.new_group[i, 0])
        s.group_soft[s.groups[i]] = s.new_group[i, 1]


@fast
def shift_chain(p: Any, s: Any, n: Any, shift: Any) -> Any:
    """Move the chain; false, with the old places back, if something still clashes or finds no room."""
    for i in range(n):
        x = s.chain[i]
        s.old_start[i], s.old_room[i] = s.start[x], s.room[x]
    for i in range(n):
        lift(p, s, s.chain[i])
    fits = True
    for i in range(n):
        x = s.chain[i]
        if not set_times(p, s, x, s.old_start[i] + s.sign[x] * shift):
            fits = False
            break
    if fits:
        for i in range(n):
            if not set_room(p, s, s.chain[i], s.old_room[i]):
                fits = False
                break
    if not fits:
        put_back(p, s, n)
    return fits


@fast
def put_back(p: Any, s: Any, n: Any) -> Any:
    for i in range(n):
        if s.start[s.chain[i]] >= 0:
            lift(p, s, s.chain[i])
    for i in range(n):
        if s.old_start[i] >= 0:
            set_times(p, s, s.chain[i], s.old_start[i])
            take_room(s, p, s.chain[i], s.old_room[i])


@fast
def kempe(p: Any, s: Any, x: Any, at: Any, hard_weight: Any, heat: Any) -> Any:
    """Try one Kempe move at temperature `heat`; true if it was made."""
    shift = at - s.start[x]
    n = find_chain(p, s, x, shift, LONGEST_CHAIN)
    if n == 0:
        return False
    nr, ng = touched(p, s, n)
    hard, pressed, soft = cached_cost(p, s, n, nr, ng)
    if not shift_chain(p, s, n, shift):
        return False
    new_hard, new_pressed, new_soft = fresh_cost(p, s, n, nr, ng)
    rise = new_soft - soft + hard_weight * (new_pressed - pressed)
    if rise > 0 and (heat <= 0 or draw(s, 1 << 30) / float(1 << 30) >= np.exp(-rise / heat)):
        put_back(p, s, n)
        return False
    commit(s, nr, ng)
    s.total[0] += new_hard - hard
    s.total[1] += new_soft - soft
    return True


@fast
def rehouse(p: Any, s: Any, x: Any, hard_weight: Any, heat: Any) -> Any:
    """Try another room for `x` at the time it has, changing rooms with the lesson that is there; true if it was made."""
    k = p.rooms_at[x] + draw(s, p.rooms_at[x + 1] - p.rooms_at[x])
    m, old = p.rooms[k], s.room[x]
    if m == old:
        return False
    y = -1
    for q in range(s.start[x], s.start[x] + p.duration[x]):
        z = s.room_taken[m, q]
        if p.room_away[m, q] or (y >= 0 and z != y):
            return False
        y = max(y, z)
    if y >= 0 and (old < 0 or s.start[y] != s.start[x] or p.duration[y] != p.duration[x] or not may_use(p, y, old)):
        return False
    s.count[1] += 1
    s.chain[0] = x
    n = 1
    if y >= 0:
        s.chain[1] = y
        n = 2
    nr, ng = touched(p, s, n)
    hard, pressed, soft = cached_cost(p, s, n, nr, ng)
    change_rooms(p, s, x, m, y, old)
    new_hard, new_pressed, new_soft = fresh_cost(p, s, n, nr, ng)
    rise = new_soft - soft + hard_weight * (new_pressed - pressed)
    if rise > 0 and (heat <= 0 or draw(s, 1 << 30) / float(1 << 30) >= np.exp(-rise / heat)):
        change_rooms(p, s, x, old, y, m)
        return False
    commit(s, nr, ng)
    s.total[0] += new_hard - hard
    s.total[1] += new_soft - soft
    return True


@fast
def may_use(p: Any, x: Any, m: Any) -> Any:
    for k in range(p.rooms_at[x], p.rooms_at[x + 1]):  # noqa: SIM110 - numba compiles loops, not generators
        if p.rooms[k] == m:
            return True
    return False


@fast
def change_rooms(p: Any, s: Any, x: Any, m: Any, y: Any, other: Any) -> Any:
    """Put `x` into room `m`, and `y`, if there is one, into room `other`."""
    for z in (x, y):
        if z >= 0 and s.room[z] >= 0:
            for q in range(s.start[z], s.start[z] + p.duration[z]):
                s.room_taken[s.room[z], q] = -1
    take_room(s, p, x, m)
    if y >= 0:
        take_room(s, p, y, other)


@fast
def look(p: Any, s: Any, movable: Any) -> Any:
    """List the movable lessons of which a hard rule is broken: half of the trials begin with one of them."""
    n = 0
    if s.total[0] > 0:
        for i in range(len(movable)):
            x = movable[i]
            broken = s.start[x] >= 0 and p.slot_hard[x, s.start[x]] > 0
            for k in range(p.uses_at[x], p.uses_at[x + 1]):
                broken = broken or s.week_hard[p.uses[k]] > 0
            for k in range(p.of_lesson_at[x], p.of_lesson_at[x + 1]):
                broken = broken or s.group_hard[p.of_lesson[k]] > 0
            if broken:
                s.focus[n] = x
                n += 1
    s.count[3] = n


@fast
def press(p: Any, s: Any, step: Any, kept: Any) -> Any:
    """Make what has stayed broken count `step` more; what is not broken keeps only `kept` of what it counted more."""
    for r in range(p.size[4]):
        more = s.week_stress[r] - 1.0
        s.week_stress[r] = 1.0 + (more + step if s.week_hard[r] > 0 else more * kept)
    for g in range(p.size[6]):
        more = s.group_stress[g] - 1.0
        s.group_stress[g] = 1.0 + (more + step if s.group_hard[g] > 0 else more * kept)


@fast
def keep_if_best(p: Any, s: Any) -> Any:
    b = s.best
    u, h = s.count[0], s.total[0]
    if u < b[0] or (u == b[0] and (h < b[1] or (h == b[1] and s.total[1] < b[2] - 1e-9))):
        keep_best(p, s)


@fast
def anneal(
    p: Any, s: Any, steps: Any, hot: Any, cold: Any, hard_weight: Any, movable: Any, stress: Any, kept: Any
) -> Any:
    """`steps` Kempe trials while the temperature falls from `hot` to `cold`; the best state seen is kept in s.best_*."""
    if len(movable) == 0:
        return
    cool = (cold / hot) ** (1.0 / max(1, steps // 256))
    heat = hot
    for i in range(steps):
        if i % 256 == 0:
            heat *= cool if i else 1.0
            if i % 1024 == 0:
                look(p, s, movable)
                if stress > 0:
                    press(p, s, stress, kept)
        x = movable[draw(s, len(movable))]
        if s.count[3] > 0 and draw(s, 2) == 0:
            x = s.focus[draw(s, s.count[3])]
        if s.start[x] < 0:
            continue
        if p.size[7] and p.rooms_at[x + 1] - p.rooms_at[x] > 1 and draw(s, 4) == 0:
            if rehouse(p, s, x, hard_weight, heat):
                keep_if_best(p, s)
            continue
        choices = p.starts_at[x + 1] - p.starts_at[x]
        at = p.starts[p.starts_at[x] + draw(s, choices)]
        if at == s.start[x] and p.rooms_at[x + 1] - p.rooms_at[x] < 2:
            continue
        if kempe(p, s, x, at, hard_weight, heat):
            keep_if_best(p, s)
    s.count[2] += steps
