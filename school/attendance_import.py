"""Registers from a list: a row a student and day, or a row a student with a column for each day."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from runtime.ids import new_id
from runtime.transaction import Tx
from school import calendar, import_columns
from school.admission import ADMISSION, admission_key, students_by_key
from school.calendar import Holiday
from school.change_sets import ChangeSet
from school.classes import Enrolment
from school.import_columns import Field, Record, Unreadable
from school.imports import ImportKind, Plan, Reading, importer
from school.registers import AttendanceMark, Presence, Register
from school.spreadsheets import text_of

PRESENCE: Final = import_columns.one_of(
    present="p|1|yes|y|here|in", absent="a|0|no|n|abs|out", late="l|tardy", excused="e|ex|sick|permission"
)
FIELDS: Final = (
    ADMISSION,
    Field("name", ("name", "full name", "student name", "student", "names"), import_columns.text()),
    Field("day", ("date", "day", "register date", "taken on"), import_columns.day),
    Field("presence", ("status", "attendance", "presence", "mark"), PRESENCE),
    Field("minutes_late", ("minutes late", "minutes", "late by"), import_columns.whole_number),
    Field("note", ("note", "reason", "remark", "remarks", "comment"), import_columns.text(200)),
)
_COLUMNS: Final = [
    ("admissionNo", "Admission no"),
    ("name", "Student"),
    ("date", "Date"),
    ("presence", "Mark"),
    ("was", "Was"),
]


@dataclass(frozen=True, slots=True)
class DayMark:
    """One mark a row asks for."""

    record: Record
    day: date
    presence: str
    minutes_late: int | None
    note: str


@importer(ImportKind.ATTENDANCE, FIELDS)
async def plan_attendance(tx: Tx, reading: Reading) -> Plan:
    """Marks of days that have been; the register of a class and day is made when there is none."""
    planner = await _Registers.load(tx, reading)
    marks = [mark for record in reading.records for mark in planner.read(record)]
    for mark in marks:
        planner.check(mark)
    for mark in marks:
        if not mark.record.faults:
            planner.take(mark)
    planner.finish()
    return Plan(
        ImportKind.ATTENDANCE, _COLUMNS, planner.shown, planner.changes, total=len(reading.records),
        added=planner.counts["added"], changed=planner.counts["changed"], unchanged=planner.counts["unchanged"],
        faults=reading.faults, notes=["Guardians are not told of imported registers."],
    )  # fmt: skip


class _Registers:
    """Marks as recorded in the days the file covers, and the changes the file makes to them."""

    def __init__(self, tx: Tx, reading: Reading) -> None:
        self.tx, self.reading, self.changes = tx, reading, ChangeSet()
        self.students: dict[str, tuple[UUID, str]] = {}
        self.seats: dict[UUID, list[tuple[UUID, date, date, date | None]]] = {}
        self.registers: dict[tuple[UUID, date], tuple[UUID, int]] = {}
        self.marks: dict[tuple[UUID, UUID], Any] = {}
        self.holidays: list[Holiday] = []
        self.terms: list[calendar.Term] = []
        self.seen: dict[tuple[UUID, date], int] = {}
        self.shown: list[dict[str, Any]] = []
        self.counts = Counter[str]()
        self.touched: dict[UUID, int] = {}
        self.day_columns: dict[int, date] = {}

    @classmethod
    async def load(cls, tx: Tx, reading: Reading) -> "_Registers":
        made = cls(tx, reading)
        made.students = await students_by_key(tx)
        made.terms = await calendar.terms_in_order(tx)
        made.holidays = list(await tx.session.scalars(select(Holiday)))
        ends = {term.session_id: term.ends_on for term in made.terms}
        starts = {term.session_id: term.starts_on for term in reversed(made.terms)}
        seats = await tx.session.execute(
            select(
                Enrolment.student_id,
                Enrolment.class_arm_id,
                Enrolment.session_id,
                Enrolment.joined_on,
                Enrolment.left_on,
            )
        )
        for student_id, arm_id, session_id, joined, left in seats.all():
            if session_id in starts:
                first = max(starts[session_id], joined)
                made.seats.setdefault(student_id, []).append((arm_id, first, left or ends[session_id], left))
        for place, cell in reading.sheet.unknown.items():
            try:
                made.day_columns[place] = import_columns.day(cell, reading.context)
            except Unreadable:
                continue
        days = {record["day"] for record in reading.records if record["day"]} | set(made.day_columns.values())
        await made._load_marks(days)
        return made

    async def _load_marks(self, days: set[date]) -> None:
        if not days:
            return
        rows = await self.tx.session.execute(
            select(Register.id, Register.class_arm_id, Register.taken_on, Register.version).where(
                Register.taken_on.between(min(days), max(days))
            )
        )
        for register_id, arm_id, day, version in rows.all():
            self.registers[arm_id, day] = (register_id, version)
        marks = await self.tx.session.execute(
            select(
                AttendanceMark.id, AttendanceMark.register_id, AttendanceMark.student_id, AttendanceMark.presence,
                AttendanceMark.minutes_late, AttendanceMark.note,
            )
            .join(Register, Register.id == AttendanceMark.register_id)
            .where(Register.taken_on.between(min(days), max(days)))
        )  # fmt: skip
        self.marks = {(mark.register_id, mark.student_id): mark for mark in marks.all()}

    def read(self, record: Record) -> Iterator[DayMark]:
        """The marks of a row: one by its date, or one under each day's column."""
        for place, day in self.day_columns.items():
            row = self.reading.sheet.grid.rows[record.line - 1]
            cell = row[place] if place < len(row) else ""
            if text_of(cell) == "":
                continue
            try:
                yield DayMark(record, day, PRESENCE(cell, self.reading.context), None, "")
            except Unreadable as error:
                record.fault(f"{day:%d %B}: {error}.")
        if record["day"] and record["presence"]:
            yield DayMark(record, record["day"], record["presence"], record["minutes_late"], record["note"] or "")
        elif not self.day_columns and not record.faults:
            record.fault("A row needs a date and a status.")

    def check(self, mark: DayMark) -> None:
        record, day = mark.record, mark.day
        key = admission_key(record["admission_no"] or "")
        if not key:
            return
        if key not in self.students:
            record.fault(f"No student has the admission number {record['admission_no']}.", "Correct the number.")
            return
        if day > self.tx.today:
            record.fault(f"{day:%d %B %Y} has not been yet.")
        elif day.weekday() >= 5 or any(h.starts_on <= day <= h.ends_on for h in self.holidays):
            record.fault(f"{day:%A %d %B %Y} is no school day.")
        elif self._seat(self.students[key][0], day) is None:
            record.fault(f"The student was in no class on {day:%d %B %Y}.")
        repeated = self.seen.setdefault((self.students[key][0], day), record.line)
        if repeated != record.line:
            record.fault(f"Row {repeated} has the same student and day.", "Keep one of the rows.")

    def _seat(self, student_id: UUID, day: date) -> UUID | None:
        found = [
            arm for arm, first, last, left in self.seats.get(student_id, []) if first <= day <= last and day != left
        ]
        return found[-1] if found else None

    def take(self, mark: DayMark) -> None:
        """Plan one mark, and the register it stands in."""
        student_id, name = self.students[admission_key(mark.record["admission_no"])]
        arm_id = self._seat(student_id, mark.day)
        assert arm_id is not None
        register_id, version = self.registers.get((arm_id, mark.day)) or self._add_register(arm_id, mark.day)
        minutes = mark.minutes_late if mark.presence == Presence.LATE else None
        new = {"presence": mark.presence, "minutes_late": minutes, "note": mark.note}
        stood = self.marks.get((register_id, student_id))
        if stood is None:
            self.changes.insert("attendance_marks", id=new_id(), register_id=register_id, student_id=student_id, **new)
            self.counts["added"] += 1
            self.touched[register_id] = version
        else:
            old = {"presence": stood.presence, "minutes_late": stood.minutes_late, "note": stood.note}
            differing = {key: value for key, value in new.items() if value != old[key]}
            if differing:
                self.changes.update("attendance_marks", stood.id, differing, {key: old[key] for key in differing})
                self.touched[register_id] = version
            self.counts["changed" if differing else "unchanged"] += 1
        self.shown.append(
            {"line": mark.record.line, "admissionNo": mark.record["admission_no"], "name": name, "date": mark.day.isoformat(),
             "presence": mark.presence, "was": stood.presence if stood else ""}
        )  # fmt: skip

    def _add_register(self, arm_id: UUID, day: date) -> tuple[UUID, int]:
        made = (new_id(), 1)
        self.registers[arm_id, day] = made
        self.changes.insert(
            "registers",
            id=made[0],
            class_arm_id=arm_id,
            taken_on=day,
            taken_by=self.tx.caller.person_id,
            updated_at=self.tx.now,
        )
        return made

    def finish(self) -> None:
        """Registers whose marks change move on a version, so that nobody overwrites them unseen."""
        made = {row["id"] for row in self.changes.inserts.get("registers", [])}
        for register_id, version in self.touched.items():
            if register_id in made:
                continue
            self.changes.update("registers", register_id, {"version": version + 1}, {"version": version})
