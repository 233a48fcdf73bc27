"""The Redis (or Valkey) client of this process: one for each event loop, as its connections belong to the loop."""

from collections.abc import Awaitable, Callable

import redis.asyncio as aioredis

from runtime.errors import Upstream
from runtime.per_loop import PerLoop
from runtime.settings import settings

closing: list[Callable[[], Awaitable[None]]] = []
"""What else of a loop ends with its client."""


def redis_url() -> str:
    url = settings().redis_url
    if url is None:
        raise Upstream("No Redis is configured: start with `schoolos up`, or set REDIS_URL.")
    return url


def _connect(url: str) -> "aioredis.Redis":
    return aioredis.Redis.from_url(  # pyright: ignore[reportUnknownMemberType]  # redis-py leaves kwargs untyped
        url, decode_responses=True, socket_timeout=None, socket_connect_timeout=3, health_check_interval=30
    )


_clients = PerLoop(_connect)


def redis_client() -> "aioredis.Redis":
    """The running loop's client. It may block for long reads, so it has no socket timeout of its own."""
    return _clients.of(redis_url())


async def forget() -> None:
    """Close the running loop's client and forget it: at shutdown and between tests."""
    for close in closing:
        await close()
    client = _clients.forget()
    if client is not None:
        await client.aclose()
