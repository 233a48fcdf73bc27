"""Allowances: past them the planner answers; administrators see who used what, and what was disliked."""

import pytest
from sqlalchemy import update

from agent import allowance, conversations
from runtime.errors import NotAllowed
from runtime.transaction import transaction
from school.schools import School
from tests.agent.test_hosted import hosted
from tools import load_all
from tools.invoke import invoke

__all__ = ["hosted"]


async def test_past_the_allowance_the_planner_answers(hosted, talk, callers):
    made, say = hosted
    async with transaction(callers["admin"]) as tx:
        await tx.session.execute(
            update(School).where(School.id == tx.school_id).values(options={"tokens_per_person": 5})
        )
    made.replies = [say(text="Hello there.")]
    head = talk("head")
    assert (await head("hello there assistant")).note is None
    second = await head("who teaches physics?")
    assert "Umeadi" in second.text
    assert second.note == allowance.USED_UP
    assert len(made.requests) == 1


async def test_administrators_see_usage_and_feedback_and_teachers_do_not(talk, callers):
    teacher = talk("teacher")
    answer = await teacher("who teaches physics?")
    await conversations.rate(teacher.caller, answer.conversation_id, answer.turn_id, "down", "Too short")
    tools = load_all()
    for name in ("show_assistant_usage", "find_answer_feedback"):
        with pytest.raises(NotAllowed):
            await invoke(tools[name], callers["teacher"], {})
    usage = (await invoke(tools["show_assistant_usage"], callers["admin"], {})).result
    assert [(line.who, line.answers, line.hosted) for line in usage.lines] == [(callers["teacher"].name, 1, 0)]
    feedback = (await invoke(tools["find_answer_feedback"], callers["admin"], {"rating": "down"})).result
    assert [(line.said, line.reason) for line in feedback.lines] == [("who teaches physics?", "Too short")]
