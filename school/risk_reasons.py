"""Why a model thinks a student is at risk: exact contributions, grouped into reasons in the student's own figures."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from school import risk
from school.risk import Factor, Risk
from school.risk_features import NAMES, Features
from school.risk_learning import Matrix, matrix
from school.risk_models import Serving

SUREST = 99.9
LEAST_SHARE = 4.0
"""Percent of what raises a student's risk below which a reason is not worth naming."""


class _Group(NamedTuple):
    """Features that say one thing to a person; `words` is empty when the student's own figures give no cause."""

    code: str
    features: tuple[str, ...]
    words: Callable[[Features], str]


def _average(f: Features) -> str:
    if f.current_term_average is None:
        return ""
    below = -(f.deviation_from_class_average or 0)
    than = f", {below:.1f} below the class" if below >= 1 else ""
    return f"Term average of {f.current_term_average:.1f}{than}"


def _failing(f: Features) -> str:
    if f.subjects_below_pass:
        return f"Below the pass mark in {f.subjects_below_pass} subject{'s'[: f.subjects_below_pass != 1]}: {', '.join(f.failing[:3])}"
    return f"Weakest subject at {f.worst_subject_score:.0f}" if (f.worst_subject_score or 100) < 50 else ""


def _trend(f: Features) -> str:
    if f.score_trend is not None and f.score_trend <= -1:
        row = f", {f.consecutive_declining_terms} terms in a row" if f.consecutive_declining_terms > 1 else ""
        return f"Average fell by {-f.score_trend:.1f} since the term before{row}"
    if f.declining:
        return f"Falling in {', '.join(f.declining[:3])}"
    rate = f.improvement_rate or 0.0
    return f"Down {-rate:.1f} a term on average" if rate <= -1 else ""


_GROUPS = (
    _Group("average", ("current_term_average", "percentile_in_class", "deviation_from_class_average",
                       "deviation_from_subject_averages", "best_subject_score"), _average),
    _Group("before", ("previous_term_average",),
           lambda f: f"Average of {f.previous_term_average:.1f} the term before" if (f.previous_term_average or 100) < 60 else ""),
    _Group("failing", ("subjects_below_pass", "worst_subject_score"), _failing),
    _Group("missing", ("missing_assessments",),
           lambda f: f"{100 * f.missing_assessments:.0f}% of the work given has no score" if f.missing_assessments >= 0.01 else ""),
    _Group("late", ("late_submissions",),
           lambda f: f"{100 * f.late_submissions:.0f}% of work handed in late" if f.late_submissions >= 0.01 else ""),
    _Group("trend", ("score_trend", "improvement_rate", "consecutive_declining_terms", "subjects_declining"), _trend),
    _Group("attendance", ("attendance_rate",),
           lambda f: f"Attendance of {f.attendance_rate:.0f}%" if f.attendance_rate is not None and f.attendance_rate < 97 else ""),
    _Group("uneven", ("score_volatility",),
           lambda f: f"Uneven: from {f.worst_subject_score:.0f} to {f.best_subject_score:.0f} between subjects"
           if f.worst_subject_score is not None and f.best_subject_score is not None else ""),
    _Group("new", ("terms_enrolled",), lambda f: f"Only {f.terms_enrolled} term{'s'[: f.terms_enrolled != 1]} on record" if f.terms_enrolled <= 3 else ""),
)  # fmt: skip
_COLUMNS = {group.code: [NAMES.index(name) for name in group.features] for group in _GROUPS}


def assess(model: Serving, features: Sequence[Features], pass_percent: float) -> list[Risk]:
    """Probability, level, reasons and what would change it, for each student.

    Shape:  features (n,) -> n risks in the same order. Units: score is a calibrated probability, percent.
    """
    if not features:
        return []
    x = matrix(features)
    contributions = model.trees.contributions(x)
    probabilities = model.trees.probabilities(x)
    changes = _changes(model, features, probabilities, pass_percent)
    return [
        _risk(model, one, float(p), row, change)
        for one, p, row, change in zip(features, probabilities, contributions, changes, strict=True)
    ]


def level(model: Serving, probability: float) -> str:
    """High: among those the school can help. Medium: half as likely as that, and likelier than students are."""
    if probability >= model.threshold:
        return "high"
    return "medium" if probability >= max(model.prevalence, model.threshold / 2) else "low"


def _risk(model: Serving, features: Features, probability: float, row: Matrix, change: str) -> Risk:
    factors = reasons(features, row)
    found = level(model, probability)
    return Risk(
        risk_score=min(SUREST, round(100 * probability, 1)), risk_level=found, contributing_factors=factors, what_would_change_it=change,
        recommendation=risk.recommend(features, found, [factor.code for factor in factors]),
    )  # fmt: skip


def reasons(features: Features, row: Matrix) -> list[Factor]:
    """What raises this student's risk, weightiest first, each as a share of all that raises it.

    Shape:  row (features + 1,) in log-odds, the last the base rate.
    """
    raised = [(float(row[_COLUMNS[group.code]].sum()), group.code, group.words(features)) for group in _GROUPS]
    named = [each for each in raised if each[0] > 0 and each[2]]
    everything = sum(weight for weight, _, _ in named)
    return [
        Factor(factor=words, importance=share, code=code)
        for weight, code, words in sorted(named, reverse=True)
        if (share := round(100 * weight / everything, 1)) >= LEAST_SHARE
    ]


def _better(f: Features, pass_percent: float) -> list[tuple[str, Features]]:
    """The student with one thing put right, by what it is. Figures that hang together move together."""
    found: list[tuple[str, Features]] = []
    if f.missing_assessments > 0 and f.average_of_work_done is not None and f.current_term_average is not None:
        found.append(
            ("all missing work were made up as well as the rest", _moved(f, f.average_of_work_done, missing_assessments=0.0))
        )  # fmt: skip
    if f.failing and f.worst_subject_score is not None:
        update = {"subjects_below_pass": 0, "failing": list[str](), "worst_subject_score": max(pass_percent, f.worst_subject_score)}  # fmt: skip
        found.append(("every failed subject reached the pass mark", f.model_copy(update=update)))
    if f.attendance_rate is not None and f.attendance_rate < 95:
        found.append(("attendance were 95%", f.model_copy(update={"attendance_rate": 95.0})))
    if f.late_submissions > 0:
        found.append(("nothing were handed in late", f.model_copy(update={"late_submissions": 0.0})))
    if f.score_trend is not None and f.score_trend < -1 and f.previous_term_average is not None:
        found.append(("marks were back where they were the term before", _moved(f, f.previous_term_average)))
    return found


def _moved(f: Features, average: float, **also: float) -> Features:
    gain = average - (f.current_term_average or 0.0)
    update: dict[str, float] = {"current_term_average": average, **also}
    for name in ("score_trend", "deviation_from_class_average", "deviation_from_subject_averages", "worst_subject_score",
                 "best_subject_score"):  # fmt: skip
        value = getattr(f, name)
        if value is not None:
            update[name] = min(100.0, value + gain)
    return f.model_copy(update=update)


def _changes(model: Serving, features: Sequence[Features], now: Matrix, pass_percent: float) -> list[str]:
    """For each student the one change that would lower the risk most: worked out by predicting again."""
    tried = [(at, words, after) for at, one in enumerate(features) for words, after in _better(one, pass_percent)]
    best = [("", 0.0)] * len(features)
    if tried:
        then = model.trees.probabilities(matrix([after for _, _, after in tried]))
        for (at, words, _), probability in zip(tried, np.asarray(then), strict=True):
            gain = float(now[at] - probability)
            if gain > max(0.01, best[at][1]):
                best[at] = (
                    f"If {words}, the risk would be {_chance(probability)} instead of {_chance(now[at])}.", gain,
                )  # fmt: skip
    return [words for words, _ in best]


def _chance(probability: float) -> str:
    """In words: nothing is certain."""
    return "over 99%" if probability > 0.99 else "under 1%" if probability < 0.01 else f"{100 * probability:.0f}%"
