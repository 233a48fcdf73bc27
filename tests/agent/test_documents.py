"""Documents asked about in a conversation: quoted to those they are for, and unknown in another school."""

from knowledge import scope
from runtime.settings import settings
from school.documents import Audience
from tests.knowledge.conftest import add, store  # noqa: F401 fixtures

RULES = b"# House rules\n\n## Phones\n\nPhones stay in the office from morning until the last bell rings.\n"
QUESTION = "What do our documents say about phones?"


async def test_a_document_answers_its_own_school_and_no_other(add, assistant_school, talk):  # noqa: F811
    await add(assistant_school.callers["head"], "rules.md", RULES, audience=Audience.PUBLIC)
    settings.cache_clear()
    own, other = await talk("head")(QUESTION), await talk("stranger")(QUESTION)
    assert "in the office" in own.text + str(own.blocks)
    assert "office" not in other.text + str(other.blocks)


async def test_a_question_the_documents_answer_is_searched_once(add, assistant_school, talk, monkeypatch):  # noqa: F811
    await add(assistant_school.callers["head"], "rules.md", RULES, audience=Audience.PUBLIC)
    settings.cache_clear()
    searched, search = [], scope.search

    async def counted(tx, question, *filters):
        searched.append(question)
        return await search(tx, question, *filters)

    monkeypatch.setattr(scope, "search", counted)
    for asked in ("Where do phones stay until the last bell rings?", "Must phones stay in the office from morning?"):
        assert "in the office" in (await talk("head")(asked)).text
        assert searched.pop() == asked
        assert not searched
