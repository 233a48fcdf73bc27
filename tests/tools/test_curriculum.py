"""The curriculum of the demo school's own documents: what is taught when, topics edited and put back."""

import pytest

from demo.documents.shelf import HERE
from runtime.errors import NotAllowed
from runtime.ids import new_id
from runtime.transaction import transaction
from school.classes import Level
from school.documents import Audience, DocumentKind
from tests.knowledge.conftest import add, replaced, store  # noqa: F401 fixtures
from tools.declare import load_all
from tools.invoke import invoke

TOOLS = load_all()


async def call(caller, name, **args):
    return (await invoke(TOOLS[name], caller, args, approved=True)).result


@pytest.fixture
async def scheme(add, callers, school):  # noqa: F811
    data = (HERE / "mathematics-curriculum.pdf").read_bytes()
    return await add(
        callers["head"], "mathematics-curriculum.pdf", data, DocumentKind.CURRICULUM, Audience.PUBLIC,
        subject_id=school.subjects["Mathematics"],
    )  # fmt: skip


JSS2_FIRST = [
    "Standard form", "Prime factors, squares and square roots", "Fractions, ratios and percentages",
    "Simple interest and commercial arithmetic", "Directed numbers", "Laws of indices",
]  # fmt: skip


async def test_what_is_covered_is_answered_from_the_tree_with_pages(scheme, callers):
    said = await call(callers["teacher"], "search_curriculum", question="What is covered in JSS 2 Mathematics term 1?")
    assert [one.text for one in said.topics] == JSS2_FIRST
    assert {(one.level, one.term_number, one.page) for one in said.topics} == {("JSS 2", 1, 2)}
    assert said.topics[3].objectives[0] == "Find simple interest, principal, rate and time"
    assert said.topics[0].code == "MTH.JSS2.1.1" and said.place == "JSS 2 Mathematics term 1"
    same = await call(callers["teacher"], "search_curriculum", subject="maths", level="JSS 2", term_number=1)
    assert [one.text for one in same.topics] == JSS2_FIRST


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("what comes in week 8 of JSS 2 maths first term", "Directed numbers"),
        ("When is Pythagoras taught in JSS 2 mathematics?", "Pythagoras' theorem"),
        ("which JSS 2 maths topic has simple interest", "Simple interest and commercial arithmetic"),
        ("When is Pythagoras taught?", "Pythagoras' theorem"),
    ],
)
async def test_one_topic_is_found_by_week_name_or_objective(scheme, callers, question, first):
    said = await call(callers["teacher"], "search_curriculum", question=question)
    assert [one.text for one in said.topics] == [first]


async def test_a_topic_has_its_objectives_and_a_quote(scheme, callers):
    card = await call(callers["teacher"], "show_topic", topic="laws of indices")
    assert card.topic.objectives == ["Multiply and divide powers of the same base", "Use zero and negative indices"]
    assert card.quotes and card.quotes[0].page == 2


async def test_a_topic_is_corrected_added_removed_and_each_is_undone(scheme, callers):
    async def names():
        said = await call(callers["head"], "search_curriculum", subject="Mathematics", level="JSS 2", term_number=1)
        return [one.text for one in said.topics]

    await call(callers["head"], "set_topic", topic="Directed numbers", text="Positive and negative numbers")
    assert "Positive and negative numbers" in await names()
    await call(callers["head"], "undo_change")
    await call(
        callers["head"],
        "add_topic",
        subject="Mathematics",
        level="JSS 2",
        term="first term",
        text="Sets",
        objectives=["Name the members of a set"],
    )
    assert (await names())[-1] == "Sets"
    await call(callers["head"], "undo_change")
    await call(callers["head"], "remove_topic", topic="Standard form")
    assert "Standard form" not in await names()
    await call(callers["head"], "undo_change")
    assert await names() == JSS2_FIRST


async def test_a_teacher_does_not_edit_what_another_uploaded(scheme, callers):
    with pytest.raises(NotAllowed):
        await call(callers["teacher"], "set_topic", topic="Directed numbers", text="Anything")


async def test_another_school_has_no_part_in_it(scheme, callers):
    said = await call(callers["stranger"], "search_curriculum", question="What is covered in JSS 2 Mathematics term 1?")
    assert said.topics == [] and said.quotes == [] and "do not say" in said.headline()


async def test_three_levels_and_their_arms_keep_to_their_own_topics(add, callers, school):  # noqa: F811
    async with transaction(callers["admin"]) as tx:
        tx.session.add(Level(id=new_id(), school_id=school.id, name="JSS 3", position=9))
    await add(
        callers["head"], "mathematics-curriculum.pdf", (HERE / "mathematics-curriculum.pdf").read_bytes(),
        DocumentKind.CURRICULUM, Audience.PUBLIC, subject_id=school.subjects["Mathematics"],
    )  # fmt: skip
    found: dict[tuple[str, int], list[str]] = {}
    for level in ("JSS 1", "JSS 2", "JSS 3"):
        for number in (1, 2, 3):
            asked = f"What is covered in {level} Mathematics term {number}?"
            said = await call(callers["head"], "search_curriculum", question=asked)
            assert {(one.level, one.term_number) for one in said.topics} == {(level, number)}, asked
            found[level, number] = [one.text for one in said.topics]
    assert sum(len(texts) for texts in found.values()) > 30
    assert len({tuple(texts) for texts in found.values()}) == len(found), "each level and term has topics of its own"
    for arm in ("JSS 2 Ruby", "JSS 2 Topaz"):
        said = await call(
            callers["head"], "search_curriculum", question=f"What is covered in {arm} mathematics term 1?"
        )
        assert [one.text for one in said.topics] == found["JSS 2", 1]


async def test_a_topic_keeps_its_other_parts_and_takes_new_objectives(scheme, callers):
    async def topic():
        said = await call(callers["head"], "search_curriculum", subject="Mathematics", level="JSS 2", term_number=1)
        return next(one for one in said.topics if one.code == "MTH.JSS2.1.1")

    before = await topic()
    first, *_ = before.objectives
    await call(
        callers["head"], "set_topic", topic=str(before.item_id), text=before.text, week="3-4",
        objectives=["Name the parts of a number in standard form", first],
    )  # fmt: skip
    after = await topic()
    assert after.objectives == ["Name the parts of a number in standard form", first]
    assert (after.week, after.text, after.identifier) == ("3-4", before.text, before.identifier)
    await call(callers["head"], "undo_change")
    assert await topic() == before


async def test_a_new_version_keeps_identifiers_and_what_people_corrected(add, callers, school):  # noqa: F811
    head = callers["head"]
    scheme = "# JSS 2\n\n## First Term\n\n| Week | Topic | Objectives |\n| --- | --- | --- |\n"
    rows = "| 1 | Fractons | Add fractions |\n| 2 | Angles | Measure an angle |\n| 3 | Sets | Name a set |\n"
    about = {"subject_id": school.subjects["Mathematics"]}
    document = await add(head, "scheme.md", (scheme + rows).encode(), DocumentKind.SCHEME_OF_WORK, **about)

    async def topics():
        said = await call(head, "search_curriculum", subject="Mathematics", level="JSS 2", term_number=1)
        return {one.text: one for one in said.topics}

    there = await topics()
    await call(head, "set_topic", topic=str(there["Fractons"].item_id), text="Fractions", objectives=["Add fractions", "Order fractions"])  # fmt: skip
    await call(head, "set_topic", topic=str(there["Sets"].item_id), text="Sets of numbers")
    await call(head, "remove_topic", topic=str(there["Angles"].item_id))
    changed = rows.replace("| 1 | Fractons", "| 5 | Fractons").replace("| Sets |", "| Sets and members |")
    newer = scheme + changed + "| 6 | Bearings | Read a bearing |\n"
    await replaced(head, document, "scheme-2.md", newer.encode())
    now = await topics()
    assert list(now) == ["Fractions", "Sets and members", "Bearings"]
    assert now["Fractions"].identifier == there["Fractons"].identifier and now["Fractions"].week == "5"
    assert now["Fractions"].objectives == ["Add fractions", "Order fractions"]
    assert now["Sets and members"].identifier not in {one.identifier for one in there.values()}
