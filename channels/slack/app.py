"""The Bolt app: checks signatures, keeps each request once in the database, acknowledges. The work is a job's.

Bolt runs a listener before it answers Slack (`process_before_response`), so an acknowledged request is in Postgres.
"""

import re
from functools import lru_cache
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from channels.slack import workspaces
from runtime.caller import Caller
from runtime.settings import settings
from runtime.transaction import transaction
from school import slack

EVENTS = frozenset(
    {"app_mention", "message", "assistant_thread_started", "app_home_opened", "app_uninstalled", "tokens_revoked"}
)
SUBTYPES = frozenset({None, "file_share", "thread_broadcast"})
COMMAND = re.compile(r"^/")
ANYTHING = re.compile(r".+", re.DOTALL)


@lru_cache(maxsize=1)
def bolt() -> AsyncApp:
    """The app of this process, for HTTP and Socket Mode alike."""
    secret = settings().slack_signing_secret
    app = AsyncApp(
        client=workspaces.client(), signing_secret=secret.get_secret_value() if secret else "", authorize=_authorize,
        request_verification_enabled=secret is not None, process_before_response=True,
        attaching_conversation_kwargs_enabled=False,
    )  # fmt: skip
    app.event(ANYTHING)(_event)
    app.action(ANYTHING)(_action)
    app.command(COMMAND)(_command)
    return app


async def _authorize(enterprise_id: str | None, team_id: str | None) -> Any:
    """Null where the app is not installed, which Bolt answers itself."""
    workspace = await workspaces.of_team(team_id)
    if workspace is None:
        return None
    return AuthorizeResult(
        enterprise_id=enterprise_id, team_id=team_id, bot_token=workspace.token, bot_id=workspace.bot_id,
        bot_user_id=workspace.bot_user_id,
    )  # fmt: skip


async def _event(body: dict[str, Any]) -> None:
    event = body["event"]
    if event["type"] in EVENTS and _from_a_person(event):
        await _keep(body.get("team_id"), body.get("event_id", ""), event["type"], event)


def _from_a_person(event: dict[str, Any]) -> bool:
    """Direct messages and mentions of people: not edits, not joins, not what bots say."""
    if event["type"] != "message":
        return not event.get("bot_id")
    own = event.get("channel_type") == "im" and event.get("subtype") in SUBTYPES
    return own and not event.get("bot_id") and bool(event.get("user"))


async def _action(ack: Any, body: dict[str, Any]) -> None:
    action = body["actions"][0]
    kept = {
        "action": action["action_id"], "value": _value(action), "user": body["user"]["id"],
        "channel": (body.get("channel") or {}).get("id"), "response_url": body.get("response_url"),
        "message": {key: (body.get("message") or {}).get(key) for key in ("ts", "thread_ts", "blocks")},
        "ephemeral": bool((body.get("container") or {}).get("is_ephemeral")),
    }  # fmt: skip
    key = f"action:{body['user']['id']}:{action.get('action_ts', '')}:{action['action_id']}"
    await _keep((body.get("team") or {}).get("id"), key, "action", kept)
    await ack()


def _value(action: dict[str, Any]) -> str:
    chosen = action.get("selected_option") or {}
    return str(action.get("value") or chosen.get("value") or "")


async def _command(ack: Any, body: dict[str, Any]) -> None:
    kept = {key: body.get(key) for key in ("text", "user_id", "channel_id", "response_url", "command")}
    await _keep(body.get("team_id"), f"command:{body.get('trigger_id')}", "command", kept)
    await ack()


async def _keep(team_id: str | None, key: str, kind: str, body: dict[str, Any]) -> None:
    workspace = await workspaces.of_team(team_id)
    if workspace is None:
        return
    async with transaction(Caller.system(workspace.school_id)) as tx:
        await slack.keep(tx, workspace.id, key, kind, body)
