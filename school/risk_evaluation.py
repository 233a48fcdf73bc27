"""How good predictions are on a later session, and whom false alarms fall on."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from school.risk_learning import Matrix
from school.units import Value

BINS = 10
Flags = NDArray[np.bool_]


class Quality(Value):
    """One way to predict, on the session held out."""

    name: str
    pr_auc: float = Field(description="Area under precision and recall; prevalence is what chance gets.")
    roc_auc: float
    f1: float = Field(description="Of flagging as many as the school can help.")
    precision_at_capacity: float
    recall_at_capacity: float
    calibration_error: float | None = Field(description="Expected, over ten bins; null when it gives no probability.")
    brier: float | None


class Bin(Value):
    """Students who were given about the same probability, and how many of them ended badly."""

    predicted: float
    observed: float
    students: int


class GroupErrors(Value):
    """Errors in one group of students; no model sees the group."""

    group: str
    value: str
    students: int
    prevalence: float
    flagged: float = Field(description="Share flagged, 0..1.")
    false_alarms: float | None = Field(description="Share flagged of those who ended well.")
    missed: float | None = Field(description="Share not flagged of those who ended badly.")


def flag(scores: Matrix, cuts: Sequence[str], share: float) -> Flags:
    """The most urgent of each cut, as many as the school can help; ties go to the earlier row."""
    flagged = np.zeros(len(scores), dtype=np.bool_)
    named = np.array(cuts)
    for cut in dict.fromkeys(cuts):
        rows = np.flatnonzero(named == cut)
        most = max(1, round(share * len(rows)))
        flagged[rows[np.argsort(-scores[rows], kind="stable")[:most]]] = True
    return flagged


def quality(name: str, scores: Matrix, y: Matrix, flagged: Flags, *, probabilities: bool = True) -> Quality:
    from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score, roc_auc_score

    def rounded(value: Any) -> float:
        return round(float(value), 4)

    def shares(score: Any) -> Any:
        return score(y, flagged, zero_division=0)

    return Quality(
        name=name, pr_auc=rounded(average_precision_score(y, scores)), roc_auc=rounded(roc_auc_score(y, scores)),
        f1=rounded(shares(f1_score)),
        precision_at_capacity=rounded(shares(precision_score)),
        recall_at_capacity=rounded(shares(recall_score)),
        calibration_error=rounded(calibration_error(bins(scores, y))) if probabilities else None,
        brier=rounded(np.mean((scores - y) ** 2)) if probabilities else None,
    )  # fmt: skip


def bins(probabilities: Matrix, y: Matrix) -> list[Bin]:
    """Ten equal steps of probability; empty ones are left out."""
    places = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    return [
        Bin(predicted=round(float(probabilities[own].mean()), 4), observed=round(float(y[own].mean()), 4), students=int(own.sum()))
        for place in range(BINS) if (own := places == place).any()
    ]  # fmt: skip


def calibration_error(found: Sequence[Bin]) -> float:
    everybody = sum(one.students for one in found)
    return sum(one.students * abs(one.predicted - one.observed) for one in found) / max(1, everybody)


def by_group(groups: Sequence[dict[str, str]], y: Matrix, flagged: Flags) -> list[GroupErrors]:
    """Errors by each group that has students of its own, by name."""
    found: list[GroupErrors] = []
    for group in sorted({key for one in groups for key in one}):
        values = np.array([one.get(group, "not recorded") for one in groups])
        for value in sorted(set(values)):
            own = values == value
            share = _share_of(flagged[own])
            found.append(
                GroupErrors(
                    group=group, value=str(value), students=int(own.sum()), prevalence=round(float(y[own].mean()), 4),
                    flagged=share(np.ones(int(own.sum()), dtype=np.bool_)) or 0.0, false_alarms=share(y[own] == 0),
                    missed=None if (caught := share(y[own] == 1)) is None else round(1 - caught, 4),
                )
            )  # fmt: skip
    return found


def _share_of(flagged: Flags) -> Callable[[Flags], float | None]:
    def share(of: Flags) -> float | None:
        return round(float(flagged[of].mean()), 4) if of.any() else None

    return share
