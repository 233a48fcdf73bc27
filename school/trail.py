"""Reading the audit trail: what was done, what can still be undone."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import aliased

from runtime.caller import Caller
from runtime.errors import Conflict, NotVisible
from runtime.transaction import Tx
from school.audit import AuditEntry
from school.permissions import WHOLE_SCHOOL, Permission
from school.units import Value


class NothingToUndo(Conflict):
    """No change of this caller can be undone."""

    code = "nothing_to_undo"


class AlreadyUndone(Conflict):
    """Somebody undid it already."""

    code = "already_undone"


class TrailEntry(Value):
    """One entry of the audit trail, as people read it."""

    id: UUID
    at: datetime
    who: str
    role: str
    door: str
    tool: str
    effect: str
    summary: str
    outcome: str
    approved_by: str | None
    undoable: bool
    undone_at: datetime | None
    undo_note: str | None


async def entries(
    tx: Tx, *, limit: int = 50, before: datetime | None = None, who: str | None = None, tool: str | None = None
) -> list[TrailEntry]:
    """The trail, newest first: everybody's for those who may read it, otherwise the caller's own."""
    undoing = aliased(AuditEntry)
    query = (
        select(AuditEntry, undoing.created_at)
        .outerjoin(undoing, undoing.undoes_id == AuditEntry.id)
        .order_by(AuditEntry.created_at.desc(), AuditEntry.id.desc())
        .limit(limit)
    )
    if not tx.caller.may(Permission.AUDIT_READ):
        query = query.where(by(tx.caller))
    if before is not None:
        query = query.where(AuditEntry.created_at < before)
    if who:
        query = query.where(AuditEntry.who.icontains(who, autoescape=True))
    if tool:
        query = query.where(AuditEntry.tool == tool)
    return [_entry(tx, row, undone_at) for row, undone_at in (await tx.session.execute(query)).all()]


def by(caller: Caller) -> ColumnElement[bool]:
    """What this caller did themselves. Somebody known by their phone alone has no user, and then counts as a person."""
    if caller.user_id is not None:
        return AuditEntry.user_id == caller.user_id
    return AuditEntry.person_id == caller.person_id if caller.person_id is not None else false()


def _entry(tx: Tx, row: AuditEntry, undone_at: datetime | None) -> TrailEntry:
    return TrailEntry(
        id=row.id, at=row.created_at, who=row.who, role=row.role, door=row.door, tool=row.tool, effect=row.effect,
        summary=row.summary, outcome=row.outcome, approved_by=row.approved_by, undone_at=undone_at,
        undoable=row.undo_tool is not None and undone_at is None and _may_undo(tx, row), undo_note=row.undo_note,
    )  # fmt: skip


def _may_undo(tx: Tx, row: AuditEntry) -> bool:
    own = row.user_id == tx.caller.user_id if tx.caller.user_id else row.person_id == tx.caller.person_id is not None
    return tx.caller.may(Permission.UNDO) and (own or tx.caller.role in WHOLE_SCHOOL)


async def access_entry(tx: Tx, entry_id: UUID) -> AuditEntry:
    """Fetch one entry to undo it. Errors: not_visible, not_allowed, already_undone, nothing_to_undo."""
    row = await tx.session.get(AuditEntry, entry_id)
    if row is None:
        raise NotVisible("There is no such entry.")
    tx.require(Permission.UNDO, _may_undo(tx, row), "Only who did it, the head or an administrator can undo this.")
    if row.undo_tool is None:
        raise NothingToUndo(f"This cannot be undone: {row.summary}")
    if await tx.session.scalar(select(AuditEntry.id).where(AuditEntry.undoes_id == row.id)):
        raise AlreadyUndone("This was undone already.")
    return row


async def last_undoable(tx: Tx, conversation_id: UUID | None = None, tools: Sequence[str] = ()) -> AuditEntry:
    """The caller's latest change that can be undone and was not: in a conversation, of some kinds, or at all."""
    undoing = aliased(AuditEntry)
    query = (
        select(AuditEntry)
        .outerjoin(undoing, undoing.undoes_id == AuditEntry.id)
        .where(by(tx.caller), AuditEntry.undo_tool.is_not(None), undoing.id.is_(None))
        .where(AuditEntry.undoes_id.is_(None))
        .order_by(AuditEntry.created_at.desc(), AuditEntry.id.desc())
        .limit(1)
    )
    if conversation_id is not None:
        query = query.where(AuditEntry.conversation_id == conversation_id)
    if tools:
        query = query.where(AuditEntry.tool.in_(tools))
    row = await tx.session.scalar(query)
    if row is None:
        raise NothingToUndo("There is no change of yours left to undo.")
    tx.require(Permission.UNDO)
    return row
