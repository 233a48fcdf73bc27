"""The rate of a provider, shared by all workers: a token bucket in Redis, kept as the time the next message may go."""

import asyncio
from typing import Any

from runtime.redis import redis_client

LONGEST_WAIT_S = 2.0
RESERVE = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local gap, count, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local free = tonumber(redis.call('GET', KEYS[1]) or '0')
if free < now then free = now end
local wait = free - now
if wait > most then return {0, math.ceil(wait)} end
redis.call('SET', KEYS[1], free + gap * count, 'PX', math.ceil(wait + gap * count) + 60000)
return {1, math.ceil(wait)}
"""
"""KEYS[1] holds when the next message may go, in ms. A reservation takes `count` places in a row, or none and says the wait."""


async def reserve(
    account: str, per_second: float, count: int = 1, most_s: float = LONGEST_WAIT_S
) -> tuple[bool, float]:
    """Take `count` places of a provider's rate. (True, seconds until the first), or (False, seconds to come back in)."""
    script: Any = redis_client().register_script(RESERVE)
    taken, wait_ms = await script(keys=[f"rate:{account}"], args=[1000 / per_second, count, most_s * 1000])
    return bool(taken), wait_ms / 1000


async def pace(first_s: float, per_second: float | None, place: int) -> None:
    """Wait until the n-th place of a reservation."""
    wait_s = first_s + (place / per_second if per_second else 0)
    if wait_s > 0:
        await asyncio.sleep(wait_s)
