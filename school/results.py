"""Results: totals, grades, positions and averages read from score sheets, for staff and for guardians."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import Field
from sqlalchemy import exists, select

from runtime.caller import Role
from runtime.errors import Conflict, NotAllowed, NotVisible
from runtime.transaction import Tx
from school import assessment, calendar, classes, marks, score_sheets
from school.assessment import AssessmentComponent, GradeBand
from school.calendar import Term
from school.classes import ClassArm, Enrolment, Subject, Teaching
from school.people import Guardianship, Person, Student
from school.permissions import WHOLE_SCHOOL, Permission
from school.score_sheets import OpenSheet, Score, ScoreSheet, SheetState
from school.units import Percent, Points, Value


class NotReleased(Conflict):
    """The result exists or will exist, but is not for this caller's eyes yet."""

    code = "not_released"


class MarksLocked(NotAllowed):
    """A phone number alone asks for marks, and its PIN is due."""

    code = "pin_needed"


class ComponentColumn(Value):
    component_id: UUID
    name: str
    max_points: Points
    weight: Decimal


class StudentRow(Value):
    """One student's line of a score sheet; `points` follow the sheet's columns, null is not recorded."""

    student_id: UUID
    admission_no: str
    name: str
    points: list[Points | None]
    total: Percent | None
    grade: str | None
    position: int | None = Field(description="Place in the class for this subject; ties share it (1, 1, 3).")
    incomplete: bool = Field(description="A component is not recorded; the total counts it as nothing.")


class SheetResults(Value):
    """A score sheet, worked out. Averages are over the students who have a total."""

    sheet_id: UUID | None
    label: str
    class_arm: str
    subject: str
    term: str
    state: str
    version: int
    release_on: date | None
    columns: list[ComponentColumn]
    students: list[StudentRow]
    scored: int = Field(description="Students with at least one score.")
    unscored: int = Field(description="Students with no score at all.")
    incomplete: int = Field(description="Students with some scores but not all.")
    average: Percent | None
    spread: Percent | None = Field(description="Population standard deviation of the totals, percent points.")
    passed: int
    pass_percent: Percent
    best: list[StudentRow]
    weakest: list[StudentRow]


class ComponentPoints(Value):
    name: str
    points: Points | None
    max_points: Points


class SubjectResult(Value):
    """One student's result in one subject of one term."""

    subject_id: UUID
    subject: str
    components: list[ComponentPoints]
    total: Percent | None
    grade: str | None
    remark: str
    position: int | None
    out_of: int
    class_average: Percent | None
    incomplete: bool
    state: str
    published_at: datetime | None


class StudentResults(Value):
    """One student's results in one term; `waiting` names the subjects that are not released yet."""

    student_id: UUID
    admission_no: str
    name: str
    class_arm_id: UUID
    class_arm: str
    term_id: UUID
    term: str
    subjects: list[SubjectResult]
    average: Percent | None
    waiting: list[str]


@dataclass(frozen=True, slots=True)
class _Line:
    """What one student's points in one sheet come to."""

    points: list[Decimal | None]
    total: Decimal | None
    grade: str | None
    incomplete: bool


def roll_day(tx: Tx, term: Term) -> date:
    """The day a term's class list is read at: today within the term, else its nearest end."""
    return min(max(tx.today, term.starts_on), term.ends_on)


async def takers(tx: Tx, class_arm_id: UUID, subject_id: UUID, term: Term) -> list[tuple[Student, Person]]:
    """The students of a class arm who take a subject in a term, by family name."""
    listed = await classes.roll(tx, class_arm_id, term.session_id, roll_day(tx, term))
    rows = await tx.session.execute(
        select(Enrolment.student_id, Enrolment.dropped_subjects).where(
            Enrolment.class_arm_id == class_arm_id, Enrolment.session_id == term.session_id
        )
    )
    dropped = {student_id for student_id, subjects in rows.all() if str(subject_id) in subjects}
    return [(student, person) for student, person in listed if student.id not in dropped]


def _line(
    components: Sequence[AssessmentComponent], bands: Sequence[GradeBand], recorded: dict[UUID, Decimal]
) -> _Line:
    points = [recorded.get(component.id) for component in components]
    total = marks.total(components, points)
    grade = None if total is None else marks.grade(bands, total)
    return _Line(points, total, grade, any(value is None for value in points))


async def sheet_results(tx: Tx, opened: OpenSheet) -> SheetResults:
    """Work out one sheet: every student's total, grade and position, and the class's figures.

    Shape:  n students on the roll, k components -> n rows of k points.
    Units:  points 0..max; totals, average and spread in percent to the hundredth; null is not recorded.
    Source: tables scores, enrolments, assessment_components, grade_bands.
    """
    bands, pass_percent = await assessment.bands_for(tx, opened.class_arm.level_id)
    recorded = {} if opened.sheet.version == 0 else await score_sheets.points_of(tx, opened.sheet.id)
    listed = await takers(tx, opened.class_arm.id, opened.subject.id, opened.term)
    lines = {student.id: _line(opened.components, bands, recorded.get(student.id, {})) for student, _ in listed}
    places = marks.positions({student_id: line.total for student_id, line in lines.items()})
    rows = [
        StudentRow(
            student_id=student.id, admission_no=student.admission_no, name=person.full_name,
            points=(line := lines[student.id]).points, total=line.total, grade=line.grade,
            position=places.get(student.id), incomplete=line.incomplete,
        )
        for student, person in listed
    ]  # fmt: skip
    totals = [row.total for row in rows if row.total is not None]
    return SheetResults(
        sheet_id=opened.sheet.id if opened.sheet.version else None, label=opened.label,
        class_arm=opened.class_arm.name, subject=opened.subject.name, term=await calendar.term_label(tx, opened.term),
        state=opened.sheet.state, version=opened.sheet.version, release_on=opened.sheet.release_on,
        columns=[
            ComponentColumn(component_id=c.id, name=c.name, max_points=c.max_points, weight=c.weight)
            for c in opened.components
        ],
        students=rows, scored=len(totals), unscored=len(rows) - len(totals),
        incomplete=sum(row.incomplete for row in rows if row.total is not None),
        average=marks.average(totals), spread=marks.spread(totals),
        passed=sum(total >= pass_percent for total in totals), pass_percent=pass_percent,
        best=[row for row in rows if row.total is not None and row.total == max(totals)],
        weakest=[row for row in rows if row.total is not None and row.total == min(totals)],
    )  # fmt: skip


async def access_student(tx: Tx, student_id: UUID) -> tuple[Student, Person]:
    """Fetch a student whose results the caller may ask for.

    A guardian's own children and a student's own record; anyone else's looks like one that does not exist.
    Errors: not_visible, pin_needed.
    """
    caller = tx.caller
    query = select(Student, Person).join(Person, Person.id == Student.id).where(Student.id == student_id)
    if caller.role is Role.GUARDIAN:
        granted = exists().where(
            Guardianship.guardian_id == caller.person_id,
            Guardianship.student_id == student_id,
            Guardianship.sees_marks,
        )
        query = query.where(granted)
    found = (await tx.session.execute(query)).one_or_none()
    if found is None or (caller.role is Role.STUDENT and caller.person_id != student_id):
        raise NotVisible("There is no such student.")
    student, person = found
    if not caller.marks_unlocked:
        raise MarksLocked("Marks are shown after your PIN. Reply with your 4-digit PIN to see them.")
    return student, person


async def _enrolled_in(tx: Tx, student: Student, term: Term) -> tuple[ClassArm, set[str]]:
    found = (
        await tx.session.execute(
            select(ClassArm, Enrolment.dropped_subjects)
            .join(Enrolment, Enrolment.class_arm_id == ClassArm.id)
            .where(Enrolment.student_id == student.id, Enrolment.session_id == term.session_id)
            .where(Enrolment.joined_on <= term.ends_on)
            .order_by(Enrolment.joined_on.desc())
            .limit(1)
        )
    ).first()
    if found is None:
        raise NotVisible(f"This student was not enrolled in {await calendar.term_label(tx, term)}.")
    class_arm, dropped = found
    return class_arm, set(dropped)


async def _visible_subjects(tx: Tx, class_arm: ClassArm, session_id: UUID) -> dict[UUID, Subject]:
    """The class arm's subjects whose marks the caller may see: a subject teacher only their own."""
    taught = select(Teaching.subject_id).where(Teaching.class_arm_id == class_arm.id, Teaching.session_id == session_id)
    caller = tx.caller
    everything = caller.role in WHOLE_SCHOOL or caller.role in (Role.GUARDIAN, Role.STUDENT)
    if not everything and class_arm.class_teacher_id != caller.person_id:
        taught = taught.where(Teaching.teacher_id == caller.person_id)
    subjects = await tx.session.scalars(select(Subject).where(Subject.id.in_(taught)).order_by(Subject.name))
    return {subject.id: subject for subject in subjects}


def is_released(tx: Tx, sheet: ScoreSheet) -> bool:
    """Whether guardians may see a sheet today: published, and its release date has come."""
    return sheet.state == SheetState.PUBLISHED and (sheet.release_on is None or sheet.release_on <= tx.today)


async def student_results(
    tx: Tx, student_id: UUID, term_id: UUID | None = None, subject_id: UUID | None = None
) -> StudentResults:
    """One student's results in a term (default: this one), in all subjects or one.

    Guardians and students see a subject once it is published and its release date has come.
    Errors: not_visible, not_allowed, not_released, pin_needed.
    Source: tables scores, score_sheets, enrolments.
    """
    outsider = tx.caller.role in (Role.GUARDIAN, Role.STUDENT)
    tx.require(Permission.RESULTS_READ if outsider else Permission.SCORES_READ)
    student, person = await access_student(tx, student_id)
    term = await calendar.current_term(tx) if term_id is None else await tx.session.get(Term, term_id)
    if term is None:
        raise NotVisible("There is no such term.")
    class_arm, dropped = await _enrolled_in(tx, student, term)
    subjects = await _visible_subjects(tx, class_arm, term.session_id)
    if not subjects and not outsider:
        raise NotAllowed(f"You do not teach {class_arm.name}, so its results are not yours to see.")
    chosen = {key: subject for key, subject in subjects.items() if str(key) not in dropped}
    if subject_id is not None:
        chosen = {key: subject for key, subject in chosen.items() if key == subject_id}
        if not chosen:
            raise NotVisible(f"{person.full_name} has no such subject this term that you can see.")
    query = select(ScoreSheet).where(
        ScoreSheet.class_arm_id == class_arm.id, ScoreSheet.term_id == term.id, ScoreSheet.subject_id.in_(chosen)
    )
    sheets = [sheet for sheet in await tx.session.scalars(query) if is_released(tx, sheet) or not outsider]
    label = await calendar.term_label(tx, term)
    if outsider and not sheets:
        what = f"{next(iter(chosen.values())).name} results" if subject_id else "Results"
        raise NotReleased(f"{what} of {person.full_name} for {label} are not released yet.")
    found = await _subject_results(tx, sheets, chosen, student.id, class_arm)
    totals = [result.total for result in found if result.total is not None]
    done = {result.subject_id for result in found if result.total is not None}
    return StudentResults(
        student_id=student.id, admission_no=student.admission_no, name=person.full_name,
        class_arm_id=class_arm.id, class_arm=class_arm.name, term_id=term.id, term=label, subjects=found,
        average=marks.average(totals), waiting=[subject.name for key, subject in chosen.items() if key not in done],
    )  # fmt: skip


async def _subject_results(
    tx: Tx, sheets: Sequence[ScoreSheet], subjects: dict[UUID, Subject], student_id: UUID, class_arm: ClassArm
) -> list[SubjectResult]:
    """One student's line of each sheet, with the place and average that need the whole class."""
    bands, _ = await assessment.bands_for(tx, class_arm.level_id)
    remarks = {band.grade: band.remark for band in bands}
    schemes = {sheet.scheme_id for sheet in sheets}
    components = {scheme_id: await assessment.components_of(tx, scheme_id) for scheme_id in schemes}
    recorded: dict[UUID, dict[UUID, dict[UUID, Decimal]]] = {}
    rows = await tx.session.execute(
        select(Score.sheet_id, Score.student_id, Score.component_id, Score.points).where(
            Score.sheet_id.in_([sheet.id for sheet in sheets])
        )
    )
    for sheet_id, scored_id, component_id, points in rows.all():
        recorded.setdefault(sheet_id, {}).setdefault(scored_id, {})[component_id] = points
    results: list[SubjectResult] = []
    for sheet in sorted(sheets, key=lambda sheet: subjects[sheet.subject_id].name):
        columns, by_student = components[sheet.scheme_id], recorded.get(sheet.id, {})
        lines = {scored_id: _line(columns, bands, points) for scored_id, points in by_student.items()}
        line = lines.get(student_id) or _line(columns, bands, {})
        totals = {scored_id: each.total for scored_id, each in lines.items()}
        results.append(
            SubjectResult(
                subject_id=sheet.subject_id, subject=subjects[sheet.subject_id].name,
                components=[
                    ComponentPoints(name=c.name, points=value, max_points=c.max_points)
                    for c, value in zip(columns, line.points, strict=True)
                ],
                total=line.total, grade=line.grade, remark=remarks.get(line.grade or "", ""),
                position=marks.positions(totals).get(student_id), out_of=len(totals),
                class_average=marks.average([total for total in totals.values() if total is not None]),
                incomplete=line.incomplete, state=sheet.state, published_at=sheet.published_at,
            )
        )  # fmt: skip
    return results
