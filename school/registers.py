"""Attendance registers: one class arm, one day, a mark for each student."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from runtime.table import Base, SchoolRow


class Presence(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    LATE = "late"
    EXCUSED = "excused"


class Register(SchoolRow, Base):
    __tablename__ = "registers"

    class_arm_id: Mapped[UUID] = mapped_column(ForeignKey("class_arms.id", ondelete="CASCADE"))
    taken_on: Mapped[date]
    taken_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("class_arm_id", "taken_on"),)


class AttendanceMark(SchoolRow, Base):
    __tablename__ = "attendance_marks"

    register_id: Mapped[UUID] = mapped_column(ForeignKey("registers.id", ondelete="CASCADE"))
    student_id: Mapped[UUID] = mapped_column(ForeignKey("students.id", ondelete="CASCADE"))
    presence: Mapped[str]
    minutes_late: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        UniqueConstraint("register_id", "student_id"),
        CheckConstraint("presence IN ('present', 'absent', 'late', 'excused')", name="presence"),
        Index("ix_attendance_marks_student_id", "student_id"),
    )
