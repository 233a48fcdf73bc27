"""Grades in figures: how many of each, over all, by class and by subject."""

from collections.abc import Iterable
from uuid import UUID

from pydantic import AwareDatetime, Field

from runtime.transaction import Tx
from school import score_totals
from school.analytics_scope import Covered, Filters, Named, Scope, open_scope
from school.score_distributions import Distribution, Scale, Totals, scales
from school.score_totals import SheetTotals
from school.units import Value


class ClassGrades(Value):
    class_arm: Named
    figures: Distribution


class SubjectGrades(Value):
    subject: Named
    figures: Distribution


class GradeDistributions(Value):
    covered: Covered
    together: Distribution = Field(description="Every total of every subject: a student counts once in each.")
    classes: list[ClassGrades]
    subjects: list[SubjectGrades]
    as_of: AwareDatetime


async def analyse(tx: Tx, filters: Filters) -> GradeDistributions:
    """The totals of a scope by grade. A subject teacher's own subjects only.

    Errors: those of `open_scope`.
    Source: tables score_sheets, scores, grading_scales, grade_bands.
    """
    scope = await open_scope(tx, filters)
    sheets = await score_totals.by_sheet(tx, scope, named=False)
    by_level = await scales(tx, scope.levels)
    having, subjects = {sheet.class_arm_id for sheet in sheets}, {sheet.subject_id for sheet in sheets}
    return GradeDistributions(
        covered=scope.covered(), together=spread(sheets, scope, by_level), as_of=tx.now,
        classes=[
            ClassGrades(class_arm=Named(id=arm.id, name=arm.name),
                        figures=spread((sheet for sheet in sheets if sheet.class_arm_id == arm.id), scope, by_level))
            for arm in scope.arms.values() if arm.id in having
        ],
        subjects=[
            SubjectGrades(subject=Named(id=key, name=name),
                          figures=spread((sheet for sheet in sheets if sheet.subject_id == key), scope, by_level))
            for key, name in scope.subjects.items() if key in subjects
        ],
    )  # fmt: skip


def spread(sheets: Iterable[SheetTotals], scope: Scope, by_level: dict[UUID, Scale]) -> Distribution:
    """The totals of some sheets together, each graded by its own level's scale."""
    totals = Totals()
    for sheet in sheets:
        totals.add(sheet.totals, by_level[scope.arms[sheet.class_arm_id].level_id])
    return totals.distribution()
