"""Consumers of domain events: `@on(Event)` registers one; each module is a consumer group on the stream `events`.

A handler runs in a transaction of its school, together with the receipt that marks the event as worked off: both
commit or neither. What it must do outside Postgres (publish, enqueue) it leaves to `envelope.after_commit`, and
whatever that loses, the sweeps in `jobs/sweep.py` find again.
"""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from os import getpid
from typing import Any, TypeVar, cast
from uuid import UUID

from dramatiq.errors import DramatiqError
from opentelemetry import context, propagate
from pydantic import ValidationError
from redis.exceptions import RedisError, ResponseError
from sqlalchemy.dialects.postgresql import insert

from jobs.relay import STREAM
from runtime.caller import Caller
from runtime.errors import SchoolOSError, Upstream
from runtime.events import EVENTS, Event
from runtime.ids import new_id
from runtime.outbox import EventReceipt
from runtime.redis import redis_client
from runtime.telemetry import log, span
from runtime.transaction import Tx, transaction
from school.permissions import Permission

E = TypeVar("E", bound=Event)
DEAD_STREAM = "events:dead"
MOST_TRIES = 5
IDLE_MS = 15_000
CLAIM_EVERY_S = 5.0
AT_ONCE = 4
_log = log("consumers")


@dataclass(slots=True)
class Envelope:
    """Where an event came from, and what is to be done once its handler's effects are committed."""

    id: UUID
    school_id: UUID
    name: str
    at: str
    trace: dict[str, str]
    after_commit: list[Callable[[], Awaitable[object]]] = field(default_factory=list[Callable[[], Awaitable[object]]])


Handler = Callable[[Tx, Any, Envelope], Awaitable[None]]
GROUPS: dict[str, dict[str, Handler]] = {}
"""Consumer group -> event name -> handler."""


def on(event: type[E]) -> Callable[[Callable[[Tx, E, Envelope], Awaitable[None]]], Handler]:
    """Register the decorated function as its module's handler of an event. It may run twice: make that harmless."""

    def register(handler: Callable[[Tx, E, Envelope], Awaitable[None]]) -> Handler:
        group = GROUPS.setdefault(handler.__module__.rsplit(".", 1)[-1], {})
        if event.name in group:
            raise ValueError(f"{handler.__module__} handles {event.name} twice")
        group[event.name] = cast(Handler, handler)
        return cast(Handler, handler)

    return register


def wanted() -> dict[str, list[str]]:
    """Event name -> the groups that handle it."""
    names: dict[str, list[str]] = {}
    for group, handlers in GROUPS.items():
        for name in handlers:
            names.setdefault(name, []).append(group)
    return names


async def handle(group: str, fields: dict[str, str]) -> bool:
    """Work off one stream entry for one group. False when it was worked off before or concerns nobody here."""
    handler = GROUPS[group].get(fields["name"])
    if handler is None:
        return False
    envelope = Envelope(
        UUID(fields["id"]), UUID(fields["school"]), fields["name"], fields["at"], json.loads(fields["trace"])
    )
    event = EVENTS[envelope.name].model_validate_json(fields["payload"])
    token = context.attach(propagate.extract(envelope.trace))
    try:
        with span(f"{group} {envelope.name}", event_id=str(envelope.id)):
            return await _apply(group, handler, event, envelope)
    finally:
        context.detach(token)


async def _apply(group: str, handler: Handler, event: Event, envelope: Envelope) -> bool:
    async with transaction(system(envelope.school_id)) as tx:
        if not await _first_time(tx, group, envelope):
            return False
        await handler(tx, event, envelope)
    for step in envelope.after_commit:
        try:
            await step()
        except (DramatiqError, RedisError, OSError) as error:
            _log.warning("after_commit_failed", group=group, event_id=str(envelope.id), error=type(error).__name__)
    return True


async def _first_time(tx: Tx, group: str, envelope: Envelope) -> bool:
    made = await tx.session.execute(
        insert(EventReceipt)
        .values(id=new_id(), school_id=envelope.school_id, event_id=envelope.id, consumer=group)
        .on_conflict_do_nothing()
        .returning(EventReceipt.id)
    )
    return made.scalar_one_or_none() is not None


def system(school_id: UUID) -> Caller:
    """The program itself, with every right of its school."""
    return Caller.system(school_id, *(str(permission) for permission in Permission))


async def _dropped(group: str, fields: dict[str, str], error: Exception) -> None:
    """Put an entry that cannot be worked off where an operator sees it, and never take it up again."""
    _log.error("event_dropped", group=group, event_id=fields["id"], name_=fields["name"], error=type(error).__name__)
    async with transaction(system(UUID(fields["school"]))) as tx:
        await _first_time(tx, group, Envelope(UUID(fields["id"]), UUID(fields["school"]), fields["name"], "", {}))
    entry: dict[Any, Any] = {**fields, "group": group, "error": f"{type(error).__name__}: {str(error)[:300]}"}
    await redis_client().xadd(DEAD_STREAM, entry, maxlen=10_000, approximate=True)


async def _take(group: str, entry_id: str, fields: dict[str, str], tries: int = 1) -> None:
    try:
        await handle(group, fields)
    except Upstream as error:
        _log.warning("event_waits", group=group, event_id=fields["id"], error=error.code)
        return
    except (SchoolOSError, ValidationError, KeyError) as error:
        await _dropped(group, fields, error)
    except (RedisError, OSError):
        raise
    except Exception as error:
        if tries < MOST_TRIES:
            _log.exception("event_failed", group=group, event_id=fields["id"], name_=fields["name"], tries=tries)
            return
        await _dropped(group, fields, error)
    await redis_client().xack(STREAM, group, entry_id)


async def consume(group: str, stop: asyncio.Event) -> None:
    """Read the stream as one consumer of a group until told to stop; take over what dead consumers left."""
    name = f"{socket.gethostname()}-{getpid()}-{new_id().hex[-6:]}"
    gate = asyncio.Semaphore(AT_ONCE)
    last_claim = 0.0
    loop = asyncio.get_running_loop()
    while not stop.is_set():
        try:
            await _ensure(group)
            while not stop.is_set():
                if loop.time() - last_claim > CLAIM_EVERY_S:
                    last_claim = loop.time()
                    await claim(group, name)
                found: Any = await redis_client().xreadgroup(group, name, {STREAM: ">"}, count=50, block=1000)
                entries = [entry for _, items in _streams(found) for entry in items]
                await asyncio.gather(*(_gated(gate, group, entry_id, fields) for entry_id, fields in entries))
        except ResponseError as error:
            if "NOGROUP" not in str(error):
                _log.exception("consumer_failed", group=group)
            await asyncio.sleep(0.2)
        except (RedisError, OSError) as error:
            _log.warning("consumer_waits", group=group, error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1.0)
        except Exception:
            _log.exception("consumer_failed", group=group)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1.0)


def _streams(found: Any) -> list[tuple[str, list[tuple[str, dict[str, str]]]]]:
    if not found:
        return []
    return list(found.items()) if isinstance(found, dict) else list(found)


async def _gated(gate: asyncio.Semaphore, group: str, entry_id: str, fields: dict[str, str]) -> None:
    async with gate:
        await _take(group, entry_id, fields)


async def _ensure(group: str) -> None:
    try:
        await redis_client().xgroup_create(STREAM, group, id="0", mkstream=True)
    except ResponseError as error:
        if "BUSYGROUP" not in str(error):
            raise


async def claim(group: str, name: str, idle_ms: int = IDLE_MS) -> int:
    """Take over entries whose consumer went silent, and retry those that failed; too many tries are the end."""
    claimed = 0
    start = "0-0"
    while True:
        reply: Any = await redis_client().xautoclaim(
            STREAM, group, name, min_idle_time=idle_ms, start_id=start, count=50
        )
        start, entries = reply[0], reply[1]
        for entry_id, fields in entries:
            if fields:
                pending: Any = await redis_client().xpending_range(STREAM, group, entry_id, entry_id, 1)
                tries = pending[0]["times_delivered"] if pending else 1
                await _take(group, entry_id, fields, tries)
                claimed += 1
        if start == "0-0":
            return claimed
