"""Exports of whole lists: who may have which rows, what columns there are, and the rows in pieces."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from runtime.caller import Role
from runtime.errors import InvalidInput, NotAllowed
from runtime.transaction import Tx
from school import calendar, classes, marks
from school.assessment import AssessmentComponent, GradeBand, GradingScale
from school.calendar import AcademicSession, Term
from school.classes import ClassArm, Enrolment, Subject, Teaching
from school.folding import fold
from school.people import Guardian, Guardianship, Person, Student
from school.permissions import WHOLE_SCHOOL, Permission
from school.registers import AttendanceMark, Register
from school.score_sheets import Score, ScoreSheet
from school.units import Value

PIECE = 2_000


class ExportKind(StrEnum):
    STUDENTS = "students"
    GUARDIANS = "guardians"
    ATTENDANCE = "attendance"
    SCORES = "scores"


class ExportFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


class ExportSpec(Value):
    """What to export. Nothing but the kind and format is needed; each other field narrows it."""

    kind: ExportKind
    format: ExportFormat = ExportFormat.XLSX
    class_arm_id: UUID | None = None
    subject_id: UUID | None = None
    term_id: UUID | None = None
    first_day: date | None = None
    last_day: date | None = None
    columns: list[str] = Field(default_factory=list[str], description="Headings wanted, in order; empty is all.")


_NEEDS = {
    ExportKind.STUDENTS: Permission.STUDENTS_READ, ExportKind.GUARDIANS: Permission.STUDENTS_READ,
    ExportKind.ATTENDANCE: Permission.ATTENDANCE_READ, ExportKind.SCORES: Permission.SCORES_READ,
}  # fmt: skip
HEADINGS = {
    ExportKind.STUDENTS: (
        "Admission number", "Surname", "First name", "Other names", "Gender", "Date of birth", "Class",
        "Guardian name", "Guardian phone", "Guardian email", "Relation", "WhatsApp",
    ),
    ExportKind.GUARDIANS: (
        "Guardian name", "Guardian phone", "Guardian email", "WhatsApp", "Relation", "Admission number", "Student", "Class",
    ),
    ExportKind.ATTENDANCE: ("Admission number", "Name", "Class", "Date", "Status", "Minutes late", "Note"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Export:
    """An export that was allowed: its headings, how many rows, and the rows themselves in pieces."""

    title: str
    headings: list[str]
    rows: int
    pieces: Callable[[], AsyncIterator[list[list[Any]]]]


async def open_export(tx: Tx, spec: ExportSpec) -> Export:
    """Check who asks and what for. A teacher gets the classes they teach, and scores of the subjects they teach there.

    Errors: not_allowed, invalid_input (a column there is not).
    """
    tx.require(Permission.RECORDS_EXPORT)
    tx.require(_NEEDS[spec.kind], message=f"Your role does not include reading {spec.kind.value}.")
    arms = await _arms(tx, spec)
    if spec.kind is ExportKind.SCORES:
        return await _scores(tx, spec, arms)
    headings = list(HEADINGS[spec.kind])
    query = {ExportKind.STUDENTS: _students, ExportKind.GUARDIANS: _guardians, ExportKind.ATTENDANCE: _attendance}[
        spec.kind
    ](spec, arms, (await calendar.current_term(tx)).session_id)
    places = _places(headings, spec.columns)
    count = await tx.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0

    async def pieces() -> AsyncIterator[list[list[Any]]]:
        found = await tx.session.stream(query.execution_options(yield_per=PIECE))
        async for piece in found.partitions(PIECE):
            yield [[_plain(row[place]) for place in places] for row in piece]

    return Export(_title(spec, arms), [headings[place] for place in places], count, pieces)


async def _arms(tx: Tx, spec: ExportSpec) -> dict[UUID, str] | None:
    """The class arms whose rows may be had; None is every class."""
    if tx.caller.role in WHOLE_SCHOOL or tx.caller.role is Role.BURSAR:
        if spec.class_arm_id is None:
            return None
        return {spec.class_arm_id: (await tx.session.get_one(ClassArm, spec.class_arm_id)).name}
    mine = {arm.id: arm.name for arm in await classes.my_class_arms(tx)}
    if spec.class_arm_id is None:
        return mine
    if spec.class_arm_id not in mine:
        raise NotAllowed("You do not teach this class, so its records are not yours to export.")
    return {spec.class_arm_id: mine[spec.class_arm_id]}


def _title(spec: ExportSpec, arms: dict[UUID, str] | None) -> str:
    where = f" of {', '.join(arms.values())}" if arms and len(arms) <= 3 else ""
    return f"{spec.kind.value.capitalize()}{where}"


def _places(headings: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Positions of the wanted headings, in the order asked for; all when none is named."""
    if not wanted:
        return list(range(len(headings)))
    by_name = {fold(heading): place for place, heading in enumerate(headings)}
    unknown = [name for name in wanted if fold(name) not in by_name]
    if unknown:
        raise InvalidInput(f"There is no column {', '.join(unknown)}. The columns are {', '.join(headings)}.")
    return [by_name[fold(name)] for name in wanted]


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _students(spec: ExportSpec, arms: dict[UUID, str] | None, session_id: UUID) -> Select[*tuple[Any, ...]]:
    guardian, link = aliased(Person), aliased(Guardianship)
    query = (
        select(
            Student.admission_no, Person.family_name, Person.given_name, Person.other_names, Person.gender, Student.born_on,
            ClassArm.name, func.concat_ws(" ", guardian.given_name, guardian.family_name), guardian.phone, guardian.email,
            link.relation, guardian.whatsapp,
        )
        .join(Person, Person.id == Student.id)
        .join(Enrolment, (Enrolment.student_id == Student.id) & (Enrolment.session_id == session_id))
        .join(ClassArm, ClassArm.id == Enrolment.class_arm_id)
        .outerjoin(link, (link.student_id == Student.id) & link.is_primary)
        .outerjoin(guardian, guardian.id == link.guardian_id)
        .where(Student.left_on.is_(None), Enrolment.left_on.is_(None))
        .order_by(ClassArm.name, Person.family_name, Person.given_name, Student.admission_no)
    )  # fmt: skip
    return query if arms is None else query.where(ClassArm.id.in_(arms))


def _guardians(spec: ExportSpec, arms: dict[UUID, str] | None, session_id: UUID) -> Select[*tuple[Any, ...]]:
    child = aliased(Person)
    query = (
        select(
            func.concat_ws(" ", Person.given_name, Person.family_name), Person.phone, Person.email, Person.whatsapp,
            Guardianship.relation, Student.admission_no, func.concat_ws(" ", child.family_name, child.given_name), ClassArm.name,
        )
        .join(Guardian, Guardian.id == Person.id)
        .join(Guardianship, Guardianship.guardian_id == Guardian.id)
        .join(Student, Student.id == Guardianship.student_id)
        .join(child, child.id == Student.id)
        .join(Enrolment, (Enrolment.student_id == Student.id) & (Enrolment.session_id == session_id))
        .join(ClassArm, ClassArm.id == Enrolment.class_arm_id)
        .where(Student.left_on.is_(None), Enrolment.left_on.is_(None))
        .order_by(Person.family_name, Person.given_name, Student.admission_no)
    )  # fmt: skip
    return query if arms is None else query.where(ClassArm.id.in_(arms))


def _attendance(spec: ExportSpec, arms: dict[UUID, str] | None, session_id: UUID) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            Student.admission_no, func.concat_ws(" ", Person.family_name, Person.given_name), ClassArm.name, Register.taken_on,
            AttendanceMark.presence, AttendanceMark.minutes_late, AttendanceMark.note,
        )
        .join(Register, Register.id == AttendanceMark.register_id)
        .join(ClassArm, ClassArm.id == Register.class_arm_id)
        .join(Student, Student.id == AttendanceMark.student_id)
        .join(Person, Person.id == Student.id)
        .order_by(Register.taken_on, ClassArm.name, Person.family_name, Person.given_name, Student.admission_no)
    )  # fmt: skip
    if arms is not None:
        query = query.where(ClassArm.id.in_(arms))
    if spec.term_id is not None:
        term = select(Term.starts_on, Term.ends_on).where(Term.id == spec.term_id).subquery()
        query = query.join(term, Register.taken_on.between(term.c.starts_on, term.c.ends_on))
    if spec.first_day is not None:
        query = query.where(Register.taken_on >= spec.first_day)
    return query if spec.last_day is None else query.where(Register.taken_on <= spec.last_day)


async def _scores(tx: Tx, spec: ExportSpec, arms: dict[UUID, str] | None) -> Export:
    components = list(await tx.session.scalars(select(AssessmentComponent).order_by(AssessmentComponent.position)))
    names = list(dict.fromkeys(component.name for component in components))
    headings = ["Admission number", "Name", "Class", "Subject", "Term", *names, "Total", "Grade"]
    places = _places(headings, spec.columns)
    base = await _scores_query(tx, spec, arms)
    counted = select(Score.sheet_id, Score.student_id).where(Score.sheet_id.in_(base)).distinct().subquery()
    count = await tx.session.scalar(select(func.count()).select_from(counted)) or 0
    maker = await _ScoreRows.load(tx, components, names)

    async def pieces() -> AsyncIterator[list[list[Any]]]:
        query = maker.query().where(ScoreSheet.id.in_(base)).execution_options(yield_per=PIECE * 4)
        waiting: list[list[Any]] = []
        held: list[Any] = []
        found = await tx.session.stream(query)
        async for piece in found.partitions(PIECE * 4):
            held.extend(piece)
            groups = [list(group) for _, group in groupby(held, key=lambda row: (row.sheet_id, row.admission_no))]
            held = groups.pop()  # the last student of a piece may go on in the next
            waiting.extend(maker.row(group) for group in groups)
            if len(waiting) >= PIECE:
                yield [[row[place] for place in places] for row in waiting]
                waiting = []
        if held:
            waiting.append(maker.row(held))
        if waiting:
            yield [[row[place] for place in places] for row in waiting]

    return Export(_title(spec, arms), [headings[place] for place in places], count, pieces)


async def _scores_query(tx: Tx, spec: ExportSpec, arms: dict[UUID, str] | None) -> Any:
    """The ids of the sheets asked for, as a subquery."""
    query = select(ScoreSheet.id)
    if arms is not None:
        query = query.where(ScoreSheet.class_arm_id.in_(arms))
    if tx.caller.role is Role.TEACHER:
        own = select(Teaching.id).where(
            Teaching.teacher_id == tx.caller.person_id, Teaching.class_arm_id == ScoreSheet.class_arm_id,
            Teaching.subject_id == ScoreSheet.subject_id,
        )  # fmt: skip
        class_teacher = select(ClassArm.id).where(ClassArm.class_teacher_id == tx.caller.person_id)
        query = query.where(own.exists() | ScoreSheet.class_arm_id.in_(class_teacher))
    if spec.subject_id is not None:
        query = query.where(ScoreSheet.subject_id == spec.subject_id)
    term_id = spec.term_id or (await calendar.current_term(tx)).id
    return query.where(ScoreSheet.term_id == term_id)


class _ScoreRows:
    """Points of one student on one sheet, side by side, with the total and grade they make."""

    def __init__(self, components: Sequence[AssessmentComponent], names: Sequence[str]) -> None:
        self.names = names
        self.by_id = {component.id: component for component in components}
        self.by_scheme: dict[UUID, list[AssessmentComponent]] = {}
        for component in components:
            self.by_scheme.setdefault(component.scheme_id, []).append(component)
        self.bands: dict[UUID | None, list[GradeBand]] = {}

    @classmethod
    async def load(cls, tx: Tx, components: Sequence[AssessmentComponent], names: Sequence[str]) -> "_ScoreRows":
        made = cls(components, names)
        rows = await tx.session.execute(
            select(GradingScale.level_id, GradeBand).join(GradeBand, GradeBand.scale_id == GradingScale.id)
        )
        for level_id, band in rows.all():
            made.bands.setdefault(level_id, []).append(band)
        return made

    def query(self) -> Select[*tuple[Any, ...]]:
        return (
            select(
                Score.sheet_id, Student.admission_no, func.concat_ws(" ", Person.family_name, Person.given_name).label("name"),
                ClassArm.name.label("class_name"), ClassArm.level_id, Subject.name.label("subject"), Term.name.label("term"),
                AcademicSession.name.label("session"), Score.component_id, Score.points,
            )
            .join(ScoreSheet, ScoreSheet.id == Score.sheet_id)
            .join(ClassArm, ClassArm.id == ScoreSheet.class_arm_id)
            .join(Subject, Subject.id == ScoreSheet.subject_id)
            .join(Term, Term.id == ScoreSheet.term_id)
            .join(AcademicSession, AcademicSession.id == Term.session_id)
            .join(Student, Student.id == Score.student_id)
            .join(Person, Person.id == Student.id)
            .order_by(ClassArm.name, Subject.name, Score.sheet_id, Person.family_name, Person.given_name, Student.admission_no)
        )  # fmt: skip

    def row(self, group: list[Any]) -> list[Any]:
        first = group[0]
        points: dict[UUID, Decimal] = {score.component_id: score.points for score in group}
        columns = self.by_scheme[self.by_id[first.component_id].scheme_id]
        total = marks.total(columns, [points.get(component.id) for component in columns])
        bands = self.bands.get(first.level_id) or self.bands.get(None, [])
        by_name = {self.by_id[component_id].name: value for component_id, value in points.items()}
        return [
            first.admission_no, first.name, first.class_name, first.subject, f"{first.term} {first.session}",
            *(by_name.get(name) for name in self.names), total, None if total is None else marks.grade(bands, total),
        ]  # fmt: skip
