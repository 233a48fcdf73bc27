"""A Redis of its own for every test here, and a worker process for those that ask."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import redis.asyncio as aioredis

from channels import accounts
from jobs import broker
from runtime import redis
from runtime.settings import settings
from tests import postgres
from tests.delivery import WorkerProcess
from tests.tiny_school import TinySchool


@pytest.fixture
async def streams(monkeypatch: pytest.MonkeyPatch, school: TinySchool) -> AsyncIterator["aioredis.Redis"]:
    """An empty Redis that the program under test uses."""
    url = postgres.valkey_url()  # not in a thread: the server would end with the thread that started it
    monkeypatch.setenv("REDIS_URL", url)
    settings.cache_clear()
    await redis.forget()
    accounts.forget()
    broker.connect(url)
    await redis.redis_client().flushall()
    yield redis.redis_client()
    await redis.forget()
    accounts.forget()


@pytest.fixture
async def worker(streams: "aioredis.Redis") -> AsyncIterator[WorkerProcess]:
    """A running worker."""
    process = WorkerProcess()
    process.start()
    yield process
    await asyncio.to_thread(process.stop)
