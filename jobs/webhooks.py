"""Events become webhook messages, messages are sent, and what failed is sent again when it is due."""

import asyncio
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import dramatiq

from channels.webhooks import post
from jobs.consumers import Envelope, on, system
from jobs.schedule import every
from jobs.sweep import schools
from runtime.events import EVENTS, Event
from runtime.transaction import Tx, transaction
from school import webhooks
from tools import load_all

load_all()  # every capability, and with them every event
KEPT = timedelta(days=30)


async def tell(tx: Tx, event: Event, envelope: Envelope) -> None:
    """Queue the event for the webhooks that want it."""
    made = await webhooks.queue(tx, event, envelope.id, datetime.fromisoformat(envelope.at))
    if made:
        envelope.after_commit.append(partial(hand_over, tx.school_id, made))


for _event in [EVENTS[name] for name in webhooks.public_events()]:
    on(_event)(tell)


@dramatiq.actor(queue_name="low", priority=20, max_retries=0, time_limit=60_000)
async def send_webhook(school_id: str, message_id: str) -> None:
    """One attempt at one message."""
    await attempt(UUID(school_id), UUID(message_id))


async def attempt(school_id: UUID, message_id: UUID) -> None:
    """Claim a message that is due, send it, record what came of it."""
    caller = system(school_id)
    async with transaction(caller) as tx:
        taken = await webhooks.claim(tx, message_id)
        if taken is None:
            return
        message, endpoint = taken
        url, secret, body = endpoint.url, webhooks.secret_of(endpoint), dict(message.body)
    status, detail = await post(url, secret, f"msg_{message_id.hex}", body)
    async with transaction(caller) as tx:
        await webhooks.record(tx, message_id, status, detail)


async def hand_over(school_id: UUID, message_ids: list[UUID]) -> None:
    """Hand messages to the workers."""
    await asyncio.to_thread(enqueue, school_id, message_ids)


def enqueue(school_id: UUID, message_ids: list[UUID]) -> None:
    """Hand messages to the workers. Blocks for a round trip to Redis each."""
    for message_id in message_ids:
        send_webhook.send(str(school_id), str(message_id))


@every(5)
async def send_due_webhooks() -> int:
    """Hand over the messages whose wait is over, and those a killed worker or a lost Redis left behind."""
    found = 0
    for school_id in await schools():
        async with transaction(system(school_id), read_only=True) as tx:
            ready = await webhooks.due(tx)
        await hand_over(school_id, ready)
        found += len(ready)
    return found


@every(12 * 3600)
async def purge_webhook_messages() -> int:
    """Remove messages that ended a month ago."""
    purged = 0
    for school_id in await schools():
        async with transaction(system(school_id)) as tx:
            purged += await webhooks.purge(tx, KEPT)
    return purged
