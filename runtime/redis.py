"""The Redis (or Valkey) client of this process."""

from functools import lru_cache

import redis.asyncio as aioredis

from runtime.errors import Upstream
from runtime.settings import settings


def redis_url() -> str:
    url = settings().redis_url
    if url is None:
        raise Upstream("No Redis is configured: start with `schoolos up`, or set REDIS_URL.")
    return url


@lru_cache(maxsize=1)
def redis_client() -> "aioredis.Redis":
    """The shared client. It may block for long reads, so it has no socket timeout of its own."""
    return aioredis.Redis.from_url(  # pyright: ignore[reportUnknownMemberType]  # redis-py leaves kwargs untyped
        redis_url(), decode_responses=True, socket_timeout=None, socket_connect_timeout=3, health_check_interval=30
    )


async def forget() -> None:
    """Close the client and forget it: at shutdown and between tests."""
    if redis_client.cache_info().currsize:
        await redis_client().aclose()
    redis_client.cache_clear()
