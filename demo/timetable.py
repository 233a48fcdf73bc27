"""The demo school's timetable: its week and wishes, worked out from who teaches what, in force since the term began."""

import asyncio
from pathlib import Path

from demo.ids import demo_id
from demo.subjects import ARMS, CHOICE
from runtime.caller import Caller
from runtime.transaction import Tx, transaction
from school import calendar, timetable_setup, timetable_solving, timetables
from school.permissions import Permission
from school.timetabling.checker import check
from school.timetabling.instance import Assignments, Instance, load_solution
from school.timetabling.request import (
    Break,
    DoublePeriod,
    Parallel,
    PreferredSlot,
    RoomConstraint,
    RoomGiven,
    TimetableConstraints,
    TimetableRequest,
)

KEPT = Path(__file__).parent / "timetable.json"
JUNIORS = tuple(f"{level} {arm}" for level, arms in ARMS.items() if level.startswith("JSS") for arm in arms)
WISHES = TimetableRequest(
    breaks=(Break(name="Long break", after_period=4, minutes=30), Break(name="Short break", after_period=6, minutes=10)),
    constraints=TimetableConstraints(
        preferred_slots=(
            PreferredSlot(subject_id="Mathematics", periods=(1, 2, 3, 4), weight=2),
            PreferredSlot(subject_id="English Language", periods=(1, 2, 3, 4)),
            PreferredSlot(subject_id="Physical and Health Education", periods=(1,), avoid=True),
        ),
        avoid_consecutive=("No Physical and Health Education right before Basic Science",),
        double_periods=(DoublePeriod(subject_id="Physics"), DoublePeriod(subject_id="Chemistry")),
        rooms=(
            RoomGiven(id="Physics laboratory", kind="laboratory"), RoomGiven(id="Chemistry laboratory", kind="laboratory"),
            RoomGiven(id="Computer room", kind="computers"), RoomGiven(id="Field", kind="field"),
        ),
        room_constraints=(
            RoomConstraint(subject_id="Physics", kind="laboratory"), RoomConstraint(subject_id="Chemistry", kind="laboratory"),
            RoomConstraint(subject_id="Computer Studies", room_id="Computer room"),
        ),
        parallel=(Parallel(class_arm_ids=JUNIORS, subject_ids=CHOICE),),
    ),
)  # fmt: skip


async def load(slug: str) -> None:
    """Set the wishes up, work the timetable out and put it into force. Tells nobody: it was always there."""
    caller = Caller.system(demo_id(slug), *(str(permission) for permission in Permission))
    async with transaction(caller) as tx:
        await timetable_setup.set_up(tx, WISHES)
        instance, request, session = await timetable_solving.problem(tx, None, None)
    found = kept(instance) or await asyncio.to_thread(solved, instance)
    async with transaction(caller) as tx:
        term = await calendar.current_term(tx)
        row = await timetables.add(
            tx, f"{term.name} timetable", session, instance, timetable_setup.clock_of(request), seed=1
        )
        await timetables.keep_lessons(tx, row, instance, found)
        await _in_force(tx, row, term)


async def _in_force(tx: Tx, row: timetables.Timetable, term: calendar.Term) -> None:
    if row.hard == 0:
        row.state, row.starts_on, row.published_at = timetables.TimetableState.PUBLISHED.value, term.starts_on, tx.now


def kept(instance: Instance) -> Assignments | None:
    """The solution `solved` found and we keep, when it still fits: the search costs seconds, its compiling half a minute."""
    places = load_solution(KEPT)
    whole = places.keys() == {lesson.id for lesson in instance.lessons}
    return places if whole and check(instance, places).valid else None


def solved(instance: Instance) -> Assignments:
    """The best of a counted search, the same each time."""
    from school.timetabling.arrays import compiled
    from school.timetabling.local_search import LocalSearch, counter

    arrays = compiled(instance)
    search = LocalSearch(arrays, 1)
    search.construct()
    search.cycle(counter(40), 0.5, lambda found: None, lambda: False)
    best = search.best()
    return arrays.write(best.start, best.room)
