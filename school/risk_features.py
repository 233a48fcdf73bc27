"""What is known of a student at the end of a term: one definition of every feature, nothing from later terms.

No gender, religion, address or fees: what a student is does not enter, only what their record shows.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from pydantic import Field
from sqlalchemy import func, select

from runtime.transaction import Tx
from school import attendance
from school.assessment import AssessmentComponent
from school.calendar import Term
from school.classes import Enrolment, Subject
from school.score_sheets import Score, ScoreSheet
from school.units import Value


@dataclass(frozen=True, slots=True)
class TermTotal:
    """A student's total in one subject of one term; `order` counts the terms from the oldest, the last is now."""

    student_id: UUID
    order: int
    subject: str
    percent: float
    taken: int
    size: int
    late: int


class Features(Value):
    """Percent points unless said otherwise; null where the record does not say."""

    current_term_average: float
    previous_term_average: float | None
    score_trend: float | None = Field(description="Current less previous average.")
    score_volatility: float = Field(description="Population standard deviation over subjects.")
    subjects_below_pass: int
    subjects_declining: int = Field(description="Subjects five points or more below the term before.")
    worst_subject_score: float
    best_subject_score: float
    missing_assessments: float = Field(description="Share of components not recorded, 0..1.")
    late_submissions: float = Field(description="Share of recorded components handed in late, 0..1.")
    percentile_in_class: float = Field(description="Share of the class with a lower average, 0..100.")
    deviation_from_class_average: float
    terms_enrolled: int
    improvement_rate: float | None = Field(description="Mean change from term to term.")
    consecutive_declining_terms: int
    attendance_rate: float | None
    failing: list[str] = Field(description="The subjects below the pass mark, weakest first.")
    declining: list[str]


CLEAR_DROP = 5.0
"""Percent points a subject must fall to count as declining: less is noise."""


def compute(
    rows: Sequence[TermTotal], pass_percent: float, rates: dict[UUID, float | None] | None = None
) -> dict[UUID, Features]:
    """The features of every student of a class who has a total in the newest term of `rows`.

    Shape:  rows of the students of one class over any number of terms -> one Features a student.
    """
    if not rows:
        return {}
    now = max(row.order for row in rows)
    by_student: dict[UUID, dict[int, list[TermTotal]]] = {}
    for row in rows:
        by_student.setdefault(row.student_id, {}).setdefault(row.order, []).append(row)
    current = {key: _mean(terms[now]) for key, terms in by_student.items() if now in terms}
    class_average = statistics.fmean(current.values()) if current else 0.0
    return {
        key: _features(by_student[key], now, pass_percent, current, class_average, average, (rates or {}).get(key))
        for key, average in current.items()
    }


def _mean(rows: Sequence[TermTotal]) -> float:
    return statistics.fmean(row.percent for row in rows)


def _features(
    terms: dict[int, list[TermTotal]], now: int, pass_percent: float, current: dict[UUID, float], class_average: float,
    average: float, rate: float | None,
) -> Features:  # fmt: skip
    rows = terms[now]
    averages = [_mean(terms[order]) for order in sorted(terms)]
    changes = [after - before for before, after in pairwise(averages)]
    before = {row.subject: row.percent for row in terms[sorted(terms)[-2]]} if len(terms) > 1 else {}
    declining = [
        row.subject for row in rows if row.subject in before and before[row.subject] - row.percent >= CLEAR_DROP
    ]
    failing = sorted((row for row in rows if row.percent < pass_percent), key=lambda row: row.percent)
    taken, size = sum(row.taken for row in rows), sum(row.size for row in rows)
    lower = sum(value < average for value in current.values())
    run = 0
    for change in reversed(changes):
        if change >= 0:
            break
        run += 1
    return Features(
        current_term_average=round(average, 2), previous_term_average=round(averages[-2], 2) if changes else None,
        score_trend=round(changes[-1], 2) if changes else None,
        score_volatility=round(statistics.pstdev(row.percent for row in rows), 2), subjects_below_pass=len(failing),
        subjects_declining=len(declining), worst_subject_score=min(row.percent for row in rows),
        best_subject_score=max(row.percent for row in rows), missing_assessments=round(1 - taken / size, 4) if size else 0.0,
        late_submissions=round(sum(row.late for row in rows) / taken, 4) if taken else 0.0,
        percentile_in_class=round(100 * lower / len(current), 1),
        deviation_from_class_average=round(average - class_average, 2), terms_enrolled=len(terms),
        improvement_rate=round(statistics.fmean(changes), 2) if changes else None, consecutive_declining_terms=run,
        attendance_rate=rate, failing=[row.subject for row in failing], declining=declining,
    )  # fmt: skip


async def totals(tx: Tx, student_ids: Sequence[UUID], term: Term) -> list[TermTotal]:
    """Every subject total of these students up to and including a term, in SQL. Source: tables scores, score_sheets."""
    order = {
        term_id: number
        for number, term_id in enumerate(
            await tx.session.scalars(select(Term.id).where(Term.starts_on <= term.starts_on).order_by(Term.starts_on))
        )
    }
    size = (
        select(AssessmentComponent.scheme_id, func.count().label("size"))
        .group_by(AssessmentComponent.scheme_id)
        .subquery()
    )
    worth = Score.points * AssessmentComponent.weight * 100 / AssessmentComponent.max_points
    rows = await tx.session.execute(
        select(
            Score.student_id, ScoreSheet.term_id, Subject.name, func.round(func.sum(worth), 2), func.count(),
            func.max(size.c.size), func.count().filter(Score.late),
        )
        .join(ScoreSheet, ScoreSheet.id == Score.sheet_id)
        .join(Subject, Subject.id == ScoreSheet.subject_id)
        .join(AssessmentComponent, AssessmentComponent.id == Score.component_id)
        .join(size, size.c.scheme_id == ScoreSheet.scheme_id)
        .where(Score.student_id.in_(student_ids), ScoreSheet.term_id.in_(order))
        .group_by(Score.student_id, ScoreSheet.term_id, ScoreSheet.id, Subject.name)
        .order_by(Subject.name)
    )  # fmt: skip
    return [
        TermTotal(row[0], order[row[1]], row[2], float(row[3]), row[4], row[5], row[6]) for row in rows.all()
    ]  # fmt: skip


async def of_class(tx: Tx, class_arm_id: UUID, term: Term, pass_percent: Decimal) -> dict[UUID, Features]:
    """The features of a class's students at a term: as of its end, or of today within it. The caller was checked."""
    day = min(max(tx.today, term.starts_on), term.ends_on)
    query = select(Enrolment.student_id).where(
        Enrolment.class_arm_id == class_arm_id, Enrolment.session_id == term.session_id,
        Enrolment.joined_on <= day, (Enrolment.left_on.is_(None)) | (Enrolment.left_on > day),
    )  # fmt: skip
    student_ids = list(await tx.session.scalars(query))
    rows = await totals(tx, student_ids, term)
    newest = {row.student_id for row in rows}
    lines = await attendance.totals(tx, term.starts_on, day, class_arm_id=class_arm_id) if newest else []
    rates = {line.student_id: float(line.rate) if line.rate is not None else None for line in lines}
    return compute(rows, float(pass_percent), rates)
