"""One change by hand: what a move or a swap would break, and the nearest changes that break nothing."""

from __future__ import annotations

from dataclasses import dataclass

from school.timetabling.arrays import Compiled, compiled
from school.timetabling.checker import Report, Violation, check
from school.timetabling.instance import Assignments, Instance, Place, Slot
from school.timetabling.search_moves import find_chain, put_back, shift_chain
from school.timetabling.search_state import State, empty_state, recount, restore


@dataclass(frozen=True)
class Change:
    """A timetable after a change: what it breaks that was whole before, and how the soft cost changes."""

    assignments: Assignments
    moved: tuple[str, ...]
    conflicts: tuple[Violation, ...]
    soft_before: float
    soft_after: float

    @property
    def legal(self) -> bool:
        return not self.conflicts


@dataclass(frozen=True)
class Alternative:
    """A legal place for the lesson: `moves` says where every lesson concerned would go."""

    slot: Slot
    moves: dict[str, Place]
    soft_change: float


def move(instance: Instance, assignments: Assignments, lesson: str, to: Slot, room: str | None = None) -> Change:
    """Put one lesson somewhere else, whatever that breaks. A lesson that may use other rooms gets a free one if it can."""
    return changed(instance, assignments, {lesson: moved_place(instance, assignments, lesson, to, room)})


def moved_place(instance: Instance, assignments: Assignments, lesson: str, to: Slot, room: str | None = None) -> Place:
    return Place(day=to[0], period=to[1], room=room or _room_for(instance, assignments, lesson, to))


def swap(instance: Instance, assignments: Assignments, one: str, other: str) -> Change:
    """Exchange the times of two lessons, whatever that breaks."""
    without = {key: place for key, place in assignments.items() if key not in (one, other)}
    to_one, to_other = assignments[other].slot, assignments[one].slot
    places = {
        one: Place(day=to_one[0], period=to_one[1], room=_room_for(instance, without, one, to_one)),
        other: Place(day=to_other[0], period=to_other[1], room=_room_for(instance, without, other, to_other)),
    }
    return changed(instance, assignments, places)


def _room_for(instance: Instance, assignments: Assignments, lesson: str, at: Slot) -> str | None:
    """The lesson's own room if it is free then, else the first free one it may use, else its own."""
    item = next(x for x in instance.lessons if x.id == lesson)
    current = assignments[lesson].room if lesson in assignments else None
    options = [room for room in (current, *item.rooms) if room is not None]
    wanted = {(at[0], at[1] + i) for i in range(item.duration)}
    durations = {x.id: x.duration for x in instance.lessons}
    taken = {
        place.room
        for key, place in assignments.items()
        if key != lesson and wanted & {(place.day, place.period + i) for i in range(durations.get(key, 1))}
    }
    closed = {room.id for room in instance.rooms if wanted & set(room.unavailable)}
    return next((room for room in options if room not in taken and room not in closed), options[0] if options else None)


def changed(instance: Instance, assignments: Assignments, places: dict[str, Place]) -> Change:
    """Put lessons to these places, whatever that breaks."""
    after = {**assignments, **places}
    before_report, after_report = check(instance, assignments), check(instance, after)
    return Change(
        assignments=after,
        moved=tuple(key for key in places if assignments.get(key) != places[key]),
        conflicts=new_violations(before_report, after_report),
        soft_before=before_report.soft,
        soft_after=after_report.soft,
    )


def new_violations(before: Report, after: Report) -> tuple[Violation, ...]:
    """Hard violations that were not there before, or are worse."""
    old = {(v.kind, v.rule, v.words) for v in before.violations if v.hard}
    return tuple(v for v in after.violations if v.hard and (v.kind, v.rule, v.words) not in old)


def alternatives(
    instance: Instance, assignments: Assignments, lesson: str, near: Slot | None = None, most: int = 5
) -> list[Alternative]:
    """Places the lesson could go to without breaking anything, alone or by moving at most two others, nearest first."""
    arrays = compiled(instance)
    state = empty_state(arrays, 1)
    restore(arrays.problem, state, *arrays.read(assignments))
    x = arrays.lesson_ids.index(lesson)
    if state.start[x] < 0:
        return []
    here = (int(state.start[x]) // len(instance.periods), int(state.start[x]) % len(instance.periods))
    target = near or here
    found: list[Alternative] = []
    for start in arrays.problem.starts[arrays.problem.starts_at[x] : arrays.problem.starts_at[x + 1]]:
        if start != state.start[x] and (option := _tried(arrays, state, x, int(start), len(instance.periods))):
            found.append(option)
    found.sort(key=lambda a: (abs(a.slot[0] - target[0]) * 3 + abs(a.slot[1] - target[1]), len(a.moves), a.soft_change))
    return found[:most]


def _tried(arrays: Compiled, state: State, x: int, start: int, periods: int) -> Alternative | None:
    """Make the chain move and count what it costs, then take it back."""
    p = arrays.problem
    recount(p, state)
    hard, soft = state.total.copy()
    shift = start - int(state.start[x])
    n = find_chain(p, state, x, shift, 3)
    if n == 0 or n > 3 or not shift_chain(p, state, n, shift):
        return None
    recount(p, state)
    moves = {
        arrays.lesson_ids[y]: Place(
            day=int(state.start[y]) // periods,
            period=int(state.start[y]) % periods,
            room=arrays.room_ids[int(state.room[y])] if state.room[y] >= 0 else None,
        )
        for y in state.chain[:n].tolist()
    }
    worse, change = state.total[0] > hard, float(state.total[1] - soft)
    put_back(p, state, n)
    if worse:
        return None
    return Alternative(slot=(start // periods, start % periods), moves=moves, soft_change=change)
