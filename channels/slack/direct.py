"""Writing first: something people should know, in their direct conversation, if they are linked."""

from typing import Any
from uuid import UUID

from slack_sdk.errors import SlackClientError

from channels.slack import blocks, workspaces
from channels.slack.place import Place
from channels.slack.text import mrkdwn
from runtime.caller import Caller
from runtime.telemetry import log
from runtime.transaction import transaction
from school import slack

_log = log("slack")


async def tell(school_id: UUID, user_ids: list[UUID], text: str, asks: list[tuple[str, str]]) -> int:
    """Write to these users' direct conversations, with buttons that ask something. Gives how many were reached."""
    async with transaction(Caller.system(school_id), read_only=True) as tx:
        members = await slack.linked(tx, user_ids)
        opened = {member.workspace_id: await workspaces.opened(tx, member.workspace_id) for member in members}
    shown = [blocks.section(mrkdwn(text)), *([blocks.buttons(asks)] if asks else [])]
    reached = 0
    for member in members:
        workspace = opened[member.workspace_id]
        if workspace is None:
            continue
        try:
            client = workspace.client()
            dm: Any = await client.conversations_open(users=member.slack_user_id)
            await Place(client, workspace.team_id, member.slack_user_id, dm["channel"]["id"]).say(text, shown)
            reached += 1
        except (SlackClientError, OSError) as error:
            _log.warning("not_told", error=type(error).__name__)
    return reached
