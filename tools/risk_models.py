"""The school's models of risk: train anew, look at versions and their cards, let another serve."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from runtime.transaction import Tx
from school import risk_models, risk_outcomes, risk_training
from school.permissions import Permission
from school.risk_models import Card, Drift, ModelUnusable, RiskModel
from tools.declare import Effect, tool
from tools.present import (
    Axis,
    Block,
    Chart,
    ChartPoint,
    Column,
    Fact,
    Facts,
    Notice,
    Progress,
    Series,
    Shown,
    Table,
    Text,
)
from tools.results import Preview, Result

Capacity = Annotated[
    int | None, Field(ge=1, le=5000, description="Students the school can help; default one in ten of those enrolled.")
]
Version = Annotated[int, Field(ge=0, description="Version that shall serve; 0 is the rule.")]
NO_MODEL = "No model serves: the rule is used."


class Training(Result):
    """A training run that has been asked for."""

    run_id: UUID
    status: str
    capacity: int | None

    def headline(self) -> str:
        return "A new risk model is being trained. It serves only if it is better than both baselines and not worse than now."

    def blocks(self) -> list[Block]:
        return [Progress(run_id=str(self.run_id), title="Train the risk model")]

    def next_questions(self) -> list[str]:
        return ["Show the risk models"]


async def _serving(tx: Tx) -> int:
    row = await risk_models.serving_row(tx)
    return row.version if row else risk_models.RULE


def _named(version: int) -> str:
    return f"version {version}" if version else "the rule"


async def _preview_retrain(tx: Tx, *, capacity: Capacity = None) -> Preview:
    tx.require(Permission.ANALYTICS_TRAIN)
    found = await risk_outcomes.examples(tx)
    sessions = list(dict.fromkeys(example.session for example in found))
    warnings: list[str] = []
    try:
        risk_outcomes.split(found)
    except risk_outcomes.TooLittleHistory as error:
        warnings.append(error.message)
    return Preview(
        title="Train the risk model anew",
        summary=(
            f"It learns from {len(found):,} cases of {len(sessions)} past sessions and is judged on the last of them. It serves"
            f" only if it beats both baselines and is not worse than {_named(await _serving(tx))}, which serves now."
        ),
        included=len(found), warnings=warnings, state={"sessions": sessions, "serving": await _serving(tx)},
    )  # fmt: skip


@tool(
    permission=Permission.ANALYTICS_TRAIN,
    effect=Effect.WRITE,
    rest="POST /api/analytics/ml/retrain",
    says=(
        "Retrain the risk model", "Train the early warning model on the latest data",
        "Retrain the early warning, we can help 12 students", "Make a new risk model",
    ),
    preview=_preview_retrain,
)  # fmt: skip
async def retrain_risk_model(tx: Tx, *, capacity: Capacity = None) -> Training:
    """Train the school's risk model anew, in the background.

    Use when a term or session has closed, or the number of students the school can help changed.

    Shape:  past sessions -> one run; its result names the version and whether it serves.
    Units:  capacity in students.
    Errors: those of any change.
    Source: tables scores, enrolments, attendance_marks of sessions that are over.
    """
    tx.require(Permission.ANALYTICS_TRAIN)
    before = await _serving(tx)
    run = await risk_training.start(tx, capacity)
    tx.undo_with("set_risk_model", version=before)
    return Training(run_id=run.id, status=run.status, capacity=capacity)


class ModelVersion(Shown):
    """One version in a line."""

    version: int
    state: str
    trained_at: AwareDatetime
    judged_on: str
    pr_auc: float
    baseline: float = Field(description="PR-AUC of the better baseline.")
    capacity: int
    decision: str
    sha256: str


def _line(row: RiskModel) -> ModelVersion:
    card = Card.model_validate(row.card)
    by_name = {each.name: each.pr_auc for each in card.qualities}
    return ModelVersion(
        version=row.version, state=row.state, trained_at=row.created_at, judged_on=card.judged_on,
        pr_auc=by_name[risk_training.TREES], baseline=max(by_name[risk_training.AVERAGE], by_name[risk_training.LOGISTIC]),
        capacity=card.capacity, decision=card.decision, sha256=row.sha256,
    )  # fmt: skip


class ModelVersions(Result):
    """Every version, newest first, and which serves."""

    serving: int = Field(description="Version that serves; 0 is the rule.")
    versions: list[ModelVersion]

    def headline(self) -> str:
        if not self.versions:
            return "No model was trained yet: the rule is used."
        return f"{_named(self.serving).capitalize()} serves, of {len(self.versions)} trained."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="version", label="Version", kind="number"), Column(key="state", label="State", kind="status"),
            Column(key="trained", label="Trained", kind="date"), Column(key="prAuc", label="PR-AUC", kind="number"),
            Column(key="baseline", label="Better baseline", kind="number"), Column(key="decision", label="Decision"),
        ]  # fmt: skip
        rows: list[dict[str, Any]] = [
            {"version": v.version, "state": v.state, "trained": v.trained_at.date().isoformat(), "prAuc": v.pr_auc,
             "baseline": v.baseline, "decision": v.decision}
            for v in self.versions
        ]  # fmt: skip
        return [Table(columns=columns, rows=rows)] if rows else []


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.READ,
    rest="GET /api/analytics/ml/models",
    says=("Show the risk models", "Which risk model serves?", "List the versions of the early warning model"),
)
async def show_risk_models(tx: Tx) -> ModelVersions:
    """Show every version of the school's risk model and which one serves.

    Use when staff ask which model is used or what was trained. For how good one is use `show_risk_model`.

    Shape:  the school -> one line a version, newest first.
    Units:  PR-AUC 0..1 on the session held out.
    Errors: those of any read.
    Source: table risk_models.
    """
    rows = await risk_models.versions(tx)
    return ModelVersions(serving=await _serving(tx), versions=[_line(row) for row in rows])


class ModelCard(Result):
    """A version's card: what it learned on, how good it is, whom its errors fall on, and its limits."""

    version: int = Field(description="0 is the rule.")
    state: str
    trained_at: AwareDatetime | None
    sha256: str
    threshold: float | None
    card: Card | None
    drift: Drift | None
    told: str = Field(description="What is used now, and why, in words.")

    def headline(self) -> str:
        return self.told

    def blocks(self) -> list[Block]:
        if self.card is None:
            return []
        card = self.card
        facts = Facts(items=[
            Fact(label="Learned on", value=", ".join(card.learned_on)), Fact(label="Judged on", value=card.judged_on),
            Fact(label="Students", value=card.students, kind="number"), Fact(label="Prevalence", value=f"{100 * card.prevalence:.1f}%"),
            Fact(label="Capacity", value=card.capacity, kind="number"),
            Fact(label="Drift", value=self.drift.verdict if self.drift else "not looked at yet"),
        ])  # fmt: skip
        columns = [
            Column(key="name", label="Way"), Column(key="prAuc", label="PR-AUC", kind="number"),
            Column(key="f1", label="F1", kind="number"), Column(key="precision", label="Precision", kind="number"),
            Column(key="recall", label="Recall at capacity", kind="number"),
            Column(key="calibration", label="Calibration error", kind="number"),
        ]  # fmt: skip
        rows: list[dict[str, Any]] = [
            {"name": q.name, "prAuc": q.pr_auc, "f1": q.f1, "precision": q.precision_at_capacity,
             "recall": q.recall_at_capacity, "calibration": q.calibration_error}
            for q in card.qualities
        ]  # fmt: skip
        groups: list[dict[str, Any]] = [
            {"group": f"{g.group}: {g.value}", "students": g.students, "false": g.false_alarms, "missed": g.missed}
            for g in card.groups
        ]
        group_columns = [
            Column(key="group", label="Group"), Column(key="students", label="Cases", kind="number"),
            Column(key="false", label="False alarms, share", kind="number"), Column(key="missed", label="Missed, share", kind="number"),
        ]  # fmt: skip
        chart = Chart(
            chart="line", title="Predicted and observed", x=Axis(label="Predicted, percent"), y=Axis(label="Observed, percent"),
            series=[Series(name=card.algorithm, points=[ChartPoint(x=f"{100 * b.predicted:.0f}", y=round(100 * b.observed, 1)) for b in card.calibration])],
        )  # fmt: skip
        limits = Text(markdown="\n".join(f"- {limit}" for limit in card.limits))
        return [
            facts, Table(title=f"On {card.judged_on}", columns=columns, rows=rows),
            Table(title="Whom errors fall on", columns=group_columns, rows=groups), chart,
            Notice(text=f"{card.outcome} {card.decision}"), limits,
        ]  # fmt: skip


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.READ,
    rest="GET /api/analytics/ml/card",
    says=(
        "How good is the risk model?", "Show the model card", "How often is the early warning wrong?",
        "Is the risk model fair to boys and girls?",
    ),
)  # fmt: skip
async def show_risk_model(tx: Tx, *, version: Annotated[int | None, Field(ge=0)] = None) -> ModelCard:
    """Show how good a risk model is, whom its errors fall on, and its limits.

    Use when staff ask how sure the early warning is. To let another version serve use `set_risk_model`.

    Shape:  one version (default the one that serves) -> its card.
    Units:  PR-AUC, F1, precision and recall 0..1; shares 0..1.
    Errors: those of any read.
    Source: table risk_models.
    """
    chosen = await _serving(tx) if version is None else version
    if chosen == risk_models.RULE:
        rows = await risk_models.versions(tx)
        reason = f" {_line(rows[0]).decision}" if rows and rows[0].state == risk_models.REJECTED else ""
        return ModelCard(
            version=0, state="serving", trained_at=None, sha256="", threshold=None, card=None, drift=None,
            told=f"{NO_MODEL}{reason or ' It needs no history, ranks students and names reasons; it gives no probability.'}",
        )  # fmt: skip
    row = await risk_models.access_version(tx, chosen)
    card = Card.model_validate(row.card)
    return ModelCard(
        version=row.version, state=row.state, trained_at=row.created_at, sha256=row.sha256, threshold=row.threshold, card=card,
        drift=Drift.model_validate(row.drift) if row.drift else None,
        told=f"Version {row.version} ({row.state}), judged on {card.judged_on}. {card.decision}",
    )  # fmt: skip


class ServingModel(Result):
    """The version that serves now."""

    version: int
    before: int

    def headline(self) -> str:
        if self.version == self.before:
            return f"{_named(self.version).capitalize()} serves already."
        return f"{_named(self.version).capitalize()} serves now instead of {_named(self.before)}."

    def next_questions(self) -> list[str]:
        return ["Show the risk models"]


async def _preview_set(tx: Tx, *, version: Version) -> Preview:
    tx.require(Permission.ANALYTICS_TRAIN)
    before = await _serving(tx)
    if version != risk_models.RULE:
        await risk_models.load(tx, await risk_models.access_version(tx, version))
    return Preview(
        title=f"Let {_named(version)} serve", included=1, state={"serving": before},
        summary=f"{_named(before).capitalize()} serves now. Every risk is worked out by {_named(version)} from then on.",
    )  # fmt: skip


@tool(
    permission=Permission.ANALYTICS_TRAIN,
    effect=Effect.WRITE,
    rest="POST /api/analytics/ml/serving",
    says=(
        "Roll the risk model back to version 1", "Use version 2 of the risk model", "Go back to the rule for early warning",
        "Let version 3 of the early warning model serve",
    ),
    errors=(ModelUnusable,),
    preview=_preview_set,
)  # fmt: skip
async def set_risk_model(tx: Tx, *, version: Version) -> ServingModel:
    """Let another version of the risk model serve, or the rule (version 0).

    Use when somebody wants to roll the risk model back. To train a new one use `retrain_risk_model`.

    Shape:  one version -> it serves, the one before retires.
    Units:  version from 1; 0 is the rule.
    Errors: model_unusable.
    Source: table risk_models.
    """
    before = await risk_models.choose(tx, version)
    tx.undo_with("set_risk_model", version=before)
    return ServingModel(version=version, before=before)
