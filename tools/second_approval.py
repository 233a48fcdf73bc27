"""Four eyes: which actions need somebody else's approval than the one who asked."""

from typing import Annotated

from pydantic import Field

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import second_approval
from school.permissions import Permission
from tools.declare import TOOLS, Effect, tool
from tools.present import Block, Column, Table
from tools.results import Done, Preview, Result

Names = Annotated[
    list[str],
    Field(max_length=200, description="Capabilities, such as publish_scores; empty: none needs a second person."),
]


class SecondApproval(Result):
    """The actions that a second person has to approve."""

    capabilities: list[str]

    def headline(self) -> str:
        count = len(self.capabilities)
        return (
            f"{count} action{'s'[: count != 1]} need a second person's approval."
            if count
            else "No action needs a second person."
        )

    def blocks(self) -> list[Block]:
        columns = [Column(key="what", label="Action"), Column(key="name", label="Capability")]
        rows = [{"what": TOOLS[n].title if n in TOOLS else n, "name": n} for n in self.capabilities]
        return [Table(columns=columns, rows=rows)] if rows else []


@tool(
    permission=Permission.SCHOOL_READ,
    effect=Effect.READ,
    rest="GET /api/v1/second-approval",
    says=(
        "Which actions need a second person?",
        "Who has to approve publications besides me?",
        "Show the four-eyes rule",
    ),
)
async def show_second_approval(tx: Tx) -> SecondApproval:
    """Show which actions need a second person's approval.

    Use when somebody asks which actions take two people. To change it use `set_second_approval`.

    Shape:  nothing -> names of capabilities.
    Units:  capabilities.
    Errors: those of any read.
    Source: table schools.
    """
    return SecondApproval(capabilities=await second_approval.second_approval(tx))


def _known(names: list[str]) -> list[str]:
    for name in names:
        found = TOOLS.get(name)
        if found is None or found.effect is Effect.READ or found.internal:
            raise InvalidInput(f"There is no action called {name}.", field="capabilities")
    return sorted(set(names))


async def _preview(tx: Tx, *, capabilities: Names) -> Preview:
    tx.require(Permission.SCHOOL_WRITE)
    wanted, before = _known(capabilities), await second_approval.second_approval(tx)
    rows = [{"what": TOOLS[name].title} for name in wanted]
    gone = [TOOLS[name].title for name in before if name not in wanted and name in TOOLS]
    return Preview(
        title=f"{len(wanted)} action{'s'[: len(wanted) != 1]} need a second person", included=len(wanted),
        summary="Whoever asks for one of these cannot approve it: somebody else with the same right has to.",
        blocks=[Table(columns=[Column(key="what", label="Action")], rows=rows)] if rows else [],
        warnings=[f"No second person is needed any longer for: {', '.join(gone)}."] if gone else [], state={"before": before},
    )  # fmt: skip


@tool(
    permission=Permission.SCHOOL_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/second-approval",
    says=(
        "Publishing scores needs a second person",
        "Ask for two people before report cards are released",
        "Nothing needs a second approval any more",
    ),
    preview=_preview,
)
async def set_second_approval(tx: Tx, *, capabilities: Names) -> Done:
    """Set which actions need a second person's approval.

    Use when the school wants four eyes on an action. The list given replaces the one before.

    Shape:  names of capabilities (n,) -> one rule.
    Units:  capabilities.
    Errors: those of any change.
    Source: table schools.
    """
    wanted = _known(capabilities)
    before = await second_approval.set_second_approval(tx, wanted)
    tx.undo_with("set_second_approval", capabilities=before)
    return Done(message=f"{len(wanted)} action{'s'[: len(wanted) != 1]} need a second person's approval.")
