"""Live updates over Socket.IO: how fast a five thousand clients connect, and how fast an event reaches them all."""

from collections.abc import Iterator

from bench import live_clients, running
from bench.live_clients import SocketClient
from bench.measurement import Measurement

TITLE = "Live updates over Socket.IO, many"
SIZES = (5000,)


def measure() -> Iterator[Measurement]:
    """One api process, its clients in this one."""
    yield from running.bounded(_measure())


async def _measure() -> list[Measurement]:
    found: list[Measurement] = []
    async with running.school() as school, running.api() as address:
        token = await running.guardian_token(address, school)
        for count in SIZES:
            promise = None
            found += await live_clients.measure("Socket.IO", SocketClient, address, token, school, count, promise)
    return found
