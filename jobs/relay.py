"""The relay: outbox rows, once committed, go to the Redis stream `events`.

Several may run: each takes rows nobody else holds. A row is marked only after Redis has it, so a crash between the
two sends it again, and while Redis is away rows wait in Postgres.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from redis.exceptions import RedisError
from sqlalchemy import delete, exists, func, select, update

from runtime.outbox import CHANNEL, EventReceipt, OutboxRow
from runtime.redis import redis_client
from runtime.settings import settings
from runtime.telemetry import log
from runtime.transaction import across_schools

STREAM = "events"
KEPT = 100_000
"""About how many entries the stream keeps; the outbox has them all."""

BATCH = 200
POLL_S = 1.0
LONGEST_WAIT_S = 10.0
_log = log("relay")


async def pass_on(limit: int = BATCH) -> int:
    """Send one batch of waiting events to the stream, oldest first. Returns how many went."""
    async with across_schools() as session:
        query = (
            select(OutboxRow)
            .where(OutboxRow.sent_at.is_(None))
            .order_by(OutboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = list(await session.scalars(query))
        if not rows:
            return 0
        async with redis_client().pipeline(transaction=False) as pipe:
            for row in rows:
                pipe.xadd(STREAM, entry(row), maxlen=KEPT, approximate=True)
            await pipe.execute()
        await session.execute(
            update(OutboxRow).where(OutboxRow.id.in_([row.id for row in rows])).values(sent_at=func.clock_timestamp())
        )
        return len(rows)


def entry(row: OutboxRow) -> dict[Any, Any]:
    """An outbox row as a stream entry."""
    return {
        "id": str(row.id), "school": str(row.school_id), "name": row.name, "version": str(row.version),
        "payload": json.dumps(row.payload), "trace": json.dumps(row.trace), "at": row.created_at.isoformat(),
    }  # fmt: skip


async def run(stop: asyncio.Event) -> None:
    """Pass events on until told to stop: at once when Postgres notifies, and every second anyway."""
    woken = asyncio.Event()
    listening = asyncio.create_task(_listen(woken, stop))
    wait_s = 0.0
    try:
        while not stop.is_set():
            woken.clear()
            try:
                while await pass_on() == BATCH:
                    pass
                wait_s = POLL_S
            except (RedisError, OSError, psycopg.Error) as error:
                wait_s = min(max(wait_s, POLL_S) * 2, LONGEST_WAIT_S)
                _log.warning("relay_waits", error=type(error).__name__, wait_s=wait_s)
            except Exception as error:
                wait_s = min(max(wait_s, POLL_S) * 2, LONGEST_WAIT_S)
                _log.error("relay_failed", error=type(error).__name__, wait_s=wait_s)
            with suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), wait_s)
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening


async def _listen(woken: asyncio.Event, stop: asyncio.Event) -> None:
    """Hold one connection that hears NOTIFY; when it breaks, polling goes on and it is made again."""
    url = (settings().database_url or "").replace("postgresql+psycopg://", "postgresql://")
    while not stop.is_set():
        try:
            async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
                await connection.execute(f"LISTEN {CHANNEL}".encode())
                async for _ in connection.notifies():
                    woken.set()
        except (psycopg.Error, OSError):
            await asyncio.sleep(POLL_S)


async def send_again(consumers: Mapping[str, Sequence[str]], older_than: timedelta = timedelta(seconds=60)) -> int:
    """Let the relay repeat events that were sent long ago and that a consumer still has not worked off.

    That happens only when Redis lost its stream. `consumers` maps event names to the consumers that want them.
    """
    now = datetime.now(UTC)
    again = 0
    async with across_schools() as session:
        for name, wanted in consumers.items():
            for consumer in wanted:
                done = exists().where(EventReceipt.event_id == OutboxRow.id, EventReceipt.consumer == consumer)
                result = await session.execute(
                    update(OutboxRow)
                    .where(OutboxRow.name == name, OutboxRow.sent_at < now - older_than, ~done)
                    .where(OutboxRow.created_at > now - timedelta(days=2))
                    .values(sent_at=None)
                    .returning(OutboxRow.id)
                )
                again += len(result.scalars().all())
        if again:
            await session.execute(select(func.pg_notify(CHANNEL, "")))
    return again


async def purge(older_than: timedelta = timedelta(days=30)) -> int:
    """Remove events sent long ago, with their receipts."""
    async with across_schools() as session:
        old = datetime.now(UTC) - older_than
        gone = await session.execute(delete(OutboxRow).where(OutboxRow.sent_at < old).returning(OutboxRow.id))
        count = len(gone.scalars().all())
        await session.execute(delete(EventReceipt).where(EventReceipt.created_at < old))
    return count
