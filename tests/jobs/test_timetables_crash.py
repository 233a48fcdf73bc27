"""A timetable never stays "solving" for ever: killed workers, cancelled runs and errors all come to an end."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from jobs import runs, sweep
from runtime.caller import Caller
from runtime.transaction import transaction
from school import run_log, timetable_solving, timetables
from school.runs import RunRow, RunStatus
from school.timetable_solving import SolverStopped
from school.timetabling.portfolio import solve
from tests.delivery import WorkerProcess, until
from tests.tiny_school import TinySchool
from tools.declare import load_all
from tools.invoke import invoke

TOOLS = load_all()


async def _ask(head: Caller, name: str, **args: object) -> Any:
    return (await invoke(TOOLS[name], head, args, approved=True)).result


async def _state(head: Caller, timetable_id: UUID) -> tuple[str, list[object]]:
    async with transaction(head, read_only=True) as tx:
        found = await timetables.access_timetable(tx, timetable_id)
        return found.state, found.reasons


async def test_a_killed_search_is_taken_up_again(
    callers: dict[str, Caller], school: TinySchool, worker: WorkerProcess
) -> None:
    head = callers["head"]
    tight = {"preferredSlots": [{"subjectId": "Mathematics", "periods": [1], "weight": 3}]}
    job = await _ask(head, "generate_timetable", seconds=300, constraints=tight)

    async def solving() -> bool:
        return bool((await _ask(head, "show_timetable_job", jobId=str(job.job_id))).solutions)

    await until(solving, patience_s=60, every_s=0.2)
    worker.kill()
    async with transaction(head) as tx:
        silent = tx.now - runs.SILENT - timedelta(seconds=1)
        await tx.session.execute(update(RunRow).where(RunRow.id == job.job_id).values(beat_at=silent))
        table = await timetables.access_timetable(tx, job.timetable_id, lock=True)
        table.improvements = []
    worker.start()
    assert await runs.resume(school.id) == 1
    await until(solving, patience_s=60, every_s=0.2)
    await _ask(head, "cancel_timetable_job", jobId=str(job.job_id))

    async def over() -> bool:
        return (await _state(head, job.timetable_id))[0] == "draft"

    await until(over, patience_s=60, every_s=0.2)


async def test_the_best_so_far_is_stored_resumed_and_kept_when_the_search_is_given_up(
    callers: dict[str, Caller],
) -> None:
    head = callers["head"]
    job = await _ask(head, "generate_timetable", seconds=40)
    async with transaction(head) as tx:
        run = await tx.session.get_one(RunRow, job.job_id)
        fresh = await timetable_solving.given(tx, run.payload)
        found = solve(fresh.instance, rounds=1, seed=1)
        steps = [replace(found.improvements[-1], elapsed_s=12.5)]
        await timetable_solving.keep_steps(tx, job.timetable_id, steps)
        await timetable_solving.keep_best(tx, job.timetable_id, found.assignments, fresh.kept)
        resumed = await timetable_solving.given(tx, run.payload)
        assert (fresh.start, fresh.seconds) == (None, 40)
        assert (resumed.start, resumed.seconds) == (found.assignments, 27.5)
        await timetable_solving.give_up(tx, job.timetable_id, "The search ended unexpectedly.")
    state, reasons = await _state(head, job.timetable_id)
    assert state == "draft"
    assert "the best that was found until then" in str(reasons)
    assert (await _ask(head, "validate_timetable", timetable=str(job.timetable_id))).valid
    await _ask(head, "remove_timetable", timetable=str(job.timetable_id))


async def test_a_run_cancelled_before_it_began_leaves_no_timetable_solving(
    callers: dict[str, Caller], school: TinySchool, streams: object
) -> None:
    head = callers["head"]
    job = await _ask(head, "generate_timetable", seconds=5)
    async with transaction(head) as tx:
        await run_log.cancel(tx, job.job_id)
    assert (await _state(head, job.timetable_id))[0] == "solving"
    await sweep.sweep()
    state, reasons = await _state(head, job.timetable_id)
    assert state == "failed"
    assert "cancelled before" in str(reasons)
    await _ask(head, "remove_timetable", timetable=str(job.timetable_id))


async def test_a_search_that_kills_its_workers_is_given_up(callers: dict[str, Caller]) -> None:
    head = callers["head"]
    job = await _ask(head, "generate_timetable", seconds=5)
    for _ in range(timetable_solving.MOST_ATTEMPTS):
        async with transaction(head) as tx:
            await timetable_solving.begin(tx, job.job_id)
    with pytest.raises(SolverStopped):
        async with transaction(head) as tx:
            await timetable_solving.begin(tx, job.job_id)
    async with transaction(head) as tx:
        assert await timetable_solving.settle(tx) == 0, "its run is not over yet"
        run = await tx.session.get_one(RunRow, job.job_id)
        run.status = RunStatus.FAILED.value
        await tx.session.flush()
        assert await timetable_solving.settle(tx) == 1
    assert (await _state(head, job.timetable_id))[0] == "failed"
