"""The state of a compiled search, which never has a clash: placing, lifting, rooms, and the costs kept with it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from school.timetabling.arrays import Compiled, Ints
from school.timetabling.search_costs import fast, group_cost, week_cost


class State(NamedTuple):
    """Everything a search changes. `total` is (hard, soft), `count` (unplaced lessons, stamp, iterations, focused)."""

    start: Any
    room: Any
    taken: Any  # (resource, slot) -> lesson or -1
    room_taken: Any
    mask: Any  # (resource, day) -> bits of busy periods
    week_hard: Any
    week_soft: Any
    group_hard: Any
    group_soft: Any
    ejected: Any  # how often each lesson was thrown out
    total: Any
    count: Any
    random: Any
    chain: Any
    sign: Any
    seen: Any
    seen_resource: Any
    seen_group: Any
    old_start: Any
    old_room: Any
    resources: Any
    groups: Any
    week_stress: (
        Any  # by how much more a broken hard rule of a resource, or of a group, counts the longer it stays broken
    )
    group_stress: Any
    new_week: Any
    new_group: Any
    focus: Any  # lessons near a broken hard rule; count[3] of them are listed
    best_start: Any
    best_room: Any
    best: Any  # (unplaced, hard, soft)


def empty_state(compiled: Compiled, seed: int) -> State:
    days, _, slots, lessons, resources, rooms, groups = (int(n) for n in compiled.problem.size[:7])

    def ints(*shape: int, fill: int = 0) -> Ints:
        return np.full(shape, fill, np.int64)

    return State(
        start=ints(lessons, fill=-1),
        room=ints(lessons, fill=-1),
        taken=ints(resources, slots, fill=-1),
        room_taken=ints(rooms, slots, fill=-1),
        mask=ints(resources, days),
        week_hard=ints(resources),
        week_soft=np.zeros(resources),
        group_hard=ints(groups),
        group_soft=np.zeros(groups),
        ejected=ints(lessons, fill=1),
        total=np.zeros(2),
        count=ints(4),
        random=np.array([(seed * 0x9E3779B97F4A7C15 + 0x1234567) % 2**64 or 1], np.uint64),
        chain=ints(lessons),
        sign=ints(lessons),
        seen=ints(lessons),
        seen_resource=ints(resources),
        seen_group=ints(groups),
        old_start=ints(lessons),
        old_room=ints(lessons),
        resources=ints(resources),
        groups=ints(groups),
        week_stress=np.ones(resources),
        group_stress=np.ones(groups),
        new_week=np.zeros((resources, 2)),
        new_group=np.zeros((groups, 2)),
        focus=ints(lessons),
        best_start=ints(lessons, fill=-1),
        best_room=ints(lessons, fill=-1),
        best=np.array([1e9, 1e9, 1e18]),
    )


@fast
def draw(s: Any, n: Any) -> Any:
    """A number in 0..n-1 (xorshift)."""
    x = s.random[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    s.random[0] = x
    return np.int64((x >> np.uint64(11)) % np.uint64(n))


@fast
def set_times(p: Any, s: Any, x: Any, at: Any) -> Any:
    """Occupy; false (and nothing changed) if anything is in the way."""
    end = at + p.duration[x]
    for k in range(p.uses_at[x], p.uses_at[x + 1]):
        r = p.uses[k]
        for q in range(at, end):
            if s.taken[r, q] >= 0:
                return False
    bits = ((1 << p.duration[x]) - 1) << p.period_of[at]
    day = p.day_of[at]
    for k in range(p.uses_at[x], p.uses_at[x + 1]):
        r = p.uses[k]
        for q in range(at, end):
            s.taken[r, q] = x
        s.mask[r, day] |= bits
    s.start[x] = at
    return True


@fast
def free_room(p: Any, s: Any, x: Any, k: Any) -> Any:
    m = p.rooms[k]
    at = s.start[x]
    for q in range(at, at + p.duration[x]):  # noqa: SIM110 - numba compiles loops, not generators
        if s.room_taken[m, q] >= 0 or p.room_away[m, q]:
            return False
    return True


@fast
def take_room(s: Any, p: Any, x: Any, m: Any) -> Any:
    s.room[x] = m
    if m >= 0:
        for q in range(s.start[x], s.start[x] + p.duration[x]):
            s.room_taken[m, q] = x


@fast
def set_room(p: Any, s: Any, x: Any, wish: Any) -> Any:
    """Give a placed lesson the wished room, or the cheapest free one; false if it needs one and none is free."""
    best = -1
    cost = 1e18
    if p.room_needed[x] == 0:
        cost = 1000.0 * p.roomless_hard[x] + p.roomless_soft[x]
    first, end = p.rooms_at[x], p.rooms_at[x + 1]
    turn = draw(s, end - first) if end - first > 1 else 0
    for i in range(end - first):
        k = first + (i + turn) % (end - first)
        c = 1000.0 * p.room_hard[k] + p.room_soft[k] - (1e-3 if p.rooms[k] == wish else 0.0)
        if c < cost and free_room(p, s, x, k):
            best, cost = p.rooms[k], c
    if best < 0 and p.room_needed[x]:
        return False
    take_room(s, p, x, best)
    return True


@fast
def lift(p: Any, s: Any, x: Any) -> Any:
    """Take a placed lesson out of its times and room."""
    at = s.start[x]
    end = at + p.duration[x]
    bits = ((1 << p.duration[x]) - 1) << p.period_of[at]
    day = p.day_of[at]
    for k in range(p.uses_at[x], p.uses_at[x + 1]):
        r = p.uses[k]
        for q in range(at, end):
            s.taken[r, q] = -1
        s.mask[r, day] &= ~bits
    if s.room[x] >= 0:
        for q in range(at, end):
            s.room_taken[s.room[x], q] = -1
    s.start[x] = -1
    s.room[x] = -1


@fast
def own_cost(p: Any, s: Any, x: Any) -> Any:
    """Costs of a lesson's own time and room."""
    if s.start[x] < 0:
        return 0, 0.0
    hard = p.slot_hard[x, s.start[x]]
    soft = p.slot_soft[x, s.start[x]]
    if s.room[x] < 0:
        return hard + p.roomless_hard[x], soft + p.roomless_soft[x]
    for k in range(p.rooms_at[x], p.rooms_at[x + 1]):
        if p.rooms[k] == s.room[x]:
            return hard + p.room_hard[k], soft + p.room_soft[k]
    return hard, soft


@fast
def recount(p: Any, s: Any) -> Any:
    """Compute every cached cost anew."""
    hard, soft = 0.0, 0.0
    unplaced = 0
    for r in range(p.size[4]):
        s.week_hard[r], s.week_soft[r] = week_cost(p, s, r)
        hard += s.week_hard[r]
        soft += s.week_soft[r]
    for g in range(p.size[6]):
        s.group_hard[g], s.group_soft[g] = group_cost(p, s, g)
        hard += s.group_hard[g]
        soft += s.group_soft[g]
    for x in range(p.size[3]):
        h, c = own_cost(p, s, x)
        hard += h
        soft += c
        unplaced += s.start[x] < 0
    s.total[0], s.total[1] = hard, soft
    s.count[0] = unplaced


@fast
def restore(p: Any, s: Any, start: Any, room: Any) -> Any:
    """Set the state to the given starts and rooms; what would clash there stays unplaced."""
    for x in range(p.size[3]):
        if s.start[x] >= 0:
            lift(p, s, x)
    for x in range(p.size[3]):
        if start[x] < 0 or s.start[x] >= 0:
            continue
        placed = p.ok[x, start[x]] != 0 and set_times(p, s, x, start[x])
        if placed and not set_room(p, s, x, room[x]):
            lift(p, s, x)
    for x in range(p.size[3]):
        for k in range(p.links_at[x], p.links_at[x + 1]):
            if s.start[x] >= 0 and s.start[p.links[k]] != s.start[x]:
                lift(p, s, x)
    for x in range(p.size[3]):
        for k in range(p.links_at[x], p.links_at[x + 1]):
            if s.start[x] >= 0 and s.start[p.links[k]] < 0:
                lift(p, s, x)
    recount(p, s)
    keep_best(p, s)


@fast
def keep_best(p: Any, s: Any) -> Any:
    u, h, c = float(s.count[0]), s.total[0], s.total[1]
    b = s.best
    if u < b[0] or (u == b[0] and (h < b[1] or (h == b[1] and c < b[2] - 1e-9))):
        b[0], b[1], b[2] = u, h, c
        for x in range(p.size[3]):
            s.best_start[x], s.best_room[x] = s.start[x], s.room[x]
