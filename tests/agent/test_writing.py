"""Answers written by a hosted model through its real client, over documents; what the quotes do not say is dropped."""

import pytest

from agent import writing
from knowledge import writing as texts
from runtime.settings import settings
from school.documents import Audience
from tests.agent.provider import in_front, openai, status
from tests.knowledge.conftest import add, store  # noqa: F401 fixtures
from tools.declare import TOOLS
from tools.invoke import invoke

HANDBOOK = b"# Policy handbook\n\n## Late coming\n\nGates open at 06:45 and close at 07:45. Late students sign the late book.\n"


@pytest.fixture
async def provider(assistant_school, monkeypatch):
    async with in_front("openai", monkeypatch, timeout_s=2) as made:
        writing.install()
        yield made
        texts.use(None)


async def ask(caller):
    return (await invoke(TOOLS["ask_documents"], caller, {"question": "When do the gates close?"})).result


async def test_the_answer_is_written_and_unsupported_sentences_are_dropped(add, provider, assistant_school):  # noqa: F811
    head = assistant_school.callers["head"]
    await add(head, "handbook.md", HANDBOOK, audience=Audience.PUBLIC)
    settings.cache_clear()
    provider.replies = [openai(text="The gates close at 07:45 [1]. They are guarded by 12 soldiers [1].")]
    given = await ask(head)
    assert [one.text for one in given.written] == ["The gates close at 07:45."]
    assert given.headline() == "The gates close at 07:45. [1]" and given.quotes[0].text.startswith("Gates open")
    assert "Gates open at 06:45" in str(provider.requests[0])


async def test_a_failing_provider_leaves_the_quotes(add, provider, assistant_school):  # noqa: F811
    head = assistant_school.callers["head"]
    await add(head, "handbook.md", HANDBOOK, audience=Audience.PUBLIC)
    settings.cache_clear()
    provider.replies = [status(500, "no")]
    given = await ask(head)
    assert given.written == [] and "close at 07:45" in given.headline()


async def test_inside_a_conversation_nothing_is_written_twice(add, provider, assistant_school):  # noqa: F811
    head = assistant_school.callers["head"]
    await add(head, "handbook.md", HANDBOOK, audience=Audience.PUBLIC)
    settings.cache_clear()
    with texts.by_the_assistant():
        assert (await ask(head)).says
    assert provider.requests == []
