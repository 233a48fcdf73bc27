"""Two schools with the same documents, word for word, never meet through MCP: search, answer, show."""

import pytest

from runtime import database
from runtime import files as blobs
from school.documents import Audience, DocumentKind
from tests.api.test_mcp import address, connect, rest  # noqa: F401 fixtures
from tests.knowledge.conftest import uploaded

RULES = b"# House rules\n\n## Phones\n\nPhones stay in the office from morning until the last bell rings.\n"
NOTES = b"""# Notes on plants

## Photosynthesis

Photosynthesis is the process by which green plants make food from carbon dioxide and water with the energy of light.
"""
ASKED = "Where do phones stay?"
SEARCHED = "How do green plants make food?"


@pytest.fixture
async def shelves(application, school):
    """The ids of the two documents in each of the two schools, by the school's slug; read before the server starts."""
    blobs.store.cache_clear()
    found = {}
    for owner in (school, school.other):
        admin = owner.callers["admin"]
        rules = await uploaded(admin, "rules.md", RULES, audience=Audience.PUBLIC)
        notes = await uploaded(admin, "plants.md", NOTES, DocumentKind.CURRICULUM)
        found[owner.slug] = {"House rules": str(rules.id), "Notes on plants": str(notes.id)}
    await database.forget()
    yield found
    blobs.store.cache_clear()


async def called(session, name, **arguments):
    given = await session.call_tool(name, arguments)
    assert not given.is_error, given.content[0].text
    return given.structured_content


async def test_each_school_lists_searches_and_quotes_only_its_own(shelves, connect):  # noqa: F811
    for slug, own in shelves.items():
        async with connect("admin", slug=slug) as session:
            listed = (await called(session, "find_documents"))["documents"]
            answered = await called(session, "ask_documents", question=ASKED)
            covered = await called(session, "search_curriculum", question=SEARCHED)
        assert {one["title"]: one["documentId"] for one in listed} == own
        assert answered["searched"] == 2  # one passage of each document, not of the other school's as well
        assert {one["documentId"] for one in answered["quotes"]} == {own["House rules"]}
        assert {one["documentId"] for one in covered["quotes"]} == {own["Notes on plants"]}


async def test_a_name_opens_the_own_document_and_the_id_of_the_others_opens_nothing(shelves, connect):  # noqa: F811
    for slug, own in shelves.items():
        (other,) = (ids for name, ids in shelves.items() if name != slug)
        async with connect("admin", slug=slug) as session:
            shown = await called(session, "show_document", document="House rules", page=1)
            passage = shown["passagesShown"][0]["passageId"]
            for document, title in (
                (other["House rules"], "House rules"),
                (other["Notes on plants"], "Notes on plants"),
            ):
                refused = await session.call_tool("show_document", {"document": document})
                assert refused.is_error and title not in refused.content[0].text
            asked = await session.call_tool("ask_documents", {"question": ASKED, "document": other["House rules"]})
            assert asked.is_error and "office" not in asked.content[0].text
        assert shown["document"]["documentId"] == own["House rules"]
        elsewhere = next(name for name in shelves if name != slug)
        async with connect("admin", slug=elsewhere) as session:
            arguments = {"document": other["House rules"], "passage": passage}
            assert (await session.call_tool("show_document", arguments)).is_error


async def test_what_one_school_removes_stays_with_the_other_and_is_not_borrowed_back(shelves, connect, rest, school):  # noqa: F811
    removed = rest("admin").delete(f"/api/ai/documents/{shelves[school.slug]['House rules']}")
    assert removed.status_code == 200, removed.text
    async with connect("admin") as session:
        assert not (await called(session, "ask_documents", question=ASKED))["says"]
    async with connect("admin", slug=school.other.slug) as session:
        still = await called(session, "ask_documents", question=ASKED)
    assert still["says"] and still["quotes"][0]["documentId"] == shelves[school.other.slug]["House rules"]
