"""The outbox: events wait here, in the same transaction as their cause, until the relay has passed them on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped

from runtime.events import Event
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.telemetry import trace_context

CHANNEL = "outbox"


class OutboxRow(SchoolRow, Base):
    __tablename__ = "outbox"

    name: Mapped[str]
    version: Mapped[int]
    payload: Mapped[dict[str, Any]]
    trace: Mapped[dict[str, Any]]
    sent_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_outbox_waiting", "id", postgresql_where=text("sent_at IS NULL")),)


class EventReceipt(SchoolRow, Base):
    """One consumer has worked off one event. Written with the consumer's own effects, so a repeat changes nothing."""

    __tablename__ = "event_receipts"

    event_id: Mapped[UUID]
    consumer: Mapped[str]

    __table_args__ = (UniqueConstraint("event_id", "consumer"),)


async def write(session: AsyncSession, school_id: UUID, events: list[Event]) -> list[UUID]:
    """Put the events of a transaction into the outbox and wake the relay at its commit."""
    rows = [
        OutboxRow(
            id=new_id(),
            school_id=school_id,
            name=event.name,
            version=event.version,
            payload=event.payload(),
            trace=trace_context(),
        )
        for event in events
    ]
    session.add_all(rows)
    await session.flush()
    await session.execute(text(f"NOTIFY {CHANNEL}"))
    return [row.id for row in rows]
