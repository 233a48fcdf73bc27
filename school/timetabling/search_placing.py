"""First timetables: place the hardest lesson where it throws out least, and try again with what was thrown out.

The price of throwing a lesson out grows each time it happens, so that the search does not go round in circles.
"""

from __future__ import annotations

from typing import Any

from school.timetabling.search_costs import fast, group_cost
from school.timetabling.search_state import draw, keep_best, lift, recount, set_room, set_times, take_room


@fast
def price(p: Any, s: Any, x: Any, at: Any, stamp: Any) -> Any:
    """What placing `x` alone at `at` would throw out, by how often each was thrown out before."""
    cost = 0.0
    end = at + p.duration[x]
    for k in range(p.uses_at[x], p.uses_at[x + 1]):
        r = p.uses[k]
        for q in range(at, end):
            y = s.taken[r, q]
            if y >= 0 and s.seen[y] != stamp:
                s.seen[y] = stamp
                cost += s.ejected[y]
                for j in range(p.links_at[y], p.links_at[y + 1]):
                    s.seen[p.links[j]] = stamp
    if p.room_needed[x]:
        least = 1e18
        for k in range(p.rooms_at[x], p.rooms_at[x + 1]):
            m = p.rooms[k]
            c = 0.0
            for q in range(at, end):
                if p.room_away[m, q]:
                    c = 1e17
                elif s.room_taken[m, q] >= 0 and s.seen[s.room_taken[m, q]] != stamp:
                    c += s.ejected[s.room_taken[m, q]]
            least = min(least, c)
        cost += least
    before_hard = 0
    after_hard = p.slot_hard[x, at]
    for k in range(p.of_lesson_at[x], p.of_lesson_at[x + 1]):
        before_hard += s.group_hard[p.of_lesson[k]]
    s.start[x] = at
    for k in range(p.of_lesson_at[x], p.of_lesson_at[x + 1]):
        h, _ = group_cost(p, s, p.of_lesson[k])
        after_hard += h
    s.start[x] = -1
    return cost + 2.0 * (after_hard - before_hard)


@fast
def throw_out(p: Any, s: Any, y: Any, n: Any) -> Any:
    """Lift a placed lesson and its partners, adding them to the chain of touched lessons."""
    s.ejected[y] += 1
    lift(p, s, y)
    s.chain[n] = y
    n += 1
    s.count[0] += 1
    for k in range(p.links_at[y], p.links_at[y + 1]):
        z = p.links[k]
        if s.start[z] >= 0:
            lift(p, s, z)
            s.chain[n] = z
            n += 1
            s.count[0] += 1
    return n


@fast
def force(p: Any, s: Any, x: Any, at: Any, n: Any) -> Any:
    """Place `x` at `at`, throwing out whatever is in the way."""
    for k in range(p.uses_at[x], p.uses_at[x + 1]):
        r = p.uses[k]
        for q in range(at, at + p.duration[x]):
            if s.taken[r, q] >= 0:
                n = throw_out(p, s, s.taken[r, q], n)
    set_times(p, s, x, at)
    if not set_room(p, s, x, -1):
        first, end = p.rooms_at[x], p.rooms_at[x + 1]
        pick, least = -1, 1e18
        for k in range(first, end):
            c = draw(s, 1000) / 1000.0
            for q in range(at, at + p.duration[x]):
                y = s.room_taken[p.rooms[k], q]
                if p.room_away[p.rooms[k], q]:
                    c += 1e9
                elif y >= 0:
                    c += s.ejected[y]
            if c < least:
                pick, least = k, c
        if least >= 1e9:
            lift(p, s, x)
            return n
        for q in range(at, at + p.duration[x]):
            y = s.room_taken[p.rooms[pick], q]
            if y >= 0:
                n = throw_out(p, s, y, n)
        if s.start[x] >= 0:
            take_room(s, p, x, p.rooms[pick])
    return n


@fast
def place(p: Any, s: Any, x: Any) -> Any:
    """Place the unplaced lesson `x` (with its partners) where it costs least; ties at random."""
    best, least = -1, 1e18
    for k in range(p.starts_at[x], p.starts_at[x + 1]):
        at = p.starts[k]
        s.count[1] += 1
        c = price(p, s, x, at, s.count[1])
        for j in range(p.links_at[x], p.links_at[x + 1]):
            c += price(p, s, p.links[j], at, s.count[1])
        c += draw(s, 1000) / 2000.0
        if c < least:
            best, least = at, c
    if best < 0:
        return
    n = force(p, s, x, best, 0)
    for j in range(p.links_at[x], p.links_at[x + 1]):
        if s.start[p.links[j]] < 0:
            n = force(p, s, p.links[j], best, n)


@fast
def construct(p: Any, s: Any, order: Any, steps: Any) -> Any:
    """Place everything, the first of `order` first, throwing out and retrying up to `steps` times."""
    for _ in range(steps):
        if s.count[0] == 0:
            break
        pick, most = -1, -1.0
        seen = 0
        for i in range(len(order)):
            x = order[i]
            if s.start[x] < 0:
                weight = s.ejected[x] + draw(s, 1000) / 1000.0
                if weight > most:
                    pick, most = x, weight
                seen += 1
                if seen >= 12:
                    break
        place(p, s, pick)
        refresh(p, s, pick)
    recount(p, s)
    keep_best(p, s)


@fast
def refresh(p: Any, s: Any, x: Any) -> Any:
    """Recompute the group costs near a lesson just placed, and the number of unplaced lessons."""
    unplaced = 0
    for y in range(p.size[3]):
        unplaced += s.start[y] < 0
    s.count[0] = unplaced
    for k in range(p.of_lesson_at[x], p.of_lesson_at[x + 1]):
        g = p.of_lesson[k]
        s.group_hard[g], s.group_soft[g] = group_cost(p, s, g)
