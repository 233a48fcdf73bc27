"""The desk of report cards: how far each class is, and every remark of one class beside its figures."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from runtime.transaction import Tx
from school import (
    calendar,
    report_access,
    report_cards,
    report_checks,
    report_data,
    report_options,
    report_sets,
    schools,
)
from school.calendar import Term
from school.classes import ClassArm, Enrolment, Level
from school.people import Person
from school.permissions import WHOLE_SCHOOL, Permission
from school.remarks import Author
from school.report_checks import Finding
from school.report_options import STEP_WORDS, ReportOptions
from school.report_sets import ReportSet
from school.units import Percent
from tools.declare import Effect, tool
from tools.present import Block, Column, Shown, Table, number
from tools.refs import Ref
from tools.reports import TermGiven
from tools.results import Result


class ApprovalStep(Shown):
    """A step of the approval chain, and who took it."""

    step: str
    words: str
    by: str | None
    at: datetime | None
    findings: int | None


class ClassReports(Shown):
    """How far the report cards of one class are."""

    class_arm_id: UUID
    class_arm: str
    class_teacher: str | None
    students: int
    steps: list[ApprovalStep]
    next_step: str | None
    may_approve: bool
    returned: dict[str, str] | None
    released_on: date | None
    visible: bool
    closed: str | None

    @property
    def state(self) -> str:
        if self.released_on:
            return "released" if self.visible else f"released from {self.released_on:%d %B}"
        return f"waits for the {self.next_step}" if self.next_step else "approved"


class TermChoice(Shown):
    id: UUID
    label: str
    current: bool


class ClassesView(Result):
    """The classes whose cards the caller works on."""

    term_id: UUID
    label: str
    terms: list[TermChoice]
    classes: list[ClassReports]

    def headline(self) -> str:
        count = f"{len(self.classes)} class{'es'[: 2 * (len(self.classes) != 1)]}"
        released = sum(bool(one.released_on) for one in self.classes)
        return f"Report cards for {self.label}: {count}, {released} released."

    def blocks(self) -> list[Block]:
        columns = [Column(key="class", label="Class"), Column(key="students", label="Students", kind="number"),
                   Column(key="state", label="Cards")]  # fmt: skip
        rows: list[dict[str, Any]] = [
            {"class": one.class_arm, "students": one.students, "state": one.state} for one in self.classes
        ]
        return [Table(title="Report cards by class", columns=columns, rows=rows)] if rows else []


async def _state(tx: Tx, arm: ClassArm, teacher: str | None, students: int, kept: ReportSet, options: ReportOptions) -> ClassReports:  # fmt: skip
    taken = {entry["step"]: entry for entry in kept.approvals}
    due = report_sets.next_step(kept, options)
    released = kept.released_at is not None
    return ClassReports(
        class_arm_id=arm.id, class_arm=arm.name, class_teacher=teacher, students=students,
        steps=[
            ApprovalStep(
                step=step.value, words=STEP_WORDS[step], by=taken.get(step.value, {}).get("name"),
                at=taken.get(step.value, {}).get("at"), findings=taken.get(step.value, {}).get("faults"),
            )
            for step in options.chain
        ],
        next_step=STEP_WORDS[due] if due else None,
        may_approve=due is not None and not released and await report_sets.may_take(tx, arm, due),
        returned=kept.returned, visible=report_sets.is_released(tx, kept),
        released_on=(kept.release_on or kept.released_at.astimezone(tx.zone).date()) if kept.released_at else None,
        closed=report_sets.closed(kept, options),
    )  # fmt: skip


async def _terms(tx: Tx) -> list[TermChoice]:
    now = (await calendar.current_term(tx)).id
    begun = [term for term in await calendar.terms_in_order(tx) if term.starts_on <= tx.today]
    return [TermChoice(id=t.id, label=await calendar.term_label(tx, t), current=t.id == now) for t in reversed(begun)]


@tool(
    permission=Permission.REPORTS_READ,
    effect=Effect.READ,
    rest="GET /api/reports/classes",
    says=("How far are the report cards of each class?", "Which classes' report cards are approved?",
          "Whose report cards are released?", "Where do the report sheets stand?"),
)  # fmt: skip
async def find_report_classes(tx: Tx, *, term: TermGiven = None) -> ClassesView:
    """Find how far each class's report cards are: approvals, what is due, released.

    Use when somebody asks which classes' cards are ready or out. For one class's faults use `check_report_cards`.

    Shape:  a term (default this one) -> one row a class the caller works on.
    Units:  students in persons.
    Errors: those of any read.
    Source: tables report_sets, class_arms, enrolments.
    """
    chosen = await report_access.term_of(tx, term.id if term else None)
    options = report_options.of(await schools.current(tx))
    query = (
        select(ClassArm, Person)
        .join(Level, Level.id == ClassArm.level_id)
        .outerjoin(Person, Person.id == ClassArm.class_teacher_id)
        .order_by(Level.position, ClassArm.arm)
    )
    if tx.caller.role not in WHOLE_SCHOOL:
        query = query.where(ClassArm.class_teacher_id == tx.caller.person_id)
    found = (await tx.session.execute(query)).all()
    sizes = await _sizes(tx, chosen)
    sets = {
        kept.class_arm_id: kept
        for kept in await tx.session.scalars(select(ReportSet).where(ReportSet.term_id == chosen.id))
    }
    rows = [
        await _state(
            tx, arm, teacher.display_name if teacher else None, sizes.get(arm.id, 0),
            sets.get(arm.id) or report_sets.new(arm.id, chosen.id), options,
        )
        for arm, teacher in found
    ]  # fmt: skip
    return ClassesView(
        term_id=chosen.id, label=await calendar.term_label(tx, chosen), terms=await _terms(tx), classes=rows
    )


async def _sizes(tx: Tx, term: Term) -> dict[UUID, int]:
    day = min(max(tx.today, term.starts_on), term.ends_on)
    rows = await tx.session.execute(
        select(Enrolment.class_arm_id, func.count(func.distinct(Enrolment.student_id)))
        .where(Enrolment.session_id == term.session_id, Enrolment.joined_on <= term.ends_on)
        .where((Enrolment.left_on.is_(None)) | (Enrolment.left_on > day))
        .group_by(Enrolment.class_arm_id)
    )
    return {class_arm_id: size for class_arm_id, size in rows.all()}  # noqa: C416  # rows, not pairs


class RemarkCell(Shown):
    text: str
    origin: str | None


class RemarkRow(Shown):
    """One student: the figures a remark is written from, and the remarks."""

    student_id: UUID
    name: str
    student_no: str
    gender: str | None
    average: Percent | None
    grade: str | None
    position: int | None
    attendance: Percent | None
    class_teacher: RemarkCell
    principal: RemarkCell
    findings: list[Finding]


class RemarksView(Result):
    """Every remark of a class beside its figures, with what the proof-reader found."""

    label: str
    term_id: UUID
    term_label: str
    terms: list[TermChoice]
    reports: ClassReports
    rows: list[RemarkRow]
    class_findings: list[Finding]

    def headline(self) -> str:
        written = sum(bool(row.class_teacher.text) for row in self.rows)
        return f"{self.label}: {written} of {len(self.rows)} class teacher’s remarks are written."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="name", label="Student", kind="person"), Column(key="average", label="Average", kind="number"),
            Column(key="teacher", label="Class teacher"), Column(key="principal", label="Principal"),
        ]  # fmt: skip
        rows = [
            {"name": r.name, "average": number(r.average), "teacher": r.class_teacher.text, "principal": r.principal.text}
            for r in self.rows
        ]  # fmt: skip
        return [Table(title="Remarks", columns=columns, rows=rows, total=len(rows))]


@tool(
    permission=Permission.REPORTS_READ,
    effect=Effect.READ,
    rest="GET /api/reports/remarks/{class_arm}",
    says=("Show the remarks of JSS 2 Ruby", "Read me the report card comments of my class",
          "Which remarks have been written for SS 1 Pearl?"),
)  # fmt: skip
async def show_remarks(tx: Tx, *, class_arm: Ref[ClassArm], term: TermGiven = None) -> RemarksView:
    """Show a class's report card remarks beside each student's figures.

    Use when staff read or edit remarks. To write one use `set_remark`, to fill empty ones `draft_remarks`.

    Shape:  one class arm and term (default this term) -> one row a student.
    Units:  averages and attendance in percent.
    Errors: those of any read.
    Source: tables remarks, scores, attendance_marks.
    """
    arm = await report_sets.access_class_reports(tx, class_arm.id, Permission.REPORTS_READ)
    chosen = await report_access.term_of(tx, term.id if term else None)
    data = await report_data.gather(tx, arm.id, chosen.id)
    standings = report_cards.Standings(data)
    cards = [report_cards.build(data, key, standings) for key in data.pupils]
    found = report_checks.check(data, cards)
    teacher = data.class_teacher.display_name if data.class_teacher else None
    rows: list[RemarkRow] = []
    for card in cards:
        origins = {r.author: r.origin for r in data.remarks.get(card.student.id, []) if r.subject_id is None}
        rows.append(
            RemarkRow(
                student_id=card.student.id, name=card.student.name, student_no=card.student.student_no,
                gender=card.student.gender, average=card.overall_average, grade=card.overall_grade,
                position=card.class_position, attendance=card.attendance.rate,
                class_teacher=RemarkCell(text=card.class_teacher_remark, origin=origins.get(Author.CLASS_TEACHER.value)),
                principal=RemarkCell(text=card.principal_remark, origin=origins.get(Author.PRINCIPAL.value)),
                findings=[one for one in found if one.student_id == card.student.id],
            )
        )  # fmt: skip
    kept = await report_sets.find(tx, arm.id, chosen.id)
    label = await calendar.term_label(tx, chosen)
    return RemarksView(
        label=f"{arm.name}, {label}", term_id=chosen.id, term_label=label, terms=await _terms(tx), rows=rows,
        reports=await _state(tx, arm, teacher, len(cards), kept, data.options),
        class_findings=[one for one in found if one.student_id is None],
    )  # fmt: skip
