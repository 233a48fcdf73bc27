"""Comparing the arms of a level, for staff: one class with its neighbours, or the level's arms in a subject."""

from uuid import UUID

from runtime.transaction import Tx
from school import class_comparison, classes, figures_cache, report_access
from school.calendar import Term
from school.class_comparison import Comparison
from school.classes import ClassArm, Level, Subject
from school.permissions import Permission
from tools.analytics_filters import spread_columns, spread_row
from tools.declare import Effect, tool
from tools.present import Axis, Block, Chart, ChartPoint, Column, Notice, Series, Table, number
from tools.refs import Ref
from tools.reports import TermGiven
from tools.results import Concern, Result


class ClassComparison(Result, Comparison):
    """The arms of a level side by side."""

    def headline(self) -> str:
        what = f" in {self.subject.name}" if self.subject else ""
        shown = [
            f"{each.class_arm.name} {each.figures.average:g}"
            for each in self.classes if each.figures and each.figures.average is not None
        ]  # fmt: skip
        if not shown:
            return f"There are no scores of {self.level.name}{what} in {self.term} to compare."
        clear = [each.class_arm.name for each in self.classes if each.clear]
        said = (
            f" {' and '.join(clear)} {'differs' if len(clear) == 1 else 'differ'} by more than chance would often make."
            if clear else " The differences are no larger than chance may make." if len(shown) > 1 else ""
        )  # fmt: skip
        return f"Averages of {self.level.name}{what}, {self.term}: {', '.join(shown)}.{said}"

    def blocks(self) -> list[Block]:
        given = [each for each in self.classes if each.figures and each.figures.students]
        if not given:
            return []
        columns = [
            *spread_columns("Class"), Column(key="difference", label="To the others", kind="number"),
            Column(key="clear", label="Clear", kind="status"),
        ]  # fmt: skip
        rows = [
            spread_row(each.class_arm.name, each.figures) | {
                "classArmId": str(each.class_arm.id), "difference": number(each.difference), "clear": "clear" if each.clear else "–",
            }
            for each in given if each.figures
        ]  # fmt: skip
        points = [ChartPoint(x=each.class_arm.name, y=number(each.figures.average)) for each in given if each.figures]
        chart = Chart(
            chart="bar", title=f"Average{f' in {self.subject.name}' if self.subject else ''}, {self.term}", x=Axis(label="Class"),
            y=Axis(label="Percent"), series=[Series(name="Average", points=points)],
        )  # fmt: skip
        return [chart, Table(columns=columns, rows=rows), *self._by_subject(), Notice(text=self.note)]

    def _by_subject(self) -> list[Block]:
        if not self.subjects:
            return []
        columns = [
            Column(key="subject", label="Subject"),
            *(Column(key=str(each.class_arm.id), label=each.class_arm.name, kind="percent") for each in self.classes),
        ]
        rows = [
            {"subject": one.subject.name}
            | {str(each.class_arm.id): number(value) for each, value in zip(self.classes, one.averages, strict=True)}
            for one in self.subjects
        ]
        return [Table(title="Averages by subject", columns=columns, rows=rows)]

    def concerns(self) -> list[Concern]:
        found = [Concern(kind="Level", id=str(self.level.id), label=self.level.name)]
        return found + (
            [Concern(kind="Subject", id=str(self.subject.id), label=self.subject.name)] if self.subject else []
        )

    def next_questions(self) -> list[str]:
        asked = [f"Who in {self.classes[0].class_arm.name} is at risk?"] if self.classes else []
        return asked + ([f"Analyse {self.subject.name}"] if self.subject else [])


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.READ,
    rest="GET /api/analytics/classes/{class_arm}/comparison",
    says=(
        "Compare JSS 2 Ruby with the other arms",
        "How does JSS 2 Ruby compare with its parallel classes?",
        "Is SS 1 Pearl ahead of the other SS 1 classes in mathematics?",
        "Compare my class with the others of its level",
    ),
)
async def compare_class(
    tx: Tx, *, class_arm: Ref[ClassArm], subject: Ref[Subject] | None = None, term: TermGiven = None
) -> ClassComparison:
    """Compare one class with the other arms of its level, over all or in a subject.

    Use when staff ask how a class stands beside its parallel classes. For a whole level use `compare_arms`. Staff only.

    Shape:  one class arm (and subject, term; default this term) -> figures of each arm of its level.
    Units:  percent; difference in percent points to the other arms together.
    Errors: those of any read.
    Source: tables score_sheets, scores, enrolments, grading_scales.
    """
    arm = await classes.access_class(tx, class_arm.id, Permission.ANALYTICS_READ)
    return await _compared(tx, arm.level_id, subject, term, arm.id)


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.READ,
    rest="GET /api/analytics/levels/{level}/comparison",
    says=(
        "Compare the JSS 2 arms in English",
        "How do the JSS 2 classes compare in mathematics?",
        "Compare all the SS 1 arms",
        "Which differences are there between the JSS 3 arms?",
        "Put the JSS 1 classes side by side in Basic Science",
    ),
)
async def compare_arms(
    tx: Tx, *, level: Ref[Level], subject: Ref[Subject] | None = None, term: TermGiven = None
) -> ClassComparison:
    """Compare the arms of a level with each other, over all or in a subject.

    Use when staff ask how the classes of a level compare. From one class's side use `compare_class`. Staff only.

    Shape:  one level (and subject, term; default this term) -> figures of each of its arms.
    Units:  percent; difference in percent points to the other arms together.
    Errors: those of any read.
    Source: tables score_sheets, scores, enrolments, grading_scales.
    """
    return await _compared(tx, level.id, subject, term, None)


async def _compared(
    tx: Tx, level_id: UUID, subject: Ref[Subject] | None, term: Ref[Term] | None, arm_id: UUID | None
) -> ClassComparison:
    subject_id = subject.id if subject else None

    async def work(own: Tx) -> ClassComparison:
        level, arm = await own.session.get_one(Level, level_id), arm_id and await own.session.get_one(ClassArm, arm_id)
        chosen = await report_access.term_of(own, term.id if term else None)
        return ClassComparison(**dict(await class_comparison.compare(own, level, chosen, subject_id, arm or None)))

    asked = f"{level_id}|{subject_id}|{term.id if term else None}|{arm_id}"
    return await figures_cache.remembered(tx, ClassComparison, asked, work)
