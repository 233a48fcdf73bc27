"""Webhooks: addresses of other programs that hear of events, and every message sent to them (Standard Webhooks)."""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import Conflict, InvalidInput, NotVisible
from runtime.events import EVENTS, Event
from runtime.ids import new_id
from runtime.secrets import seal, unseal
from runtime.settings import settings
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school.permissions import Permission

MOST = 20
TEST_EVENT = "webhook.tested"
BACKOFF = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
"""Waits after each failed attempt, as Standard Webhooks recommends; after the last the message has failed."""
STALE = timedelta(seconds=60)


class MessageState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"


class WebhookEndpoint(SchoolRow, Base):
    """An address that hears of some kinds of event, and the sealed secret its messages are signed with."""

    __tablename__ = "webhook_endpoints"

    url: Mapped[str]
    events: Mapped[list[str]]
    secret: Mapped[str]
    enabled: Mapped[bool] = mapped_column(default=True)
    failing_since: Mapped[datetime | None]
    disabled_reason: Mapped[str | None]

    __table_args__ = (UniqueConstraint("school_id", "url"),)


class WebhookMessage(SchoolRow, Base):
    """One event for one address. Its id is the `webhook-id`: the same at every attempt and replay."""

    __tablename__ = "webhook_messages"

    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoints.id", ondelete="CASCADE"))
    event_id: Mapped[UUID]
    name: Mapped[str]
    body: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default=MessageState.QUEUED.value)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    status: Mapped[int | None]
    detail: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        UniqueConstraint("endpoint_id", "event_id"),
        CheckConstraint("state IN ('queued', 'sending', 'delivered', 'failed')", name="state"),
        Index("ix_webhook_messages_due", "due_at", postgresql_where=text("state IN ('queued', 'sending')")),
    )


def public_events() -> list[str]:
    """The names of events that other programs may hear of."""
    return sorted(name for name, event in EVENTS.items() if event.public)


def check(url: str, events: Sequence[str]) -> None:
    """Raise InvalidInput unless the address is a public HTTPS one and the events are known."""
    parts = urlsplit(url)
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username or parts.fragment:
        raise InvalidInput(
            "A webhook needs a full address such as https://example.com/hooks, without a user name or #part.",
            field="url",
        )
    if not settings().webhooks_to_private_addresses:
        if parts.scheme != "https":
            raise InvalidInput("A webhook's address starts with https://.", field="url")
        if private(parts.hostname):
            raise InvalidInput("A webhook cannot go to a private or local address.", field="url")
    if unknown := [name for name in events if name not in public_events()]:
        raise InvalidInput(
            f"There is no event {', '.join(unknown)}. There are {', '.join(public_events())}.", field="events"
        )


def private(host: str) -> bool:
    """Whether a host names this machine or an address that is not reachable from the internet."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ip_address(host.strip("[]")).is_global
    except ValueError:
        return False


async def access(tx: Tx, endpoint_id: UUID) -> WebhookEndpoint:
    """One webhook of the school, to change it. Errors: not_allowed, not_visible."""
    tx.require(Permission.WEBHOOKS_WRITE)
    found = await tx.session.get(WebhookEndpoint, endpoint_id)
    if found is None:
        raise NotVisible("There is no such webhook.")
    return found


async def endpoints(tx: Tx) -> list[WebhookEndpoint]:
    """The school's webhooks, oldest first."""
    return list(await tx.session.scalars(select(WebhookEndpoint).order_by(WebhookEndpoint.created_at)))


async def add(tx: Tx, url: str, events: Sequence[str], sealed: str | None = None) -> WebhookEndpoint:
    """A new webhook with a secret of its own, or with `sealed` one when it comes back. Errors: invalid_input, conflict."""
    tx.require(Permission.WEBHOOKS_WRITE)
    check(url, events)
    present = await endpoints(tx)
    if any(row.url == url for row in present):
        raise Conflict("There is a webhook to this address already. Change its events instead.")
    if len(present) >= MOST:
        raise Conflict(f"A school has at most {MOST} webhooks. Remove one that is not needed.")
    secret = sealed or seal({"secret": f"whsec_{base64.b64encode(secrets.token_bytes(24)).decode()}"})
    row = WebhookEndpoint(
        id=new_id(), school_id=tx.school_id, created_at=tx.now, url=url, events=sorted(set(events)), secret=secret
    )
    tx.session.add(row)
    await tx.session.flush()
    return row


async def remove(tx: Tx, endpoint_id: UUID) -> WebhookEndpoint:
    """Remove a webhook with its messages."""
    row = await access(tx, endpoint_id)
    await tx.session.delete(row)
    return row


def secret_of(row: WebhookEndpoint) -> str:
    """The signing secret, `whsec_…`."""
    return unseal(row.secret)["secret"]


async def queue(tx: Tx, event: Event, event_id: UUID, at: datetime) -> list[UUID]:
    """One message for every enabled webhook that wants this event; the ids of those that are new."""
    wanted = [row for row in await endpoints(tx) if row.enabled and (not row.events or event.name in row.events)]
    return [
        message_id
        for row in wanted
        if (message_id := await _message(tx, row.id, event_id, event.name, at, event.payload())) is not None
    ]


async def test(tx: Tx, row: WebhookEndpoint) -> UUID:
    """A message that only says that the webhook works."""
    made = await _message(tx, row.id, new_id(), TEST_EVENT, tx.now, {"message": "This webhook works."})
    assert made is not None
    return made


async def _message(
    tx: Tx, endpoint_id: UUID, event_id: UUID, name: str, at: datetime, data: dict[str, Any]
) -> UUID | None:
    body = {"type": name, "timestamp": at.isoformat(), "data": data}
    made = await tx.session.execute(
        insert(WebhookMessage)
        .values(
            id=new_id(), school_id=tx.school_id, created_at=tx.now, endpoint_id=endpoint_id, event_id=event_id, name=name,
            body=body, due_at=tx.now,
        )
        .on_conflict_do_nothing(index_elements=["endpoint_id", "event_id"])
        .returning(WebhookMessage.id)
    )  # fmt: skip
    return made.scalar_one_or_none()


async def messages(
    tx: Tx, endpoint_id: UUID | None = None, states: Sequence[MessageState] = (), limit: int = 50
) -> list[tuple[WebhookMessage, str]]:
    """Messages with the address they go to, newest first."""
    query = select(WebhookMessage, WebhookEndpoint.url).join(WebhookEndpoint)
    if endpoint_id is not None:
        query = query.where(WebhookMessage.endpoint_id == endpoint_id)
    if states:
        query = query.where(WebhookMessage.state.in_([state.value for state in states]))
    rows = await tx.session.execute(query.order_by(WebhookMessage.created_at.desc()).limit(limit))
    return [(message, url) for message, url in rows.all()]


async def replay(tx: Tx, endpoint_id: UUID | None) -> int:
    """Queue the failed messages of one webhook, or of all, for another round. Returns how many."""
    tx.require(Permission.WEBHOOKS_WRITE)
    change = update(WebhookMessage).where(WebhookMessage.state == MessageState.FAILED.value)
    if endpoint_id is not None:
        change = change.where(WebhookMessage.endpoint_id == endpoint_id)
    again = change.values(state=MessageState.QUEUED.value, attempts=0, due_at=tx.now).returning(WebhookMessage.id)
    return len((await tx.session.scalars(again)).all())


async def due(tx: Tx, limit: int = 500) -> list[UUID]:
    """Messages whose time has come, and those whose worker died."""
    waiting = (WebhookMessage.state == MessageState.QUEUED.value) & (WebhookMessage.due_at <= tx.now)
    left = (WebhookMessage.state == MessageState.SENDING.value) & (WebhookMessage.tried_at < tx.now - STALE)
    query = select(WebhookMessage.id).where(waiting | left).order_by(WebhookMessage.due_at).limit(limit)
    return list(await tx.session.scalars(query))


async def claim(tx: Tx, message_id: UUID) -> tuple[WebhookMessage, WebhookEndpoint] | None:
    """Take one message for sending; None when it is not due, was taken, or its webhook is switched off."""
    query = (
        select(WebhookMessage, WebhookEndpoint)
        .join(WebhookEndpoint)
        .where(WebhookMessage.id == message_id)
        .with_for_update(of=WebhookMessage, skip_locked=True)
    )
    found = (await tx.session.execute(query)).one_or_none()
    if found is None:
        return None
    message, endpoint = found
    taken = message.state == MessageState.SENDING.value and message.tried_at and message.tried_at > tx.now - STALE
    if taken or message.state in (MessageState.DELIVERED.value, MessageState.FAILED.value) or message.due_at > tx.now:
        return None
    if not endpoint.enabled and message.name != TEST_EVENT:
        message.state, message.detail = MessageState.FAILED.value, "the webhook is switched off"
        return None
    message.state, message.tried_at, message.attempts = MessageState.SENDING.value, tx.now, message.attempts + 1
    return message, endpoint


async def record(tx: Tx, message_id: UUID, status: int | None, detail: str) -> None:
    """What an attempt came to: delivered, again later, failed for good; 410 switches the webhook off."""
    message = await tx.session.get_one(WebhookMessage, message_id, with_for_update=True)
    endpoint = await tx.session.get_one(WebhookEndpoint, message.endpoint_id, with_for_update=True)
    message.status, message.detail = status, detail
    if status is not None and 200 <= status < 300:
        message.state, endpoint.failing_since = MessageState.DELIVERED.value, None
        return
    endpoint.failing_since = endpoint.failing_since or tx.now
    if status == 410:
        endpoint.enabled, endpoint.disabled_reason = False, "the address answered 410 Gone"
    if status == 410 or message.attempts > len(BACKOFF) or message.name == TEST_EVENT:
        message.state = MessageState.FAILED.value
        return
    message.state, message.due_at = MessageState.QUEUED.value, tx.now + BACKOFF[message.attempts - 1]


async def purge(tx: Tx, older_than: timedelta) -> int:
    """Remove ended messages that are older. Returns how many."""
    ended = WebhookMessage.state.in_([MessageState.DELIVERED.value, MessageState.FAILED.value])
    gone = delete(WebhookMessage).where(ended, WebhookMessage.created_at < tx.now - older_than)
    return len((await tx.session.scalars(gone.returning(WebhookMessage.id))).all())


async def set_enabled(tx: Tx, endpoint_id: UUID, enabled: bool) -> WebhookEndpoint:
    """Switch a webhook on or off; on again forgets that it failed."""
    row = await access(tx, endpoint_id)
    row.enabled, row.disabled_reason = enabled, None if enabled else "switched off by the school"
    row.failing_since = None if enabled else row.failing_since
    return row


async def set_events(tx: Tx, endpoint_id: UUID, events: Sequence[str]) -> None:
    """Set the events a webhook hears of (none: all)."""
    row = await access(tx, endpoint_id)
    check(row.url, events)
    row.events = sorted(set(events))


async def counts(tx: Tx) -> dict[UUID, dict[str, int]]:
    """Messages of each webhook by state."""
    query = select(WebhookMessage.endpoint_id, WebhookMessage.state, func.count()).group_by(
        WebhookMessage.endpoint_id, WebhookMessage.state
    )
    found: dict[UUID, dict[str, int]] = {}
    for endpoint_id, state, count in await tx.session.execute(query):
        found.setdefault(endpoint_id, {})[state] = count
    return found
