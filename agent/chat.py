"""A turn of conversation: begun once, run in the background, streamed to whoever listens, finished in Postgres."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agent import feed, turns
from agent.approvals import executed
from agent.render import approvals_of, blocks_of, plain_of, suggestions_of, text_of
from agent.run import answer_turn
from agent.turns import Begun, Finished
from runtime.caller import Caller
from runtime.telemetry import log
from runtime.transaction import transaction
from school.approvals import Approval, ApprovalStatus
from school.conversations import Conversation, Turn
from tools.approve import ApprovalCard

_log = log("agent")
_TASKS: dict[UUID, "asyncio.Task[Finished | None]"] = {}
_STOPPED: set[UUID] = set()
WAIT_S = 0.1
WATCH_S = 0.4


@dataclass(frozen=True)
class Answer:
    """A whole answer, for doors that do not stream."""

    conversation_id: UUID
    turn_id: UUID
    text: str
    plain: str
    blocks: list[dict[str, Any]]
    approvals: list[dict[str, Any]]
    note: str | None
    status: str
    suggestions: list[str]


async def start_turn(
    caller: Caller, conversation_id: UUID | None, message: str, file_ids: list[str] | None = None,
    client_id: str | None = None, address: str | None = None,
) -> Begun:  # fmt: skip
    """Begin answering a message in the background. The same client id again is the same turn."""
    begun = await turns.begin(caller, conversation_id, message, list(file_ids or []), client_id, address)
    if not begun.repeated or await _orphaned(caller, begun):
        spawn(caller, begun)
    return begun


async def _orphaned(caller: Caller, begun: Begun) -> bool:
    """Whether a repeated turn was being answered by a process that died; true for one asker only."""
    if begun.turn_id in _TASKS:
        return False
    async with transaction(caller, read_only=True) as tx:
        turn = await tx.session.get_one(Turn, begun.turn_id)
        left = turn.status == "running" and turn.created_at < tx.now - timedelta(seconds=feed.ALIVE_S)
    return left and await feed.claim(begun.turn_id)


def spawn(caller: Caller, begun: Begun, approval: ApprovalCard | None = None) -> None:
    """Run a begun turn in the background of this process."""
    task = asyncio.create_task(_run(caller, begun, approval), name=f"turn-{begun.turn_id}")
    _TASKS[begun.turn_id] = task
    task.add_done_callback(lambda _: _TASKS.pop(begun.turn_id, None))


async def _run(caller: Caller, begun: Begun, approval: ApprovalCard | None) -> Finished | None:
    """Answer one turn, after those before it; keep it alive and stoppable from any process. What it came to, if it ended."""
    sink = feed.Sink(begun.turn_id, live=caller.door not in turns.PHONE_DOORS)
    answering = asyncio.create_task(_in_order(caller, begun, approval, sink))
    watching = asyncio.create_task(_watch(begun.turn_id, answering))
    try:
        return await asyncio.shield(answering)
    except asyncio.CancelledError:
        if begun.turn_id not in _STOPPED:
            answering.cancel()
            raise
        await _stopped(caller, begun, sink)
        return None
    finally:
        watching.cancel()
        _STOPPED.discard(begun.turn_id)


async def _in_order(caller: Caller, begun: Begun, approval: ApprovalCard | None, sink: feed.Sink) -> Finished | None:
    while not begun.next and await turns.earlier_running(caller, begun.conversation_id, begun.number):  # noqa: ASYNC110  # it may run in another process
        await asyncio.sleep(WAIT_S)
    decided = executed(approval, await _arguments(caller, approval.id)) if approval else None
    return await answer_turn(caller, begun, sink, decided)


async def _arguments(caller: Caller, approval_id: UUID) -> dict[str, Any]:
    async with transaction(caller, read_only=True) as tx:
        return (await tx.session.get_one(Approval, approval_id)).arguments


async def _watch(turn_id: UUID, answering: "asyncio.Task[Finished | None]") -> None:
    """Most turns end before the first look: nobody takes up a turn, or can stop one, this young."""
    while True:
        await asyncio.sleep(WATCH_S)
        if await feed.keep_alive(turn_id):
            _STOPPED.add(turn_id)
            answering.cancel()


async def _stopped(caller: Caller, begun: Begun, sink: feed.Sink) -> None:
    """A clean end of a turn the person stopped: what was said so far stays, and history knows it was cut."""
    from agent.approvals import exchange
    from agent.run import dumped

    await sink.abort("Stopped.")
    said = await _said(caller, begun.turn_id)
    reply = sink.parts.text()
    messages = dumped(exchange(said, f"{reply} (stopped by the person)".strip()))
    done = turns.Finished(status="stopped", reply=reply, parts=sink.parts.items, messages=messages)
    await turns.finish(caller, begun, done)


async def _said(caller: Caller, turn_id: UUID) -> str:
    async with transaction(caller, read_only=True) as tx:
        return (await tx.session.get_one(Turn, turn_id)).said


async def stop(caller: Caller, conversation_id: UUID) -> bool:
    """Stop the running turn of a conversation, in whichever process it runs. False when none runs."""
    turn_id = await running(caller, conversation_id)
    if turn_id is None:
        return False
    await feed.ask_to_stop(turn_id)
    return True


async def running(caller: Caller, conversation_id: UUID) -> UUID | None:
    """The turn being answered in a conversation, if one is."""
    async with transaction(caller, read_only=True) as tx:
        await turns.access(tx, conversation_id)
        query = select(Turn.id).where(Turn.conversation_id == conversation_id, Turn.status == "running")
        return await tx.session.scalar(query.order_by(Turn.number).limit(1))


async def stream(
    caller: Caller, conversation_id: UUID, turn_id: UUID, last_event_id: str | None = None
) -> AsyncGenerator[tuple[str, str]]:
    """The chunks of a turn as (event id, data), from after the last one the client has, until [DONE]."""
    async with transaction(caller, read_only=True) as tx:
        await turns.access(tx, conversation_id)
    ended = False
    async for event_id, data in feed.follow(turn_id, last_event_id, lambda: _ended(caller, turn_id)):
        ended = data == feed.DONE
        yield event_id, data
    if not ended:
        async for event_id, data in _replayed(caller, conversation_id, turn_id):
            yield event_id, data


async def _ended(caller: Caller, turn_id: UUID) -> bool:
    async with transaction(caller, read_only=True) as tx:
        status = await tx.session.scalar(select(Turn.status).where(Turn.id == turn_id))
        return status != "running"


async def _replayed(caller: Caller, conversation_id: UUID, turn_id: UUID) -> AsyncIterator[tuple[str, str]]:
    """The turn again from Postgres, when its stream is gone."""
    async with transaction(caller, read_only=True) as tx:
        turn = await tx.session.get_one(Turn, turn_id)
    for at, data in enumerate(feed.replay(conversation_id, turn.id, turn.parts), 1):
        yield f"replay-{at}", data


async def answer(
    caller: Caller, message: str, *, conversation_id: UUID | None = None, file_ids: list[str] | None = None,
    client_id: str | None = None, address: str | None = None,
) -> Answer:  # fmt: skip
    """Answer a message whole, for JSON, SMS and Slack."""
    begun = await start_turn(caller, conversation_id, message, file_ids, client_id, address)
    return await finished(caller, begun)


async def finished(caller: Caller, begun: Begun) -> Answer:
    """Wait for a turn's end, wherever it runs, and give the whole answer."""
    task = _TASKS.get(begun.turn_id)
    done: Finished | None = None
    if task is not None:
        with suppress(asyncio.CancelledError):
            done = await asyncio.shield(task)
    ended = done or await _ended_turn(caller, begun.turn_id)
    return Answer(
        conversation_id=begun.conversation_id, turn_id=begun.turn_id, text=text_of(ended.parts),
        plain=plain_of(ended.parts), blocks=blocks_of(ended.parts), approvals=approvals_of(ended.parts),
        note=ended.note, status=ended.status, suggestions=suggestions_of(ended.parts),
    )  # fmt: skip


async def _ended_turn(caller: Caller, turn_id: UUID) -> Turn:
    """The turn as it is kept, once it has ended in whichever process."""
    while True:
        async with transaction(caller, read_only=True) as tx:
            turn = await tx.session.get_one(Turn, turn_id)
        if turn.status != "running":
            return turn
        await asyncio.sleep(WAIT_S)


async def resume_after_approval(caller: Caller, card: ApprovalCard) -> Begun | None:
    """Go on with the conversation an executed action came from, in a new turn, once. Executes nothing."""
    if card.conversation_id is None or card.status != ApprovalStatus.EXECUTED.value:
        return None
    async with transaction(caller) as tx:
        conversation = await tx.session.get(Conversation, card.conversation_id, with_for_update=True)
        if conversation is None or conversation.deleted_at is not None:
            return None
        client_id = f"approval:{card.id}"
        query = select(Turn).where(Turn.conversation_id == conversation.id, Turn.client_id == client_id)
        if (earlier := await tx.session.scalar(query)) is not None:
            return Begun(conversation.id, earlier.id, earlier.number, first=False, repeated=True)
        begun = await turns.add(tx, conversation, "", [], client_id)
    spawn(caller, begun, card)
    return begun


async def settle() -> None:
    """Wait until every turn of this process has ended: before a clean shutdown, and in tests."""
    while _TASKS:
        await asyncio.gather(*_TASKS.values(), return_exceptions=True)
