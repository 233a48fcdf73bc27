"""Templates: what they may do, and what they may not."""

import pytest

from runtime.errors import InvalidInput
from school import wording
from school.messages import names, render
from school.notifications import Channel, EventType
from school.wording import SAMPLE_FACTS, Wording


@pytest.mark.parametrize("event_type", list(EventType))
@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("language", ["en", "fr", "sw"])
def test_every_event_has_words_on_every_channel(event_type: EventType, channel: Channel, language: str) -> None:
    subject, text = render(wording.default(event_type, channel, language), SAMPLE_FACTS)
    assert text
    assert "{" not in subject + text


@pytest.mark.parametrize(
    "body",
    [
        "{{ school.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ 'a' * 999999999 }}",
        "{{ '%0999999999d' % 1 }}",
        "{% for i in range(999999999) %}x{% endfor %}",
        "{{ students.append('x') }}",
        "{{ lipsum }}",
        "{% include 'x' %}",
        "{{ unknown_fact }}",
        "{% if %}",
        "{{ day | attr('x') }}",
    ],
)
def test_a_template_cannot_reach_out(body: str) -> None:
    with pytest.raises(InvalidInput):
        render(Wording("", body), SAMPLE_FACTS)
    assert render(Wording("", "{{ school }}"), SAMPLE_FACTS) == ("", "Hillcrest Academy")


def test_names_are_listed_the_way_people_do() -> None:
    assert names([]) == ""
    assert names(["Ada"]) == "Ada"
    assert names(["Ada", "Uche"]) == "Ada and Uche"
    assert names(["Ada", "Uche", "Bisi"]) == "Ada, Uche and Bisi"
