"""Everything the report cards of one class in one term are made from, read in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select

from runtime.errors import NotVisible
from runtime.transaction import Tx
from school import assessment, attendance, conduct, remarks, report_options, schools
from school.assessment import AssessmentComponent, GradeBand
from school.attendance import AttendanceLine
from school.calendar import AcademicSession, Term
from school.classes import ClassArm, Enrolment, Level, Subject, Teaching
from school.people import Person, Student
from school.remarks import Remark
from school.report_options import ReportOptions
from school.schools import School
from school.score_sheets import Score, ScoreSheet

LONGEST_HOLIDAY = timedelta(weeks=5)
"""Between a session's last term and its end; a longer time means that another term is to come."""


@dataclass(frozen=True, slots=True)
class Total:
    """One student's total in one subject of one term; `complete` when every component is recorded."""

    percent: Decimal
    complete: bool


@dataclass(frozen=True, slots=True)
class Pupil:
    """A student of the class, as this term's card needs them."""

    student: Student
    person: Person
    joined_on: date
    dropped: frozenset[str]


Totals = dict[UUID, dict[UUID, dict[UUID, Total]]]
"""Term -> student -> subject -> total, for every student of the level."""


@dataclass(slots=True)
class ClassTerm:
    """One class in one term. `pupils` are the students on its roll, `level_ids` all those of its level."""

    school: School
    options: ReportOptions
    session: AcademicSession
    term: Term
    terms: list[Term]
    next_term: Term | None
    class_arm: ClassArm
    level: Level
    class_teacher: Person | None
    bands: list[GradeBand]
    pass_percent: Decimal
    subjects: list[Subject]
    teachers: dict[UUID, str]
    pupils: dict[UUID, Pupil]
    level_dropped: dict[UUID, frozenset[str]]
    totals: Totals
    sheets: dict[UUID, ScoreSheet]
    components: dict[UUID, list[AssessmentComponent]]
    points: dict[UUID, dict[UUID, dict[UUID, Decimal]]]
    attendance: dict[UUID, AttendanceLine] = field(default_factory=dict[UUID, AttendanceLine])
    ratings: dict[UUID, dict[str, int]] = field(default_factory=dict[UUID, dict[str, int]])
    remarks: dict[UUID, list[Remark]] = field(default_factory=dict[UUID, list[Remark]])
    history: dict[UUID, list[tuple[str, Decimal]]] = field(default_factory=dict[UUID, list[tuple[str, Decimal]]])

    @property
    def last_of_session(self) -> bool:
        """Whether this is the session's last term, the one that decides promotion.

        The last one known is not it while the session goes on for more than a holiday: the next is not entered yet.
        """
        return self.term.id == self.terms[-1].id and self.session.ends_on - self.term.ends_on <= LONGEST_HOLIDAY


async def gather(tx: Tx, class_arm_id: UUID, term_id: UUID, student_ids: Sequence[UUID] | None = None) -> ClassTerm:
    """Read a class's term: marks of the whole level (for positions), the rest for `student_ids` or everybody.

    Errors: not_visible (no such class or term). About 20 queries, however many students.
    """
    class_arm = await tx.session.get(ClassArm, class_arm_id)
    term = await tx.session.get(Term, term_id)
    if class_arm is None or term is None:
        raise NotVisible("There is no such class or term.")
    school = await schools.current(tx)
    session = await tx.session.get_one(AcademicSession, term.session_id)
    terms = list(
        await tx.session.scalars(select(Term).where(Term.session_id == session.id).order_by(Term.number))
    )  # fmt: skip
    following = select(Term).where(Term.starts_on > term.ends_on).order_by(Term.starts_on).limit(1)
    bands, pass_percent = await assessment.bands_for(tx, class_arm.level_id)
    pupils, level_dropped = await _rolls(tx, class_arm, term)
    data = ClassTerm(
        school=school, options=report_options.of(school), session=session, term=term, terms=terms,
        next_term=await tx.session.scalar(following), class_arm=class_arm,
        level=await tx.session.get_one(Level, class_arm.level_id),
        class_teacher=await tx.session.get(Person, class_arm.class_teacher_id) if class_arm.class_teacher_id else None,
        bands=bands, pass_percent=pass_percent, subjects=[], teachers={}, pupils=pupils, level_dropped=level_dropped,
        totals=await _totals(tx, class_arm, [t.id for t in terms if t.number <= term.number]),
        sheets={}, components={}, points={},
    )  # fmt: skip
    asked = [key for key in (student_ids if student_ids is not None else pupils) if key in pupils]
    await _sheets(tx, data, asked)
    await _subjects(tx, data)
    await _about(tx, data, asked)
    return data


async def _rolls(tx: Tx, class_arm: ClassArm, term: Term) -> tuple[dict[UUID, Pupil], dict[UUID, frozenset[str]]]:
    """The class's students by family name, and everybody of the level with the subjects they dropped."""
    day = min(max(tx.today, term.starts_on), term.ends_on)
    rows = await tx.session.execute(
        select(Enrolment, Student, Person)
        .join(Student, Student.id == Enrolment.student_id)
        .join(Person, Person.id == Student.id)
        .join(ClassArm, ClassArm.id == Enrolment.class_arm_id)
        .where(ClassArm.level_id == class_arm.level_id, Enrolment.session_id == term.session_id)
        .where(Enrolment.joined_on <= term.ends_on, (Enrolment.left_on.is_(None)) | (Enrolment.left_on > day))
        .order_by(Person.family_name, Person.given_name, Student.admission_no, Enrolment.joined_on)
    )
    pupils: dict[UUID, Pupil] = {}
    level: dict[UUID, frozenset[str]] = {}
    for enrolment, student, person in rows.all():
        dropped = frozenset(enrolment.dropped_subjects)
        level[student.id] = dropped
        if enrolment.class_arm_id == class_arm.id:
            pupils[student.id] = Pupil(student, person, enrolment.joined_on, dropped)
    return pupils, level


async def _totals(tx: Tx, class_arm: ClassArm, term_ids: list[UUID]) -> Totals:
    """The arithmetic of `marks.total`, in SQL. Where a student moved between arms, the fuller sheet counts."""
    size = (
        select(AssessmentComponent.scheme_id, func.count().label("size"))
        .group_by(AssessmentComponent.scheme_id)
        .subquery()
    )
    worth = Score.points * AssessmentComponent.weight * 100 / AssessmentComponent.max_points
    rows = await tx.session.execute(
        select(
            ScoreSheet.term_id, Score.student_id, ScoreSheet.subject_id, func.round(func.sum(worth), 2),
            func.count() == func.max(size.c.size),
        )
        .join(ScoreSheet, ScoreSheet.id == Score.sheet_id)
        .join(AssessmentComponent, AssessmentComponent.id == Score.component_id)
        .join(size, size.c.scheme_id == ScoreSheet.scheme_id)
        .join(ClassArm, ClassArm.id == ScoreSheet.class_arm_id)
        .where(ScoreSheet.term_id.in_(term_ids), ClassArm.level_id == class_arm.level_id)
        .group_by(ScoreSheet.term_id, Score.student_id, ScoreSheet.subject_id, ScoreSheet.id)
        .order_by(func.count(), ScoreSheet.id)
    )  # fmt: skip
    found: Totals = {term_id: {} for term_id in term_ids}
    for term_id, student_id, subject_id, percent, complete in rows.all():
        found[term_id].setdefault(student_id, {})[subject_id] = Total(percent, complete)
    return found


async def _subjects(tx: Tx, data: ClassTerm) -> None:
    """The subjects taught to the class this session, by name, with their teachers."""
    rows = await tx.session.execute(
        select(Subject, Person)
        .join(Teaching, Teaching.subject_id == Subject.id)
        .join(Person, Person.id == Teaching.teacher_id)
        .where(Teaching.class_arm_id == data.class_arm.id, Teaching.session_id == data.session.id)
        .order_by(Subject.name, Teaching.id)
    )
    for subject, teacher in rows.all():
        if subject.id not in data.teachers:
            data.subjects.append(subject)
            data.teachers[subject.id] = teacher.display_name
    untaught = set(data.sheets) - set(data.teachers)
    if untaught:
        data.subjects.extend(await tx.session.scalars(select(Subject).where(Subject.id.in_(untaught))))
        data.subjects.sort(key=lambda subject: subject.name)


async def _sheets(tx: Tx, data: ClassTerm, asked: list[UUID]) -> None:
    """This term's sheets of the class with their columns, and the points of the students asked for."""
    query = select(ScoreSheet).where(
        ScoreSheet.class_arm_id == data.class_arm.id, ScoreSheet.term_id == data.term.id
    )  # fmt: skip
    data.sheets = {sheet.subject_id: sheet for sheet in await tx.session.scalars(query)}
    columns = select(AssessmentComponent).order_by(AssessmentComponent.position)
    schemes = {sheet.scheme_id for sheet in data.sheets.values()}
    for column in await tx.session.scalars(columns.where(AssessmentComponent.scheme_id.in_(schemes))):
        data.components.setdefault(column.scheme_id, []).append(column)
    subject_of = {sheet.id: subject_id for subject_id, sheet in data.sheets.items()}
    rows = await tx.session.execute(
        select(Score.student_id, Score.sheet_id, Score.component_id, Score.points).where(
            Score.sheet_id.in_(subject_of), Score.student_id.in_(asked)
        )
    )
    for student_id, sheet_id, component_id, points in rows.all():
        data.points.setdefault(student_id, {}).setdefault(subject_of[sheet_id], {})[component_id] = points


async def _about(tx: Tx, data: ClassTerm, asked: list[UUID]) -> None:
    """Attendance, ratings, remarks and the averages of earlier sessions."""
    last = min(tx.today, data.term.ends_on)
    only = asked[0] if len(asked) == 1 else None
    lines = await attendance.totals(
        tx, data.term.starts_on, last, class_arm_id=data.class_arm.id, student_id=only
    )  # fmt: skip
    data.attendance = {line.student_id: line for line in lines}
    data.ratings = await conduct.ratings_of(tx, asked, data.term.id)
    for remark in await remarks.remarks_of(tx, asked, data.term.id):
        data.remarks.setdefault(remark.student_id, []).append(remark)
    data.history = await history(tx, asked, data.session)


async def history(
    tx: Tx, student_ids: Sequence[UUID], before: AcademicSession
) -> dict[UUID, list[tuple[str, Decimal]]]:
    """Each student's average of every term of the sessions before one: (label, percent), oldest first."""
    worth = Score.points * AssessmentComponent.weight * 100 / AssessmentComponent.max_points
    per_subject = (
        select(Score.student_id, ScoreSheet.term_id, func.round(func.sum(worth), 2).label("total"))
        .join(ScoreSheet, ScoreSheet.id == Score.sheet_id)
        .join(AssessmentComponent, AssessmentComponent.id == Score.component_id)
        .join(Term, Term.id == ScoreSheet.term_id)
        .where(Score.student_id.in_(student_ids), Term.starts_on < before.starts_on)
        .group_by(Score.student_id, ScoreSheet.term_id, ScoreSheet.id)
        .subquery()
    )
    rows = await tx.session.execute(
        select(
            per_subject.c.student_id, Term.number, AcademicSession.name, func.round(func.avg(per_subject.c.total), 2)
        )
        .join(Term, Term.id == per_subject.c.term_id)
        .join(AcademicSession, AcademicSession.id == Term.session_id)
        .group_by(per_subject.c.student_id, Term.id, Term.number, AcademicSession.name, Term.starts_on)
        .order_by(Term.starts_on)
    )
    found: dict[UUID, list[tuple[str, Decimal]]] = {}
    for student_id, number, session, average in rows.all():
        found.setdefault(student_id, []).append((f"T{number} {session}", average))
    return found
