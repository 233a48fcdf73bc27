"""Attendance: taking a register, putting it back, and what the marks of a time add up to."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from pydantic import Field
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from runtime.errors import Conflict, InvalidInput
from runtime.events import Event
from runtime.ids import new_id
from runtime.transaction import Tx
from school import calendar, classes, marks
from school.calendar import Holiday, Term
from school.classes import ClassArm
from school.people import Person, Student
from school.permissions import Permission
from school.registers import AttendanceMark, Presence, Register
from school.units import Percent, Value

PRESENT_STATES = (Presence.PRESENT.value, Presence.LATE.value)


class AttendanceMarked(Event):
    """A register was taken or changed. The lists hold who is newly absent, late, or corrected to present."""

    name: ClassVar[str] = "attendance.marked"
    public: ClassVar[bool] = True
    class_arm_id: UUID
    class_arm_name: str
    date: date
    absent_student_ids: list[UUID]
    late_student_ids: list[UUID]
    corrected_student_ids: list[UUID] = Field(default_factory=list[UUID])


class StaleRegister(Conflict):
    """Somebody changed the register after this caller read it."""

    code = "stale_register"


class MarkSet(Value):
    """One student's mark of a day."""

    student_id: UUID
    presence: Presence
    minutes_late: int | None = None
    note: str = ""


class TakenRegister(Value):
    """A register as it stands after taking it, and the marks it had before (empty when it was new)."""

    register_id: UUID
    class_arm: str
    taken_on: date
    present: int
    absent: list[str]
    late: list[str]
    excused: list[str]
    before: list[MarkSet]
    version: int


class AttendanceLine(Value):
    """What one student's marks of a time add up to. Late counts as present; excused days count for nothing."""

    student_id: UUID
    admission_no: str
    name: str
    present: int
    absent: int
    late: int
    excused: int
    rate: Percent | None = Field(description="Present and late over all days but excused ones, percent.")


async def _register(tx: Tx, class_arm_id: UUID, on: date) -> Register | None:
    query = select(Register).where(Register.class_arm_id == class_arm_id, Register.taken_on == on)
    return await tx.session.scalar(query if tx.read_only else query.with_for_update())


async def check_day(tx: Tx, on: date) -> None:
    """Raise unless a register can be taken for this day: a school day, not in the future."""
    if on > tx.today:
        raise InvalidInput(f"{on:%A %d %B %Y} has not come yet: a register is taken on the day or later.")
    if on.weekday() > 4:
        raise InvalidInput(f"{on:%d %B %Y} is a {on:%A}: there is no school. Name a school day.")
    holiday = await tx.session.scalar(select(Holiday).where(Holiday.starts_on <= on, Holiday.ends_on >= on).limit(1))
    if holiday is not None:
        raise InvalidInput(f"{on:%A %d %B %Y} is a holiday ({holiday.name}).")


async def marks_of(tx: Tx, class_arm_id: UUID, on: date) -> tuple[Register | None, dict[UUID, MarkSet]]:
    """The register of a class on a day, if taken, and its marks by student."""
    register = await _register(tx, class_arm_id, on)
    if register is None:
        return None, {}
    rows = await tx.session.scalars(select(AttendanceMark).where(AttendanceMark.register_id == register.id))
    return register, {
        row.student_id: MarkSet(
            student_id=row.student_id, presence=Presence(row.presence), minutes_late=row.minutes_late, note=row.note
        )
        for row in rows
    }


async def take(tx: Tx, class_arm_id: UUID, on: date, given: Sequence[MarkSet], *, keep: bool = False) -> TakenRegister:
    """Take a register: the given marks; everybody else present or, with `keep`, as a register taken before has them.

    Errors: not_visible, not_allowed (not a class the caller teaches), invalid_input (day, or a student not on the roll).
    """
    class_arm = await classes.access_class(tx, class_arm_id, Permission.ATTENDANCE_WRITE)
    await check_day(tx, on)
    listed = await on_roll(tx, class_arm, on)
    by_student = {mark.student_id: mark for mark in given}
    strangers = [mark for mark in given if mark.student_id not in {student.id for student, _ in listed}]
    if strangers:
        raise InvalidInput(f"{len(strangers)} of the students named are not in {class_arm.name}.")
    _, before = await marks_of(tx, class_arm_id, on)
    earlier = before if keep else {}
    everybody = [
        by_student.get(student.id)
        or earlier.get(student.id)
        or MarkSet(student_id=student.id, presence=Presence.PRESENT)
        for student, _ in listed
    ]
    register = await _write(tx, class_arm, on, everybody)
    _emit(tx, class_arm, on, before, {mark.student_id: mark for mark in everybody})
    return _taken(register, class_arm, listed, everybody, list(before.values()))


async def restore(tx: Tx, class_arm_id: UUID, on: date, before: Sequence[MarkSet]) -> TakenRegister:
    """Put a register back to the given marks; none means it had not been taken. The inverse of `take`."""
    class_arm = await classes.access_class(tx, class_arm_id, Permission.ATTENDANCE_WRITE)
    listed = await on_roll(tx, class_arm, on)
    register, now = await marks_of(tx, class_arm_id, on)
    _emit(tx, class_arm, on, now, {mark.student_id: mark for mark in before})
    if before:
        register = await _write(tx, class_arm, on, before)
        return _taken(register, class_arm, listed, before, list(now.values()))
    if register is None:
        raise Conflict(f"There is no register of {class_arm.name} on {on:%d %B %Y} to take back.")
    await tx.session.delete(register)
    await tx.session.flush()
    return _taken(register, class_arm, listed, [], list(now.values()))


async def on_roll(tx: Tx, class_arm: ClassArm, on: date) -> list[tuple[Student, Person]]:
    """The students of a class on a school day, by family name. Errors: invalid_input (out of term, nobody)."""
    term = await tx.session.scalar(select(Term).where(Term.starts_on <= on, Term.ends_on >= on).limit(1))
    if term is None:
        raise InvalidInput(f"{on:%d %B %Y} is outside every term. Name a day in term.")
    listed = await classes.roll(tx, class_arm.id, term.session_id, on)
    if not listed:
        raise InvalidInput(f"{class_arm.name} has no students on {on:%d %B %Y}.")
    return listed


async def _write(tx: Tx, class_arm: ClassArm, on: date, given: Sequence[MarkSet]) -> Register:
    taken = insert(Register).values(
        id=new_id(), school_id=tx.school_id, class_arm_id=class_arm.id, taken_on=on, taken_by=tx.caller.person_id,
        version=1, updated_at=tx.now,
    )  # fmt: skip
    await tx.session.execute(
        taken.on_conflict_do_update(
            index_elements=["class_arm_id", "taken_on"],
            set_={"version": Register.version + 1, "updated_at": tx.now, "taken_by": tx.caller.person_id},
        )
    )
    register = await _register(tx, class_arm.id, on)
    assert register is not None
    await tx.session.refresh(register)
    await tx.session.execute(delete(AttendanceMark).where(AttendanceMark.register_id == register.id))
    rows = [
        {
            "id": new_id(), "school_id": tx.school_id, "register_id": register.id, "student_id": mark.student_id,
            "presence": mark.presence.value, "minutes_late": mark.minutes_late, "note": mark.note,
        }
        for mark in given
    ]  # fmt: skip
    await tx.session.execute(insert(AttendanceMark), rows)
    return register


def _emit(tx: Tx, class_arm: ClassArm, on: date, before: Mapping[UUID, MarkSet], after: Mapping[UUID, MarkSet]) -> None:
    def newly(presence: Presence) -> list[UUID]:
        had = {student for student, mark in before.items() if mark.presence is presence}
        return [student for student, mark in after.items() if mark.presence is presence and student not in had]

    told = {student for student, mark in before.items() if mark.presence in (Presence.ABSENT, Presence.LATE)}
    still = {student for student, mark in after.items() if mark.presence in (Presence.ABSENT, Presence.LATE)}
    tx.emit(
        AttendanceMarked(
            class_arm_id=class_arm.id, class_arm_name=class_arm.name, date=on, absent_student_ids=newly(Presence.ABSENT),
            late_student_ids=newly(Presence.LATE), corrected_student_ids=sorted(told - still),
        )
    )  # fmt: skip


def _taken(
    register: Register, class_arm: ClassArm, listed: Sequence[tuple[Student, Person]], given: Sequence[MarkSet],
    before: list[MarkSet],
) -> TakenRegister:  # fmt: skip
    names = {student.id: f"{person.given_name} {person.family_name}" for student, person in listed}

    def who(presence: Presence) -> list[str]:
        return sorted(names.get(mark.student_id, "?") for mark in given if mark.presence is presence)

    return TakenRegister(
        register_id=register.id, class_arm=class_arm.name, taken_on=register.taken_on, version=register.version,
        present=sum(mark.presence is Presence.PRESENT for mark in given), absent=who(Presence.ABSENT),
        late=who(Presence.LATE), excused=who(Presence.EXCUSED), before=before,
    )  # fmt: skip


async def totals(
    tx: Tx, first: date, last: date, *, class_arm_id: UUID | None = None, student_id: UUID | None = None
) -> list[AttendanceLine]:
    """What each student's marks from `first` to `last` add up to, by family name.

    Units:  days; rate in percent to the hundredth, null when no day counts.
    Source: tables registers, attendance_marks.
    """
    counted = func.count().filter
    query = (
        select(
            Student.id, Student.admission_no, Person.family_name, Person.given_name,
            counted(AttendanceMark.presence == Presence.PRESENT.value),
            counted(AttendanceMark.presence == Presence.ABSENT.value),
            counted(AttendanceMark.presence == Presence.LATE.value),
            counted(AttendanceMark.presence == Presence.EXCUSED.value),
        )
        .join(Person, Person.id == Student.id)
        .join(AttendanceMark, AttendanceMark.student_id == Student.id)
        .join(Register, Register.id == AttendanceMark.register_id)
        .where(Register.taken_on.between(first, last))
        .group_by(Student.id, Student.admission_no, Person.family_name, Person.given_name)
        .order_by(Person.family_name, Person.given_name)
    )  # fmt: skip
    if class_arm_id is not None:
        query = query.where(Register.class_arm_id == class_arm_id)
    if student_id is not None:
        query = query.where(Student.id == student_id)
    return [
        AttendanceLine(
            student_id=row[0], admission_no=row[1], name=f"{row[2]} {row[3]}", present=row[4], absent=row[5],
            late=row[6], excused=row[7], rate=rate(row[4] + row[6], row[5]),
        )
        for row in (await tx.session.execute(query)).all()
    ]  # fmt: skip


def rate(attended: int, missed: int) -> Decimal | None:
    """Attendance in percent to the hundredth: days attended (late ones too) over days that count."""
    counted = attended + missed
    return marks.to_hundredth(Decimal(100 * attended) / counted) if counted else None


async def term_days(tx: Tx) -> tuple[date, date]:
    """The first day of the current term, and today."""
    term = await calendar.current_term(tx)
    return term.starts_on, tx.today
