"""Runs: slow work a person asked for, done by the worker that knows its kind, with progress, cancelling and resuming.

    @kind("timetable.generate")
    async def generate(run: RunningRun) -> dict[str, Any]:
        await run.report(done=10, total=40, message="Placing physics")

A worker that dies leaves its run to another, which starts the kind again: a kind goes on from `run.done` or from what
it has written. Blocking work belongs into `asyncio.to_thread`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import dramatiq
from redis.exceptions import RedisError
from sqlalchemy import or_, select, update

from channels import web
from jobs.broker import broker
from jobs.consumers import Envelope, on, system
from runtime.caller import Caller, Door, Role
from runtime.errors import SchoolOSError
from runtime.telemetry import log, span
from runtime.transaction import Tx, transaction
from school.permissions import granted
from school.runs import RunRow, RunStarted, RunStatus
from school.users import User

BEAT_S = 10.0
SILENT = timedelta(seconds=45)
LONGEST_MS = 2 * 60 * 60 * 1000
_log = log("runs")


class RunCancelled(Exception):
    """Somebody asked for this run to stop."""


@dataclass(slots=True)
class RunningRun:
    """A run being worked on: what was asked, by whom, how far it is."""

    id: UUID
    kind: str
    payload: dict[str, Any]
    caller: Caller
    done: int = 0
    total: int | None = None
    message: str = ""
    _cancelled: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def cancelled(self) -> bool:
        """Whether to stop; a thread may look at this, too."""
        return self._cancelled.is_set()

    async def report(self, done: int | None = None, total: int | None = None, message: str | None = None) -> None:
        """Show progress to whoever watches. Raises RunCancelled when the run is to stop."""
        self.done = self.done if done is None else done
        self.total = self.total if total is None else total
        self.message = self.message if message is None else message
        await _beat(self)
        if self.cancelled:
            raise RunCancelled


Kind = Callable[[RunningRun], Awaitable[dict[str, Any]]]
KINDS: dict[str, Kind] = {}


def kind(name: str) -> Callable[[Kind], Kind]:
    """Register the decorated coroutine function as the worker of a kind of run; it returns the result."""

    def register(function: Kind) -> Kind:
        KINDS[name] = function
        return function

    return register


@on(RunStarted)
async def run_started(tx: Tx, event: RunStarted, envelope: Envelope) -> None:
    """Hand a new run to the workers."""

    async def hand_over() -> None:
        await asyncio.to_thread(enqueue, envelope.school_id, event.run_id)

    envelope.after_commit.append(hand_over)


def enqueue(school_id: UUID, run_id: UUID) -> None:
    """Hand a run to the workers. Blocks for a round trip to Redis."""
    broker.enqueue(work.message(str(school_id), str(run_id)))


@dramatiq.actor(queue_name="runs", priority=30, max_retries=0, time_limit=LONGEST_MS)
async def work(school_id: str, run_id: str) -> None:
    """Do one run, unless another worker is on it."""
    running = await _claim(UUID(school_id), UUID(run_id))
    if running is None:
        return
    beating = asyncio.create_task(_keep_beating(running))
    with span("run", kind=running.kind, run_id=run_id):
        try:
            function = KINDS.get(running.kind)
            if function is None:
                raise SchoolOSError(f"Nothing here knows how to do “{running.kind}”.")
            result = await function(running)
            await _finish(running, RunStatus.SUCCEEDED, result=result)
        except RunCancelled:
            await _finish(running, RunStatus.CANCELLED)
        except SchoolOSError as error:
            await _finish(running, RunStatus.FAILED, error={"code": error.code, "message": error.message})
        except Exception:
            _log.exception("run_failed", run_id=run_id, kind=running.kind)
            message = "Something went wrong on our side. It was noted; try again, or ask the administrator."
            await _finish(running, RunStatus.FAILED, error={"code": "error", "message": message})
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating


async def _claim(school_id: UUID, run_id: UUID) -> RunningRun | None:
    async with transaction(system(school_id)) as tx:
        free = or_(
            RunRow.status == RunStatus.QUEUED.value,
            (RunRow.status == RunStatus.RUNNING.value) & (RunRow.beat_at < tx.now - SILENT),
        )
        row = await tx.session.scalar(select(RunRow).where(RunRow.id == run_id, free).with_for_update(skip_locked=True))
        if row is None:
            return None
        if row.cancel_asked:
            row.status, row.finished_at = RunStatus.CANCELLED.value, tx.now
            return None
        row.status, row.beat_at, row.started_at = RunStatus.RUNNING.value, tx.now, row.started_at or tx.now
        caller = await _starter(tx, row)
        return RunningRun(row.id, row.kind, row.payload, caller, row.done, row.total, row.message)


async def _starter(tx: Tx, row: RunRow) -> Caller:
    """Whoever asked for the run, with the rights they have now; the program itself for a scheduled one."""
    user = await tx.session.get(User, row.started_by) if row.started_by else None
    if user is None:
        return system(row.school_id)
    role = Role(user.role)
    rights = granted(role) if user.active else frozenset[str]()
    return Caller(row.school_id, user.id, role, user.person_id, Door.JOB, rights, user.name)


async def _beat(running: RunningRun) -> None:
    """Write progress and a sign of life; learn whether to stop."""
    async with transaction(system(running.caller.school_id)) as tx:
        asked = await tx.session.scalar(
            update(RunRow)
            .where(RunRow.id == running.id, RunRow.status == RunStatus.RUNNING.value)
            .values(done=running.done, total=running.total, message=running.message[:500], beat_at=tx.now)
            .returning(RunRow.cancel_asked)
        )
    if asked is None or asked:
        running._cancelled.set()  # pyright: ignore[reportPrivateUsage]
    await _tell(running, RunStatus.RUNNING)


async def _keep_beating(running: RunningRun) -> None:
    while True:
        await asyncio.sleep(BEAT_S)
        try:
            await _beat(running)
        except Exception:
            _log.warning("beat_missed", run_id=str(running.id))


async def _finish(
    running: RunningRun, status: RunStatus, result: dict[str, Any] | None = None, error: dict[str, Any] | None = None
) -> None:
    async with transaction(system(running.caller.school_id)) as tx:
        row = await tx.session.get_one(RunRow, running.id, with_for_update=True)
        row.status, row.result, row.error, row.finished_at = status.value, result, error, tx.now
        if status is RunStatus.SUCCEEDED and running.total is not None:
            running.done = running.total
        row.done, row.total, row.message = running.done, running.total, running.message[:500]
    await _tell(running, status)


async def _tell(running: RunningRun, status: RunStatus) -> None:
    data = {"id": str(running.id), "status": status.value, "done": running.done, "total": running.total,
            "message": running.message}  # fmt: skip
    with suppress(RedisError, OSError):
        await web.publish(web.run_topic(running.id), "progress", data)


async def resume(school_id: UUID) -> int:
    """Hand over again the runs nobody works on: queued too long, or left by a worker that died."""
    async with transaction(system(school_id), read_only=True) as tx:
        waited = datetime.now(UTC) - SILENT
        lost = or_(
            (RunRow.status == RunStatus.QUEUED.value) & (RunRow.created_at < waited),
            (RunRow.status == RunStatus.RUNNING.value) & (RunRow.beat_at < waited),
        )
        ids = list(await tx.session.scalars(select(RunRow.id).where(lost)))
    for run_id in ids:
        await asyncio.to_thread(enqueue, school_id, run_id)
    return len(ids)
