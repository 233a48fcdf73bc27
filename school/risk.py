"""Who needs help, by rule: points for what the record shows, each with the student's own figures in words.

This is the rule-based baseline a school has from its first term. It ranks and explains; it is no probability.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple
from uuid import UUID

from pydantic import Field

from school.risk_features import Features
from school.units import Value

HIGH, MEDIUM = 70.0, 40.0
"""Points from which a student counts as at high and at medium risk."""
METHOD = (
    "Rule-based: points for a low average, failed subjects, missing work, falling marks and absence. It ranks students and"
    " names reasons; it is not a probability, and it was not trained on this school."
)


class Factor(Value):
    factor: str = Field(description="The reason in words, with the student's own figures.")
    importance: float = Field(description="Share of all that raises the student's risk, percent.")
    code: str


class Risk(Value):
    """For staff only."""

    risk_score: float = Field(description="0..100: points by the rule, a calibrated probability in percent by a model.")
    risk_level: str = Field(description="high, medium or low.")
    contributing_factors: list[Factor]
    recommendation: str
    what_would_change_it: str


class _Rule(NamedTuple):
    code: str
    points: Callable[[Features, float], float]
    words: Callable[[Features], str]


def _upto(value: float, most: float) -> float:
    return max(0.0, min(value, most))


_RULES = (
    _Rule("average", lambda f, p: _upto((p + 15 - f.current_term_average) * 1.8, 45) if f.current_term_average is not None else 0,
          lambda f: f"Term average of {f.current_term_average:.1f}"),
    _Rule("failing", lambda f, p: _upto(6.0 * f.subjects_below_pass, 25),
          lambda f: f"Below the pass mark in {f.subjects_below_pass} subject{'s'[: f.subjects_below_pass != 1]}: {', '.join(f.failing[:3])}"),
    _Rule("missing", lambda f, p: _upto(60 * f.missing_assessments, 15 if f.current_term_average is not None else 60),
          lambda f: f"{100 * f.missing_assessments:.0f}% of the work given has no score"),
    _Rule("late", lambda f, p: _upto(30 * f.late_submissions, 5), lambda f: f"{100 * f.late_submissions:.0f}% of work handed in late"),
    _Rule("trend", lambda f, p: _upto(-(f.score_trend or 0), 8) + _upto(2.0 * (f.consecutive_declining_terms - 1), 4),
          lambda f: f"Average fell by {-(f.score_trend or 0):.1f} since the term before"
          + (f", {f.consecutive_declining_terms} terms in a row" if f.consecutive_declining_terms > 1 else "")),
    _Rule("attendance", lambda f, p: _upto((90 - f.attendance_rate) / 2 if f.attendance_rate is not None else 0, 10),
          lambda f: f"Attendance of {f.attendance_rate:.0f}%"),
)  # fmt: skip


def assess(features: Features, pass_percent: float) -> Risk:
    """The points of one student, the reasons in order of weight, and what to do. A reason without points is not named."""
    found = [(rule, rule.points(features, pass_percent)) for rule in _RULES]
    total = min(100.0, sum(points for _, points in found))
    weighty = sorted(((rule, points) for rule, points in found if points > 0.5), key=lambda pair: -pair[1])
    level = "high" if total >= HIGH else "medium" if total >= MEDIUM else "low"
    factors = [
        Factor(factor=rule.words(features), importance=round(100 * points / total, 1), code=rule.code)
        for rule, points in weighty
    ]
    codes = [rule.code for rule, _ in weighty]
    return Risk(
        risk_score=round(total, 1), risk_level=level, contributing_factors=factors,
        recommendation=recommend(features, level, codes), what_would_change_it=_change(features, pass_percent, total, found),
    )  # fmt: skip


def recommend(features: Features, level: str, codes: Sequence[str]) -> str:
    """What to do about a student's reasons, in plain steps."""
    steps: list[str] = []
    if level == "high":
        steps.append("Meet the guardians.")
    if "failing" in codes and features.failing:
        steps.append(f"Arrange extra lessons in {', '.join(features.failing[:3])}.")
    if "missing" in codes:
        steps.append("Find out why work is missing and let it be made up.")
    if "attendance" in codes:
        steps.append("Ask about the absences.")
    if "trend" in codes and "failing" not in codes:
        steps.append("Talk to the student about what changed.")
    if not steps and level != "low":
        steps.append("Talk to the student about how the term goes.")
    return " ".join(steps) or "No step is needed now."


def _change(features: Features, pass_percent: float, total: float, found: list[tuple[_Rule, float]]) -> str:
    """The single change that would take most points off: worked out by scoring the student again."""
    better = {
        "missing": ("all assessments were recorded", {"missing_assessments": 0.0}),
        "failing": ("the failed subjects were passed", {"subjects_below_pass": 0, "failing": list[str]()}),
        "attendance": ("attendance were 95%", {"attendance_rate": 95.0}),
    }
    gains: list[tuple[float, str]] = []
    for code, (words, update) in better.items():
        after = features.model_copy(update=update)
        gain = sum(points - rule.points(after, pass_percent) for rule, points in found if rule.code == code)
        if gain > 0.5:
            gains.append((gain, words))
    if not gains:
        return ""
    gain, words = max(gains)
    return f"If {words}, the score would be {max(0.0, total - gain):.0f} instead of {total:.0f}."


class ClassHealth(Value):
    average_risk_score: float | None
    high_risk_count: int
    medium_risk_count: int
    low_risk_count: int


def health(risks: dict[UUID, Risk]) -> ClassHealth:
    """A class in figures. Students without a score count nowhere."""
    levels = [risk.risk_level for risk in risks.values()]
    scores = [risk.risk_score for risk in risks.values()]
    return ClassHealth(
        average_risk_score=round(sum(scores) / len(scores), 1) if scores else None, high_risk_count=levels.count("high"),
        medium_risk_count=levels.count("medium"), low_risk_count=levels.count("low"),
    )  # fmt: skip
