"""A run as Vercel AI (v6) chunks: pydantic-ai's own encoder, with our blocks, previews and turn ids in it."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic_ai import DeferredToolRequests
from pydantic_ai.messages import FunctionToolResultEvent, TextPart, TextPartDelta
from pydantic_ai.run import AgentRunResultEvent
from pydantic_ai.ui.vercel_ai import VercelAIEventStream
from pydantic_ai.ui.vercel_ai.response_types import (
    BaseChunk,
    DataChunk,
    StartChunk,
    TextDeltaChunk,
    ToolApprovalRequestChunk,
    ToolInputAvailableChunk,
    ToolInputStartChunk,
    ToolOutputAvailableChunk,
)

from agent.deps import Call, Deps
from agent.grounding import Evidence, unsupported

SDK_VERSION = 6
_SENTENCE_END = re.compile(r"[.!?][)\"'”]*\s|\n")
APOLOGY = "Something went wrong on our side, so I could not finish this. Nothing was changed. Please ask again."


@dataclass
class TurnStream(VercelAIEventStream[Deps, Any]):
    """The encoder of a turn's runs. The person sees results as blocks; the model saw compact data.

    A turn may take two runs, so its start and end are not written here, and a failure is kept for the caller.
    """

    deps: Deps = field(kw_only=True)
    failure: Exception | None = None
    _held: str = ""
    _withheld: bool = False

    async def handle_run_result(self, event: AgentRunResultEvent[Any]) -> AsyncIterator[BaseChunk]:
        output = event.result.output
        if not isinstance(output, DeferredToolRequests):
            return
        for part in output.approvals:
            call = self.deps.calls.get(part.tool_call_id)
            if call is None or call.approval is None:
                continue
            yield ToolApprovalRequestChunk(approval_id=call.approval["id"], tool_call_id=part.tool_call_id)
            yield preview_chunk(call.approval)

    async def handle_function_tool_result(self, event: FunctionToolResultEvent) -> AsyncIterator[BaseChunk]:
        call = self.deps.calls.get(event.part.tool_call_id)
        if event.part.outcome == "success" and call and call.shown:
            yield output_chunk(event.part.tool_call_id, call)
            return
        if event.part.outcome == "success" and call is None:  # a search for capabilities: no result of the school's
            yield output_chunk(event.part.tool_call_id, Call("search_tools", {}, shown=SEARCHED))
            return
        async for chunk in super().handle_function_tool_result(event):
            yield chunk

    async def handle_text_start(self, part: TextPart, follows_text: bool = False) -> AsyncIterator[BaseChunk]:
        self._held, self._withheld = part.content, False
        async for chunk in super().handle_text_start(replace(part, content=""), follows_text):
            yield chunk
        for chunk in self._released():
            yield chunk

    async def handle_text_delta(self, delta: TextPartDelta) -> AsyncIterator[BaseChunk]:
        self._held += delta.content_delta
        for chunk in self._released():
            yield chunk

    async def handle_text_end(self, part: TextPart, followed_by_text: bool = False) -> AsyncIterator[BaseChunk]:
        for chunk in self._released(whole=True):
            yield chunk
        async for chunk in super().handle_text_end(part, followed_by_text):
            yield chunk

    def _released(self, whole: bool = False) -> list[BaseChunk]:
        """Words that may go out: the planner's at once, a hosted model's sentence by sentence, once supported."""
        if self.deps.by_planner:
            ready, self._held = self._held, ""
        else:
            ends = [match.end() for match in _SENTENCE_END.finditer(self._held)]
            cut = len(self._held) if whole else ends[-1] if ends else 0
            ready, self._held = self._held[:cut], self._held[cut:]
            evidence = Evidence(self.deps, self.deps.earlier) if ready and not self._withheld else None
            self._withheld = self._withheld or (evidence is not None and bool(unsupported(ready, evidence)))
        if not ready or self._withheld:
            return []
        return [TextDeltaChunk(id=self.message_id, delta=ready)]

    async def before_stream(self) -> AsyncIterator[BaseChunk]:
        return
        yield

    async def after_stream(self) -> AsyncIterator[BaseChunk]:
        return
        yield

    async def on_error(self, error: Exception) -> AsyncIterator[BaseChunk]:
        self.failure = error
        return
        yield


SEARCHED: dict[str, Any] = {"headline": "Looked for what could help.", "result": {}, "blocks": []}


def start_chunk(deps: Deps) -> StartChunk:
    """The first chunk of a turn: its message id is the turn's."""
    return StartChunk(message_id=str(deps.turn_id), message_metadata={"conversationId": str(deps.conversation_id)})


def preview_chunk(card: dict[str, Any]) -> DataChunk:
    """The approval card."""
    return DataChunk(type="data-preview", id=card["id"], data=card)


def output_chunk(call_id: str, call: Call) -> ToolOutputAvailableChunk:
    """The result of a call, as blocks."""
    shown = call.shown or {}
    output = {"headline": shown["headline"], "result": shown["result"], "blocks": shown["blocks"], "ms": call.ms}
    if shown.get("plain"):
        output["plain"] = shown["plain"]
    return ToolOutputAvailableChunk(tool_call_id=call_id, output=output)


def ran_chunks(call_id: str, call: Call) -> list[BaseChunk]:
    """A call that ran outside the model, such as an approved action, with its result."""
    return [
        ToolInputStartChunk(tool_call_id=call_id, tool_name=call.tool),
        ToolInputAvailableChunk(tool_call_id=call_id, tool_name=call.tool, input=call.arguments),
        output_chunk(call_id, call),
    ]


def encode(chunk: BaseChunk) -> str:
    """The JSON of a chunk, or [DONE]."""
    return chunk.encode(SDK_VERSION)


class Parts:
    """The UIMessage parts of a turn, gathered from its chunks, so that a reload shows what the stream showed."""

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []
        self._open: dict[str, dict[str, Any]] = {}

    def add(self, encoded: str) -> None:
        """Take one encoded chunk."""
        if encoded == "[DONE]":
            return
        chunk: dict[str, Any] = json.loads(encoded)
        kind = str(chunk["type"])
        if kind == "start-step":
            self.items.append({"type": "step-start"})
        elif kind.startswith("text-"):
            self._text(kind, chunk)
        elif kind.startswith("tool-"):
            self._tool(kind, chunk)
        elif kind.startswith("data-") and kind != "data-title":
            self.items.append({key: chunk[key] for key in ("type", "id", "data") if key in chunk})
        elif kind == "error":
            self.items.append({"type": "data-error", "data": {"text": chunk["errorText"]}})

    def text(self) -> str:
        """Everything said, without the results."""
        return "\n\n".join(item["text"] for item in self.items if item["type"] == "text" and item["text"].strip())

    def _text(self, kind: str, chunk: dict[str, Any]) -> None:
        if kind == "text-start":
            part = {"type": "text", "text": "", "state": "streaming"}
            self._open[chunk["id"]] = part
            self.items.append(part)
        elif kind == "text-delta":
            self._open[chunk["id"]]["text"] += chunk["delta"]
        else:
            self._open[chunk["id"]]["state"] = "done"

    def _tool(self, kind: str, chunk: dict[str, Any]) -> None:
        call_id = chunk["toolCallId"]
        part = self._open.get(call_id)
        if part is None:
            name = chunk.get("toolName", "")
            part = {"type": f"tool-{name}", "toolName": name, "toolCallId": call_id, "state": "input-streaming"}
            self._open[call_id] = part
            self.items.append(part)
        if "input" in chunk:
            part |= {"state": "input-available", "input": chunk["input"]}
        if kind == "tool-output-available":
            part |= {"state": "output-available", "output": chunk["output"]}
        elif kind in {"tool-output-error", "tool-input-error"}:
            part |= {"state": "output-error", "errorText": chunk["errorText"]}
        elif kind == "tool-approval-request":
            part |= {"state": "approval-requested", "approval": {"id": chunk["approvalId"]}}
