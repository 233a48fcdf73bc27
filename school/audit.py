"""The audit trail: who did what, by which door, approved by whom, and how to put it back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from runtime.table import Base, SchoolRow


class AuditEntry(SchoolRow, Base):
    """One change or refusal. Never updated: an undo is an entry of its own that names what it undoes."""

    __tablename__ = "audit_entries"

    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    person_id: Mapped[UUID | None]
    who: Mapped[str]
    role: Mapped[str]
    door: Mapped[str]
    tool: Mapped[str]
    effect: Mapped[str]
    summary: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    outcome: Mapped[str] = mapped_column(default="done")
    approval_id: Mapped[UUID | None]
    approved_by: Mapped[str | None]
    conversation_id: Mapped[UUID | None]
    request_id: Mapped[str] = mapped_column(default="")
    undo_tool: Mapped[str | None]
    undo_arguments: Mapped[dict[str, Any] | None]
    undo_note: Mapped[str | None]
    undoes_id: Mapped[UUID | None] = mapped_column(ForeignKey("audit_entries.id"))

    __table_args__ = (
        Index("ix_audit_entries_school_id_created_at", "school_id", "created_at"),
        Index("uq_audit_entries_undoes_id", "undoes_id", unique=True),
    )


class IdempotencyRow(SchoolRow, Base):
    """The first answer to a request with an Idempotency-Key, replayed to its repeats."""

    __tablename__ = "idempotency_keys"

    key: Mapped[str]
    caller: Mapped[str]
    tool: Mapped[str]
    arguments_hash: Mapped[str]
    result: Mapped[dict[str, Any]]
    expires_at: Mapped[datetime]

    __table_args__ = (Index("uq_idempotency_keys_school_caller_key", "school_id", "caller", "key", unique=True),)
