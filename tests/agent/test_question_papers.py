"""Question papers written by a hosted model through its real client: what fails a check is replaced by composed questions."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from knowledge import writing as texts
from knowledge.drafted import DraftPaper, checked
from knowledge.papers import Difficulty, QuestionKind, faults
from knowledge.rank import Candidate
from runtime.settings import settings
from school.documents import Audience, DocumentKind
from tests.agent.provider import openai, status
from tests.agent.test_writing import provider  # noqa: F401 fixtures
from tests.knowledge.conftest import add, store  # noqa: F401 fixtures
from tools.declare import TOOLS
from tools.invoke import invoke

FOOD = "Photosynthesis is the process by which green plants make food from carbon dioxide and water with the energy of light."
NOTES = f"""# Notes on plants

## Photosynthesis

{FOOD} Chlorophyll is the green substance that takes in the light. A stoma is a small opening in the skin of a leaf.
Xylem is the tissue that carries water from the roots to the leaves. Phloem is the tissue that carries food to all parts
of the plant. Respiration is the release of energy from food in living cells.
"""
MARKS = {QuestionKind.MULTIPLE_CHOICE: 1, QuestionKind.SHORT: 3, QuestionKind.STRUCTURED: 8}
GOOD = {
    "kind": "multiple_choice", "text": "Which green substance takes in the light?", "options": ["A. Chlorophyll", "B. Xylem", "C. Phloem", "D. Starch"],
    "answer": "A", "scheme": [], "passage": 1, "quote": "Chlorophyll is the green substance that takes in the light.", "objective": 1,
}  # fmt: skip
SHORT = {
    "kind": "short", "text": "How do green plants feed themselves?", "answer": "Green plants make food from carbon dioxide and water with the energy of light.",
    "scheme": [{"text": "carbon dioxide and water", "marks": 2}, {"text": "energy of light", "marks": 1}], "passage": 1, "quote": FOOD,
}  # fmt: skip
OBJECTIVES = ["Say what photosynthesis is"]


def check(*drafts):
    passage = Candidate(
        id=uuid4(), document_id=uuid4(), version_id=uuid4(), position=0, title="Notes on plants", kind="other",
        updated_at=datetime.now(UTC), path=("Photosynthesis",), text=NOTES.split("\n\n")[2], marks=((0, 4), (150, 5)), bm25=0, cosine=0,
    )  # fmt: skip
    paper = DraftPaper.model_validate({"questions": drafts})
    return checked(paper, MARKS, Difficulty.MEDIUM, [passage], OBJECTIVES)


def test_a_good_question_is_mended_marked_and_has_its_page_and_objective():
    first, second = check(GOOD, SHORT)
    assert (first.options, first.answer, first.letter) == (
        ["Chlorophyll", "Xylem", "Phloem", "Starch"],
        "Chlorophyll",
        "A",
    )
    assert first.objective == OBJECTIVES[0] and (first.source.page, second.source.page) == (4, 4)
    assert [one.origin.value for one in (first, second)] == ["model", "model"] and second.marks == 3
    assert not faults(first) and not faults(second)


@pytest.mark.parametrize(
    ("draft", "change"),
    [
        (GOOD, {"answer": "Nitrogen"}), (GOOD, {"answer": "B"}), (GOOD, {"options": ["Chlorophyll", "Xylem", "xylem."]}),
        (GOOD, {"options": ["Chlorophyll", "Light", "Phloem", "Starch"], "answer": "Chlorophyll"}), (GOOD, {"passage": 2}),
        (GOOD, {"text": "Which green substance, chlorophyll, takes in the light?"}), (GOOD, {"objective": 2}),
        (GOOD, {"quote": "Chlorophyll is what makes leaves blue."}), (GOOD, {"options": []}), (GOOD, {"text": " "}),
        (SHORT, {"scheme": [{"text": "carbon dioxide and water", "marks": 2}]}), (SHORT, {"scheme": []}),
        (SHORT, {"scheme": [{"text": "6 molecules of water", "marks": 3}]}), (SHORT, {"scheme": [{"text": "light", "marks": -3}]}),
        (SHORT, {"answer": "Green plants make food from oxygen at night without any light."}),
        (SHORT, {"answer": "They buy it."}), (SHORT, {"passage": 0}),
    ],
)  # fmt: skip
def test_a_question_that_fails_a_check_is_dropped(draft, change):
    assert check(draft) != [] and check(draft | change) == []


def test_the_same_question_twice_is_one():
    assert len(check(GOOD, GOOD | {"text": "Which green substance takes in the  light ?"})) == 1


@pytest.fixture
async def plants(add, provider, assistant_school):  # noqa: F811
    """Somebody who sets papers, over notes that make composed questions too."""
    head = assistant_school.callers["head"]
    about = {"subject_id": assistant_school.subjects["Physics"]}
    await add(head, "plants.md", NOTES.encode(), DocumentKind.OTHER, Audience.STAFF, **about)
    settings.cache_clear()
    return head


async def generate(caller):
    arguments = {"subject": "Physics", "topic": "Photosynthesis", "count": 4, "mix": {"multiple_choice": 3, "short": 1}}
    return (await invoke(TOOLS["generate_questions"], caller, arguments)).result


async def test_what_fails_is_replaced_by_composed_questions_and_the_paper_says_who_wrote(plants, provider):  # noqa: F811
    wrong = GOOD | {"text": "What do leaves breathe?", "answer": "Gold"}
    drafts = [GOOD | {"objective": None}, wrong, SHORT]
    provider.replies = [openai(calls=[("final_result", json.dumps({"questions": drafts}))])]
    paper = await generate(plants)
    asked = str(provider.requests[0])
    assert "3 multiple_choice of 1 mark, 1 short of 3 marks" in asked and "Chlorophyll is the green substance" in asked
    kinds = [(one.kind.value, one.origin.value) for one in paper.questions]
    assert kinds == [("multiple_choice", "model"), *[("multiple_choice", "composed")] * 2, ("short", "model")]
    assert paper.marks == 6 and not any(faults(one) for one in paper.questions)
    assert (
        "2 written by a hosted model" in paper.headline()
        and "2 of 4 questions were written by a model" in paper.warnings[0]
    )
    assert paper.files == {}


@pytest.mark.filterwarnings("ignore::pydantic_ai.UsageLimitUnavailableWarning")  # a stream cut off has no usage
@pytest.mark.parametrize(
    "reply",
    [status(500, "no"), openai(calls=[("final_result", '{"questions": "none"}')]), openai(text="I would rather not."),
     openai(calls=[("final_result", json.dumps({"questions": [GOOD]}))], cut=True)],
    ids=["fails", "another shape", "words", "cut off"],
)  # fmt: skip
async def test_a_provider_that_fails_leaves_a_composed_paper_with_its_files(plants, provider, reply):  # noqa: F811
    provider.replies = [reply]
    paper = await generate(plants)
    assert {one.origin.value for one in paper.questions} == {"composed"} and len(paper.questions) == 4
    assert len(paper.files) == 4 and not any("model" in warning for warning in paper.warnings)


async def test_a_file_made_again_from_its_arguments_asks_no_model(plants, provider):  # noqa: F811
    with texts.by_rule():
        first, again = await generate(plants), await generate(plants)
    assert first.questions == again.questions and provider.requests == []
