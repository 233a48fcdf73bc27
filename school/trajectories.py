"""A student's way through the terms: averages, places, where it leads, subject by subject."""

import math
import statistics
from collections.abc import Sequence
from uuid import UUID

from pydantic import Field
from sqlalchemy import Integer, cast, func, select

from runtime.transaction import Tx
from school.assessment import AssessmentComponent
from school.calendar import AcademicSession, Term
from school.classes import Subject
from school.score_sheets import Score, ScoreSheet
from school.units import Value

USUAL_TERMS = 3


class TermPoint(Value):
    term: str
    average: float
    position: int = Field(description="Place in the class that term; ties share it.")


class SubjectCourse(Value):
    subject: str
    scores: list[float | None] = Field(description="One for each term of `terms`; null where there is none.")
    trend: str


class Course(Value):
    terms: list[TermPoint]
    trend: str = Field(description="improving, declining, stable or unknown.")
    projected_end_of_year: float | None
    projected_interval: list[float] | None = Field(description="Low and high, 80 %; null with fewer than three terms.")
    subject_breakdown: list[SubjectCourse]


def slope(values: Sequence[float]) -> float | None:
    """Least-squares change per term; null with fewer than two."""
    if len(values) < 2:
        return None
    return statistics.linear_regression(range(len(values)), values).slope


def trend(values: Sequence[float], *, fine: bool = False) -> str:
    """In a word. `fine` tells strong changes (four points a term) from others (one and a half)."""
    change = slope(values)
    if change is None:
        return "unknown"
    if fine and abs(change) >= 4:
        return "strong_improvement" if change > 0 else "strong_decline"
    return "improving" if change >= 1.5 else "declining" if change <= -1.5 else "stable"


def project(values: Sequence[float], ahead: int) -> tuple[float | None, list[float] | None]:
    """The average `ahead` terms on by the line through the terms, within 0..100, and its 80 % prediction interval."""
    if len(values) < 2:
        return (round(values[0], 1) if values else None), None
    line = statistics.linear_regression(range(len(values)), values)
    at = len(values) - 1 + ahead
    centre = line.intercept + line.slope * at
    if len(values) < 3:
        return round(_within(centre), 1), None
    residuals = [value - (line.intercept + line.slope * x) for x, value in enumerate(values)]
    spread = math.sqrt(sum(r * r for r in residuals) / (len(values) - 2))
    mean = (len(values) - 1) / 2
    over = sum((x - mean) ** 2 for x in range(len(values)))
    margin = 1.282 * max(spread, 2.0) * math.sqrt(1 + 1 / len(values) + (at - mean) ** 2 / over)
    return round(_within(centre), 1), [round(_within(centre - margin), 1), round(_within(centre + margin), 1)]


def _within(value: float) -> float:
    return min(100.0, max(0.0, value))


async def _terms_ahead(tx: Tx, term_id: UUID) -> int:
    """How many terms of its session come after a term, as many as the school's sessions have; three when it has only one."""
    term = await tx.session.get_one(Term, term_id)
    most = await tx.session.scalar(select(func.max(Term.number))) or 1
    return max(0, (most if most > 1 else USUAL_TERMS) - term.number)


async def course(tx: Tx, student_id: UUID) -> Course:
    """A student's course over all terms. The caller's right was checked. One window query ranks every class.

    Source: tables scores, score_sheets, terms.
    """
    worth = Score.points * AssessmentComponent.weight * 100 / AssessmentComponent.max_points
    own = (
        select(ScoreSheet.class_arm_id, ScoreSheet.term_id)
        .join(Score, Score.sheet_id == ScoreSheet.id)
        .where(Score.student_id == student_id)
        .distinct()
        .subquery()
    )
    total = (
        select(
            Score.student_id, ScoreSheet.term_id, ScoreSheet.subject_id, func.round(func.sum(worth), 2).label("total")
        )
        .join(ScoreSheet, ScoreSheet.id == Score.sheet_id)
        .join(own, (own.c.class_arm_id == ScoreSheet.class_arm_id) & (own.c.term_id == ScoreSheet.term_id))
        .join(AssessmentComponent, AssessmentComponent.id == Score.component_id)
        .group_by(Score.student_id, ScoreSheet.term_id, ScoreSheet.subject_id, ScoreSheet.id)
        .cte("total")
    )
    average = func.round(func.avg(total.c.total), 2)
    ranked = (
        select(
            total.c.student_id, total.c.term_id, average.label("average"),
            cast(func.rank().over(partition_by=total.c.term_id, order_by=average.desc()), Integer).label("place"),
        )
        .group_by(total.c.student_id, total.c.term_id)
        .subquery()
    )  # fmt: skip
    rows = await tx.session.execute(
        select(ranked.c.term_id, Term.name, AcademicSession.name, ranked.c.average, ranked.c.place, Term.number)
        .join(Term, Term.id == ranked.c.term_id)
        .join(AcademicSession, AcademicSession.id == Term.session_id)
        .where(ranked.c.student_id == student_id)
        .order_by(Term.starts_on)
    )
    terms = rows.all()
    points = [TermPoint(term=f"{row[1]} {row[2]}", average=float(row[3]), position=row[4]) for row in terms]
    by_subject = await tx.session.execute(
        select(Subject.name, total.c.term_id, total.c.total)
        .join(Subject, Subject.id == total.c.subject_id)
        .where(total.c.student_id == student_id)
        .order_by(Subject.name)
    )
    scores: dict[str, dict[UUID, float]] = {}
    for name, term_id, percent in by_subject.all():
        scores.setdefault(name, {})[term_id] = float(percent)
    ids = [row[0] for row in terms]
    values = [point.average for point in points]
    ahead = await _terms_ahead(tx, ids[-1]) if ids else 0
    projected, interval = project(values, ahead)
    return Course(
        terms=points, trend=trend(values), projected_end_of_year=projected, projected_interval=interval,
        subject_breakdown=[
            SubjectCourse(subject=name, scores=[each.get(key) for key in ids], trend=trend(list(each.values()), fine=True))
            for name, each in scores.items()
        ],
    )  # fmt: skip
