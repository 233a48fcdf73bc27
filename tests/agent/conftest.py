"""The assistant's tests: a Valkey for the feeds, the planner trained once, and one line to hold a conversation."""

import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import UUID

import pytest

from agent import chat
from agent.chat import Answer
from agent.offline import mentions, planner_file
from agent.offline.intents import Intents
from runtime import redis
from runtime.caller import Caller
from runtime.settings import settings
from tests import postgres
from tests.tiny_school import TinySchool

os.environ.setdefault("SCHOOLOS_MODEL_CACHE", str(Path(__file__).parents[2] / ".schoolos-test" / "cache"))
settings.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def trained() -> Intents:
    """The planner of this registry, trained once and kept between runs."""
    return planner_file.load()


@pytest.fixture
async def assistant_school(school: TinySchool, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TinySchool]:
    """The tiny school with a Valkey, so that turns can be followed."""
    # Not in a thread: the server ends with the thread that started it.
    monkeypatch.setenv("REDIS_URL", postgres.valkey_url())
    settings.cache_clear()
    await redis.forget()
    mentions.forget()
    yield school
    await chat.settle()
    await redis.forget()


class Conversation:
    """A person talking with the assistant in one conversation."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self.id: UUID | None = None

    async def __call__(self, said: str, files: list[str] | None = None) -> Answer:
        answer = await chat.answer(self.caller, said, conversation_id=self.id, file_ids=files)
        self.id = answer.conversation_id
        return answer


Talk = Callable[[str], Conversation]


@pytest.fixture
def talk(assistant_school: TinySchool) -> Talk:
    """Start talking as somebody: `teacher = talk("teacher")`, then `await teacher("Who is absent today?")`."""
    return lambda who: Conversation(assistant_school.callers[who])
