"""Runs: work that takes longer than a person waits, with its progress."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import NotVisible
from runtime.events import Event
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school.permissions import WHOLE_SCHOOL


class RunStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RunRow(SchoolRow, Base):
    __tablename__ = "runs"

    kind: Mapped[str]
    title: Mapped[str]
    status: Mapped[str] = mapped_column(default=RunStatus.QUEUED.value)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    message: Mapped[str] = mapped_column(default="")
    payload: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any] | None]
    error: Mapped[dict[str, Any] | None]
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    person_id: Mapped[UUID | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    """When the worker on it last showed a sign of life; a run without one is taken up by another worker."""

    cancel_asked: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')", name="status"),
        Index("ix_runs_school_created", "school_id", "created_at"),
    )


class RunStarted(Event):
    """A run was asked for; the worker that knows its kind takes it up."""

    name: ClassVar[str] = "run.started"
    run_id: UUID
    kind: str


async def start(tx: Tx, kind: str, title: str, payload: dict[str, Any], total: int | None = None) -> RunRow:
    """Record a run and let the workers know when the transaction commits."""
    run = RunRow(
        id=new_id(), school_id=tx.school_id, kind=kind, title=title, payload=payload, total=total, done=0, message="",
        status=RunStatus.QUEUED.value, started_by=tx.caller.user_id, person_id=tx.caller.person_id, created_at=tx.now,
    )  # fmt: skip
    tx.session.add(run)
    await tx.session.flush()
    tx.emit(RunStarted(run_id=run.id, kind=kind))
    return run


async def access_run(tx: Tx, run_id: UUID, *, lock: bool = False) -> RunRow:
    """Fetch a run: its starter's, or any for the head and the admin."""
    run = await tx.session.get(RunRow, run_id, with_for_update=lock)
    if run is None or not (tx.caller.role in WHOLE_SCHOOL or run.started_by == tx.caller.user_id):
        raise NotVisible("There is no such run.")
    tx.checked = True
    return run
