"""A server on this machine that speaks Slack's Web API, its file uploads, response URLs and Socket Mode.

It holds Slack's own limits: a message with too many or too long blocks, with two tables, or an unknown token is refused.
"""

import asyncio
import hashlib
import hmac
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlencode

from aiohttp import WSMsgType, web

SECRET = "signing-secret"
TEAM, BOT, BOT_ID = "T1", "UBOT", "B1"


@dataclass
class Call:
    method: str
    data: dict[str, Any]
    token: str


def signed(body: bytes, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """The headers Slack signs a request with."""
    stamp = str(int(at or time.time()))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def event(kind: str, event_id: str, team: str = TEAM, **rest: Any) -> dict[str, Any]:
    """An Events API body."""
    return {
        "type": "event_callback", "team_id": team, "api_app_id": "A1", "event_id": event_id,
        "event": {"type": kind, "event_ts": "1.1", **rest},
        "authorizations": [{"team_id": team, "user_id": BOT, "is_bot": True}],
    }  # fmt: skip


def form(payload: dict[str, Any]) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


class Refuse(Exception):
    """What Slack answers with ok: false."""


@dataclass
class SlackServer:
    """`users` by id; `messages` by (channel, ts); `calls` in order."""

    tokens: dict[str, str] = field(default_factory=lambda: {"xoxb-first-token": TEAM})
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    messages: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    ephemeral: list[dict[str, Any]] = field(default_factory=list)
    responses: list[dict[str, Any]] = field(default_factory=list)
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    prompts: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    uploads: dict[str, dict[str, Any]] = field(default_factory=dict)
    downloads: dict[str, bytes] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    """Method -> error it answers with."""
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    acknowledged: dict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))
    base: str = ""
    delay_s: float = 0.0
    _ts: Any = field(default_factory=lambda: count(1))
    _runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> "SlackServer":
        app = web.Application(client_max_size=32 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_get("/files/{name}", self._download)
        app.router.add_post("/response/{id}", self._response)
        app.router.add_get("/socket", self._socket)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def stop(self) -> None:
        for socket in self.sockets:
            await socket.close()
        assert self._runner is not None
        await self._runner.cleanup()

    def person(self, slack_user: str, email: str, **rest: Any) -> None:
        self.users[slack_user] = {
            "id": slack_user, "team_id": TEAM, "is_email_confirmed": True, "profile": {"email": email}, **rest
        }  # fmt: skip

    def said_in(self, channel: str) -> list[dict[str, Any]]:
        """Every message that stands in a channel for all to see, oldest first."""
        return [message for (where, _), message in self.messages.items() if where == channel]

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        raw = await request.read()
        kind = request.headers.get("content-type", "")
        data: dict[str, Any] = json.loads(raw or b"{}") if "json" in kind else dict(parse_qsl(raw.decode()))
        data = {**dict(request.query), **data}
        for name in ("blocks", "view", "chunks", "files", "prompts"):
            if isinstance(data.get(name), str):
                data[name] = json.loads(data[name])
        token = request.headers.get("authorization", "").removeprefix("Bearer ") or data.get("token", "")
        self.calls.append(Call(method, data, token))
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        try:
            if method in self.refused:
                raise Refuse(self.refused[method])
            if method not in ("oauth.v2.access", "apps.connections.open") and token not in self.tokens:
                raise Refuse("invalid_auth")
            _check(data.get("blocks") or (data.get("view") or {}).get("blocks") or [], 100 if "view" in data else 50)
            answer = getattr(self, "on_" + method.replace(".", "_").lower())(data, token)
        except Refuse as error:
            return web.json_response({"ok": False, "error": str(error)})
        return web.json_response({"ok": True, **answer})

    def on_auth_test(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        team = self.tokens[token]
        return {
            "team_id": team,
            "team": f"School {team}",
            "user_id": BOT,
            "bot_id": BOT_ID,
            "url": self.base,
            "user": "app",
        }

    def on_users_info(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        if data["user"] not in self.users:
            raise Refuse("user_not_found")
        return {"user": self.users[data["user"]]}

    def on_chat_postmessage(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        ts = f"100.{next(self._ts):06d}"
        self.messages[data["channel"], ts] = dict(data)
        return {"ts": ts, "channel": data["channel"]}

    def on_chat_postephemeral(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        self.ephemeral.append(data)
        return {"message_ts": f"100.{next(self._ts):06d}"}

    def on_chat_update(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        if (data["channel"], data["ts"]) not in self.messages:
            raise Refuse("message_not_found")
        self.messages[data["channel"], data["ts"]] |= data
        return {"ts": data["ts"], "channel": data["channel"]}

    def on_chat_startstream(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        if not data.get("thread_ts"):
            raise Refuse("invalid_arguments")
        ts = f"100.{next(self._ts):06d}"
        self.messages[data["channel"], ts] = {"text": _words(data), "thread_ts": data["thread_ts"], "streaming": True}
        return {"ts": ts, "channel": data["channel"]}

    def _stream(self, data: dict[str, Any]) -> dict[str, Any]:
        message = self.messages.get((data["channel"], data["ts"]))
        if message is None or not message.get("streaming"):
            raise Refuse("message_not_in_streaming_state")
        message["text"] += _words(data)
        return message

    def on_chat_appendstream(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        self._stream(data)
        return {"ts": data["ts"], "channel": data["channel"]}

    def on_chat_stopstream(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        message = self._stream(data)
        message["streaming"], message["blocks"] = False, data.get("blocks") or []
        return {"ts": data["ts"], "channel": data["channel"], "message": message}

    def on_conversations_open(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        return {"channel": {"id": f"D{data['users']}"}}

    def on_assistant_threads_setstatus(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        self.statuses.append(data["status"])
        return {}

    def on_assistant_threads_setsuggestedprompts(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        self.prompts = data["prompts"]
        return {}

    def on_assistant_threads_settitle(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        return {}

    def on_views_publish(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        self.views[data["user_id"]] = data["view"]
        return {}

    def on_oauth_v2_access(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        if data.get("code") != "good-code":
            raise Refuse("invalid_code")
        self.tokens["xoxb-second-token"] = "T2"
        return {"access_token": "xoxb-second-token", "scope": "chat:write,commands", "team": {"id": "T2"}}

    def on_files_getuploadurlexternal(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        file_id = f"F{next(self._ts)}"
        self.uploads[file_id] = {"name": data["filename"], "size": int(data["length"])}
        return {"file_id": file_id, "upload_url": f"{self.base}/upload/{file_id}"}

    def on_files_completeuploadexternal(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        for file in data["files"]:
            self.uploads[file["id"]] |= {"channel": data.get("channel_id"), "thread_ts": data.get("thread_ts")}
        return {"files": data["files"]}

    def on_apps_connections_open(self, data: dict[str, Any], token: str) -> dict[str, Any]:
        if not token.startswith("xapp-"):
            raise Refuse("not_allowed_token_type")
        return {"url": f"{self.base.replace('http', 'ws')}/socket"}

    async def _upload(self, request: web.Request) -> web.Response:
        self.uploads[request.match_info["id"]]["content"] = await request.read()
        return web.Response(text="OK")

    async def _download(self, request: web.Request) -> web.Response:
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return web.Response(text="<html>sign in</html>", content_type="text/html")
        return web.Response(body=self.downloads[request.match_info["name"]])

    async def _response(self, request: web.Request) -> web.Response:
        self.responses.append(await request.json())
        return web.Response(text="ok")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}})
        async for message in socket:
            if message.type is WSMsgType.TEXT and message.data.startswith("{"):
                self.acknowledged[json.loads(message.data).get("envelope_id", "")].set()
        return socket

    async def push(self, envelope_id: str, payload: dict[str, Any], kind: str = "events_api") -> None:
        """Send something down the socket and wait for its acknowledgement."""
        await self.sockets[-1].send_json(
            {"envelope_id": envelope_id, "type": kind, "payload": payload, "accepts_response_payload": True}
        )
        await asyncio.wait_for(self.acknowledged[envelope_id].wait(), 5)


def _words(data: dict[str, Any]) -> str:
    chunks = "".join(chunk.get("text", "") for chunk in data.get("chunks") or [])
    return (data.get("markdown_text") or "") + chunks


def _check(blocks: list[dict[str, Any]], most: int) -> None:
    """Slack's limits on blocks, as its reference states them."""
    if len(blocks) > most or sum(block["type"] == "table" for block in blocks) > 1:
        raise Refuse("invalid_blocks")
    for block in blocks:
        match block["type"]:
            case "section":
                texts = [block["text"]] if "text" in block else []
                fields = block.get("fields", [])
                bad = len(fields) > 10 or any(not 1 <= len(t["text"]) <= 3000 for t in texts)
                bad = bad or any(not 1 <= len(t["text"]) <= 2000 for t in fields) or not (texts or fields)
            case "context":
                bad = len(block["elements"]) > 10 or any(not e["text"] for e in block["elements"])
            case "actions":
                bad = (
                    not 1 <= len(block["elements"]) <= 25
                    or any(len(e["text"]["text"]) > 75 or not 1 <= len(e["value"]) <= 2000 for e in block["elements"])
                    or len({e["action_id"] for e in block["elements"]}) != len(block["elements"])
                )
            case "markdown":
                bad = not 1 <= len(block["text"]) <= 12_000
            case "header":
                bad = not 1 <= len(block["text"]["text"]) <= 150
            case "table":
                rows = block["rows"]
                bad = not 1 <= len(rows) <= 100 or any(len(row) > 20 or len(row) != len(rows[0]) for row in rows)
                bad = bad or any(not cell["text"] for row in rows for cell in row)
            case "divider" | "context_actions":
                bad = False
            case _:
                bad = True
        if bad:
            raise Refuse("invalid_blocks")
