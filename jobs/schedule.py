"""What happens by the clock. `@every(seconds)` adds a task; each looks at what is due, so a missed round loses nothing."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import time

from sqlalchemy import text

from jobs import inbound, relay, slack, sweep
from jobs.consumers import system
from runtime.telemetry import log
from runtime.transaction import across_schools, transaction
from school import conversation_retention, digests, fee_plans, scores
from school.notifications import MAKE_MONTH

RELEASE_FROM = time(7, 0)
"""Results with a release date are announced that day from this time, where the school is."""

_log = log("schedule")


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    every_s: float
    run: Callable[[], Awaitable[object]]
    first_s: float | None = None
    """Seconds after the scheduler begins that it runs for the first time; default as often as it runs."""


TASKS: list[Task] = []


def every(
    seconds: float, *, first: float | None = None
) -> Callable[[Callable[[], Awaitable[object]]], Callable[[], Awaitable[object]]]:
    """Register the decorated coroutine function to run this often, by one process at a time; `first` time sooner."""

    def register(function: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
        TASKS.append(Task(function.__name__, seconds, function, first))
        return function

    return register


async def safely(task: Task) -> None:
    """Run a task; one that fails is noted and runs again next time."""
    try:
        await task.run()
    except Exception:
        _log.exception("task_failed", task=task.name)


@every(10)
async def sweep_up() -> None:
    """Find what killed processes and a lost Redis left behind."""
    await sweep.sweep()
    for school_id in await sweep.schools():
        await inbound.resume(school_id)
        await slack.resume(school_id)


@every(60)
async def release_scores() -> int:
    """Announce published results whose release date has come."""
    announced = 0
    for school_id in await sweep.schools():
        async with transaction(system(school_id)) as tx:
            if tx.now.astimezone(tx.zone).time() >= RELEASE_FROM:
                announced += await scores.release_due(tx)
    return announced


@every(300)
async def send_digests() -> int:
    """The daily and weekly digests, once their hour has come."""
    sent = 0
    for school_id in await sweep.schools():
        async with transaction(system(school_id)) as tx:
            sent += await digests.send_due(tx)
    return sent


@every(300)
async def send_fee_reminders() -> int:
    """The fee reminders whose day has come, to the guardians of those who still owe."""
    reminded = 0
    for school_id in await sweep.schools():
        async with transaction(system(school_id)) as tx:
            reminded += await fee_plans.send_due(tx)
    return reminded


@every(6 * 3600)
async def purge_outbox() -> int:
    """Remove events that were worked off long ago."""
    return await relay.purge()


@every(12 * 3600)
async def make_months() -> None:
    """Partitions of the delivery log for this month and the next two."""
    async with across_schools() as session:
        await session.execute(
            text(f"SELECT {MAKE_MONTH}((now() + make_interval(months => n))::date) FROM generate_series(0, 2) AS n")
        )


@every(6 * 3600)
async def expire_conversations() -> int:
    """Delete conversations that are older than their school keeps them."""
    expired = 0
    for school_id in await sweep.schools():
        async with transaction(system(school_id)) as tx:
            expired += await conversation_retention.expire(tx)
    return expired
