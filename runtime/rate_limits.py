"""Rate limits kept in Redis as sliding windows, shared by every process of the service."""

import math
import time
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from limits import RateLimitItem, parse
from limits.aio.storage import RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from runtime.errors import TooMany, Upstream
from runtime.redis import redis_client, redis_url
from runtime.settings import settings
from runtime.telemetry import log

PREFIX = "rate"
_log = log("rate_limits")


@dataclass(frozen=True, slots=True)
class Window:
    """What is left of one limit: the policy's name, how many a window, how many are left, seconds until it is whole."""

    policy: str
    limit: int
    window_s: int
    left: int
    reset_s: int

    def headers(self) -> dict[str, str]:
        """The RateLimit headers of draft-ietf-httpapi-ratelimit-headers."""
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.limit};w={self.window_s}',
            "RateLimit": f'"{self.policy}";r={self.left};t={self.reset_s}',
        }


current_window: ContextVar[Window | None] = ContextVar("current_window", default=None)
"""The window the running request was counted in, for the door to tell."""


def _limiter() -> SlidingWindowCounterRateLimiter:
    return _limiter_on(redis_client().connection_pool)


@lru_cache(maxsize=2)
def _limiter_on(pool: ConnectionPool) -> SlidingWindowCounterRateLimiter:
    storage = RedisStorage(
        f"async+{redis_url()}",
        wrap_exceptions=True,
        implementation="redispy",
        key_prefix=PREFIX,
        connection_pool=pool,  # pyright: ignore[reportArgumentType]  # limits types its options as plain values
    )
    return SlidingWindowCounterRateLimiter(storage)


async def take(policy: str, rule: str, *who: str) -> Window | None:
    """Count one use of `policy` by `who` under a rule such as `60/minute`; None when Redis cannot tell.

    Raises TooMany when the window is full. A limit that cannot be counted lets the call through: losing Redis must not
    lock a school out.
    """
    item = _item(rule)
    try:
        allowed = await _limiter().hit(item, policy, *who)
        stats = await _limiter().get_window_stats(item, policy, *who)
    except (RedisError, StorageError, Upstream, OSError) as error:
        _log.warning("not_counted", policy=policy, error=type(error).__name__)
        return None
    reset_s = max(1, math.ceil(stats.reset_time - time.time()))
    window = Window(policy, item.amount, item.get_expiry(), stats.remaining, reset_s)
    current_window.set(window)
    if not allowed:
        raise TooMany(
            f"That is more than {rule.replace('/', ' a ')}. Wait {reset_s} seconds and go on.",
            retry_after_s=reset_s, policy=policy, limit=item.amount, window_s=item.get_expiry(),
        )  # fmt: skip
    return window


async def first_refusal(policy: str, *who: str) -> bool:
    """Whether this is the first refusal of `policy` to `who` within a minute, so that a flood is recorded once."""
    try:
        return await _limiter().hit(_item("1/minute"), f"{policy}:refused", *who)
    except (RedisError, StorageError, Upstream, OSError):
        return False


@lru_cache(maxsize=16)
def _item(rule: str) -> RateLimitItem:
    return parse(rule)


def rule_of(effect: str) -> str:
    """The configured rule for a READ, WRITE or SEND."""
    return {
        "read": settings().rate_limit_read, "write": settings().rate_limit_write, "send": settings().rate_limit_send,
    }[effect]  # fmt: skip
