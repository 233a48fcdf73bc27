"""What a hosted model wrote is kept only where the sources say it."""

import pytest

from knowledge.writing import cited, kept, reworded, supports

GATES = "Gates open at 06:45 and close at 07:45. Mrs Ngozi Bello keeps the late book. Phones are not allowed in class."


@pytest.mark.parametrize(
    "said",
    ["The gates open at 06:45 and are closed at 07:45.", "Phones are not allowed in class.", "The late book is kept by Mrs Ngozi Bello."],
)  # fmt: skip
def test_a_faithful_sentence_is_supported(said):
    assert supports(GATES, said)


@pytest.mark.parametrize(
    "said",
    ["The gates open at 06:45 and close at 08:45.", "Phones are allowed in class.", "The late book is kept by Mr Tunde Ade.",
     "The gates are painted green every year by the prefects.", "Students bring lunch from home."],
)  # fmt: skip
def test_another_figure_name_denial_or_claim_is_not(said):
    assert not supports(GATES, said)


def test_a_change_of_direction_is_not_supported():
    source = "The class average rose by 4 points against the first term."
    assert supports(source, "Against the first term the class average increased by 4 points.")
    assert not supports(source, "Against the first term the class average fell by 4 points.")


def test_sentences_are_read_with_their_sources_and_those_without_any_are_dropped():
    text = "Gates close at 07:45. [1] Phones are not allowed in class [1]. Gates open at 06:45."
    assert [sources for _, sources in cited(text)] == [[0], [0], []]
    assert [said for said, _ in kept(text, [GATES])] == ["Gates close at 07:45.", "Phones are not allowed in class."]
    assert kept("Gates close at 07:45 [7].", [GATES]) == []


def test_a_paragraph_that_says_something_else_keeps_its_own_words():
    old = ["The average is 61.5 percent.", "2 students are under the pass mark: Ada and Tunde."]
    good = "An average of 61.5 percent is the result."
    assert reworded(f"{good}\n\n3 students are under the pass mark: Ada and Tunde.", old) == [good, old[1]]
    assert reworded("One paragraph only.", old) == old
