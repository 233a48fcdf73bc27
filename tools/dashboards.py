"""The analytics dashboard, for staff: the school or the caller's classes at a glance."""

from runtime.transaction import Tx
from school import dashboards, figures_cache
from school.permissions import Permission
from tools.analytics_filters import ClassArms, FirstDay, LastDay, Levels, Subjects, filters, grade_chart, percent_chart
from tools.declare import Effect, tool
from tools.present import Block, Column, Fact, Facts, Notice, Table, number
from tools.reports import TermGiven
from tools.results import Concern, Result


class Dashboard(Result, dashboards.Dashboard):
    """A scope at a glance."""

    def headline(self) -> str:
        average = f", average {self.average:g}" if self.average is not None else ""
        attended = f", attendance {self.attendance_rate:g}%" if self.attendance_rate is not None else ""
        risk = (
            f" {self.risk.high} at high risk, {self.risk.medium} at medium."
            if self.risk.high + self.risk.medium
            else ""
        )
        return f"{self.students} students, {self.covered.terms[-1]}{average}{attended}.{risk}"

    def blocks(self) -> list[Block]:
        weeks = [(f"{one.week:%d %b}", one.rate) for one in self.attendance]
        terms = [(one.term, one.average) for one in self.terms]
        charts = [grade_chart("Grades", self.scores)] if self.scores.students else []
        if len(terms) > 1:
            charts.append(percent_chart("line", "Average, term by term", "Term", "Average", terms))
        if len(weeks) > 1:
            charts.append(percent_chart("line", "Attendance by week", "Week", "Attendance", weeks))
        said = [Notice(tone="warning", text=one.text) for one in self.attention]
        return [self._facts(), *said, *self._urgent(), *charts, self._classes()]

    def _facts(self) -> Facts:
        return Facts(items=[
            Fact(label="Students", value=self.students, kind="number"),
            Fact(label="Average", value=number(self.average), kind="percent"),
            Fact(label="Pass rate", value=number(self.pass_rate), kind="percent"),
            Fact(label="Attendance", value=number(self.attendance_rate), kind="percent"),
            Fact(label="At high risk", value=self.risk.high, kind="number"),
        ])  # fmt: skip

    def _urgent(self) -> list[Block]:
        columns = [Column(key="name", label="Student", kind="person"), Column(key="classArm", label="Class"),
                   Column(key="level", label="Level", kind="status"), Column(key="why", label="Why")]  # fmt: skip
        rows = [
            {"name": one.student.name, "studentId": str(one.student.id), "classArm": one.class_arm.name,
             "level": one.risk_level, "why": one.reason}
            for one in self.risk.most_urgent
        ]  # fmt: skip
        return (
            [Table(title="Most urgent", columns=columns, rows=rows, total=self.risk.high + self.risk.medium)]
            if rows
            else []
        )

    def _classes(self) -> Table:
        columns = [
            Column(key="name", label="Class"), Column(key="students", label="Students", kind="number"),
            Column(key="average", label="Average", kind="percent"), Column(key="passRate", label="Pass rate", kind="percent"),
            Column(key="attendance", label="Attendance", kind="percent"), Column(key="high", label="High risk", kind="number"),
        ]  # fmt: skip
        rows = [
            {"name": one.class_arm.name, "classArmId": str(one.class_arm.id), "students": one.students,
             "average": number(one.average), "passRate": number(one.pass_rate), "attendance": number(one.attendance_rate),
             "high": one.high_risk}
            for one in self.classes
        ]  # fmt: skip
        return Table(title="Classes", columns=columns, rows=rows)

    def concerns(self) -> list[Concern]:
        return [
            Concern(kind="Student", id=str(one.student.id), label=one.student.name) for one in self.risk.most_urgent
        ]

    def next_questions(self) -> list[str]:
        return [one.ask for one in self.attention if one.kind != "risk"][:3]


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.READ,
    rest="GET /api/v1/analytics/dashboard",
    says=(
        "Show the dashboard",
        "How is the school doing?",
        "Give me an overview of my classes",
        "Show the analytics of JSS 2",
        "How are my classes doing at a glance?",
    ),
)
async def show_dashboard(
    tx: Tx, *, term: TermGiven = None, first_day: FirstDay = None, last_day: LastDay = None, class_arms: ClassArms = [],  # noqa: B006  # never changed
    groups: Levels = [], subjects: Subjects = [],  # noqa: B006  # never changed
) -> Dashboard:  # fmt: skip
    """Show the school or your classes at a glance: scores, attendance, risks.

    Use when staff ask how the school or their classes are doing. For one class's risks use `show_at_risk`. Staff only.

    Shape:  filters (default this term) -> totals, distributions, trends, classes, and what to look at.
    Units:  percent; change in percent points; risk levels high, medium, low.
    Errors: those of any read.
    Source: tables enrolments, score_sheets, scores, registers, attendance_marks, risk_models.
    """
    asked = filters(term, first_day, last_day, class_arms, groups, subjects)

    async def work(own: Tx) -> Dashboard:
        return Dashboard(**dict(await dashboards.overview(own, asked)))

    return await figures_cache.remembered(tx, Dashboard, asked.key(), work)
