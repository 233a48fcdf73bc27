"""The process's Redis client: one for each event loop."""

import asyncio

import pytest

from runtime import redis
from runtime.settings import settings
from tests import postgres


def test_a_loop_that_ended_leaves_no_client_to_the_next(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REDIS_URL", postgres.valkey_url())
    settings.cache_clear()

    async def answered() -> bool:
        return await redis.redis_client().ping()  # pyright: ignore[reportGeneralTypeIssues]  # typed for both worlds

    assert [asyncio.run(answered()) for _ in range(2)] == [True, True], "though the first did not close its own"
    asyncio.run(redis.forget())
    settings.cache_clear()
