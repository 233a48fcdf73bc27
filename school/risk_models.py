"""A school's models of risk: versions with their cards, the one that serves, going back, and drift."""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from runtime.errors import Conflict, NotVisible
from runtime.table import Base, SchoolRow
from runtime.telemetry import log
from runtime.transaction import Tx
from school.permissions import Permission
from school.risk_evaluation import Bin, GroupErrors, Quality
from school.risk_features import NAMES
from school.units import Value

if TYPE_CHECKING:
    from school.risk_learning import Trees

RULE = 0
"""The version that stands for the rule, which every school has."""
SERVING, RETIRED, REJECTED = "serving", "retired", "rejected"
_log = log("risk")


class ModelUnusable(Conflict):
    """A stored model is not the one that was kept, or was made for other features."""

    code = "model_unusable"


class Card(Value):
    """What a model is, what it was judged on and how well it did. Stored with the model, for staff."""

    algorithm: str
    outcome: str
    learned_on: list[str] = Field(description="Sessions the judged model learned on.")
    judged_on: str = Field(description="The later session it was judged on; it learned nothing from it then.")
    served_from: list[str] = Field(description="Sessions the served model learned on: the judged one too.")
    students: int
    examples: int
    prevalence: float = Field(description="Share of students with the outcome in the session judged on.")
    capacity: int = Field(description="Students the school can help.")
    capacity_share: float
    qualities: list[Quality]
    by_cut: dict[str, list[Quality]]
    calibration: list[Bin]
    groups: list[GroupErrors]
    features: list[str]
    never_used: list[str]
    decision: str = Field(description="Why it serves or does not.")
    limits: list[str]
    seconds: float
    software: str


class Drift(Value):
    """How far this session's students are from those learned on: the population stability index of each feature."""

    looked_at: datetime
    students: int
    index: dict[str, float]
    worst: str
    verdict: str = Field(description="steady (below 0.1), moved (below 0.25) or drifted.")


class RiskModel(SchoolRow, Base):
    """`audience` keeps guardians and students out in the database, too."""

    __tablename__ = "risk_models"

    version: Mapped[int]
    state: Mapped[str]
    audience: Mapped[str] = mapped_column(default="staff")
    features: Mapped[list[str]]
    sha256: Mapped[str]
    artifact: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    slope: Mapped[float]
    intercept: Mapped[float]
    threshold: Mapped[float]
    """Probability from which a student is among those the school can help, in this term."""

    card: Mapped[dict[str, Any]]
    reference: Mapped[dict[str, Any]]
    """Deciles of each feature in what was learned on."""

    drift: Mapped[dict[str, Any] | None]
    data_until: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("school_id", "version"),
        CheckConstraint("state IN ('serving', 'retired', 'rejected')", name="state"),
        Index("uq_risk_models_serving", "school_id", unique=True, postgresql_where=text("state = 'serving'")),
    )


@dataclass(frozen=True, slots=True)
class Serving:
    """The model that serves, ready to predict."""

    version: int
    trees: "Trees"
    threshold: float
    prevalence: float
    card: Card


async def serving_row(tx: Tx) -> RiskModel | None:
    return await tx.session.scalar(select(RiskModel).where(RiskModel.state == SERVING))


async def serving(tx: Tx) -> Serving | None:
    """The model that serves, or None: then the rule does. One that is damaged is logged and does not serve."""
    row = await serving_row(tx)
    if row is None:
        return None
    try:
        return await load(tx, row)
    except ModelUnusable:
        _log.exception("model_unusable", version=row.version)
        return None


async def load(tx: Tx, row: RiskModel) -> Serving:
    """A stored model with its bytes checked against their hash. Errors: model_unusable."""
    artifact = await tx.session.scalar(select(RiskModel.artifact).where(RiskModel.id == row.id))
    if artifact is None or hashlib.sha256(artifact).hexdigest() != row.sha256:
        raise ModelUnusable(f"Version {row.version} is damaged: its bytes are not those that were kept. Train anew.")
    if tuple(row.features) != NAMES:
        raise ModelUnusable(f"Version {row.version} was made for other features. Train anew.")
    trees = await asyncio.to_thread(_trees, artifact, row.slope, row.intercept)
    card = Card.model_validate(row.card)
    return Serving(row.version, trees, row.threshold, card.prevalence, card)


@lru_cache(maxsize=16)
def _trees(artifact: bytes, slope: float, intercept: float) -> "Trees":
    from xgboost import Booster

    from school.risk_learning import Calibration, Trees

    booster = Booster()
    booster.load_model(bytearray(artifact))
    return Trees(booster, Calibration(slope, intercept))


async def keep(
    tx: Tx, trees: "Trees", card: Card, threshold: float, reference: dict[str, Any], *, serves: bool
) -> RiskModel:
    """Store a model as the next version; when it serves, the one before retires."""
    tx.require(Permission.ANALYTICS_TRAIN)
    artifact = bytes(trees.booster.save_raw("ubj"))
    version = 1 + (await tx.session.scalar(select(func.max(RiskModel.version))) or 0)
    if serves:
        await _retire(tx)
    row = RiskModel(
        school_id=tx.school_id, version=version, state=SERVING if serves else REJECTED, audience="staff", features=list(NAMES),
        sha256=hashlib.sha256(artifact).hexdigest(), artifact=artifact, slope=trees.calibration.slope,
        intercept=trees.calibration.intercept, threshold=threshold, card=card.model_dump(mode="json"), reference=reference,
        data_until=tx.now, created_at=tx.now,
    )  # fmt: skip
    tx.session.add(row)
    await tx.session.flush()
    return row


async def _retire(tx: Tx) -> None:
    row = await tx.session.scalar(select(RiskModel).where(RiskModel.state == SERVING).with_for_update())
    if row is not None:
        row.state = RETIRED
        await tx.session.flush()


async def versions(tx: Tx) -> list[RiskModel]:
    """Every version, newest first."""
    tx.require(Permission.ANALYTICS_READ)
    return list(await tx.session.scalars(select(RiskModel).order_by(RiskModel.version.desc())))


async def access_version(tx: Tx, version: int) -> RiskModel:
    """Fetch one version. Errors: not_visible."""
    tx.require(Permission.ANALYTICS_READ)
    row = await tx.session.scalar(select(RiskModel).where(RiskModel.version == version))
    if row is None:
        raise NotVisible(f"There is no version {version} of the model.")
    return row


async def choose(tx: Tx, version: int) -> int:
    """Let a version serve, or the rule (0). Returns the version that served before. Errors: not_visible, model_unusable."""
    tx.require(Permission.ANALYTICS_TRAIN)
    before = await serving_row(tx)
    chosen: UUID | None = None
    if version != RULE:
        row = await access_version(tx, version)
        await load(tx, row)
        chosen = row.id
    await _retire(tx)
    if chosen is not None:
        (await tx.session.get_one(RiskModel, chosen)).state = SERVING
    await tx.session.flush()
    return before.version if before else RULE
