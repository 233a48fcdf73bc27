"""One subject across its classes, for staff: how scores spread and where marks are lost."""

from runtime.transaction import Tx
from school import figures_cache, subject_analysis
from school.classes import Subject
from school.permissions import Permission
from tools.analytics_filters import ClassArms, Levels, facts_of, filters, grade_chart, histogram, spread_table
from tools.declare import Effect, tool
from tools.present import Axis, Block, Chart, ChartPoint, Column, Notice, Series, Table, number
from tools.refs import Ref
from tools.reports import TermGiven
from tools.results import Concern, Result

NAMED_CLASSES = 6


class SubjectAnalysis(Result, subject_analysis.SubjectAnalysis):
    """One subject in a term: distributions, classes, components, and the terms so far."""

    def headline(self) -> str:
        spread = self.figures
        if spread.average is None:
            return f"There are no {self.subject.name} scores{f' of {self._where}' if self._where else ''} in {self.term} yet."
        weak = min(self.components, key=lambda one: one.earned, default=None)
        lost = f" Least is earned in {weak.component} ({weak.earned:g}%)." if weak and len(self.components) > 1 else ""
        return (
            f"{self.subject.name} in {self._where}, {self.term}: {spread.students} totals, average {spread.average:g}, half of them between"
            f" {spread.lower_quartile:g} and {spread.upper_quartile:g}; {spread.pass_rate:g}% pass.{lost}"
        )

    @property
    def _where(self) -> str:
        """The classes these figures are of, by name while they are few."""
        names = [each.class_arm.name for each in self.classes] or [each.name for each in self.without_scores]
        return ", ".join(names) if len(names) <= NAMED_CLASSES else f"{len(names)} classes"

    def blocks(self) -> list[Block]:
        if not self.figures.students:
            return []
        classes = spread_table("Class", [(each.class_arm.name, each.figures) for each in self.classes])
        columns = [Column(key="component", label="Part"), Column(key="students", label="Scores", kind="number"),
                   Column(key="earned", label="Points earned", kind="percent")]  # fmt: skip
        rows = [
            {"component": one.component, "students": one.students, "earned": number(one.earned)}
            for one in self.components
        ]
        points = [ChartPoint(x=one.term, y=number(one.average)) for one in self.terms]
        line = Chart(chart="line", title="Average, term by term", x=Axis(label="Term"), y=Axis(label="Percent"),
                     series=[Series(name=self.subject.name, points=points)])  # fmt: skip
        missing = ", ".join(one.name for one in self.without_scores)
        return [
            facts_of(self.figures), histogram(f"{self.subject.name}, {self.term}", self.figures),
            grade_chart("Grades", self.figures), classes, Table(title="Where marks are earned", columns=columns, rows=rows),
            *([line] if len(self.terms) > 1 else []), *([Notice(text=f"No scores yet: {missing}.")] if missing else []),
        ]  # fmt: skip

    def concerns(self) -> list[Concern]:
        return [Concern(kind="Subject", id=str(self.subject.id), label=self.subject.name)]


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.READ,
    rest="GET /api/analytics/subjects/{subject}/analysis",
    says=(
        "Analyse mathematics",
        "Show the score distribution of English Language",
        "How is Physics going across the classes?",
        "How are the marks in Basic Science spread?",
        "Where do students lose marks in chemistry?",
    ),
)
async def show_subject_analysis(
    tx: Tx, *, subject: Ref[Subject], term: TermGiven = None, class_arms: ClassArms = [], groups: Levels = [],  # noqa: B006  # never changed
) -> SubjectAnalysis:  # fmt: skip
    """Show how the scores of one subject spread, over all and class by class.

    Use when staff ask about a subject as a whole. For the arms of a level side by side use `compare_arms`. Staff only.

    Shape:  one subject (and term, classes, groups) -> distributions, components, terms; no teacher and no ranking.
    Units:  percent; spread in percent points.
    Errors: those of any read.
    Source: tables score_sheets, scores, assessment_components, enrolments, grading_scales.
    """
    asked = filters(term, None, None, class_arms, groups, [subject])

    async def work(own: Tx) -> SubjectAnalysis:
        of = await own.session.get_one(Subject, subject.id)
        return SubjectAnalysis(**dict(await subject_analysis.analyse(own, of, asked)))

    return await figures_cache.remembered(tx, SubjectAnalysis, asked.key(), work)
