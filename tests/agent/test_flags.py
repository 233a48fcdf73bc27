"""A flag of a request is set by its own words, and by none of the words that are only to be passed on."""

from datetime import date

import pytest

from agent.offline.slots import fill
from agent.offline.understanding import understand
from tools import load_all

TODAY = date(2026, 11, 26)


def args_of(tool: str, said: str) -> dict[str, object]:
    filled = fill(load_all()[tool], understand(said, {}, TODAY, frozenset()), (), set())
    return {name: value.value for name, value in filled.args.items()}


@pytest.mark.parametrize(
    ("said", "flags"),
    [
        ("Tell JSS 2 Ruby parents that school closes at noon", set()),
        ("send SMS to JSS 1 parents saying the whole school and all staff are urgent", set()),
        ("Message all staff: meeting at noon", {"to_staff"}),
        ("announce to the whole school: founder's day is on the 12th", {"whole_school"}),
        ("inform all parents that there is a test", {"whole_school"}),
        ("send an urgent message to teachers: come now", {"to_staff", "urgent"}),
    ],
)
def test_a_notice_goes_to_nobody_who_was_not_named(said, flags):
    found = args_of("send_notice", said)
    assert {name for name in ("to_staff", "whole_school", "urgent") if found.get(name)} == flags
    assert "title" not in found


@pytest.mark.parametrize(
    ("tool", "said", "name", "value"),
    [
        ("set_report_options", "hide positions on the report cards", "show_positions", False),
        ("set_report_options", "show the trend on report cards", "show_trend", True),
        ("set_webhook", "turn the webhook off", "enabled", False),
        ("set_webhook", "enable the webhook again", "enabled", True),
        ("lock_lessons", "unlock the maths lessons", "locked", False),
        ("find_owing", "overdue fees", "overdue", True),
    ],
)
def test_what_is_switched_off_is_unset(tool, said, name, value):
    assert args_of(tool, said)[name] is value


def test_a_message_on_any_channel_chooses_none():
    assert "channel" not in args_of("send_notice", "message all staff: meeting at noon")
    assert args_of("send_notice", "text all staff: meeting at noon")["channel"] == "sms"


@pytest.mark.parametrize(
    ("said", "topic", "mix"),
    [
        ("Generate 5 questions on simple interest for JSS 2 mathematics", "simple interest", None),
        ("Give me 5 hard multiple choice questions on laws of indices", "laws of indices", {"multiple_choice": 5}),
        ("Set 4 multiple choice and 2 structured questions on sets", "sets", {"multiple_choice": 4, "structured": 2}),
        ("Make multiple-choice questions about sets in JSS 1.", "sets", {"multiple_choice": 1}),
    ],
)
def test_a_paper_is_on_its_topic_and_has_only_kinds_there_are(said, topic, mix):
    filled = args_of("generate_questions", said)
    assert (filled["topic"], filled.get("mix")) == (topic, mix)
    assert " 5 " not in said or filled["count"] == 5
