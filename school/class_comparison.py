"""The arms of a level side by side, in one subject or over all: classes, never teachers, and in no order of merit."""

import math
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from pydantic import AwareDatetime, Field
from sqlalchemy import func, select

from runtime.errors import NotAllowed
from runtime.transaction import Tx
from school import results, score_totals
from school.analytics_scope import FEWEST, Filters, Named, Scope, open_scope
from school.calendar import Term
from school.classes import ClassArm, Enrolment, Level, Teaching
from school.permissions import WHOLE_SCHOOL, Permission
from school.score_distributions import Distribution, Scale, Totals, mean, scales
from school.score_totals import SheetTotals
from school.units import Percent, PercentPoints, Value

NOTE = (
    "Classes differ in whom they were given, so this compares classes and says nothing of who teaches best. Differences that"
    " chance alone may well explain are not called clear."
)


class ClassFigures(Value):
    """One class. `figures` is null where too few students have a total for a class that is not the caller's."""

    class_arm: Named
    mine: bool = Field(description="Whether the caller teaches this class.")
    enrolled: int
    figures: Distribution | None
    difference: PercentPoints | None = Field(description="Mean less that of the other arms together, percent points.")
    clear: bool = Field(
        description="Whether the difference is more than chance would often make (twice its standard error)."
    )


class SubjectAcross(Value):
    subject: Named
    averages: list[Percent | None] = Field(description="One for each class of `classes`; null: no totals, or too few.")
    together: Percent | None


class Comparison(Value):
    level: Named
    subject: Named | None
    term: str
    class_arm: Named | None = Field(description="The class asked about, when it was a class.")
    classes: list[ClassFigures]
    together: Distribution
    subjects: list[SubjectAcross]
    note: str
    as_of: AwareDatetime


async def compare(tx: Tx, level: Level, term: Term, subject_id: UUID | None, arm: ClassArm | None = None) -> Comparison:
    """The arms of a level in a term, by totals of one subject or by every total of every subject.

    Errors: not_allowed (no class of the level is the caller's, or not in this subject).
    Source: tables score_sheets, scores, enrolments, teaching.
    """
    tx.require(Permission.ANALYTICS_READ)
    arms = list(
        await tx.session.scalars(select(ClassArm).where(ClassArm.level_id == level.id).order_by(ClassArm.arm, ClassArm.name))
    )  # fmt: skip
    mine = await _mine(tx, arms, term, subject_id)
    if not mine:
        raise NotAllowed(
            f"You do not teach {'this subject in ' if subject_id else ''}{level.name}, so its figures are not yours to see."
        )
    scope = await _whole_level(tx, level, arms, term)
    sheets = await score_totals.by_sheet(tx, scope, every=True)
    chosen = [sheet for sheet in sheets if subject_id in (None, sheet.subject_id)]
    scale = (await scales(tx, [level.id]))[level.id]
    enrolled = await _enrolled(tx, [each.id for each in arms], term)
    return Comparison(
        level=Named(id=level.id, name=level.name), term=scope.labels[term.id], note=NOTE, as_of=tx.now,
        subject=Named(id=subject_id, name=scope.subjects[subject_id]) if subject_id else None,
        class_arm=Named(id=arm.id, name=arm.name) if arm else None,
        classes=[_class(each, mine, enrolled.get(each.id, 0), chosen, scale) for each in arms],
        together=_distribution(chosen, scale),
        subjects=[] if subject_id else _subjects(arms, mine, sheets, scope.subjects),
    )  # fmt: skip


async def _mine(tx: Tx, arms: Sequence[ClassArm], term: Term, subject_id: UUID | None) -> set[UUID]:
    if tx.caller.role in WHOLE_SCHOOL:
        return {arm.id for arm in arms}
    taught = select(Teaching.class_arm_id).where(
        Teaching.teacher_id == tx.caller.person_id, Teaching.class_arm_id.in_([arm.id for arm in arms])
    )
    if subject_id is not None:
        taught = taught.where(Teaching.subject_id == subject_id)
    found = set(await tx.session.scalars(taught))
    return found | {
        arm.id for arm in arms if arm.class_teacher_id is not None and arm.class_teacher_id == tx.caller.person_id
    }


async def _whole_level(tx: Tx, level: Level, arms: Sequence[ClassArm], term: Term) -> Scope:
    """Every arm of the level: what of it the caller sees is decided class by class."""
    own = await open_scope(tx, Filters(term_id=term.id, level_ids=(level.id,)))
    return Scope(terms=own.terms, past=own.past, labels=own.labels, first_day=own.first_day, last_day=own.last_day,
                 arms={each.id: each for each in arms}, levels=own.levels, subjects=own.subjects, filters=Filters(), whole=False)  # fmt: skip


async def _enrolled(tx: Tx, arm_ids: Sequence[UUID], term: Term) -> dict[UUID, int]:
    day = results.roll_day(tx, term)
    rows = await tx.session.execute(
        select(Enrolment.class_arm_id, func.count(Enrolment.student_id.distinct()))
        .where(Enrolment.class_arm_id.in_(arm_ids), Enrolment.session_id == term.session_id)
        .where((Enrolment.left_on.is_(None)) | (Enrolment.left_on > day))
        .group_by(Enrolment.class_arm_id)
    )
    return dict(rows.all())


def _distribution(sheets: Sequence[SheetTotals], scale: Scale) -> Distribution:
    totals = Totals()
    totals.add((), scale)
    for sheet in sheets:
        totals.add(sheet.totals, scale)
    return totals.distribution()


def _class(arm: ClassArm, mine: set[UUID], enrolled: int, sheets: Sequence[SheetTotals], scale: Scale) -> ClassFigures:
    own = [sheet for sheet in sheets if sheet.class_arm_id == arm.id]
    others = [sheet for sheet in sheets if sheet.class_arm_id != arm.id]
    shown = arm.id in mine or _students(own) >= FEWEST
    figures = _distribution(own, scale) if shown else None
    difference, clear = _difference(figures, _distribution(others, scale)) if figures else (None, False)
    return ClassFigures(
        class_arm=Named(id=arm.id, name=arm.name), mine=arm.id in mine, enrolled=enrolled, figures=figures,
        difference=difference, clear=clear,
    )  # fmt: skip


def _students(sheets: Sequence[SheetTotals]) -> int:
    return len({student for sheet in sheets for student in sheet.students})


def _difference(own: Distribution, others: Distribution) -> tuple[Decimal | None, bool]:
    """Mean less the others' mean, and whether it is more than twice its standard error; few students are never clear."""
    if own.average is None or others.average is None or own.spread is None or others.spread is None:
        return None, False
    gap = own.average - others.average
    error = math.sqrt(float(own.spread) ** 2 / own.students + float(others.spread) ** 2 / others.students)
    enough = min(own.students, others.students) >= FEWEST
    return gap, enough and error > 0 and abs(float(gap)) > 2 * error


def _subjects(
    arms: Sequence[ClassArm], mine: set[UUID], sheets: Sequence[SheetTotals], names: dict[UUID, str]
) -> list[SubjectAcross]:
    """Subject by subject, the mean of each class; a subject of a class not the caller's only with enough students."""
    values: dict[UUID, dict[UUID, list[int]]] = {}
    for sheet in sheets:
        values.setdefault(sheet.subject_id, {})[sheet.class_arm_id] = sheet.totals

    return [
        SubjectAcross(
            subject=Named(id=subject_id, name=name), together=mean([v for own in values[subject_id].values() for v in own]),
            averages=[
                mean(own) if arm.id in mine or len(own) >= FEWEST else None
                for arm in arms for own in [values[subject_id].get(arm.id, [])]
            ],
        )
        for subject_id, name in names.items() if subject_id in values
    ]  # fmt: skip
