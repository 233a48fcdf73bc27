"""What tests of Slack share: the local Slack, the app behind its HTTP door, and a person linked."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from agent import chat
from agent.offline import mentions
from api.app import create_app
from channels import accounts, http
from channels.slack import app as slack_app
from channels.slack import work, workspaces
from runtime import redis
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.secrets import signing_key
from runtime.settings import settings
from runtime.transaction import transaction
from school.slack import SlackMember, SlackRequest
from tests import postgres
from tests.channels.slack_server import SECRET, SlackServer, form, signed
from tests.tiny_school import TinySchool


@dataclass
class Slack:
    """A workspace connected to the tiny school."""

    server: SlackServer
    client: httpx2.AsyncClient
    school: TinySchool
    workspace_id: UUID

    async def post(self, body: dict[str, Any], **sign: Any) -> int:
        raw = json.dumps(body).encode()
        headers = {"content-type": "application/json", **signed(raw, **sign)}
        return (await self.client.post("/api/slack/events", content=raw, headers=headers)).status_code

    async def post_form(self, raw: bytes) -> int:
        headers = {"content-type": "application/x-www-form-urlencoded", **signed(raw)}
        return (await self.client.post("/api/slack/events", content=raw, headers=headers)).status_code

    async def press(self, action: str, value: str, user: str, channel: str, message: dict[str, Any], n: int = 1) -> int:
        """Press a button under a message."""
        body = {
            "type": "block_actions", "user": {"id": user, "team_id": "T1"}, "team": {"id": "T1"}, "api_app_id": "A1",
            "trigger_id": f"t{n}", "container": {"type": "message", "is_ephemeral": False},
            "channel": {"id": channel}, "message": message, "response_url": f"{self.server.base}/response/1",
            "actions": [{"action_id": action, "block_id": "b", "type": "button", "value": value, "action_ts": str(n)}],
        }  # fmt: skip
        return await self.post_form(form(body))

    async def work(self) -> list[str]:
        """Do what waits, as a worker does; gives the outcomes."""
        system = Caller.system(self.school.id)
        async with transaction(system, read_only=True) as tx:
            query = select(SlackRequest.id).where(SlackRequest.handled_at.is_(None)).order_by(SlackRequest.id)
            waiting = list(await tx.session.scalars(query))
        for request_id in waiting:
            await work.work(system, request_id)
        async with transaction(system, read_only=True) as tx:
            return [(await tx.session.get_one(SlackRequest, i)).outcome or "" for i in waiting]

    async def link(self, slack_user: str, who: str) -> None:
        """Somebody of the school, linked already."""
        async with transaction(Caller.system(self.school.id)) as tx:
            tx.session.add(
                SlackMember(
                    id=new_id(),
                    school_id=self.school.id,
                    workspace_id=self.workspace_id,
                    slack_user_id=slack_user,
                    user_id=self.school.users[who],
                    email=f"{who}@{self.school.slug}.test",
                    verified_at=tx.now,
                )
            )


@lru_cache(maxsize=1)
def application() -> FastAPI:
    """Made once: its routes are the same for every test."""
    return create_app()


@pytest.fixture
async def slack(school: TinySchool, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Slack]:
    """The tiny school with a Slack workspace, reached over HTTP."""
    server = await SlackServer().start()
    monkeypatch.setenv("SCHOOLOS_SECRET_KEY", "k" * 32)
    monkeypatch.setenv("SCHOOLOS_SLACK_SIGNING_SECRET", SECRET)
    monkeypatch.setenv("SCHOOLOS_SLACK_API_URL", f"{server.base}/api/")
    monkeypatch.setenv("REDIS_URL", postgres.valkey_url())
    settings.cache_clear()
    signing_key.cache_clear()
    slack_app.bolt.cache_clear()
    await redis.forget()
    accounts.forget()
    mentions.forget()
    async with transaction(school.callers["admin"]) as tx:
        workspace_id = (await workspaces.install(tx, "xoxb-first-token")).id
    transport = httpx2.ASGITransport(app=application())
    async with httpx2.AsyncClient(transport=transport, base_url="http://school.test") as client:
        yield Slack(server, client, school, workspace_id)
    await chat.settle()
    await redis.forget()
    await http.forget()
    accounts.forget()
    slack_app.bolt.cache_clear()
    await server.stop()
