"""Sweeps: find again whatever a killed process or a lost Redis left behind. Safe to run at any time, any number of times."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from channels import accounts
from channels.providers import Outgoing, Provider, SendFailed
from jobs import deliver, relay, runs
from jobs.consumers import system, wanted
from runtime.telemetry import log
from runtime.transaction import across_schools, transaction
from school import delivery_states, timetable_solving
from school.delivery_states import Attempted
from school.notifications import Channel, Delivery, DeliveryState
from school.schools import School

STALE = timedelta(seconds=75)
OVERDUE = timedelta(seconds=60)
UNKNOWN = "no answer came and the provider cannot say what became of it; it may have arrived, so it was not sent again"
_log = log("sweep")


async def schools() -> list[UUID]:
    async with across_schools(read_only=True) as session:
        return list(await session.scalars(select(School.id)))


async def sweep(stale: timedelta = STALE, overdue: timedelta = OVERDUE) -> dict[str, int]:
    """One round over everything: events, deliveries, runs, timetables. Returns how many of each were found."""
    found = {"events": await relay.send_again(wanted(), overdue), "stale": 0, "overdue": 0, "runs": 0, "timetables": 0}
    for school_id in await schools():
        found["stale"] += await settle_stale(school_id, stale)
        found["overdue"] += await enqueue_overdue(school_id, overdue)
        found["runs"] += await runs.resume(school_id)
        async with transaction(system(school_id)) as tx:
            found["timetables"] += await timetable_solving.settle(tx)
    if any(found.values()):
        _log.info("swept", **found)
    return found


async def settle_stale(school_id: UUID, older_than: timedelta) -> int:
    """Find out what became of deliveries whose worker died: sent, not sent (again then), or not to be known."""
    async with transaction(system(school_id)) as tx:
        rows = await delivery_states.stale(tx, older_than)
        providers = {row.channel: await accounts.senders(tx, Channel(row.channel)) for row in rows}
    settled = await asyncio.gather(*(_outcome(providers[row.channel], row) for row in rows))
    async with transaction(system(school_id)) as tx:
        await delivery_states.record(tx, settled)
    for row, one in zip(rows, settled, strict=True):
        if one.state is DeliveryState.DEAD:
            await deliver.tell_dead(str(school_id), row.channel, [(one.delivery_id, one.detail)])
    await _enqueue(
        school_id, [row for row, one in zip(rows, settled, strict=True) if one.state is DeliveryState.QUEUED]
    )
    return len(rows)


async def _outcome(providers: Sequence[Provider], row: Delivery) -> Attempted:
    outgoing = Outgoing(
        row.id, row.school_id, Channel(row.channel), row.address or "", row.text, row.subject, row.extra
    )
    try:
        for provider in providers:
            if (accepted := await provider.find(outgoing)) is not None:
                return Attempted(
                    row.id, row.attempts, provider.name, DeliveryState.SENT, message_id=accepted.message_id
                )
    except SendFailed:
        return Attempted(row.id, row.attempts, _name(providers), DeliveryState.DEAD, UNKNOWN)
    return Attempted(
        row.id, row.attempts, _name(providers), DeliveryState.QUEUED, "the worker stopped; nothing had been sent",
        retry_after_s=0, counts=False,
    )  # fmt: skip


def _name(providers: Sequence[Provider]) -> str:
    return providers[0].name if providers else ""


async def enqueue_overdue(school_id: UUID, older_than: timedelta) -> int:
    """Hand to the workers what they should have had by now."""
    async with transaction(system(school_id)) as tx:
        rows = await delivery_states.overdue(tx, older_than)
    await _enqueue(school_id, rows)
    return len(rows)


async def _enqueue(school_id: UUID, rows: Sequence[Delivery]) -> None:
    parts: dict[tuple[str, str], list[UUID]] = {}
    for row in rows:
        parts.setdefault((row.channel, row.priority), []).append(row.id)
    await deliver.enqueue_all([(str(school_id), channel, ids, priority) for (channel, priority), ids in parts.items()])
