"""Early warning for staff: who in a class needs help and why; a student's way through the terms."""

from uuid import UUID

from pydantic import AwareDatetime

from runtime.transaction import Tx
from school import assessment, classes, report_access, report_cards, risk, risk_features, trajectories
from school.classes import ClassArm
from school.people import Person, Student
from school.permissions import Permission
from school.risk import ClassHealth, Factor, Risk
from school.trajectories import Course
from tools.declare import Effect, tool
from tools.present import Axis, Block, Chart, ChartPoint, Column, Notice, Series, Shown, Table
from tools.refs import Ref
from tools.reports import TermGiven
from tools.results import Result


class Named(Shown):
    id: UUID
    name: str


class AtRiskStudent(Shown):
    """A student at medium or high risk, with reasons."""

    student: Named
    risk_score: float
    risk_level: str
    contributing_factors: list[Factor]
    recommendation: str
    what_would_change_it: str


class AtRisk(Result):
    """The students of a class who need help, most urgent first."""

    class_arm: Named
    term: str
    at_risk_students: list[AtRiskStudent]
    class_health: ClassHealth
    without_scores: int
    method: str
    as_of: AwareDatetime

    def headline(self) -> str:
        found = self.at_risk_students
        if not found:
            return f"Nobody in {self.class_arm.name} stands out as at risk in {self.term}."
        first = found[0]
        return (
            f"{len(found)} in {self.class_arm.name} need attention ({self.term}). First: {first.student.name}, "
            f"{first.risk_level} risk: {first.contributing_factors[0].factor.lower()}."
        )

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="name", label="Student", kind="person"), Column(key="score", label="Points", kind="number"),
            Column(key="level", label="Level", kind="status"), Column(key="why", label="Why"),
            Column(key="do", label="What to do"),
        ]  # fmt: skip
        rows = [
            {
                "name": s.student.name, "studentId": str(s.student.id), "score": s.risk_score, "level": s.risk_level,
                "why": "; ".join(f.factor for f in s.contributing_factors[:3]), "do": s.recommendation,
            }
            for s in self.at_risk_students
        ]  # fmt: skip
        health = self.class_health
        levels = (
            ("High", health.high_risk_count),
            ("Medium", health.medium_risk_count),
            ("Low", health.low_risk_count),
        )
        chart = Chart(
            chart="pie", title="Risk in the class", x=Axis(label="Level"), y=Axis(label="Students"),
            series=[Series(name="Students", points=[ChartPoint(x=name, y=count) for name, count in levels])],
        )  # fmt: skip
        return [*([Table(columns=columns, rows=rows)] if rows else []), chart, Notice(text=self.method)]


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.READ,
    rest="GET /api/analytics/classes/{class_arm}/at-risk",
    says=(
        "Who in JSS 2 Ruby is at risk?",
        "Which students of SS 1 Pearl need help?",
        "Show me struggling students in my class",
        "Early warning for JSS 3 Opal",
        "Who is likely to fail in my class?",
    ),
)
async def show_at_risk(tx: Tx, *, class_arm: Ref[ClassArm], term: TermGiven = None) -> AtRisk:
    """Show which students of a class need help, why, and what to do.

    Use when staff ask who is struggling or at risk. For one student's course use `show_trajectory`. Staff only.

    Shape:  one class arm and term (default this term) -> one entry a student at medium or high risk.
    Units:  points 0..100 by rule, not a probability; importance in percent of a student's points.
    Errors: those of any read.
    Source: tables scores, score_sheets, attendance_marks; rules of school/risk.py.
    """
    arm = await classes.access_class(tx, class_arm.id, Permission.ANALYTICS_READ)
    chosen = await report_access.term_of(tx, term.id if term else None)
    _, pass_percent = await assessment.bands_for(tx, arm.level_id)
    features = await risk_features.of_class(tx, arm.id, chosen)
    risks: dict[UUID, Risk] = {key: risk.assess(each, float(pass_percent)) for key, each in features.items()}
    listed = await classes.roll(tx, arm.id, chosen.session_id)
    names = {student.id: person.full_name for student, person in listed}
    found = sorted(
        ((key, r) for key, r in risks.items() if r.risk_level != "low"), key=lambda pair: -pair[1].risk_score
    )
    return AtRisk(
        class_arm=Named(id=arm.id, name=arm.name), term=chosen.name, class_health=risk.health(risks), method=risk.METHOD,
        as_of=tx.now, without_scores=len(set(names) - set(risks)),
        at_risk_students=[
            AtRiskStudent(student=Named(id=key, name=names.get(key, "")), **r.model_dump()) for key, r in found
        ],
    )  # fmt: skip


class Trajectory(Result, Course):
    """A student's way through the terms."""

    student: Named

    def headline(self) -> str:
        if not self.terms:
            return f"{self.student.name} has no results yet."
        last = self.terms[-1]
        where = (
            f" The line leads to {self.projected_end_of_year:.1f} by the end of the year"
            if self.projected_end_of_year
            else ""
        )
        span = (
            f" ({self.projected_interval[0]:.0f} to {self.projected_interval[1]:.0f})"
            if self.projected_interval
            else ""
        )
        return f"{self.student.name} is {self.trend}: {last.average:.1f} in {last.term}.{where}{span}{'.' if where else ''}"

    def blocks(self) -> list[Block]:
        if not self.terms:
            return []
        points = [ChartPoint(x=point.term, y=point.average) for point in self.terms]
        chart = Chart(
            chart="line", title="Average, term by term", x=Axis(label="Term"), y=Axis(label="Percent"),
            series=[Series(name=self.student.name, points=points)],
        )  # fmt: skip
        columns = [
            Column(key="subject", label="Subject"),
            Column(key="scores", label="Totals, oldest first"),
            Column(key="trend", label="Trend", kind="status"),
        ]
        rows = [
            {"subject": s.subject, "trend": s.trend.replace("_", " "), "scores": ", ".join("–" if v is None else f"{v:g}" for v in s.scores)}
            for s in self.subject_breakdown
        ]  # fmt: skip
        return [chart, Table(columns=columns, rows=rows)]


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.READ,
    rest="GET /api/analytics/students/{student}/trajectory",
    says=("How has Ada developed over the terms?", "Show Tunde's trajectory", "Is Zainab improving or declining?",
          "Where will Chidi end up this year?"),
)  # fmt: skip
async def show_trajectory(tx: Tx, *, student: Ref[Student]) -> Trajectory:
    """Show one student's averages and places term by term, and where they lead.

    Use when staff ask how a student develops. For this term's marks use `show_results`; for a class `show_at_risk`.

    Shape:  one student -> one point a term, one line a subject.
    Units:  percent; the interval is an 80 % prediction interval of the line.
    Errors: those of any read.
    Source: tables scores, score_sheets, terms.
    """
    now = await report_access.term_of(tx, None)
    await classes.access_class(tx, await report_cards.class_of(tx, student.id, now), Permission.ANALYTICS_READ)
    person = await tx.session.get_one(Person, student.id)
    return Trajectory(
        **dict(await trajectories.course(tx, student.id)), student=Named(id=student.id, name=person.full_name)
    )
