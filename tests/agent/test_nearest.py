"""With many capabilities a hosted model sees the nearest ones, finds the others by search, and the planner keeps all."""

import json

from agent import models, nearest
from tests.agent.provider import status
from tests.agent.test_hosted import PHYSICS, hosted
from tools.invoke import offered

__all__ = ["hosted"]
HIDDEN = "show_message_usage"


def _seen(request) -> set[str]:
    """The capabilities a request shows outright, without those a provider keeps until they are searched for."""
    tools = [tool.get("function", tool) | {"later": tool.get("defer_loading", False)} for tool in request["tools"]]
    return {tool["name"] for tool in tools if not tool["later"]} - {"search_tools"}


async def test_it_sees_the_nearest_of_many(hosted, talk):
    made, say = hosted
    made.replies = [say(calls=[PHYSICS]), say(text="Mrs Ngozi Umeadi teaches Physics.")]
    head = talk("head")
    assert len(offered(head.caller)) > nearest.MANY
    await head("who takes physics?")
    assert "find_teachers" in _seen(made.requests[0])
    assert len(_seen(made.requests[0])) <= nearest.SEEN


async def test_it_finds_another_by_search_and_calls_it(hosted, talk):
    made, say = hosted
    search = json.dumps({"queries": ["what did our SMS cost this week"]})
    made.replies = [say(calls=[("search_tools", search)]), say(calls=[(HIDDEN, "{}")]), say(text="Nothing was sent.")]
    answer = await talk("head")("who takes physics?")
    assert HIDDEN not in _seen(made.requests[0])
    assert HIDDEN in str(made.requests[1])
    assert answer.text.strip() == "Nothing was sent."
    assert len(made.requests) == 3


async def test_few_capabilities_are_all_seen(hosted, talk):
    made, say = hosted
    made.replies = [say(text="Hello.")]
    guardian = talk("guardian")
    await guardian("what can the school do for me this year")
    few = offered(guardian.caller)
    assert (_seen(made.requests[0]) == {tool.name for tool in few}) is (len(few) <= nearest.MANY)


async def test_the_planner_in_the_end_has_them_all(hosted, talk):
    made, _ = hosted
    made.replies = [status(500, "oops")]
    answer = await talk("head")("who teaches physics? and what did messages cost this week?")
    assert answer.note == models.FELL_BACK
    assert "Umeadi" in answer.text
