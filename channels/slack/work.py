"""Working off what Slack sent: one function a kind, each safe to run again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal, cast
from uuid import UUID

from slack_sdk.webhook.async_client import AsyncWebhookClient

from agent import chat, conversations
from agent.offline import planner_file
from channels.slack import answers, attachments, cards, deciders, home, members, workspaces
from channels.slack.members import Known
from channels.slack.place import Place
from channels.slack.text import said
from channels.slack.workspaces import Workspace
from runtime.caller import Caller
from runtime.errors import SchoolOSError
from runtime.transaction import transaction
from school.slack import SlackRequest, SlackWorkspace
from tools import approve
from tools.declare import Effect
from tools.invoke import offered

WELCOME = "Hello. Ask me about your school in your own words; only you see what I answer."
SORRY = "Something went wrong on our side, so I could not finish this. Please ask again."
MOST_TRIES = 4

Work = Callable[[Workspace, SlackRequest], Awaitable[str]]


async def work(system: Caller, request_id: UUID) -> None:
    """Do one request, unless it is done. Its content is forgotten when it is."""
    async with transaction(system, read_only=True) as tx:
        request = await tx.session.get(SlackRequest, request_id)
        workspace = await workspaces.opened(tx, request.workspace_id) if request is not None else None
    if request is None or request.handled_at is not None:
        return
    outcome = await _KINDS[request.kind](workspace, request) if workspace is not None else "workspace removed"
    async with transaction(system) as tx:
        row = await tx.session.get_one(SlackRequest, request_id, with_for_update=True)
        row.handled_at, row.outcome, row.body = tx.now, outcome[:300], {}


async def failed(system: Caller, request_id: UUID) -> None:
    """Count an attempt that failed. After the last one the person hears of it, and it is not tried again."""
    async with transaction(system) as tx:
        row = await tx.session.get_one(SlackRequest, request_id, with_for_update=True)
        workspace = await workspaces.opened(tx, row.workspace_id)
        row.progress = {**row.progress, "failed": int(row.progress.get("failed", 0)) + 1}
        if row.handled_at is not None or row.progress["failed"] < MOST_TRIES:
            return
        row.handled_at, row.outcome = tx.now, "failed"
        body, row.body = row.body, {}
    user, channel = body.get("user") or body.get("user_id"), body.get("channel") or body.get("channel_id")
    if workspace is not None and isinstance(user, str) and channel:
        await Place(workspace.client(), workspace.team_id, user, channel, body.get("thread_ts")).say(SORRY)


async def _message(workspace: Workspace, request: SlackRequest) -> str:
    """A direct message or a mention. A mention is answered to the person who made it alone."""
    body = request.body
    place = Place(
        workspace.client(), workspace.team_id, body["user"], body["channel"],
        thread=body.get("thread_ts") or (body["ts"] if request.kind == "message" else None),
    )  # fmt: skip
    return await _said(workspace, request, place, said(body.get("text", "")), body.get("files") or [])


async def _command(workspace: Workspace, request: SlackRequest) -> str:
    body = request.body
    place = Place(
        workspace.client(), workspace.team_id, body["user_id"], body["channel_id"], response_url=body["response_url"]
    )
    return await _said(workspace, request, place, said(body.get("text") or "help"), [])


async def _said(
    workspace: Workspace, request: SlackRequest, place: Place, text: str, attached: list[dict[str, object]]
) -> str:
    who = await members.known(workspace, place.user, text, place.is_direct)
    if who.caller is None:
        await place.say(who.words)
        return "not linked"
    await place.status("is thinking…")
    return await _answer(who.caller, workspace, request, place, text, attached)


async def _answer(
    caller: Caller, workspace: Workspace, request: SlackRequest, place: Place, text: str,
    attached: list[dict[str, object]],
) -> str:  # fmt: skip
    await asyncio.to_thread(planner_file.load)
    try:
        files = await attachments.taken(caller, workspace.token, attached) if attached else []
        begun = await chat.start_turn(caller, None, text, files, client_id=str(request.id), address=place.address)
    except SchoolOSError as error:
        await place.say(error.message)
        return error.code
    answer = await answers.show(caller, begun, place, request)
    if begun.first and text:
        await place.call_it(text)
    await place.suggest(answer.suggestions)
    return answer.status


async def _started(workspace: Workspace, request: SlackRequest) -> str:
    """A fresh assistant thread: a greeting and prompts, or how to be linked."""
    thread = request.body["assistant_thread"]
    place = Place(
        workspace.client(), workspace.team_id, thread["user_id"], thread["channel_id"], thread=thread["thread_ts"]
    )
    who = await members.known(workspace, place.user, "", private=True)
    await place.say(WELCOME if who.caller else who.words)
    if who.caller is not None:
        await place.suggest(_openings(who.caller), "For example")
    return "greeted"


def _openings(caller: Caller) -> list[str]:
    """Things this person may ask, out of what they may use."""
    return [tool.says[0] for tool in offered(caller) if tool.effect is Effect.READ and tool.says][:4]


async def _home(workspace: Workspace, request: SlackRequest) -> str:
    user = request.body["user"]
    if request.body.get("tab") not in (None, "home"):
        return "messages tab"
    who = await members.known(workspace, user, "", private=False)
    await home.publish(workspace, user, who.caller, who.words)
    return "home shown"


async def _gone(workspace: Workspace, request: SlackRequest) -> str:
    """The app was removed, or its token taken back: forget the tokens."""
    bots = (request.body.get("tokens") or {}).get("bot")
    if request.kind == "tokens_revoked" and not bots:
        return "a person's token"
    async with transaction(Caller.system(workspace.school_id)) as tx:
        workspaces.remove(tx, await tx.session.get_one(SlackWorkspace, workspace.id, with_for_update=True))
    return "workspace removed"


async def _action(workspace: Workspace, request: SlackRequest) -> str:
    """A button: a decision, a thumb, or words to say."""
    body = request.body
    message = body.get("message") or {}
    place = Place(
        workspace.client(), workspace.team_id, body["user"], body.get("channel"),
        thread=message.get("thread_ts") or message.get("ts"), response_url=body.get("response_url"),
    )  # fmt: skip
    who = await members.known(workspace, body["user"], "", private=False)
    if who.caller is None:
        if body.get("channel"):
            await place.say(who.words)
        return "not linked"
    name = body["action"]
    if name in (cards.APPROVE, cards.DECLINE):
        return await _decide(workspace, request, place, who)
    if name == "feedback":
        return await _rate(who.caller, place, body["value"])
    if name.startswith("say:"):
        return await _answer(who.caller, workspace, request, place, body["value"], [])
    return "no such button"


async def _rate(caller: Caller, place: Place, value: str) -> str:
    rating, conversation_id, turn_id = value.split(":")
    kind = cast(Literal["up", "down"], rating)
    try:
        await conversations.rate(caller, UUID(conversation_id), UUID(turn_id), kind, None)
    except SchoolOSError as error:
        await place.say(error.message)
        return error.code
    return "rated"


async def _decide(workspace: Workspace, request: SlackRequest, place: Place, who: Known) -> str:
    """Approve or decline as the person who pressed: their own rights count, whoever the card was shown to."""
    body, caller = request.body, who.caller
    assert caller is not None
    approval_id = UUID(body["value"])
    try:
        if body["action"] == cards.DECLINE:
            card = await approve.decline(caller, approval_id)
            words = f"✖️ Declined by {caller.name}. Nothing was changed."
        else:
            card, outcome = await approve.approve(caller, approval_id)
            words = f"✅ Approved by {caller.name}. {outcome.result.headline()}"
        await _note(caller, request, words)
    except SchoolOSError as error:
        words = request.progress.get("decided", "")
        if not words:
            await _tell(place, error.message)
            return error.code
        card = await approve.find(caller, approval_id)
    await _redraw(workspace, request, place, approval_id, words, caller)
    if not await deciders.tell_asker(caller, card, place, words):
        begun = await chat.resume_after_approval(caller, card)
        if begun is not None and place.channel and not begun.repeated:
            await answers.show(caller, begun, place, request)
    return card.status


async def _note(caller: Caller, request: SlackRequest, words: str) -> None:
    """What was decided, for an attempt that has to go on from here."""
    async with transaction(Caller.system(caller.school_id)) as tx:
        row = await tx.session.get_one(SlackRequest, request.id, with_for_update=True)
        row.progress = request.progress = {**row.progress, "decided": words}


async def _tell(place: Place, words: str) -> None:
    """A refusal, to the presser alone; from the home tab it comes as a direct message."""
    await (place if place.channel else await place.direct()).say(words)


async def _redraw(
    workspace: Workspace, request: SlackRequest, place: Place, approval_id: UUID, words: str, caller: Caller
) -> None:
    """Take the buttons away where they were pressed."""
    message = request.body.get("message") or {}
    shown = cards.decided(message.get("blocks") or [], str(approval_id), words)
    if request.body.get("ephemeral") and place.response_url:
        hook = AsyncWebhookClient(place.response_url)
        await hook.send(text=words, blocks=shown or None, replace_original=True)
    elif place.channel and message.get("ts"):
        await place.client.chat_update(channel=place.channel, ts=message["ts"], text=words, blocks=shown)
    else:
        await home.publish(workspace, place.user, caller)


_KINDS: dict[str, Work] = {
    "message": _message, "app_mention": _message, "command": _command, "action": _action, "app_home_opened": _home,
    "assistant_thread_started": _started, "app_uninstalled": _gone, "tokens_revoked": _gone,
}  # fmt: skip
