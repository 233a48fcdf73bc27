"""Turns: begun once, in order, streamed and replayed, approved by button or word, stopped, continued."""

import asyncio
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from agent import chat, conversations
from runtime.errors import NotVisible
from runtime.transaction import transaction
from school.audit import AuditEntry
from tests.tiny_school import school_today
from tools import approve

SCHOOL_DAY = next(day for back in range(1, 4) if (day := school_today() - timedelta(days=back)).weekday() < 5)
"""The last school day before today: registers are refused at a weekend, these tests are not."""


async def _entries(caller, tool):
    async with transaction(caller, read_only=True) as tx:
        return list(await tx.session.scalars(select(AuditEntry).where(AuditEntry.tool == tool)))


async def test_a_register_is_previewed_approved_by_word_and_undone(talk):
    teacher = talk("teacher")
    asked = await teacher(f"all present in JSS 2 Ruby on {SCHOOL_DAY} except Tunde, Ada came late")
    assert asked.status == "waiting"
    assert len(asked.approvals) == 1
    assert await _entries(teacher.caller, "mark_attendance") == []
    done = await teacher("yes")
    assert "1 absent (Tunde Afolayan)" in done.text
    assert "1 late (Ada Okonjo)" in done.text
    undo = await teacher("undo that")
    assert undo.status == "waiting"
    back = await teacher("yes please")
    assert "no longer taken" in back.text
    assert len(await _entries(teacher.caller, "mark_attendance")) == 1


async def test_no_declines_and_nothing_happens(talk):
    teacher = talk("teacher")
    asked = await teacher(f"mark Tunde absent in JSS 2 Ruby on {SCHOOL_DAY}")
    declined = await teacher("no, cancel")
    assert "Nothing was changed" in declined.text
    assert (await approve.find(teacher.caller, asked.approvals[0]["id"])).status == "declined"
    assert await _entries(teacher.caller, "mark_attendance") == []


async def test_the_button_goes_on_with_the_conversation_once(talk):
    teacher = talk("teacher")
    asked = await teacher(f"mark Tunde absent in JSS 2 Ruby on {SCHOOL_DAY}")
    card, _ = await approve.approve(teacher.caller, asked.approvals[0]["id"])
    first, second = await asyncio.gather(*(chat.resume_after_approval(teacher.caller, card) for _ in range(2)))
    assert first.turn_id == second.turn_id
    answer = await chat.finished(teacher.caller, first)
    assert "1 absent (Tunde Afolayan)" in answer.text
    assert len(await _entries(teacher.caller, "mark_attendance")) == 1


async def test_a_repeated_client_id_is_the_same_turn(talk, callers):
    begun = [await chat.start_turn(callers["teacher"], None, "who am I?", client_id="same")]
    begun.append(await chat.start_turn(callers["teacher"], begun[0].conversation_id, "who am I?", client_id="same"))
    assert begun[0].turn_id == begun[1].turn_id
    assert begun[1].repeated
    read = await conversations.read(callers["teacher"], begun[0].conversation_id)
    assert [m.role for m in read.messages][:1] == ["user"]


async def test_two_tabs_are_answered_in_order(talk, callers):
    identifier = uuid4()
    said = ["who am I?", "who teaches physics?", "what term is it?"]
    begun = [await chat.start_turn(callers["head"], identifier, text) for text in said]
    answers = [await chat.finished(callers["head"], one) for one in begun]
    assert [one.number for one in begun] == [1, 2, 3]
    assert "Umeadi" in answers[1].text
    read = await conversations.read(callers["head"], identifier)
    assert [m.parts[0]["text"] for m in read.messages if m.role == "user"] == said


async def test_a_dropped_client_continues_from_its_last_event(talk, callers):
    caller = callers["head"]
    begun = await chat.start_turn(caller, None, "who teaches physics?")
    everything = [event async for event in chat.stream(caller, begun.conversation_id, begun.turn_id)]
    rest = [event async for event in chat.stream(caller, begun.conversation_id, begun.turn_id, everything[3][0])]
    assert everything[4:] == rest
    assert everything[-1][1] == "[DONE]"
    kinds = [json.loads(data)["type"] for _, data in everything[:-1]]
    assert kinds[0] == "start"
    assert {"tool-input-available", "tool-output-available", "text-delta", "finish"} <= set(kinds)


async def test_without_its_stream_a_turn_is_replayed_from_the_record(talk, callers):
    from runtime.redis import redis_client

    caller = callers["head"]
    begun = await chat.start_turn(caller, None, "who teaches physics?")
    answer = await chat.finished(caller, begun)
    await redis_client().delete(f"turn:{begun.turn_id}")
    again = [json.loads(d) async for _, d in chat.stream(caller, begun.conversation_id, begun.turn_id) if d != "[DONE]"]
    assert "".join(c["delta"] for c in again if c["type"] == "text-delta") == answer.text
    assert any(c["type"] == "tool-output-available" for c in again)


@pytest.mark.parametrize("who", ["colleague", "head", "stranger"])
async def test_a_conversation_is_its_owners_alone(talk, callers, who):
    begun = await chat.start_turn(callers["teacher"], None, "who am I?")
    await chat.finished(callers["teacher"], begun)
    with pytest.raises(NotVisible):
        await conversations.read(callers[who], begun.conversation_id)
    with pytest.raises(NotVisible):
        await chat.start_turn(callers[who], begun.conversation_id, "who am I?")
    assert (await conversations.read(callers["teacher"], begun.conversation_id)).messages
