"""Servers on this machine that speak the providers' protocols: Twilio, Africa's Talking, Meta, a push service, SMTP."""

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

from aiosmtpd.smtp import SMTP, Envelope, Session

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Gateway:
    """A local HTTP server: `answer` decides each answer; `requests` remembers what came."""

    answer: Callable[[Request], Answer]
    delay_s: float = 0.0
    requests: list[Request] = field(default_factory=list)
    server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        assert self.server is not None
        return f"http://127.0.0.1:{self.server.server_port}"

    def start(self) -> "Gateway":
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _take(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                parts = urlparse(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Request(self.command, parts.path, query, headers, body, time.monotonic())
                gateway.requests.append(request)
                if gateway.delay_s:
                    time.sleep(gateway.delay_s)
                status, extra, content = gateway.answer(request)
                if status == 0:  # break off without an answer
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in {"content-type": "application/json", **extra}.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = _take  # noqa: N815

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

        self.server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def stop(self) -> None:
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()


def ok(body: Any, status: int = 200, **headers: str) -> Answer:
    return status, headers, json.dumps(body).encode()


def twilio_message(request: Request, number: int) -> dict[str, Any]:
    """A message as Twilio's API gives it back."""
    form = request.form
    return {
        "sid": f"SM{number:032d}", "account_sid": "AC1", "body": form.get("Body", ""), "to": form["To"],
        "from": form.get("From"), "status": "queued", "error_code": None, "error_message": None, "num_segments": "1",
        "direction": "outbound-api", "date_created": None, "date_sent": None, "date_updated": None, "price": None,
        "price_unit": "USD", "num_media": "0", "api_version": "2010-04-01", "messaging_service_sid": None, "uri": "/x",
        "subresource_uris": {},
    }  # fmt: skip


class TwilioServer:
    """Twilio's messages: taken, listed, refused by number."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.errors: dict[str, tuple[int, int, str]] = {}
        self.broken_off = False
        self.gateway = Gateway(self._answer)

    def _answer(self, request: Request) -> Answer:
        if request.method == "GET":
            found = [m for m in self.taken if m["to"] == request.query.get("To")]
            return ok({"messages": found, "page": 0, "page_size": 50, "uri": "/x", "next_page_uri": None})
        to = request.form.get("To")
        if to is None:  # a sender killed in the middle of its request
            return 0, {}, b""
        if to in self.errors:
            status, code, message = self.errors[to]
            return ok({"code": code, "message": message, "status": status, "more_info": ""}, status)
        self.taken.append(twilio_message(request, len(self.taken) + 1))
        return (0, {}, b"") if self.broken_off else ok(self.taken[-1], 201)


class Mailbox:
    """An SMTP server that keeps what it gets; `codes` refuse addresses."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, bytes]] = []
        self.codes: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.codes:
            return self.codes[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.mails.append((envelope.rcpt_tos[0], envelope.original_content or b""))
        return "250 OK"

    def start(self) -> int:
        loop_ready = threading.Event()
        loop = asyncio.new_event_loop()
        port: list[int] = []

        def run() -> None:
            asyncio.set_event_loop(loop)
            server = loop.run_until_complete(
                loop.create_server(lambda: SMTP(self, loop=loop, hostname="test"), "127.0.0.1", 0)
            )
            port.append(server.sockets[0].getsockname()[1])
            loop_ready.set()
            loop.run_forever()
            server.close()
            loop.run_until_complete(server.wait_closed())
            loop.close()

        self.loop = loop
        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        loop_ready.wait(5)
        return port[0]

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
