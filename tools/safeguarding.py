"""Safeguarding: who the named adults are, and the concerns only they can read."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from runtime.transaction import Tx
from school import safeguarding
from school.people import Staff
from school.permissions import Permission
from school.safeguarding import Adult, AlreadyNamed, ConcernClosed, WelfareConcern
from tools.declare import Effect, Said, tool
from tools.present import Block, Column, Fact, Facts, Notice, People, PersonItem, Table
from tools.refs import Ref
from tools.results import Done, Preview, Result

ConcernId = Annotated[UUID, Field(description="The concern's id, as `find_safeguarding_concerns` shows it.")]
Note = Annotated[str, Field(min_length=3, max_length=2000, description="What was done about it.")]


class AdultList(Result):
    """The adults named for the protection of children."""

    adults: list[Adult]

    def headline(self) -> str:
        if not self.adults:
            return "Nobody is named for safeguarding yet, and there is no head to stand in."
        if not self.adults[0].named:
            return "Nobody is named for safeguarding yet; until then the head is told."
        return f"{len(self.adults)} named adult{'s'[: len(self.adults) != 1]} for safeguarding."

    def blocks(self) -> list[Block]:
        people = [PersonItem(id=str(a.person_id), name=a.name, kind="staff") for a in self.adults]
        return [People(items=people)] if people else []


@tool(
    permission=Permission.SAFEGUARDING_READ,
    effect=Effect.READ,
    rest="GET /api/v1/safeguarding/adults",
    says=(
        "Who are the named adults for safeguarding?",
        "Who is told when a child is in danger?",
        "Show the safeguarding contacts",
        "Who is responsible for child protection here?",
    ),
)
async def show_safeguarding_adults(tx: Tx) -> AdultList:
    """Show the adults named for the protection of children.

    Use when somebody asks who is told when a message suggests harm to a child.

    Shape:  nothing -> one row an adult.
    Units:  persons.
    Errors: those of any read.
    Source: table safeguarding_adults.
    """
    return AdultList(adults=await safeguarding.adults(tx))


async def _preview_add(tx: Tx, *, adult: Ref[Staff]) -> Preview:
    named = await safeguarding.adults(tx)
    return Preview(
        title=f"Name {adult.label} for safeguarding",
        summary="They are told at once when a message suggests harm to a child, and can read what was said.",
        blocks=[Facts(items=[Fact(label="Named now", value="; ".join(a.name for a in named if a.named) or "nobody")])],
        included=1, state={"named": [str(a.person_id) for a in named if a.named]},
    )  # fmt: skip


@tool(
    permission=Permission.SAFEGUARDING_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/v1/safeguarding/adults",
    says=(
        "Name Mrs Lawan for safeguarding",
        "Make Mr Bello a named adult for child protection",
        "Add Mrs Eze to the safeguarding contacts",
    ),
    errors=(AlreadyNamed,),
    preview=_preview_add,
)
async def add_safeguarding_adult(tx: Tx, *, adult: Ref[Staff]) -> Done:
    """Name a member of staff for the protection of children.

    Use when the school names who is told when a message suggests harm to a child.

    Shape:  one member of staff -> named.
    Units:  persons.
    Errors: already_named.
    Source: table safeguarding_adults.
    """
    person = await safeguarding.name(tx, adult.id)
    tx.undo_with("remove_safeguarding_adult", adult=str(adult.id))
    return Done(message=f"{person.display_name} is named for safeguarding.")


async def _preview_remove(tx: Tx, *, adult: Ref[Staff]) -> Preview:
    named = [a for a in await safeguarding.adults(tx) if a.named]
    last = len(named) == 1 and named[0].person_id == adult.id
    return Preview(
        title=f"Take {adult.label} off the named adults", summary="They are no longer told, and can no longer read the concerns.",
        included=1, state={"named": [str(a.person_id) for a in named]},
        warnings=["Nobody else is named: the head will be told instead."] if last else [],
    )  # fmt: skip


@tool(
    permission=Permission.SAFEGUARDING_WRITE,
    effect=Effect.WRITE,
    rest="DELETE /api/v1/safeguarding/adults/{adult}",
    says=(
        "Remove Mrs Lawan from the safeguarding contacts",
        "Mr Bello is no longer a named adult for child protection",
        "Take Mrs Eze off safeguarding",
    ),
    preview=_preview_remove,
)
async def remove_safeguarding_adult(tx: Tx, *, adult: Ref[Staff]) -> Done:
    """Take a member of staff off the adults named for safeguarding.

    Use when somebody is no longer responsible for the protection of children.

    Shape:  one member of staff -> no longer named.
    Units:  persons.
    Errors: those of any change.
    Source: table safeguarding_adults.
    """
    person = await safeguarding.unname(tx, adult.id)
    tx.undo_with("add_safeguarding_adult", adult=str(adult.id))
    return Done(message=f"{person.display_name} is no longer named for safeguarding.")


class ConcernList(Result):
    """Messages that suggest harm to a child."""

    items: list[WelfareConcern]

    def headline(self) -> str:
        still = sum(item.closed_at is None for item in self.items)
        return f"{still} open safeguarding concern{'s'[: still != 1]}." if still else "No safeguarding concern is open."

    def blocks(self) -> list[Block]:
        if not self.items:
            return []
        columns = [
            Column(key="at", label="When", kind="datetime"), Column(key="who", label="Who wrote"),
            Column(key="said", label="What they wrote"), Column(key="category", label="Kind"),
            Column(key="state", label="State", kind="status"), Column(key="id", label="Id"),
        ]  # fmt: skip
        rows = [
            {"at": c.at.isoformat(), "who": f"{c.who} ({c.door})", "said": c.said, "category": c.category,
             "state": f"closed by {c.closed_by}: {c.note}" if c.closed_at else "open", "id": str(c.id)}
            for c in self.items
        ]  # fmt: skip
        return [
            Notice(tone="warning", text="For the named adults only. Do not pass this on."),
            Table(columns=columns, rows=rows),
        ]


@tool(
    permission=Permission.SAFEGUARDING_READ,
    effect=Effect.READ,
    rest="GET /api/v1/safeguarding/concerns",
    says=(
        "Show the safeguarding concerns",
        "Which messages suggest harm to a child?",
        "Are there open child protection concerns?",
        "Open the safeguarding list",
    ),
)
async def find_safeguarding_concerns(
    tx: Tx,
    *,
    include_closed: Annotated[bool, Field(description="Also those that were closed."), Said("closed")] = False,
) -> ConcernList:
    """Find messages that suggest harm to a child. Only the named adults can.

    Use when a named adult wants to read what was written.

    Shape:  optionally closed ones too -> one row a message.
    Units:  times in UTC.
    Errors: those of any read.
    Source: table safeguarding_concerns.
    """
    return ConcernList(items=await safeguarding.concerns(tx, include_closed))


async def _preview_close(tx: Tx, *, concern: ConcernId, note: Note) -> Preview:
    row = await safeguarding.access_concern(tx, concern)
    return Preview(
        title="Close a safeguarding concern", summary=f"{row.who} wrote: “{row.said}”", included=1,
        blocks=[Facts(items=[Fact(label="What was done", value=note)])], state={"id": str(row.id)},
    )  # fmt: skip


@tool(
    permission=Permission.SAFEGUARDING_READ,
    effect=Effect.WRITE,
    rest="POST /api/v1/safeguarding/concerns/{concern}/closure",
    says=(
        "Close the safeguarding concern, the parents came in and it is settled",
        "Mark that child protection concern as dealt with",
        "This safeguarding concern is closed: false alarm",
    ),
    errors=(ConcernClosed,),
    preview=_preview_close,
)
async def close_safeguarding_concern(tx: Tx, *, concern: ConcernId, note: Note) -> Done:
    """Close a safeguarding concern with what was done about it.

    Use when a named adult has dealt with a message that suggests harm to a child.

    Shape:  one concern and a note -> closed.
    Units:  times in UTC.
    Errors: concern_closed.
    Source: table safeguarding_concerns.
    """
    closed = await safeguarding.close(tx, concern, note)
    tx.undo_with("reopen_safeguarding_concern", concern=str(concern))
    return Done(message=f"Closed: {closed.who}'s message of {closed.at.astimezone(tx.zone):%d %B}.")


@tool(
    permission=Permission.SAFEGUARDING_READ,
    effect=Effect.WRITE,
    rest="POST /internal/reopen-safeguarding-concern",
    internal=True,
)
async def reopen_safeguarding_concern(tx: Tx, *, concern: UUID) -> Done:
    """Open a concern again. The inverse of closing it."""
    await safeguarding.reopen(tx, concern)
    return Done(message="The concern is open again.")
