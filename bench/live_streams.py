"""Live updates over SSE: how fast a thousand and five thousand clients connect, and how fast an event reaches them all."""

from collections.abc import Iterator

from bench import live_clients, running
from bench.live_clients import StreamClient
from bench.measurement import Measurement

TITLE = "Live updates over SSE"
SIZES = (1000, 5000)


def measure() -> Iterator[Measurement]:
    """One api process, its clients in this one."""
    yield from running.bounded(_measure())


async def _measure() -> list[Measurement]:
    found: list[Measurement] = []
    async with running.school() as school, running.api() as address:
        token = await running.guardian_token(address, school)
        for count in SIZES:
            promise = 100.0 if count == SIZES[0] else None
            found += await live_clients.measure("SSE", StreamClient, address, token, school, count, promise)
    return found
