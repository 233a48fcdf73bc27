"""How a delivery moves from state to state: claimed by a worker, sent, put back for later, given up, receipted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, exists, insert, select, update

from runtime.errors import NotVisible
from runtime.events import Event
from runtime.ids import new_id
from runtime.transaction import Tx
from school import consent, fallback
from school.deliveries import RETRY_AFTER_S
from school.notifications import Channel, Delivery, DeliveryAttempt, DeliveryState, OptOut
from school.permissions import Permission

_DELIVERIES = cast(Table, Delivery.__table__)
_ATTEMPTS = cast(Table, DeliveryAttempt.__table__)
RANK = {
    DeliveryState.QUEUED: 0, DeliveryState.SENDING: 1, DeliveryState.SENT: 2, DeliveryState.FAILED: 3,
    DeliveryState.DELIVERED: 4, DeliveryState.READ: 5,
}  # fmt: skip
"""Receipts come late, twice and out of order: a delivery only ever moves up."""


UNFETCHED = "unfetched"
"""In `extra`: the provider's id of the message whose file could not be fetched; its words with the link went after it."""

ASKED_FOR = "asked_for"
"""In `extra`: the person wrote to us and this is the answer, so an earlier STOP does not hold it back."""


class DeliveriesRequeued(Event):
    """Deliveries that had been given up, or were never started, are to be sent (again)."""

    name: ClassVar[str] = "deliveries.requeued"
    delivery_ids: list[UUID]
    priority: str


@dataclass(frozen=True, slots=True)
class Attempted:
    """What one attempt came to. `retry_after_s` set: put back; unset and not sent: given up."""

    delivery_id: UUID
    number: int
    provider: str
    state: DeliveryState
    detail: str = ""
    message_id: str | None = None
    cost: Decimal | None = None
    duration_ms: int = 0
    retry_after_s: float | None = None
    unsent: bool = False
    """True when the message surely did not go out, so another channel may stand in."""

    stopped: bool = False
    """True when the network says that this person wants no messages there."""

    counts: bool = True
    """False when the provider was not asked (its breaker was open): it is not one of the attempts."""


async def claim(tx: Tx, delivery_ids: Sequence[UUID]) -> list[Delivery]:
    """Take queued deliveries whose time has come, for this worker alone. Who said STOP meanwhile is skipped."""
    stopped = exists().where(
        OptOut.channel == Delivery.channel, OptOut.address == Delivery.address, OptOut.lifted_at.is_(None)
    )
    due = (
        Delivery.id.in_(list(delivery_ids)),
        Delivery.state == DeliveryState.QUEUED.value,
        Delivery.not_before.is_(None) | (Delivery.not_before <= tx.now),
    )
    await tx.session.execute(
        update(Delivery)
        .where(*due, stopped, ~Delivery.extra.has_key(ASKED_FOR))
        .values(state=DeliveryState.SKIPPED.value, updated_at=tx.now, reason="opted_out: said STOP before it was sent")
        .execution_options(synchronize_session=False)
    )
    rows = await tx.session.execute(
        update(Delivery)
        .where(*due)
        .values(state=DeliveryState.SENDING.value, attempts=Delivery.attempts + 1, updated_at=tx.now)
        .returning(Delivery)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return list(rows.scalars())


def after(number: int, detail: str) -> float | None:
    """Seconds until the next attempt after attempt `number` failed; null when there is none."""
    return float(RETRY_AFTER_S[number - 1]) if number <= len(RETRY_AFTER_S) else None


async def record(tx: Tx, attempted: Sequence[Attempted]) -> None:
    """Write what a batch of attempts came to."""
    if not attempted:
        return
    changes = [_change(tx, one) for one in attempted]
    statement = (
        update(_DELIVERIES)
        .where(_DELIVERIES.c.id == bindparam("key"), _DELIVERIES.c.state == DeliveryState.SENDING.value)
        .values(
            state=bindparam("to"), reason=bindparam("why"), not_before=bindparam("later"), provider=bindparam("by"),
            provider_message_id=bindparam("message"), sent_at=bindparam("at"), updated_at=bindparam("now"),
            attempts=_DELIVERIES.c.attempts - bindparam("uncounted"),
        )
    )  # fmt: skip
    await (await tx.session.connection()).execute(statement, changes)
    tried = [
        {
            "id": new_id(), "school_id": tx.school_id, "created_at": tx.now, "delivery_id": one.delivery_id,
            "number": one.number, "provider": one.provider, "outcome": _outcome(one), "detail": one.detail[:300],
            "duration_ms": one.duration_ms,
        }
        for one in attempted if one.counts
    ]  # fmt: skip
    if tried:
        await (await tx.session.connection()).execute(insert(_ATTEMPTS), tried)
    for one in attempted:
        if one.stopped:
            await _note_stop(tx, one.delivery_id)
    await fallback.send_instead(tx, [one.delivery_id for one in attempted if one.unsent and not one.stopped])


async def _note_stop(tx: Tx, delivery_id: UUID) -> None:
    """A STOP that was said to the network itself counts as one said to the school."""
    row = await tx.session.get(Delivery, delivery_id)
    if row is not None and row.address:
        await consent.stop(tx, Channel(row.channel), row.address, "STOP, told by the network")


def _outcome(one: Attempted) -> str:
    if one.state is DeliveryState.QUEUED:
        return "retry"
    return {
        DeliveryState.SENT: "accepted", DeliveryState.FAILED: "refused", DeliveryState.DEAD: "given up",
        DeliveryState.SENDING: "unknown",
    }[one.state]  # fmt: skip


def _change(tx: Tx, one: Attempted) -> dict[str, Any]:
    sent = one.state is DeliveryState.SENT
    later = tx.now + timedelta(seconds=one.retry_after_s) if one.retry_after_s is not None else None
    return {
        "key": one.delivery_id, "to": one.state.value, "why": None if sent else one.detail[:300], "later": later,
        "by": one.provider, "message": one.message_id, "at": tx.now if sent else None, "now": tx.now,
        "uncounted": 0 if one.counts else 1,
    }  # fmt: skip


async def receipt(
    tx: Tx, provider: str, message_id: str, state: DeliveryState, at: datetime, detail: str = "",
    delivery_id: UUID | None = None, unfetched: bool = False,
) -> bool:  # fmt: skip
    """What a provider says became of a message. False when it changes nothing (late, repeated, unknown).

    Where its file could not be fetched (`unfetched`), it goes out once more as its words, which hold the link.
    """
    query = select(Delivery).with_for_update()
    if delivery_id is not None:
        row = await tx.session.scalar(query.where(Delivery.id == delivery_id))
    else:
        known = (Delivery.provider == provider, Delivery.provider_message_id == message_id)
        row = await tx.session.scalar(query.where(*known).limit(1))
    if row is None or row.extra.get(UNFETCHED) == message_id:
        return False
    now = DeliveryState(row.state)
    settled = now is DeliveryState.DEAD and state is not DeliveryState.FAILED
    if not settled and RANK.get(state, 0) <= RANK.get(now, 9):
        return False
    if unfetched and state is DeliveryState.FAILED and "document" in row.extra:
        _without_file(tx, row, message_id)
        return True
    row.state, row.updated_at = state.value, tx.now
    row.provider, row.provider_message_id = provider, message_id
    row.reason = detail[:300] or None if state is DeliveryState.FAILED else None
    row.sent_at = row.sent_at or at
    if state in (DeliveryState.DELIVERED, DeliveryState.READ):
        row.delivered_at = row.delivered_at or at
    if state is DeliveryState.READ:
        row.read_at = at
    await tx.session.flush()
    if state is DeliveryState.FAILED:
        await fallback.send_instead(tx, [row.id])
    else:
        await fallback.recall(tx, row)
    return True


def _without_file(tx: Tx, row: Delivery, message_id: str) -> None:
    row.extra = {name: value for name, value in row.extra.items() if name != "document"} | {UNFETCHED: message_id}
    row.state, row.attempts, row.not_before, row.updated_at = DeliveryState.QUEUED.value, 0, None, tx.now
    row.provider, row.provider_message_id, row.reason = None, None, "the file could not be fetched: sent as a link"
    tx.emit(DeliveriesRequeued(delivery_ids=[row.id], priority=row.priority))


async def stale(tx: Tx, older_than: timedelta, limit: int = 500) -> list[Delivery]:
    """Deliveries claimed long ago whose worker never said what came of them: it died."""
    query = select(Delivery).where(
        Delivery.state == DeliveryState.SENDING.value, Delivery.updated_at < tx.now - older_than
    )
    rows = list(await tx.session.scalars(query.limit(limit).with_for_update(skip_locked=True)))
    for row in rows:
        row.updated_at = tx.now  # ours to settle: another sweep leaves them alone
    return rows


async def overdue(tx: Tx, older_than: timedelta, limit: int = 5000) -> list[Delivery]:
    """Deliveries that should have been picked up by now: Redis lost the message that names them."""
    query = (
        select(Delivery)
        .where(Delivery.state == DeliveryState.QUEUED.value, Delivery.updated_at < tx.now - older_than)
        .where(Delivery.not_before.is_(None) | (Delivery.not_before < tx.now - older_than))
    )
    rows = list(await tx.session.scalars(query.order_by(Delivery.id).limit(limit).with_for_update(skip_locked=True)))
    for row in rows:
        row.updated_at = tx.now  # handed over now: the next sweeps leave them alone for a while
    return rows


async def replay(tx: Tx, delivery_ids: Sequence[UUID] | None = None) -> list[Delivery]:
    """Queue given-up deliveries once more, with all their attempts; null means every one of them.

    Errors: not_visible (none of them is given up), not_allowed.
    """
    tx.require(Permission.DELIVERIES_WRITE)
    query = select(Delivery).where(Delivery.state == DeliveryState.DEAD.value)
    if delivery_ids is not None:
        query = query.where(Delivery.id.in_(list(delivery_ids)))
    rows = list(await tx.session.scalars(query.with_for_update(skip_locked=True).limit(5000)))
    if not rows:
        raise NotVisible("There is no given-up message to send again.")
    for row in rows:
        row.state, row.attempts, row.not_before, row.updated_at = DeliveryState.QUEUED.value, 0, None, tx.now
    by_priority: dict[str, list[UUID]] = {}
    for row in rows:
        by_priority.setdefault(row.priority, []).append(row.id)
    for priority, ids in by_priority.items():
        tx.emit(DeliveriesRequeued(delivery_ids=ids, priority=priority))
    return rows
