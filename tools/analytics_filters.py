"""What every question about figures can be narrowed by, the same at each of them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from school.analytics_scope import Filters
from school.calendar import Term
from school.classes import ClassArm, Level, Subject
from school.people import Student
from school.score_distributions import Distribution
from tools.present import Axis, Chart, ChartPoint, Column, Fact, Facts, Series, Table, number
from tools.refs import Ref

FirstDay = Annotated[date | None, Field(description="From this day, YYYY-MM-DD; scores: the terms the days fall in.")]
LastDay = Annotated[date | None, Field(description="Until this day, YYYY-MM-DD.")]
ClassArms = Annotated[
    list[Ref[ClassArm]], Field(max_length=60, description="Only these classes; default all you may see.")
]
Levels = Annotated[list[Ref[Level]], Field(max_length=20, description="Only these groups of classes, such as JSS 2.")]
Subjects = Annotated[list[Ref[Subject]], Field(max_length=40, description="Only these subjects.")]
Students = Annotated[list[Ref[Student]], Field(max_length=200, description="Only these students.")]


def filters(
    term: Ref[Term] | None, first_day: date | None, last_day: date | None, class_arms: Sequence[Ref[ClassArm]] = (),
    groups: Sequence[Ref[Level]] = (), subjects: Sequence[Ref[Subject]] = (), students: Sequence[Ref[Student]] = (),
) -> Filters:  # fmt: skip
    return Filters(
        term_id=term.id if term else None, first_day=first_day, last_day=last_day,
        class_arm_ids=tuple(each.id for each in class_arms), level_ids=tuple(each.id for each in groups),
        subject_ids=tuple(each.id for each in subjects), student_ids=tuple(each.id for each in students),
    )  # fmt: skip


def facts_of(spread: Distribution) -> Facts:
    """The figures of a distribution as a list."""
    items = (
        ("Average", spread.average), ("Median", spread.median), ("Lowest", spread.lowest), ("Highest", spread.highest),
        ("Pass rate", spread.pass_rate),
    )  # fmt: skip
    return Facts(items=[Fact(label=label, value=number(value), kind="percent") for label, value in items])


def percent_chart(
    kind: Literal["line", "bar"], title: str, axis: str, name: str, points: Sequence[tuple[str, Decimal | None]]
) -> Chart:
    """A percentage by whatever the points are named by."""
    return Chart(
        chart=kind, title=title, x=Axis(label=axis), y=Axis(label="Percent"),
        series=[Series(name=name, points=[ChartPoint(x=at, y=number(value)) for at, value in points])],
    )  # fmt: skip


def histogram(title: str, spread: Distribution) -> Chart:
    points = [ChartPoint(x=one.label, y=one.students) for one in spread.bins]
    return Chart(
        chart="histogram", title=title, x=Axis(label="Total, percent"), y=Axis(label="Totals"),
        series=[Series(name="Totals", points=points)],
    )  # fmt: skip


def grade_chart(title: str, spread: Distribution) -> Chart:
    points = [ChartPoint(x=one.grade, y=one.students) for one in spread.grades]
    return Chart(
        chart="bar", title=title, x=Axis(label="Grade"), y=Axis(label="Totals"), series=[Series(name="Totals", points=points)]
    )  # fmt: skip


def spread_columns(first: str) -> list[Column]:
    return [
        Column(key="name", label=first), Column(key="students", label="Totals", kind="number"),
        Column(key="average", label="Average", kind="percent"), Column(key="median", label="Median", kind="percent"),
        Column(key="spread", label="Spread", kind="number"), Column(key="passRate", label="Pass rate", kind="percent"),
    ]  # fmt: skip


def spread_row(name: str, spread: Distribution) -> dict[str, Any]:
    return {
        "name": name, "students": spread.students, "average": number(spread.average), "median": number(spread.median),
        "spread": number(spread.spread), "passRate": number(spread.pass_rate),
    }  # fmt: skip


def spread_table(first: str, rows: Sequence[tuple[str, Distribution]]) -> Table:
    return Table(columns=spread_columns(first), rows=[spread_row(name, spread) for name, spread in rows])


__all__ = [
    "ClassArms", "FirstDay", "LastDay", "Levels", "Students", "Subjects", "facts_of", "filters", "grade_chart", "histogram",
    "percent_chart", "spread_columns", "spread_row", "spread_table",
]  # fmt: skip
