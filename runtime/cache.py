"""Answers kept in Redis: shown while fresh, shown once more and worked out anew behind the reader's back when not.

A cache is never needed: with Redis gone, or none configured, everything is worked out where it is asked for.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypedDict, TypeVar

from cashews import Cache
from cashews.exceptions import CacheError

from runtime import redis
from runtime.errors import Upstream
from runtime.per_loop import PerLoop
from runtime.redis import redis_url
from runtime.telemetry import log

T = TypeVar("T")
FRESH_S, KEPT_S = 60.0, 900.0
PATIENCE_S = 0.25
_log = log("cache")
_running: set[asyncio.Task[None]] = set()


class _Held(TypedDict):
    fresh_until: float
    body: str


def _set_up(url: str) -> Cache:
    """Values are JSON, so that reading one never runs code."""
    made = Cache()
    made.setup(url, pickle_type="json", suppress=True, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S)
    return made


_caches = PerLoop(_set_up)


def _cache() -> Cache | None:
    """The running loop's cache; none where no Redis is configured."""
    try:
        return _caches.of(redis_url())
    except Upstream:
        return None


async def remembered(
    key: str, tag: str, now: Callable[[], Awaitable[str]], again: Callable[[], Awaitable[str]] | None = None
) -> str:
    """What is kept under a key, or what `now` works out. Kept longer than a minute it is given once more, while `again`
    works it out anew; after fifteen it is gone. `drop(tag)` ends it at once.
    """
    cache = _cache()
    if cache is None:
        return await now()
    held: _Held | None = await _quietly(cache.get(key))
    if held is None:
        body = await now()
        await _put(cache, key, tag, body)
        return body
    if held["fresh_until"] < time.time() and await _quietly(
        cache.set(f"{key}:again", "1", expire=FRESH_S, exist=False)
    ):
        task = asyncio.create_task(_renew(cache, key, tag, again or now))
        _running.add(task)
        task.add_done_callback(_running.discard)
    return held["body"]


async def _put(cache: Cache, key: str, tag: str, body: str) -> None:
    held = _Held(fresh_until=time.time() + FRESH_S, body=body)
    await _quietly(cache.set(key, held, expire=KEPT_S, tags=[tag]))


async def _renew(cache: Cache, key: str, tag: str, again: Callable[[], Awaitable[str]]) -> None:
    try:
        await _put(cache, key, tag, await again())
    except Exception:
        _log.exception("not_renewed", tag=tag)
    finally:
        await _quietly(cache.delete(f"{key}:again"))


async def drop(tag: str) -> None:
    """Forget everything kept under a tag."""
    if (cache := _cache()) is not None:
        await _quietly(cache.delete_tags(tag))


async def _quietly(asked: Awaitable[T]) -> T | None:
    try:
        return await asked
    except (CacheError, OSError, ValueError) as error:
        _log.warning("cache_waits", error=type(error).__name__)
        return None


async def settled() -> None:
    """Wait for what is being worked out anew."""
    await asyncio.gather(*_running)


async def forget() -> None:
    """Close the running loop's cache and forget it."""
    await settled()
    cache = _caches.forget()
    if cache is not None:
        await cache.close()


redis.closing.append(forget)
