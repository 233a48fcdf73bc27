"""Hosted models through their real clients against a local server: the good paths, and every way a provider fails."""

import pytest

from agent import models
from evals import hosted as scored
from evals.cases import Utterance
from evals.routing import right_tool, wrong_arguments
from runtime.settings import settings
from tests.agent.provider import KINDS, in_front, openai, silence, status

PHYSICS = ("find_teachers", '{"subject": "physics"}')


@pytest.fixture(params=sorted(KINDS))
async def hosted(request, talk, monkeypatch):
    """A provider of one kind in front of the planner, its replies to be filled in, and how it says things."""
    async with in_front(request.param, monkeypatch) as made:
        yield made, KINDS[request.param][1]


async def test_it_calls_a_tool_and_answers_in_its_own_words(hosted, talk):
    made, say = hosted
    made.replies = [say(calls=[PHYSICS]), say(text="Mrs Ngozi Umeadi teaches Physics.")]
    answer = await talk("head")("who takes physics?")
    assert answer.text.strip() == "Mrs Ngozi Umeadi teaches Physics."
    assert answer.note is None
    assert len(answer.blocks) >= 0
    assert len(made.requests) == 2


async def test_parallel_calls_run_and_both_results_go_back(hosted, talk):
    made, say = hosted
    made.replies = [
        say(calls=[PHYSICS, ("show_class", '{"class_arm": "JSS 2 Ruby"}')]),
        say(text="Here is what you asked for."),
    ]
    answer = await talk("head")("physics teacher, and JSS 2 Ruby")
    assert answer.text.strip() == "Here is what you asked for."
    sent = str(made.requests[1])
    assert "Umeadi" in sent
    assert "JSS 2 Ruby" in sent


async def test_a_change_stops_at_its_preview(hosted, talk):
    made, say = hosted
    made.replies = [say(calls=[("mark_attendance", '{"class_arm": "JSS 2 Ruby", "absent": ["Tunde"]}')])]
    answer = await talk("teacher")("Tunde is not here")
    assert answer.status == "waiting"
    assert len(answer.approvals) == 1


async def test_malformed_arguments_are_sent_back_once_and_mended(hosted, talk):
    made, say = hosted
    made.replies = [
        say(calls=[("show_class", '{"klass": "JSS 2 Ruby"}')]),
        say(calls=[("show_class", '{"class_arm": "JSS 2 Ruby"}')]),
        say(text="JSS 2 Ruby it is."),
    ]
    answer = await talk("head")("show me the class")
    assert answer.text.strip() == "JSS 2 Ruby it is."
    assert len(made.requests) == 3


@pytest.mark.parametrize(
    "failure",
    [status(429, "slow down", retry_after="30"), status(500, "oops"), status(529, "overloaded"), status(401, "bad key"),
     status(403, "no quota"), silence(5)],
    ids=["429", "500", "529", "401", "403", "silence"],
)  # fmt: skip
async def test_a_failing_provider_means_an_answer_by_the_planner_with_a_note(hosted, talk, failure):
    made, _ = hosted
    made.replies = [failure]
    answer = await talk("head")("who teaches physics?")
    assert "Umeadi" in answer.text
    assert answer.note == models.FELL_BACK
    assert answer.status == "done"
    assert len(made.requests) == 1, "the person waits once for a provider that fails"


@pytest.mark.filterwarnings("ignore:.*:pydantic_ai._warnings.UsageLimitUnavailableWarning")
async def test_a_connection_lost_in_the_middle_is_answered_by_the_planner(hosted, talk):
    made, say = hosted
    made.replies = [say(text="Let me look for that teacher of physics in the list", cut=True)]
    answer = await talk("head")("who teaches physics?")
    assert "Umeadi" in answer.text
    assert answer.note == models.FELL_BACK


async def test_lost_after_a_call_the_result_is_still_told(hosted, talk):
    made, say = hosted
    made.replies = [say(calls=[PHYSICS]), status(503, "gone")]
    answer = await talk("head")("who teaches physics?")
    assert "Umeadi" in answer.text
    assert answer.note == models.FELL_BACK


async def test_a_refusal_is_shown_as_it_is(hosted, talk):
    made, say = hosted
    made.replies = [say(text="I cannot help with that.")]
    answer = await talk("head")("play the trombone")
    assert answer.text.strip() == "I cannot help with that."


async def test_history_is_the_servers_and_names_the_attached_files(hosted, talk):
    made, say = hosted
    made.replies = [say(text="Hello."), say(text="Again.")]
    head = talk("head")
    await head("first words")
    await head("second words")
    assert "first words" in str(made.requests[1])


def test_a_model_without_a_key_is_skipped(monkeypatch, trained):
    monkeypatch.setenv("SCHOOLOS_MODEL", "anthropic:claude-sonnet-4-5,nonsense")
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    settings.cache_clear()
    models.forget()
    assert models.hosted_models() == []
    settings.cache_clear()
    models.forget()


async def test_what_stays_the_same_is_marked_for_the_providers_cache(hosted, talk):
    made, say = hosted
    made.replies = [say(text="Good morning.")]
    await talk("head")("good morning to you all")
    sent = made.requests[0]
    if say is openai:
        assert sent["prompt_cache_key"] == "schoolos"
    else:
        assert sent["tools"][-1]["cache_control"] == {"type": "ephemeral", "ttl": "5m"}


async def test_the_evals_score_a_hosted_model_by_what_it_calls(hosted, talk, assistant_school):
    made, say = hosted
    made.replies = [
        say(calls=[("find_teachers", '{"subject": "Physics"}')]),
        say(text="Mrs Ngozi Umeadi teaches Physics."),
    ]
    asked = Utterance("find_teachers", "head", "who takes physics?", {"subject": "Physics"})
    got = await scored.route(assistant_school.callers, asked)
    assert right_tool(asked, got)
    assert wrong_arguments(asked, got) == []
