"""Runs as people see them: a list, one of them, asking one to stop."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import select

from runtime.errors import Conflict
from runtime.transaction import Tx
from school import runs
from school.permissions import WHOLE_SCHOOL
from school.runs import RunRow, RunStatus
from school.units import Value

OVER = frozenset({RunStatus.SUCCEEDED.value, RunStatus.FAILED.value, RunStatus.CANCELLED.value})


class RunOver(Conflict):
    """The run has ended: there is nothing to stop."""

    code = "run_over"


class ShownRun(Value):
    id: UUID
    kind: str
    title: str
    status: str
    done: int
    total: int | None
    message: str
    result: dict[str, Any] | None
    error: str | None
    created_at: AwareDatetime
    finished_at: AwareDatetime | None


def shown(row: RunRow) -> ShownRun:
    return ShownRun(
        id=row.id, kind=row.kind, title=row.title, status=row.status, done=row.done, total=row.total,
        message=row.message, result=row.result, error=(row.error or {}).get("message"), created_at=row.created_at,
        finished_at=row.finished_at,
    )  # fmt: skip


async def listed(tx: Tx, limit: int = 50) -> list[ShownRun]:
    """The caller's own runs, or the whole school's for the head and the admin; newest first."""
    query = select(RunRow).order_by(RunRow.created_at.desc(), RunRow.id.desc()).limit(limit)
    if tx.caller.role not in WHOLE_SCHOOL:
        query = query.where(RunRow.started_by == tx.caller.user_id)
    return [shown(row) for row in await tx.session.scalars(query)]


async def cancel(tx: Tx, run_id: UUID) -> ShownRun:
    """Ask a run to stop. A queued one is over at once; a running one stops at its next step. Errors: run_over."""
    row = await runs.access_run(tx, run_id, lock=True)
    if row.status in OVER:
        raise RunOver(f"This run has already {row.status}.", status=row.status)
    row.cancel_asked = True
    if row.status == RunStatus.QUEUED.value:
        row.status, row.finished_at = RunStatus.CANCELLED.value, tx.now
    return shown(row)
