"""Each request's id, its metrics, and the headers that keep browsers careful."""

import time
from uuid import uuid4

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from runtime.telemetry import log

_log = log("api")
_TOTAL = Counter("http_requests_total", "HTTP requests.", ["method", "route", "status"])
_SECONDS = Histogram("http_request_duration_seconds", "Time to the last byte, seconds.", ["method", "route"])

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; "
    "connect-src 'self' ws: wss:; font-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'"
)


class RequestContext:
    """Names the request, binds its id to the logs, counts and times it, and adds security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id", b"").decode("ascii", "ignore")
        request_id = given if 8 <= len(given) <= 64 and given.replace("-", "").isalnum() else uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        status = 500

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if headers.get("content-type", "").startswith("text/html") and not scope["path"].startswith(
                    "/api/docs"
                ):
                    headers.setdefault("Content-Security-Policy", PAGE_POLICY)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        finally:
            took = time.perf_counter() - started
            route = getattr(scope.get("route"), "path", "other")
            _TOTAL.labels(scope["method"], route, str(status)).inc()
            _SECONDS.labels(scope["method"], route).observe(took)
            _log.info("request", method=scope["method"], route=route, status=status, ms=round(took * 1000, 1))
