"""An answer in Slack: streamed into a direct conversation as it is made, whole and for one person's eyes elsewhere."""

import json
from typing import Any
from uuid import UUID

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_chat_stream import AsyncChatStream

from agent import chat
from agent.chat import Answer
from agent.turns import Begun
from channels.slack import attachments, blocks, cards, deciders
from channels.slack.blocks import Kit
from channels.slack.place import MOST_BLOCKS, Place
from channels.slack.text import safe
from runtime.caller import Caller
from runtime.errors import NotVisible
from runtime.telemetry import log
from runtime.transaction import transaction
from school.slack import SlackRequest
from tools import approve
from tools.declare import TOOLS

BUFFER = 160
LONGEST = 11_000
_log = log("slack")


async def show(caller: Caller, begun: Begun, place: Place, request: SlackRequest) -> Answer:
    """Show a begun turn's answer at its place. A second attempt mends what the first began to say."""
    earlier = request.progress.get("ts")
    if not place.is_direct or not place.thread or earlier:
        answer = await chat.finished(caller, begun)
        await _whole(caller, answer, place, earlier)
        return answer
    stream = await place.client.chat_stream(
        channel=str(place.channel), thread_ts=place.thread, recipient_team_id=place.team, recipient_user_id=place.user,
        buffer_size=BUFFER,
    )  # fmt: skip
    try:
        await _streamed(caller, begun, place, stream, request)
        answer = await chat.finished(caller, begun)
        await stream.stop(blocks=_body(answer))
    except SlackClientError as error:
        _log.warning("stream_failed", error=type(error).__name__)
        await _remember(caller, stream, request)
        answer = await chat.finished(caller, begun)
        await _whole(caller, answer, place, stream.ts)
        return answer
    await _after(caller, answer, place)
    return answer


async def _streamed(caller: Caller, begun: Begun, place: Place, stream: AsyncChatStream, request: SlackRequest) -> None:
    """Words as they come; what is being looked up, as a status."""
    said = 0
    async for _, data in chat.stream(caller, begun.conversation_id, begun.turn_id):
        chunk: dict[str, Any] = json.loads(data) if data.startswith("{") else {}
        kind = chunk.get("type")
        text = ""
        if kind == "text-delta":
            text = safe(str(chunk["delta"]))[: max(0, LONGEST - said)]
        elif kind == "text-end":
            text = "\n\n"
        elif kind == "error":
            text = safe(str(chunk["errorText"]))
        elif kind == "tool-input-start":
            await place.status(_doing(str(chunk.get("toolName", ""))))
        if text:
            said += len(text)
            await stream.append(markdown_text=text)
            await _remember(caller, stream, request)


def _doing(name: str) -> str:
    tool = TOOLS.get(name)
    return f"is working: {tool.title.lower()}…" if tool else "is working…"


async def _remember(caller: Caller, stream: AsyncChatStream, request: SlackRequest) -> None:
    """Keep the message an answer is streamed into, for whoever has to go on with it."""
    if stream.ts is None or request.progress.get("ts"):
        return
    request.progress = {**request.progress, "ts": stream.ts}
    async with transaction(Caller.system(caller.school_id)) as tx:
        (await tx.session.get_one(SlackRequest, request.id)).progress = request.progress


async def _whole(caller: Caller, answer: Answer, place: Place, ts: str | None = None) -> None:
    """The answer in one message; `ts` is the message an earlier attempt left half said."""
    shown = [*blocks.markdown(answer.text), *_body(answer)][:MOST_BLOCKS]
    words = answer.text or "Here is what I found."
    if ts and place.is_direct:
        try:
            await place.client.chat_update(channel=str(place.channel), ts=ts, text=safe(words)[:3000], blocks=shown)
        except SlackApiError:
            await place.say(words, shown)
    else:
        await place.say(words, shown)
    await _after(caller, answer, place)


def _body(answer: Answer) -> list[Kit]:
    """Everything under the words: results, cards, what to ask next, thumbs."""
    found = blocks.rendered(answer.blocks)
    shown = list(found.blocks)
    for waiting in answer.approvals:
        second = waiting["needsSecondPerson"]
        shown.extend(cards.card(waiting, may_approve=not second))
    if answer.note:
        shown.append(blocks.context(answer.note))
    if answer.suggestions:
        shown.append(blocks.buttons([(prompt, prompt) for prompt in answer.suggestions[:5]]))
    tail = [blocks.feedback(str(answer.conversation_id), str(answer.turn_id))]
    room = MOST_BLOCKS - 1 - len(tail) - min(1, len(found.tables))
    return [*shown[:room], *found.tables[:1], *tail]


async def _after(caller: Caller, answer: Answer, place: Place) -> None:
    """What does not fit into one message follows it: further tables, pictures of charts, files."""
    found = blocks.rendered(answer.blocks)
    for table in found.tables[1:6]:
        await place.say("Another table.", [table])
    await attachments.send(caller, place, found)
    for waiting in answer.approvals:
        if waiting["needsSecondPerson"]:
            await _ask_others(caller, waiting, place)


async def _ask_others(caller: Caller, waiting: dict[str, Any], place: Place) -> None:
    """Bring a card that needs a second person to everybody linked who may decide it."""
    for person, direct in await deciders.of(caller, place):
        try:
            shown = await approve.find(person, UUID(waiting["id"]))
        except NotVisible:
            continue
        await direct.say(shown.title, cards.card(shown.model_dump(mode="json", by_alias=True)))
