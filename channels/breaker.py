"""A circuit breaker for each provider, shared by all workers in Redis.

After FAILURES failures in a row it opens for COOL_S; then one failure opens it again and one success closes it.
While Redis is away nothing is known of the others' failures, and every breaker counts as closed.
"""

import time
from contextlib import suppress
from dataclasses import dataclass

from redis.exceptions import RedisError

from runtime.redis import redis_client

AWAY = (RedisError, OSError)

FAILURES = 5
COOL_S = 20
MEMORY_S = 120
KEPT_S = 0.25
"""How long a process believes what it heard: at hundreds of messages a second, asking for each costs more than sending."""


@dataclass(slots=True)
class _Known:
    """What this process last heard of a provider."""

    at: float
    open: bool
    failing: bool


_known: dict[str, _Known] = {}


async def is_open(account: str) -> bool:
    """Whether to leave this provider alone for now, as of at most KEPT_S ago."""
    known = _known.get(account)
    if known is None or time.monotonic() - known.at > KEPT_S:
        try:
            failures, opened = await redis_client().mget(f"breaker:{account}:failures", f"breaker:{account}:open")
        except AWAY:
            return False
        known = _known[account] = _Known(time.monotonic(), opened is not None, bool(failures or opened))
    return known.open


async def cools_s(account: str) -> float:
    """Seconds until the provider is tried again; 0 when it is not open."""
    try:
        left = await redis_client().pttl(f"breaker:{account}:open")
    except AWAY:
        return 0.0
    return max(left, 0) / 1000


async def succeeded(account: str) -> None:
    """One success closes the breaker; while nothing has failed there is nothing to say."""
    known = _known.get(account)
    if known is not None and not known.failing:
        return
    with suppress(*AWAY):
        await redis_client().delete(f"breaker:{account}:failures", f"breaker:{account}:open")
        _known[account] = _Known(time.monotonic(), open=False, failing=False)


async def failed(account: str) -> bool:
    """Count a failure; True when it opened the breaker."""
    _known.pop(account, None)
    try:
        client = redis_client()
        count = await client.incr(f"breaker:{account}:failures")
        await client.expire(f"breaker:{account}:failures", MEMORY_S)
        if count >= FAILURES:
            await client.set(f"breaker:{account}:open", "1", ex=COOL_S)
    except AWAY:
        return False
    return count >= FAILURES
