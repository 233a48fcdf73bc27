"""Training a school's model: learn on earlier sessions, judge on the last, serve only what is better and not worse."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import select

from runtime.transaction import Tx
from school import calendar, risk, risk_drift, risk_features, risk_models, risk_outcomes, runs
from school.calendar import Term
from school.risk_evaluation import Quality, bins, by_group, flag, quality
from school.risk_features import NAMES, Features
from school.risk_learning import Matrix, Trees, average_alone, learn, logistic, matrix
from school.risk_models import Card, RiskModel
from school.risk_outcomes import Example
from school.runs import RunRow

KIND = "risk.train"
TREES, AVERAGE, LOGISTIC, RULE = "XGBoost", "Last average alone", "Logistic regression", "Rule"
CAPACITY_SHARE = 0.1
"""Of the students enrolled, when nobody said how many the school can help."""
NEVER_USED = ["gender", "religion", "address", "fees", "name", "age", "guardian"]
LIMITS = [
    "It learned from this school alone; at another school its probabilities would be wrong.",
    "It sees only what is recorded: a sheet not yet entered is not seen, and it knows nothing of a student's life.",
    "A high probability is a reason to look and to help, never a reason for a mark, a place or a punishment.",
    "A student helped in time may do well: that is a success of the help and looks like a false alarm.",
]

Report = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Trained:
    """A model as judged and as it would serve."""

    served: Trees
    card: Card
    reference: dict[str, Any]
    beats: bool
    holdout: tuple[Matrix, Matrix]


def _arrays(part: Sequence[Example]) -> tuple[Matrix, Matrix, list[UUID]]:
    outcomes = np.array([float(example.failed) for example in part])
    return matrix([example.features for example in part]), outcomes, [example.student_id for example in part]


def train(found: list[Example], capacity: int, share: float, pass_percent: float = 40.0) -> Trained:
    """Learn, judge against the rule and both baselines on the last session, then learn again on everything.

    Units:  capacity in students; share 0..1 is the same as a share of each cut. Errors: too_little_history.
    """
    began = time.perf_counter()
    earlier, last = risk_outcomes.split(found)
    x, y, students = _arrays(earlier)
    held, truth, _ = _arrays(last)
    scores: dict[str, Matrix] = {
        RULE: np.array([risk.assess(example.features, pass_percent).risk_score for example in last]),
        AVERAGE: average_alone(x, y, students)(held), LOGISTIC: logistic(x, y, students)(held),
        TREES: learn(x, y, students).probabilities(held),
    }  # fmt: skip
    cuts = [example.cut for example in last]
    qualities = _qualities(scores, truth, cuts, share)
    by_cut = {cut: _qualities(scores, truth, cuts, share, only=cut) for cut in dict.fromkeys(cuts)}
    everything, outcomes, everybody = _arrays(found)
    served = learn(everything, outcomes, everybody)
    beats, decision = _compare(qualities)
    import xgboost

    card = Card(
        algorithm=TREES, outcome=risk_outcomes.OUTCOME, learned_on=list(dict.fromkeys(e.session for e in earlier)),
        judged_on=last[0].session, served_from=list(dict.fromkeys(e.session for e in found)), students=len(set(everybody)),
        examples=len(found), prevalence=round(float(truth.mean()), 4), capacity=capacity, capacity_share=round(share, 4),
        qualities=qualities, by_cut=by_cut, calibration=bins(scores[TREES], truth),
        groups=by_group([e.groups for e in last], truth, flag(scores[TREES], cuts, share)), features=list(NAMES),
        never_used=NEVER_USED, decision=decision, limits=LIMITS, seconds=round(time.perf_counter() - began, 1),
        software=f"xgboost {xgboost.__version__}",
    )  # fmt: skip
    return Trained(served, card, risk_drift.reference(everything), beats, (held, truth))


def _qualities(
    scores: dict[str, Matrix], truth: Matrix, cuts: Sequence[str], share: float, only: str | None = None
) -> list[Quality]:
    rows = np.array([only is None or cut == only for cut in cuts])
    return [
        quality(name, each[rows], truth[rows], flag(each, cuts, share)[rows], probabilities=name != RULE)
        for name, each in scores.items()
    ]


def _compare(qualities: Sequence[Quality]) -> tuple[bool, str]:
    """Whether the trees beat both baselines, in words."""
    by_name = {each.name: each.pr_auc for each in qualities}
    own, best = by_name[TREES], max((AVERAGE, LOGISTIC), key=lambda name: by_name[name])
    figures = f"PR-AUC {own:.3f} against {by_name[best]:.3f} of {best.lower()}, the better baseline"
    beats = own > by_name[best]
    return beats, f"{'Better' if beats else 'Not better'} than both baselines: {figures}."


async def run(tx: Tx, capacity: int | None, report: Report) -> dict[str, Any]:
    """Train for this school and keep the version. It serves when it beats both baselines and is not worse than the
    model that serves.

    Errors: too_little_history, not_allowed.
    """
    await report("Reading past sessions")
    found = await risk_outcomes.examples(tx)
    term = await calendar.current_term(tx)
    now = await risk_features.as_of(tx, term.session_id, tx.today)
    helped, share = _capacity(capacity, len(now) or len({example.student_id for example in found}))
    await report(f"Learning from {len(found):,} examples")
    trained = await asyncio.to_thread(train, found, helped, share)
    serves, decision = await _decide(tx, trained)
    card = trained.card.model_copy(update={"decision": decision})
    threshold = await asyncio.to_thread(threshold_of, trained.served, list(now.values()), helped)
    row = await risk_models.keep(tx, trained.served, card, threshold, trained.reference, serves=serves)
    if now:
        x = matrix(list(now.values()))
        row.drift = risk_drift.measure(trained.reference, x, tx.now).model_dump(mode="json")
    return {"version": row.version, "serves": serves, "decision": decision}


def _capacity(asked: int | None, students: int) -> tuple[int, float]:
    helped = min(asked or max(1, round(CAPACITY_SHARE * students)), max(1, students))
    return helped, helped / max(1, students)


async def _decide(tx: Tx, trained: Trained) -> tuple[bool, str]:
    """Compare with the model that serves, on a session neither has learned from."""
    said = trained.card.decision
    row = await risk_models.serving_row(tx)
    if not trained.beats or row is None:
        return trained.beats, f"{said} {'It serves.' if trained.beats else 'It does not serve.'}"
    before = Card.model_validate(row.card)
    if before.judged_on == trained.card.judged_on:
        old = next(each.pr_auc for each in before.qualities if each.name == TREES)
    else:
        serving = await risk_models.load(tx, row)
        held, truth = trained.holdout
        scores = await asyncio.to_thread(serving.trees.probabilities, held)
        old = quality(TREES, scores, truth, scores >= row.threshold).pr_auc
    new = next(each.pr_auc for each in trained.card.qualities if each.name == TREES)
    words = f"Version {row.version}, which served, has {old:.3f} on the same session"
    return (
        new >= old,
        f"{said} {words}: {'not worse, so it serves.' if new >= old else 'better, so it goes on serving.'}",
    )


def threshold_of(trees: Trees, now: Sequence[Features], capacity: int) -> float:
    """The probability of the last student the school can help; with nobody to look at, one half."""
    if not now:
        return 0.5
    ordered = np.sort(trees.probabilities(matrix(now)))[::-1]
    return float(ordered[min(capacity, len(ordered)) - 1])


async def look_again(tx: Tx) -> None:
    """Bring the serving model's threshold up to date with this term, and measure drift."""
    row = await risk_models.serving_row(tx)
    if row is None:
        return
    serving = await risk_models.load(tx, row)
    term = await calendar.current_term(tx)
    now = list((await risk_features.as_of(tx, term.session_id, tx.today)).values())
    if now:
        row.threshold = await asyncio.to_thread(threshold_of, serving.trees, now, serving.card.capacity)
        row.drift = risk_drift.measure(row.reference, matrix(now), tx.now).model_dump(mode="json")


async def start(tx: Tx, capacity: int | None = None) -> RunRow:
    """Ask for a training run."""
    return await runs.start(tx, KIND, "Train the risk model", {"capacity": capacity})


async def start_due(tx: Tx) -> bool:
    """Start a training run when a term ended and none was started since."""
    ended = await tx.session.scalar(
        select(Term).where(Term.ends_on < tx.today, Term.ends_on >= tx.today - timedelta(days=60))
        .order_by(Term.ends_on.desc()).limit(1)
    )  # fmt: skip
    if ended is None:
        return False
    since = await tx.session.scalar(select(RunRow.created_at).where(RunRow.kind == KIND).order_by(RunRow.created_at.desc()).limit(1))  # fmt: skip
    newest = await tx.session.scalar(select(RiskModel.created_at).order_by(RiskModel.version.desc()).limit(1))
    if any(moment is not None and moment.astimezone(tx.zone).date() > ended.ends_on for moment in (since, newest)):
        return False
    await start(tx)
    return True
