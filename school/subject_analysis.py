"""One subject across its classes: how scores spread, where the marks are lost, and how the terms went. No teacher appears."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from pydantic import AwareDatetime, Field
from sqlalchemy import func, select

from runtime.errors import NotAllowed
from runtime.transaction import Tx
from school import marks, score_totals
from school.analytics_scope import Filters, Named, Scope, open_scope
from school.assessment import AssessmentComponent
from school.calendar import Term
from school.classes import ClassArm, Subject, Teaching
from school.permissions import WHOLE_SCHOOL
from school.score_distributions import Distribution, Scale, Totals, scales
from school.score_sheets import Score, ScoreSheet
from school.score_totals import SheetTotals
from school.units import Percent, Value

TERMS = 6
"""Terms looked back on."""


class ClassInSubject(Value):
    class_arm: Named
    level: str
    state: str = Field(description="draft, submitted, approved or published.")
    figures: Distribution


class ComponentFigures(Value):
    """One column of the sheets of a level: how much of its points is earned."""

    component: str
    students: int
    earned: Percent = Field(description="Mean share of the points it is out of.")


class TermInSubject(Value):
    term: str
    students: int
    average: Percent | None
    pass_rate: Percent | None


class SubjectAnalysis(Value):
    subject: Named
    term: str
    figures: Distribution
    classes: list[ClassInSubject] = Field(description="By level and name, in no order of merit.")
    components: list[ComponentFigures]
    terms: list[TermInSubject] = Field(description="Oldest first.")
    without_scores: list[Named] = Field(description="Classes that take the subject and have no score yet.")
    as_of: AwareDatetime


async def analyse(tx: Tx, subject: Subject, filters: Filters) -> SubjectAnalysis:
    """A subject in a term over the classes of a scope; a teacher's own classes in it.

    Errors: not_allowed (not a subject the caller teaches), and those of `open_scope`.
    Source: tables score_sheets, scores, assessment_components, enrolments, teaching.
    """
    scope = await open_scope(tx, filters)
    taking = await _taking(tx, scope, subject.id)
    if not taking and tx.caller.role not in WHOLE_SCHOOL:
        raise NotAllowed(f"You do not teach {subject.name} in these classes, so its figures are not yours to see.")
    past = [*scope.past, scope.newest][-TERMS:]
    every = await score_totals.by_sheet(tx, scope, past, named=False)
    by_level = await scales(tx, scope.levels)
    now = [sheet for sheet in every if sheet.term_id == scope.newest.id]
    having = {sheet.class_arm_id for sheet in now}
    states = await _states(tx, scope, subject.id)
    return SubjectAnalysis(
        subject=Named(id=subject.id, name=subject.name), term=scope.labels[scope.newest.id], as_of=tx.now,
        figures=_spread(now, scope, by_level),
        classes=[
            ClassInSubject(class_arm=Named(id=arm.id, name=arm.name), level=scope.levels[arm.level_id], state=states.get(arm.id, "draft"),
                           figures=_spread([sheet for sheet in now if sheet.class_arm_id == arm.id], scope, by_level))
            for arm in scope.arms.values() if arm.id in having
        ],
        components=await _components(tx, [sheet.class_arm_id for sheet in now], subject.id, scope.newest),
        terms=[_term(scope.labels[term.id], [sheet for sheet in every if sheet.term_id == term.id], scope, by_level) for term in past],
        without_scores=[Named(id=arm.id, name=arm.name) for arm in scope.arms.values() if arm.id in taking - having],
    )  # fmt: skip


async def _taking(tx: Tx, scope: Scope, subject_id: UUID) -> set[UUID]:
    """The classes of a scope the subject is taught in, of a teacher those where it is theirs to see."""
    query = select(Teaching.class_arm_id).where(
        Teaching.subject_id == subject_id, Teaching.class_arm_id.in_(scope.arms),
        Teaching.session_id == scope.newest.session_id,
    )  # fmt: skip
    if tx.caller.role not in WHOLE_SCHOOL:
        whole = select(ClassArm.id).where(ClassArm.class_teacher_id == tx.caller.person_id)
        query = query.where((Teaching.teacher_id == tx.caller.person_id) | Teaching.class_arm_id.in_(whole))
    return set(await tx.session.scalars(query))


async def _states(tx: Tx, scope: Scope, subject_id: UUID) -> dict[UUID, str]:
    rows = await tx.session.execute(
        select(ScoreSheet.class_arm_id, ScoreSheet.state).where(
            ScoreSheet.subject_id == subject_id, ScoreSheet.term_id == scope.newest.id, ScoreSheet.class_arm_id.in_(scope.arms)
        )
    )  # fmt: skip
    return dict(rows.all())


def _spread(sheets: Sequence[SheetTotals], scope: Scope, by_level: dict[UUID, Scale]) -> Distribution:
    totals = Totals()
    for sheet in sheets:
        totals.add(sheet.totals, by_level[scope.arms[sheet.class_arm_id].level_id])
    return totals.distribution()


def _term(label: str, sheets: Sequence[SheetTotals], scope: Scope, by_level: dict[UUID, Scale]) -> TermInSubject:
    spread = _spread(sheets, scope, by_level)
    return TermInSubject(term=label, students=spread.students, average=spread.average, pass_rate=spread.pass_rate)


async def _components(tx: Tx, arm_ids: Sequence[UUID], subject_id: UUID, term: Term) -> list[ComponentFigures]:
    """Components of one name together, in the order of the sheets' columns."""
    rows = await tx.session.execute(
        select(
            AssessmentComponent.name, func.count(), func.avg(Score.points / AssessmentComponent.max_points),
        )
        .join(Score, Score.component_id == AssessmentComponent.id)
        .join(ScoreSheet, ScoreSheet.id == Score.sheet_id)
        .where(ScoreSheet.subject_id == subject_id, ScoreSheet.term_id == term.id, ScoreSheet.class_arm_id.in_(arm_ids))
        .group_by(AssessmentComponent.name)
        .order_by(func.min(AssessmentComponent.position), AssessmentComponent.name)
    )  # fmt: skip
    return [
        ComponentFigures(component=name, students=students, earned=marks.to_hundredth(Decimal(100 * earned)))
        for name, students, earned in rows
    ]
