"""Chat over HTTP: a message in, the answer as a resumable stream (Vercel AI UI messages, v6) or as one JSON body."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, FastAPI, Header
from fastapi.responses import JSONResponse, Response
from pydantic import ConfigDict, Field, model_validator
from sse_starlette import EventSourceResponse, ServerSentEvent

from agent import chat
from agent.offline.train import ready
from agent.recovery import keep_recovering, recover
from agent.turns import Begun
from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from runtime.caller import Caller

router = APIRouter(prefix="/api/ai/chat", tags=["chat"], responses={404: {"model": Problem}, 422: {"model": Problem}})
STREAM_HEADERS = {"x-vercel-ai-ui-message-stream": "v1", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
HEARTBEAT_S = 10
LONGEST = 20_000


class ChatMessage(Camel):
    """One message. A client's own history is never read: the conversation is the server's."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    conversation_id: UUID | None = Field(None, description="Yours to choose (a UUID), or none for a new conversation.")
    message: str = Field(max_length=LONGEST, description="What the person says.")
    files: list[UUID] = Field(default_factory=list[UUID], max_length=10, description="Ids from POST /api/uploads.")
    client_message_id: str | None = Field(None, max_length=100, description="Makes a retry the same message.")

    @model_validator(mode="before")
    @classmethod
    def _from_use_chat(cls, body: Any) -> Any:
        """The body of `useChat`: only the newest text and files of the person are read from it."""
        if not (isinstance(body, dict) and isinstance(body.get("messages"), list)):
            return body
        said = next((m for m in reversed(body["messages"]) if isinstance(m, dict) and m.get("role") == "user"), {})
        parts = [part for part in said.get("parts") or [] if isinstance(part, dict)]
        texts = [str(part.get("text", "")) for part in parts if part.get("type") == "text"]
        files = [part["data"]["fileId"] for part in parts if part.get("type") == "data-file" and isinstance(part.get("data"), dict) and "fileId" in part["data"]]  # fmt: skip
        identifier = body.get("conversationId") or body.get("id")
        return {
            "conversationId": identifier if _is_uuid(identifier) else None, "message": "\n".join(texts),
            "files": files, "clientMessageId": said.get("id"),
        }  # fmt: skip

    @model_validator(mode="after")
    def _says_something(self) -> "ChatMessage":
        if not self.message and not self.files:
            raise ValueError("Say something, or attach a file.")
        return self


def _is_uuid(text: Any) -> bool:
    try:
        UUID(str(text))
    except ValueError:
        return False
    return True


class ChatAnswer(Camel):
    """The whole answer, for clients that do not stream."""

    conversation_id: UUID
    turn_id: UUID
    text: str
    plain: str
    blocks: list[dict[str, Any]]
    approvals: list[dict[str, Any]]
    note: str | None
    status: str


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Ready the planner before the first message; at the end, let the answers in flight finish."""
    await asyncio.to_thread(ready)
    await recover()
    recovering = asyncio.create_task(keep_recovering(), name="recovering")
    yield
    recovering.cancel()
    with suppress(TimeoutError):
        await asyncio.wait_for(chat.settle(), timeout=8)


@router.post(
    "", operation_id="chat", response_model=ChatAnswer,
    responses={200: {"content": {"text/event-stream": {}}, "description": "The answer, streamed or whole."}},
)  # fmt: skip
async def chat_turn(
    who: SignedInCaller, body: Annotated[ChatMessage, Body()], accept: Annotated[str, Header()] = "application/json"
) -> Any:
    """Say something to the assistant. `Accept: text/event-stream` streams the answer; otherwise it comes as JSON."""
    begun = await chat.start_turn(
        who, body.conversation_id, body.message, [str(file_id) for file_id in body.files], body.client_message_id
    )
    if "text/event-stream" in accept:
        return _streamed(who, begun.conversation_id, begun.turn_id, None)
    return await _whole(who, begun)


async def _whole(who: Caller, begun: Begun) -> ChatAnswer:
    done = await chat.finished(who, begun)
    return ChatAnswer(
        conversation_id=done.conversation_id, turn_id=done.turn_id, text=done.text, plain=done.plain, blocks=done.blocks,
        approvals=done.approvals, note=done.note, status=done.status,
    )  # fmt: skip


def _streamed(who: Caller, conversation_id: UUID, turn_id: UUID, after: str | None) -> EventSourceResponse:
    events = _events(chat.stream(who, conversation_id, turn_id, after))
    headers = STREAM_HEADERS | {"X-Conversation-Id": str(conversation_id), "X-Turn-Id": str(turn_id)}
    return EventSourceResponse(events, ping=HEARTBEAT_S, send_timeout=30, headers=headers)


async def _events(chunks: AsyncIterable[tuple[str, str]]) -> AsyncGenerator[ServerSentEvent]:
    async for event_id, data in chunks:
        yield ServerSentEvent(data=data, id=event_id)


@router.get(
    "/{conversation_id}/stream", operation_id="resume_chat",
    responses={200: {"content": {"text/event-stream": {}}}, 204: {"description": "Nothing is being answered."}},
)  # fmt: skip
async def resume(
    conversation_id: UUID, who: SignedInCaller, last_event_id: Annotated[str | None, Header(max_length=60)] = None,
    turn: UUID | None = None,
) -> Response:  # fmt: skip
    """Go on with an answer in flight, from the last event the client has (`Last-Event-ID`)."""
    turn_id = turn or await chat.running(who, conversation_id)
    if turn_id is None:
        return Response(status_code=204)
    return _streamed(who, conversation_id, turn_id, last_event_id)


@router.post("/{conversation_id}/stop", status_code=202, operation_id="stop_chat")
async def stop(conversation_id: UUID, who: SignedInCaller) -> JSONResponse:
    """Stop the answer in flight; what was said stays."""
    stopped = await chat.stop(who, conversation_id)
    return JSONResponse({"stopped": stopped}, status_code=202)
