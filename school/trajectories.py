"""A student's way through the terms: averages, places, where it leads, subject by subject."""

import math
import statistics
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from pydantic import AwareDatetime, Field
from sqlalchemy import func, select

from runtime.transaction import Tx
from school import calendar, marks, score_totals, work_given
from school.calendar import AcademicSession, Term
from school.classes import Subject
from school.score_totals import OwnTerm
from school.units import Value

USUAL_TERMS = 3
LIKELY, LEAST_SPREAD = 0.8, 2.0
"""Of the interval; and the percent points by which terms differ even when so far they lie on a line."""


class TermPoint(Value):
    term: str
    average: float
    position: int = Field(description="Place in the class that term; ties share it.")
    so_far: bool = Field(description="The term is not over: the average is over the work given so far.")


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
    as_of: AwareDatetime


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
    """The average `ahead` terms on by the line through the terms, within 0..100, and its 80 % prediction interval.

    Source: prediction interval of simple linear regression, Student's t with two degrees of freedom less than terms.
    """
    if len(values) < 2:
        return (round(values[0], 1) if values else None), None
    from scipy.special import stdtrit  # not before somebody asks

    line = statistics.linear_regression(range(len(values)), values)
    at = len(values) - 1 + ahead
    centre = _within(line.intercept + line.slope * at)
    if len(values) < 3:
        return round(centre, 1), None
    residuals = [value - (line.intercept + line.slope * x) for x, value in enumerate(values)]
    spread = math.sqrt(sum(r * r for r in residuals) / (len(values) - 2))
    mean = (len(values) - 1) / 2
    over = sum((x - mean) ** 2 for x in range(len(values)))
    times = float(stdtrit(len(values) - 2, (1 + LIKELY) / 2))
    margin = times * max(spread, LEAST_SPREAD) * math.sqrt(1 + 1 / len(values) + (at - mean) ** 2 / over)
    return round(centre, 1), [round(_within(centre - margin), 1), round(_within(centre + margin), 1)]


def _within(value: float) -> float:
    return min(100.0, max(0.0, value))


async def _terms_ahead(tx: Tx, term: Term) -> int:
    """How many terms of its session come after a term, as many as the school's sessions have; three when it has only one."""
    most = await tx.session.scalar(select(func.max(Term.number))) or 1
    return max(0, (most if most > 1 else USUAL_TERMS) - term.number)


async def course(tx: Tx, student_id: UUID) -> Course:
    """A student's course over all terms. The caller's right was checked.

    Source: tables scores, score_sheets, enrolments, terms.
    """
    begun = [term for term in await calendar.terms_in_order(tx) if term.starts_on <= tx.today]
    found = await score_totals.of_student(tx, student_id, begun)
    await _so_far(tx, student_id, found, begun)
    sessions = {row.id: row.name for row in await tx.session.scalars(select(AcademicSession))}
    terms = [term for term in begun if term.id in found]
    points = [
        TermPoint(term=f"{term.name} {sessions[term.session_id]}", average=float(found[term.id].average),
                  position=found[term.id].position, so_far=term.ends_on >= tx.today)
        for term in terms
    ]  # fmt: skip
    values = [point.average for point in points]
    projected, interval = project(values, await _terms_ahead(tx, terms[-1]) if terms else 0)
    return Course(
        terms=points, trend=trend(values), projected_end_of_year=projected, projected_interval=interval, as_of=tx.now,
        subject_breakdown=await _subjects(tx, [found[term.id].totals for term in terms]),
    )  # fmt: skip


async def _so_far(tx: Tx, student_id: UUID, found: dict[UUID, OwnTerm], terms: Sequence[Term]) -> None:
    """Put what was earned of the work given so far in place of the totals of a term that is not over."""
    for term in terms:
        if term.ends_on < tx.today or (own := found.get(term.id)) is None:
            continue
        given = await work_given.totals(tx, student_id, own.class_arm_id, term)
        own.totals = {subject_id: given.get(subject_id, total) for subject_id, total in own.totals.items()}
        own.average = marks.average([Decimal(total) / 100 for total in own.totals.values()]) or own.average


async def _subjects(tx: Tx, totals: Sequence[dict[UUID, int]]) -> list[SubjectCourse]:
    """Each subject over the terms, by name."""
    taken = {subject_id for each in totals for subject_id in each}
    rows = await tx.session.scalars(select(Subject).where(Subject.id.in_(taken)).order_by(Subject.name))
    courses = [(row.name, [each.get(row.id) for each in totals]) for row in rows]
    return [
        SubjectCourse(
            subject=name, scores=[None if total is None else total / 100 for total in course],
            trend=trend([total / 100 for total in course if total is not None], fine=True),
        )
        for name, course in courses
    ]  # fmt: skip
