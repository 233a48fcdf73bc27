"""A draft timetable of the tiny school's own problem: two teachers, three classes, six courses of four periods."""

from uuid import UUID

from runtime.caller import Caller
from runtime.transaction import transaction
from school import timetable_setup, timetable_solving, timetables
from school.timetabling.portfolio import solve


async def plan_a(head: Caller, name: str = "Plan A") -> UUID:
    """The draft "Plan A"."""
    async with transaction(head) as tx:
        instance, request, session = await timetable_solving.problem(tx, None, None)
        solved = solve(instance, seed=1, rounds=1)
        row = await timetables.add(tx, name, session, instance, timetable_setup.clock_of(request))
        await timetables.keep_lessons(tx, row, instance, solved.assignments)
        return row.id
