"""What is known of a student on a day: one definition of every feature, for training and for serving, in SQL.

Nothing recorded later than the day enters. No gender, religion, address or fees: what a student is does not enter, only
what their record shows.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from uuid import UUID

from pydantic import Field
from sqlalchemy import Date, Uuid, bindparam, select, text

from runtime.transaction import Tx
from school.calendar import Term
from school.classes import Enrolment
from school.units import Value

CLEAR_DROP = 5
"""Percent points a subject must fall to count as declining: less is noise."""

_QUERY = text((Path(__file__).parent / "risk_features.sql").read_text()).bindparams(
    bindparam("session_id", type_=Uuid), bindparam("class_arm_id", type_=Uuid), bindparam("day", type_=Date)
)

_LOOPS = text("SELECT set_config('enable_nestloop', :on, true)")


@asynccontextmanager
async def hash_joins(tx: Tx) -> AsyncGenerator[None]:
    """No nested loops in here: PostgreSQL cannot know the size of such a query's steps, and loops over them for minutes."""
    await tx.session.execute(_LOOPS, {"on": "off"})
    yield
    await tx.session.execute(_LOOPS, {"on": "on"})


class Features(Value):
    """Percent points unless said otherwise; null where the record does not say."""

    current_term_average: float | None = Field(
        description="Over what has been given so far; missing work counts nothing."
    )
    previous_term_average: float | None
    score_trend: float | None = Field(description="Current less previous average.")
    score_volatility: float | None = Field(description="Population standard deviation over subjects.")
    subjects_below_pass: int
    subjects_declining: int = Field(description="Subjects five points or more below the term before.")
    worst_subject_score: float | None
    best_subject_score: float | None
    missing_assessments: float = Field(description="Share of the work given that has no score, 0..1.")
    late_submissions: float = Field(description="Share of recorded work handed in late, 0..1.")
    percentile_in_class: float | None = Field(description="Share of the class with a lower average, 0..100.")
    deviation_from_class_average: float | None
    deviation_from_subject_averages: float | None = Field(description="Mean distance to each subject's class average.")
    terms_enrolled: int = Field(description="Terms with results, this one included.")
    improvement_rate: float | None = Field(description="Mean change from term to term.")
    consecutive_declining_terms: int
    attendance_rate: float | None = Field(description="Since the beginning of the term; excused days count nothing.")
    average_of_work_done: float | None = Field(
        default=None, description="Over recorded work only. Not a model's feature."
    )
    failing: list[str] = Field(description="The subjects below the pass mark, weakest first.")
    declining: list[str]


NAMES = tuple(name for name in Features.model_fields if name not in {"failing", "declining", "average_of_work_done"})
"""The features a model sees, in the order of its columns."""


def numbers(features: Features) -> list[float]:
    """One row of a model's matrix; what the record does not say is NaN."""
    return [float("nan") if (value := getattr(features, name)) is None else float(value) for name in NAMES]


async def as_of(tx: Tx, session_id: UUID, day: date, class_arm_id: UUID | None = None) -> dict[UUID, Features]:
    """The features of everybody enrolled in a session on a day (in one class), who has a score by then.

    Shape:  one Features a student; nobody without any score.
    Source: tables enrolments, scores, score_sheets, assessment_components, registers, attendance_marks.
    """
    given = {
        "session_id": session_id,
        "day": day,
        "class_arm_id": class_arm_id,
        "zone": tx.zone.key,
        "drop": CLEAR_DROP,
    }
    async with hash_joins(tx):
        rows = await tx.session.execute(_QUERY, given)
    return {row["student_id"]: Features.model_validate({k: v for k, v in row.items() if k != "student_id"}) for row in rows.mappings()}  # fmt: skip


def day_of(tx: Tx, term: Term) -> date:
    """The day a term is looked at: today within it, its last day once it is over."""
    return min(max(tx.today, term.starts_on), term.ends_on)


async def of_class(tx: Tx, class_arm_id: UUID, term: Term) -> dict[UUID, Features]:
    """The features of a class's students in a term. The caller was checked."""
    return await as_of(tx, term.session_id, day_of(tx, term), class_arm_id)


async def classes_of(tx: Tx, session_id: UUID, day: date) -> dict[UUID, UUID]:
    """The class each student of a session is in on a day: the one joined last, as in the features."""
    rows = await tx.session.execute(
        select(Enrolment.student_id, Enrolment.class_arm_id)
        .where(Enrolment.session_id == session_id, Enrolment.joined_on <= day)
        .where((Enrolment.left_on.is_(None)) | (Enrolment.left_on > day))
        .order_by(Enrolment.joined_on)
    )
    return dict(rows.all())
