"""Early warning for staff: who in a class needs help and why; a student's way through the terms."""

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from runtime.transaction import Tx
from school import classes, early_warning, figures_cache, report_access, report_cards, risk, trajectories
from school.calendar import Term
from school.classes import ClassArm
from school.people import Person, Student
from school.permissions import Permission
from school.risk import ClassHealth, Factor
from school.trajectories import Course
from tools.declare import Effect, tool
from tools.present import Axis, Block, Chart, ChartPoint, Column, Notice, Series, Shown, Table
from tools.refs import Ref
from tools.reports import TermGiven
from tools.results import Concern, Result

Capacity = Annotated[
    int | None, Field(ge=1, le=500, description="How many students of the class can be helped: just those are named.")
]
NUMBERS = {1: "one", 2: "two", 3: "three"}


def why(factors: list[Factor]) -> str:
    """The weightiest reason as the end of a sentence; nothing when there is none."""
    return f": {factors[0].factor[:1].lower()}{factors[0].factor[1:]}" if factors else ""


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
    basis: str = Field(description="model or rule.")
    model_version: int = Field(description="0 is the rule.")
    method: str
    as_of: AwareDatetime

    def headline(self) -> str:
        found = self.at_risk_students
        if not found:
            return f"Nobody in {self.class_arm.name} stands out as at risk in {self.term}."
        first = found[0]
        return (
            f"{len(found)} in {self.class_arm.name} need attention ({self.term}). First: {first.student.name}, "
            f"{first.risk_level} risk{why(first.contributing_factors)}."
        )

    def next_questions(self) -> list[str]:
        if not self.at_risk_students:
            return []
        most = min(3, len(self.at_risk_students))
        whom = f"these {NUMBERS[most]}" if most > 1 else self.at_risk_students[0].student.name
        return [f"Why {self.at_risk_students[0].student.name}?", "What changed since last term?",
                f"Draft a note to the guardians of {whom}"]  # fmt: skip

    def concerns(self) -> list[Concern]:
        return [
            Concern(kind="Student", id=str(each.student.id), label=each.student.name)
            for each in self.at_risk_students[:10]
        ]

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="name", label="Student", kind="person"), Column(key="score", label="Risk", kind="number"),
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
async def show_at_risk(
    tx: Tx, *, class_arm: Ref[ClassArm], term: TermGiven = None, capacity: Capacity = None
) -> AtRisk:
    """Show which students of a class need help, why, and what to do.

    Use when staff ask who is struggling or at risk. For one student use `explain_risk` or `show_trajectory`. Staff only.

    Shape:  one class arm and term (default this term) -> one entry a student at medium or high risk, or `capacity` entries.
    Units:  0..100: a calibrated probability by the school's model, points by the rule; importance in percent.
    Errors: those of any read.
    Source: tables scores, score_sheets, attendance_marks, risk_models; school/early_warning.py.
    """
    arm = await classes.access_class(tx, class_arm.id, Permission.ANALYTICS_READ)
    chosen = await report_access.term_of(tx, term.id if term else None)
    asked = f"{arm.id}|{chosen.id}|{capacity}"
    return await figures_cache.remembered(tx, AtRisk, asked, lambda own: _at_risk(own, arm, chosen, capacity))


async def _at_risk(tx: Tx, arm: ClassArm, chosen: Term, capacity: int | None) -> AtRisk:
    found = await early_warning.of_class(tx, arm, chosen, features=False)
    listed = await classes.roll(tx, arm.id, chosen.session_id)
    names = {student.id: person.full_name for student, person in listed}
    ordered = sorted(found.risks.items(), key=lambda pair: -pair[1].risk_score)
    named = ordered[:capacity] if capacity else [(key, each) for key, each in ordered if each.risk_level != "low"]
    return AtRisk(
        class_arm=Named(id=arm.id, name=arm.name), term=chosen.name, class_health=risk.health(found.risks),
        method=found.method, basis=found.basis, model_version=found.version, as_of=found.as_of,
        without_scores=len(set(names) - set(found.risks)),
        at_risk_students=[
            AtRiskStudent(student=Named(id=key, name=names.get(key, "")), **each.model_dump()) for key, each in named
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
            if self.projected_end_of_year is not None
            else ""
        )
        span = (
            f" ({self.projected_interval[0]:.0f} to {self.projected_interval[1]:.0f})"
            if self.projected_interval
            else ""
        )
        so_far = " so far" if last.so_far else ""
        return f"{self.student.name} is {self.trend}: {last.average:.1f} in {last.term}{so_far}.{where}{span}{'.' if where else ''}"

    def blocks(self) -> list[Block]:
        if not self.terms:
            return []
        points = [ChartPoint(x=f"{one.term}{' so far' if one.so_far else ''}", y=one.average) for one in self.terms]
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
    Source: tables scores, score_sheets, enrolments, terms.
    """
    now = await report_access.term_of(tx, None)
    await classes.access_class(tx, await report_cards.class_of(tx, student.id, now), Permission.ANALYTICS_READ)

    async def work(own: Tx) -> Trajectory:
        person = await own.session.get_one(Person, student.id)
        return Trajectory(
            **dict(await trajectories.course(own, student.id)), student=Named(id=student.id, name=person.full_name)
        )

    return await figures_cache.remembered(tx, Trajectory, str(student.id), work)
