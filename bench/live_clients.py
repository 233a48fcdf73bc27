"""Clients of live streams, thousands in one loop: just enough of HTTP and WebSocket to hear an event and when."""

import asyncio
import re
import resource
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import cast

from bench import running
from bench.measurement import Measurement
from channels import web
from tests.tiny_school import TinySchool

AT_ONCE = 16
EVENTS = 10
OPEN_WITHIN_S = 30
_SENT_AT = re.compile(rb'"sentAt": ?([0-9.]+)')


class StreamClient(asyncio.Protocol):
    """An SSE client: open once its first event is there."""

    def __init__(self, token: str, delays: list[float]) -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None
        self._token, self._delays, self._rest = token, delays, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self.hello())

    def hello(self) -> bytes:
        head = f"GET /api/notifications/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self._token}\r\n\r\n"
        return head.encode()

    def data_received(self, data: bytes) -> None:
        now = time.time()
        self._rest += data
        if not self.opened.done():
            self.open(self._rest)
        found = _SENT_AT.findall(self._rest)
        self._delays.extend(now - float(sent) for sent in found)
        if found or self.opened.done():
            self._rest = self._rest[-16:] if not found else b""

    def open(self, data: bytes) -> None:
        if b"event: unread" in data:
            self.opened.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("the server closed the connection"))


class SocketClient(StreamClient):
    """A Socket.IO client over WebSocket: open once it is let in and told its unread count."""

    def hello(self) -> bytes:
        return (
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
            b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )

    def open(self, data: bytes) -> None:
        if b"0{" in data and b"40{" not in data and not hasattr(self, "_asked"):
            self._asked = True
            self._say(f'40{{"token":"{self._token}"}}'.encode())
        if b'42["unread"' in data:
            self.opened.set_result(None)

    def data_received(self, data: bytes) -> None:
        if data == b"\x81\x012":
            self._say(b"3")  # the heartbeat
            return
        super().data_received(data)

    def _say(self, text: bytes) -> None:
        assert self.transport is not None
        size = bytes([0x80 | len(text)]) if len(text) < 126 else bytes([0xFE]) + len(text).to_bytes(2, "big")
        self.transport.write(b"\x81" + size + bytes(4) + text)  # masked with zeros


def at_sizes(
    transport: str, client: Callable[[str, list[float]], StreamClient], promises_ms: dict[int, float | None]
) -> list[Measurement]:
    """Clients in this process of one api process, at each size, with what is promised of an event's way there."""

    async def each() -> list[Measurement]:
        found: list[Measurement] = []
        async with running.school() as school, running.api() as address:
            token = await running.guardian_token(address, school)
            for count, promise in promises_ms.items():
                found += await measure(transport, client, address, token, school, count, promise)
        return found

    return running.bounded(each())


async def measure(
    transport: str, client: Callable[[str, list[float]], StreamClient], address: str, token: str, school: TinySchool,
    count: int, promise_ms: float | None,
) -> list[Measurement]:  # fmt: skip
    """Open so many clients, publish some events, and see when each client has them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 20_000)), hard))
    port, gate = int(address.rsplit(":", 1)[1]), asyncio.Semaphore(AT_ONCE)
    connects, delays = list[float](), list[float]()
    clients: list[StreamClient] = []

    async def open_one() -> None:
        async with gate, asyncio.timeout(OPEN_WITHIN_S):
            began = time.perf_counter()
            made = partial(client, token, delays)
            _, one = await asyncio.get_running_loop().create_connection(made, "127.0.0.1", port)
            await one.opened
            connects.append(time.perf_counter() - began)
            clients.append(one)

    await asyncio.gather(*(open_one() for _ in range(count)))
    topic = web.person_topic(school.id, school.guardians["guardian"])
    await asyncio.sleep(1)
    for _ in range(EVENTS):
        await web.publish(topic, "ping", {"sentAt": time.time()})
        await asyncio.sleep(1)
    for _ in range(100):
        if len(delays) >= count * EVENTS:
            break
        await asyncio.sleep(0.1)
    for one in clients:
        if one.transport is not None:
            one.transport.abort()
    await asyncio.sleep(2)
    return _figures(transport, count, connects, delays, promise_ms)


def _figures(
    transport: str, count: int, connects: list[float], delays: list[float], promise: float | None
) -> list[Measurement]:
    connect, delay = (
        statistics.quantiles(values, n=20, method="inclusive")[18] * 1000 for values in (connects, delays)
    )
    size = f"{count:,} clients of one api process, {AT_ONCE} connecting at once, client on the same cores"
    arrived = 100 * len(delays) / (count * EVENTS)
    median = statistics.median(delays) * 1000
    return [
        Measurement(what=f"{transport}: events that arrived", size=size, value=arrived, unit="%", at_least=100),
        Measurement(what=f"{transport}: connect, p95", size=size, value=connect, unit="ms", at_most=500),
        Measurement(what=f"{transport}: event to client, p50", size=size, value=median, unit="ms"),
        Measurement(what=f"{transport}: event to client, p95", size=size, value=delay, unit="ms", at_most=promise),
    ]  # fmt: skip
