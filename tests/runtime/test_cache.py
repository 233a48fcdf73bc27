"""Answers kept in Redis: fresh ones are given again, older ones once more while they are worked out anew."""

import asyncio

import pytest

from runtime import cache, redis
from runtime.ids import new_id
from runtime.settings import settings
from tests import postgres


@pytest.fixture
async def key(monkeypatch):
    monkeypatch.setenv("REDIS_URL", postgres.valkey_url())
    settings.cache_clear()
    yield f"test:{new_id()}"
    await redis.forget()
    settings.cache_clear()


class Work:
    def __init__(self) -> None:
        self.times = 0

    async def __call__(self) -> str:
        self.times += 1
        return f"answer {self.times}"


async def test_an_answer_is_worked_out_once_until_its_tag_is_dropped(key):
    work = Work()
    assert [await cache.remembered(key, key, work) for _ in range(3)] == ["answer 1"] * 3
    await cache.drop(key)
    assert await cache.remembered(key, key, work) == "answer 2"


async def test_an_older_answer_is_given_once_more_and_worked_out_anew_by_one_reader(key, monkeypatch):
    monkeypatch.setattr(cache, "FRESH_S", -1)
    now, again = Work(), Work()
    assert await cache.remembered(key, key, now, again) == "answer 1"
    monkeypatch.setattr(cache, "FRESH_S", 60)
    given = await asyncio.gather(*(cache.remembered(key, key, now, again) for _ in range(5)))
    await cache.settled()
    assert (given, now.times, again.times) == (["answer 1"] * 5, 1, 1)


async def test_without_redis_it_is_worked_out_each_time(key, monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    settings.cache_clear()
    work = Work()
    assert [await cache.remembered(key, key, work) for _ in range(2)] == ["answer 1", "answer 2"]
