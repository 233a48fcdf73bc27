"""Attendance thresholds: 80 % warns, 75 % is urgent, 85 % earns the certificate. Told when crossed, in either direction.

A rate counts from the tenth school day of a term on: before that one missed day would be an alarm.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from runtime.events import Event
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school import attendance, schools
from school.attendance import AttendanceLine
from school.calendar import Term
from school.units import Percent

WARNING, URGENT, CERTIFICATE = Decimal(80), Decimal(75), Decimal(85)
DEFAULT = (URGENT, WARNING, CERTIFICATE)
FEWEST_DAYS = 10


class AttendanceLevel(SchoolRow, Base):
    """The band a student's attendance was in when it was last looked at: the number of thresholds it reaches."""

    __tablename__ = "attendance_levels"

    student_id: Mapped[UUID] = mapped_column(ForeignKey("students.id", ondelete="CASCADE"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"))
    reached: Mapped[int]

    __table_args__ = (UniqueConstraint("student_id", "term_id"),)


class AttendanceThresholdCrossed(Event):
    """A student's attendance of the term went under a threshold or came back over it."""

    name: ClassVar[str] = "attendance.threshold_crossed"
    public: ClassVar[bool] = True
    student_id: UUID
    class_arm_id: UUID
    term_id: UUID
    percent: Percent = Field(description="Attendance of the term so far.")
    threshold: int
    direction: Literal["down", "up"]
    urgent: bool
    certificate: bool


async def thresholds(tx: Tx) -> tuple[Decimal, ...]:
    """The school's thresholds, lowest first; the first is urgent, the last earns the certificate."""
    own = (await schools.current(tx)).options.get("attendance_thresholds")
    return tuple(sorted(Decimal(str(value)) for value in own)) if own else DEFAULT


def crossed(before: int, now: int, levels: Sequence[Decimal]) -> tuple[Decimal, Literal["down", "up"]] | None:
    """The threshold that says most about a move between two bands; null when there was none."""
    if now < before:
        return levels[now], "down"
    return (levels[now - 1], "up") if now > before else None


async def look(tx: Tx, class_arm_id: UUID, term: Term) -> list[AttendanceThresholdCrossed]:
    """Compare every student of a class with the band they were in, keep the new one, and emit what was crossed.

    Source: tables attendance_marks, attendance_levels.
    """
    levels = await thresholds(tx)
    lines = await attendance.totals(tx, term.starts_on, min(tx.today, term.ends_on), class_arm_id=class_arm_id)
    counted = [line for line in lines if line.rate is not None and _days(line) >= FEWEST_DAYS]
    kept = select(AttendanceLevel.student_id, AttendanceLevel.reached).where(
        AttendanceLevel.term_id == term.id, AttendanceLevel.student_id.in_([line.student_id for line in counted])
    )
    before: dict[UUID, int] = {row.student_id: row.reached for row in await tx.session.execute(kept)}
    found: list[AttendanceThresholdCrossed] = []
    for line in counted:
        assert line.rate is not None
        now = sum(line.rate >= level for level in levels)
        was = before.get(line.student_id, len(levels))
        if now == before.get(line.student_id):
            continue
        await _keep(tx, line.student_id, term.id, now)
        if (move := crossed(was, now, levels)) is not None:
            found.append(_event(line, class_arm_id, term.id, move, levels))
    for event in found:
        tx.emit(event)
    return found


def _days(line: AttendanceLine) -> int:
    return line.present + line.absent + line.late


def _event(
    line: AttendanceLine, class_arm_id: UUID, term_id: UUID, move: tuple[Decimal, Literal["down", "up"]],
    levels: Sequence[Decimal],
) -> AttendanceThresholdCrossed:  # fmt: skip
    threshold, direction = move
    assert line.rate is not None
    return AttendanceThresholdCrossed(
        student_id=line.student_id, class_arm_id=class_arm_id, term_id=term_id, percent=line.rate,
        threshold=int(threshold), direction=direction, urgent=direction == "down" and threshold == levels[0],
        certificate=direction == "up" and threshold == levels[-1],
    )  # fmt: skip


async def _keep(tx: Tx, student_id: UUID, term_id: UUID, reached: int) -> None:
    statement = insert(AttendanceLevel).values(
        id=new_id(), school_id=tx.school_id, student_id=student_id, term_id=term_id, reached=reached
    )
    await tx.session.execute(
        statement.on_conflict_do_update(index_elements=["student_id", "term_id"], set_={"reached": reached})
    )
