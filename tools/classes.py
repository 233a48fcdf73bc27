"""Classes: the list of them, and one class's card."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from runtime.transaction import Tx
from school import calendar, classes
from school.classes import ClassArm, Level, Subject, Teaching
from school.people import Person
from school.permissions import WHOLE_SCHOOL, Permission
from tools.declare import Effect, Said, tool
from tools.present import Block, Column, Fact, Facts, Shown, Table
from tools.refs import Ref
from tools.results import Result
from tools.students import count_enrolled


class ClassItem(Shown):
    class_arm_id: UUID
    name: str
    level: str
    students: int
    class_teacher: str | None


class ClassList(Result):
    """Class arms in the order of their levels."""

    mine: bool
    subject: str | None = Field(None, description="Only classes that have this subject.")
    classes: list[ClassItem]

    def headline(self) -> str:
        count = len(self.classes)
        if self.subject:
            return (
                f"You teach {self.subject} in {_count(count)}."
                if self.mine
                else f"{_count(count).capitalize()} with {self.subject}."
            )
        return f"{'You have' if self.mine else 'There is' if count == 1 else 'There are'} {_count(count)}."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="name", label="Class"),
            Column(key="students", label="Students", kind="number"),
            Column(key="classTeacher", label="Class teacher", kind="person"),
        ]
        rows = [item.model_dump(mode="json", by_alias=True) for item in self.classes]
        return [Table(columns=columns, rows=rows)] if rows else []


def _count(classes: int) -> str:
    return f"{classes or 'no'} class{'es'[: 2 * (classes != 1)]}"


Mine = Annotated[bool, Said("my", "mine", "i")]


@tool(
    permission=Permission.CLASSES_READ,
    effect=Effect.READ,
    rest="GET /api/v1/classes",
    says=(
        "Which classes do I teach?",
        "List all the classes",
        "Show my classes",
        "How many classes are there in JSS 1?",
        "Which classes do I teach physics?",
    ),
)
async def find_classes(
    tx: Tx, *, level: Ref[Level] | None = None, subject: Ref[Subject] | None = None, mine: Mine = False
) -> ClassList:
    """List the class arms: all, of a level, with a subject, or the caller's own.

    Use when somebody asks which classes there are. For one class in detail, use `show_class`.

    Shape:  nothing, a level, a subject (with `mine`: that the caller teaches there), or `mine` -> one row a class arm.
    Units:  students in persons.
    Errors: those of any read.
    Source: tables class_arms, levels, teaching, enrolments.
    """
    term = await calendar.current_term(tx)
    arms = await classes.my_class_arms(tx) if mine else await _all(tx)
    if level is not None:
        arms = [arm for arm in arms if arm.level_id == level.id]
    if subject is not None:
        taught = await classes.arms_with(tx, subject.id, term.session_id, mine=mine)
        arms = [arm for arm in arms if arm.id in taught]
    levels = {one.id: one.name for one in await tx.session.scalars(select(Level))}
    items: list[ClassItem] = []
    for arm in arms:
        teacher = await tx.session.get(Person, arm.class_teacher_id) if arm.class_teacher_id else None
        items.append(
            ClassItem(
                class_arm_id=arm.id, name=arm.name, level=levels[arm.level_id], students=await count_enrolled(tx, arm.id, term.session_id),
                class_teacher=teacher.display_name if teacher else None,
            )
        )  # fmt: skip
    return ClassList(
        mine=mine and tx.caller.role not in WHOLE_SCHOOL, subject=subject.label if subject else None, classes=items
    )


async def _all(tx: Tx) -> list[ClassArm]:
    query = select(ClassArm).join(Level, Level.id == ClassArm.level_id).order_by(Level.position, ClassArm.arm)
    return list(await tx.session.scalars(query))


class SubjectTeacher(Shown):
    subject: str
    teacher: str
    periods_per_week: int


class ClassCard(Result):
    """One class arm: its teacher, its size, its subjects and who teaches them."""

    class_arm_id: UUID
    name: str
    class_teacher: str | None
    students: int
    subjects: list[SubjectTeacher]

    def headline(self) -> str:
        return (
            f"{self.name} has {self.students} students; its class teacher is {self.class_teacher or 'not named yet'}."
        )

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="subject", label="Subject"),
            Column(key="teacher", label="Teacher", kind="person"),
            Column(key="periodsPerWeek", label="Periods a week", kind="number"),
        ]
        rows = [item.model_dump(mode="json", by_alias=True) for item in self.subjects]
        if not rows:
            return [Facts(items=[Fact(label="Students", value=self.students, kind="number")])]
        return [Table(columns=columns, rows=rows)]

    def next_questions(self) -> list[str]:
        return [f"Who is in {self.name}?", f"Attendance of {self.name} today"]


@tool(
    permission=Permission.CLASSES_READ,
    effect=Effect.READ,
    rest="GET /api/v1/classes/{class_arm}",
    says=("Show me JSS 2 Ruby", "Who is the class teacher of SS 1 Pearl?", "How many students are in JSS 2 Ruby?",
          "What subjects does JSS 3 Opal do?"),
)  # fmt: skip
async def show_class(tx: Tx, *, class_arm: Ref[ClassArm]) -> ClassCard:
    """Show one class arm: class teacher, size, subjects and their teachers.

    Use when somebody asks about a class in general. For the class list use `find_students`.

    Shape:  one class arm -> one card.
    Units:  students in persons; periods a week.
    Errors: those of any read.
    Source: tables class_arms, enrolments, teaching.
    """
    term = await calendar.current_term(tx)
    arm = await tx.session.get_one(ClassArm, class_arm.id)
    teacher = await tx.session.get(Person, arm.class_teacher_id) if arm.class_teacher_id else None
    rows = await tx.session.execute(
        select(Subject.name, Person, Teaching.periods_per_week)
        .join(Teaching, Teaching.subject_id == Subject.id)
        .join(Person, Person.id == Teaching.teacher_id)
        .where(Teaching.class_arm_id == arm.id, Teaching.session_id == term.session_id)
        .order_by(Subject.name)
    )
    return ClassCard(
        class_arm_id=arm.id, name=arm.name, class_teacher=teacher.display_name if teacher else None,
        students=await count_enrolled(tx, arm.id, term.session_id),
        subjects=[
            SubjectTeacher(subject=subject, teacher=person.display_name, periods_per_week=periods)
            for subject, person, periods in rows.all()
        ],
    )  # fmt: skip
