"""Students in figures: average, place, change since the term before, failed subjects, attendance; one line a student."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, Field
from sqlalchemy import select

from runtime.transaction import Tx
from school import attendance_patterns, marks, score_totals
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


@dataclass(frozen=True, slots=True)
class Line:
    """One student before they are shown: a school has a thousand, a page a hundred."""

    student_id: UUID
    name: str
    arm_id: UUID
    average: Decimal | None
    before: Decimal | None
    attendance: Decimal | None
    place: StudentAverage | None

    @property
    def change(self) -> Decimal | None:
        return None if self.average is None or self.before is None else self.average - self.before

    def shown(self, scope: Scope) -> StudentMetric:
        place = self.place
        return StudentMetric(
            student=Named(id=self.student_id, name=self.name), class_arm=Named(id=self.arm_id, name=scope.arms[self.arm_id].name),
            average=self.average, before=self.before, change=self.change, attendance_rate=self.attendance,
            position=place.position if place else None, out_of=place.out_of if place else None,
            subjects=place.subjects if place else 0, failed=place.failed if place else 0,
        )  # fmt: skip


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
    found = await lines(tx, scope, await attendance_patterns.add_up(tx, scope))
    totals, by_level = Totals(), await scales(tx, scope.levels)
    by_arm: dict[UUID, list[int]] = {}
    for one in found:
        if one.average is not None:
            by_arm.setdefault(one.arm_id, []).append(int(one.average * 100))
    for arm_id, averages in by_arm.items():
        totals.add(averages, by_level[scope.arms[arm_id].level_id])
    changes = [change for one in found if (change := one.change) is not None]
    return StudentMetrics(
        covered=scope.covered(), students=[one.shown(scope) for one in _ordered(found, sort)[offset : offset + limit]],
        total=len(found), without_scores=sum(one.average is None for one in found), averages=totals.distribution(),
        improved=sum(change >= CLEAR_CHANGE for change in changes), fallen=sum(change <= -CLEAR_CHANGE for change in changes),
        as_of=tx.now,
    )  # fmt: skip


async def lines(tx: Tx, scope: Scope, marked: Marked) -> list[Line]:
    """Every student of a scope, by class and family name, those without a score too."""
    listed, before = await _listed(tx, scope), scope.past[-1:]
    elsewhere = bool(before) and not scope.whole
    moved = await score_totals.sat_in(tx, [one[0] for one in listed], before[0]) if elsewhere else ()
    averages = await score_totals.by_student(tx, scope, [*before, scope.newest], moved)
    now = {one.student_id: one for one in averages}
    found: list[Line] = []
    for student_id, name, arm_id in listed:
        one, own = now.get(student_id), marked.by_student.get(student_id)
        found.append(
            Line(
                student_id, name, arm_id, one.average if one else None, one.before if one else None,
                own.rate if own else None, one,
            )
        )  # fmt: skip
    return found


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


def _ordered(found: Sequence[Line], sort: StudentSort) -> list[Line]:
    """Those the order says nothing of come last; those it holds equal stay by class and name."""
    if sort is StudentSort.NAME:
        return list(found)
    value = {
        StudentSort.AVERAGE: lambda one: -one.average if one.average is not None else None,
        StudentSort.LOWEST: lambda one: one.average,
        StudentSort.CHANGE: lambda one: one.change,
        StudentSort.ATTENDANCE: lambda one: one.attendance,
    }[sort]  # fmt: skip
    return sorted(found, key=lambda one: (value(one) is None, value(one) if value(one) is not None else Decimal(0)))


def mean(found: Sequence[Line]) -> Decimal | None:
    return marks.average([one.average for one in found if one.average is not None])
