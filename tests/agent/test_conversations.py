"""Conversations as their owner keeps them: found, renamed, exported, deleted, stopped, and gone when their time is over."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from agent import chat, conversations
from runtime.errors import InvalidInput, NotVisible
from runtime.transaction import transaction
from school import conversation_retention, files
from school.conversations import Conversation
from school.schools import School


async def test_they_are_listed_searched_renamed_exported_and_deleted(talk):
    head = talk("head")
    await head("who teaches physics?")
    other = talk("head")
    await other("what term is it?")
    listed = await conversations.listed(head.caller)
    assert [item.title for item in listed.items] == ["What term is it?", "Who teaches physics?"]
    found = await conversations.listed(head.caller, search="Umeadi")
    assert [item.id for item in found.items] == [str(head.id)]
    assert not (await conversations.listed(head.caller, search="100%_")).items
    page = await conversations.listed(head.caller, limit=1)
    rest = await conversations.listed(head.caller, limit=1, cursor=page.next_cursor)
    assert [item.id for item in (*page.items, *rest.items)] == [str(other.id), str(head.id)]
    await conversations.rename(head.caller, head.id, "  Physics   staff ")
    with pytest.raises(InvalidInput):
        await conversations.rename(head.caller, head.id, " ")
    text = await conversations.export(head.caller, head.id)
    assert text.startswith("# Physics staff")
    assert "who teaches physics?" in text
    assert "Umeadi" in text
    await conversations.delete(head.caller, head.id)
    with pytest.raises(NotVisible):
        await conversations.read(head.caller, head.id)
    assert len((await conversations.listed(head.caller)).items) == 1


async def test_they_expire_when_the_school_says(talk):
    head, kept = talk("head"), talk("head")
    await head("what term is it?")
    await kept("who teaches physics?")
    async with transaction(head.caller) as tx:
        old = update(Conversation).where(Conversation.id == head.id).values(updated_at=tx.now - timedelta(days=40))
        await tx.session.execute(old)
        assert await conversation_retention.expire(tx) == 0
        await tx.session.execute(
            update(School).where(School.id == tx.school_id).values(options={"conversation_days": 30})
        )
        tx.session.expire_all()
        assert await conversation_retention.expire(tx) == 1
    assert [item.id for item in (await conversations.listed(head.caller)).items] == [str(kept.id)]


async def test_a_stopped_answer_leaves_a_clean_history(talk, monkeypatch):
    from agent import run

    started = asyncio.Event()

    async def slow(*_):
        started.set()
        await asyncio.sleep(30)

    head = talk("head")
    monkeypatch.setattr(run, "_run", slow)
    begun = await chat.start_turn(head.caller, None, "who teaches physics?")
    head.id = begun.conversation_id
    await started.wait()
    assert await chat.stop(head.caller, head.id)
    answer = await chat.finished(head.caller, begun)
    assert answer.status == "stopped"
    monkeypatch.undo()
    assert not await chat.stop(head.caller, head.id)


async def test_a_files_name_and_size_are_there_when_it_is_read_again(talk):
    head = talk("head")
    async with transaction(head.caller) as tx:
        kept = await files.save(tx, "scores of ruby.csv", b"Name,Exam\n", "text/csv")
    await head("here are the scores", files=[str(kept.id)])
    asked = (await conversations.read(head.caller, head.id)).messages[0]
    assert asked.parts[0] == {
        "type": "data-file",
        "data": {"fileId": str(kept.id), "name": "scores of ruby.csv", "size": 10, "mediaType": "text/csv"},
    }
