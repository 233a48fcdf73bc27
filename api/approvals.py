"""Approvals over HTTP: what waits for me, and pressing Approve or Decline."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, Field

from agent import chat
from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from runtime.errors import NotVisible
from tools import approve as approvals
from tools.approve import ApprovalCard
from tools.declare import Effect, load_all
from tools.invoke import offered

router = APIRouter(
    prefix="/api/approvals", tags=["approvals"], responses={404: {"model": Problem}, 409: {"model": Problem}}
)
Status = Literal["pending", "executed", "declined", "expired", "stale", "failed"]


class ApprovalList(BaseModel):
    items: list[ApprovalCard]


@router.get("", operation_id="list_approvals")
async def waiting(who: SignedInCaller, status: Annotated[Status, Query()] = "pending") -> ApprovalList:
    """The approvals this caller may decide, newest first."""
    return ApprovalList(items=await approvals.waiting(who, status))


class Proposal(Camel):
    """An action to be previewed and decided later."""

    capability: Annotated[str, Field(min_length=1, max_length=100)]
    arguments: dict[str, Any] = Field(default_factory=dict[str, Any])


@router.post("", operation_id="propose", status_code=201)
async def propose(who: SignedInCaller, asked: Proposal) -> ApprovalCard:
    """Preview an action and keep it waiting for a decision: nothing happens until it is approved."""
    load_all()
    changing = {tool.name: tool for tool in offered(who) if tool.effect is not Effect.READ}
    if asked.capability not in changing:
        raise NotVisible("There is no such action, or your role does not include it.")
    return await approvals.propose(changing[asked.capability], who, asked.arguments)


@router.get("/{approval_id}", operation_id="show_approval")
async def show(approval_id: UUID, who: SignedInCaller) -> ApprovalCard:
    """One approval with its preview; stale as soon as the records have moved."""
    return await approvals.current(who, approval_id)


@router.post("/{approval_id}/approve", operation_id="approve")
async def approve(approval_id: UUID, who: SignedInCaller) -> ApprovalCard:
    """Carry it out, once. 409 when it was used, has expired, or the records moved since the preview."""
    card, _ = await approvals.approve(who, approval_id)
    await chat.resume_after_approval(who, card)
    return card


@router.post("/{approval_id}/decline", operation_id="decline")
async def decline(
    approval_id: UUID, who: SignedInCaller, reason: Annotated[str | None, Body(embed=True, max_length=500)] = None
) -> ApprovalCard:
    """Decline it: nothing happens."""
    return await approvals.decline(who, approval_id, reason)
