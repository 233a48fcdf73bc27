"""What is refused of questions that have an answer and of those that have none, at every threshold."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from sklearn.metrics import roc_auc_score

from knowledge.evidence import ENOUGH

WRONGLY = (0.01, 0.02, 0.03, 0.05, 0.07, 0.10)


@dataclass
class Refusals:
    """The strength of evidence for each question asked."""

    answerable: dict[str, float] = field(default_factory=dict[str, float])
    unanswerable: dict[str, float] = field(default_factory=dict[str, float])

    def lines(self) -> Iterator[str]:
        """The threshold in use, on each half of the questions, and the curve over all of them."""
        least = ENOUGH
        if not self.unanswerable:
            yield f"answerable questions refused: {_share(self.answerable, least):.1%}"
            return
        yield f"threshold {least:.3f} | wrongly refused | rightly refused | AUROC"
        for name, half in (("half it was set on", 0), ("half held out", 1), ("all", None)):
            yes, no = _half(self.answerable, half), _half(self.unanswerable, half)
            area = roc_auc_score([1] * len(yes) + [0] * len(no), [*yes.values(), *no.values()])
            yield f"{name} ({len(yes)}+{len(no)}) | {_share(yes, least):.1%} | {_share(no, least):.1%} | {area:.3f}"
        yield "curve: " + ", ".join(
            f"{wrong:.0%} wrongly, {_share(self.unanswerable, float(cut)):.0%} rightly (from {cut:.3f})"
            for wrong, cut in zip(WRONGLY, np.quantile(list(self.answerable.values()), WRONGLY), strict=True)
        )


def _half(asked: dict[str, float], half: int | None) -> dict[str, float]:
    return {text: value for text, value in asked.items() if half in (None, _side(text))}


def _side(text: str) -> int:
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(), 16) % 2


def _share(asked: dict[str, float], least: float) -> float:
    return sum(value < least for value in asked.values()) / len(asked) if asked else 0.0
