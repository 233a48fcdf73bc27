"""Summaries, lesson plans and letters through the one door."""

import re

import pytest

from demo.documents.shelf import HERE
from runtime.errors import NotAllowed, NotVisible
from school.documents import Audience, DocumentKind
from tests.knowledge.conftest import add, store  # noqa: F401 fixtures
from tools.declare import load_all
from tools.invoke import invoke

TOOLS = load_all()


async def call(caller, name, **args):
    return (await invoke(TOOLS[name], caller, args)).result


async def test_a_summary_says_the_figures_of_the_sheet(callers):
    told = await call(callers["teacher"], "summarize_performance", class_arm="JSS 2 Topaz", subject="maths")
    figures = await call(callers["teacher"], "show_class_performance", class_arm="JSS 2 Topaz", subject="maths")
    text = told.markdown()
    assert 3 <= len(told.paragraphs) <= 4
    assert f"{round(float(figures.average), 1):g} percent" in text and figures.best[0].name in text
    assert "Sani Ibrahim" in text and "under the pass mark" in text, "35 is under the pass mark of 40"
    assert re.search(r"\b3 students\b", text)


async def test_a_class_without_scores_is_not_summarized(callers):
    with pytest.raises(NotVisible, match="No Mathematics scores"):
        await call(callers["teacher"], "summarize_performance", class_arm="JSS 2 Ruby", subject="maths")


async def test_only_who_may_see_the_scores_gets_a_summary(callers):
    for role, subject in (("guardian", "maths"), ("colleague", "maths")):
        with pytest.raises(NotAllowed):
            await call(callers[role], "summarize_performance", class_arm="JSS 2 Topaz", subject=subject)
    assert (await call(callers["head"], "summarize_performance", class_arm="JSS 2 Topaz", subject="maths")).paragraphs


@pytest.mark.parametrize("minutes", [20, 40, 77, 120])
async def test_a_lesson_plan_has_the_objectives_and_its_time_adds_up(add, callers, school, minutes):  # noqa: F811
    data = (HERE / "mathematics-curriculum.pdf").read_bytes()
    await add(
        callers["head"],
        "m.pdf",
        data,
        DocumentKind.CURRICULUM,
        Audience.PUBLIC,
        subject_id=school.subjects["Mathematics"],
    )
    plan = await call(callers["teacher"], "draft_lesson_plan", topic="Laws of indices", minutes=minutes)
    assert plan.objectives == ["Multiply and divide powers of the same base", "Use zero and negative indices"]
    assert sum(length for length, _ in plan.steps) == minutes and all(length > 0 for length, _ in plan.steps)
    assert plan.key_points and plan.key_points[0].page == 2


async def test_a_letter_says_its_points_and_sends_nothing(callers):
    letter = await call(
        callers["teacher"], "draft_letter", subject="Sports day", points=["the sports day is on Friday", "Bring water!"]
    )
    assert "The sports day is on Friday. Bring water!" in letter.text
    assert letter.text.startswith("Hillcrest Academy") and letter.text.endswith(callers["teacher"].name)
    assert "Nothing was sent" in letter.headline()
    with pytest.raises(NotAllowed):
        await call(callers["guardian"], "draft_letter", subject="Sports day", points=["one point"])
