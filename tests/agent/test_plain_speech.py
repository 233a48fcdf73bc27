"""Everyday sentences that were once misread: names nobody bears, "how about ...", messages a person no longer wants."""

import pytest

from agent.offline.segments import segments


async def test_a_name_nobody_bears_is_never_left_out_of_a_register(talk):
    answer = await talk("teacher")("everybody in JSS 2 Ruby is present except Zebulon")
    assert "Zebulon" in answer.text
    assert answer.approvals == []


async def test_an_unknown_name_beside_a_known_one_is_not_left_out(talk):
    answer = await talk("teacher")("Ada and Zebulon are absent in JSS 2 Ruby today")
    assert "Zebulon" in answer.text
    assert answer.approvals == []


@pytest.mark.parametrize("said", ["stop sending me fee reminders", "I don't want any more fee messages"])
async def test_a_guardian_who_wants_no_more_messages_speaks_of_their_own(said, talk):
    answer = await talk("guardian")(said)
    assert "Your role does not include" not in answer.text
    assert "channel" in answer.text


async def test_what_another_role_does_is_refused_with_whom_to_ask(talk):
    answer = await talk("guardian")("mark my son absent today")
    assert "The school office can help" in answer.text


async def test_of_several_who_owe_no_payment_takes_the_first_unasked(talk):
    bursar = talk("bursar")
    await bursar("who owes fees?")
    answer = await bursar("record a payment of 3000 by transfer today")
    assert answer.approvals == []


async def test_who_is_asked_and_what_was_dropped_are_answered_briefly(talk):
    anybody = talk("teacher")
    assert "assistant" in (await anybody("who are you?")).text
    assert (await anybody("never mind")).text == "All right, I left it."


async def test_two_answers_in_one_are_two_paragraphs(talk):
    answer = await talk("head")("who teaches physics? also play the trombone")
    assert "\n\nI cannot help with that" in answer.text


def test_a_lone_why_is_no_request_of_its_own():
    assert segments("show how many messages failed yesterday and why") == [
        "show how many messages failed yesterday and why"
    ]
