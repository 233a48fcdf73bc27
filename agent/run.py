"""One turn from its message to its kept answer: decisions by word first, then the agent, then the record of it."""

import traceback
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from pydantic_ai import ModelMessage, ModelMessagesTypeAdapter, UsageLimits
from pydantic_ai.exceptions import AgentRunError, UnexpectedModelBehavior, UserError
from pydantic_ai.models import Model
from pydantic_ai.run import AgentRunResult, AgentRunResultEvent
from pydantic_ai.ui.vercel_ai.response_types import (
    BaseChunk,
    DataChunk,
    DoneChunk,
    ErrorChunk,
    FinishChunk,
    FinishStepChunk,
    StartStepChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
)

from agent import allowance, approvals, models, safety, turns
from agent.approvals import Decided
from agent.assistant import assistant
from agent.deps import Deps, Upload
from agent.feed import Sink
from agent.grounding import earlier_evidence
from agent.stream import APOLOGY, SDK_VERSION, TurnStream, preview_chunk, ran_chunks, start_chunk
from agent.turns import Begun, Finished
from runtime.caller import Caller
from runtime.errors import SchoolOSError
from runtime.telemetry import log
from runtime.transaction import transaction
from school.model_uses import Purpose

_log = log("agent")
REQUESTS = 12
TOOL_CALLS = 20
TOKENS = 150_000


async def answer_turn(caller: Caller, begun: Begun, sink: Sink, decided: Decided | None) -> Finished | None:
    """Answer a begun turn into its sink, and write what it came to. Whatever fails, the person hears of it.

    Returns what was written; null when the turn had ended elsewhere meanwhile.
    """
    deps = Deps(
        caller=caller, conversation_id=begun.conversation_id, turn_id=begun.turn_id, today=datetime.now(UTC).date()
    )
    encoder = TurnStream(deps=deps, sdk_version=SDK_VERSION)
    try:
        history = await _prepare(deps, begun)
        await sink.put(start_chunk(deps))
        if begun.first:
            await sink.put(DataChunk(type="data-title", data={"title": turns.title_of(deps.said)}, transient=True))
        decided = decided or await _safety(deps) or await approvals.by_word(deps)
        done = await _said(deps, sink, decided) if decided and decided.say else None
        done = done or await _counted(deps, encoder, sink, history, decided)
    except SchoolOSError as error:
        done = await _failed(deps, sink, error.message, error.code)
    except Exception as error:
        # The frames alone: local variables would put names and scores into the log.
        where = traceback.format_exception(type(error), error, error.__traceback__, limit=-6)
        _log.error("turn_failed", turn=str(begun.turn_id), error=type(error).__name__, where="".join(where))
        done = await _failed(deps, sink, APOLOGY, type(error).__name__)
    done.parts, done.reply = sink.parts.items, sink.parts.text()
    written = await turns.finish(caller, begun, done)
    await sink.put(DoneChunk())
    return done if written else None


async def _safety(deps: Deps) -> Decided | None:
    """Words of care in place of an answer, when the message suggests harm to a child."""
    said = await safety.answer(deps.caller, deps.said, turn_id=deps.turn_id) if deps.said else None
    return Decided(say=said) if said else None


async def _prepare(deps: Deps, begun: Begun) -> list[ModelMessage]:
    """Fill in the school's day, what was said, its files, the focus; return the history."""
    opened = begun.opening
    if opened is None:
        async with transaction(deps.caller, read_only=True) as tx:
            opened = await turns.opening(tx, begun)
    deps.today, deps.said, deps.focus = opened.today, opened.said, dict(opened.focus)
    deps.school_name, deps.language = opened.school, opened.language
    deps.files = tuple(Upload(file.id, file.name, file.media_type) for file in opened.files)
    return turns.history(opened)


async def _said(deps: Deps, sink: Sink, decided: Decided) -> Finished:
    """A decision that ends in words (and perhaps a new card), without any model."""
    text = decided.say or ""
    await sink.put(StartStepChunk())
    for chunk in _text("say", text):
        await sink.put(chunk)
    if decided.card:
        await sink.put(preview_chunk(decided.card))
    for chunk in (FinishStepChunk(), FinishChunk(finish_reason="stop")):
        await sink.put(chunk)
    messages = dumped(approvals.exchange(deps.said, text))
    return Finished(
        status="waiting" if decided.card else "done", reply=text, parts=[], messages=messages, model="approval"
    )


def _text(identifier: str, text: str) -> list[BaseChunk]:
    return [
        TextStartChunk(id=identifier),
        TextDeltaChunk(id=identifier, delta=text),
        TextEndChunk(id=identifier),
    ]


async def _counted(
    deps: Deps, encoder: TurnStream, sink: Sink, history: list[ModelMessage], decided: Decided | None
) -> Finished:
    """Run the agent; what hosted models took is kept whether it answered, failed or was stopped."""
    try:
        done = await _run(deps, encoder, sink, history, decided)
    finally:
        await allowance.spend(deps.caller, Purpose.CONVERSATION, deps.given)
    if deps.given:
        uses = [one.usage for one in deps.given]
        taken = {"input": sum(u.input_tokens for u in uses), "output": sum(u.output_tokens for u in uses)}
        done.usage = {**(done.usage or {}), **taken, "requests": len(uses)}
    return done


async def _run(
    deps: Deps, encoder: TurnStream, sink: Sink, history: list[ModelMessage], decided: Decided | None
) -> Finished:
    """Run the agent; when every hosted model failed half-way, run it again on the planner alone."""
    chain = models.chain(deps)
    spent = chain.hosted and not await allowance.left(deps.caller)
    if spent:
        chain = models.Chain(models.OfflinePlanner(deps), hosted=False)
    deps.earlier = earlier_evidence(history)
    before: list[ModelMessage] = []
    prompt: str | None = prompt_of(deps)
    if decided and decided.call:
        before, prompt = decided.messages, None
        deps.calls[decided.call_id] = decided.call
        for chunk in ran_chunks(decided.call_id, decided.call):
            await sink.put(chunk)
    note = allowance.USED_UP if spent else None
    try:
        result = await _attempt(deps, encoder, sink, [*history, *before], prompt, chain.model)
        if chain.hosted and models.cut_off(result.response):
            raise UnexpectedModelBehavior("The answer was cut off.")
        if chain.hosted and result.response.model_name == models.OfflinePlanner.NAME:
            note = models.FELL_BACK
    except (AgentRunError, UserError, TimeoutError, OSError) as error:
        if not chain.hosted:
            raise
        _log.warning("model_failed", error=type(error).__name__)
        note = models.FELL_BACK
        result = await _attempt(deps, encoder, sink, [*history, *before], prompt, models.OfflinePlanner(deps))
    return await _ending(deps, sink, result, before, note)


def prompt_of(deps: Deps) -> str:
    """The message as models read it, with the files named."""
    named = "".join(f"\n[attached file {file.name}, id {file.id}]" for file in deps.files)
    return f"{deps.said}{named}"


async def _attempt(
    deps: Deps, encoder: TurnStream, sink: Sink, history: list[ModelMessage], prompt: str | None, model: Model
) -> AgentRunResult[Any]:
    limits = UsageLimits(request_limit=REQUESTS, tool_calls_limit=TOOL_CALLS, total_tokens_limit=TOKENS)
    found: list[AgentRunResult[Any]] = []

    async def native() -> AsyncIterator[Any]:
        async with assistant().run_stream_events(
            prompt, message_history=history, deps=deps, model=model, model_settings=models.run_settings(),
            usage_limits=limits,
        ) as events:  # fmt: skip
            async for event in events:
                if isinstance(event, AgentRunResultEvent):
                    found.append(event.result)
                yield event

    encoder.failure = None
    async for chunk in encoder.transform_stream(native()):
        await sink.put(chunk)
    if encoder.failure is not None:
        raise encoder.failure
    for chunk in _text("grounded", deps.replacement) if deps.replacement else []:
        await sink.put(chunk)
    return found[0]


async def _ending(
    deps: Deps, sink: Sink, result: AgentRunResult[Any], before: list[ModelMessage], note: str | None
) -> Finished:
    waiting = any(call.approval for call in deps.calls.values())
    if note:
        await sink.put(DataChunk(type="data-note", data={"text": note}))
    if suggestions := _suggestions(deps):
        await sink.put(DataChunk(type="data-suggestions", data=suggestions))
    await sink.put(FinishStepChunk())
    await sink.put(FinishChunk(finish_reason="tool-calls" if waiting else "stop"))
    usage = result.usage
    return Finished(
        status="waiting" if waiting else "done", reply="", parts=[], messages=dumped([*before, *result.new_messages()]),
        model=result.response.model_name, note=note, focus=deps.focus,
        usage={"input": usage.input_tokens, "output": usage.output_tokens, "requests": usage.requests, "calls": usage.tool_calls},
    )  # fmt: skip


def _suggestions(deps: Deps) -> list[str]:
    """What to offer next: what the dialogue asks for, or what the last result suggests."""
    if deps.suggestions:
        return deps.suggestions[:6]
    shown = [call.shown for call in deps.calls.values() if call.shown]
    return list(shown[-1].get("suggestions", []))[:4] if shown else []


async def _failed(deps: Deps, sink: Sink, text: str, code: str) -> Finished:
    await sink.put(ErrorChunk(error_text=text))
    await sink.put(FinishChunk(finish_reason="error"))
    messages = dumped(approvals.exchange(deps.said, text))
    return Finished(status="failed", reply=text, parts=[], messages=messages, error=code)


def dumped(messages: list[ModelMessage]) -> list[Any]:
    """Messages as they are kept."""
    return ModelMessagesTypeAdapter.dump_python(messages, mode="json")
