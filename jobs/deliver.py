"""Delivering: a batch of queued deliveries of one school and channel is claimed, sent, and recorded.

Nothing is sent twice: a delivery is marked `sending` before its provider hears of it, and one whose worker died is
asked about at the provider, or given up where the provider cannot tell.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import dramatiq
from dramatiq.errors import DramatiqError
from redis.exceptions import RedisError
from sqlalchemy import select

from channels import accounts, breaker, rate
from channels.providers import TIMEOUT_S, Accepted, Outgoing, Provider, Refused, SendFailed, Stopped, TryLater, Unknown
from jobs.broker import broker
from jobs.consumers import system
from runtime.caller import Caller
from runtime.redis import redis_client
from runtime.telemetry import log, span
from runtime.together import Together
from runtime.transaction import Tx, transaction
from school import delivery_states
from school.delivery_states import Attempted
from school.notifications import Channel, Delivery, DeliveryState, Priority

BATCH = 25
DEAD_STREAM = "deliveries:dead"
LONGEST_MS = 60_000
SENDS_UNTIL_S = 45.0
"""A batch may take LONGEST_MS and starts no send after SENDS_UNTIL_S. Both lie under `sweep.STALE`: when a sweep asks what
became of a delivery, no worker that still lives can be about to send it."""

_log = log("deliver")


async def send(school_id: str, channel: str, delivery_ids: list[str], priority: str) -> None:
    """Send a batch of queued deliveries now, or put it back for when its provider takes it."""
    ids = [UUID(each) for each in delivery_ids]
    with span("deliver", channel=channel, count=len(ids)):
        caller = system(UUID(school_id))
        providers = await _providers(caller, Channel(channel))
        taken, wait_s = await _place(providers, len(ids))
        if not taken:
            await asyncio.to_thread(enqueue_later, school_id, channel, ids, priority, wait_s)
            return
        async with transaction(caller) as tx:
            claimed = await delivery_states.claim(tx, ids)
        await _send(providers, claimed, wait_s, priority)


async def send_claimed(claimed: Sequence[Delivery], priority: str) -> None:
    """Send deliveries of one channel that their maker has just claimed, or put them back until their provider takes them."""
    school_id, channel = claimed[0].school_id, claimed[0].channel
    with span("deliver", channel=channel, count=len(claimed)):
        providers = await _providers(system(school_id), Channel(channel))
        try:
            taken, wait_s = await _place(providers, len(claimed))
        except (RedisError, OSError):
            taken, wait_s = False, 1.0
        if taken:
            await _send(providers, claimed, wait_s, priority)
            return
        back = [
            Attempted(
                row.id,
                row.attempts,
                "",
                DeliveryState.QUEUED,
                "waiting for its place",
                retry_after_s=wait_s,
                counts=False,
            )
            for row in claimed
        ]
        await _records.add(school_id, back)
        await _follow_up(str(school_id), channel, claimed, back, priority)


async def _send(providers: Sequence[Provider], claimed: Sequence[Delivery], wait_s: float, priority: str) -> None:
    """One attempt of each, and the record of them."""
    if not claimed:
        return
    until = time.monotonic() + SENDS_UNTIL_S
    asked = (_attempt(providers, row, wait_s, place, until) for place, row in enumerate(claimed))
    tried = [one for one in await asyncio.gather(*asked) if one is not None]
    await _records.add(claimed[0].school_id, tried)
    await _follow_up(str(claimed[0].school_id), claimed[0].channel, claimed, tried, priority)


async def _record(tx: Tx, batches: Sequence[Sequence[Attempted]]) -> None:
    await delivery_states.record(tx, [one for batch in batches for one in batch])


_records = Together(_record, system)


async def _providers(caller: Caller, channel: Channel) -> list[Provider]:
    kept = accounts.kept(caller.school_id, channel)
    if kept is not None:
        return kept
    async with transaction(caller, read_only=True) as tx:
        return await accounts.senders(tx, channel)


async def _place(providers: Sequence[Provider], count: int) -> tuple[bool, float]:
    """(True, seconds until this batch may start), or (False, seconds to come back in): no worker is held that long."""
    for provider in providers:
        if not await breaker.is_open(provider.account):
            if provider.per_second is None:
                return True, 0.0
            taken, wait_s = await rate.reserve(provider.account, provider.per_second, count)
            return taken, wait_s if taken else max(wait_s - rate.LONGEST_WAIT_S / 2, 0.2)
    return True, 0.0


async def _attempt(
    providers: Sequence[Provider], row: Delivery, first_s: float, place: int, until: float
) -> Attempted | None:
    """One attempt: the first provider whose breaker is closed, the next one when that cannot take it now.

    Null when this worker was held up so long that a sweep may be on it already.
    """
    outgoing = Outgoing(
        row.id, row.school_id, Channel(row.channel), row.address or "", row.text, row.subject, row.extra
    )
    if not providers:
        return _given_up(row, "", DeliveryState.FAILED, f"no provider is set up for {row.channel}")
    last: Attempted | None = None
    for provider in providers:
        if await breaker.is_open(provider.account):
            cools_s = await breaker.cools_s(provider.account)
            last = last or Attempted(
                row.id, row.attempts, provider.name, DeliveryState.QUEUED, "the provider is down; waiting for it",
                retry_after_s=max(cools_s, 1.0), counts=False,
            )  # fmt: skip
            continue
        if last is not None and provider.per_second is not None:
            await _wait_for(provider)
        else:
            await rate.pace(first_s, provider.per_second, place)
        if time.monotonic() > until:
            return last
        last = await _ask(provider, outgoing, row)
        if last.state is not DeliveryState.QUEUED:
            return last  # sent, refused, given up, or nobody knows: no other provider may send it as well
    return last


async def _wait_for(provider: Provider) -> None:
    """A place in the rate of a provider that stands in for another."""
    assert provider.per_second is not None
    try:
        taken, wait_s = await rate.reserve(provider.account, provider.per_second, 1, most_s=TIMEOUT_S)
    except (RedisError, OSError):
        taken, wait_s = True, 1 / provider.per_second
    await asyncio.sleep(wait_s if taken else TIMEOUT_S)


async def _ask(provider: Provider, outgoing: Outgoing, row: Delivery) -> Attempted:
    began = time.monotonic()
    try:
        accepted = await asyncio.wait_for(provider.send(outgoing), TIMEOUT_S * 2)
    except SendFailed as failure:
        return await _failed(provider, row, failure, _ms(began))
    except TimeoutError:
        return await _failed(provider, row, Unknown("the provider did not answer in time"), _ms(began))
    except Exception as error:
        _log.exception("provider_failed", provider=provider.name, delivery_id=str(row.id))
        return await _failed(provider, row, Unknown(f"unexpected answer ({type(error).__name__})"), _ms(began))
    await breaker.succeeded(provider.account)
    return _sent(row, provider, accepted, _ms(began))


def _ms(began: float) -> int:
    return int((time.monotonic() - began) * 1000)


def _sent(row: Delivery, provider: Provider, accepted: Accepted, took_ms: int) -> Attempted:
    return Attempted(
        row.id, row.attempts, provider.name, DeliveryState.SENT, message_id=accepted.message_id, cost=accepted.cost,
        duration_ms=took_ms,
    )  # fmt: skip


def _given_up(row: Delivery, provider: str, state: DeliveryState, detail: str, took_ms: int = 0) -> Attempted:
    unsent = state is not DeliveryState.SENDING
    return Attempted(row.id, row.attempts, provider, state, detail, duration_ms=took_ms, unsent=unsent)


async def _failed(provider: Provider, row: Delivery, failure: SendFailed, took_ms: int) -> Attempted:
    """What a failure means: never again, again later, or nobody knows whether it went out."""
    if isinstance(failure, Refused):
        await breaker.succeeded(provider.account)
        refused = _given_up(row, provider.name, DeliveryState.FAILED, failure.detail, took_ms)
        return replace(refused, stopped=isinstance(failure, Stopped))
    await breaker.failed(provider.account)
    if isinstance(
        failure, Unknown
    ):  # stays `sending`: the sweep asks the provider, and gives up where that cannot tell
        return _given_up(
            row, provider.name, DeliveryState.SENDING, f"{failure.detail}; asking what became of it", took_ms
        )
    wait_s = delivery_states.after(row.attempts, failure.detail)
    if wait_s is None:
        return _given_up(row, provider.name, DeliveryState.DEAD, failure.detail, took_ms)
    if isinstance(failure, TryLater) and failure.retry_after_s:
        wait_s = max(wait_s, failure.retry_after_s)
    return Attempted(
        row.id, row.attempts, provider.name, DeliveryState.QUEUED, failure.detail, duration_ms=took_ms,
        retry_after_s=wait_s,
    )  # fmt: skip


async def _follow_up(
    school_id: str, channel: str, claimed: Sequence[Delivery], tried: Sequence[Attempted], priority: str
) -> None:
    again: dict[float, list[UUID]] = {}
    for one in tried:
        if one.retry_after_s is not None:
            again.setdefault(one.retry_after_s, []).append(one.delivery_id)
    try:
        for wait_s, ids in again.items():
            await asyncio.to_thread(enqueue_later, school_id, channel, ids, priority, wait_s)
    except (DramatiqError, RedisError, OSError) as error:
        _log.warning("retry_not_enqueued", error=type(error).__name__)  # the sweep finds them when they are overdue
    dead = [one for one in tried if one.state is DeliveryState.DEAD]
    await tell_dead(school_id, channel, [(one.delivery_id, one.detail) for one in dead])
    if dead:
        _log.warning("deliveries_dead", school_id=school_id, channel=channel, count=len(dead), of=len(claimed))


async def tell_dead(school_id: str, channel: str, dead: Sequence[tuple[UUID, str]]) -> None:
    """Put given-up deliveries on the dead-letter stream; the list itself is in Postgres (state `dead`)."""
    if not dead:
        return
    async with redis_client().pipeline(transaction=False) as pipe:
        for delivery_id, detail in dead:
            pipe.xadd(
                DEAD_STREAM,
                {"delivery": str(delivery_id), "school": school_id, "channel": channel, "reason": detail},
                maxlen=100_000,
                approximate=True,
            )
        await pipe.execute()


@dramatiq.actor(queue_name="urgent", priority=0, max_retries=0, time_limit=LONGEST_MS)
async def deliver_urgent(school_id: str, channel: str, delivery_ids: list[str]) -> None:
    """Send a batch before all others."""
    await send(school_id, channel, delivery_ids, Priority.URGENT)


@dramatiq.actor(queue_name="normal", priority=10, max_retries=0, time_limit=LONGEST_MS)
async def deliver_normal(school_id: str, channel: str, delivery_ids: list[str]) -> None:
    """Send a batch."""
    await send(school_id, channel, delivery_ids, Priority.NORMAL)


@dramatiq.actor(queue_name="low", priority=20, max_retries=0, time_limit=LONGEST_MS)
async def deliver_low(school_id: str, channel: str, delivery_ids: list[str]) -> None:
    """Send a batch when nothing else waits."""
    await send(school_id, channel, delivery_ids, Priority.LOW)


ACTORS = {Priority.URGENT: deliver_urgent, Priority.NORMAL: deliver_normal, Priority.LOW: deliver_low}


def enqueue_later(school_id: str, channel: str, ids: Sequence[UUID], priority: str, wait_s: float = 0.0) -> None:
    """Hand deliveries of one channel to the workers, in batches. Blocks for a round trip to Redis."""
    actor = ACTORS[Priority(priority)]
    for start in range(0, len(ids), BATCH):
        batch = [str(each) for each in ids[start : start + BATCH]]
        message = actor.message(school_id, channel, batch)
        broker.enqueue(message, delay=int(wait_s * 1000) + 1 if wait_s else None)


async def enqueue(tx: Tx, delivery_ids: Sequence[UUID], priority: str) -> list[tuple[str, str, list[UUID], str]]:
    """What `enqueue_all` needs to hand these deliveries to the workers once the transaction is committed."""
    rows = await tx.session.execute(select(Delivery.id, Delivery.channel).where(Delivery.id.in_(list(delivery_ids))))
    channel_of: dict[UUID, str] = {row.id: row.channel for row in rows.all()}
    by_channel: dict[str, list[UUID]] = {}
    for delivery_id in delivery_ids:
        if delivery_id in channel_of:
            by_channel.setdefault(channel_of[delivery_id], []).append(delivery_id)
    return [(str(tx.school_id), channel, ids, priority) for channel, ids in by_channel.items()]


async def enqueue_all(parts: Sequence[tuple[str, str, list[UUID], str]]) -> None:
    """Hand deliveries to the workers."""
    for school_id, channel, ids, priority in parts:
        await asyncio.to_thread(enqueue_later, school_id, channel, ids, priority)
