"""Exports made again and again: every day, week or month, as the person who asked for them."""

import calendar as months
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import NotVisible
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school import runs
from school.exports import ExportSpec
from school.permissions import WHOLE_SCHOOL, Permission
from school.runs import RunRow, RunStatus

RUN_KIND = "records.export"


class Every(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class ExportSchedule(SchoolRow, Base):
    __tablename__ = "export_schedules"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    title: Mapped[str]
    spec: Mapped[dict[str, Any]]
    every: Mapped[str]
    next_on: Mapped[date]
    last_run_id: Mapped[UUID | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"))

    __table_args__ = (CheckConstraint("every IN ('day', 'week', 'month')", name="every"),)


def after(day: date, every: Every) -> date:
    """The next day of the rhythm; the 31st falls on a shorter month's last day."""
    if every is Every.DAY:
        return day + timedelta(days=1)
    if every is Every.WEEK:
        return day + timedelta(days=7)
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))


async def schedule(tx: Tx, title: str, spec: ExportSpec, every: Every, first_on: date | None = None) -> ExportSchedule:
    """Have an export made from a day on (default today)."""
    tx.require(Permission.RECORDS_EXPORT)
    row = ExportSchedule(
        id=new_id(), school_id=tx.school_id, created_at=tx.now, user_id=tx.caller.user_id, title=title,
        spec=spec.model_dump(mode="json"), every=every.value, next_on=max(first_on or tx.today, tx.today),
    )  # fmt: skip
    tx.session.add(row)
    await tx.session.flush()
    return row


async def listed(tx: Tx) -> list[ExportSchedule]:
    """The caller's schedules; every one for the head and the admin."""
    query = select(ExportSchedule).order_by(ExportSchedule.next_on)
    if tx.caller.role not in WHOLE_SCHOOL:
        query = query.where(ExportSchedule.user_id == tx.caller.user_id)
    return list(await tx.session.scalars(query))


async def cancel(tx: Tx, schedule_id: UUID) -> ExportSchedule:
    """Make a schedule's exports no more. Errors: not_visible."""
    tx.require(Permission.RECORDS_EXPORT)
    found = next((row for row in await listed(tx) if row.id == schedule_id), None)
    if found is None:
        raise NotVisible("There is no such scheduled export.")
    await tx.session.delete(found)
    return found


async def start_due(tx: Tx) -> int:
    """Start the runs of the schedules that are due; days that were missed are made up for by one run."""
    query = select(ExportSchedule).where(ExportSchedule.next_on <= tx.today).with_for_update(skip_locked=True)
    due = list(await tx.session.scalars(query))
    for row in due:
        run = RunRow(
            id=new_id(), school_id=tx.school_id, created_at=tx.now, kind=RUN_KIND, title=row.title, payload=row.spec, done=0,
            message="", status=RunStatus.QUEUED.value, started_by=row.user_id,
        )  # fmt: skip
        tx.session.add(run)
        await tx.session.flush()
        tx.emit(runs.RunStarted(run_id=run.id, kind=RUN_KIND))
        row.last_run_id = run.id
        while row.next_on <= tx.today:
            row.next_on = after(row.next_on, Every(row.every))
    return len(due)
