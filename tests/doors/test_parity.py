"""Every capability, as every role, through every door: the same result, the same preview, the same refusal."""

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
import uvicorn
from mcp.client.session import ClientSession
from mcp.client.streamable_http import streamable_http_client
from pydantic_ai import ModelMessage
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, DeltaToolCalls, FunctionModel

from agent import chat, models, nearest
from runtime.caller import Caller, Door
from runtime.transaction import transaction
from school.conversations import Turn
from tests.api.conftest import application, client, sign_in
from tests.api.served import free_port
from tests.doors.examples import sensible
from tests.doors.outcomes import Outcome, done, inside
from tests.tiny_school import PASSWORD
from tools.declare import Effect, Tool, load_all

__all__ = ["application", "client", "sign_in"]
TOOLS = sorted((t for t in load_all().values() if not t.internal), key=lambda t: t.name)
ARGS = {tool.name: sensible(tool) for tool in TOOLS}
ROLES = ("head", "teacher", "bursar", "guardian")
BATCH = 12
NOT_OFFERED = "not offered"
ASKED = "What is on the list for this week?"
Found = dict[str, Outcome]


async def rest(client: Any, who: str, slug: str) -> Found:
    form = {"username": f"{who}@{slug}.test", "password": PASSWORD}
    token = (await client.post("/api/auth/token", data=form)).json()["accessToken"]
    headers = {"Authorization": f"Bearer {token}"}
    return {tool.name: await _by_rest(client, tool, headers) for tool in TOOLS}


async def _by_rest(client: Any, tool: Tool, headers: dict[str, str]) -> Outcome:
    args, path = dict(ARGS[tool.name]), tool.path
    for name in tool.path_arguments:
        alias = tool.arguments.model_fields[name].alias or name
        path = path.replace("{" + name + "}", str(args.pop(alias, "x")).replace("/", "%2F"))
    params: dict[str, Any] = {} if tool.effect is Effect.READ else {"preview": "true"}
    bodiless = tool.method in {"GET", "DELETE"}
    sent: dict[str, Any] = {"params": params | args} if bodiless else {"params": params, "json": args}
    answer = await client.request(tool.method, path, headers=headers, **sent)
    body = answer.json()
    if answer.is_error:
        return Outcome("refused", body["detail"])
    return done(body) if tool.effect is Effect.READ else Outcome("previewed", body["title"])


async def mcp(address: str, client: Any, who: str, slug: str) -> Found:
    import httpx2

    form = {"username": f"{who}@{slug}.test", "password": PASSWORD}
    token = (await client.post("/api/auth/token", data=form)).json()["accessToken"]
    found: Found = {}
    async with (
        httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=60) as http,
        streamable_http_client(f"{address}/mcp/", http_client=http) as (read, write, *_),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        for tool in TOOLS:
            answer = await session.call_tool(tool.name, ARGS[tool.name])
            words = "".join(part.text for part in answer.content if part.type == "text")
            if answer.is_error:
                found[tool.name] = Outcome("refused", words.split("\n\n{")[0])
            elif tool.effect is Effect.READ:
                found[tool.name] = done(answer.structured_content)
            else:
                found[tool.name] = Outcome("previewed", words.splitlines()[0])
    return found


def scripted(batch: list[Tool]) -> FunctionModel:
    """A model that calls these capabilities at once, whatever was asked, then ends."""

    async def stream(messages: list[ModelMessage], _: AgentInfo) -> AsyncIterator[str | DeltaToolCalls]:
        if any(part.part_kind in ("tool-return", "retry-prompt") for part in messages[-1].parts):
            yield "That is all."
            return
        yield {
            at: DeltaToolCall(name=tool.name, json_args=json.dumps(ARGS[tool.name]), tool_call_id=f"{tool.name}-call")
            for at, tool in enumerate(batch)
        }

    return FunctionModel(stream_function=stream, model_name="scripted")


async def chat_json(caller: Caller) -> Found:
    """Through the whole answer, as SMS, WhatsApp, Slack and the JSON chat get it."""

    async def ask(_: list[Tool]) -> list[dict[str, Any]]:
        answer = await chat.answer(caller, ASKED, conversation_id=uuid4())
        async with transaction(caller, read_only=True) as tx:
            return (await tx.session.get_one(Turn, answer.turn_id)).parts

    return await _in_batches(ask, _of_parts)


async def chat_sse(client: Any, who: str, slug: str) -> Found:
    """Through the stream the widget reads, chunk by chunk."""
    form = {"username": f"{who}@{slug}.test", "password": PASSWORD}
    token = (await client.post("/api/auth/token", data=form)).json()["accessToken"]
    headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}

    async def ask(_: list[Tool]) -> list[dict[str, Any]]:
        answer = await client.post("/api/ai/chat", json={"message": ASKED}, headers=headers)
        data = re.findall(r"^data: ?(\{.*)$", answer.text.replace("\r", ""), re.MULTILINE)
        return [json.loads(line) for line in data]

    return await _in_batches(ask, _of_chunks)


async def _in_batches(
    ask: Callable[[list[Tool]], Awaitable[list[dict[str, Any]]]], read: Callable[[Tool, list[dict[str, Any]]], Outcome]
) -> Found:
    found: Found = {}
    for start in range(0, len(TOOLS), BATCH):
        batch = TOOLS[start : start + BATCH]
        models.hosted_models = lambda batch=batch: [scripted(batch)]  # type: ignore[misc]
        parts = await ask(batch)
        found |= {tool.name: read(tool, parts) for tool in batch}
    return found


def _of_parts(tool: Tool, parts: list[dict[str, Any]]) -> Outcome:
    call = next((part for part in parts if part.get("toolCallId") == f"{tool.name}-call"), None)
    if call is None:
        return Outcome("missing", None)
    if call.get("errorText") is not None:
        return _refused(call["errorText"])
    if (output := call.get("output")) is not None:
        return done(output["result"])
    return _previewed(tool, [part["data"] for part in parts if part.get("type") == "data-preview"])


def _of_chunks(tool: Tool, chunks: list[dict[str, Any]]) -> Outcome:
    own = [chunk for chunk in chunks if chunk.get("toolCallId") == f"{tool.name}-call"]
    for chunk in own:
        if chunk["type"] == "tool-output-error":
            return _refused(chunk["errorText"])
        if chunk["type"] == "tool-output-available":
            return done(chunk["output"]["result"])
    cards = [chunk["data"] for chunk in chunks if chunk.get("type") == "data-preview"]
    shown = _previewed(tool, cards)
    return Outcome("refused", NOT_OFFERED) if shown.kind == "missing" else shown


def _previewed(tool: Tool, cards: list[dict[str, Any]]) -> Outcome:
    card = next((card for card in cards if card["tool"] == tool.name), None)
    return Outcome("previewed", card["preview"]["title"]) if card else Outcome("missing", None)


def _refused(text: str) -> Outcome:
    return Outcome("refused", NOT_OFFERED if "Unknown tool name" in text else text)


async def command_line(tools: list[Tool], email: str) -> Found:
    """Through `schoolos call`, in a process of its own."""
    wanted = []
    for tool in tools:
        names = {field.alias: name for name, field in tool.arguments.model_fields.items()}
        wanted.append([email, tool.name, {names[alias]: value for alias, value in ARGS[tool.name].items()}])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.doors.command_line", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"NO_COLOR": "1", "COLUMNS": "400"},
    )  # fmt: skip
    out, _ = await process.communicate(json.dumps(wanted).encode())
    lines = [json.loads(line) for line in out.decode().splitlines() if line.startswith("[")]
    assert len(lines) == len(tools)
    return {tool.name: _of_command(tool, *line) for tool, line in zip(tools, lines, strict=True)}


def _of_command(tool: Tool, code: int, printed: str, error: str) -> Outcome:
    if code != 0:
        return Outcome("refused", error)
    body = json.loads(printed)
    return done(body) if tool.effect is Effect.READ else Outcome("previewed", body["title"])


@asynccontextmanager
async def listening(application: Any) -> AsyncIterator[str]:
    """The application on a socket, on this test's event loop: its connections are this loop's."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(application, host="127.0.0.1", port=port, log_config=None))
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(120):  # the first start trains the planner
        while not server.started:  # noqa: ASYNC110  # uvicorn tells by this flag alone
            await asyncio.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await task


async def reference(caller: Caller) -> Found:
    return {tool.name: await inside(tool, caller, ARGS[tool.name]) for tool in TOOLS}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", ROLES)
async def test_every_capability_is_the_same_at_every_door(
    who: str, application: Any, client: Any, school: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "MANY", 1000)  # how a model finds a capability is not the matter here
    monkeypatch.setattr(models, "hosted_models", models.hosted_models)
    monkeypatch.setattr(models, "cut_off", lambda _: False)  # a scripted model gives no finish reason
    caller: Caller = school.callers[who]
    before = await reference(caller)
    doors = {"rest": await rest(client, who, school.slug)}
    async with listening(application) as address:
        doors["mcp"] = await mcp(address, client, who, school.slug)
    for door in (Door.SMS, Door.SLACK):
        doors[door.value] = await chat_json(caller.through(door))
    doors["sse"] = await chat_sse(client, who, school.slug)
    doors["cli"] = await command_line(TOOLS[:: 4 if who != "head" else 2], f"{who}@{school.slug}.test")
    after = await reference(caller)

    moving = {name for name in before if before[name] != after[name]}
    assert len(moving) <= len(TOOLS) // 10, f"too much changes by itself to compare: {sorted(moving)}"
    different = [
        f"{door} {name}: {found} but inside {before[name]}"[:400]
        for door, outcomes in doors.items()
        for name, found in outcomes.items()
        if not _agrees(before[name], found, name in moving)
    ]
    assert not different, "\n".join(different)


def _agrees(inside: Outcome, found: Outcome, loosely: bool) -> bool:
    if inside.kind == found.kind == "refused":
        return _not_offered(inside, found) or loosely or _sentence(inside.said) in _sentence(found.said)
    return inside.same(found, loosely)


def _not_offered(inside: Outcome, found: Outcome) -> bool:
    """A model is not even offered what its person may not do."""
    return found.said == NOT_OFFERED and inside.said.startswith("Your role does not include")


def _sentence(text: str) -> str:
    """Words alone: a door may mark names up, or word a missing argument in its own way."""
    words = re.sub(r"\W+", " ", text)
    return "some arguments are not right" if words.startswith(("Some arguments", "Some of the request")) else words


async def test_what_a_role_may_not_do_is_refused_at_every_door(school: Any) -> None:
    """The suite above would pass if nothing were refused: so count that much is, and that much works."""
    found = {who: await reference(school.callers[who]) for who in ROLES}
    kinds = {who: [outcome.kind for outcome in outcomes.values()] for who, outcomes in found.items()}
    assert kinds["guardian"].count("refused") > kinds["head"].count("refused")
    assert kinds["head"].count("done") + kinds["head"].count("previewed") >= len(TOOLS) // 3
