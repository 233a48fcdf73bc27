"""Allowances: past them the planner answers; administrators see who used what, and what was disliked."""

from decimal import Decimal

import pytest
from pydantic_ai.messages import ModelResponse
from pydantic_ai.usage import RequestUsage
from sqlalchemy import select

from agent import allowance, conversations, models, writing
from runtime.errors import NotAllowed
from runtime.transaction import transaction
from school.model_uses import ModelUse, Purpose
from tests.agent.provider import in_front, openai, status
from tests.agent.test_hosted import hosted
from tools import load_all
from tools.invoke import invoke

__all__ = ["hosted"]
TOOLS = load_all()


async def _allow(callers, **limits: object) -> None:
    await invoke(TOOLS["set_assistant_allowance"], callers["admin"], limits, approved=True)


async def _uses(callers) -> list[tuple[str, int, int, Decimal | None]]:
    async with transaction(callers["admin"], read_only=True) as tx:
        rows = await tx.session.scalars(select(ModelUse).order_by(ModelUse.created_at))
        return [(row.purpose, row.input_tokens, row.output_tokens, row.dollars) for row in rows]


async def test_past_the_allowance_the_planner_answers(hosted, talk, callers):
    made, say = hosted
    await _allow(callers, tokens_per_person=5)
    made.replies = [say(text="Hello there.")]
    head = talk("head")
    assert (await head("hello there assistant")).note is None
    second = await head("who teaches physics?")
    assert "Umeadi" in second.text
    assert second.note == allowance.USED_UP
    assert len(made.requests) == 1


async def test_each_answer_is_kept_with_its_price_and_the_month_ends_the_models_turn(hosted, talk, callers):
    made, say = hosted
    made.replies = [say(text="Hello there.")]
    head = talk("head")
    await head("hello there assistant")
    assert [(purpose, into > 0, out > 0) for purpose, into, out, _ in await _uses(callers)] == [
        ("conversation", True, True)
    ]
    known = ModelResponse(
        parts=[], usage=RequestUsage(input_tokens=100_000, output_tokens=10_000), provider_name="anthropic",
        model_name="claude-sonnet-4-5",
    )  # fmt: skip
    await allowance.spend(
        callers["head"], Purpose.WRITING, [known, ModelResponse(parts=[], model_name="offline-planner")]
    )
    (_, _, _, dollars) = (await _uses(callers))[-1]
    assert dollars == Decimal("0.45"), "three dollars a million tokens in, fifteen out"
    usage = (await invoke(TOOLS["show_assistant_usage"], callers["admin"], {})).result
    assert usage.dollars_this_month == Decimal("0.45")
    assert usage.tokens_today > 110_000
    await _allow(callers, dollars_per_month="0.45")
    assert (await head("who teaches physics?")).note == allowance.USED_UP
    assert len(made.requests) == 1


async def test_the_tokens_of_a_failed_attempt_count(hosted, talk, callers):
    made, say = hosted
    made.replies = [say(calls=[("find_teachers", '{"subject": "Physics"}')]), status(500, "down"), status(500, "down")]
    answer = await talk("head")("who teaches physics?")
    assert answer.note == models.FELL_BACK
    assert [(purpose, into > 0, out > 0) for purpose, into, out, _ in await _uses(callers)] == [
        ("conversation", True, True)
    ], "what the model took before it failed"


async def test_texts_and_remarks_of_a_model_count_too(callers, assistant_school, monkeypatch):
    async with in_front("openai", monkeypatch, timeout_s=2) as made:
        made.replies = [openai(text="Two lines."), openai(text="More.")]
        assert await writing.written(callers["teacher"], "Write.", "About gates.") == "Two lines. "
        assert [use[0] for use in await _uses(callers)] == ["writing"]
        await _allow(callers, tokens_per_school=1)
        assert await writing.written(callers["teacher"], "Write.", "About gates.") is None


async def test_the_allowance_is_set_by_administrators_and_undone(callers, school):
    with pytest.raises(NotAllowed):
        await invoke(TOOLS["set_assistant_allowance"], callers["teacher"], {"tokens_per_person": 10}, approved=True)
    await _allow(callers, tokens_per_person=10, dollars_per_month="20.00")
    found = (await invoke(TOOLS["show_assistant_usage"], callers["admin"], {})).result
    assert (found.allowed.tokens_per_person, found.allowed.dollars_per_month) == (10, Decimal("20.00"))
    done = await invoke(TOOLS["set_assistant_allowance"], callers["admin"], {"no_dollar_limit": True}, approved=True)
    found = (await invoke(TOOLS["show_assistant_usage"], callers["admin"], {})).result
    assert (found.allowed.tokens_per_person, found.allowed.dollars_per_month) == (10, None), "the tokens stay"
    await invoke(TOOLS["undo_change"], callers["admin"], {"entry": str(done.audit_id)}, approved=True)
    found = (await invoke(TOOLS["show_assistant_usage"], callers["admin"], {})).result
    assert found.allowed.dollars_per_month == Decimal("20.00")


async def test_administrators_see_usage_and_feedback_and_teachers_do_not(talk, callers):
    teacher = talk("teacher")
    answer = await teacher("who teaches physics?")
    await conversations.rate(teacher.caller, answer.conversation_id, answer.turn_id, "down", "Too short")
    for name in ("show_assistant_usage", "find_answer_feedback"):
        with pytest.raises(NotAllowed):
            await invoke(TOOLS[name], callers["teacher"], {})
    usage = (await invoke(TOOLS["show_assistant_usage"], callers["admin"], {})).result
    assert [(line.who, line.answers, line.hosted) for line in usage.lines] == [(callers["teacher"].name, 1, 0)]
    feedback = (await invoke(TOOLS["find_answer_feedback"], callers["admin"], {"rating": "down"})).result
    assert [(line.said, line.reason) for line in feedback.lines] == [("who teaches physics?", "Too short")]
