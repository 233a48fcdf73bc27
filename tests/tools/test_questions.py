"""Question papers over the demo school's own documents."""

import pytest
from pydantic import ValidationError

from demo.documents.shelf import HERE
from knowledge.papers import MarkPoint, Question, faults
from runtime.errors import NotAllowed
from school.documents import Audience, DocumentKind
from tests.knowledge.conftest import add, store  # noqa: F401 fixtures
from tools.declare import load_all
from tools.invoke import invoke
from tools.questions import NoMaterial

TOOLS = load_all()
FILES = (("mathematics-curriculum.pdf", DocumentKind.CURRICULUM), ("mathematics-notes.pdf", DocumentKind.OTHER),
         ("past-paper-mathematics-jss2.docx", DocumentKind.EXAM_PAPER))  # fmt: skip


async def generate(caller, **args):
    return (await invoke(TOOLS["generate_questions"], caller, args)).result


@pytest.fixture
async def shelf(add, callers, school):  # noqa: F811
    for name, kind in FILES:
        await add(
            callers["head"],
            name,
            (HERE / name).read_bytes(),
            kind,
            Audience.STAFF,
            subject_id=school.subjects["Mathematics"],
        )
    science = (HERE / "basic-science-notes.docx").read_bytes()
    await add(
        callers["head"],
        "basic-science-notes.docx",
        science,
        DocumentKind.OTHER,
        Audience.STAFF,
        subject_id=school.subjects["Physics"],
    )


async def test_a_mathematics_paper_has_its_kinds_counts_and_marks(shelf, callers):
    paper = await generate(callers["teacher"], subject="Mathematics", topic="Simple interest", level="JSS 2")
    kinds = [one.kind.value for one in paper.questions]
    assert [kinds.count(kind) for kind in ("multiple_choice", "short", "structured")] == [4, 3, 3]
    assert paper.marks == sum(one.marks for one in paper.questions)
    assert all(not faults(one) for one in paper.questions) and not paper.warnings
    assert all(one.origin.value == "parametric" for one in paper.questions)
    assert paper.topic == "Simple interest and commercial arithmetic"
    assert len({one.text for one in paper.questions}) == 10
    assert "Mathematics examination, JSS 2, Second Term" in paper.based_on
    assert {one.objective for one in paper.questions} <= {
        "Find simple interest, principal, rate and time", "Solve problems on profit, loss and discount",
    }  # fmt: skip
    taught = {(one.source.title, one.source.page, one.source.quote) for one in paper.questions if one.source}
    assert taught == {("Mathematics curriculum, JSS 1 to JSS 3", 2, paper.topic)} and all(
        one.source for one in paper.questions
    )


async def test_a_mix_that_adds_up_to_more_than_the_count_says_how_many_of_each(shelf, callers):
    mix = {"multiple_choice": 4, "structured": 2}
    paper = await generate(callers["teacher"], subject="Mathematics", topic="Fractions", count=2, mix=mix)
    assert [one.kind.value for one in paper.questions] == ["multiple_choice"] * 4 + ["structured"] * 2


async def test_the_same_seed_gives_the_same_paper_and_another_another(shelf, callers):
    args = {"subject": "Mathematics", "topic": "Quadratic equations", "count": 6}
    first, again = [await generate(callers["teacher"], **args) for _ in range(2)]
    other = await generate(callers["teacher"], **args, seed=2)
    assert first.questions == again.questions
    assert {one.text for one in first.questions}.isdisjoint(
        {one.text for one in other.questions}
    ) or first.questions != other.questions


async def test_a_science_paper_is_composed_from_the_notes_with_its_source(shelf, callers):
    paper = await generate(callers["teacher"], subject="Physics", topic="Photosynthesis", count=5)
    assert len(paper.questions) == 5
    assert "composed from the curriculum's own text" in paper.headline()
    notes = "".join((HERE / "source" / "basic-science-notes.md").read_text().split())
    for one in paper.questions:
        assert not faults(one) and one.source is not None
        assert "".join(one.source.quote.split()) in notes


async def test_sentences_with_a_gap_fill_up_a_paper_with_few_definitions(shelf, callers):
    mix = {"multiple_choice": 1, "short": 1}
    paper = await generate(callers["teacher"], subject="Physics", topic="Photosynthesis", count=10, mix=mix)
    gaps = [one for one in paper.questions if "______" in one.text]
    assert len(paper.questions) == 10 and not paper.warnings and len(gaps) >= 4
    for one in gaps:
        quoted = one.text.split("“")[1].rstrip("”")
        assert quoted.casefold() == one.source.quote.casefold().replace(one.answer.casefold(), "______"), one
        assert not faults(one) and sum(one.answer == option for option in one.options) == bool(one.options)


async def test_a_topic_without_material_says_what_to_do(shelf, callers):
    with pytest.raises(NoMaterial, match="Add notes"):
        await generate(callers["teacher"], subject="English Language", topic="Sonnets")
    assert (await generate(callers["teacher"], subject="Mathematics", topic="Circles", count=3)).questions


async def test_guardians_and_students_set_no_papers(shelf, callers):
    for role in ("guardian", "student", "bursar"):
        with pytest.raises(NotAllowed):
            await generate(callers[role], subject="Mathematics", topic="Circles")


async def test_staff_passages_of_another_school_are_no_material(shelf, callers):
    with pytest.raises(NoMaterial):
        await generate(callers["stranger"], subject="Mathematics", topic="The human eye")


GOOD = {
    "kind": "multiple_choice", "text": "What is 2 + 3?", "options": ["4", "5", "6"], "answer": "5", "marks": 1,
    "scheme": [MarkPoint(text="5", marks=1)], "difficulty": "easy", "origin": "parametric",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"answer": "7"}, "not exactly one option"), ({"options": ["5", "5.", "6"]}, "two options are the same"),
        ({"options": ["4", "5"]}, "fewer than three"), ({"marks": 2}, "do not add up"),
        ({"kind": "short"}, "options in a question that has none"),
        ({"origin": "composed", "text": "Which gas is oxygen?", "options": ["Oxygen", "Iron", "Salt"], "answer": "Oxygen"}, "says its answer"),
    ],
)  # fmt: skip
def test_a_faulty_question_is_named(change, fault):
    assert faults(Question(**GOOD)) == []
    assert any(fault in found for found in faults(Question(**GOOD | change)))


def test_marks_cannot_be_nothing():
    with pytest.raises(ValidationError):
        MarkPoint(text="x", marks=0)
