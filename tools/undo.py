"""Undo: put back what was changed, through the same door it came by."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import trail
from school.audit import AuditEntry
from school.permissions import Permission
from school.trail import TrailEntry
from tools.declare import TOOLS, Effect, tool
from tools.invoke import check_permitted, named, parse
from tools.present import Block, Column, Table
from tools.refs import resolve
from tools.results import Preview, Result

EntryId = Annotated[UUID | None, Field(description="Audit entry to undo; default the caller's last change.")]
Kind = Annotated[
    str | None,
    Field(max_length=60, description="Only a change by this capability, such as publish_scores or mark_attendance."),
]


class Undone(Result):
    """What was put back, and what could not be."""

    undoes_id: UUID
    what: str
    done: str
    note: str | None

    def headline(self) -> str:
        return f"Undone. {self.done}{f' {self.note}' if self.note else ''}"


async def _entry(tx: Tx, entry: UUID | None, of: str | None) -> AuditEntry:
    if entry is not None:
        return await trail.access_entry(tx, entry)
    if of is not None and of not in TOOLS:
        raise InvalidInput(f"There is no capability called {of}.")
    row = await trail.last_undoable(tx, tools=[of] if of else [])
    return await trail.access_entry(tx, row.id)


async def _preview(tx: Tx, *, entry: EntryId = None, of: Kind = None) -> Preview:
    row = await _entry(tx, entry, of)
    check_permitted(named(str(row.undo_tool)), tx.caller)
    return Preview(
        title=f"Undo: {TOOLS[row.tool].title.lower()}",
        summary=f"{row.who} on {row.created_at.astimezone(tx.zone):%A %d %B, %H:%M}: {row.summary}",
        included=1, warnings=[row.undo_note] if row.undo_note else [], state={"entry": str(row.id)},
    )  # fmt: skip


@tool(
    permission=Permission.UNDO,
    effect=Effect.WRITE,
    rest="POST /api/v1/undo",
    says=("Undo that", "Put it back as it was", "Undo the publication", "Reverse the last change", "Take back the register",
          "Undo the scores I imported"),
    errors=(trail.NothingToUndo, trail.AlreadyUndone),
    preview=_preview,
)  # fmt: skip
async def undo_change(tx: Tx, *, entry: EntryId = None, of: Kind = None) -> Undone:
    """Undo a change: the last one, the last of a kind, or one of the audit trail.

    Use when somebody wants a change back. Messages that were sent cannot be recalled; the answer says so.

    Shape:  an entry, a kind, or nothing (the caller's last change) -> what was put back.
    Units:  one change.
    Errors: nothing_to_undo, already_undone.
    Source: table audit_entries.
    """
    row = await _entry(tx, entry, of)
    inverse = named(str(row.undo_tool))
    check_permitted(inverse, tx.caller)
    result = await inverse.run(tx, **await resolve(tx, parse(inverse, row.undo_arguments or {})))
    return Undone(undoes_id=row.id, what=row.summary, done=result.headline(), note=row.undo_note)


class Trail(Result):
    """Entries of the audit trail, newest first."""

    entries: list[TrailEntry]

    def headline(self) -> str:
        return f"{len(self.entries)} change{'s'[: len(self.entries) != 1]}, newest first."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="at", label="When", kind="datetime"),
            Column(key="who", label="Who", kind="person"),
            Column(key="summary", label="What"),
            Column(key="door", label="Door"),
            Column(key="approvedBy", label="Approved by", kind="person"),
        ]
        rows = [entry.model_dump(mode="json", by_alias=True) for entry in self.entries]
        return [Table(columns=columns, rows=rows)] if rows else []


@tool(
    permission=Permission.SELF_READ,
    effect=Effect.READ,
    rest="GET /api/v1/changes",
    says=("What did I change today?", "Show the audit trail", "Who changed the scores?", "List the latest changes",
          "What has been done this week?"),
)  # fmt: skip
async def find_changes(
    tx: Tx,
    *,
    who: Annotated[str | None, Field(max_length=120, description="Name of who did it.")] = None,
    of: Kind = None,
    limit: Annotated[int, Field(ge=1, le=200, description="At most this many.")] = 30,
) -> Trail:
    """List changes: who did what, by which door, approved by whom.

    Use when somebody asks what was changed or by whom. The head and administrators see everybody's, others their own.

    Shape:  a name, a kind, or nothing -> entries, newest first.
    Units:  times in UTC.
    Errors: those of any read.
    Source: table audit_entries.
    """
    return Trail(entries=await trail.entries(tx, limit=limit, who=who, tool=of))
