"""The one way to a student's risk: by the school's model when one serves, by the rule otherwise, and it says which."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from runtime.transaction import Tx
from school import calendar, risk, risk_features, risk_models, risk_reasons, risk_standings
from school.calendar import Term
from school.classes import ClassArm
from school.risk import Risk
from school.risk_features import Features
from school.risk_models import Serving
from school.risk_standings import Kept
from school.score_distributions import scales

BY_RULE, BY_MODEL = "rule", "model"
FEW_CLASSES = 3
"""Looked at one by one; for the students of more, the whole school is."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """Risks by student, with the features they rest on. `basis` is rule or model."""

    risks: dict[UUID, Risk]
    features: dict[UUID, Features]
    basis: str
    version: int
    method: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class AtAGlance:
    """The level of each student, and the risks of the most urgent above low, most urgent first."""

    levels: dict[UUID, str]
    urgent: dict[UUID, Risk]
    basis: str
    method: str
    as_of: datetime


def said(model: Serving | None) -> str:
    """How risk is worked out and how sure it is, for people."""
    if model is None:
        return (
            f"{risk.METHOD} No model serves: one needs results of past sessions and has to do better than simpler ways."
        )
    judged = next(each for each in model.card.qualities if each.name == model.card.algorithm)
    return (
        f"By version {model.version} of the school's own model: the score is the chance, in percent, of not being promoted"
        f" outright. Judged on {model.card.judged_on}: of those it would have flagged {100 * judged.precision_at_capacity:.0f}%"
        f" did end so, and it found {100 * judged.recall_at_capacity:.0f}% of all who did. High: the"
        f" {model.card.capacity} most urgent in the school. It knows only what is recorded."
    )  # fmt: skip


async def assess(tx: Tx, features: dict[UUID, Features], pass_percent: float, model: Serving | None) -> Assessed:
    """The risks of students whose features are known. Everything that shows a risk comes through here."""
    if model is None:
        risks = {key: risk.assess(one, pass_percent) for key, one in features.items()}
        return Assessed(risks, features, BY_RULE, risk_models.RULE, said(None), tx.now)
    found = await asyncio.to_thread(risk_reasons.assess, model, list(features.values()), pass_percent)
    return Assessed(dict(zip(features, found, strict=True)), features, BY_MODEL, model.version, said(model), tx.now)


async def of_class(tx: Tx, class_arm: ClassArm, term: Term, *, features: bool = True) -> Assessed:
    """The risks of a class's students in a term, as of today or its end, by its level's pass mark. The caller was checked.

    What is kept is used while everything it rests on is as it was; else it is worked out now. Without `features` those of
    kept risks are not read.
    """
    held, waiting, model = await _held(tx, [class_arm], term, features=features)
    if waiting:
        return (await _worked_out(tx, waiting, term, risk_features.day_of(tx, term), model))[class_arm.id]
    kept, version = held[class_arm.id], model.version if model else risk_models.RULE
    return Assessed(
        kept.risks, kept.features if features else {}, _basis(model), version, said(model), kept.row.worked_out_at
    )


async def of_students(tx: Tx, session_id: UUID, day: date, student_ids: Iterable[UUID], pass_percent: float) -> Assessed:  # fmt: skip
    """The risks of students on a day, wherever in the school they sat. The caller was checked."""
    wanted = set(student_ids)
    arm_of = await risk_features.classes_of(tx, session_id, day)
    sat_in = {arm_of[key] for key in wanted if key in arm_of}
    features: dict[UUID, Features] = {}
    for arm_id in sat_in if len(sat_in) <= FEW_CLASSES else (None,):
        found = await risk_features.as_of(tx, session_id, day, arm_id)
        features.update((key, one) for key, one in found.items() if key in wanted)
    return await assess(tx, features, pass_percent, await risk_models.serving(tx))


async def at_a_glance(tx: Tx, arms: Sequence[ClassArm], term: Term, among: Collection[UUID], most: int) -> AtAGlance:
    """How many students of several classes are at which risk, and the most urgent of them. The caller was checked.

    A school's risks are a thousand objects with reasons, of which a page shows ten: just those are read whole.
    """
    held, waiting, model = await _held(tx, arms, term, features=False)
    anew = await _worked_out(tx, waiting, term, risk_features.day_of(tx, term), model) if waiting else {}
    found: dict[UUID, tuple[float, str, Mapping[UUID, Risk] | Kept]] = {}
    for kept in held.values():
        found.update((key, (one["risk_score"], one["risk_level"], kept)) for key, one in kept.glances.items())
    for part in anew.values():
        found.update((key, (one.risk_score, one.risk_level, part.risks)) for key, one in part.risks.items())
    levels = {key: level for key, (_, level, _) in found.items() if key in among}
    first = sorted((key for key, level in levels.items() if level != "low"), key=lambda key: -found[key][0])[:most]
    whole = ((key, found[key][2]) for key in first)
    urgent = {key: (source.risks if isinstance(source, Kept) else source)[key] for key, source in whole}
    as_of = min((each.row.worked_out_at for each in held.values()), default=tx.now)
    return AtAGlance(levels, urgent, _basis(model), said(model), as_of)


async def _held(
    tx: Tx, arms: Sequence[ClassArm], term: Term, *, features: bool
) -> tuple[dict[UUID, Kept], list[ClassArm], Serving | None]:
    """What is kept of classes and still holds, the others, and the model that serves."""
    model = await risk_models.serving(tx)
    marked = await risk_standings.marks(tx, [arm.id for arm in arms], term, risk_features.day_of(tx, term))
    held = await risk_standings.kept(tx, marked, features=features)
    return held, [arm for arm in arms if arm.id not in held], model


def _basis(model: Serving | None) -> str:
    return BY_MODEL if model else BY_RULE


async def _worked_out(
    tx: Tx, arms: Sequence[ClassArm], term: Term, day: date, model: Serving | None
) -> dict[UUID, Assessed]:
    """The risks of each class, worked out now: class by class, or of many with the whole school at once."""
    by_level = await scales(tx, {arm.level_id for arm in arms})
    of_arm: dict[UUID, dict[UUID, Features]] = {arm.id: {} for arm in arms}
    if len(arms) <= FEW_CLASSES:
        for arm in arms:
            of_arm[arm.id] = await risk_features.as_of(tx, term.session_id, day, arm.id)
    else:
        arm_of = await risk_features.classes_of(tx, term.session_id, day)
        for key, one in (await risk_features.as_of(tx, term.session_id, day)).items():
            if key in arm_of and (own := of_arm.get(arm_of[key])) is not None:
                own[key] = one
    return {arm.id: await assess(tx, of_arm[arm.id], by_level[arm.level_id].passing / 100, model) for arm in arms}


async def keep_standings(tx: Tx) -> int:
    """Work out and keep this term's risks of the classes whose kept ones no longer hold; how many there were."""
    term = await calendar.current_term(tx)
    day, model = risk_features.day_of(tx, term), await risk_models.serving(tx)
    arms = {arm.id: arm for arm in await tx.session.scalars(select(ClassArm).order_by(ClassArm.id))}
    marked = await risk_standings.marks(tx, arms, term, day)
    kept = await risk_standings.kept(tx, marked, features=False)
    waiting = [arm for key, arm in arms.items() if key not in kept]
    for arm_id, part in (await _worked_out(tx, waiting, term, day, model)).items() if waiting else ():
        await risk_standings.keep(tx, arm_id, marked[arm_id], part.risks, part.features)
    return len(waiting)
