"""The workspaces of a school: their encrypted tokens, a client for each, and which school an event belongs to."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select

from runtime.errors import Conflict, InvalidInput, NotVisible, Upstream
from runtime.ids import new_id
from runtime.secrets import seal, unseal
from runtime.settings import settings
from runtime.transaction import Tx, across_schools
from school.permissions import Permission
from school.slack import SlackWorkspace

BOT_SCOPES = (
    "app_mentions:read", "assistant:write", "chat:write", "commands", "files:read", "files:write", "im:history",
    "im:read", "im:write", "users:read", "users:read.email",
)  # fmt: skip
TIMEOUT_S = 15
NOT_REACHED = (aiohttp.ClientError, TimeoutError)


class WorkspaceTaken(Conflict):
    """Another school is connected to this workspace."""

    code = "workspace_taken"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A connected workspace with its open token, for one piece of work."""

    id: UUID
    school_id: UUID
    team_id: str
    bot_id: str
    bot_user_id: str
    token: str

    def client(self) -> AsyncWebClient:
        return client(self.token)


def client(token: str | None = None) -> AsyncWebClient:
    """A Web API client that waits when Slack says it is asked too often."""
    made = AsyncWebClient(token=token, base_url=settings().slack_api_url, timeout=TIMEOUT_S)
    made.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=3))
    return made


def not_reached() -> Upstream:
    return Upstream("Slack could not be reached, so nothing was kept. Try again in a few minutes.")


def _opened(row: SlackWorkspace) -> Workspace:
    token = unseal(row.tokens).get("bot_token", "")
    return Workspace(row.id, row.school_id, row.team_id, row.bot_id, row.bot_user_id, token)


async def of_team(team_id: str | None) -> Workspace | None:
    """The workspace of a Slack team, whichever school it belongs to."""
    if not team_id:
        return None
    async with across_schools(read_only=True) as session:
        query = select(SlackWorkspace).where(SlackWorkspace.team_id == team_id, SlackWorkspace.removed_at.is_(None))
        row = await session.scalar(query)
    return _opened(row) if row is not None and row.tokens else None


async def opened(tx: Tx, workspace_id: UUID) -> Workspace | None:
    """A workspace of the caller's school; null when it was removed."""
    row = await tx.session.get(SlackWorkspace, workspace_id)
    return _opened(row) if row is not None and row.removed_at is None else None


async def install(tx: Tx, token: str, scopes: str = "") -> SlackWorkspace:
    """Keep a bot token after asking Slack whose it is. Connecting again replaces the token.

    Errors: invalid_input (Slack does not know the token), upstream_failed, workspace_taken, not_allowed.
    """
    tx.require(Permission.SCHOOL_WRITE)
    try:
        known: Any = await client(token).auth_test()
    except SlackApiError as error:
        raise InvalidInput(f"Slack does not take this token ({error.response['error']}). Copy it again.") from None
    except NOT_REACHED:
        raise not_reached() from None
    if not known.get("bot_id"):
        raise InvalidInput("This is a person's token. Give the bot token, which starts with xoxb-.")
    await _check_free(str(known["team_id"]), tx.school_id)
    query = select(SlackWorkspace).where(SlackWorkspace.team_id == known["team_id"]).with_for_update()
    row = await tx.session.scalar(query)
    if row is None:
        row = SlackWorkspace(id=new_id(), school_id=tx.school_id, created_at=tx.now, team_id=known["team_id"])
        tx.session.add(row)
    row.name, row.bot_id, row.bot_user_id = known.get("team", ""), known["bot_id"], known["user_id"]
    row.enterprise_id, row.app_id = known.get("enterprise_id"), known.get("app_id") or ""
    row.tokens, row.removed_at, row.installed_by = seal({"bot_token": token}), None, tx.caller.user_id
    row.scopes = [scope for scope in scopes.split(",") if scope]
    await tx.session.flush()
    return row


async def _check_free(team_id: str, school_id: UUID) -> None:
    async with across_schools(read_only=True) as session:
        row = await session.scalar(select(SlackWorkspace).where(SlackWorkspace.team_id == team_id))
    if row is not None and row.school_id != school_id:
        raise WorkspaceTaken("This Slack workspace is connected to another school. Disconnect it there first.")


async def access(tx: Tx, workspace_id: UUID) -> SlackWorkspace:
    """A connected workspace of the school, for its administrator."""
    tx.require(Permission.SCHOOL_WRITE)
    row = await tx.session.get(SlackWorkspace, workspace_id)
    if row is None or row.removed_at is not None:
        raise NotVisible("There is no such Slack workspace.")
    return row


def remove(tx: Tx, row: SlackWorkspace) -> None:
    """Forget a workspace's tokens; its members stay linked in case it comes back."""
    row.tokens, row.removed_at = "", tx.now
