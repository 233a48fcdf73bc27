"""The offline planner as a pydantic-ai model: it reads the message, calls capabilities, and words their results."""

import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from pydantic_ai import RunContext
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    ModelResponsePart,
    ModelResponseStreamEvent,
    TextPart,
    ToolCallPart,
    ToolReturnPart,
)
from pydantic_ai.models import Model, ModelRequestParameters, StreamedResponse
from pydantic_ai.profiles import ModelProfile
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RequestUsage

from agent.deps import Call, Deps
from agent.offline.dialogue import Dialogue
from agent.offline.state import Option, Question
from agent.offline.step import Step
from runtime.errors import Ambiguous, InvalidInput, SchoolOSError
from tools.declare import Effect


class OfflinePlanner(Model):
    """One turn's planner. It is made per turn, because it acts as the turn's caller."""

    NAME = "offline-planner"

    def __init__(self, deps: Deps) -> None:
        super().__init__(profile=ModelProfile(supports_json_schema_output=True))
        self._deps = deps
        self._dialogue: Dialogue | None = None
        self._queue: list[str] = []
        self._begun = False
        self._reported: set[str] = set()

    @property
    def model_name(self) -> str:
        return self.NAME

    @property
    def system(self) -> str:
        return "schoolos"

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        parts = await self._parts(messages)
        return ModelResponse(
            parts=parts, model_name=self.NAME, provider_name=self.system, usage=_usage(parts), finish_reason="stop"
        )

    @asynccontextmanager
    async def request_stream(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
        run_context: RunContext[Any] | None = None,
    ) -> AsyncGenerator[StreamedResponse]:
        _, parameters = self.prepare_request(model_settings, model_request_parameters)
        yield PlannerStream(model_request_parameters=parameters, said=await self._parts(messages))

    async def _parts(self, messages: list[ModelMessage]) -> list[ModelResponsePart]:
        """What to say and do after these messages."""
        self._deps.by_planner = True
        dialogue = self._dialogue = self._dialogue or await Dialogue.open(self._deps)
        last = messages[-1]
        parts_of = last.parts if isinstance(last, ModelRequest) else []
        returns = [p for p in parts_of if isinstance(p, ToolReturnPart) and p.tool_call_id in self._deps.calls]
        if not self._begun:
            self._begun, self._queue = True, dialogue.focus.queue if returns else dialogue.requests(self._deps.said)
        if again := await self._again(returns, dialogue):
            self._deps.focus = dialogue.focus.dump()
            return again
        texts = [text for part in returns if (text := self._worded(part, dialogue))]
        parts = _paragraphs([*(TextPart(text) for text in texts), *await self._go_on(dialogue)])
        self._deps.focus = dialogue.focus.dump()
        return parts or [TextPart("Done.")]

    async def _again(self, returns: list[ToolReturnPart], dialogue: Dialogue) -> list[ModelResponsePart]:
        """One more try for a request that named no record, when the conversation or the caller knows which."""
        for part in returns:
            call = self._deps.calls.get(part.tool_call_id)
            if call is None or part.tool_call_id in self._reported or not isinstance(call.error, InvalidInput):
                continue
            step = None if isinstance(call.error, Ambiguous) else await dialogue.again(call, call.error)
            if step is not None:
                self._reported.add(part.tool_call_id)
                self._deps.suggestions = step.suggestions
                return [self._call(step, dialogue)] if step.tool else [TextPart(step.say)]
        return []

    async def _go_on(self, dialogue: Dialogue) -> list[ModelResponsePart]:
        """The next request of the message, until one needs a call."""
        found: list[ModelResponsePart] = []
        while self._queue:
            step = await dialogue.step(self._queue.pop(0))
            dialogue.focus.queue = []
            if step.tool is None:
                found.append(TextPart(step.say))
                self._deps.suggestions = step.suggestions
                if dialogue.focus.question:
                    dialogue.focus.queue, self._queue = list(self._queue), []
                continue
            self._deps.suggestions = []
            found.append(self._call(step, dialogue))
            break
        return found

    def _call(self, step: Step, dialogue: Dialogue) -> ToolCallPart:
        name = step.tool or ""
        self._deps.labels.update({str(v.value): v.label for v in step.args.values() if isinstance(v.value, str)})
        for value in step.args.values():
            if isinstance(value.value, list):
                self._deps.labels.update(zip(map(str, value.value), value.label.split(", "), strict=False))
        self._deps.replaces = step.replaces
        if dialogue.tools[name].effect is not Effect.READ:
            dialogue.focus.queue = list(self._queue)
        return ToolCallPart(name, step.call_args(), tool_call_id=f"call-{uuid4().hex[:16]}")

    def _worded(self, part: ToolReturnPart, dialogue: Dialogue) -> str:
        """A result in words: its own headline, or what went wrong and what to do."""
        if part.tool_call_id in self._reported:
            return ""
        self._reported.add(part.tool_call_id)
        call = self._deps.calls.get(part.tool_call_id)
        if call and call.error:
            return self._mended(call, call.error, dialogue)
        shown = (part.metadata or {}).get("shown") if isinstance(part.metadata, dict) else None
        if shown is None and call and call.shown:
            shown = call.shown
        if not shown:
            return part.model_response_str()
        dialogue.noticed(str(shown["headline"]))
        dialogue.focus.concern(shown.get("concerns", []))
        dialogue.focus.offered = [str(one) for one in shown.get("suggestions", [])]
        return str(shown["headline"])

    def _mended(self, call: Call, error: SchoolOSError, dialogue: Dialogue) -> str:
        """An error as a question where the person can mend it."""
        focus = dialogue.focus
        if isinstance(error, Ambiguous):
            options = [
                Option(f"{c['label']} ({c['hint']})" if c.get("hint") else c["label"], c["id"])
                for c in error.facts.get("candidates", [])
            ]
            tool = dialogue.tools.get(call.tool)
            name = _named_by(call, error) if tool else None
            if name:
                args = {n: v for n, v in focus.args.items() if n != name}
                focus.question = Question(call.tool, args, name, options, focus.said)
            self._deps.suggestions = [option.label for option in options][:6]
        elif not isinstance(error, InvalidInput):
            focus.forget_last()
        self._queue = []
        return error.message


def _named_by(call: Call, error: Ambiguous) -> str | None:
    """The argument whose words were ambiguous."""
    quoted = re.search(r"“(.+?)”", error.message)
    return next((n for n, v in call.arguments.items() if quoted and str(v)[:80] == quoted[1]), None)


def _paragraphs(parts: list[ModelResponsePart]) -> list[ModelResponsePart]:
    """The parts with everything that is said at once as one text: two texts side by side would run into each other."""
    said = [part.content for part in parts if isinstance(part, TextPart) and part.content]
    rest: list[ModelResponsePart] = [part for part in parts if not isinstance(part, TextPart)]
    return [TextPart("\n\n".join(said)), *rest] if said else rest


def _usage(parts: list[ModelResponsePart]) -> RequestUsage:
    return RequestUsage(output_tokens=len(parts))


@dataclass
class PlannerStream(StreamedResponse):
    """The planner's answer as a stream: words one by one, calls whole."""

    said: list[ModelResponsePart] = field(kw_only=True)
    at: datetime = field(default_factory=lambda: datetime.now(UTC), kw_only=True)

    async def _get_event_iterator(self) -> AsyncIterator[ModelResponseStreamEvent]:
        for number, part in enumerate(self.said):
            if isinstance(part, TextPart):
                for piece in re.findall(r"(?:\S+\s*){1,6}", part.content):
                    for event in self._parts_manager.handle_text_delta(vendor_part_id=number, content=piece):
                        yield event
            elif isinstance(part, ToolCallPart):
                called = self._parts_manager.handle_tool_call_delta(
                    vendor_part_id=number, tool_name=part.tool_name, args=part.args_as_json_str(),
                    tool_call_id=part.tool_call_id,
                )  # fmt: skip
                if called is not None:
                    yield called
        self._usage += _usage(self.said)
        self.finish_reason = "stop"

    async def close_stream(self) -> None:
        """Nothing is held open."""

    @property
    def model_name(self) -> str:
        return OfflinePlanner.NAME

    @property
    def provider_name(self) -> str:
        return "schoolos"

    @property
    def provider_url(self) -> None:
        return None

    @property
    def timestamp(self) -> datetime:
        return self.at
