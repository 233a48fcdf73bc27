"""Finding staff: who teaches what, to whom."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from runtime.transaction import Tx
from school import calendar
from school.classes import ClassArm, Level, Subject, Teaching
from school.people import Person, Staff
from school.permissions import Permission
from tools.declare import Effect, tool
from tools.naming import best
from tools.present import Block, Column, Fact, Facts, Shown, Table
from tools.refs import Ref
from tools.resolvers import classes_taught
from tools.resolvers import find_staff as visible_staff
from tools.results import Result


class TeachingItem(Shown):
    staff_id: UUID
    teacher: str
    subject: str
    class_arm: str


class TeacherList(Result):
    """Who teaches what to whom this session."""

    what: str
    lessons: list[TeachingItem]

    def headline(self) -> str:
        if not self.lessons:
            return f"Nobody is recorded as teaching {self.what}."
        names = sorted({item.teacher for item in self.lessons})
        if len(names) == 1:
            return f"{names[0]} teaches {self.what}."
        return (
            f"{len(names)} teachers teach {self.what}: {', '.join(names[:6])}{' and others' if len(names) > 6 else ''}."
        )

    def blocks(self) -> list[Block]:
        if len(self.lessons) < 2:
            return []
        columns = [
            Column(key="classArm", label="Class"),
            Column(key="subject", label="Subject"),
            Column(key="teacher", label="Teacher", kind="person"),
        ]
        return [Table(columns=columns, rows=[item.model_dump(mode="json", by_alias=True) for item in self.lessons])]


@tool(
    permission=Permission.SCHOOL_READ,
    effect=Effect.READ,
    rest="GET /api/v1/teaching",
    says=(
        "Who teaches physics in SS 1?",
        "Who is the maths teacher of JSS 2 Ruby?",
        "Which teachers take JSS 3 Opal?",
        "Who teaches English?",
        "Name the teachers of SS 2",
    ),
)
async def find_teachers(
    tx: Tx,
    *,
    subject: Ref[Subject] | None = None,
    class_arm: Ref[ClassArm] | None = None,
    level: Ref[Level] | None = None,
) -> TeacherList:
    """Find who teaches a subject, in a class or in a level, this session.

    Use when somebody asks who teaches something. For what one teacher teaches, use `show_staff`.

    Shape:  any of subject, class, level -> one row a class and subject.
    Units:  one row is one class arm and one subject.
    Errors: those of any read.
    Source: table teaching.
    """
    term = await calendar.current_term(tx)
    query = (
        select(Person, Subject.name, ClassArm.name)
        .join(Teaching, Teaching.teacher_id == Person.id)
        .join(Subject, Subject.id == Teaching.subject_id)
        .join(ClassArm, ClassArm.id == Teaching.class_arm_id)
        .join(Level, Level.id == ClassArm.level_id)
        .where(Teaching.session_id == term.session_id)
        .order_by(Level.position, ClassArm.arm, Subject.name)
    )
    if subject is not None:
        query = query.where(Subject.id == subject.id)
    if class_arm is not None:
        query = query.where(ClassArm.id == class_arm.id)
    if level is not None:
        query = query.where(ClassArm.level_id == level.id)
    lessons = [
        TeachingItem(staff_id=person.id, teacher=person.display_name, subject=subject_name, class_arm=class_name)
        for person, subject_name, class_name in (await tx.session.execute(query)).all()
    ]
    where = class_arm or level
    what = " in ".join([*([subject.label] if subject else []), *([where.label] if where else [])]) or "at this school"
    return TeacherList(what=what, lessons=lessons)


class StaffItem(Shown):
    staff_id: UUID
    staff_no: str
    name: str
    job_title: str


class StaffList(Result):
    """Staff that fit what was asked, by family name."""

    staff: list[StaffItem]

    def headline(self) -> str:
        return f"{len(self.staff)} member{'s'[: len(self.staff) != 1]} of staff found."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="name", label="Name", kind="person"),
            Column(key="jobTitle", label="Post"),
            Column(key="staffNo", label="Staff no."),
        ]
        rows = [item.model_dump(mode="json", by_alias=True) for item in self.staff]
        return [Table(columns=columns, rows=rows)] if rows else []


@tool(
    permission=Permission.STAFF_READ,
    effect=Effect.READ,
    rest="GET /api/v1/staff",
    says=("List all the staff", "Find the teacher called Umeadi", "Show me every member of staff", "Who works here?"),
)
async def find_staff(
    tx: Tx,
    *,
    name: Annotated[str | None, Field(max_length=120, description="Name or staff number, whole or part.")] = None,
) -> StaffList:
    """Find members of staff by name, or list them all.

    Use when somebody looks for a colleague. For who teaches a subject, use `find_teachers`.

    Shape:  a name or nothing -> staff by family name.
    Units:  staff in persons.
    Errors: those of any read.
    Source: tables staff, people.
    """
    found = await visible_staff(tx, {})
    if name:
        found = [candidate for _, candidate in best(name, found)]
    query = select(Staff, Person).join(Person, Person.id == Staff.id).order_by(Person.family_name, Person.given_name)
    ids = {candidate.id for candidate in found}
    return StaffList(
        staff=[
            StaffItem(staff_id=staff.id, staff_no=staff.staff_no, name=person.display_name, job_title=staff.job_title)
            for staff, person in (await tx.session.execute(query)).all()
            if str(staff.id) in ids
        ]
    )


class StaffCard(Result):
    """One member of staff and what they teach this session."""

    staff_id: UUID
    staff_no: str
    name: str
    job_title: str
    phone: str | None
    email: str | None
    teaches: list[str]

    def headline(self) -> str:
        return f"{self.name}, {self.job_title} ({self.staff_no})."

    def blocks(self) -> list[Block]:
        return [
            Facts(
                items=[
                    Fact(label="Teaches", value="; ".join(self.teaches) or None),
                    Fact(label="Phone", value=self.phone),
                    Fact(label="E-mail", value=self.email),
                ]
            )
        ]


@tool(
    permission=Permission.STAFF_READ,
    effect=Effect.READ,
    rest="GET /api/v1/staff/{staff}",
    says=("Show me Mr Akinlade", "What does Mrs Umeadi teach?", "Which classes does Mr Bode Akinlade have?",
          "Phone number of Mrs Umeadi"),
)  # fmt: skip
async def show_staff(tx: Tx, *, staff: Ref[Staff]) -> StaffCard:
    """Show one member of staff: post, contact, and what they teach this session.

    Use when somebody asks about one colleague. For who teaches a subject, use `find_teachers`.

    Shape:  one member of staff -> one card.
    Units:  one entry of `teaches` is a class arm and a subject.
    Errors: those of any read.
    Source: tables staff, people, teaching.
    """
    row = await tx.session.get_one(Staff, staff.id)
    person = await tx.session.get_one(Person, staff.id)
    taught = await classes_taught(tx, staff.id)
    return StaffCard(
        staff_id=row.id, staff_no=row.staff_no, name=person.display_name, job_title=row.job_title, phone=person.phone,
        email=person.email, teaches=[f"{class_name} {subject}" for class_name, subject in taught],
    )  # fmt: skip
