"""Rate limits, ETags and previews as preconditions, over REST."""

import pytest
from redis.exceptions import ConnectionError as RedisAway
from sqlalchemy import select

from runtime import rate_limits
from runtime.ids import new_id
from runtime.per_loop import PerLoop
from runtime.settings import settings
from runtime.transaction import transaction
from school.audit import AuditEntry

CLASS = "/api/v1/classes/JSS 2 Ruby"
SHEET = "/api/v1/score-sheets/JSS 2 Ruby/English"


@pytest.fixture
def three_a_minute(application, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows of this test alone: every test's school has the same ids."""
    monkeypatch.setattr(rate_limits, "PREFIX", f"rate-{new_id()}")
    monkeypatch.setenv("SCHOOLOS_RATE_LIMIT_READ", "3/minute")
    settings.cache_clear()
    monkeypatch.setattr(rate_limits, "_limiters", PerLoop(rate_limits._make))


async def test_the_fourth_read_is_told_when_to_come_back(three_a_minute, client, sign_in, callers):
    await sign_in("head")
    answers = [await client.get(CLASS) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429, 429]
    assert answers[0].headers["ratelimit-policy"] == '"show_class";q=3;w=60'
    assert [answer.headers["ratelimit"].split(";")[1] for answer in answers[:4]] == ["r=2", "r=1", "r=0", "r=0"]
    refused = answers[3]
    assert refused.json()["code"] == "too_many_requests"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert (await client.get("/api/v1/students/Ada Okafor")).status_code != 429, "another capability has its own limit"
    async with transaction(callers["admin"], read_only=True) as tx:
        rows = list(await tx.session.scalars(select(AuditEntry).where(AuditEntry.outcome == "too_many_requests")))
    assert [row.tool for row in rows] == ["show_class"], "a flood is recorded once"


async def test_each_caller_has_limits_of_their_own(three_a_minute, client, sign_in):
    await sign_in("head")
    assert [(await client.get(CLASS)).status_code for _ in range(4)][-1] == 429
    await sign_in("teacher")
    assert (await client.get(CLASS)).status_code == 200


async def test_without_redis_nobody_is_locked_out(three_a_minute, client, sign_in, monkeypatch: pytest.MonkeyPatch):
    async def away(*_: object) -> bool:
        raise RedisAway("away")

    await sign_in("head")
    monkeypatch.setattr(rate_limits, "_limiter", lambda: type("Away", (), {"hit": staticmethod(away)}))
    assert [(await client.get(CLASS)).status_code for _ in range(5)] == [200] * 5


async def test_a_record_that_did_not_change_is_not_sent_again(client, sign_in):
    await sign_in("head")
    first = await client.get(CLASS)
    etag = first.headers["etag"]
    again = await client.get(CLASS, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    other = await client.get(CLASS, headers={"If-None-Match": '"something-else"'})
    assert (other.status_code, other.json()) == (200, first.json())


async def test_a_change_rests_on_the_preview_it_names(client, sign_in):
    await sign_in("colleague")
    shown = await client.post(f"{SHEET}/publication", params={"preview": "true"}, json={})
    stale = await client.post(f"{SHEET}/publication", json={}, headers={"If-Match": '"an-older-one"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "preview_stale")
    done = await client.post(f"{SHEET}/publication", json={}, headers={"If-Match": shown.headers["etag"]})
    assert done.status_code == 200, done.text
