"""A school's accounts with messaging providers, browsers that take push messages, and the sandbox's phones."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from runtime.table import Base, SchoolRow


class ChannelAccount(SchoolRow, Base):
    """One provider a school sends through on one channel. Lower `position` is tried first; secrets are encrypted."""

    __tablename__ = "channel_accounts"

    channel: Mapped[str]
    provider: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    enabled: Mapped[bool] = mapped_column(default=True)
    sender: Mapped[str]
    """The number, address or name messages come from, and people answer to."""
    per_second: Mapped[int | None]
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    secrets: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        UniqueConstraint("school_id", "channel", "provider", "sender"),
        Index("ix_channel_accounts_sender", "channel", "sender"),
    )


class PushSubscription(SchoolRow, Base):
    """A browser that agreed to show push messages to a person."""

    __tablename__ = "push_subscriptions"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    endpoint: Mapped[str] = mapped_column(unique=True)
    keys: Mapped[dict[str, Any]]


class SandboxMessage(SchoolRow, Base):
    """A message on a sandbox phone: what went out (once per delivery) and what was typed in reply."""

    __tablename__ = "sandbox_messages"

    direction: Mapped[str]
    channel: Mapped[str]
    number: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    at: Mapped[datetime]
    key: Mapped[str]
    """The delivery it carries, or the client's own id of a reply: a repeat is the same message."""
    seen_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("school_id", "key"),
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
        Index("ix_sandbox_messages_number", "school_id", "number", "id"),
    )
