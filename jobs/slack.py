"""Working off what Slack sent."""

import asyncio
from datetime import timedelta
from uuid import UUID

import dramatiq

from channels.slack import work
from jobs.broker import broker
from jobs.consumers import Envelope, on, system
from runtime.transaction import Tx, transaction
from school import slack
from school.slack import SlackRequestReceived

LONGEST_MS = 180_000
OVERDUE = timedelta(seconds=200)


@on(SlackRequestReceived)
async def slack_request_received(tx: Tx, event: SlackRequestReceived, envelope: Envelope) -> None:
    """Hand a new request to the workers."""

    async def hand_over() -> None:
        await asyncio.to_thread(enqueue, envelope.school_id, event.request_id)

    envelope.after_commit.append(hand_over)


def enqueue(school_id: UUID, request_id: UUID) -> None:
    broker.enqueue(work_off.message(str(school_id), str(request_id)))


@dramatiq.actor(
    queue_name="urgent", priority=5, max_retries=work.MOST_TRIES - 1, min_backoff=1000, max_backoff=30_000,
    time_limit=LONGEST_MS,
)  # fmt: skip
async def work_off(school_id: str, request_id: str) -> None:
    """Do one request. Safe to run twice: the turn is unique on the request, and its message is mended, not repeated."""
    try:
        await work.work(system(UUID(school_id)), UUID(request_id))
    except Exception:
        await work.failed(system(UUID(school_id)), UUID(request_id))
        raise


async def resume(school_id: UUID, older_than: timedelta = OVERDUE) -> int:
    """Hand over again what nobody finished."""
    async with transaction(system(school_id), read_only=True) as tx:
        ids = await slack.waiting(tx, older_than)
    for request_id in ids:
        await asyncio.to_thread(enqueue, school_id, request_id)
    return len(ids)
