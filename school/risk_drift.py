"""Whether this session's students still look like those a model learned on."""

from datetime import datetime
from typing import Any

import numpy as np

from school.risk_features import NAMES
from school.risk_learning import Matrix
from school.risk_models import Drift

STEADY, MOVED = 0.1, 0.25
"""The usual reading of the population stability index."""
_FLOOR = 1e-3


def reference(x: Matrix) -> dict[str, Any]:
    """Deciles of each feature and the share of students in each; features nobody has are left out."""
    found: dict[str, Any] = {}
    for place, name in enumerate(NAMES):
        values = x[:, place][~np.isnan(x[:, place])]
        if len(values):
            edges = np.unique(np.quantile(values, np.linspace(0.1, 0.9, 9)))
            found[name] = {"edges": edges.tolist(), "shares": _shares(values, edges).tolist()}
    return found


def _shares(values: Matrix, edges: Matrix) -> Matrix:
    return np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1) / len(values)


def measure(kept: dict[str, Any], x: Matrix, now: datetime) -> Drift:
    """The index of each feature: 0 is the same, 0.25 and more is another kind of students."""
    index: dict[str, float] = {}
    for place, name in enumerate(NAMES):
        values = x[:, place][~np.isnan(x[:, place])]
        if name in kept and len(values):
            before = np.maximum(np.array(kept[name]["shares"]), _FLOOR)
            after = np.maximum(_shares(values, np.array(kept[name]["edges"])), _FLOOR)
            index[name] = round(float(((after - before) * np.log(after / before)).sum()), 4)
    worst = max(index, key=lambda name: index[name]) if index else ""
    most = index.get(worst, 0.0)
    verdict = "steady" if most < STEADY else "moved" if most < MOVED else "drifted"
    return Drift(looked_at=now, students=len(x), index=index, worst=worst, verdict=verdict)
