"""The dashboard: a scope at a glance. Who needs help, how scores spread, how attendance goes, and what to look at."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from pydantic import AwareDatetime, Field

from runtime.transaction import Tx
from school import (
    attendance_patterns,
    early_warning,
    grade_distributions,
    marks,
    score_totals,
    student_metrics,
    term_totals,
)
from school.analytics_scope import Covered, Filters, Named, Scope, open_scope
from school.attendance_patterns import AttendanceAnalysis, WeekFigures
from school.early_warning import AtAGlance
from school.score_distributions import Distribution, Scale, Totals, mean, scales, share
from school.score_totals import SheetTotals, TermTotals
from school.student_metrics import Line
from school.units import Percent, PercentPoints, Value

LISTED = 10
TERMS = 6


class RiskEntry(Value):
    student: Named
    class_arm: Named
    risk_score: float
    risk_level: str
    reason: str = Field(description="The weightiest reason, in the student's own figures.")
    recommendation: str


class RiskOverview(Value):
    """For staff only. `as_of` is when the risks were worked out."""

    high: int
    medium: int
    low: int
    without_scores: int
    most_urgent: list[RiskEntry] = Field(description="High and medium risk, most urgent first; at most 10.")
    basis: str = Field(description="model or rule.")
    method: str
    as_of: AwareDatetime


class TermAverage(Value):
    term: str
    average: Percent | None
    pass_rate: Percent | None


class ClassOverview(Value):
    class_arm: Named
    students: int
    average: Percent | None
    pass_rate: Percent | None
    attendance_rate: Percent | None
    high_risk: int
    medium_risk: int


class SubjectOverview(Value):
    subject: Named
    students: int
    average: Percent | None
    pass_rate: Percent | None


class Attention(Value):
    """One thing worth looking at, in words, and what asks for the whole of it."""

    kind: str = Field(description="risk, attendance, scores or change.")
    text: str
    ask: str


class Dashboard(Value):
    covered: Covered
    students: int
    average: Percent | None = Field(description="Mean of the students' averages.")
    average_change: PercentPoints | None = Field(description="Since the term before, of students with both.")
    pass_rate: Percent | None = Field(description="Of all totals.")
    attendance_rate: Percent | None
    risk: RiskOverview
    scores: Distribution
    terms: list[TermAverage] = Field(description="Oldest first.")
    attendance: list[WeekFigures]
    classes: list[ClassOverview]
    subjects: list[SubjectOverview]
    attention: list[Attention]
    as_of: AwareDatetime


async def overview(tx: Tx, filters: Filters) -> Dashboard:
    """Everything at a glance for the classes of a scope; a teacher's own.

    Errors: those of `open_scope`.
    Source: tables enrolments, score_sheets, scores, registers, attendance_marks, risk_models.
    """
    scope = await open_scope(tx, filters)
    terms = [*scope.past, scope.newest][-TERMS:]
    now = await score_totals.by_sheet(tx, scope, [scope.newest], every=True, named=False)
    by_term = await term_totals.of_terms(tx, scope, terms[:-1])
    by_level = await scales(tx, scope.levels)
    marked = await attendance_patterns.add_up(tx, scope)
    students = await student_metrics.lines(tx, scope, marked)
    attended = await attendance_patterns.of_marks(tx, scope, marked)
    known = {one.student_id: one for one in students}
    risks = await early_warning.at_a_glance(tx, list(scope.arms.values()), scope.newest, known.keys(), LISTED)
    scores = grade_distributions.spread(now, scope, by_level)
    by_subject, by_arm = (
        _together(scope, by_level, now, lambda one: one.subject_id),
        _together(scope, by_level, now, lambda one: one.class_arm_id),
    )
    by_term[scope.newest.id] = _added_up(by_arm)
    changes = [change for one in students if (change := one.change) is not None]
    risk = _risk(scope, risks, known)
    return Dashboard(
        covered=scope.covered(), students=len(students), average=student_metrics.mean(students),
        average_change=marks.to_hundredth(sum(changes, Decimal(0)) / len(changes)) if changes else None,
        pass_rate=scores.pass_rate, attendance_rate=attended.together.rate, risk=risk, scores=scores,
        terms=[_term(scope.labels[term.id], by_term.get(term.id)) for term in terms],
        attendance=attended.weeks, classes=_classes(scope, by_arm, students, attended, risks.levels),
        subjects=[
            SubjectOverview(subject=Named(id=key, name=name), students=len(one.values), average=mean(one.values),
                            pass_rate=share(one.passed, len(one.values)))
            for key, name in scope.subjects.items() if (one := by_subject.get(key))
        ],
        attention=_attention(risk, attended, students), as_of=tx.now,
    )  # fmt: skip


def _added_up(by_arm: Mapping[UUID, Totals]) -> TermTotals:
    parts = by_arm.values()
    return TermTotals(
        sum(len(one.values) for one in parts), sum(sum(one.values) for one in parts), sum(one.passed for one in parts)
    )


def _term(label: str, one: TermTotals | None) -> TermAverage:
    if one is None or not one.students:
        return TermAverage(term=label, average=None, pass_rate=None)
    average = marks.to_hundredth(Decimal(one.total) / one.students / 100)
    return TermAverage(term=label, average=average, pass_rate=share(one.passed, one.students))


def _together(
    scope: Scope, by_level: dict[UUID, Scale], sheets: Sequence[SheetTotals], key: Callable[[SheetTotals], UUID]
) -> dict[UUID, Totals]:
    """The totals of sheets put together by class or subject."""
    found: dict[UUID, Totals] = {}
    for sheet in sheets:
        found.setdefault(key(sheet), Totals()).add(sheet.totals, by_level[scope.arms[sheet.class_arm_id].level_id])
    return found


def _risk(scope: Scope, found: AtAGlance, known: Mapping[UUID, Line]) -> RiskOverview:
    levels = list(found.levels.values())
    return RiskOverview(
        high=levels.count("high"), medium=levels.count("medium"), low=levels.count("low"), basis=found.basis,
        without_scores=len(known) - len(levels), method=found.method, as_of=found.as_of,
        most_urgent=[
            RiskEntry(student=Named(id=key, name=known[key].name), risk_score=each.risk_score, risk_level=each.risk_level,
                      class_arm=Named(id=known[key].arm_id, name=scope.arms[known[key].arm_id].name),
                      recommendation=each.recommendation,
                      reason=each.contributing_factors[0].factor if each.contributing_factors else "")
            for key, each in found.urgent.items()
        ],
    )  # fmt: skip


def _classes(
    scope: Scope,
    totals: dict[UUID, Totals],
    students: Sequence[Line],
    attended: AttendanceAnalysis,
    risks: Mapping[UUID, str],
) -> list[ClassOverview]:
    rates = {one.class_arm.id: one.rate for one in attended.classes}
    listed: dict[UUID, list[Line]] = {}
    for one in students:
        listed.setdefault(one.arm_id, []).append(one)
    found: list[ClassOverview] = []
    for arm_id, arm in scope.arms.items():
        own, scored = listed.get(arm_id, []), totals.get(arm_id, Totals())
        levels = [risks.get(one.student_id) for one in own]
        found.append(
            ClassOverview(
                class_arm=Named(id=arm_id, name=arm.name), students=len(own), average=student_metrics.mean(own),
                pass_rate=share(scored.passed, len(scored.values)), attendance_rate=rates.get(arm_id),
                high_risk=levels.count("high"), medium_risk=levels.count("medium"),
            )
        )  # fmt: skip
    return found


def _attention(risk: RiskOverview, attended: AttendanceAnalysis, students: Sequence[Line]) -> list[Attention]:
    found: list[Attention] = []
    if risk.high:
        found.append(
            Attention(
                kind="risk",
                text=_said(risk.high, "student is", "students are") + " at high risk.",
                ask="Who is at risk?",
            )
        )
    if attended.low_count:
        found.append(
            Attention(
                kind="attendance", ask="Show attendance patterns",
                text=f"{_said(attended.low_count, 'student has', 'students have')} attendance below {marks.written(attended.warning_below)}%.",
            )
        )  # fmt: skip
    fallen = sum((change := one.change) is not None and change <= -student_metrics.CLEAR_CHANGE for one in students)
    if fallen:
        found.append(
            Attention(kind="change", ask="Which students fell most?", text=f"{_said(fallen, 'student', 'students')} fell by five points or more.")
        )  # fmt: skip
    if risk.without_scores:
        found.append(
            Attention(kind="scores", ask="Which courses have no scores yet?", text=f"{_said(risk.without_scores, 'student has', 'students have')} no score yet.")
        )  # fmt: skip
    return found


def _said(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
