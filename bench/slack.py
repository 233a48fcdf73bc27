"""Slack: how fast a request is acknowledged while fifty slow answers are under way."""

import asyncio
import json
import os
import time
from collections.abc import Iterator

import httpx2
from sqlalchemy import func, select

from bench import running
from bench.measurement import Measurement
from channels.slack import workspaces
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.settings import settings
from runtime.transaction import transaction
from school.conversations import Turn
from school.slack import SlackMember, SlackRequest
from tests.channels.slack_server import SECRET, SlackServer, event, signed
from tests.tiny_school import TinySchool

TITLE = "Slack"
SLOW = 50
ASKED = 300
SLOWNESS_S = 1.0


def measure() -> Iterator[Measurement]:
    """A local Slack that takes a second for each call, so that an answer takes many; a worker; the api."""
    yield from running.bounded(_measure())


async def _measure() -> list[Measurement]:
    server = await SlackServer().start()
    os.environ |= {"SCHOOLOS_SLACK_SIGNING_SECRET": SECRET, "SCHOOLOS_SLACK_API_URL": f"{server.base}/api/"}
    try:
        async with running.school() as school:
            settings.cache_clear()
            await _connect(school)
            async with running.process("jobs.worker"), running.api() as address:
                server.delay_s = SLOWNESS_S
                return await _acks(school, server, address)
    finally:
        await server.stop()


async def _connect(school: TinySchool) -> None:
    async with transaction(school.callers["admin"]) as tx:
        workspace = await workspaces.install(tx, "xoxb-first-token")
        tx.session.add(
            SlackMember(
                id=new_id(), school_id=school.id, workspace_id=workspace.id, slack_user_id="U1",
                user_id=school.users["teacher"], email="teacher@hillcrest.test", verified_at=tx.now,
            )
        )  # fmt: skip


async def _acks(school: TinySchool, server: SlackServer, address: str) -> list[Measurement]:
    took: list[float] = []
    async with httpx2.AsyncClient(base_url=address, timeout=30) as client:
        for n in range(SLOW):
            await _post(client, n, f"slow {n}")
        system = Caller.system(school.id)
        await _begun(system)
        async with transaction(system, read_only=True) as tx:
            waits = select(func.count()).select_from(SlackRequest).where(SlackRequest.handled_at.is_(None))
            under_way = await tx.session.scalar(waits) or 0
        for n in range(SLOW, SLOW + ASKED):
            began = time.monotonic()
            await _post(client, n, "who am I?")
            took.append(time.monotonic() - began)
            await asyncio.sleep(0.05)
        server.delay_s = 0.0
        async with transaction(system, read_only=True) as tx:
            kept = await tx.session.scalar(select(func.count()).select_from(SlackRequest)) or 0
            turns = await tx.session.scalar(select(func.count()).select_from(Turn)) or 0
    took.sort()
    size = f"{ASKED} requests, {under_way} of {SLOW} slow answers unfinished at the start, {turns} turns begun"
    return [
        Measurement(what="acknowledged, p50", size=size, value=took[len(took) // 2] * 1000, unit="ms"),
        Measurement(what="acknowledged, p99", size=size, value=took[int(len(took) * 0.99)] * 1000, unit="ms", at_most=300),
        Measurement(what="requests lost", size=size, value=SLOW + ASKED - kept, unit="requests", at_most=0),
    ]  # fmt: skip


async def _begun(system: Caller) -> None:
    """Wait until the worker is at it: as many answers under way as it has threads, or a minute."""
    for _ in range(600):
        async with transaction(system, read_only=True) as tx:
            turns = await tx.session.scalar(select(func.count()).select_from(Turn)) or 0
        if turns >= 8:
            return
        await asyncio.sleep(0.1)


async def _post(client: httpx2.AsyncClient, n: int, text: str) -> None:
    body = event(
        "message", f"E{n}", user="U1", channel="DU1", channel_type="im", text=text, ts=f"60.{n}", thread_ts=f"50.{n}"
    )
    raw = json.dumps(body).encode()
    headers = {"content-type": "application/json", **signed(raw)}
    answer = await client.post("/api/slack/events", content=raw, headers=headers)
    assert answer.status_code == 200, answer.text
