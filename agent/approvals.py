"""Approvals inside a conversation: by word, and what the conversation says after a decision at any door."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    TextPart,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)

from agent import decisions
from agent.decisions import Decision
from agent.deps import Call, Deps
from agent.framing import data_for_model
from agent.pending import just_shown, waiting
from runtime.errors import SchoolOSError
from school.approvals import Approval
from tools import approve
from tools.approve import ApprovalCard
from tools.invoke import ApprovalStale, named


@dataclass
class Decided:
    """What a decision led to: messages for the history, what to say, and whether a model goes on from here."""

    messages: list[ModelMessage] = field(default_factory=list[ModelMessage])
    call_id: str = ""
    call: Call | None = None
    say: str | None = None
    card: dict[str, Any] | None = None


async def by_word(deps: Deps) -> Decided | None:
    """Carry out or decline this conversation's one pending preview, when the person's own message says so."""
    decision = decisions.read(deps.said)
    if decision is None or deps.files:
        return None
    pending = await (waiting(deps) if decisions.explicit(deps.said) else just_shown(deps))
    if not pending:
        return None
    if len(pending) > 1:
        titles = "\n".join(f"{n}. {row.preview['title']}" for n, row in enumerate(pending, 1))
        return Decided(say=f"{len(pending)} previews are waiting. Press the button on the one you mean:\n\n{titles}")
    if decision is Decision.DECLINE:
        await approve.decline(deps.caller, pending[0].id)
        return Decided(say=f"Cancelled: {pending[0].preview['title']}. Nothing was changed.")
    return await carry_out(deps, pending[0])


async def carry_out(deps: Deps, row: Approval) -> Decided:
    """Approve as this caller. An error is said; a stale preview is made anew."""
    try:
        card, _ = await approve.approve(deps.caller, row.id)
    except ApprovalStale as stale:
        return await _again(deps, row, stale)
    except SchoolOSError as error:
        return Decided(say=error.message)
    return executed(card, row.arguments, said=deps.said)


async def _again(deps: Deps, row: Approval, stale: ApprovalStale) -> Decided:
    try:
        fresh = await approve.propose(
            named(row.tool), deps.caller, row.arguments, conversation_id=deps.conversation_id, turn_id=deps.turn_id
        )
    except SchoolOSError as error:
        return Decided(say=f"{stale.message} {error.message}")
    return Decided(say=stale.message, card=fresh.model_dump(mode="json", by_alias=True))


def executed(card: ApprovalCard, arguments: dict[str, Any], said: str = "") -> Decided:
    """The messages that put an executed action and its stored result into the conversation. Runs nothing."""
    call_id = f"approved-{uuid4().hex[:12]}"
    result = card.result or {"headline": card.title, "result": {}, "blocks": [], "suggestions": []}
    call = Call(tool=card.tool, arguments=arguments, shown=result)
    asked: list[ModelMessage] = [ModelRequest(parts=[UserPromptPart(said)])] if said else []
    content = data_for_model(card.tool, result)
    returned = ToolReturnPart(card.tool, content, tool_call_id=call_id, metadata={"shown": result})
    messages: list[ModelMessage] = [
        *asked,
        ModelResponse(parts=[ToolCallPart(card.tool, arguments, tool_call_id=call_id)], model_name="approval"),
        ModelRequest(parts=[returned]),
    ]
    return Decided(messages=messages, call_id=call_id, call=call)


def exchange(said: str, reply: str, model: str = "approval") -> list[ModelMessage]:
    """One exchange in words, as history."""
    asked: list[ModelMessage] = [ModelRequest(parts=[UserPromptPart(said)])] if said else []
    return [*asked, ModelResponse(parts=[TextPart(reply)], model_name=model)]
