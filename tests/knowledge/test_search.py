"""Search over real documents, as real callers, under row-level security."""

import pytest
from sqlalchemy import text

from knowledge import documents
from knowledge.answer import answer
from knowledge.scope import bare
from knowledge.search import Filters, search
from runtime.transaction import transaction
from school.documents import Audience, DocumentKind, access_document
from tests.knowledge import files

HANDBOOK = b"""# Policy handbook

## Late coming

Gates close at 07:45. A student who comes after the gates have closed signs the late book and reports to the duty
teacher. Three entries in the late book in one week bring a letter to the guardian.

## Uniform

Students wear the blue uniform on every school day. On Fridays they may wear sports wear.

## Medicine

The sick bay keeps medicine for students. A guardian signs a form before any medicine is given. A child with asthma
carries the inhaler at all times.
"""
SCIENCE = b"""# Basic science notes

## Photosynthesis

Photosynthesis is the process by which green plants make food from carbon dioxide and water with the energy of light.

## Respiration

Respiration is the release of energy from food in living cells. Code BSC.JSS2.1.4 covers its equation.

## Osmosis

The movement of water through a membrane from a weak solution to a strong one is called osmosis.
"""


async def found(caller, question, **filters):
    async with transaction(caller, read_only=True) as tx:
        return await search(tx, question, Filters(**filters))


async def titles(caller, question, **filters):
    return [
        one.passage.path[-1] if one.passage.path else one.passage.title
        for one in (await found(caller, question, **filters)).passages
    ]


@pytest.fixture
async def library(add, callers):
    head = callers["head"]
    await add(head, "handbook.md", HANDBOOK, audience=Audience.PUBLIC)
    await add(head, "science.md", SCIENCE, kind=DocumentKind.CURRICULUM, audience=Audience.STAFF)
    return head


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What happens when a pupil arrives after the gate is shut?", "Late coming"), ("osmosis", "Osmosis"),
        ("how do leaves make their food", "Photosynthesis"), ("BSC/JSS2/1/4", "Respiration"),
        ("which pupils may sign a parent's form", "Medicine"), ("may they wear sport clothes on friday", "Uniform"), ("inhalers for asthmatic children", "Medicine"),
    ],
)  # fmt: skip
async def test_the_right_passage_comes_first(library, question, first):
    assert (await titles(library, question))[0] == first


async def test_an_answer_quotes_the_document_and_says_where(library):
    given = await answer(await found(library, "When do the gates close?"))
    assert given.says and "Gates close at 07:45." in given.quotes[0].text
    assert given.quotes[0].title == "Policy handbook" and given.quotes[0].path == ("Late coming",)
    assert given.quotes[0].text in HANDBOOK.decode().replace("\n", " ")


async def test_the_documents_own_word_for_what_is_asked_decides_between_sentences(library, add, callers):
    said = "The guardian tells the class teacher of an absence on its first day. An absence of three days needs a note."
    elsewhere = "# Meetings\n\nEvery parent is welcome at the meeting of parents and teachers.\n"
    await add(callers["head"], "rules.md", f"# Rules\n\n## Absence\n\n{said}\n\n{elsewhere}".encode())
    given = await answer(await found(library, "How soon must a parent report an absence?"))
    assert given.quotes[0].sentence == said.split(" An ")[0]


@pytest.mark.parametrize(
    "question", ["Who won the world cup in 1998?", "What is the price of diesel in Kano?", "zzz qqq"]
)
async def test_what_the_documents_do_not_say_is_not_answered(library, question):
    assert not (await answer(await found(library, question))).says


async def test_filters_leave_out_what_is_marked_for_something_else(library):
    assert "Photosynthesis" not in await titles(library, "photosynthesis", kinds=("policy",))
    assert (await titles(library, "photosynthesis", kinds=("curriculum",)))[0] == "Photosynthesis"


async def test_the_audience_is_applied_before_ranking(library, callers):
    for role in ("guardian", "student"):
        seen = await found(callers[role], "photosynthesis green plants")
        assert seen.searched > 0 and all(one.passage.title == "Policy handbook" for one in seen.passages)
    assert (await titles(callers["teacher"], "photosynthesis green plants"))[0] == "Photosynthesis"


async def test_identical_documents_in_two_schools_never_meet(add, callers, school):
    here, there = callers["head"], callers["stranger"]
    mine = await add(here, "handbook.md", HANDBOOK, audience=Audience.PUBLIC)
    theirs = await add(there, "handbook.md", HANDBOOK.replace(b"07:45", b"09:15"), audience=Audience.PUBLIC)
    for caller, own, time in ((here, mine, "07:45"), (there, theirs, "09:15")):
        result = await found(caller, "When do the gates close?")
        assert {one.passage.document_id for one in result.passages} == {own.id}
        assert time in (await answer(result)).quotes[0].text
    async with transaction(there, read_only=True) as tx:
        for table in ("documents", "document_versions", "passages", "postings"):
            schools = (await tx.session.execute(text(f"SELECT DISTINCT school_id FROM {table}"))).scalars().all()
            assert schools == [there.school_id], table
    async with transaction(here, read_only=True) as tx:
        assert (await access_document(tx, mine.id)).id == mine.id


async def test_a_removed_document_is_gone_from_search_at_once_and_can_come_back(library, add):
    document = await add(library, "notice.md", b"# Visiting day\n\nVisiting day is the last Saturday of each month.\n")
    assert (await titles(library, "visiting day saturday"))[0] == "Visiting day"
    async with transaction(library) as tx:
        (await access_document(tx, document.id, change=True)).deleted_at = tx.now
    assert "Visiting day" not in await titles(library, "visiting day saturday")
    async with transaction(library) as tx:
        (await access_document(tx, document.id, change=True, deleted=True)).deleted_at = None
    assert (await titles(library, "visiting day saturday"))[0] == "Visiting day"


async def test_the_same_words_in_two_documents_are_shown_once(library, add):
    await add(library, "copy.md", HANDBOOK)
    assert (await titles(library, "uniform on fridays")).count("Uniform") == 1


async def test_documents_that_disagree_are_both_shown(library, add):
    await add(
        library,
        "old.md",
        b"# Old handbook\n\n## Gates\n\nGates close at 08:00 on every day.\n",
        audience=Audience.PUBLIC,
    )
    given = await answer(await found(library, "At what time do the gates close?"))
    assert given.conflicting and {quote.title for quote in given.quotes} >= {"Policy handbook", "Old handbook"}


async def test_diacritics_do_not_matter(library, add):
    await add(library, "names.md", "# Ẹ̀kọ́ ilé\n\nỌjọ́ ìbí is celebrated in the house assembly.\n".encode())
    assert (await titles(library, "ojo ibi celebrated"))[0] == "Ẹ̀kọ́ ilé"


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What does the policy say about phones?", "phones?"), ("What is the uniform policy?", "uniform"),
        ("what is the school's policy on fees", "fees"), ("What is photosynthesis according to our notes?", "What is photosynthesis?"),
        ("What does the quokka rule say about the garden?", "What does the quokka rule say about the garden?"),
        ("Who made the rules?", "Who made the rules?"),
    ],
)  # fmt: skip
def test_words_that_only_ask_documents_are_left_out(question, left):
    assert bare(question) == left


async def test_a_row_of_a_table_is_quoted_under_the_names_of_its_columns(add, callers):
    hives = b"# Beehives\n\n| Hive | Honey in kg |\n| --- | --- |\n| Alpha | 41 |\n| Beta | 27 |\n| Gamma | 33 |\n"
    await add(callers["head"], "hives.md", hives)
    given = await answer(await found(callers["head"], "How much honey does hive Beta give?"))
    assert given.quotes[0].sentence == "Hive: Beta; Honey in kg: 27"
    assert given.quotes[0].text.startswith("Hive | Honey in kg\n") and "Beta | 27" in given.quotes[0].text


async def test_a_question_of_a_past_paper_is_no_answer(library, add):
    await add(library, "paper.md", b"# Past paper\n\nWhich movement through a membrane is called osmosis? [2 marks]\n")
    given = await answer(await found(library, "What is osmosis?"))
    assert given.quotes[0].text.startswith("The movement of water")


async def test_a_pdf_is_cited_by_page(add, callers):
    pages = "".join(f'<p class="break">Rule {n}. The number of rule {n} is {n * 11}.</p>' for n in range(1, 5))
    await add(callers["head"], "rules.pdf", files.pdf(f"<h1>Rules</h1>{pages}"))
    given = await answer(await found(callers["head"], "What is the number of rule 3?"))
    assert "The number of rule 3 is 33." in given.quotes[0].text
    assert given.quotes[0].page in (3, 4)
    assert documents.RUN == "read_document"
