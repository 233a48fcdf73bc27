"""Two tabs on one conversation: both messages are answered, in order, and neither spoils the other's history."""

import asyncio
from uuid import uuid4

from sqlalchemy import select

from agent import chat
from runtime.transaction import transaction
from school.conversations import Turn


async def test_messages_sent_at_once_are_answered_in_order(talk):
    head = talk("head")
    await head("what term is it?")
    said = ["who teaches physics?", "show me JSS 2 Ruby"]
    one, two = await asyncio.gather(*(chat.answer(head.caller, text, conversation_id=head.id) for text in said))
    assert "Umeadi" in one.text
    assert "JSS 2 Ruby" in two.text + str(two.blocks)
    async with transaction(head.caller, read_only=True) as tx:
        query = select(Turn).where(Turn.conversation_id == head.id).order_by(Turn.number)
        turns = list(await tx.session.scalars(query))
    assert [turn.number for turn in turns] == [1, 2, 3]
    assert {turn.said for turn in turns[1:]} == set(said)
    assert {turn.status for turn in turns} == {"done"}
    assert all(turn.messages for turn in turns)


async def test_an_approval_pressed_in_both_tabs_is_carried_out_once(talk):
    teacher = talk("teacher")
    await teacher("mark Tunde absent in JSS 2 Ruby today")
    answers = await asyncio.gather(*(chat.answer(teacher.caller, "yes", conversation_id=teacher.id) for _ in range(2)))
    assert sum("1 absent" in answer.text + str(answer.blocks) for answer in answers) == 1


async def test_the_same_message_from_a_tab_that_tried_twice_is_one_turn(talk):
    head, key = talk("head"), f"m-{uuid4().hex[:8]}"
    first = await chat.answer(head.caller, "who teaches physics?", client_id=key)
    again = await chat.answer(head.caller, "who teaches physics?", conversation_id=first.conversation_id, client_id=key)
    assert again.turn_id == first.turn_id
