"""Asking for a timetable, and keeping what the solver finds as it finds it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
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
LEAST_S = 3.0  # a search taken up again has at least this long


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
    check_possible(instance)
    return instance, full, session


def check_possible(instance: Instance) -> None:
    """Raise NoTimetablePossible with every reason that counting alone finds."""
    if found := shortages(instance):
        raise NoTimetablePossible(
            found[0].words + (f" There are {len(found)} such reasons." if len(found) > 1 else ""),
            reasons=[reason.model_dump(mode="json", by_alias=True) for reason in found[:20]],
            errors=[{"field": "constraints", "message": reason.words} for reason in found[:20]],
        )


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
    """A timetable that will not be worked out any more says why; the best found until then stays as a draft."""
    timetable = await tx.session.get(Timetable, timetable_id, with_for_update=True)
    if timetable is not None and timetable.state == TimetableState.SOLVING.value:
        found = bool(await timetables.lessons_of(tx, timetable))
        timetable.state = TimetableState.DRAFT.value if found else TimetableState.FAILED.value
        words = f"{why} This draft is the best that was found until then." if found else why
        timetable.reasons = [{"words": words, "remedies": []}]
        timetable.version, timetable.updated_at = timetable.version + 1, tx.now


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


@dataclass(frozen=True)
class Search:
    """What a run has to solve: the instance with its locks, where to begin, which lessons are locked, and how long."""

    instance: Instance
    start: Assignments | None
    kept: frozenset[str]
    seconds: float
    seed: int


async def given(tx: Tx, payload: dict[str, Any]) -> Search:
    """A run's search; one that a worker left behind goes on from the best it had stored, for the time that is left."""
    timetable = await timetables.access_timetable(tx, UUID(payload["timetable_id"]))
    instance, seconds, seed = timetables.instance_of(timetable), float(payload["seconds"]), int(payload["seed"])
    start: Assignments | None = None
    kept: frozenset[str] = frozenset()
    if "from" in payload:
        rows = await timetables.lessons_of(tx, await timetables.access_timetable(tx, UUID(payload["from"])))
        start, kept = timetables.assignments_of(rows), frozenset(row.key for row in rows if row.locked)
        instance = locked(instance, start, kept)
    if stored := await timetables.lessons_of(tx, timetable):
        start = timetables.assignments_of(stored)
        if not kept:  # a file's own locks; those of another timetable hold already
            kept = frozenset(row.key for row in stored if row.locked)
            instance = locked(instance, start, kept)
        spent = max((float(step["elapsedS"]) for step in timetable.improvements), default=0.0)
        seconds = max(LEAST_S, seconds - spent)
    return Search(instance, start, kept, seconds, seed)


Progress = Callable[[float, "list[Improvement]", Assignments | None], Awaitable[None]]


async def search(task: Search, cancelled: Callable[[], bool], progress: Progress) -> "Outcome":
    """Solve in a thread, reporting once a second; a cancel of the surrounding task stops the search, too."""
    from school.timetabling.portfolio import solve  # only here: the solvers are large and most processes never solve

    seen: list[Improvement] = []
    latest: list[Assignments] = []
    stop = threading.Event()

    def better(step: "Improvement", best: Assignments) -> None:
        latest[:] = [best]
        seen.append(step)

    solving = asyncio.create_task(
        asyncio.to_thread(
            solve, task.instance, seconds=task.seconds, seed=task.seed, start=task.start,
            on_better=better, cancelled=lambda: stop.is_set() or cancelled(),
        )
    )  # fmt: skip
    began = asyncio.get_running_loop().time()
    try:
        while not solving.done():
            await asyncio.wait({solving}, timeout=1.0)
            await progress(asyncio.get_running_loop().time() - began, list(seen), latest[0] if latest else None)
        return await solving
    finally:
        stop.set()


def steps(improvements: "list[Improvement]", most: int = 100) -> list[dict[str, Any]]:
    """Improvements as they are kept: of many, the first, the last and some between."""
    every = max(1, -(-len(improvements) // most))
    kept = [s for n, s in enumerate(improvements) if n % every == 0 or n == len(improvements) - 1]
    return [{"elapsedS": s.elapsed_s, "by": s.by, "unplaced": s.unplaced, "hard": s.hard, "soft": s.soft} for s in kept]


async def keep_steps(tx: Tx, timetable_id: UUID, improvements: "list[Improvement]") -> None:
    """Keep how the search went so far, for those who watch."""
    timetable = await timetables.access_timetable(tx, timetable_id, lock=True)
    timetable.improvements = steps(improvements)


async def keep_best(tx: Tx, timetable_id: UUID, best: Assignments, kept: Collection[str]) -> None:
    """Store the best timetable so far, so that a search which ends unexpectedly is not lost."""
    timetable = await timetables.access_timetable(tx, timetable_id, lock=True)
    await timetables.keep_lessons(tx, timetable, timetables.instance_of(timetable), best, kept)


async def finish(tx: Tx, timetable_id: UUID, outcome: "Outcome", kept: Collection[str]) -> dict[str, Any]:
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
