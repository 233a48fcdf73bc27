"""Slack over HTTP: its events, connecting a workspace, and Socket Mode where a school cannot be reached from outside."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, FastAPI, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import AwareDatetime, Field
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from channels.slack import install, workspaces
from channels.slack.app import bolt
from runtime.errors import NotVisible
from runtime.settings import settings
from runtime.telemetry import log
from runtime.transaction import transaction
from school import slack
from school.permissions import Permission
from school.slack import SlackWorkspace

router = APIRouter(
    prefix="/api/slack", tags=["slack"],
    responses={403: {"model": Problem}, 404: {"model": Problem}, 409: {"model": Problem}, 422: {"model": Problem}},
)  # fmt: skip
_log = log("slack")


class WorkspaceIn(Camel):
    bot_token: str = Field(pattern=r"^xoxb-\S{10,}$", max_length=300, description="Kept encrypted, never given back.")


class WorkspaceOut(Camel):
    id: UUID
    team_id: str
    name: str
    connected_at: AwareDatetime
    members: int = Field(description="People of the school linked there.")


class Workspaces(Camel):
    items: list[WorkspaceOut]
    mode: str = Field(description="How Slack reaches this program: http, socket or off.")
    can_add: bool = Field(description="Whether “Add to Slack” is set up.")


class InstallLink(Camel):
    url: str


def mode() -> str:
    """Socket Mode where an app-level token is set, else HTTP where a signing secret is."""
    if settings().slack_app_token is not None:
        return "socket"
    return "http" if settings().slack_signing_secret is not None else "off"


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Keep a socket to Slack open while this process lives, when that is how Slack is reached."""
    token = settings().slack_app_token
    if token is None:
        yield
        return
    socket = AsyncSocketModeHandler(bolt(), token.get_secret_value())
    try:
        await socket.connect_async()
    except Exception as error:  # the rest of the program does not wait for Slack
        _log.error("socket_not_opened", error=type(error).__name__)
    yield
    await socket.close_async()


@router.post("/events", operation_id="receive_slack", include_in_schema=False)
async def events(request: Request) -> Response:
    """Everything Slack sends: events, buttons, commands. Signed; answered once it is in the database."""
    if settings().slack_signing_secret is None:
        raise NotVisible("Slack is not set up here.")
    return await AsyncSlackRequestHandler(bolt()).handle(request)


@router.get("/workspaces", operation_id="list_slack_workspaces")
async def listed(who: SignedInCaller) -> Workspaces:
    """The workspaces the school is connected to."""
    async with transaction(who, read_only=True) as tx:
        tx.require(Permission.SCHOOL_WRITE)
        items = [_shown(row, await slack.members(tx, row.id)) for row in await slack.workspaces(tx)]
    return Workspaces(items=items, mode=mode(), can_add=install.is_set_up())


@router.post("/workspaces", status_code=201, operation_id="add_slack_workspace")
async def add(body: WorkspaceIn, who: SignedInCaller) -> WorkspaceOut:
    """Connect the workspace a bot token belongs to."""
    async with transaction(who) as tx:
        return _shown(await workspaces.install(tx, body.bot_token), 0)


@router.delete("/workspaces/{workspace_id}", status_code=204, operation_id="remove_slack_workspace")
async def remove(workspace_id: UUID, who: SignedInCaller) -> None:
    """Disconnect a workspace and forget its tokens."""
    async with transaction(who) as tx:
        workspaces.remove(tx, await workspaces.access(tx, workspace_id))


@router.post("/installs", status_code=201, operation_id="start_slack_install")
async def start_install(who: SignedInCaller) -> InstallLink:
    """The address of Slack's consent page, for “Add to Slack”. It is good for ten minutes, once, for this school."""
    async with transaction(who) as tx:
        tx.require(Permission.SCHOOL_WRITE)
        return InstallLink(url=install.address(tx))


@router.get("/oauth", operation_id="finish_slack_install", response_class=RedirectResponse)
async def oauth(
    state: Annotated[str, Query(max_length=2000)] = "", code: Annotated[str, Query(max_length=500)] = "",
    error: Annotated[str, Query(max_length=200)] = "",
) -> RedirectResponse:  # fmt: skip
    """Slack sends the administrator's browser back here."""
    await install.finish(state, code, error)
    return RedirectResponse("/settings/slack?slack=connected", status_code=303)


def _shown(row: SlackWorkspace, members: int) -> WorkspaceOut:
    return WorkspaceOut(id=row.id, team_id=row.team_id, name=row.name, connected_at=row.created_at, members=members)
