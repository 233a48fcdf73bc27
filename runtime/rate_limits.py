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
from redis.exceptions import RedisError

from runtime import redis
from runtime.errors import TooMany, Upstream
from runtime.per_loop import PerLoop
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


@dataclass(frozen=True, slots=True)
class Use:
    """What the running request was counted as."""

    policy: str
    rule: str
    who: tuple[str, ...]


_used: ContextVar[Use | None] = ContextVar("rate_limit_used", default=None)
current_window: ContextVar[Window | None] = ContextVar("current_window", default=None)
"""The window the running request was counted in, once a door asked for it."""


def _make(url: str) -> SlidingWindowCounterRateLimiter:
    storage = RedisStorage(
        f"async+{url}",
        wrap_exceptions=True,
        implementation="redispy",
        key_prefix=PREFIX,
        connection_pool=redis_client().connection_pool,  # pyright: ignore[reportArgumentType]  # limits types its options as plain values
    )
    return SlidingWindowCounterRateLimiter(storage)


_limiters = PerLoop(_make)


def _limiter() -> SlidingWindowCounterRateLimiter:
    return _limiters.of(redis_url())


async def _forget() -> None:
    _limiters.forget()  # it holds the client's own connections


redis.closing.append(_forget)


async def take(policy: str, rule: str, *who: str) -> None:
    """Count one use of `policy` by `who` under a rule such as `60/minute`.

    Raises TooMany when the window is full. A limit that cannot be counted lets the call through: losing Redis must not
    lock a school out.
    """
    _used.set(None)
    current_window.set(None)
    try:
        allowed = await _limiter().hit(_item(rule), policy, *who)
    except (RedisError, StorageError, Upstream, OSError) as error:
        _log.warning("not_counted", policy=policy, error=type(error).__name__)
        return
    _used.set(Use(policy, rule, who))
    if not allowed:
        full = await window() or Window(policy, _item(rule).amount, _item(rule).get_expiry(), 0, 1)
        raise TooMany(
            f"That is more than {rule.replace('/', ' a ')}. Wait {full.reset_s} seconds and go on.",
            retry_after_s=full.reset_s, policy=policy, limit=full.limit, window_s=full.window_s,
        )  # fmt: skip


async def window() -> Window | None:
    """The window the running request was counted in, for a door that tells it; None when none was, or Redis is away."""
    use = _used.get()
    if use is None or current_window.get() is not None:
        return current_window.get()
    item = _item(use.rule)
    try:
        stats = await _limiter().get_window_stats(item, use.policy, *use.who)
    except (RedisError, StorageError, Upstream, OSError) as error:
        _log.warning("window_unknown", policy=use.policy, error=type(error).__name__)
        return None
    reset_s = max(1, math.ceil(stats.reset_time - time.time()))
    current_window.set(Window(use.policy, item.amount, item.get_expiry(), stats.remaining, reset_s))
    return current_window.get()


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
