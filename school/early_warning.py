"""The one way to a student's risk: by the school's model when one serves, by the rule otherwise, and it says which."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from runtime.transaction import Tx
from school import assessment, risk, risk_features, risk_models, risk_reasons
from school.calendar import Term
from school.classes import ClassArm
from school.risk import Risk
from school.risk_features import Features
from school.risk_models import Serving

BY_RULE, BY_MODEL = "rule", "model"


@dataclass(frozen=True, slots=True)
class Assessed:
    """Risks by student, with the features they rest on. `basis` is rule or model."""

    risks: dict[UUID, Risk]
    features: dict[UUID, Features]
    basis: str
    version: int
    method: str


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
        return Assessed(risks, features, BY_RULE, risk_models.RULE, said(None))
    found = await asyncio.to_thread(risk_reasons.assess, model, list(features.values()), pass_percent)
    return Assessed(dict(zip(features, found, strict=True)), features, BY_MODEL, model.version, said(model))


async def of_class(tx: Tx, class_arm: ClassArm, term: Term) -> Assessed:
    """The risks of a class's students in a term, as of today or its end. The caller was checked."""
    _, pass_percent = await assessment.bands_for(tx, class_arm.level_id)
    features = await risk_features.of_class(tx, class_arm.id, term)
    return await assess(tx, features, float(pass_percent), await risk_models.serving(tx))


async def of_students(tx: Tx, session_id: UUID, day: date, student_ids: Iterable[UUID], pass_percent: float) -> Assessed:  # fmt: skip
    """The risks of students on a day, wherever in the school they sat. The caller was checked."""
    wanted = set(student_ids)
    everybody = await risk_features.as_of(tx, session_id, day)
    features = {key: one for key, one in everybody.items() if key in wanted}
    return await assess(tx, features, pass_percent, await risk_models.serving(tx))
