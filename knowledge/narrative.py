"""A class's performance in three or four paragraphs, composed by rule: varied in its words, never in its figures.

Every sentence is chosen by the figures it speaks of; `unknown_figures` proves afterwards that no other figure is in the text.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from random import Random

Choose = Callable[[Sequence[str]], str]


@dataclass(frozen=True)
class Component:
    """One part of the total, and the class's average in it in percent of its maximum."""

    name: str
    average: Decimal


@dataclass(frozen=True)
class Performance:
    """What is known of a class in a subject and term. Totals and averages in percent."""

    class_arm: str
    subject: str
    term: str
    enrolled: int
    scored: int
    average: Decimal
    spread: Decimal
    passed: int
    pass_percent: Decimal
    best: tuple[str, ...]
    highest: Decimal
    lowest: Decimal
    below: tuple[str, ...]
    """Students under the pass mark, weakest first."""
    components: tuple[Component, ...] = ()
    earlier_term: str | None = None
    earlier_average: Decimal | None = None

    @property
    def pass_rate(self) -> Decimal:
        return rounded(Decimal(100 * self.passed) / self.scored)

    @property
    def change(self) -> Decimal | None:
        return None if self.earlier_average is None else rounded(self.average - self.earlier_average)


def rounded(value: Decimal) -> Decimal:
    """To one decimal, half up."""
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def said(value: Decimal | int) -> str:
    """A figure as it stands in the text: one decimal, none when it is whole."""
    text = f"{rounded(Decimal(value))}"
    return text.removesuffix(".0")


def names(people: tuple[str, ...], most: int = 5) -> str:
    """Names in a row; after `most`, how many more."""
    shown = list(people[:most])
    if len(people) > most:
        return f"{', '.join(shown)} and {len(people) - most} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0] if shown else ""


def paragraphs(facts: Performance) -> list[str]:
    """Overall performance, trends, concerns, recommendations.

    Shape:  one Performance with at least one scored student -> 3 or 4 paragraphs.
    Units:  percent, rounded to one decimal.
    """
    seed = int.from_bytes(sha256(f"{facts.class_arm}{facts.subject}{facts.term}".encode()).digest()[:4])
    random = Random(seed)  # noqa: S311 the same class and term read the same each time

    def choose(wordings: Sequence[str]) -> str:
        return random.choice(wordings)

    parts = [_overall(facts, choose), _trends(facts), _concerns(facts, choose), _advice(facts, choose)]
    return [part for part in parts if part]


def _overall(facts: Performance, choose: Choose) -> str:
    rate = facts.pass_rate
    standing = (
        "a strong"
        if facts.average >= 70
        else "a good"
        if facts.average >= 60
        else "a fair"
        if facts.average >= 50
        else "a weak"
    )
    opening = choose((
        f"{facts.class_arm} had {standing} result in {facts.subject} in {facts.term}, with a class average of {said(facts.average)} percent.",
        f"In {facts.term}, {facts.class_arm} reached an average of {said(facts.average)} percent in {facts.subject}, {standing} result.",
        f"The {facts.subject} average of {facts.class_arm} in {facts.term} is {said(facts.average)} percent, {standing} result.",
    ))  # fmt: skip
    everyone = facts.passed == facts.scored
    passes = (
        f"All {facts.scored} students with scores passed."
        if everyone
        else f"Of {facts.scored} students with scores, {facts.passed} passed ({said(rate)} percent), at a pass mark of {said(facts.pass_percent)}."
    )
    missing = facts.enrolled - facts.scored
    absent = (
        f" {missing} of {facts.enrolled} students {'has' if missing == 1 else 'have'} no score yet and {'is' if missing == 1 else 'are'} not counted."
        if missing
        else ""
    )
    top = f" The highest total, {said(facts.highest)} percent, is {names(facts.best)}'s; the lowest is {said(facts.lowest)} percent."
    return opening + " " + passes + absent + top


def _trends(facts: Performance) -> str:
    lines: list[str] = []
    if facts.change is not None and facts.earlier_average is not None:
        way = "rose" if facts.change > 0 else "fell" if facts.change < 0 else ""
        lines.append(
            f"Against {facts.earlier_term}, when the average was {said(facts.earlier_average)} percent, it {way} by {said(abs(facts.change))} points."
            if way
            else f"The average is the same as in {facts.earlier_term}."
        )
    if facts.scored > 1:
        how = "close together" if facts.spread < 10 else "moderately spread" if facts.spread < 18 else "far apart"
        lines.append(f"The totals lie {how}: their standard deviation is {said(facts.spread)} points.")
    if len(facts.components) > 1:
        best, worst = max(facts.components, key=lambda c: c.average), min(facts.components, key=lambda c: c.average)
        if best.average - worst.average >= 5:
            lines.append(
                f"Students did best in {best.name} ({said(best.average)} percent of its marks on average) and least well in "
                f"{worst.name} ({said(worst.average)} percent)."
            )
    return " ".join(lines)


def _concerns(facts: Performance, choose: Choose) -> str:
    if not facts.below:
        return choose((
            "No student with a score is under the pass mark, so there is no pressing concern; the task is to keep the weakest on course.",
            "Nobody with a score fell under the pass mark this term.",
        ))  # fmt: skip
    count = len(facts.below)
    noun = "student is" if count == 1 else "students are"
    return f"{count} {noun} under the pass mark: {names(facts.below)}. " + choose((
        "They need attention before the next assessment.", "A talk with each of them, and with their guardians, is advised.",
    ))  # fmt: skip


def _advice(facts: Performance, choose: Choose) -> str:
    lines: list[str] = []
    if facts.below:
        share = Decimal(len(facts.below)) / facts.scored
        lines.append("Re-teach the main topics to the whole class, for the difficulty is general." if share >= Decimal("0.4")
                     else "Small-group help for the students named above is the first step.")  # fmt: skip
    if len(facts.components) > 1:
        worst = min(facts.components, key=lambda c: c.average)
        lines.append(f"More practice of the kind {worst.name} asks for would help most.")
    if facts.spread >= 18 and facts.scored > 1:
        lines.append("Work at two levels of difficulty would serve a class whose totals lie this far apart.")
    if facts.change is not None and facts.change <= -5:
        lines.append("The fall since last time deserves a look at what changed in teaching or attendance.")
    lines.append(choose((
        "The best students can be asked to explain solutions to others.", "Praise for those who did well should be given in class.",
        "A short test in three weeks would show whether these steps work.",
    )))  # fmt: skip
    return " ".join(lines)


def unknown_figures(text: str, facts: Performance) -> list[str]:
    """Figures in a text about a class that are not among its facts. Words of class, term and people are left out."""
    for phrase in (facts.class_arm, facts.term, facts.earlier_term or "", facts.subject, *facts.best, *facts.below,
                   *(component.name for component in facts.components)):  # fmt: skip
        text = text.replace(phrase, " ") if phrase else text
    known: set[Decimal] = {
        Decimal(facts.enrolled), Decimal(facts.scored), Decimal(facts.passed), Decimal(facts.enrolled - facts.scored),
        Decimal(len(facts.below)), Decimal(max(0, len(facts.below) - 5)), Decimal(max(0, len(facts.best) - 5)), facts.pass_rate,
        *(rounded(v) for v in (facts.average, facts.spread, facts.pass_percent, facts.highest, facts.lowest)),
        *(rounded(component.average) for component in facts.components),
    }  # fmt: skip
    if facts.earlier_average is not None and facts.change is not None:
        known |= {rounded(facts.earlier_average), abs(facts.change)}
    return [figure for figure in re.findall(r"\d+(?:\.\d+)?", text) if Decimal(figure) not in known]
