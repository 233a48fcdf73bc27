"""People: staff, students and guardians are each a person with a name, a phone and an e-mail address."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from runtime.ids import new_id
from runtime.table import Base, SchoolRow


class PersonKind(StrEnum):
    STAFF = "staff"
    STUDENT = "student"
    GUARDIAN = "guardian"


class Person(SchoolRow, Base):
    __tablename__ = "people"

    kind: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    given_name: Mapped[str]
    other_names: Mapped[str] = mapped_column(default="")
    family_name: Mapped[str]
    gender: Mapped[str | None]
    phone: Mapped[str | None]
    whatsapp: Mapped[bool] = mapped_column(default=False)
    email: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="en")
    photo_file_id: Mapped[UUID | None]

    __table_args__ = (
        CheckConstraint("kind IN ('staff', 'student', 'guardian')", name="kind"),
        Index("ix_people_school_id_kind", "school_id", "kind"),
        Index("ix_people_school_id_phone", "school_id", "phone"),
    )

    @property
    def full_name(self) -> str:
        """Family name first, as school registers have it."""
        return " ".join(part for part in (self.family_name, self.given_name, self.other_names) if part)

    @property
    def display_name(self) -> str:
        """The way a person is spoken of: title, given name, family name."""
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)


class Staff(Base):
    __tablename__ = "staff"

    id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("schools.id", ondelete="CASCADE"), index=True)
    staff_no: Mapped[str]
    job_title: Mapped[str] = mapped_column(default="Teacher")
    active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (UniqueConstraint("school_id", "staff_no"),)


class Student(Base):
    __tablename__ = "students"

    id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("schools.id", ondelete="CASCADE"), index=True)
    admission_no: Mapped[str]
    born_on: Mapped[date | None]
    admitted_on: Mapped[date | None]
    left_on: Mapped[date | None]

    __table_args__ = (UniqueConstraint("school_id", "admission_no"),)


class Guardian(Base):
    __tablename__ = "guardians"

    id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("schools.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(default="")


class Guardianship(SchoolRow, Base):
    """Which guardian answers for which student, and what the school lets them see and get."""

    __tablename__ = "guardianships"

    guardian_id: Mapped[UUID] = mapped_column(ForeignKey("guardians.id", ondelete="CASCADE"), index=True)
    student_id: Mapped[UUID] = mapped_column(ForeignKey("students.id", ondelete="CASCADE"), index=True)
    relation: Mapped[str] = mapped_column(default="guardian")
    is_primary: Mapped[bool] = mapped_column(default=False)
    receives: Mapped[bool] = mapped_column(default=True)
    sees_marks: Mapped[bool] = mapped_column(default=True)
    sees_fees: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (UniqueConstraint("guardian_id", "student_id"),)


def person(kind: PersonKind, school_id: UUID, given_name: str, family_name: str, **rest: object) -> Person:
    """A new person, with an id of its own so that its detail row can be made at once."""
    return Person(
        id=new_id(), kind=kind.value, school_id=school_id, given_name=given_name, family_name=family_name, **rest
    )
