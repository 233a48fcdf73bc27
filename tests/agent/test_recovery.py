"""A turn whose process was killed is answered once after the restart; killed again, it is reported once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from agent import chat, conversations, recovery, turns
from agent.recovery import INTERRUPTED, recover
from runtime.caller import Caller
from runtime.redis import redis_client
from runtime.transaction import transaction
from school.conversations import Turn


@pytest.fixture
async def orphan(talk, callers):
    """A running turn nobody works on."""
    begun = await turns.begin(callers["head"], None, "who teaches physics?", [], None)
    async with transaction(callers["head"]) as tx:
        old = datetime.now(UTC) - timedelta(minutes=5)
        await tx.session.execute(update(Turn).where(Turn.id == begun.turn_id).values(created_at=old))
    return begun


async def test_it_is_answered_once_after_the_restart(orphan, callers):
    taken = await asyncio.gather(recover(), recover())
    assert sum(taken) >= 1
    answer = await chat.finished(callers["head"], orphan)
    assert "Umeadi" in answer.text
    assert await recover() == 0
    assert len((await conversations.read(callers["head"], orphan.conversation_id)).messages) == 2


async def test_killed_again_it_is_reported(orphan, callers):
    async with transaction(Caller.system(callers["head"].school_id)) as tx:
        await tx.session.execute(update(Turn).where(Turn.id == orphan.turn_id).values(usage={"restarts": 1}))
    assert await recover() == 1
    answer = await chat.finished(callers["head"], orphan)
    assert answer.status == "failed"
    assert answer.text == INTERRUPTED


async def test_a_turn_in_work_is_left_alone(orphan, callers):
    await redis_client().set(f"turn:{orphan.turn_id}:alive", "1", ex=10)
    assert await recover() == 0


async def test_it_looks_again_even_after_a_look_that_failed(monkeypatch):
    looks, enough = iter([OSError(), None]), asyncio.Event()

    async def look() -> int:
        if (failed := next(looks)) is not None:
            raise failed
        enough.set()
        return 0

    monkeypatch.setattr(recovery, "recover", look)
    monkeypatch.setattr(recovery, "QUIET", timedelta(seconds=-1))
    looking = asyncio.create_task(recovery.keep_recovering())
    await asyncio.wait_for(enough.wait(), timeout=10)
    looking.cancel()
