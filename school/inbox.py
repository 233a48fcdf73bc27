"""What people send in: inbound messages, and which person a number was proved to belong to."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from runtime.events import Event
from runtime.ids import new_id
from runtime.table import Base, SchoolRow


class MessagesReceived(Event):
    """People wrote to the school; their messages wait in the inbox."""

    name: ClassVar[str] = "messages.received"
    message_ids: list[UUID]


class ContactPoint(SchoolRow, Base):
    """A number or handle a person has proved to be theirs by a code sent to it."""

    __tablename__ = "contact_points"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str]
    address: Mapped[str]
    verified_at: Mapped[datetime | None]
    pin_hash: Mapped[str | None]
    unlocked_until: Mapped[datetime | None]
    code_hash: Mapped[str | None]
    code_expires_at: Mapped[datetime | None]
    code_tries: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        UniqueConstraint("channel", "address", "person_id"),
        Index("ix_contact_points_address", "channel", "address"),
    )


class InboundMessage(Base):
    """One message from a provider, kept before it is worked off; a repeat of its provider id is dropped."""

    __tablename__ = "inbox"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("schools.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    provider: Mapped[str]
    provider_message_id: Mapped[str]
    channel: Mapped[str]
    sender: Mapped[str]
    recipient: Mapped[str]
    text: Mapped[str]
    media: Mapped[list[Any]] = mapped_column(default=list)
    handled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("provider", "provider_message_id"),
        Index("ix_inbox_sender", "channel", "sender", "created_at"),
    )
