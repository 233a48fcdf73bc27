"""Scores: reading a sheet, a class's performance and a student's results; recording one score."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from runtime.errors import InvalidInput, NotVisible
from runtime.transaction import Tx
from school import calendar, classes, marks, score_sheets, scores
from school import results as results_service
from school.calendar import Term
from school.classes import ClassArm, Subject
from school.people import Student
from school.permissions import Permission
from school.results import SheetResults, StudentResults
from school.score_sheets import OpenSheet
from tools.declare import Effect, tool
from tools.naming import Candidate, best
from tools.present import Axis, Block, Chart, ChartPoint, Column, Fact, Facts, Series, Shown, Table, number
from tools.refs import Ref
from tools.results import Done, Preview, Result


async def term_id(tx: Tx, term: Ref[Term] | None) -> UUID:
    """The term asked for, or this one."""
    return term.id if term is not None else (await calendar.current_term(tx)).id


async def sheet_for(
    tx: Tx, class_arm: Ref[ClassArm], subject: Ref[Subject], term: Ref[Term] | None, permission: Permission, *,
    create: bool = False,
) -> OpenSheet:  # fmt: skip
    """The sheet three names mean, for reading or change."""
    return await score_sheets.access_sheet(
        tx, class_arm.id, subject.id, await term_id(tx, term), permission, create=create
    )


class ScoreSheetView(Result, SheetResults):
    """A score sheet, row by row."""

    def headline(self) -> str:
        average = f"class average {marks_text(self.average)}" if self.average is not None else "no scores yet"
        return f"{self.label}: {self.scored} of {len(self.students)} students scored, {average} ({self.state})."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="name", label="Student", kind="person"),
            *(
                Column(key=f"c{n}", label=f"{c.name} ({marks.written(c.max_points)})", kind="number")
                for n, c in enumerate(self.columns)
            ),
            Column(key="total", label="Total", kind="number"),
            Column(key="grade", label="Grade", kind="grade"),
            Column(key="position", label="Position", kind="number"),
        ]
        rows = [
            {
                "name": s.name, "studentId": str(s.student_id), "admissionNo": s.admission_no, "total": number(s.total),
                "grade": s.grade, "position": s.position, **{f"c{n}": number(p) for n, p in enumerate(s.points)},
            }
            for s in self.students
        ]  # fmt: skip
        return [Table(columns=columns, rows=rows, total=len(rows))]


def marks_text(value: Decimal | None) -> str:
    """A mark without trailing zeros; a dash for none."""
    return "–" if value is None else f"{value:.2f}"


@tool(
    permission=Permission.SCORES_READ,
    effect=Effect.READ,
    rest="GET /api/v1/score-sheets/{class_arm}/{subject}",
    says=(
        "Show the JSS 2 Ruby mathematics scores",
        "Open the English score sheet of SS 1 Pearl",
        "Let me see the physics marks for SS 2 Opal last term",
        "What are the maths scores of JSS 2 Ruby?",
        "Who has no score in JSS 2 Ruby maths?",
    ),
)
async def show_score_sheet(
    tx: Tx, *, class_arm: Ref[ClassArm], subject: Ref[Subject], term: Ref[Term] | None = None
) -> ScoreSheetView:
    """Show one score sheet: every student's points, total, grade and position.

    Use when somebody wants the marks of a class in a subject. For averages and spread use `show_class_performance`.

    Shape:  one class arm, subject and term (default this term) -> one row a student.
    Units:  points 0..max; totals in percent to the hundredth.
    Errors: those of any read.
    Source: tables scores, assessment_components, grade_bands.
    """
    opened = await sheet_for(tx, class_arm, subject, term, Permission.SCORES_READ)
    return ScoreSheetView(**dict(await scores.sheet_results(tx, opened)))


class ClassPerformance(Result, SheetResults):
    """How a class does in a subject: average, spread, best, weakest, distribution."""

    def headline(self) -> str:
        if not self.scored:
            return f"{self.label} has no scores yet."
        best, weakest = self.best[0], self.weakest[0]
        ties = [f" (and {len(rows) - 1} more)" if len(rows) > 1 else "" for rows in (self.best, self.weakest)]
        return (
            f"{self.label}: the average is {marks_text(self.average)}, spread {marks_text(self.spread)}. "
            f"Best is {best.name} with {marks_text(best.total)}{ties[0]}; "
            f"weakest is {weakest.name} with {marks_text(weakest.total)}{ties[1]}."
        )

    def blocks(self) -> list[Block]:
        if not self.scored:
            return []
        facts = [
            Fact(label="Students scored", value=f"{self.scored} of {len(self.students)}"),
            Fact(label="Average", value=number(self.average), kind="number"),
            Fact(label="Spread (standard deviation)", value=number(self.spread), kind="number"),
            Fact(label=f"Passed ({marks.written(self.pass_percent)} or more)", value=self.passed, kind="number"),
            Fact(label="Best", value=", ".join(row.name for row in self.best)),
            Fact(label="Weakest", value=", ".join(row.name for row in self.weakest)),
        ]
        return [Facts(items=facts), self._distribution()]

    def _distribution(self) -> Chart:
        totals = [row.total for row in self.students if row.total is not None]
        points = [
            ChartPoint(x=f"{low}–{low + 9 if low < 90 else 100}", y=sum(low <= t < low + 10 or (low == 90 and t == 100) for t in totals))
            for low in range(0, 100, 10)
        ]  # fmt: skip
        return Chart(
            chart="histogram", title="Totals", x=Axis(label="Total, percent"), y=Axis(label="Students"),
            series=[Series(name="Students", points=points)],
        )  # fmt: skip

    def next_questions(self) -> list[str]:
        return [f"Show the {self.class_arm} {self.subject} scores", f"Who teaches {self.subject} in {self.class_arm}?"]


@tool(
    permission=Permission.SCORES_READ,
    effect=Effect.READ,
    rest="GET /api/v1/score-sheets/{class_arm}/{subject}/performance",
    says=(
        "How is JSS 2 Ruby doing in mathematics?",
        "What is the class average of SS 1 Pearl in physics?",
        "Best and weakest in JSS 3 Opal English",
        "How did JSS 2 Ruby perform in maths last term?",
        "Average and spread of SS 2 Jade in chemistry",
    ),
)
async def show_class_performance(
    tx: Tx, *, class_arm: Ref[ClassArm], subject: Ref[Subject], term: Ref[Term] | None = None
) -> ClassPerformance:
    """Show how one class does in one subject: average, spread, best, weakest.

    Use when somebody asks how a class is doing. For the marks themselves use `show_score_sheet`.

    Shape:  one class arm, subject and term (default this term) -> one summary with a distribution.
    Units:  percent to the hundredth; spread is the population standard deviation.
    Errors: those of any read.
    Source: tables scores, assessment_components.
    """
    opened = await sheet_for(tx, class_arm, subject, term, Permission.SCORES_READ)
    return ClassPerformance(**dict(await scores.sheet_results(tx, opened)))


class ResultsView(Result, StudentResults):
    """One student's results of a term."""

    def headline(self) -> str:
        if len(self.subjects) == 1:
            return self._one()
        if not self.subjects:
            return f"{self.name} has no results in {self.term} yet."
        return f"{self.name}, {self.class_arm}, {self.term}: average {marks_text(self.average)} in {len(self.subjects)} subjects."

    def _one(self) -> str:
        subject = self.subjects[0]
        if subject.total is None:
            return f"{self.name} has no {subject.subject} score in {self.term} yet."
        place = f"{marks.ordinal(subject.position)} of {subject.out_of}" if subject.position else "no position"
        return (
            f"{self.name} has {marks_text(subject.total)} in {subject.subject} ({self.term}), grade {subject.grade}, "
            f"{place}; the class average is {marks_text(subject.class_average)}."
        )

    def blocks(self) -> list[Block]:
        if not self.subjects:
            return []
        if len(self.subjects) == 1:
            parts = self.subjects[0].components
            return [
                Facts(
                    items=[
                        Fact(
                            label=f"{c.name} (of {marks.written(c.max_points)})", value=number(c.points), kind="number"
                        )
                        for c in parts
                    ]
                )
            ]
        columns = [
            Column(key="subject", label="Subject"),
            Column(key="total", label="Total", kind="number"),
            Column(key="grade", label="Grade", kind="grade"),
            Column(key="place", label="Position"),
            Column(key="average", label="Class average", kind="number"),
        ]
        rows = [
            {
                "subject": s.subject, "total": number(s.total), "grade": s.grade, "average": number(s.class_average),
                "place": f"{marks.ordinal(s.position)} of {s.out_of}" if s.position else None,
            }
            for s in self.subjects
        ]  # fmt: skip
        waiting = [Facts(items=[Fact(label="Not there yet", value=", ".join(self.waiting))])] if self.waiting else []
        return [Table(columns=columns, rows=rows), *waiting]

    def plain(self) -> str:
        if len(self.subjects) <= 1:
            return super().plain()
        each = ", ".join(f"{s.subject} {marks_text(s.total)} {s.grade or ''}".strip() for s in self.subjects)
        return f"{self.headline()} {each}"


@tool(
    permission=Permission.RESULTS_READ,
    effect=Effect.READ,
    rest="GET /api/v1/students/{student}/results",
    says=(
        "How did Ada do in maths?",
        "What did Tunde score in English?",
        "Show the results of Zainab Bello this term",
        "How is my child doing?",
        "My daughter's results",
        "What was Chidi's position in physics last term?",
    ),
    errors=(results_service.NotReleased, results_service.MarksLocked),
)
async def show_results(
    tx: Tx, *, student: Ref[Student], subject: Ref[Subject] | None = None, term: Ref[Term] | None = None
) -> ResultsView:
    """Show one student's results of a term: totals, grades, positions.

    Use when somebody asks how a student did. Guardians get their own children, once results are released.

    Shape:  one student, a subject or all, a term (default this one) -> one row a subject.
    Units:  percent to the hundredth; positions count ties as one place (1, 1, 3).
    Errors: not_released, pin_needed.
    Source: tables scores, score_sheets, enrolments.
    """
    found = await results_service.student_results(
        tx, student.id, term.id if term else None, subject.id if subject else None
    )
    return ResultsView(**dict(found))


def _component(opened: OpenSheet, name: str) -> tuple[UUID, str, Decimal]:
    listed = [Candidate(str(c.id), c.name, (c.name,)) for c in opened.components]
    found = best(name, listed)
    if len(found) != 1:
        known = ", ".join(f"{c.name} (of {marks.written(c.max_points)})" for c in opened.components)
        raise InvalidInput(f"“{name}” is no column of this sheet. Its columns are {known}.")
    column = next(c for c in opened.components if str(c.id) == found[0][1].id)
    return column.id, column.name, column.max_points


ComponentName = Annotated[str, Field(min_length=1, max_length=60, description="Column of the sheet: CA, Exam, …")]
PointsGiven = Annotated[
    Decimal, Field(ge=0, le=1000, decimal_places=2, description="Points, 0 to the column's maximum.")
]


async def _set_score_preview(
    tx: Tx, *, student: Ref[Student], subject: Ref[Subject], component: ComponentName, points: PointsGiven,
    class_arm: Ref[ClassArm] | None = None, term: Ref[Term] | None = None,
) -> Preview:  # fmt: skip
    opened = await _sheet_of_student(tx, student, subject, class_arm, term)
    component_id, column, most = _component(opened, component)
    fault = scores.check_points(points, most)
    if fault:
        raise InvalidInput(f"{student.label}, {column}: {fault}.")
    recorded = await score_sheets.points_of(tx, opened.sheet.id) if opened.sheet.version else {}
    stood = recorded.get(student.id, {}).get(component_id)
    score_sheets.check_open(opened.sheet)
    was = "nothing recorded" if stood is None else f"{marks.written(stood)}"
    return Preview(
        title=f"Record {marks.written(points)} of {marks.written(most)} for {student.label}",
        summary=f"{opened.label}, {column}: {was} becomes {marks.written(points)}.",
        included=1, state={"version": opened.sheet.version},
    )  # fmt: skip


async def _sheet_of_student(
    tx: Tx, student: Ref[Student], subject: Ref[Subject], class_arm: Ref[ClassArm] | None, term: Ref[Term] | None
) -> OpenSheet:
    class_arm_id = class_arm.id if class_arm else await _class_arm_id(tx, student)
    return await score_sheets.access_sheet(
        tx, class_arm_id, subject.id, await term_id(tx, term), Permission.SCORES_WRITE, create=True
    )


async def _class_arm_id(tx: Tx, student: Ref[Student]) -> UUID:
    found = await classes.class_of(tx, student.id)
    if found is None:
        raise NotVisible(f"{student.label} is not enrolled in a class this session.")
    return found.id


@tool(
    permission=Permission.SCORES_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/students/{student}/scores",
    says=(
        "Give Ada 45 in the maths exam",
        "Record 17 out of 20 for Tunde in English CA",
        "Change Zainab's physics assignment to 9",
        "Chidi got 52 in the exam, JSS 2 Ruby mathematics",
        "Set Musa's note to 8 in mathematics",
    ),
    errors=(score_sheets.StaleSheet, score_sheets.SheetPublished),
    preview=_set_score_preview,
)
async def set_score(
    tx: Tx, *, student: Ref[Student], subject: Ref[Subject], component: ComponentName, points: PointsGiven,
    class_arm: Ref[ClassArm] | None = None, term: Ref[Term] | None = None,
) -> Done:  # fmt: skip
    """Record the points of one student in one column of a score sheet.

    Use when a teacher gives or corrects one score. For a whole sheet from a file, use `import_scores`.

    Shape:  one student, subject, column -> one score.
    Units:  points, 0 to the column's maximum, two decimals.
    Errors: stale_sheet, sheet_published.
    Source: tables scores, score_sheets.
    """
    opened = await _sheet_of_student(tx, student, subject, class_arm, term)
    component_id, column, most = _component(opened, component)
    saved = await scores.record(tx, opened, student.id, component_id, points)
    tx.undo_with(
        "restore_scores", class_arm=str(opened.class_arm.id), subject=str(opened.subject.id), term=str(opened.term.id),
        points=saved.to_undo(),
    )  # fmt: skip
    return Done(
        message=f"Recorded: {student.label}, {opened.label}, {column} {marks.written(points)} of {marks.written(most)}."
    )


class EarlierPoints(Shown):
    """One value of a sheet as it stood, and what was written over it; null means it was empty."""

    student_id: UUID
    component_id: UUID
    points: Decimal | None
    written: Decimal | None


@tool(permission=Permission.SCORES_WRITE, effect=Effect.WRITE, rest="POST /internal/restore-scores", internal=True)
async def restore_scores(
    tx: Tx, *, class_arm: Ref[ClassArm], subject: Ref[Subject], term: Ref[Term], points: list[EarlierPoints]
) -> Done:
    """Put points of a sheet back to what they were. The inverse of recording and importing."""
    opened = await sheet_for(tx, class_arm, subject, term, Permission.SCORES_WRITE)
    before: dict[UUID, dict[UUID, Decimal | None]] = {}
    written: dict[UUID, dict[UUID, Decimal | None]] = {}
    for value in points:
        before.setdefault(value.student_id, {})[value.component_id] = value.points
        written.setdefault(value.student_id, {})[value.component_id] = value.written
    saved = await scores.restore(tx, opened, before, written)
    tx.undo_with(
        "restore_scores", class_arm=str(opened.class_arm.id), subject=str(opened.subject.id), term=str(opened.term.id),
        points=saved.to_undo(),
    )  # fmt: skip
    return Done(message=f"{opened.label}: {saved.values} scores are back to what they were.")
