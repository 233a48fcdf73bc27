"""MCP over streamable HTTP at /mcp: a caller's own capabilities as tools, their reads as resources.

WRITE and SEND stop at their preview: clients that can ask their person (elicitation) do so, others get the preview
and where to approve it. Sign in with an access token, an API key, or by OAuth (`api/oauth.py`).
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any, cast
from urllib.parse import quote, unquote, urlsplit

import mcp_types as types
from fastapi import FastAPI
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.oauth import base_of
from api.problems import problem
from runtime.caller import Caller, Door
from runtime.errors import NotSignedIn, SchoolOSError
from runtime.settings import settings
from runtime.transaction import transaction
from school import runs, sign_in
from school.runs import RunStatus
from tools import approve
from tools.approve import ApprovalCard
from tools.declare import Effect, Tool, load_all
from tools.invoke import Outcome, check_permitted, invoke, named, offered, shown

SCHEME = "schoolos"
RUN_WAIT_S = 120
ASK = {
    "type": "object",
    "properties": {"approve": {"type": "boolean", "title": "Approve", "description": "Carry this out exactly as shown."}},
    "required": ["approve"],
}  # fmt: skip
INSTRUCTIONS = (
    "The record of one school. Name students, classes and subjects the way people do. Tools that change something or"
    " reach people show a preview first and need a person's approval."
)
LISTED = types.ListToolsResult(tools=[], ttl_ms=60_000, cache_scope="private").model_dump(by_alias=True, mode="json")
"""What a list says beside its tools: its caller may keep it for a minute."""
Context = ServerRequestContext[Any, Any]


def _caller(context: Context) -> Caller:
    return context.request.state.caller  # type: ignore[no-any-return,union-attr]


@lru_cache(maxsize=512)
def _tool(tool: Tool) -> dict[str, Any]:
    """One capability as clients read it. As plain data: a list is 100 of them, and a model would be dumped every time."""
    reads = tool.effect is Effect.READ
    told = types.Tool(
        name=tool.name, title=tool.title, description=tool.doc,
        input_schema=_untitled(tool.arguments.model_json_schema(by_alias=True)),
        output_schema=_untitled(tool.returns.model_json_schema(by_alias=True, mode="serialization")) if reads else None,
        annotations=types.ToolAnnotations(
            title=tool.title, read_only_hint=reads, destructive_hint=tool.effect is Effect.SEND,
            idempotent_hint=reads, open_world_hint=tool.effect is Effect.SEND,
        ),
    )  # fmt: skip
    return told.model_dump(by_alias=True, mode="json", exclude_none=True)


def _untitled(schema: Any, named: bool = False) -> Any:
    """A schema without the titles Pydantic makes out of names: a fifth of what a client reads, and nothing new in it."""
    if isinstance(schema, dict):
        found = cast("dict[str, Any]", schema)
        return {k: _untitled(v, k in {"properties", "$defs"}) for k, v in found.items() if named or k != "title"}
    return [_untitled(each) for each in cast("list[Any]", schema)] if isinstance(schema, list) else schema


async def list_tools(context: Context, params: types.PaginatedRequestParams | None) -> dict[str, Any]:
    """The capabilities of this caller."""
    return {**LISTED, "tools": [_tool(tool) for tool in offered(_caller(context))]}


async def call_tool(context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
    """Run one capability; errors come back as the tool's own, in words, with their code."""
    caller = _caller(context)
    try:
        tool = named(params.name)
        check_permitted(tool, caller)
        args = dict(params.arguments or {})
        if tool.effect is Effect.READ:
            return _answered((await invoke(tool, caller, args)).result)
        return await _with_approval(context, caller, tool, args)
    except SchoolOSError as error:
        body = {"code": error.code, "detail": error.message, **_plain(error.facts)}
        return types.CallToolResult(
            content=[types.TextContent(text=f"{error.message}\n\n{json.dumps(body, default=str)}")], is_error=True
        )


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(facts, default=str))


def _answered(result: Any) -> types.CallToolResult:
    return types.CallToolResult(
        content=[types.TextContent(text=result.markdown())],
        structured_content=result.model_dump(mode="json", by_alias=True),
    )


async def _with_approval(context: Context, caller: Caller, tool: Tool, args: dict[str, Any]) -> types.CallToolResult:
    """Show the preview and let the person decide where the client can ask; otherwise say where to."""
    card = await approve.propose(tool, caller, args)
    asking = types.ClientCapabilities(elicitation=types.ElicitationCapability())
    if not context.session.check_client_capability(asking) or card.needs_second_person:
        return _waiting(card)
    answer = await context.session.elicit_form(_words(card), ASK, context.request_id)
    if answer.action != "accept" or not (answer.content or {}).get("approve"):
        await approve.decline(caller, card.id, f"{answer.action} in the client")
        return types.CallToolResult(content=[types.TextContent(text="Not approved: nothing was changed.")])
    _, outcome = await approve.approve(caller, card.id)
    await _follow(context, caller, outcome)
    return _answered(outcome.result)


def _words(card: ApprovalCard) -> str:
    parts = [card.title, card.preview.get("summary", "")]
    parts += [f"Left out: {one['who']} ({one['reason']})" for one in card.preview.get("excluded", [])[:10]]
    parts += [f"{one['channel']}: {one['text']}" for one in card.preview.get("messages", [])]
    parts += card.preview.get("warnings", [])
    return "\n".join(part for part in parts if part)


def _waiting(card: ApprovalCard) -> types.CallToolResult:
    where = f"{(settings().public_url or f'http://{settings().host}:{settings().port}').rstrip('/')}/approvals"
    body = {
        "approvalId": str(card.id),
        "status": card.status,
        "approveAt": where,
        "expiresAt": card.expires_at.isoformat(),
    }
    text = f"{_words(card)}\n\nThis waits for a person's approval at {where}. Nothing has been changed yet."
    return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=body)


async def _follow(context: Context, caller: Caller, outcome: Outcome) -> None:
    """Report the progress of a run the action started, until it ends or the wait is over."""
    run_id = next(
        (block.get("runId") for block in shown(outcome.result)["blocks"] if block["type"] == "progress"), None
    )
    if run_id is None:
        return
    for _ in range(RUN_WAIT_S * 2):
        async with transaction(caller, read_only=True) as tx:
            run = await runs.access_run(tx, run_id)
        await context.session.report_progress(run.done, run.total, run.message or run.title)
        if run.status not in (RunStatus.QUEUED.value, RunStatus.RUNNING.value):
            return
        await asyncio.sleep(0.5)


def _subject(tool: Tool) -> str | None:
    """The one required argument of a read, when it has just one: what makes it a resource by name."""
    required = [name for name, entry in tool.arguments.model_fields.items() if entry.is_required()]
    return required[0] if len(required) == 1 else None


def _reads(caller: Caller) -> list[Tool]:
    return [tool for tool in offered(caller) if tool.effect is Effect.READ]


async def list_resources(context: Context, params: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
    """The reads that need no argument."""
    free = [
        tool
        for tool in _reads(_caller(context))
        if not any(e.is_required() for e in tool.arguments.model_fields.values())
    ]
    return types.ListResourcesResult(
        resources=[
            types.Resource(
                uri=f"{SCHEME}://{tool.name}", name=tool.name, title=tool.title, description=tool.summary,
                mime_type="application/json",
            )
            for tool in free
        ]
    )  # fmt: skip


async def list_templates(
    context: Context, params: types.PaginatedRequestParams | None
) -> types.ListResourceTemplatesResult:
    """The reads of one record, by its name or id."""
    return types.ListResourceTemplatesResult(
        resource_templates=[
            types.ResourceTemplate(
                uri_template=f"{SCHEME}://{tool.name}/{{{name}}}", name=tool.name, title=tool.title,
                description=tool.summary, mime_type="application/json",
            )
            for tool in _reads(_caller(context))
            if (name := _subject(tool))
        ]
    )  # fmt: skip


async def read_resource(context: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
    """One record, as JSON."""
    address = urlsplit(str(params.uri))
    caller = _caller(context)
    try:
        tool = named(address.netloc)
        check_permitted(tool, caller)
        subject, value = _subject(tool), unquote(address.path.lstrip("/"))
        args = {subject: value} if subject and value else {}
        if tool.effect is not Effect.READ:
            raise NotSignedIn("Only reads are resources.")
        result = (await invoke(tool, caller, args)).result
    except SchoolOSError as error:
        raise MCPError(code=types.INVALID_PARAMS, message=error.message, data={"code": error.code}) from None
    uri = f"{SCHEME}://{tool.name}" + (f"/{quote(value)}" if value else "")
    return types.ReadResourceResult(
        contents=[
            types.TextResourceContents(
                uri=uri, mime_type="application/json", text=result.model_dump_json(by_alias=True)
            )
        ]
    )


def make_server() -> Server[Any]:
    """The MCP server over the registry."""
    load_all()
    return Server(
        "schoolos", title="SchoolOS", version="1.0", instructions=INSTRUCTIONS,
        on_list_tools=cast(Any, list_tools),  # plain data is taken as well, as it goes out
        on_call_tool=call_tool, on_list_resources=list_resources, on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
    )  # fmt: skip


class SignedInOnly:
    """Lets only requests with a valid bearer token through, as their caller."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        try:
            if scheme.lower() != "bearer" or not token:
                raise NotSignedIn("Send `Authorization: Bearer` with an access token or an API key.")
            request.state.caller = await sign_in.caller_of(token, Door.MCP, getattr(request.state, "request_id", ""))
        except SchoolOSError as error:
            refused = problem(request, error)
            if error.status == 401:  # where an OAuth client finds out how to get a token
                where = f"{base_of(request)}/.well-known/oauth-protected-resource/mcp"
                refused.headers["WWW-Authenticate"] = f'Bearer resource_metadata="{where}"'
            await refused(scope, receive, send)
            return
        manager: StreamableHTTPSessionManager = self.app.state.mcp
        await manager.handle_request(scope, receive, send)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Keep the sessions of this process while it lives."""
    app.state.mcp = StreamableHTTPSessionManager(
        make_server(), security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False)
    )
    async with app.state.mcp.run():
        yield


def mount(app: FastAPI) -> None:
    """Put the door at /mcp."""
    door: ASGIApp = SignedInOnly(app)
    app.mount("/mcp", door, name="mcp")
