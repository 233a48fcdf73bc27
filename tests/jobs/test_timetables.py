"""A timetable asked for through the one door is worked out by a real worker, and can be stopped."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from runtime.caller import Caller
from runtime.transaction import transaction
from school.notifications import EventType, Notification
from tests.delivery import until
from tests.timetables import plan_a
from tests.tiny_school import TinySchool
from tools.declare import load_all
from tools.invoke import invoke

pytestmark = pytest.mark.usefixtures("worker")
TOOLS = load_all()


async def _ask(head: Caller, name: str, **args: object) -> Any:
    return (await invoke(TOOLS[name], head, args, approved=True)).result


async def _ended(head: Caller, job_id: UUID, patience_s: float) -> str:
    status = ""

    async def over() -> bool:
        nonlocal status
        status = (await _ask(head, "show_timetable_job", jobId=str(job_id))).status
        return status in {"succeeded", "failed", "cancelled"}

    await until(over, patience_s=patience_s)
    return status


async def test_the_worker_makes_the_timetable(callers: dict[str, Caller]) -> None:
    head = callers["head"]
    job = await _ask(head, "generate_timetable", seconds=3)
    assert await _ended(head, job.job_id, 90) == "succeeded"
    done = await _ask(head, "show_timetable_job", jobId=str(job.job_id))
    assert done.hard == 0
    assert done.solutions
    result = await _ask(head, "show_timetable_result", jobId=str(job.job_id))
    assert len(result.lessons) == 24
    assert (await _ask(head, "validate_timetable", timetable=str(result.timetable_id))).valid


async def test_a_stopped_job_keeps_the_best_so_far(callers: dict[str, Caller]) -> None:
    head = callers["head"]
    tight = {"preferredSlots": [{"subjectId": "Mathematics", "periods": [1], "weight": 3}]}
    job = await _ask(head, "generate_timetable", seconds=300, constraints=tight)

    async def found() -> bool:
        return bool((await _ask(head, "show_timetable_job", jobId=str(job.job_id))).solutions)

    await until(found, patience_s=60)
    await _ask(head, "cancel_timetable_job", jobId=str(job.job_id))
    assert await _ended(head, job.job_id, 60) in {"cancelled", "succeeded"}
    result = await _ask(head, "show_timetable_result", jobId=str(job.job_id))
    assert len(result.lessons) == 24


async def test_publishing_and_cover_reach_those_concerned(callers: dict[str, Caller], school: TinySchool) -> None:
    head = callers["head"]
    await plan_a(head)
    await _ask(head, "publish_timetable", timetable="Plan A")

    async def told(**data: str) -> set[UUID]:
        async with transaction(head, read_only=True) as tx:
            query = select(Notification.person_id).where(
                Notification.event_type == EventType.TIMETABLE_CHANGED.value, Notification.data.contains(data)
            )
            return set(await tx.session.scalars(query))

    teachers = {school.staff["teacher"], school.staff["colleague"]}

    async def published() -> bool:
        return teachers | {school.guardians["guardian"]} <= await told()

    await until(published, patience_s=40, every_s=0.2)
    on, periods = await _coverable(head)
    await _ask(head, "set_cover", teacher="Mr Akinlade", on=str(on), periods=periods)

    async def covered() -> bool:
        return await told(cover="arranged", date=str(on)) == teachers

    await until(covered, patience_s=40, every_s=0.2)


async def _coverable(head: Caller) -> tuple[date, list[int]]:
    """The next day on which Mr Akinlade teaches while somebody is free, and those periods."""
    async with transaction(head, read_only=True) as tx:
        today = tx.today
    for ahead in range(14):
        on = today + timedelta(days=ahead)
        plan = await _ask(head, "find_cover", teacher="Mr Akinlade", on=str(on))
        if free := [x.period for x in plan.lessons if x.options]:
            return on, free
    pytest.fail("nobody is ever free")
