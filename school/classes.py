"""Levels, class arms, subjects, who teaches what to whom, and who is enrolled where."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import NotVisible
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school import calendar
from school.people import Person, Student
from school.permissions import WHOLE_SCHOOL


class Level(SchoolRow, Base):
    __tablename__ = "levels"

    name: Mapped[str]
    position: Mapped[int]

    __table_args__ = (UniqueConstraint("school_id", "name"),)


class ClassArm(SchoolRow, Base):
    __tablename__ = "class_arms"

    level_id: Mapped[UUID] = mapped_column(ForeignKey("levels.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    arm: Mapped[str]
    class_teacher_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))

    __table_args__ = (UniqueConstraint("school_id", "name"),)


class Subject(SchoolRow, Base):
    __tablename__ = "subjects"

    name: Mapped[str]
    code: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(default=list)

    __table_args__ = (UniqueConstraint("school_id", "name"), UniqueConstraint("school_id", "code"))


class Teaching(SchoolRow, Base):
    """One teacher teaches one subject to one class arm in one session."""

    __tablename__ = "teaching"

    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("subjects.id", ondelete="CASCADE"))
    class_arm_id: Mapped[UUID] = mapped_column(ForeignKey("class_arms.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    periods_per_week: Mapped[int] = mapped_column(default=4)

    __table_args__ = (UniqueConstraint("class_arm_id", "subject_id", "session_id", "teacher_id"),)


class Enrolment(SchoolRow, Base):
    """A student's place in a class arm for one session. `subject_ids` empty means all the class's subjects."""

    __tablename__ = "enrolments"

    student_id: Mapped[UUID] = mapped_column(ForeignKey("students.id", ondelete="CASCADE"), index=True)
    class_arm_id: Mapped[UUID] = mapped_column(ForeignKey("class_arms.id", ondelete="CASCADE"))
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    dropped_subjects: Mapped[list[str]] = mapped_column(default=list)

    __table_args__ = (
        UniqueConstraint("student_id", "session_id", "class_arm_id"),
        Index("ix_enrolments_class_session", "class_arm_id", "session_id"),
    )


async def teaches(tx: Tx, class_arm_id: UUID, subject_id: UUID | None = None) -> bool:
    """Whether the caller teaches this class arm (this subject in it), or is its class teacher."""
    if tx.caller.role in WHOLE_SCHOOL:
        return True
    if tx.caller.person_id is None:
        return False
    query = select(Teaching.id).where(Teaching.teacher_id == tx.caller.person_id, Teaching.class_arm_id == class_arm_id)
    if subject_id is not None:
        query = query.where(Teaching.subject_id == subject_id)
    if await tx.session.scalar(query.limit(1)):
        return True
    own = select(ClassArm.id).where(ClassArm.id == class_arm_id, ClassArm.class_teacher_id == tx.caller.person_id)
    return subject_id is None and await tx.session.scalar(own) is not None


async def access_class(tx: Tx, class_arm_id: UUID, permission: str, subject_id: UUID | None = None) -> ClassArm:
    """Fetch a class arm the caller may act on: a teacher only those they teach.

    Errors: not_visible (hidden and absent look the same), not_allowed.
    """
    class_arm = await tx.session.get(ClassArm, class_arm_id)
    if class_arm is None:
        raise NotVisible("There is no such class.")
    allowed = await teaches(tx, class_arm_id, subject_id)
    what = "this subject in " if subject_id else ""
    tx.require(permission, allowed, f"You do not teach {what}{class_arm.name}, so this is not yours to see or change.")
    return class_arm


async def my_class_arms(tx: Tx) -> list[ClassArm]:
    """The class arms the caller teaches or is class teacher of; every one for the head and the admin."""
    query = select(ClassArm).join(Level, Level.id == ClassArm.level_id).order_by(Level.position, ClassArm.arm)
    if tx.caller.role not in WHOLE_SCHOOL:
        taught = select(Teaching.class_arm_id).where(Teaching.teacher_id == tx.caller.person_id)
        query = query.where(ClassArm.id.in_(taught) | (ClassArm.class_teacher_id == tx.caller.person_id))
    return list(await tx.session.scalars(query))


async def arms_with(tx: Tx, subject_id: UUID, session_id: UUID, *, mine: bool = False) -> set[UUID]:
    """The class arms that have a subject in a session; `mine`: where the caller teaches it (everywhere for the head)."""
    query = select(Teaching.class_arm_id).where(Teaching.subject_id == subject_id, Teaching.session_id == session_id)
    if mine and tx.caller.role not in WHOLE_SCHOOL:
        query = query.where(Teaching.teacher_id == tx.caller.person_id)
    return set(await tx.session.scalars(query))


async def roll(tx: Tx, class_arm_id: UUID, session_id: UUID, on: date | None = None) -> list[tuple[Student, Person]]:
    """The students of a class arm in a session, as on a day (default today), by family name."""
    day = on or tx.today
    rows = await tx.session.execute(
        select(Student, Person)
        .join(Person, Person.id == Student.id)
        .join(Enrolment, Enrolment.student_id == Student.id)
        .where(Enrolment.class_arm_id == class_arm_id, Enrolment.session_id == session_id)
        .where((Enrolment.left_on.is_(None)) | (Enrolment.left_on > day))
        .order_by(Person.family_name, Person.given_name, Student.admission_no)
    )
    return [(student, person) for student, person in rows.all()]


async def class_of(tx: Tx, student_id: UUID) -> ClassArm | None:
    """The class arm a student is enrolled in now."""
    term = await calendar.current_term(tx)
    return await tx.session.scalar(
        select(ClassArm)
        .join(Enrolment, Enrolment.class_arm_id == ClassArm.id)
        .where(Enrolment.student_id == student_id, Enrolment.session_id == term.session_id)
        .order_by(Enrolment.joined_on.desc())
        .limit(1)
    )
