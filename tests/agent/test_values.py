"""Values out of a message: numbers by what they count, forms, options refused, words to pass on."""

from datetime import date

import pytest

from agent.offline.segments import segments
from agent.offline.slot_texts import head_of, points
from agent.offline.slots import fill
from agent.offline.understanding import understand
from tools import load_all

TOOLS = load_all()


def _values(tool: str, text: str) -> dict[str, str]:
    said = understand(text, {}, date(2026, 11, 26), frozenset())
    return {name: value.label for name, value in fill(TOOLS[tool], said, (), set()).args.items()}


@pytest.mark.parametrize(
    ("tool", "said", "values"),
    [
        ("set_assistant_allowance", "Limit the language model to 20 dollars a month", {"dollars_per_month": "20"}),
        ("set_assistant_allowance", "each teacher may use 100000 tokens a day", {"tokens_per_person": "100000"}),
        (
            "set_message_costs",
            "we pay 4 naira for an SMS, and 9 for WhatsApp",
            {"sms_price": "4", "whatsapp_price": "9"},
        ),
        ("set_timetable_setup", "our week has 6 days", {"days_per_week": "6"}),
        ("set_timetable_setup", "periods last 45 minutes", {"period_duration": "45"}),
        ("set_school_details", "our e-mail is now desk@school.example", {"email": "desk@school.example"}),
        ("set_school_details", "use #1144aa as our colour", {"colour": "#1144aa"}),
        ("set_school_details", "change the motto to Light for all", {"motto": "Light for all"}),
        ("set_digest", "unsubscribe me from the weekly summary", {"often": "off"}),
        ("set_digest", "once a week please", {"often": "weekly"}),
        ("set_language", "not English, use Hausa", {"language": "Hausa"}),
        (
            "draft_letter",
            "write a letter to parents about the sports day, saying it starts at 9 am and that children should bring water",
            {"subject": "sports day", "points": "It starts at 9 am; Children should bring water"},
        ),
        (
            "draft_letter",
            "draft a letter to guardians: uniforms are blue; fees are due on Monday",
            {"subject": "Uniforms are blue", "points": "Uniforms are blue; Fees are due on Monday"},
        ),
    ],
)
def test_each_value_goes_where_it_belongs(tool, said, values):
    assert _values(tool, said).items() >= values.items()
    numbers = {
        name for name in _values(tool, said) if any(part in name for part in ("tokens", "dollars", "price", "per_"))
    }
    assert numbers <= set(values), "no number fills what it does not count"


def test_who_is_meant_is_no_message_to_pass_on():
    asked = "the guardians of JSS 2 that did not get the results"
    assert head_of(asked) == asked
    assert head_of("tell the parents that school is closed") == "tell the parents"


def test_a_question_about_what_was_just_asked_is_not_one_of_its_own():
    assert len(segments("how many messages this week and what did they cost?")) == 1
    assert len(segments("who teaches physics in SS 1? and who is absent in SS 1 today?")) == 2


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("School closes on Friday and that pupils return on Wednesday", 2),
        ("1. Bring a hat\n2. Bring water", 2),
        ("Rice and beans are served for lunch", 1),
    ],
)
def test_points_of_a_letter_are_told_apart(said, told):
    assert len(points(said)) == told
