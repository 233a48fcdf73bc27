"""A circuit breaker for each provider, shared by all workers in Redis.

After FAILURES failures in a row it opens for COOL_S; then one failure opens it again and one success closes it.
While Redis is away nothing is known of the others' failures, and every breaker counts as closed.
"""

from contextlib import suppress

from redis.exceptions import RedisError

from runtime.redis import redis_client

AWAY = (RedisError, OSError)

FAILURES = 5
COOL_S = 20
MEMORY_S = 120


async def is_open(account: str) -> bool:
    """Whether to leave this provider alone for now."""
    try:
        return bool(await redis_client().exists(f"breaker:{account}:open"))
    except AWAY:
        return False


async def cools_s(account: str) -> float:
    """Seconds until the provider is tried again; 0 when it is not open."""
    try:
        left = await redis_client().pttl(f"breaker:{account}:open")
    except AWAY:
        return 0.0
    return max(left, 0) / 1000


async def succeeded(account: str) -> None:
    with suppress(*AWAY):
        await redis_client().delete(f"breaker:{account}:failures", f"breaker:{account}:open")


async def failed(account: str) -> bool:
    """Count a failure; True when it opened the breaker."""
    try:
        client = redis_client()
        count = await client.incr(f"breaker:{account}:failures")
        await client.expire(f"breaker:{account}:failures", MEMORY_S)
        if count >= FAILURES:
            await client.set(f"breaker:{account}:open", "1", ex=COOL_S)
    except AWAY:
        return False
    return count >= FAILURES
