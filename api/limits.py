"""How big a request body may be: uploads up to the setting, everything else one megabyte."""

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem
from runtime.errors import TooLarge
from runtime.settings import settings

MEGABYTE = 1024 * 1024


class BodyLimit:
    """Answers 413 as soon as a body is longer than its door takes, without reading the rest."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS", "DELETE"}:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        upload = headers.get("content-type", "").startswith("multipart/")
        limit = settings().upload_limit_mb * MEGABYTE + MEGABYTE if upload else MEGABYTE
        declared = headers.get("content-length", "")
        if declared.isdigit() and int(declared) > limit:
            await self._refuse(scope, receive, send, limit)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise _TooLong
            return message

        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, counted, watch)
        except _TooLong:
            if not started:
                await self._refuse(scope, receive, send, limit)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        error = TooLarge(f"This is larger than the {limit // MEGABYTE} MB taken here. Send less at a time.")
        await problem(Request(scope), error)(scope, receive, send)


class _TooLong(Exception):
    """The body went past its limit."""
