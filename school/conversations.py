"""Conversations: what was said, kept by the server; a client's own history is never trusted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from runtime.table import Base, SchoolRow


class Conversation(SchoolRow, Base):
    __tablename__ = "conversations"

    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    door: Mapped[str]
    address: Mapped[str | None]
    title: Mapped[str] = mapped_column(default="")
    focus: Mapped[dict[str, Any]] = mapped_column(default=dict)
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_conversations_user", "user_id", "updated_at"),
        Index("ix_conversations_address", "school_id", "door", "address"),
    )


class Turn(SchoolRow, Base):
    """One exchange: what the person said, and the model messages that answered it."""

    __tablename__ = "turns"

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    number: Mapped[int]
    client_id: Mapped[str | None]
    said: Mapped[str]
    files: Mapped[list[str]] = mapped_column(default=list)
    status: Mapped[str]
    reply: Mapped[str] = mapped_column(default="")
    parts: Mapped[list[Any]] = mapped_column(default=list)
    messages: Mapped[list[Any]] = mapped_column(default=list)
    model: Mapped[str | None]
    note: Mapped[str | None]
    usage: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error: Mapped[str | None]
    finished_at: Mapped[datetime | None]
    rating: Mapped[str | None]
    rating_reason: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("conversation_id", "number"),
        Index(
            "uq_turns_conversation_client", "conversation_id", "client_id", unique=True,
            postgresql_where=text("client_id IS NOT NULL"),
        ),
        CheckConstraint("status IN ('running', 'done', 'waiting', 'stopped', 'failed')", name="status"),
    )  # fmt: skip
