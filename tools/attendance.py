"""Attendance: taking a register in one sentence, and asking about it."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from runtime.errors import InvalidInput, NotVisible
from runtime.transaction import Tx
from school import announcements, attendance, classes
from school.attendance import AttendanceLine, MarkSet, TakenRegister
from school.classes import ClassArm
from school.people import Student
from school.permissions import Permission
from school.registers import Presence
from tools.announce import add_announcement
from tools.declare import Effect, Said, tool
from tools.present import Block, Column, Fact, Facts, Table, number
from tools.refs import Ref
from tools.results import Done, Preview, Result

Day = Annotated[date | None, Field(description="School day, YYYY-MM-DD; default today.")]
Absent = Annotated[
    list[Ref[Student]],
    Field(max_length=200, description="Students who were absent."),
    Said("absent", "missing", "away", "except", "without", "but", "not"),
]
Late = Annotated[
    list[Ref[Student]], Field(max_length=200, description="Students who came late."), Said("late", "tardy")
]
Excused = Annotated[
    list[Ref[Student]],
    Field(max_length=200, description="Students excused (sick, on duty)."),
    Said("excused", "sick", "permission", "ill", "excuse"),
]
Present = Annotated[
    list[Ref[Student]],
    Field(max_length=200, description="Students to correct to present."),
    Said("present", "here", "around"),
]
EveryoneElse = Annotated[
    bool, Field(description="Set all others to present, also where an earlier register of the day says otherwise."),
    Said("all", "everybody", "everyone", "rest", "others", "complete", "full"),
]  # fmt: skip


class RegisterView(Result, TakenRegister):
    """A register that was taken."""

    def headline(self) -> str:
        counts = [f"{self.present} present"]
        counts += [f"{len(self.absent)} absent ({', '.join(self.absent)})"] if self.absent else ["nobody absent"]
        counts += [f"{len(self.late)} late ({', '.join(self.late)})"] if self.late else []
        counts += [f"{len(self.excused)} excused ({', '.join(self.excused)})"] if self.excused else []
        return f"Register of {self.class_arm}, {self.taken_on:%A %d %B}: {', '.join(counts)}."


def _given(
    absent: list[Ref[Student]], late: list[Ref[Student]], excused: list[Ref[Student]], present: list[Ref[Student]]
) -> list[MarkSet]:
    """The marks a sentence gives, or InvalidInput for a student named twice."""
    found: dict[UUID, tuple[Presence, str]] = {}
    lists = ((Presence.ABSENT, absent), (Presence.LATE, late), (Presence.EXCUSED, excused), (Presence.PRESENT, present))
    for presence, named in lists:
        for student in named:
            if student.id in found and found[student.id][0] is not presence:
                raise InvalidInput(
                    f"{student.label} is named as {found[student.id][0].value} and as {presence.value}: which?"
                )
            found[student.id] = (presence, student.label)
    return [MarkSet(student_id=student_id, presence=presence) for student_id, (presence, _) in found.items()]


async def _preview(
    tx: Tx, *, class_arm: Ref[ClassArm], on: Day = None, absent: Absent = [], late: Late = [], excused: Excused = [],  # noqa: B006  # never changed
    present: Present = [], everyone_else: EveryoneElse = False,  # noqa: B006  # never changed
) -> Preview:  # fmt: skip
    day = on or tx.today
    arm = await classes.access_class(tx, class_arm.id, Permission.ATTENDANCE_WRITE)
    await attendance.check_day(tx, day)
    given = _given(absent, late, excused, present)
    listed = await attendance.on_roll(tx, arm, day)
    on_roll = {student.id for student, _ in listed}
    strangers = [s.label for s in (*absent, *late, *excused, *present) if s.id not in on_roll]
    if strangers:
        raise InvalidInput(f"Not in {arm.name}: {', '.join(strangers)}.")
    register, before = await attendance.marks_of(tx, arm.id, day)
    names = {student.id: f"{person.given_name} {person.family_name}" for student, person in listed}
    after = {} if everyone_else else {student_id: mark.presence for student_id, mark in before.items()}
    after |= {mark.student_id: mark.presence for mark in given}
    away = {presence: [names[i] for i in names if after.get(i) is presence] for presence in Presence}
    facts = [
        Fact(
            label="Present",
            value=len(names) - sum(map(len, away.values())) + len(away[Presence.PRESENT]),
            kind="number",
        )
    ]
    for presence in (Presence.ABSENT, Presence.LATE, Presence.EXCUSED):
        if away[presence]:
            facts.append(Fact(label=presence.value.capitalize(), value=", ".join(away[presence])))
    preview = Preview(
        title=f"Register of {arm.name}, {day:%A %d %B %Y}", summary=f"{len(listed)} students on the roll.",
        blocks=[Facts(items=facts)], included=len(listed),
        warnings=[_standing(everyone_else)] if before else [],
        state={"version": register.version if register else 0, "roll": sorted(str(i) for i in on_roll)},
    )  # fmt: skip
    had = {student_id: mark.presence for student_id, mark in before.items()}
    newly = {mark.student_id for mark in given if had.get(mark.student_id) is not mark.presence}
    told = [student.id for student in (*absent, *late) if student.id in newly]
    if not told:
        return preview.model_copy(update={"summary": f"{preview.summary} Nobody's guardian is told."})
    missing = [student.id for student in absent if student.id in newly]
    tardy = [student.id for student in late if student.id in newly]
    announcement = await announcements.attendance_marked(tx, arm.id, day, missing, tardy)
    preview = await add_announcement(tx, preview, announcement)
    return preview.model_copy(update={"summary": f"{preview.summary} Told: {announcement.audience.summary()}."})


def _standing(everyone_else: bool) -> str:
    """What becomes of a register taken earlier on the day."""
    if everyone_else:
        return "A register of this day exists and will be replaced."
    return "A register of this day exists: students you did not name keep their marks."


@tool(
    permission=Permission.ATTENDANCE_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/classes/{class_arm}/register",
    says=(
        "All present in JSS 2 Ruby today except Tunde, Ada came late",
        "Mark the register: everybody is here in JSS 2 Ruby",
        "Zainab and Musa are absent today in JSS 2 Topaz",
        "Take attendance for JSS 2 Ruby, absent: Efe Omoregie",
        "Mark Chidi absent yesterday",
        "Musa is present after all, correct the register of JSS 2 Topaz",
    ),
    preview=_preview,
)
async def mark_attendance(
    tx: Tx, *, class_arm: Ref[ClassArm], on: Day = None, absent: Absent = [], late: Late = [], excused: Excused = [],  # noqa: B006  # never changed
    present: Present = [], everyone_else: EveryoneElse = False,  # noqa: B006  # never changed
) -> RegisterView:  # fmt: skip
    """Take the register of a class for one day: who was absent, late or excused.

    Use when a teacher says who was missing. Students not named are present, or keep the mark an earlier register of the
    day gave them, unless everyone else is said to be present. Guardians of absent and late students are told.

    Shape:  one class arm, one day (default today), lists of students -> one register.
    Units:  one mark a student and day.
    Errors: those of any change.
    Source: tables registers, attendance_marks.
    """
    day = on or tx.today
    taken = await attendance.take(tx, class_arm.id, day, _given(absent, late, excused, present), keep=not everyone_else)
    tx.undo_with(
        "restore_register", "Guardians who were already told get a correction.", class_arm=str(class_arm.id),
        on=str(day), marks=[mark.model_dump(mode="json", by_alias=False) for mark in taken.before],
    )  # fmt: skip
    return RegisterView(**dict(taken))


@tool(
    permission=Permission.ATTENDANCE_WRITE, effect=Effect.WRITE, rest="POST /internal/restore-register", internal=True
)
async def restore_register(tx: Tx, *, class_arm: Ref[ClassArm], on: date, marks: list[MarkSet]) -> Done:
    """Put a register back to the marks it had, or to not taken. The inverse of taking it."""
    put_back = await attendance.restore(tx, class_arm.id, on, marks)
    tx.undo_with(
        "restore_register", class_arm=str(class_arm.id), on=str(on),
        marks=[mark.model_dump(mode="json", by_alias=False) for mark in put_back.before],
    )  # fmt: skip
    how = "back to what it was" if marks else "no longer taken"
    return Done(message=f"The register of {put_back.class_arm} for {on:%A %d %B %Y} is {how}.")


class AttendanceView(Result):
    """What attendance over a time adds up to."""

    what: str
    first: date
    last: date
    rate: float | None
    lines: list[AttendanceLine]

    def headline(self) -> str:
        span = (
            f"on {self.first:%A %d %B}"
            if self.first == self.last
            else f"from {self.first:%d %B} to {self.last:%d %B %Y}"
        )
        if not self.lines:
            return f"No register of {self.what} {span}."
        absent = [line for line in self.lines if line.absent]
        missing = ", ".join(line.name for line in absent[:5]) + (
            f" and {len(absent) - 5} more" if len(absent) > 5 else ""
        )
        said = f"absent: {missing}" if absent else "nobody absent"
        if len(self.lines) == 1:
            one = self.lines[0]
            return f"{one.name} {span}: present {one.present + one.late}, absent {one.absent}, late {one.late} ({self.rate} %)."
        return f"Attendance of {self.what} {span} is {self.rate} %; {said}."

    def blocks(self) -> list[Block]:
        if len(self.lines) < 2:
            return []
        columns = [
            Column(key="name", label="Student", kind="person"),
            Column(key="present", label="Present", kind="number"),
            Column(key="absent", label="Absent", kind="number"),
            Column(key="late", label="Late", kind="number"),
            Column(key="excused", label="Excused", kind="number"),
            Column(key="rate", label="Rate", kind="percent"),
        ]
        lines = sorted(self.lines, key=lambda line: (-line.absent, -line.late, line.name))
        rows = [
            {
                "name": line.name, "present": line.present, "absent": line.absent, "late": line.late, "excused": line.excused,
                "rate": number(line.rate), "studentId": str(line.student_id),
            }
            for line in lines
        ]  # fmt: skip
        return [Table(columns=columns, rows=rows)]


@tool(
    permission=Permission.SELF_READ,
    effect=Effect.READ,
    rest="GET /api/v1/attendance",
    says=(
        "Who is absent in JSS 2 Ruby today?",
        "Attendance of JSS 2 Ruby this week",
        "How often was Tunde absent this term?",
        "Was my son in school yesterday?",
        "Absentees jss2 ruby today",
        "Show the register of SS 1 Pearl for Monday",
    ),
)
async def show_attendance(
    tx: Tx, *, class_arm: Ref[ClassArm] | None = None, student: Ref[Student] | None = None, first: Day = None,
    last: Day = None,
) -> AttendanceView:  # fmt: skip
    """Show attendance of a class or a student: one day, or from one day to another.

    Use when somebody asks who was absent or how often. Guardians see their own children.

    Shape:  a class arm or a student, first and last day (default: today for a class, this term for a student).
    Units:  days; rate in percent to the hundredth.
    Errors: those of any read.
    Source: tables registers, attendance_marks.
    """
    if class_arm is None and student is None:
        raise InvalidInput("Name a class or a student.")
    start, today = await attendance.term_days(tx)
    begin = first or (start if student is not None else last or today)
    end = last or (today if student is not None or first is None else max(first, today))
    if begin > end:
        raise InvalidInput("The first day is after the last one.")
    if student is not None:
        await _check_student(tx, student)
    elif class_arm is not None:
        await classes.access_class(tx, class_arm.id, Permission.ATTENDANCE_READ)
    lines = await attendance.totals(
        tx, begin, end, class_arm_id=class_arm.id if class_arm and not student else None,
        student_id=student.id if student else None,
    )  # fmt: skip
    came, missed = sum(line.present + line.late for line in lines), sum(line.absent for line in lines)
    what = (student or class_arm).label  # type: ignore[union-attr]
    return AttendanceView(what=what, first=begin, last=end, rate=number(attendance.rate(came, missed)), lines=lines)


async def _check_student(tx: Tx, student: Ref[Student]) -> None:
    """Staff see students of classes they teach; a guardian's own children were already found."""
    if not tx.caller.may(Permission.ATTENDANCE_READ):
        return
    found = await classes.class_of(tx, student.id)
    if found is None:
        raise NotVisible(f"{student.label} is not enrolled this session.")
    await classes.access_class(tx, found.id, Permission.ATTENDANCE_READ)
