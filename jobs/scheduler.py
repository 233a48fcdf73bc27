"""`python -m jobs.scheduler`: what happens by the clock. One process holds the lock; others wait to take over."""

import asyncio
import signal
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from jobs import schedule
from jobs.broker import connect
from jobs.load import load_all
from runtime import database, processes, redis, telemetry
from runtime.redis import redis_client, redis_url
from runtime.settings import settings
from runtime.telemetry import log

LOCK = "scheduler"
HELD_S = 20.0
_log = log("scheduler")


async def run(stop: asyncio.Event) -> None:
    """Hold the lock and run the schedule while it is held."""
    lock: Lock = redis_client().lock(LOCK, timeout=HELD_S)
    while not stop.is_set():
        try:
            if await lock.acquire(blocking=False):
                await _while_held(lock, stop)
        except (RedisError, OSError) as error:
            _log.warning("scheduler_waits", error=type(error).__name__)
        await _pause(stop, 2.0)


async def _while_held(lock: Lock, stop: asyncio.Event) -> None:
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 60}
    )
    begun = datetime.now(UTC)
    for task in schedule.TASKS:
        scheduler.add_job(
            schedule.safely, "interval", args=[task], seconds=task.every_s, id=task.name, jitter=1,
            next_run_time=begun + timedelta(seconds=task.first_s or task.every_s),
        )  # fmt: skip
    scheduler.start()
    _log.info("scheduling", tasks=[task.name for task in schedule.TASKS])
    try:
        while not stop.is_set():
            await _pause(stop, HELD_S / 4)
            await lock.reacquire()
    except LockError:
        _log.warning("lock_lost")
    finally:
        scheduler.shutdown(wait=False)
        with suppress(LockError, RedisError, OSError):
            await lock.release()


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def _main() -> None:
    load_all()
    connect(redis_url())
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await run(stop)
    await redis.forget()
    await database.forget()


def main() -> None:
    processes.give_way(settings().worker_niceness)
    telemetry.set_up("scheduler")
    asyncio.run(_main())


if __name__ == "__main__":
    main()
