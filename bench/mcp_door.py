"""MCP: how long it takes to list the capabilities and to call one, over what `invoke` itself takes."""

import time
from collections.abc import Awaitable, Callable, Iterator

import httpx2
from mcp.client.session import ClientSession
from mcp.client.streamable_http import streamable_http_client

from bench import running
from bench.measurement import Measurement, percentiles
from tests.tiny_school import PASSWORD
from tools import load_all
from tools.invoke import invoke

TITLE = "MCP"
CALLS, LISTS = 200, 50


def measure() -> Iterator[Measurement]:
    """One client of the official SDK against one api process; `invoke` in this process, on the same database."""
    yield from running.bounded(_measured())


async def _measured() -> list[Measurement]:
    async with running.school() as school, running.api() as address:
        tools = load_all()
        teacher = school.callers["teacher"]
        bare = await _timed(lambda: invoke(tools["show_class"], teacher, {"class_arm": "JSS 2 Ruby"}), CALLS)
        async with httpx2.AsyncClient(timeout=60) as http:
            form = {"username": f"teacher@{school.slug}.test", "password": PASSWORD}
            token = (await http.post(f"{address}/api/auth/token", data=form)).raise_for_status().json()["accessToken"]
            http.headers["Authorization"] = f"Bearer {token}"
            async with (
                streamable_http_client(f"{address}/mcp/", http_client=http) as (read, write, *_),
                ClientSession(read, write) as session,
            ):
                await session.initialize()
                listed = len((await session.list_tools()).tools)
                lists = await _timed(session.list_tools, LISTS)
                calls = await _timed(lambda: session.call_tool("show_class", {"classArm": "JSS 2 Ruby"}), CALLS)
    size = f"{CALLS} calls of show_class, one at a time"
    added = [max(0.0, one - other) for one, other in zip(sorted(calls), sorted(bare), strict=True)]
    return [
        *percentiles("list the capabilities", f"{listed} capabilities, {LISTS} times", lists),
        *percentiles("invoke alone", size, bare),
        *percentiles("a call by MCP", size, calls),
        *percentiles("of which MCP", size, added),
    ]


async def _timed(call: Callable[[], Awaitable[object]], times: int) -> list[float]:
    """The seconds of each call, after some to warm up."""
    for _ in range(5):
        await call()
    took: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        await call()
        took.append(time.perf_counter() - began)
    return took
