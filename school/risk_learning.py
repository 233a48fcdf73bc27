"""Learning who ends a session badly: gradient-boosted trees, calibrated, and the two baselines they must beat."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from school.risk_features import NAMES, Features, numbers

if TYPE_CHECKING:
    from xgboost import Booster, DMatrix

Matrix = NDArray[np.float64]
SEED, FOLDS, ROUNDS = 20260914, 5, 250
_SETTINGS: dict[str, Any] = {
    "objective": "binary:logistic", "max_depth": 3, "eta": 0.04, "subsample": 0.8, "colsample_bytree": 0.7, "lambda": 3.0,
    "min_child_weight": 4.0, "nthread": 1, "seed": SEED, "tree_method": "hist",
}  # fmt: skip
# More of these is never less risk (1), more of those never more (-1): a better record cannot look worse.
_MORE, _LESS = 1, -1
_DIRECTIONS = {
    "current_term_average": _LESS, "previous_term_average": _LESS, "score_trend": _LESS, "subjects_below_pass": _MORE,
    "subjects_declining": _MORE, "worst_subject_score": _LESS, "best_subject_score": _LESS, "missing_assessments": _MORE,
    "late_submissions": _MORE, "percentile_in_class": _LESS, "deviation_from_class_average": _LESS,
    "deviation_from_subject_averages": _LESS, "improvement_rate": _LESS, "consecutive_declining_terms": _MORE,
    "attendance_rate": _LESS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt's: the log-odds of a margin are `slope * margin + intercept`. One line, so contributions stay exact."""

    slope: float
    intercept: float

    def probabilities(self, margins: Matrix) -> Matrix:
        return 1 / (1 + np.exp(-np.clip(self.slope * margins + self.intercept, -40, 40)))


@dataclass(frozen=True, slots=True)
class Trees:
    """A trained booster and its calibration."""

    booster: "Booster"
    calibration: Calibration

    def probabilities(self, x: Matrix) -> Matrix:
        return self.calibration.probabilities(self.booster.predict(_data(x), output_margin=True))

    def contributions(self, x: Matrix) -> Matrix:
        """Exact TreeSHAP in calibrated log-odds. Shape (students, features + 1); the last column is the base rate."""
        found = self.booster.predict(_data(x), pred_contribs=True) * self.calibration.slope
        found[:, -1] += self.calibration.intercept
        return np.asarray(found, dtype=np.float64)


def matrix(features: Sequence[Features]) -> Matrix:
    """Shape (students, features), in the order of `NAMES`; NaN where the record does not say."""
    return np.array([numbers(one) for one in features], dtype=np.float64).reshape(len(features), len(NAMES))


def _data(x: Matrix, y: Matrix | None = None) -> "DMatrix":
    import xgboost

    return xgboost.DMatrix(x, label=y, feature_names=list(NAMES), nthread=1)


def learn(x: Matrix, y: Matrix, students: Sequence[UUID]) -> Trees:
    """Fit the trees, and calibrate them on students they have not seen, which takes the weight back out again."""
    return Trees(_boost(x, y), _calibrated(x, y, students, lambda a, b: _boost(a, b), _margins))


def _boost(x: Matrix, y: Matrix) -> "Booster":
    import xgboost

    weight = math.sqrt((len(y) - y.sum()) / max(1.0, y.sum()))  # the few weigh more, but not as much as all others
    constraints = "(" + ",".join(str(_DIRECTIONS.get(name, 0)) for name in NAMES) + ")"
    settings = _SETTINGS | {"scale_pos_weight": weight, "monotone_constraints": constraints}
    return xgboost.train(settings, _data(x, y), num_boost_round=ROUNDS)


def _margins(booster: "Booster", x: Matrix) -> Matrix:
    return np.asarray(booster.predict(_data(x), output_margin=True), dtype=np.float64)


def _calibrated(
    x: Matrix, y: Matrix, students: Sequence[UUID], fit: Callable[[Matrix, Matrix], Any],
    margins: Callable[[Any, Matrix], Matrix],
) -> Calibration:  # fmt: skip
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedGroupKFold

    unseen = np.zeros(len(y))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for learn_on, judge_on in folds.split(x, y, [str(student) for student in students]):
        unseen[judge_on] = margins(fit(x[learn_on], y[learn_on]), x[judge_on])
    line = LogisticRegression(C=1e6).fit(unseen.reshape(-1, 1), y)
    return Calibration(max(0.01, float(line.coef_[0][0])), float(line.intercept_[0]))


Judged = Callable[[Matrix], Matrix]


def average_alone(x: Matrix, y: Matrix, students: Sequence[UUID]) -> Judged:
    """The first baseline: the newest average and nothing else; without one, nothing was earned."""
    column = [NAMES.index("current_term_average")]
    return _linear(np.nan_to_num(x[:, column]), y, students, lambda x: np.nan_to_num(x[:, column]))


def logistic(x: Matrix, y: Matrix, students: Sequence[UUID]) -> Judged:
    """The second baseline: logistic regression on all features, medians where the record does not say."""
    medians = np.nan_to_num(np.nanmedian(np.where(np.isnan(x).all(axis=0), 0.0, x), axis=0))

    def filled(x: Matrix) -> Matrix:
        return np.where(np.isnan(x), medians, x)

    return _linear(filled(x), y, students, filled)


def _linear(x: Matrix, y: Matrix, students: Sequence[UUID], prepare: Callable[[Matrix], Matrix]) -> Judged:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    def fit(x: Matrix, y: Matrix) -> Any:
        return make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced", max_iter=2000)).fit(x, y)

    def margins(model: Any, x: Matrix) -> Matrix:
        return np.asarray(model.decision_function(x), dtype=np.float64)

    model, calibration = fit(x, y), _calibrated(x, y, students, fit, margins)
    return lambda x: calibration.probabilities(margins(model, prepare(x)))
