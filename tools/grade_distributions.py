"""Grades in figures, for staff."""

from runtime.transaction import Tx
from school import figures_cache, grade_distributions
from school.permissions import Permission
from tools.analytics_filters import (
    ClassArms,
    FirstDay,
    LastDay,
    Levels,
    Subjects,
    facts_of,
    filters,
    grade_chart,
    histogram,
    spread_table,
)
from tools.declare import Effect, tool
from tools.present import Block
from tools.reports import TermGiven
from tools.results import Result


class GradeDistributions(Result, grade_distributions.GradeDistributions):
    """How many of each grade, over all, by class and by subject."""

    def headline(self) -> str:
        whole = self.together
        if not whole.students:
            return f"There are no scores in {self.covered.terms[-1]} for this yet."
        counts = ", ".join(f"{one.grade} {one.students}" for one in whole.grades if one.students)
        return f"{whole.students} totals in {', '.join(self.covered.terms)}: {counts}; {whole.pass_rate:g}% pass."

    def blocks(self) -> list[Block]:
        if not self.together.students:
            return []
        return [
            grade_chart("Grades", self.together), histogram("Totals", self.together), facts_of(self.together),
            spread_table("Class", [(one.class_arm.name, one.figures) for one in self.classes]),
            spread_table("Subject", [(one.subject.name, one.figures) for one in self.subjects]),
        ]  # fmt: skip


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.READ,
    rest="GET /api/v1/analytics/grades",
    says=(
        "Show the grade distribution",
        "How many As and Fs are there this term?",
        "Grade distribution of JSS 2 Ruby",
        "How are the grades spread in SS 1?",
        "What share of the totals is a pass?",
    ),
)
async def show_grade_distributions(
    tx: Tx, *, term: TermGiven = None, first_day: FirstDay = None, last_day: LastDay = None, class_arms: ClassArms = [],  # noqa: B006  # never changed
    groups: Levels = [], subjects: Subjects = [],  # noqa: B006  # never changed
) -> GradeDistributions:  # fmt: skip
    """Show how grades are distributed, over all, by class and by subject.

    Use when staff ask how many of each grade there are. For one subject in depth use `show_subject_analysis`.

    Shape:  filters (default this term) -> distributions; a student counts once in each subject.
    Units:  counts and percent; each class graded by its level's own scale.
    Errors: those of any read.
    Source: tables score_sheets, scores, grading_scales, grade_bands.
    """
    asked = filters(term, first_day, last_day, class_arms, groups, subjects)

    async def work(own: Tx) -> GradeDistributions:
        return GradeDistributions(**dict(await grade_distributions.analyse(own, asked)))

    return await figures_cache.remembered(tx, GradeDistributions, asked.key(), work)
