"""Students in figures: average, place, change since the term before, failed subjects, attendance; one line a student."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, Field
from sqlalchemy import select

from runtime.transaction import Tx
from school import attendance_patterns, calendar, marks, score_totals
from school.analytics_scope import Covered, Filters, Named, Scope, open_scope
from school.attendance_patterns import Marked
from school.classes import Enrolment
from school.people import Person
from school.score_distributions import Distribution, Totals, scales
from school.score_totals import StudentAverage
from school.units import Percent, PercentPoints, Value

CLEAR_CHANGE = Decimal(5)
"""Percent points from which a student counts as improved or fallen: less is noise."""


class StudentSort(StrEnum):
    NAME = "name"
    AVERAGE = "average"
    LOWEST = "lowest"
    CHANGE = "change"
    ATTENDANCE = "attendance"


class StudentMetric(Value):
    """One student; null where the record does not say."""

    student: Named
    class_arm: Named
    average: Percent | None
    position: int | None = Field(description="Place in the class; ties share it.")
    out_of: int | None
    before: Percent | None = Field(description="Average of the term before.")
    change: PercentPoints | None
    subjects: int
    failed: int = Field(description="Subjects below the pass mark.")
    attendance_rate: Percent | None


class StudentMetrics(Value):
    covered: Covered
    students: list[StudentMetric] = Field(description="One page of them, in the order asked for.")
    total: int = Field(description="Students the filters fit.")
    without_scores: int
    improved: int = Field(description="Up five percent points or more since the term before.")
    fallen: int = Field(description="Down five percent points or more.")
    averages: Distribution = Field(description="The students' averages.")
    as_of: AwareDatetime


async def measure(tx: Tx, filters: Filters, sort: StudentSort, limit: int, offset: int) -> StudentMetrics:
    """The students of a scope in its newest term, and a page of them.

    Errors: those of `open_scope`.
    Source: tables enrolments, score_sheets, scores, registers, attendance_marks.
    """
    scope = await open_scope(tx, filters)
    found = await metrics(tx, scope, await attendance_patterns.add_up(tx, scope))
    totals = Totals()
    by_level = await scales(tx, scope.levels)
    for one in found:
        if one.average is not None:
            totals.add([int(one.average * 100)], by_level[scope.arms[one.class_arm.id].level_id])
    changes = [one.change for one in found if one.change is not None]
    return StudentMetrics(
        covered=scope.covered(), students=_ordered(found, sort)[offset : offset + limit], total=len(found),
        without_scores=sum(one.average is None for one in found), averages=totals.distribution(), as_of=tx.now,
        improved=sum(change >= CLEAR_CHANGE for change in changes), fallen=sum(change <= -CLEAR_CHANGE for change in changes),
    )  # fmt: skip


async def metrics(tx: Tx, scope: Scope, marked: Marked) -> list[StudentMetric]:
    """Every student of a scope, by class and family name, those without a score too."""
    past = [term for term in await calendar.terms_in_order(tx) if term.ends_on < scope.newest.starts_on]
    averages = await score_totals.by_student(tx, scope, [*past[-1:], scope.newest])
    now = {one.student_id: one for one in averages if one.term_id == scope.newest.id}
    return [
        _metric(
            person_id,
            name,
            Named(id=arm_id, name=scope.arms[arm_id].name),
            now.get(person_id),
            own.rate if (own := marked.by_student.get(person_id)) else None,
        )
        for person_id, name, arm_id in await _listed(tx, scope)
    ]


async def _listed(tx: Tx, scope: Scope) -> list[tuple[UUID, str, UUID]]:
    """Who is on the lists of the scope's classes on the day its newest term is read at."""
    term = scope.newest
    day = min(max(tx.today, term.starts_on), term.ends_on)
    query = (
        select(Person.id, Person.given_name, Person.family_name, Enrolment.class_arm_id)
        .join(Enrolment, Enrolment.student_id == Person.id)
        .where(Enrolment.session_id == term.session_id, Enrolment.class_arm_id.in_(scope.arms))
        .where((Enrolment.left_on.is_(None)) | (Enrolment.left_on > day))
        .order_by(Person.family_name, Person.given_name, Person.id)
    )
    if scope.filters.student_ids:
        query = query.where(Person.id.in_(scope.filters.student_ids))
    rows = (await tx.session.execute(query)).all()
    order = {arm_id: place for place, arm_id in enumerate(scope.arms)}
    return [
        (key, f"{family} {given}", arm_id) for key, given, family, arm_id in sorted(rows, key=lambda row: order[row[3]])
    ]


def _metric(student_id: UUID, name: str, arm: Named, one: StudentAverage | None, rate: Decimal | None) -> StudentMetric:
    average = Decimal(one.average) if one else None
    before = Decimal(one.before) if one and one.before is not None else None
    return StudentMetric(
        student=Named(id=student_id, name=name), class_arm=arm, average=average, before=before,
        position=one.position if one else None, out_of=one.out_of if one else None,
        change=average - before if average is not None and before is not None else None,
        subjects=one.subjects if one else 0, failed=one.failed if one else 0, attendance_rate=rate,
    )  # fmt: skip


def _ordered(found: Sequence[StudentMetric], sort: StudentSort) -> list[StudentMetric]:
    """Those the order says nothing of come last; those it holds equal stay by class and name."""
    if sort is StudentSort.NAME:
        return list(found)
    value = {
        StudentSort.AVERAGE: lambda one: -one.average if one.average is not None else None,
        StudentSort.LOWEST: lambda one: one.average,
        StudentSort.CHANGE: lambda one: one.change,
        StudentSort.ATTENDANCE: lambda one: one.attendance_rate,
    }[sort]  # fmt: skip
    return sorted(found, key=lambda one: (value(one) is None, value(one) if value(one) is not None else Decimal(0)))


def mean(found: Sequence[StudentMetric]) -> Decimal | None:
    return marks.average([one.average for one in found if one.average is not None])
