"""The caller's conversations: list, search, read, rename, delete, export, rate an answer."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Body, Query
from fastapi.responses import Response

from agent import conversations
from agent.conversations import ConversationPage, ConversationRead
from api.problems import Problem
from api.sign_in import Camel, SignedInCaller

router = APIRouter(prefix="/api/conversations", tags=["conversations"], responses={404: {"model": Problem}})


@router.get("", operation_id="list_conversations")
async def page(
    who: SignedInCaller,
    search: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
    cursor: Annotated[UUID | None, Query(description="`nextCursor` of the page before.")] = None,
) -> ConversationPage:
    """The caller's conversations, the latest first; `search` looks in titles and in what was said."""
    return await conversations.listed(who, search, limit, str(cursor) if cursor else None)


@router.get("/{conversation_id}", operation_id="show_conversation")
async def read(conversation_id: UUID, who: SignedInCaller) -> ConversationRead:
    """One conversation with every message, as UIMessages."""
    return await conversations.read(who, conversation_id)


@router.patch(
    "/{conversation_id}", status_code=204, operation_id="rename_conversation", responses={422: {"model": Problem}}
)
async def rename(
    conversation_id: UUID, who: SignedInCaller, title: Annotated[str, Body(embed=True, min_length=1, max_length=120)]
) -> None:
    """Give a conversation another title."""
    await conversations.rename(who, conversation_id, title)


@router.delete("/{conversation_id}", status_code=204, operation_id="delete_conversation")
async def delete(conversation_id: UUID, who: SignedInCaller) -> None:
    """Delete a conversation; what was done from it stays in the audit trail."""
    await conversations.delete(who, conversation_id)


@router.get(
    "/{conversation_id}/export", operation_id="export_conversation", response_class=Response,
    responses={200: {"content": {"text/markdown": {}}}},
)  # fmt: skip
async def export(conversation_id: UUID, who: SignedInCaller) -> Response:
    """A conversation as Markdown."""
    text = await conversations.export(who, conversation_id)
    headers = {"Content-Disposition": f'attachment; filename="conversation-{conversation_id}.md"'}
    return Response(text, media_type="text/markdown; charset=utf-8", headers=headers)


class Feedback(Camel):
    rating: Literal["up", "down"] | None
    reason: str | None = None


@router.post("/{conversation_id}/turns/{turn_id}/feedback", status_code=204, operation_id="rate_answer")
async def rate(conversation_id: UUID, turn_id: UUID, body: Feedback, who: SignedInCaller) -> None:
    """A thumb on one answer, with a reason; null takes it back."""
    await conversations.rate(who, conversation_id, turn_id, body.rating, body.reason)
