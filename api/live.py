"""Server-sent events for many clients: one waiting task each, bytes that all share, and no timer of their own.

The hub puts news and heartbeats; what has gathered meanwhile goes out in one write. A client that takes nothing for
three heartbeats is let go, and its kernel's silence ends it after `TCP_SILENCE_MS` (`api/__main__.py`).
"""

import asyncio
from typing import Protocol

import anyio
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from channels.web import News, hub

BEAT = b": beat\r\n\r\n"
HEADERS = {"Cache-Control": "no-store", "Connection": "keep-alive", "X-Accel-Buffering": "no"}


class Writer(Protocol):
    """What one connection is told, in bytes; null asks for whatever it may have missed."""

    async def write(self, item: News | None) -> bytes: ...


class LiveStream(Response):
    """A stream of what is said on a topic, until the client leaves."""

    media_type = "text/event-stream"

    def __init__(self, topic: str = "", writer: Writer | None = None, status_code: int = 200) -> None:
        super().__init__(status_code=status_code, headers=HEADERS)
        del self.headers["content-length"]
        self._topic, self._writer = topic, writer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._writer is not None
        with anyio.CancelScope() as open_:
            watching = asyncio.create_task(_until_gone(receive, open_))
            try:
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                if scope["method"] != "HEAD":
                    await self._follow(self._writer, send, open_)
            finally:
                watching.cancel()
        with anyio.move_on_after(1, shield=True):
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _follow(self, writer: Writer, send: Send, open_: anyio.CancelScope) -> None:
        with hub.listen(self._topic, on_stale=open_.cancel) as listener:
            body = await writer.write(None)
            while True:
                for item in listener.waiting():
                    body += await writer.write(item)
                if body:
                    await send({"type": "http.response.body", "body": body, "more_body": True})
                body = await writer.write(await listener.get())


async def _until_gone(receive: Receive, open_: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
    open_.cancel()
