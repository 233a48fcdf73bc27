"""Courses in figures, for staff: a subject in a class, how it goes and how far its scores are in."""

from typing import Any

from runtime.transaction import Tx
from school import course_metrics, figures_cache
from school.permissions import Permission
from tools.analytics_filters import ClassArms, FirstDay, LastDay, Levels, Subjects, filters
from tools.declare import Effect, tool
from tools.present import Block, Column, Notice, Table, number
from tools.reports import TermGiven
from tools.results import Result

NAMED_CLASSES = 6


class CourseMetrics(Result, course_metrics.CourseMetrics):
    """Courses in figures."""

    def headline(self) -> str:
        if not self.courses:
            return f"There is no course of this in {self.covered.terms[-1]}."
        average = f" Average {self.average:g}, {self.pass_rate:g}% pass." if self.average is not None else ""
        missing = f" {self.without_scores} have no scores yet." if self.without_scores else ""
        return f"{self._which} in {self.covered.terms[-1]}.{average}{missing}"

    @property
    def _which(self) -> str:
        """The courses by name while they are few: "English Language in SS 2 Ruby and SS 2 Topaz"."""
        subjects = sorted({one.subject.name for one in self.courses})
        classes = list(dict.fromkeys(one.class_arm.name for one in self.courses))
        if len(subjects) == 1 and len(classes) <= NAMED_CLASSES:
            return f"{subjects[0]} of {', '.join(classes)}"
        if len(classes) == 1:
            return f"{len(self.courses)} courses of {classes[0]}"
        return f"{len(self.courses)} courses"

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="subject", label="Subject"), Column(key="classArm", label="Class"), Column(key="state", label="Sheet", kind="status"),
            Column(key="students", label="Totals", kind="number"), Column(key="average", label="Average", kind="percent"),
            Column(key="passRate", label="Pass rate", kind="percent"), Column(key="gain", label="Change", kind="number"),
            Column(key="recorded", label="Recorded", kind="percent"),
        ]  # fmt: skip
        rows = [_row(one) for one in self.courses]
        return [Table(columns=columns, rows=rows, total=len(rows)), Notice(text=self.note)] if rows else []


def _row(one: course_metrics.CourseMetric) -> dict[str, Any]:
    return {
        "subject": one.subject.name, "subjectId": str(one.subject.id), "classArm": one.class_arm.name,
        "classArmId": str(one.class_arm.id), "state": one.state, "students": one.students, "average": number(one.average),
        "passRate": number(one.pass_rate), "gain": number(one.gain), "recorded": number(one.recorded),
    }  # fmt: skip


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.READ,
    rest="GET /api/v1/analytics/courses",
    says=(
        "Which courses have no scores yet?",
        "Show how the courses are going",
        "Course figures of JSS 2 Ruby",
        "In which subjects did the classes gain since last term?",
        "How complete are the scores of each course?",
    ),
)
async def show_course_metrics(
    tx: Tx, *, term: TermGiven = None, first_day: FirstDay = None, last_day: LastDay = None, class_arms: ClassArms = [],  # noqa: B006  # never changed
    groups: Levels = [], subjects: Subjects = [],  # noqa: B006  # never changed
) -> CourseMetrics:  # fmt: skip
    """Show courses in figures: average, pass rate, change, completeness.

    Use when staff ask how subjects in classes are going. For one subject in depth use `show_subject_analysis`.

    Shape:  filters (default this term) -> one line a subject and class; no teacher and no ranking.
    Units:  percent; change in percent points, of the same students.
    Errors: those of any read.
    Source: tables teaching, score_sheets, scores, assessment_components.
    """
    asked = filters(term, first_day, last_day, class_arms, groups, subjects)

    async def work(own: Tx) -> CourseMetrics:
        return CourseMetrics(**dict(await course_metrics.measure(own, asked)))

    return await figures_cache.remembered(tx, CourseMetrics, asked.key(), work)
