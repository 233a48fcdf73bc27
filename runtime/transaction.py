"""One transaction, opened as the caller: Postgres knows the school before the first query."""

from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from runtime import outbox
from runtime.caller import Caller
from runtime.database import sessions
from runtime.errors import NotAllowed
from runtime.events import Event

T = TypeVar("T")

_READ_ONLY = "set_config('transaction_read_only', 'on', true)"
_AS_CALLER = (
    "set_config('app.school_id', :school, true), set_config('app.person_id', :person, true),"
    " set_config('app.role', :role, true), set_config('hnsw.iterative_scan', 'strict_order', true)"
)
_ZONE = "(SELECT time_zone FROM schools WHERE id = :id) AS zone"
"""Asked last: row-level security shows a school only once it is the caller's."""

_CHANGING = text(f"SELECT {_AS_CALLER}, {_ZONE}")
_READING = text(f"SELECT {_READ_ONLY}, {_AS_CALLER}, {_ZONE}")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Tx:
    """A running transaction of one caller: its session, its clock, and the events it will emit."""

    session: AsyncSession
    caller: Caller
    read_only: bool
    zone: ZoneInfo
    now: datetime = field(default_factory=_now)
    events: list[Event] = field(default_factory=list[Event])
    undo: tuple[str, dict[str, Any]] | None = None
    undo_note: str | None = None
    checked: bool = False

    @property
    def school_id(self) -> UUID:
        return self.caller.school_id

    @property
    def today(self) -> date:
        """Today where the school is."""
        return self.now.astimezone(self.zone).date()

    def emit(self, event: Event) -> None:
        """Let the world know, if and when this transaction commits."""
        self.events.append(event)

    def require(self, permission: str, row_allows: bool = True, message: str | None = None) -> None:
        """Check the caller's right to change one row, or raise NotAllowed."""
        if not (self.caller.may(permission) and row_allows):
            raise NotAllowed(message or "You are not allowed to do this.", permission=str(permission))
        self.checked = True

    async def apart(self, slow: Awaitable[T]) -> T:
        """Wait for something slow outside the record, such as a hosted model.

        A read lets its connection go meanwhile and goes on in a transaction of its own; a change keeps its locks.
        """
        if not self.read_only:
            return await slow
        await self.session.commit()
        found = await slow
        await _enter(self.session, self.caller, self.read_only)
        return found

    def undo_with(self, tool: str, note: str | None = None, **args: Any) -> None:
        """Name the capability, and its arguments, that puts back what this transaction changes.

        `note` says what cannot be put back, in words for the person who asks for the undo.
        """
        self.undo = (tool, args)
        self.undo_note = note


@asynccontextmanager
async def transaction(caller: Caller, read_only: bool = False) -> AsyncGenerator[Tx]:
    """Open a transaction as the caller; commit with its events at the end, roll back on any error."""
    async with sessions()() as session:
        try:
            zone = await _enter(session, caller, read_only)
            tx = Tx(session=session, caller=caller, read_only=read_only, zone=zone)
            yield tx
            if tx.events:
                await outbox.write(session, caller.school_id, tx.events)
            await session.commit()
        except BaseException:
            await session.rollback()
            raise


async def _enter(session: AsyncSession, caller: Caller, read_only: bool) -> ZoneInfo:
    """Begin as the caller, in one round trip. Returns the school's time zone."""
    entered = await session.execute(
        _READING if read_only else _CHANGING,
        {
            "school": str(caller.school_id), "person": str(caller.person_id or ""), "role": caller.role.value,
            "id": caller.school_id,
        },
    )  # fmt: skip
    return ZoneInfo(entered.one().zone or "UTC")


@asynccontextmanager
async def across_schools(read_only: bool = False) -> AsyncGenerator[AsyncSession]:
    """A transaction before any school is known: sign-in, inbound numbers, the relay, the schedule.

    Only the tables in `runtime.security.ACROSS_SCHOOLS` show rows in it.
    """
    async with sessions()() as session, session.begin():
        also = f", {_READ_ONLY}" if read_only else ""
        await session.execute(text(f"SELECT set_config('app.reach', 'all', true){also}"))
        yield session
