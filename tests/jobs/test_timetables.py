"""A timetable asked for through the one door is worked out by a real worker, and can be stopped."""

from uuid import UUID

import pytest

from runtime.caller import Caller
from tests.delivery import until
from tools.declare import load_all
from tools.invoke import invoke

pytestmark = pytest.mark.usefixtures("worker")
TOOLS = load_all()


async def _ask(head: Caller, name: str, **args: object) -> object:
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
