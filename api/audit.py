"""The audit trail over HTTP, page by page, with undo."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from runtime.transaction import transaction
from school import trail
from tools.declare import load_all
from tools.invoke import invoke
from tools.undo import Undone

router = APIRouter(prefix="/api/audit", tags=["audit"])


class Who(Camel):
    name: str
    role: str


class AuditItem(Camel):
    id: UUID
    at: datetime
    who: Who
    door: str
    tool: str
    effect: str
    summary: str
    approved_by: str | None
    undoable: bool
    undone_at: datetime | None
    undo_note: str | None


class AuditPage(Camel):
    items: list[AuditItem]
    next_cursor: datetime | None


@router.get("", operation_id="list_audit")
async def page(
    caller: SignedInCaller,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[AwareDatetime | None, Query(description="`nextCursor` of the page before.")] = None,
    who: Annotated[str | None, Query(max_length=120)] = None,
    tool: Annotated[str | None, Query(max_length=60)] = None,
) -> AuditPage:
    """Who did what, by which door, approved by whom; newest first. Others than the head see their own."""
    async with transaction(caller, read_only=True) as tx:
        found = await trail.entries(tx, limit=limit, before=cursor, who=who, tool=tool)
    items = [
        AuditItem(who=Who(name=e.who, role=e.role), **e.model_dump(exclude={"who", "role", "outcome"})) for e in found
    ]
    return AuditPage(items=items, next_cursor=found[-1].at if len(found) == limit else None)


@router.post(
    "/{entry_id}/undo", operation_id="undo_audit_entry", responses={404: {"model": Problem}, 409: {"model": Problem}}
)
async def undo(entry_id: UUID, caller: SignedInCaller) -> Undone:
    """Put one change back."""
    outcome = await invoke(load_all()["undo_change"], caller, {"entry": str(entry_id)}, approved=True)
    assert isinstance(outcome.result, Undone)
    return outcome.result
