"""MCP at /mcp, with the official client and with pydantic-ai's: a caller's tools, previews, approvals, refusals."""

from contextlib import asynccontextmanager

import httpx2
import pytest
from mcp.client.session import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp_types import ElicitResult

from school.permissions import GRANTS
from tests.api.served import served
from tests.tiny_school import PASSWORD
from tools.declare import load_all

TOOLS = load_all()
SHEET = {"classArm": "JSS 2 Ruby", "subject": "English"}


@pytest.fixture
def address(application):
    """The application on a socket: MCP streams, and a transport in this process would not."""
    with served(application) as found:
        yield found


@pytest.fixture
def rest(address, school):
    """A REST client on the same server, signed in as one of the tiny school's people."""

    def as_person(who, slug=None):
        found = httpx2.Client(base_url=address, timeout=30)
        form = {"username": f"{who}@{slug or school.slug}.test", "password": PASSWORD}
        found.headers["Authorization"] = f"Bearer {found.post('/api/auth/token', data=form).json()['accessToken']}"
        return found

    return as_person


@pytest.fixture
def connect(address, rest):
    """An MCP session as one of the tiny school's people; `decide` answers what the server asks the person."""

    @asynccontextmanager
    async def connected(who, decide=None, slug=None):
        headers = {"Authorization": rest(who, slug).headers["Authorization"]}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=30) as http,
            streamable_http_client(f"{address}/mcp/", http_client=http) as (read, write, *_),
            ClientSession(read, write, elicitation_callback=decide) as session,
        ):
            await session.initialize()
            yield session

    return connected


async def test_a_caller_is_offered_their_own_capabilities(connect):
    async with connect("guardian") as session:
        names = {tool.name for tool in (await session.list_tools()).tools}
    expected = {t.name for t in TOOLS.values() if not t.internal and t.permission in GRANTS["guardian"]}
    assert names == expected
    assert "publish_scores" not in names


async def test_a_read_comes_with_words_and_structure(connect):
    async with connect("teacher") as session:
        listed = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert listed["show_class"].annotations.read_only_hint
        assert not listed["publish_scores"].annotations.read_only_hint if "publish_scores" in listed else True
        found = await session.call_tool("show_class", {"classArm": "jss2 ruby"})
    assert not found.is_error
    assert found.structured_content["students"] == 6
    assert "JSS 2 Ruby has 6 students" in found.content[0].text


async def test_a_refusal_here_is_the_refusal_everywhere(connect):
    async with connect("guardian") as session:
        refused = await session.call_tool("publish_scores", SHEET)
        hidden = await session.call_tool("show_results", {"student": "Tunde Afolayan"})
    assert refused.is_error and "not_allowed" in refused.content[0].text
    assert hidden.is_error and "not_visible" in hidden.content[0].text


async def test_a_change_waits_in_the_portal_when_the_client_cannot_ask(connect, rest):
    async with connect("colleague") as session:
        asked = await session.call_tool("publish_scores", SHEET)
    assert asked.structured_content["status"] == "pending"
    assert "Nothing has been changed yet" in asked.content[0].text
    pressed = rest("colleague").post(f"/api/approvals/{asked.structured_content['approvalId']}/approve")
    assert pressed.json()["status"] == "executed"


@pytest.mark.parametrize("approved", [True, False])
async def test_a_client_that_can_ask_lets_its_person_decide(connect, rest, approved):
    seen = []

    async def decide(context, params):
        seen.append(params.message)
        return ElicitResult(action="accept", content={"approve": approved})

    async with connect("colleague", decide) as session:
        done = await session.call_tool("publish_scores", SHEET)
    assert "Publish 1 scores" in seen[0]
    assert ("Published" in done.content[0].text) is approved
    trail = rest("colleague").get("/api/audit").json()["items"]
    assert [entry["door"] for entry in trail] == (["mcp"] if approved else [])


async def test_records_are_resources(connect):
    async with connect("teacher") as session:
        templates = {t.name for t in (await session.list_resource_templates()).resource_templates}
        assert {"show_class", "show_student"} <= templates
        found = await session.read_resource("schoolos://show_class/JSS%202%20Ruby")
    assert '"students":6' in found.contents[0].text


def test_nobody_gets_in_without_a_token(address):
    answer = httpx2.post(f"{address}/mcp/", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


async def test_pydantic_ai_reads_through_it_too(address, rest):
    from pydantic_ai import Agent
    from pydantic_ai.mcp import MCPToolset
    from pydantic_ai.models.test import TestModel

    headers = {"Authorization": rest("teacher").headers["Authorization"]}
    toolset = MCPToolset(f"{address}/mcp/", headers=headers)
    agent = Agent(TestModel(call_tools=["show_my_day"]), toolsets=[toolset], name="client")
    async with agent:
        done = await agent.run("who am I?")
    assert "Mr Bode Akinlade" in done.output
