"""Approvals: the preview of an action, waiting for a person; used once, expiring, bound to its state."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from runtime.table import Base, SchoolRow


class ApprovalStatus(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    EXECUTED = "executed"
    DECLINED = "declined"
    EXPIRED = "expired"
    STALE = "stale"
    FAILED = "failed"


class Approval(SchoolRow, Base):
    """`arguments` are exact and resolved; `fingerprint` is the state the preview showed."""

    __tablename__ = "approvals"

    tool: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    fingerprint: Mapped[str]
    preview: Mapped[dict[str, Any]]
    effect: Mapped[str]
    status: Mapped[str] = mapped_column(default=ApprovalStatus.PENDING.value)
    requested_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    requester: Mapped[str]
    requester_role: Mapped[str]
    requester_person_id: Mapped[UUID | None]
    door: Mapped[str]
    needs_second: Mapped[bool] = mapped_column(default=False)
    conversation_id: Mapped[UUID | None]
    turn_id: Mapped[UUID | None]
    tool_call_id: Mapped[str | None]
    decided_by: Mapped[UUID | None]
    decider: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_door: Mapped[str | None]
    reason: Mapped[str | None]
    result: Mapped[dict[str, Any] | None]
    error: Mapped[dict[str, Any] | None]
    expires_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(
            "status IN ('pending', 'approved', 'executed', 'declined', 'expired', 'stale', 'failed')", name="status"
        ),
        Index("ix_approvals_conversation", "conversation_id"),
        Index("ix_approvals_school_status", "school_id", "status"),
    )
