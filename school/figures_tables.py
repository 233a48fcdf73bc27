"""Figures as tables for a file: what is asked for, on whom, as of when, and the rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import select

from runtime.transaction import Tx
from school import (
    attendance_patterns,
    course_metrics,
    dashboards,
    grade_distributions,
    marks,
    score_totals,
    student_metrics,
)
from school.analytics_scope import Filters, Scope, open_scope
from school.exports import ExportFormat
from school.people import Person, Student
from school.permissions import Permission
from school.score_distributions import Distribution, scales
from school.student_metrics import StudentSort
from school.units import Value

RUN_KIND = "figures.export"
EVERYBODY = 1_000_000


class FiguresKind(StrEnum):
    """What a file holds. `totals` has a row for each student, subject and term."""

    DASHBOARD = "dashboard"
    STUDENTS = "students"
    ATTENDANCE = "attendance"
    GRADES = "grades"
    COURSES = "courses"
    TOTALS = "totals"


class FiguresSpec(Value):
    """A file asked for, as a run keeps it."""

    kind: FiguresKind
    format: ExportFormat
    filters: Filters


class Rows(Protocol):
    """The rows of a table, however they are held."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Sequence[Any]]: ...


@dataclass(frozen=True, slots=True)
class MadeRows:
    """Rows made one by one while they are read: a school has a hundred thousand."""

    count: int
    make: Callable[[], Iterator[Sequence[Any]]]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Sequence[Any]]:
        return self.make()


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    headings: Sequence[str]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Figures:
    """The tables of one file."""

    title: str
    covered: str
    as_of: datetime
    tables: list[Table]

    @property
    def rows(self) -> int:
        return sum(len(table.rows) for table in self.tables)


_SPREAD = (
    "Totals",
    "Average",
    "Median",
    "Lower quartile",
    "Upper quartile",
    "Lowest",
    "Highest",
    "Spread",
    "Pass rate",
)


def _spread(one: Distribution) -> tuple[Any, ...]:
    return (one.students, one.average, one.median, one.lower_quartile, one.upper_quartile, one.lowest, one.highest, one.spread,
            one.pass_rate)  # fmt: skip


def _grades(one: Distribution) -> Table:
    return Table(
        "Grades", ("Grade", "Totals", "Share"), [(each.grade, each.students, each.share) for each in one.grades]
    )


def _bins(one: Distribution) -> Table:
    return Table("Spread of totals", ("Percent", "Totals"), [(each.label, each.students) for each in one.bins])


async def collect(tx: Tx, kind: FiguresKind, filters: Filters) -> Figures:
    """The tables of a file, within what the caller may see.

    Errors: those of `open_scope`.
    Source: those of the figures asked for.
    """
    tx.require(Permission.ANALYTICS_READ)
    scope = await open_scope(tx, filters)
    tables = await _MAKERS[kind](tx, filters, scope)
    return Figures(f"{kind.value.capitalize()}", scope.words(), tx.now, tables)


async def _dashboard(tx: Tx, filters: Filters, scope: Scope) -> list[Table]:
    found = await dashboards.overview(tx, filters)
    return [
        Table("At a glance", ("Figure", "Value"), [
            ("Students", found.students), ("Average", found.average), ("Change since the term before", found.average_change),
            ("Pass rate", found.pass_rate), ("Attendance", found.attendance_rate), ("At high risk", found.risk.high),
            ("At medium risk", found.risk.medium),
        ]),
        Table("Classes", ("Class", "Students", "Average", "Pass rate", "Attendance", "High risk", "Medium risk"), [
            (each.class_arm.name, each.students, each.average, each.pass_rate, each.attendance_rate, each.high_risk, each.medium_risk)
            for each in found.classes
        ]),
        Table("Subjects", ("Subject", "Totals", "Average", "Pass rate"), [
            (each.subject.name, each.students, each.average, each.pass_rate) for each in found.subjects
        ]),
        _grades(found.scores),
        Table("Terms", ("Term", "Average", "Pass rate"), [(each.term, each.average, each.pass_rate) for each in found.terms]),
        Table("Attendance by week", ("Week from", "Attendance"), [(each.week, each.rate) for each in found.attendance]),
        Table("Most urgent (for staff only)", ("Student", "Class", "Level", "Reason", "What to do"), [
            (each.student.name, each.class_arm.name, each.risk_level, each.reason, each.recommendation)
            for each in found.risk.most_urgent
        ]),
    ]  # fmt: skip


async def _students(tx: Tx, filters: Filters, scope: Scope) -> list[Table]:
    found = await student_metrics.measure(tx, filters, StudentSort.NAME, EVERYBODY, 0)
    headings = ("Student", "Class", "Average", "Place", "Of", "Before", "Change", "Subjects", "Failed", "Attendance")
    rows = [
        (one.student.name, one.class_arm.name, one.average, one.position, one.out_of, one.before, one.change, one.subjects,
         one.failed, one.attendance_rate)
        for one in found.students
    ]  # fmt: skip
    return [Table("Students", headings, rows), _bins(found.averages)]


async def _attendance(tx: Tx, filters: Filters, scope: Scope) -> list[Table]:
    found = await attendance_patterns.analyse(tx, filters)
    counts = ("Attendance", "Present", "Late", "Absent", "Excused")

    def table(title: str, heading: str, some: Iterable[tuple[Any, attendance_patterns.Presences]]) -> Table:
        rows = [(name, one.rate, one.present, one.late, one.absent, one.excused) for name, one in some]
        return Table(title, (heading, *counts), rows)

    return [
        table("Classes", "Class", ((one.class_arm.name, one) for one in found.classes)),
        table("Weekdays", "Day", ((one.weekday, one) for one in found.weekdays)),
        table("Weeks", "Week from", ((one.week, one) for one in found.weeks)),
        table("Days", "Day", ((one.day, one) for one in found.days)),
        table("Low attendance", "Student", ((one.student.name, one) for one in found.low)),
    ]


async def _grade_tables(tx: Tx, filters: Filters, scope: Scope) -> list[Table]:
    found = await grade_distributions.analyse(tx, filters)
    return [
        _grades(found.together), _bins(found.together),
        Table("Classes", ("Class", *_SPREAD), [(one.class_arm.name, *_spread(one.figures)) for one in found.classes]),
        Table("Subjects", ("Subject", *_SPREAD), [(one.subject.name, *_spread(one.figures)) for one in found.subjects]),
    ]  # fmt: skip


async def _courses(tx: Tx, filters: Filters, scope: Scope) -> list[Table]:
    found = await course_metrics.measure(tx, filters)
    headings = (
        "Subject",
        "Class",
        "Sheet",
        "Totals",
        "Average",
        "Median",
        "Spread",
        "Pass rate",
        "Recorded",
        "Change",
        "Compared",
    )
    rows = [
        (one.subject.name, one.class_arm.name, one.state, one.students, one.average, one.median, one.spread, one.pass_rate,
         one.recorded, one.gain, one.compared)
        for one in found.courses
    ]  # fmt: skip
    return [Table("Courses", headings, rows)]


async def _totals(tx: Tx, filters: Filters, scope: Scope) -> list[Table]:
    sheets = await score_totals.by_sheet(tx, scope)
    order = {term.id: place for place, term in enumerate(scope.terms)}
    arms = {arm_id: place for place, arm_id in enumerate(scope.arms)}
    by_level = await scales(tx, scope.levels)
    people = {
        key: (number, f"{family} {given}")
        for key, number, family, given in await tx.session.execute(
            select(Student.id, Student.admission_no, Person.family_name, Person.given_name).join(Person, Person.id == Student.id)
        )
    }  # fmt: skip
    wanted = set(filters.student_ids)
    ordered = sorted(
        sheets, key=lambda one: (order[one.term_id], arms[one.class_arm_id], scope.subjects[one.subject_id])
    )

    def rows() -> Iterator[Sequence[Any]]:
        for sheet in ordered:
            arm = scope.arms[sheet.class_arm_id]
            shared = (arm.name, scope.subjects[sheet.subject_id], scope.labels[sheet.term_id])
            scale, places = (
                by_level[arm.level_id],
                marks.positions(dict(zip(sheet.students, sheet.totals, strict=True))),
            )
            for key, total in zip(sheet.students, sheet.totals, strict=True):
                if not wanted or key in wanted:
                    yield *people[key], *shared, total / 100, scale.grade(total), places[key]

    count = sum(len(wanted.intersection(sheet.students)) if wanted else len(sheet.students) for sheet in sheets)
    headings = ("Admission number", "Student", "Class", "Subject", "Term", "Total", "Grade", "Place")
    return [Table("Totals", headings, MadeRows(count, rows))]


_MAKERS = {
    FiguresKind.DASHBOARD: _dashboard, FiguresKind.STUDENTS: _students, FiguresKind.ATTENDANCE: _attendance,
    FiguresKind.GRADES: _grade_tables, FiguresKind.COURSES: _courses, FiguresKind.TOTALS: _totals,
}  # fmt: skip
