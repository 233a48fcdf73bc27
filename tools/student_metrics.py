"""Students in figures, for staff: one line each, narrowed and sorted as asked."""

from typing import Annotated, Any

from pydantic import Field

from runtime.transaction import Tx
from school import figures_cache, student_metrics
from school.permissions import Permission
from school.student_metrics import StudentSort
from tools.analytics_filters import ClassArms, FirstDay, LastDay, Levels, Students, Subjects, filters, histogram
from tools.declare import Effect, tool
from tools.present import Block, Column, Table, number
from tools.reports import TermGiven
from tools.results import Concern, Result

Sort = Annotated[
    StudentSort, Field(description="Order: by class and name, best or lowest average, largest fall, lowest attendance.")
]
Limit = Annotated[int, Field(ge=1, le=500, description="Students a page.")]
Offset = Annotated[int, Field(ge=0, le=100_000, description="Students skipped.")]


class StudentMetrics(Result, student_metrics.StudentMetrics):
    """Students in figures, one page of them."""

    def headline(self) -> str:
        if not self.total:
            return "No student fits this."
        average = f", average {self.averages.average:g}" if self.averages.average is not None else ""
        return (
            f"{self.total} students, {self.covered.terms[-1]}{average}. {self.improved} rose and {self.fallen} fell by five"
            f" points or more since the term before."
        )

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="name", label="Student", kind="person"), Column(key="classArm", label="Class"),
            Column(key="average", label="Average", kind="percent"), Column(key="place", label="Place"),
            Column(key="change", label="Change", kind="number"), Column(key="failed", label="Failed subjects", kind="number"),
            Column(key="attendance", label="Attendance", kind="percent"),
        ]  # fmt: skip
        table = Table(columns=columns, rows=[_row(one) for one in self.students], total=self.total)
        return [table, histogram("Averages", self.averages)] if self.students else []

    def concerns(self) -> list[Concern]:
        return [Concern(kind="Student", id=str(one.student.id), label=one.student.name) for one in self.students[:10]]


def _row(one: student_metrics.StudentMetric) -> dict[str, Any]:
    return {
        "name": one.student.name, "studentId": str(one.student.id), "classArm": one.class_arm.name,
        "average": number(one.average), "place": f"{one.position} of {one.out_of}" if one.position else None,
        "change": number(one.change), "failed": one.failed if one.subjects else None, "attendance": number(one.attendance_rate),
    }  # fmt: skip


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.READ,
    rest="GET /api/v1/analytics/students",
    says=(
        "Which students fell most since last term?",
        "Show the averages and attendance of all my students",
        "List the students of JSS 2 by average",
        "Student performance figures of SS 1",
        "Which students improved most?",
    ),
)
async def show_student_metrics(
    tx: Tx, *, term: TermGiven = None, first_day: FirstDay = None, last_day: LastDay = None, class_arms: ClassArms = [],  # noqa: B006  # never changed
    groups: Levels = [], subjects: Subjects = [], students: Students = [], sort: Sort = StudentSort.NAME,  # noqa: B006  # never changed
    limit: Limit = 100, offset: Offset = 0,
) -> StudentMetrics:  # fmt: skip
    """Show students in figures: average, place, change, failed subjects, attendance.

    Use when staff want many students compared. For one student use `show_trajectory`; for who needs help `show_at_risk`.

    Shape:  filters -> one line a student, one page of them, and how their averages spread.
    Units:  percent; change in percent points since the term before.
    Errors: those of any read.
    Source: tables enrolments, score_sheets, scores, registers, attendance_marks.
    """
    asked = filters(term, first_day, last_day, class_arms, groups, subjects, students)

    async def work(own: Tx) -> StudentMetrics:
        return StudentMetrics(**dict(await student_metrics.measure(own, asked, sort, limit, offset)))

    return await figures_cache.remembered(tx, StudentMetrics, f"{asked.key()}|{sort}|{limit}|{offset}", work)
