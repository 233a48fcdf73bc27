"""Connecting Slack: the manifest, “Add to Slack”, a bot token, several workspaces, Socket Mode."""

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
import yaml
from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from sqlalchemy import select

from api import slack as door
from channels.slack import app as slack_app
from channels.slack import workspaces
from runtime.caller import Caller, Door
from runtime.settings import settings
from runtime.transaction import transaction
from school import sign_in
from school.slack import SlackRequest, SlackWorkspace
from tests.channels.conftest import Slack
from tests.channels.slack_server import event
from tests.tiny_school import PASSWORD

DEPLOY = Path(__file__).parents[2] / "deploy" / "slack"


@pytest.fixture
async def token(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> str:
    """The admin's bearer token, with “Add to Slack” set up."""
    monkeypatch.setenv("SCHOOLOS_SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SCHOOLOS_SLACK_CLIENT_SECRET", "client-secret")
    monkeypatch.setenv("SCHOOLOS_PUBLIC_URL", "http://school.test")
    settings.cache_clear()
    return (await sign_in.with_password("admin@hillcrest.test", PASSWORD, "hillcrest")).access_token


async def _begun(slack: Slack, token: str) -> str:
    answer = await slack.client.post("/api/slack/installs", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 201
    asked = parse_qs(urlparse(answer.json()["url"]).query)
    assert asked["redirect_uri"] == ["http://school.test/api/slack/oauth"]
    assert set(asked["scope"][0].split(",")) == set(workspaces.BOT_SCOPES)
    return asked["state"][0]


async def test_add_to_slack_connects_a_second_workspace_once(slack: Slack, token: str) -> None:
    state = await _begun(slack, token)
    for params, expected in (
        ({"state": "x", "code": "good-code"}, 403), ({"state": state, "code": "good-code"}, 303),
        ({"state": state, "code": "good-code"}, 403), ({"state": await _begun(slack, token), "code": "bad"}, 422),
        ({"state": await _begun(slack, token), "error": "access_denied"}, 422),
    ):  # fmt: skip
        assert (await slack.client.get("/api/slack/oauth", params=params)).status_code == expected
    listed = await slack.client.get("/api/slack/workspaces", headers={"authorization": f"Bearer {token}"})
    assert {item["teamId"] for item in listed.json()["items"]} == {"T1", "T2"}
    await slack.post(event("app_home_opened", "E1", team="T2", user="U1", channel="DU1"))
    slack.server.calls.clear()
    await slack.work()
    assert {call.token for call in slack.server.calls} == {"xoxb-second-token"}


async def test_only_an_administrator_connects(slack: Slack, token: str) -> None:
    teacher = (await sign_in.with_password("teacher@hillcrest.test", PASSWORD, "hillcrest")).access_token
    for method, path, body in (
        ("POST", "/api/slack/installs", None), ("GET", "/api/slack/workspaces", None),
        ("POST", "/api/slack/workspaces", {"botToken": "xoxb-first-token"}),
        ("DELETE", f"/api/slack/workspaces/{slack.workspace_id}", None),
    ):  # fmt: skip
        for bearer, allowed in ((teacher, False), (token, True)):
            answer = await slack.client.request(method, path, json=body, headers={"authorization": f"Bearer {bearer}"})
            assert (answer.status_code < 400) is allowed, (method, path, answer.text)


async def test_a_workspace_belongs_to_one_school(slack: Slack) -> None:
    assert slack.school.other is not None
    stranger = slack.school.callers["stranger"]
    admin = Caller(
        stranger.school_id, stranger.user_id, stranger.role, stranger.person_id, Door.WEB, frozenset({"school:write"})
    )
    with pytest.raises(workspaces.WorkspaceTaken):
        async with transaction(admin) as tx:
            await workspaces.install(tx, "xoxb-first-token")


async def test_socket_mode_takes_the_same_events_once(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    handler = AsyncSocketModeHandler(slack_app.bolt(), "xapp-1")
    await handler.connect_async()
    try:
        for envelope in ("e1", "e2"):
            await slack.server.push(envelope, event("app_home_opened", "E1", user="U1", channel="DU1"))
    finally:
        await handler.close_async()
    async with transaction(Caller.system(slack.school.id), read_only=True) as tx:
        assert len(list(await tx.session.scalars(select(SlackRequest)))) == 1


async def test_the_lifespan_opens_the_socket_when_a_token_is_set(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    assert door.mode() == "http"
    monkeypatch.setenv("SCHOOLOS_SLACK_APP_TOKEN", "xapp-1")
    settings.cache_clear()
    assert door.mode() == "socket"
    assert isinstance(settings().slack_app_token, SecretStr)
    async with door.lifespan(None):  # type: ignore[arg-type]
        await asyncio.sleep(0.2)
        assert len(slack.server.sockets) == 1


@pytest.mark.parametrize("name", ["manifest.yaml", "manifest-socket-mode.yaml"])
def test_the_manifest_asks_for_what_the_program_uses(name: str) -> None:
    made: dict[str, Any] = yaml.safe_load((DEPLOY / name).read_text())
    assert set(made["oauth_config"]["scopes"]["bot"]) == set(workspaces.BOT_SCOPES)
    events = {each.split(".")[0] for each in made["settings"]["event_subscriptions"]["bot_events"]}
    assert events == set(slack_app.EVENTS)
    assert made["settings"]["socket_mode_enabled"] is (name != "manifest.yaml")
    assert all(command["command"].startswith("/") for command in made["features"]["slash_commands"])


async def test_a_bot_token_connects_and_disconnects(slack: Slack, token: str) -> None:
    headers = {"authorization": f"Bearer {token}"}
    bad = await slack.client.post("/api/slack/workspaces", json={"botToken": "xoxb-not-a-token"}, headers=headers)
    assert bad.status_code == 422
    gone = await slack.client.delete(f"/api/slack/workspaces/{slack.workspace_id}", headers=headers)
    assert gone.status_code == 204
    again = await slack.client.post("/api/slack/workspaces", json={"botToken": "xoxb-first-token"}, headers=headers)
    assert again.status_code == 201
    assert again.json()["id"] == str(slack.workspace_id)
    async with transaction(Caller.system(slack.school.id), read_only=True) as tx:
        rows = list(await tx.session.scalars(select(SlackWorkspace)))
    assert len(rows) == 1
