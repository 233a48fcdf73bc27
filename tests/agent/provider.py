"""A local server that speaks the providers' protocols byte by byte, so that the real clients can be led through every path."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from agent import models
from runtime.settings import settings

Reply = Callable[[asyncio.StreamWriter, dict[str, Any]], Awaitable[None]]


@dataclass
class Provider:
    """Answers each request with the next reply; keeps the requests it got."""

    replies: list[Reply] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    server: asyncio.Server | None = None

    async def start(self) -> str:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        assert self.server is not None
        self.server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                (
                    int(line.split(b":")[1])
                    for line in head.split(b"\r\n")
                    if line.lower().startswith(b"content-length")
                ),
                0,
            )
            body = json.loads(await reader.readexactly(length) or b"{}")
            self.requests.append(body)
            reply = self.replies.pop(0) if self.replies else status(500, "nothing left to say")
            await reply(writer, body)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def status(code: int, message: str, **headers: str) -> Reply:
    """An error answer."""

    async def reply(writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
        body = json.dumps({"type": "error", "error": {"type": "error", "message": message}}).encode()
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        head = "\r\n".join(
            [f"HTTP/1.1 {code} X", "content-type: application/json", f"content-length: {len(body)}", *lines]
        )
        writer.write(f"{head}\r\nconnection: close\r\n\r\n".encode() + body)
        await writer.drain()

    return reply


def _stream_head(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")


def silence(seconds: float) -> Reply:
    """Take the request and say nothing."""

    async def reply(writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
        await asyncio.sleep(seconds)

    return reply


def openai(*, text: str = "", calls: list[tuple[str, str]] = (), cut: bool = False) -> Reply:  # type: ignore[assignment]
    """One Chat Completions answer as a stream: words, then calls (name, arguments as JSON text). `cut`: drop in the middle."""

    async def reply(writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
        _stream_head(writer)
        deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
        deltas += [{"content": word + " "} for word in text.split()]
        for at, (name, args) in enumerate(calls):
            function = {"name": name, "arguments": args}
            deltas.append(
                {"tool_calls": [{"index": at, "id": f"call_{at}_{name}", "type": "function", "function": function}]}
            )
        for number, delta in enumerate(deltas):
            if cut and number == len(deltas) // 2:
                return
            writer.write(_openai_chunk(delta, None))
            await writer.drain()
        usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
        writer.write(_openai_chunk({}, "tool_calls" if calls else "stop", usage) + b"data: [DONE]\n\n")
        await writer.drain()

    return reply


def _openai_chunk(delta: dict[str, Any], finish: str | None, usage: dict[str, int] | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    body = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    body |= {"usage": usage} if usage else {}
    return f"data: {json.dumps(body)}\n\n".encode()


def anthropic(*, text: str = "", calls: list[tuple[str, str]] = (), cut: bool = False, stop: str = "") -> Reply:  # type: ignore[assignment]
    """One Messages answer as a stream."""

    async def reply(writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
        _stream_head(writer)
        usage = {"input_tokens": 10, "output_tokens": 5}
        message = {"id": "m", "type": "message", "role": "assistant", "model": "m", "content": [], "stop_reason": None,
                   "stop_sequence": None, "usage": usage}  # fmt: skip
        events: list[dict[str, Any]] = [{"type": "message_start", "message": message}]
        blocks: list[tuple[dict[str, Any], dict[str, Any]]] = []
        if text:
            blocks.append(({"type": "text", "text": ""}, {"type": "text_delta", "text": text}))
        blocks += [
            ({"type": "tool_use", "id": f"toolu_{at}_{name}", "name": name, "input": {}},
             {"type": "input_json_delta", "partial_json": args})
            for at, (name, args) in enumerate(calls)
        ]  # fmt: skip
        for at, (block, delta) in enumerate(blocks):
            events += [
                {"type": "content_block_start", "index": at, "content_block": block},
                {"type": "content_block_delta", "index": at, "delta": delta},
                {"type": "content_block_stop", "index": at},
            ]
        reason = stop or ("tool_use" if calls else "end_turn")
        events += [
            {"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": None}, "usage": usage},
            {"type": "message_stop"},
        ]
        for number, event in enumerate(events):
            if cut and number == len(events) // 2:
                return
            writer.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())
            await writer.drain()

    return reply


KINDS = {"anthropic": ("anthropic:claude-sonnet-4-5", anthropic), "openai": ("openai-chat:gpt-5", openai)}
"""Provider -> its model's name, and how it says things."""


@asynccontextmanager
async def in_front(kind: str, monkeypatch: pytest.MonkeyPatch, timeout_s: int = 1) -> AsyncIterator[Provider]:
    """A local provider of one kind as the hosted model of the settings, its replies to be filled in."""
    made = Provider()
    url = await made.start()
    monkeypatch.setenv("SCHOOLOS_MODEL", KINDS[kind][0])
    monkeypatch.setenv("SCHOOLOS_MODEL_TIMEOUT_S", str(timeout_s))
    for variable, value in (("ANTHROPIC_BASE_URL", url), ("ANTHROPIC_API_KEY", "k"), ("OPENAI_BASE_URL", f"{url}/v1"), ("OPENAI_API_KEY", "k")):  # fmt: skip
        monkeypatch.setenv(variable, value)
    settings.cache_clear()
    models.forget()
    yield made
    await made.stop()
    models.forget()
