"""The previews of a conversation that wait for a person."""

from uuid import UUID

from sqlalchemy import select

from agent.deps import Deps
from runtime.transaction import transaction
from school.approvals import Approval, ApprovalStatus
from school.conversations import Turn
from tools import approve


async def waiting(deps: Deps) -> list[Approval]:
    """Every preview of this conversation that can still be approved, oldest first."""
    async with transaction(deps.caller, read_only=True) as tx:
        query = (
            select(Approval)
            .where(Approval.conversation_id == deps.conversation_id, Approval.expires_at > tx.now)
            .where(Approval.status == ApprovalStatus.PENDING.value)
            .order_by(Approval.created_at)
        )
        return list(await tx.session.scalars(query))


async def just_shown(deps: Deps) -> list[Approval]:
    """Those of them that the turn before this one showed: what a bare "yes" can mean."""
    rows = await waiting(deps)
    if not rows:
        return []
    async with transaction(deps.caller, read_only=True) as tx:
        last: UUID | None = await tx.session.scalar(
            select(Turn.id)
            .where(Turn.conversation_id == deps.conversation_id, Turn.id != deps.turn_id, Turn.status != "running")
            .order_by(Turn.number.desc())
            .limit(1)
        )
    return [row for row in rows if row.turn_id == last]


async def replace_pending(deps: Deps, tool: str) -> None:
    """A correction: the preview of the same kind that waits is declined, so that only the new one can be approved."""
    for row in await waiting(deps):
        if row.tool == tool:
            await approve.decline(deps.caller, row.id, "Replaced by a corrected request.")
