"""The Redis (or Valkey) client of this process: one for each event loop, as its connections belong to the loop."""

import asyncio
from collections.abc import Awaitable, Callable

import redis.asyncio as aioredis

from runtime.errors import Upstream
from runtime.settings import settings

closing: list[Callable[[], Awaitable[None]]] = []
"""What else of a loop ends with its client."""
_clients: dict[asyncio.AbstractEventLoop, tuple[str, "aioredis.Redis"]] = {}


def redis_url() -> str:
    url = settings().redis_url
    if url is None:
        raise Upstream("No Redis is configured: start with `schoolos up`, or set REDIS_URL.")
    return url


def redis_client() -> "aioredis.Redis":
    """The running loop's client. It may block for long reads, so it has no socket timeout of its own."""
    url, loop = redis_url(), asyncio.get_running_loop()
    held = _clients.get(loop)
    if held is None or held[0] != url:
        for ended in [other for other in _clients if other.is_closed()]:
            del _clients[ended]
        held = _clients[loop] = (url, _connect(url))
    return held[1]


def _connect(url: str) -> "aioredis.Redis":
    return aioredis.Redis.from_url(  # pyright: ignore[reportUnknownMemberType]  # redis-py leaves kwargs untyped
        url, decode_responses=True, socket_timeout=None, socket_connect_timeout=3, health_check_interval=30
    )


async def forget() -> None:
    """Close the running loop's client and forget it: at shutdown and between tests."""
    for close in closing:
        await close()
    held = _clients.pop(asyncio.get_running_loop(), None)
    if held is not None:
        await held[1].aclose()
