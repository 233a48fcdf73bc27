"""Handovers: a guardian on SMS or WhatsApp who wants a person. One owner at a time; the assistant is silent meanwhile.

Every message of theirs is kept in the thread in order, whether somebody has it or it still waits, until it is handed back.
"""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import Conflict, NotVisible
from runtime.events import Event
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school import deliveries, phrases, schools
from school.deliveries import Reply
from school.notifications import Channel
from school.people import Person
from school.permissions import Permission
from school.units import Value

LONGEST_REPLY = 1000


class HandoverStatus(StrEnum):
    WAITING = "waiting"
    OWNED = "owned"
    CLOSED = "closed"


class HandoverAsked(Event):
    """A guardian wants a person; those who answer the inbox are to be told."""

    name: ClassVar[str] = "handover.asked"
    handover_id: UUID


class HandoverWritten(Event):
    """A guardian wrote to the person who has their conversation; that person is to be told."""

    name: ClassVar[str] = "handover.written"
    handover_id: UUID
    source: str


class HandoverOwned(Conflict):
    """Somebody else has this conversation."""

    code = "handover_owned"


class HandoverNotYours(Conflict):
    """Only whoever has a conversation answers in it: claim it first."""

    code = "handover_not_yours"


class HandoverClosed(Conflict):
    """The conversation was handed back to the assistant."""

    code = "handover_closed"


class Handover(SchoolRow, Base):
    """One conversation with a person. At most one is open for a number."""

    __tablename__ = "handovers"

    channel: Mapped[str]
    address: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    status: Mapped[str]
    owner_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    owner: Mapped[str | None]
    taken_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    last_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'owned', 'closed')", name="status"),
        Index("uq_handovers_open", "school_id", "address", unique=True, postgresql_where=text("status <> 'closed'")),
        Index("ix_handovers_status", "school_id", "status", "last_at"),
    )


class HandoverMessage(SchoolRow, Base):
    """One message of the thread: the guardian's, a person's, or a note of what happened."""

    __tablename__ = "handover_messages"

    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handovers.id", ondelete="CASCADE"))
    source: Mapped[str]
    """The inbox message or our own id of a reply: a repeat is the same message."""
    author: Mapped[str]
    direction: Mapped[str]
    text: Mapped[str]

    __table_args__ = (
        UniqueConstraint("handover_id", "source"),
        CheckConstraint("direction IN ('in', 'out', 'note')", name="direction"),
        Index("ix_handover_messages_thread", "handover_id", "id"),
    )


class ThreadMessage(Value):
    at: AwareDatetime
    author: str
    direction: str
    text: str


class Waiting(Value):
    """One conversation of the inbox."""

    id: UUID
    guardian: str
    channel: str
    status: str
    owner: str | None
    asked_at: AwareDatetime
    last_at: AwareDatetime
    last_text: str
    mine: bool


class Thread(Waiting):
    """A conversation with its messages, oldest first."""

    messages: list[ThreadMessage]


async def open_at(tx: Tx, address: str, lock: bool = False) -> Handover | None:
    """The open conversation of a number, on either of its channels."""
    query = select(Handover).where(Handover.address == address, Handover.status != HandoverStatus.CLOSED.value)
    return await tx.session.scalar(query.with_for_update() if lock else query)


async def ask(tx: Tx, person: Person, channel: Channel, address: str) -> Handover:
    """Begin a conversation with a person. The caller keeps the guardian's message next."""
    row = Handover(
        id=new_id(), school_id=tx.school_id, created_at=tx.now, last_at=tx.now, channel=channel.value, address=address,
        person_id=person.id, status=HandoverStatus.WAITING.value,
    )  # fmt: skip
    tx.session.add(row)
    await tx.session.flush()
    tx.emit(HandoverAsked(handover_id=row.id))
    return row


async def keep(tx: Tx, row: Handover, source: str, author: str, direction: str, words: str) -> None:
    """Add a message to the thread, once."""
    seen = select(HandoverMessage.id).where(HandoverMessage.handover_id == row.id, HandoverMessage.source == source)
    if await tx.session.scalar(seen) is not None:
        return
    tx.session.add(
        HandoverMessage(
            id=new_id(), school_id=tx.school_id, created_at=tx.now, handover_id=row.id, source=source, author=author,
            direction=direction, text=words,
        )
    )  # fmt: skip
    row.last_at = tx.now
    await tx.session.flush()


async def written(tx: Tx, row: Handover, source: str, author: str, words: str) -> None:
    """Keep what the guardian writes meanwhile, once; whoever has the conversation hears of it."""
    await keep(tx, row, source, author, "in", words)
    if row.status == HandoverStatus.OWNED.value:
        tx.emit(HandoverWritten(handover_id=row.id, source=source))


async def listed(tx: Tx, include_closed: bool = False) -> list[Waiting]:
    """The inbox: those that wait first, then those somebody has; the oldest first."""
    tx.require(Permission.INBOX_READ)
    query = select(Handover, Person).join(Person, Person.id == Handover.person_id)
    if not include_closed:
        query = query.where(Handover.status != HandoverStatus.CLOSED.value)
    rows = (await tx.session.execute(query.order_by(Handover.last_at).limit(200))).all()
    order = {"waiting": 0, "owned": 1, "closed": 2}
    found = [await _waiting(tx, row, person) for row, person in rows]
    return sorted(found, key=lambda item: (order[item.status], item.asked_at))


async def _waiting(tx: Tx, row: Handover, person: Person) -> Waiting:
    last = select(HandoverMessage.text).where(
        HandoverMessage.handover_id == row.id, HandoverMessage.direction != "note"
    )
    return Waiting(
        id=row.id, guardian=person.display_name, channel=row.channel, status=row.status, owner=row.owner,
        asked_at=row.created_at, last_at=row.last_at, mine=row.owner_user_id == tx.caller.user_id,
        last_text=await tx.session.scalar(last.order_by(HandoverMessage.id.desc()).limit(1)) or "",
    )  # fmt: skip


async def access(tx: Tx, handover_id: UUID, *, write: bool = False) -> Handover:
    """One conversation of the inbox. Errors: not_allowed, not_visible."""
    tx.require(Permission.INBOX_WRITE if write else Permission.INBOX_READ)
    row = await tx.session.get(Handover, handover_id, with_for_update=write and not tx.read_only)
    if row is None:
        raise NotVisible("There is no such conversation in the inbox.")
    return row


async def thread(tx: Tx, handover_id: UUID) -> Thread:
    """A conversation with its messages."""
    row = await access(tx, handover_id)
    person = await tx.session.get_one(Person, row.person_id)
    query = select(HandoverMessage).where(HandoverMessage.handover_id == row.id).order_by(HandoverMessage.id)
    messages = [
        ThreadMessage(at=m.created_at, author=m.author, direction=m.direction, text=m.text)
        for m in await tx.session.scalars(query)
    ]
    return Thread(**(await _waiting(tx, row, person)).model_dump(), messages=messages)


async def check_claimable(tx: Tx, handover_id: UUID) -> Handover:
    """A conversation the caller may take. Errors: handover_owned, handover_closed."""
    row = await access(tx, handover_id, write=True)
    if row.status == HandoverStatus.CLOSED.value:
        raise HandoverClosed("This conversation was handed back already.")
    if row.owner_user_id not in (None, tx.caller.user_id):
        raise HandoverOwned(f"{row.owner} has this conversation.")
    return row


async def claim(tx: Tx, handover_id: UUID) -> Handover:
    """Take a conversation; from then on it is the caller's alone."""
    row = await check_claimable(tx, handover_id)
    row.status, row.owner_user_id, row.owner = HandoverStatus.OWNED.value, tx.caller.user_id, tx.caller.name
    row.taken_at = row.taken_at or tx.now
    await keep(
        tx, row, f"claim:{tx.now.isoformat()}", tx.caller.name, "note", f"{tx.caller.name} has this conversation."
    )
    return row


async def put_back(tx: Tx, handover_id: UUID) -> Handover:
    """Let go of a conversation, for somebody else to take. The guardian still waits for a person."""
    row = await check_yours(tx, handover_id)
    row.status, row.owner_user_id, row.owner = HandoverStatus.WAITING.value, None, None
    await keep(tx, row, f"let go:{tx.now.isoformat()}", tx.caller.name, "note", f"{tx.caller.name} let go of it.")
    return row


async def check_yours(tx: Tx, handover_id: UUID) -> Handover:
    """A conversation the caller has. Errors: handover_not_yours, handover_closed."""
    row = await access(tx, handover_id, write=True)
    if row.status == HandoverStatus.CLOSED.value:
        raise HandoverClosed("This conversation was handed back already.")
    if row.owner_user_id != tx.caller.user_id or tx.caller.user_id is None:
        held = f"{row.owner} has it." if row.owner else "Nobody has it yet: claim it first."
        raise HandoverNotYours(f"You do not have this conversation. {held}")
    return row


async def reply(tx: Tx, handover_id: UUID, words: str) -> Handover:
    """Write to the guardian as a person of the school, on the channel they wrote on."""
    row = await check_yours(tx, handover_id)
    await _send(tx, row, f"{tx.caller.name}: {words}", words, "out")
    return row


async def hand_back(tx: Tx, handover_id: UUID) -> Handover:
    """Give the conversation back to the assistant, and say so to the guardian."""
    row = await check_yours(tx, handover_id)
    words = await closing(tx, row)
    await _send(tx, row, words, words, "note")
    row.status, row.closed_at = HandoverStatus.CLOSED.value, tx.now
    return row


async def closing(tx: Tx, row: Handover) -> str:
    """What a guardian is told when the caller hands their conversation back, in their language."""
    guardian = await tx.session.get_one(Person, row.person_id)
    school = (await schools.current(tx)).name
    return phrases.say("handed_back", guardian.language, school=school, person=tx.caller.name)


async def _send(tx: Tx, row: Handover, sent: str, kept: str, direction: str) -> None:
    message_id = new_id()
    answer = Reply(message_id, row.person_id, Channel(row.channel), row.address, sent, "From the school")
    await deliveries.reply(tx, answer)
    await keep(tx, row, str(message_id), tx.caller.name, direction, kept)
