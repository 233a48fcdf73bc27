"""No invented figures: what is supported passes, what is not is sent back once and then replaced."""

from datetime import date
from uuid import uuid4

import pytest

from agent.deps import Call, Deps
from agent.grounding import Evidence, rendering, unsupported
from tests.agent.test_hosted import PHYSICS, hosted

__all__ = ["hosted"]
SHOWN = {
    "headline": "JSS 2 Ruby Mathematics: the average is 70.25, best is Ada Okonjo with 1,204 points.",
    "result": {"average": 70.25, "rows": [{"name": "Ada Okonjo", "total": 80}, {"name": "Tunde Afolayan", "total": 50}],
               "last": {"name": "Kọ́lápọ̀ Níyì", "total": 9}},
    "blocks": [], "suggestions": [],
}  # fmt: skip


@pytest.fixture
def deps(callers):
    made = Deps(
        caller=callers["head"], conversation_id=uuid4(), turn_id=uuid4(), today=date(2026, 11, 26), said="top 3?"
    )
    made.calls["a"] = Call("show_class_performance", {}, shown=SHOWN)
    return made


@pytest.mark.parametrize(
    "said",
    ["The average is 70.25.", "About 70 on average.", "70.3 in JSS 2 Ruby.", "Ada Okonjo leads with 1204 points.",
     "Two students: Ada Okonjo (80) and Tunde Afolayan (50).", "Here are the top 3.", "On 26 November 2026 it was 70.25.",
     "1. Ada Okonjo\n2. Tunde Afolayan", "Good morning, happy to help.", "Ada Okonjo's total is 80.", "Kọ́lápọ̀ Níyì has 9.",
     "Niyi Kolapo’s total is 9."],
)  # fmt: skip
def test_supported_words_pass(deps, said):
    assert unsupported(said, Evidence(deps)) == []


@pytest.mark.parametrize(
    "said",
    [
        "The average is 71.",
        "Ada has 81.",
        "Seven students passed.",
        "Chidi Nwosu leads.",
        "It rose by 12 %.",
        "Ṣẹ́gun Ejídé leads.",
        "Chidi Nwosu's total is 80.",
    ],
)
def test_unsupported_words_are_found(deps, said):
    assert unsupported(said, Evidence(deps))


def test_the_rendering_is_the_results_own_words(deps):
    assert rendering(deps) == SHOWN["headline"]


async def test_an_invented_figure_is_sent_back_once_and_mended(hosted, talk):
    made, say = hosted
    made.replies = [
        say(calls=[PHYSICS]),
        say(text="There are 17 physics teachers."),
        say(text="Mrs Ngozi Umeadi teaches it."),
    ]
    answer = await talk("head")("who takes physics?")
    assert answer.text.strip() == "Mrs Ngozi Umeadi teaches it."
    assert "17" not in answer.text
    assert "No tool result" in str(made.requests[2])


async def test_invented_twice_it_is_replaced_by_the_result(hosted, talk):
    made, say = hosted
    made.replies = [say(calls=[PHYSICS]), *(say(text="Wale Adeyemi and 16 others teach it.") for _ in range(2))]
    answer = await talk("head")("who takes physics?")
    assert "Umeadi" in answer.text
    assert "16" not in answer.text
    assert "Wale" not in answer.text
