"""Finding students, and one student's card."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import func, select

from runtime.caller import Role
from runtime.errors import NotVisible
from runtime.transaction import Tx
from school import attendance, calendar, classes
from school.classes import ClassArm, Enrolment, Level
from school.people import Guardianship, Person, Student
from school.permissions import Permission
from tools.declare import Effect, tool
from tools.naming import best
from tools.present import Block, Column, Fact, Facts, People, PersonItem, Shown, Table, number
from tools.refs import Ref
from tools.resolvers import find_students as visible_students
from tools.results import Result


class StudentItem(Shown):
    student_id: UUID
    admission_no: str
    name: str
    class_arm: str


class StudentList(Result):
    """Students that fit what was asked, by family name."""

    what: str
    students: list[StudentItem]
    total: int

    def headline(self) -> str:
        if not self.students:
            return f"No student found {self.what}.".replace("  ", " ")
        noun = "student" if self.total == 1 else "students"
        return f"{self.total} {noun} {self.what}.".replace(" .", ".")

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="name", label="Name", kind="person"),
            Column(key="admissionNo", label="Admission no."),
            Column(key="classArm", label="Class"),
        ]
        rows = [s.model_dump(mode="json", by_alias=True) for s in self.students]
        return [Table(columns=columns, rows=rows, total=self.total)] if rows else []


@tool(
    permission=Permission.STUDENTS_READ,
    effect=Effect.READ,
    rest="GET /api/v1/students",
    says=(
        "Find a student called Ada",
        "Who is in JSS 2 Ruby?",
        "List the students of SS 1 Pearl",
        "How many students are in JSS 3?",
        "Search for the student with admission number DS/24/0103",
        "Show me the class list of JSS 2 Ruby",
    ),
)
async def find_students(
    tx: Tx,
    *,
    name: Annotated[str | None, Field(max_length=120, description="Name or admission number, whole or part.")] = None,
    class_arm: Ref[ClassArm] | None = None,
    level: Ref[Level] | None = None,
    limit: Annotated[int, Field(ge=1, le=200, description="At most this many.")] = 100,
) -> StudentList:
    """Find students by name or admission number, by class, or by level.

    Use when somebody looks for a student or wants a class list. For one student's card, use `show_student`.

    Shape:  any of name, class, level -> students by family name.
    Units:  students in persons.
    Errors: those of any read.
    Source: tables students, people, enrolments.
    """
    found = await visible_students(tx, {})
    if name:
        found = [candidate for _, candidate in best(name, found)]
    ids = {candidate.id for candidate in found}
    term = await calendar.current_term(tx)
    query = (
        select(Student.id, Student.admission_no, Person, ClassArm.name)
        .join(Person, Person.id == Student.id)
        .join(Enrolment, Enrolment.student_id == Student.id)
        .join(ClassArm, ClassArm.id == Enrolment.class_arm_id)
        .where(Enrolment.session_id == term.session_id, Enrolment.left_on.is_(None))
        .order_by(Person.family_name, Person.given_name)
    )
    if class_arm is not None:
        query = query.where(ClassArm.id == class_arm.id)
    if level is not None:
        query = query.where(ClassArm.level_id == level.id)
    rows = [row for row in (await tx.session.execute(query)).all() if str(row[0]) in ids]
    items = [StudentItem(student_id=r[0], admission_no=r[1], name=r[2].full_name, class_arm=r[3]) for r in rows[:limit]]
    parts = [f"called “{name}”" if name else "", f"in {(class_arm or level).label}" if class_arm or level else ""]  # type: ignore[union-attr]
    return StudentList(what=" ".join(part for part in parts if part), students=items, total=len(rows))


class StudentCard(Result):
    """One student: class, guardians, attendance this term."""

    student_id: UUID
    admission_no: str
    name: str
    class_arm: str | None
    gender: str | None
    guardians: list[PersonItem]
    present: int
    absent: int
    late: int
    attendance_rate: float | None

    def headline(self) -> str:
        return f"{self.name}, {self.class_arm or 'not enrolled'} ({self.admission_no})."

    def blocks(self) -> list[Block]:
        facts = [
            Fact(label="Attendance this term", value=self.attendance_rate, kind="percent"),
            Fact(label="Days absent", value=self.absent, kind="number"),
            Fact(label="Days late", value=self.late, kind="number"),
        ]
        return [Facts(items=facts), *([People(items=self.guardians)] if self.guardians else [])]

    def next_questions(self) -> list[str]:
        return [f"How did {self.name} do this term?", f"Attendance of {self.name} this term"]


@tool(
    permission=Permission.SELF_READ,
    effect=Effect.READ,
    rest="GET /api/v1/students/{student}",
    says=(
        "Show me Ada Okonjo",
        "Who is the guardian of Tunde Bello?",
        "What class is Zainab in?",
        "Tell me about the student DS/24/0103",
        "Phone number of Chidi's parents",
    ),
)
async def show_student(tx: Tx, *, student: Ref[Student]) -> StudentCard:
    """Show one student's card: class, guardians and attendance this term.

    Use when somebody asks about one student in general. For results use `show_results`.

    Shape:  one student -> one card.
    Units:  attendance in days and percent.
    Errors: those of any read.
    Source: tables students, people, guardianships, attendance_marks.
    """
    row = await tx.session.get(Student, student.id)
    if row is None:
        raise NotVisible("There is no such student.")
    person = await tx.session.get_one(Person, student.id)
    class_arm = await classes.class_of(tx, student.id)
    first, last = await attendance.term_days(tx)
    lines = await attendance.totals(tx, first, last, student_id=student.id)
    line = lines[0] if lines else None
    return StudentCard(
        student_id=row.id, admission_no=row.admission_no, name=person.full_name,
        class_arm=class_arm.name if class_arm else None, gender=person.gender,
        guardians=await _guardians(tx, student.id), present=line.present if line else 0, absent=line.absent if line else 0,
        late=line.late if line else 0, attendance_rate=number(line.rate) if line else None,
    )  # fmt: skip


async def _guardians(tx: Tx, student_id: UUID) -> list[PersonItem]:
    """The guardians with relation and phone: to staff; a guardian is shown only themselves."""
    query = (
        select(Person, Guardianship.relation)
        .join(Guardianship, Guardianship.guardian_id == Person.id)
        .where(Guardianship.student_id == student_id)
        .order_by(Guardianship.is_primary.desc(), Person.family_name)
    )
    if tx.caller.role in {Role.GUARDIAN, Role.STUDENT}:
        query = query.where(Person.id == tx.caller.person_id)
    return [
        PersonItem(
            id=str(person.id), name=person.display_name, kind="guardian",
            subtitle=", ".join(part for part in (relation, person.phone or "no phone", person.email) if part),
        )
        for person, relation in (await tx.session.execute(query)).all()
    ]  # fmt: skip


async def count_enrolled(tx: Tx, class_arm_id: UUID, session_id: UUID) -> int:
    """How many students a class arm has now."""
    query = select(func.count()).where(
        Enrolment.class_arm_id == class_arm_id, Enrolment.session_id == session_id, Enrolment.left_on.is_(None)
    )
    return await tx.session.scalar(query) or 0
