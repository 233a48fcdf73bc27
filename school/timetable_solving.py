"""Asking for a timetable, and keeping what the solver finds as it finds it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import or_, select

from runtime.errors import Conflict, InvalidInput
from runtime.transaction import Tx
from school import calendar, runs, timetable_setup, timetables
from school.permissions import Permission
from school.runs import RunRow, RunStatus
from school.timetables import Timetable, TimetableState
from school.timetabling.building import to_instance
from school.timetabling.instance import Assignments, Instance
from school.timetabling.locks import locked
from school.timetabling.request import TimetableRequest
from school.timetabling.shortages import shortages
from school.timetabling.validation import check_instance

if TYPE_CHECKING:
    from school.timetabling.portfolio import Improvement, Outcome

KIND = "timetable.generate"
MOST_ATTEMPTS = 3


class NoTimetablePossible(InvalidInput):
    """Counting shows that no timetable can exist. `facts["reasons"]` says why, with what would resolve it."""

    code = "no_timetable_possible"


class SolverStopped(Conflict):
    """Workers died at this run: it is not tried again."""

    code = "solver_stopped"


async def problem(
    tx: Tx, request: TimetableRequest | None, session_id: UUID | None
) -> tuple[Instance, TimetableRequest, UUID]:
    """The problem a request (or the school's record alone) poses, well formed and not impossible by counting.

    Errors: bad_timetable_problem, no_timetable_possible.
    """
    session = session_id or (await calendar.current_term(tx)).session_id
    full, names = await timetable_setup.filled(tx, request, session)
    instance = to_instance(full, names)
    check_instance(instance)
    if found := shortages(instance):
        raise NoTimetablePossible(
            found[0].words + (f" There are {len(found)} such reasons." if len(found) > 1 else ""),
            reasons=[reason.model_dump(mode="json", by_alias=True) for reason in found[:20]],
            errors=[{"field": "constraints", "message": reason.words} for reason in found[:20]],
        )
    return instance, full, session


async def generate(
    tx: Tx,
    request: TimetableRequest | None = None,
    *,
    session_id: UUID | None = None,
    name: str = "Timetable",
    seconds: float = 30,
    seed: int = 1,
    keep_from: UUID | None = None,
) -> tuple[Timetable, RunRow]:
    """Start solving in a worker. With `keep_from`, locked lessons of that timetable stay, and the search begins there."""
    tx.require(Permission.TIMETABLES_WRITE)
    payload: dict[str, Any] = {"seconds": seconds, "seed": seed}
    if keep_from is not None:
        source = await timetables.access_timetable(tx, keep_from)
        instance, clock, session = timetables.instance_of(source), source.clock, source.session_id
        payload["from"] = str(source.id)
    else:
        instance, full, session = await problem(tx, request, session_id)
        clock = timetable_setup.clock_of(full)
    row = await timetables.add(
        tx, name, session, instance, clock, state=TimetableState.SOLVING.value, seed=seed, parent_id=keep_from
    )
    payload["timetable_id"] = str(row.id)
    run = await runs.start(tx, KIND, f"Make “{row.name}”", payload, total=round(seconds))
    row.run_id = run.id
    await tx.session.flush()
    return row, run


async def begin(tx: Tx, run_id: UUID) -> None:
    """Count that a worker takes the run up. Errors: solver_stopped, when others died at it again and again."""
    run = await tx.session.get_one(RunRow, run_id, with_for_update=True)
    attempts = int(run.payload.get("attempts", 0)) + 1
    if attempts > MOST_ATTEMPTS:
        raise SolverStopped(
            f"The search ended unexpectedly {MOST_ATTEMPTS} times, perhaps for want of memory. "
            "Try a shorter time or a smaller problem, or tell the administrator."
        )
    run.payload = {**run.payload, "attempts": attempts}


async def give_up(tx: Tx, timetable_id: UUID, why: str) -> None:
    """A timetable that will not be worked out any more: it says why."""
    timetable = await tx.session.get(Timetable, timetable_id, with_for_update=True)
    if timetable is not None and timetable.state == TimetableState.SOLVING.value:
        timetable.state, timetable.updated_at = TimetableState.FAILED.value, tx.now
        timetable.reasons = [{"words": why, "remedies": []}]
        timetable.version += 1


async def settle(tx: Tx) -> int:
    """Give up timetables whose run has ended, or is gone, without a word: nobody works on them."""
    query = (
        select(Timetable.id, RunRow.status)
        .outerjoin(RunRow, RunRow.id == Timetable.run_id)
        .where(Timetable.state == TimetableState.SOLVING.value)
        .where(or_(RunRow.id.is_(None), RunRow.status.not_in([RunStatus.QUEUED.value, RunStatus.RUNNING.value])))
    )
    rows = (await tx.session.execute(query)).all()
    for timetable_id, status in rows:
        was = "cancelled before a timetable was found" if status == RunStatus.CANCELLED.value else "ended unexpectedly"
        await give_up(tx, timetable_id, f"The search {was}. Make it again.")
    return len(rows)


async def given(tx: Tx, payload: dict[str, Any]) -> tuple[Instance, Assignments | None, set[str]]:
    """What a run has to solve: the instance with its locks, where to begin, and which lessons are locked."""
    timetable = await timetables.access_timetable(tx, UUID(payload["timetable_id"]))
    instance = timetables.instance_of(timetable)
    if "from" not in payload:
        return instance, None, set()
    rows = await timetables.lessons_of(tx, await timetables.access_timetable(tx, UUID(payload["from"])))
    assignments, kept = timetables.assignments_of(rows), {row.key for row in rows if row.locked}
    return locked(instance, assignments, kept), assignments, kept


async def search(
    instance: Instance,
    start: Assignments | None,
    payload: dict[str, Any],
    cancelled: Callable[[], bool],
    progress: Callable[[float, "list[Improvement]"], Awaitable[None]],
) -> "Outcome":
    """Solve in a thread, reporting once a second; a cancel of the surrounding task stops the search, too."""
    from school.timetabling.portfolio import solve  # only here: the solvers are large and most processes never solve

    seen: list[Improvement] = []
    stop = threading.Event()
    task = asyncio.create_task(
        asyncio.to_thread(
            solve, instance, seconds=float(payload["seconds"]), seed=int(payload["seed"]), start=start,
            on_better=lambda step, _: seen.append(step), cancelled=lambda: stop.is_set() or cancelled(),
        )
    )  # fmt: skip
    began = asyncio.get_running_loop().time()
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=1.0)
            await progress(asyncio.get_running_loop().time() - began, list(seen))
        return await task
    finally:
        stop.set()


def steps(improvements: "list[Improvement]", most: int = 100) -> list[dict[str, Any]]:
    """Improvements as they are kept: of many, the first, the last and some between."""
    every = max(1, -(-len(improvements) // most))
    kept = [s for n, s in enumerate(improvements) if n % every == 0 or n == len(improvements) - 1]
    return [{"elapsedS": s.elapsed_s, "by": s.by, "unplaced": s.unplaced, "hard": s.hard, "soft": s.soft} for s in kept]


async def keep_steps(tx: Tx, timetable_id: UUID, improvements: "list[Improvement]") -> None:
    """Keep what was found so far, for those who watch."""
    timetable = await timetables.access_timetable(tx, timetable_id, lock=True)
    timetable.improvements = steps(improvements)


async def finish(tx: Tx, timetable_id: UUID, outcome: "Outcome", kept: set[str]) -> dict[str, Any]:
    """Keep the result as a draft; what a run returns."""
    timetable = await timetables.access_timetable(tx, timetable_id, lock=True)
    instance = timetables.instance_of(timetable)
    timetable.improvements = steps(list(outcome.improvements))
    timetable.reasons = [reason.model_dump(mode="json") for reason in outcome.reasons]
    timetable.bound = None if outcome.bound is None else Decimal(str(round(outcome.bound, 2)))
    if outcome.assignments:
        timetable.state = TimetableState.DRAFT.value
        await timetables.keep_lessons(tx, timetable, instance, outcome.assignments, kept)
    else:
        timetable.state = TimetableState.FAILED.value
    return {
        "timetableId": str(timetable.id), "name": timetable.name, "status": outcome.status, "hard": timetable.hard,
        "soft": float(timetable.soft), "bound": outcome.bound, "elapsedS": round(outcome.elapsed_s, 2),
    }  # fmt: skip
