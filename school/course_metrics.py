"""Courses in figures: a subject in a class. How it goes, how far its scores are in, and the same students a term ago.

No teacher appears and nothing is ranked: classes differ in whom they were given.
"""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from pydantic import AwareDatetime, Field
from sqlalchemy import func, select

from runtime.transaction import Tx
from school import marks, score_totals
from school.analytics_scope import Covered, Filters, Named, Scope, open_scope
from school.assessment import AssessmentComponent
from school.calendar import Term
from school.class_comparison import NOTE
from school.classes import ClassArm, Teaching
from school.permissions import WHOLE_SCHOOL
from school.score_distributions import Totals, scales
from school.score_sheets import Score, ScoreSheet
from school.score_totals import SheetTotals
from school.units import Percent, PercentPoints, Value


class CourseMetric(Value):
    subject: Named
    class_arm: Named
    state: str = Field(description="none, draft, submitted, approved or published: how far the sheet is.")
    students: int = Field(description="Students with a total.")
    average: Percent | None
    median: Percent | None
    spread: Percent | None
    pass_rate: Percent | None
    recorded: Percent | None = Field(description="Share of those students' components that have a score.")
    gain: PercentPoints | None = Field(
        description="Mean change of the same students in the subject since the term before."
    )
    compared: int = Field(description="Students with a total in both terms.")


class CourseMetrics(Value):
    covered: Covered
    courses: list[CourseMetric] = Field(description="By subject and class, in no order of merit.")
    average: Percent | None
    pass_rate: Percent | None
    recorded: Percent | None
    without_scores: int = Field(description="Courses taught that have no score yet.")
    note: str
    as_of: AwareDatetime


async def measure(tx: Tx, filters: Filters) -> CourseMetrics:
    """The courses of a scope in its newest term; a subject teacher's own.

    Errors: those of `open_scope`.
    Source: tables teaching, score_sheets, scores, assessment_components, enrolments.
    """
    scope = await open_scope(tx, filters)
    sheets = await score_totals.by_sheet(tx, scope, [scope.newest])
    now = {(sheet.subject_id, sheet.class_arm_id): sheet for sheet in sheets}
    before = await _before(tx, scope, {student for sheet in sheets for student in sheet.students})
    by_level = await scales(tx, scope.levels)
    recorded = await _recorded(tx, scope, scope.newest)
    taught = await _taught(tx, scope)
    everything = Totals()
    courses: list[CourseMetric] = []
    for subject_id, arm_id in _in_order(scope, taught | now.keys()):
        sheet, totals = now.get((subject_id, arm_id)), Totals()
        for each in (totals, everything):
            each.add(sheet.totals if sheet else (), by_level[scope.arms[arm_id].level_id])
        spread = totals.distribution()
        gain, compared = _gain(sheet, before.get(subject_id, {}))
        state, share = recorded.get((subject_id, arm_id), ("none", None))
        courses.append(
            CourseMetric(
                subject=Named(id=subject_id, name=scope.subjects[subject_id]), state=state, recorded=share, gain=gain,
                class_arm=Named(id=arm_id, name=scope.arms[arm_id].name), students=spread.students, average=spread.average,
                median=spread.median, spread=spread.spread, pass_rate=spread.pass_rate, compared=compared,
            )
        )  # fmt: skip
    whole = everything.distribution()
    shares = [course.recorded for course in courses if course.recorded is not None]
    return CourseMetrics(
        covered=scope.covered(), courses=courses, average=whole.average, pass_rate=whole.pass_rate, note=NOTE, as_of=tx.now,
        recorded=marks.average(shares), without_scores=sum(not course.students for course in courses),
    )  # fmt: skip


async def _before(tx: Tx, scope: Scope, students: set[UUID]) -> dict[UUID, dict[UUID, int]]:
    """Their totals in the term before, subject by subject, in whatever class and with whomever they were then."""
    found: dict[UUID, dict[UUID, int]] = {}
    for term in scope.past[-1:]:
        arms = await score_totals.sat_in(tx, students, term)
        for sheet in await score_totals.by_sheet(tx, scope, [term], every=True, arms=arms):
            found.setdefault(sheet.subject_id, {}).update(zip(sheet.students, sheet.totals, strict=True))
    return found


def _in_order(scope: Scope, found: set[tuple[UUID, UUID]]) -> list[tuple[UUID, UUID]]:
    subjects = {key: place for place, key in enumerate(scope.subjects)}
    arms = {key: place for place, key in enumerate(scope.arms)}
    return sorted(found, key=lambda pair: (subjects[pair[0]], arms[pair[1]]))


def _gain(sheet: SheetTotals | None, before: Mapping[UUID, int]) -> tuple[Decimal | None, int]:
    if sheet is None:
        return None, 0
    changes = [total - before[key] for key, total in zip(sheet.students, sheet.totals, strict=True) if key in before]
    if not changes:
        return None, 0
    return marks.to_hundredth(Decimal(sum(changes)) / len(changes) / 100), len(changes)


async def _taught(tx: Tx, scope: Scope) -> set[tuple[UUID, UUID]]:
    query = select(Teaching.subject_id, Teaching.class_arm_id).where(
        Teaching.class_arm_id.in_(scope.arms), Teaching.session_id == scope.newest.session_id
    )
    if scope.filters.subject_ids:
        query = query.where(Teaching.subject_id.in_(scope.filters.subject_ids))
    if tx.caller.role not in WHOLE_SCHOOL:
        whole = select(ClassArm.id).where(ClassArm.class_teacher_id == tx.caller.person_id)
        query = query.where((Teaching.teacher_id == tx.caller.person_id) | Teaching.class_arm_id.in_(whole))
    return {(subject_id, arm_id) for subject_id, arm_id in (await tx.session.execute(query))}


async def _recorded(tx: Tx, scope: Scope, term: Term) -> dict[tuple[UUID, UUID], tuple[str, Decimal | None]]:
    """How far each sheet is, and the share of its scored students' components that have a score."""
    size = (
        select(AssessmentComponent.scheme_id, func.count().label("size")).group_by(AssessmentComponent.scheme_id).subquery()
    )  # fmt: skip
    rows = await tx.session.execute(
        select(
            ScoreSheet.subject_id, ScoreSheet.class_arm_id, ScoreSheet.state, func.count(Score.id),
            func.count(Score.student_id.distinct()) * func.max(size.c.size),
        )
        .join(size, size.c.scheme_id == ScoreSheet.scheme_id)
        .outerjoin(Score, Score.sheet_id == ScoreSheet.id)
        .where(ScoreSheet.term_id == term.id, ScoreSheet.class_arm_id.in_(scope.arms))
        .group_by(ScoreSheet.id, ScoreSheet.subject_id, ScoreSheet.class_arm_id, ScoreSheet.state)
    )  # fmt: skip
    return {
        (subject_id, arm_id): (state, marks.to_hundredth(Decimal(100 * have) / wanted) if wanted else None)
        for subject_id, arm_id, state, have, wanted in rows
    }
