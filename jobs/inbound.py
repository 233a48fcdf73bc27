"""Answering what people send in."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import dramatiq
from dramatiq.errors import DramatiqError
from redis.exceptions import RedisError
from sqlalchemy import select

from channels import inbound
from jobs import deliver
from jobs.broker import broker
from jobs.consumers import Envelope, on, system
from runtime.telemetry import log
from runtime.transaction import Tx, transaction
from school.inbox import InboundMessage, MessagesReceived
from school.notifications import Delivery, Priority

_log = log("inbound")
MOST_RESUMED = 200
"""The oldest are handed over again, not all: in a burst the others are still in the queue."""


@on(MessagesReceived)
async def messages_received(tx: Tx, event: MessagesReceived, envelope: Envelope) -> None:
    """Hand new messages to the workers."""

    async def hand_over() -> None:
        await asyncio.to_thread(enqueue, envelope.school_id, event.message_ids)

    envelope.after_commit.append(hand_over)


def enqueue(school_id: UUID, message_ids: Sequence[UUID]) -> None:
    for message_id in message_ids:
        broker.enqueue(answer.message(str(school_id), str(message_id)))


@dramatiq.actor(
    queue_name="urgent", priority=5, max_retries=3, min_backoff=1000, max_backoff=30_000, time_limit=180_000
)
async def answer(school_id: str, message_id: str) -> None:
    """Answer one message. Safe to run twice: the assistant's turn and the reply are unique on the message."""
    await inbound.answer(system(UUID(school_id)), UUID(message_id), _send)


async def _send(reply: Delivery) -> None:
    """Send a reply from here, without a way round through Redis. What a crash leaves, the sweep settles."""
    try:
        await deliver.send_claimed([reply], Priority.URGENT)
    except (RedisError, DramatiqError, OSError) as error:
        _log.warning("reply_waits", error=type(error).__name__)


async def resume(school_id: UUID, older_than: timedelta = timedelta(seconds=90)) -> int:
    """Hand over again what nobody answered: a worker died, or Redis lost the message that names it."""
    async with transaction(system(school_id), read_only=True) as tx:
        waiting = select(InboundMessage.id).where(
            InboundMessage.handled_at.is_(None), InboundMessage.created_at < datetime.now(UTC) - older_than,
            InboundMessage.created_at > datetime.now(UTC) - timedelta(days=1),
        )  # fmt: skip
        waiting = waiting.where(InboundMessage.school_id == school_id).order_by(InboundMessage.id).limit(MOST_RESUMED)
        ids = list(await tx.session.scalars(waiting))
    await asyncio.to_thread(enqueue, school_id, ids)
    return len(ids)
