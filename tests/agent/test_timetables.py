"""Timetables in conversation, over the offline planner: what people ask is found, answered, and changed only when approved."""

from datetime import timedelta

import pytest

from tests.timetables import plan_a
from tests.tiny_school import school_today
from tools.declare import load_all
from tools.invoke import invoke

TOOLS = load_all()


@pytest.fixture
async def draft(assistant_school):
    return await plan_a(assistant_school.callers["head"])


@pytest.fixture
async def published(assistant_school, draft):
    head = assistant_school.callers["head"]
    await invoke(TOOLS["publish_timetable"], head, {"timetable": "Plan A"}, approved=True)
    return draft


def coming(weekday: int) -> str:
    today = school_today()
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    return f"{day:%A} {day.day} {day:%B}"


@pytest.mark.parametrize(("who", "said", "heard"), [
    ("teacher", "what do I teach on Monday?", coming(0)),
    ("teacher", "when is JSS 2 Ruby free?", "JSS 2 Ruby has 32 free periods in the week"),
    ("head", "who is free in period 3 on Tuesday?", coming(1)),
    ("head", "Mr Akinlade is away on Thursday, who can cover?", f"on {coming(3)}"),
    ("head", "the maths teacher of JSS 2 Ruby is away on Thursday, who can cover?", "Mr Bode Akinlade has"),
    ("head", "show the timetable of JSS 2 Ruby", "Plan A, JSS 2 Ruby: 8 lessons a week"),
    ("head", "is the timetable valid?", "Every hard rule is kept"),
])  # fmt: skip
async def test_questions_are_answered_from_the_timetable(talk, published, who, said, heard):
    answer = await talk(who)(said)
    assert heard in answer.text, answer.text


async def test_my_day_is_mine_and_says_when(talk, published, assistant_school):
    teacher = assistant_school.callers["teacher"]
    answer = await talk("teacher")("my timetable tomorrow")
    tomorrow = school_today() + timedelta(days=1)
    own = (await invoke(TOOLS["show_my_timetable"], teacher, {"on": str(tomorrow)})).result
    assert answer.text == own.headline()
    shown = [row["time"] for block in answer.blocks for row in block["rows"]]
    assert shown == [f"{x.begins_at:%H:%M}–{x.ends_at:%H:%M}" for x in own.lessons]


async def test_who_is_free_now_is_of_now(talk, published):
    text = (await talk("head")("who is free now?")).text
    today = school_today()
    assert any(
        words in text
        for words in (f"{today:%A} {today.day} {today:%B}", "There is no lesson time", "Nothing is taught")
    ), text


async def test_the_only_teacher_of_a_subject_is_understood(talk, published):
    asked = await talk("head")("the English teacher is away on Friday")
    assert asked.text.startswith("Mrs Ngozi Umeadi has")
    assert not asked.approvals, "options first; cover is arranged when asked for"


async def test_cover_is_arranged_for_the_day_that_was_spoken_of(talk, published):
    head = talk("head")
    await head("Mr Akinlade is away on Thursday, who can cover?")
    asked = await head("arrange cover for him")
    assert asked.status == "waiting", asked.text
    assert asked.approvals[0]["tool"] == "set_cover"
    assert coming(3) in asked.approvals[0]["preview"]["title"]


async def test_a_timetable_is_made_only_when_approved(talk, assistant_school):
    head = talk("head")
    asked = await head("make a timetable")
    assert asked.status == "waiting", asked.text
    assert asked.approvals[0]["tool"] == "generate_timetable"
    done = await head("yes")
    assert "is being worked out" in done.text
    assert [block for block in done.blocks if block["type"] == "progress"]
    refused = await talk("teacher")("make a timetable")
    assert not refused.approvals


async def test_the_draft_is_published_by_word(talk, draft):
    head = talk("head")
    asked = await head("publish the draft timetable")
    assert asked.status == "waiting", asked.text
    done = await head("yes")
    assert "Published: “Plan A”" in done.text


async def test_of_several_timetables_all_are_named_to_choose_from(talk, draft, assistant_school):
    await plan_a(assistant_school.callers["head"], "Plan B")
    head = talk("head")
    asked = await head("publish the timetable")
    assert not asked.approvals
    assert "1. Plan" in asked.text
    assert "2. Plan" in asked.text
    chosen = await head("Plan B")
    assert chosen.status == "waiting", chosen.text
    assert "Plan B" in chosen.approvals[0]["preview"]["title"]
