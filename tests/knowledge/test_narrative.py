"""Whatever the figures are, the paragraphs say them right and say no others."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.narrative import Component, Performance, paragraphs, unknown_figures

percent = st.integers(0, 10_000).map(lambda n: Decimal(n) / 100)


@st.composite
def performances(draw):
    totals = sorted(draw(st.lists(percent, min_size=1, max_size=30)))
    mark = Decimal(draw(st.sampled_from([40, 45, 50])))
    below = tuple(f"Student {chr(65 + at % 26)}" for at, total in enumerate(totals) if total < mark)
    mean = sum(totals, Decimal(0)) / len(totals)
    earlier = draw(st.none() | percent)
    return Performance(
        class_arm="JSS 2 Ruby", subject="Mathematics", term="Second Term 2026/2027", enrolled=len(totals) + draw(st.integers(0, 5)),
        scored=len(totals), average=mean, spread=(sum(((t - mean) ** 2 for t in totals), Decimal(0)) / len(totals)).sqrt(),
        passed=len(totals) - len(below), pass_percent=mark, best=("Ada Okonjo",), highest=totals[-1], lowest=totals[0], below=below,
        components=(Component("CA 1", draw(percent)), Component("Exam", draw(percent))),
        earlier_term="First Term 2026/2027" if earlier is not None else None, earlier_average=earlier,
    )  # fmt: skip


@given(performances())
def test_every_figure_is_one_of_the_facts_and_the_words_fit_them(facts):
    told = paragraphs(facts)
    text = " ".join(told)
    assert 3 <= len(told) <= 4
    assert unknown_figures(text, facts) == []
    assert ("under the pass mark: " in text) == bool(facts.below)
    if facts.change is not None:
        assert (" rose by " in text) == (facts.change > 0) and (" fell by " in text) == (facts.change < 0)
    assert ("no score yet" in text) == (facts.enrolled > facts.scored)
    assert ("All " in told[0]) == (facts.passed == facts.scored)


@pytest.mark.parametrize("figure", ["91", "47.3", "12"])
def test_a_figure_of_nobody_is_caught(figure):
    facts = Performance(
        "JSS 2 Ruby", "Mathematics", "First Term", 30, 28, Decimal("61.4"), Decimal("11.2"), 25, Decimal(40), ("Ada Okonjo",),
        Decimal(88), Decimal("31.5"), ("Musa Garba", "Efe Omoregie", "Tunde Afolayan"),
    )  # fmt: skip
    assert unknown_figures(" ".join(paragraphs(facts)), facts) == []
    assert unknown_figures(f"JSS 2 Ruby did well: {figure} percent.", facts) == [figure]


def test_two_classes_do_not_read_alike():
    common = (
        30,
        28,
        Decimal("61.4"),
        Decimal("11.2"),
        28,
        Decimal(40),
        ("Ada Okonjo",),
        Decimal(88),
        Decimal("41.5"),
        (),
    )
    openings = {
        paragraphs(Performance(name, "Mathematics", "First Term", *common))[0].replace(name, "")
        for name in map(str, "ABCDEFGH")
    }
    assert len(openings) >= 3
