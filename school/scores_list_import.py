"""Scores of many classes and subjects from one list: a row a student and subject, a column a component."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from runtime.ids import new_id
from runtime.transaction import Tx
from school import assessment, calendar, import_columns, points_cells, sheet_layout
from school.admission import ADMISSION, admission_key, students_by_key
from school.assessment import AssessmentComponent
from school.change_sets import ChangeSet
from school.classes import ClassArm, Enrolment, Subject, Teaching
from school.folding import fold
from school.import_columns import Field, Record
from school.imports import ImportKind, Plan, Reading, importer
from school.score_sheets import Score, ScoreSheet, SheetState
from school.spreadsheets import text_of

FIELDS: Final = (
    ADMISSION,
    Field("subject", ("subject", "course", "subject name", "subject code"), import_columns.text(60), required=True),
    Field("name", ("name", "full name", "student name", "student", "names"), import_columns.text()),
    Field("term", ("term", "term name"), import_columns.text(60)),
)
SheetKey = tuple[UUID, UUID, UUID]


@dataclass(slots=True)
class _Sheet:
    """A score sheet as recorded, or as this import makes it."""

    id: UUID
    state: str
    version: int
    components: list[AssessmentComponent]
    columns: dict[UUID, int]
    stamps: dict[str, Any] = field(default_factory=dict[str, Any])
    made: bool = False
    touched: bool = False


@importer(ImportKind.SCORES, FIELDS)
async def plan_scores(tx: Tx, reading: Reading) -> Plan:
    """Points by student and subject, in the sheets of a term (default this one); published sheets stay as they are."""
    planner = await _Scores.load(tx, reading)
    taken = [(record, await planner.understand(record)) for record in reading.records]
    for record, entry in taken:
        if entry is not None and not record.faults:
            planner.take(record, *entry)
    planner.finish()
    names = list(
        dict.fromkeys(c.name for sheet in planner.sheets.values() for c in sheet.components if c.id in sheet.columns)
    )
    return Plan(
        ImportKind.SCORES,
        [("admissionNo", "Admission no"), ("name", "Student"), ("sheet", "Score sheet"), *((name, name) for name in names)],
        planner.shown, planner.changes, total=len(reading.records), added=planner.added, changed=planner.changed,
        unchanged=planner.unchanged, faults=reading.faults, notes=["Sheets that change go back to draft."],
    )  # fmt: skip


class _Scores:
    def __init__(self, tx: Tx, reading: Reading) -> None:
        self.tx, self.reading, self.changes = tx, reading, ChangeSet()
        self.students: dict[str, tuple[UUID, str]] = {}
        self.subjects: dict[str, Subject] = {}
        self.terms: dict[str, calendar.Term] = {}
        self.arms: dict[UUID, ClassArm] = {}
        self.seats: dict[tuple[UUID, UUID], tuple[UUID, list[str]]] = {}
        self.taught: set[tuple[UUID, UUID, UUID]] = set()
        self.sheets: dict[SheetKey, _Sheet] = {}
        self.points: dict[tuple[UUID, UUID, UUID], tuple[UUID, Decimal]] = {}
        self.seen: dict[tuple[UUID, UUID], int] = {}
        self.shown: list[dict[str, Any]] = []
        self.added = self.changed = self.unchanged = 0

    @classmethod
    async def load(cls, tx: Tx, reading: Reading) -> "_Scores":
        made = cls(tx, reading)
        made.students = await students_by_key(tx)
        for subject in await tx.session.scalars(select(Subject)):
            for way in (subject.name, subject.code, *subject.aliases):
                made.subjects.setdefault(fold(way), subject)
        for term in await calendar.terms_in_order(tx):
            made.terms[fold(term.name)] = term
            made.terms[fold(await calendar.term_label(tx, term))] = term
        made.terms[""] = await calendar.current_term(tx)
        made.arms = {arm.id: arm for arm in await tx.session.scalars(select(ClassArm))}
        seats = await tx.session.execute(
            select(
                Enrolment.student_id, Enrolment.session_id, Enrolment.class_arm_id, Enrolment.dropped_subjects
            ).order_by(Enrolment.joined_on)
        )
        made.seats = {
            (student_id, session_id): (arm_id, dropped) for student_id, session_id, arm_id, dropped in seats.all()
        }
        taught = await tx.session.execute(select(Teaching.class_arm_id, Teaching.subject_id, Teaching.session_id))
        made.taught = {(arm_id, subject_id, session_id) for arm_id, subject_id, session_id in taught.all()}
        return made

    async def understand(self, record: Record) -> tuple[UUID, _Sheet, dict[UUID, Decimal], str] | None:
        """(student, sheet, points, the sheet's name) of a row, or None with its faults said."""
        found = self._who_and_where(record)
        if found is None:
            return None
        student_id, subject, term, arm = found
        sheet = await self._sheet((arm.id, subject.id, term.id))
        label = f"{arm.name} {subject.name}, {term.name}"
        if sheet.state == SheetState.PUBLISHED:
            record.fault(f"{label} is published.", "Withdraw it first.")
        if not sheet.columns:
            record.fault(
                "No column of the file is one of the sheet's: " + ", ".join(c.name for c in sheet.components) + "."
            )
        points = self._points(record, sheet)
        return student_id, sheet, points, label

    def _who_and_where(self, record: Record) -> tuple[UUID, Subject, calendar.Term, ClassArm] | None:
        known = self.students.get(admission_key(record["admission_no"] or ""))
        subject = self.subjects.get(fold(record["subject"] or ""))
        term = self.terms.get(fold(record["term"] or ""))
        if record["admission_no"] and known is None:
            record.fault(f"No student has the admission number {record['admission_no']}.", "Correct the number.")
        if record["subject"] and subject is None:
            record.fault(f"There is no subject called {record['subject']}.", "Correct it, or add the subject first.")
        if term is None:
            record.fault(f"There is no term called {record['term']}.", "Write it as First Term 2026/2027.")
        if known is None or subject is None or term is None:
            return None
        arm_id, dropped = self.seats.get((known[0], term.session_id), (None, []))
        if arm_id is None or str(subject.id) in dropped or (arm_id, subject.id, term.session_id) not in self.taught:
            record.fault(f"{known[1]} did not take {subject.name} in {term.name}.")
            return None
        repeated = self.seen.setdefault((known[0], subject.id), record.line)
        if repeated != record.line:
            record.fault(f"Row {repeated} has the same student and subject.", "Keep one of the rows.")
        return known[0], subject, term, self.arms[arm_id]

    async def _sheet(self, key: SheetKey) -> _Sheet:
        if key in self.sheets:
            return self.sheets[key]
        query = select(ScoreSheet).where(
            ScoreSheet.class_arm_id == key[0], ScoreSheet.subject_id == key[1], ScoreSheet.term_id == key[2]
        )
        row = await self.tx.session.scalar(query if self.tx.read_only else query.with_for_update())
        scheme_id = row.scheme_id if row else (await assessment.scheme_for(self.tx, self.arms[key[0]].level_id)).id
        components = await assessment.components_of(self.tx, scheme_id)
        columns: dict[UUID, int] = {}
        for place, cell in self.reading.sheet.unknown.items():
            component = sheet_layout.match_component(text_of(cell), components)
            if component is not None:
                columns.setdefault(component.id, place)
        if row is None:
            sheet = _Sheet(new_id(), SheetState.DRAFT.value, 0, components, columns, made=True)
            sheet.stamps = {"class_arm_id": key[0], "subject_id": key[1], "term_id": key[2], "scheme_id": scheme_id}
        else:
            sheet = _Sheet(row.id, row.state, row.version, components, columns)
            sheet.stamps = {"submitted_at": row.submitted_at, "approved_at": row.approved_at}
            await self._load_points(row.id)
        self.sheets[key] = sheet
        return sheet

    async def _load_points(self, sheet_id: UUID) -> None:
        rows = await self.tx.session.execute(
            select(Score.id, Score.student_id, Score.component_id, Score.points).where(Score.sheet_id == sheet_id)
        )
        for score_id, student_id, component_id, points in rows.all():
            self.points[sheet_id, student_id, component_id] = (score_id, points)

    def _points(self, record: Record, sheet: _Sheet) -> dict[UUID, Decimal]:
        row = self.reading.sheet.grid.rows[record.line - 1]
        points: dict[UUID, Decimal] = {}
        for component in sheet.components:
            place = sheet.columns.get(component.id)
            if place is None or place >= len(row):
                continue
            read = points_cells.read(row[place], component.max_points)
            if read.fault:
                record.fault(f"{component.name}: {read.fault}.", read.fix)
            elif read.points is not None:
                points[component.id] = read.points
        return points

    def take(self, record: Record, student_id: UUID, sheet: _Sheet, points: dict[UUID, Decimal], label: str) -> None:
        """Plan the scores of one good row."""
        added = changed = 0
        for component_id, value in points.items():
            stood = self.points.get((sheet.id, student_id, component_id))
            if stood is None:
                self.changes.insert("scores", id=new_id(), sheet_id=sheet.id, student_id=student_id,
                                    component_id=component_id, points=value)  # fmt: skip
                added += 1
            elif stood[1] != value:
                self.changes.update("scores", stood[0], {"points": value}, {"points": stood[1]})
                changed += 1
        sheet.touched = sheet.touched or bool(added or changed)
        self.changed += changed > 0
        self.added += added > 0 and not changed
        self.unchanged += not (added or changed)
        names = {component.id: component.name for component in sheet.components}
        self.shown.append(
            {"line": record.line, "admissionNo": record["admission_no"], "sheet": label,
             "name": self.students[admission_key(record["admission_no"])][1],
             **{names[component_id]: float(value) for component_id, value in points.items()}}
        )  # fmt: skip

    def finish(self) -> None:
        """New sheets are made; changed ones move on a version and back to draft."""
        for sheet in self.sheets.values():
            if not sheet.touched:
                continue
            if sheet.made:
                self.changes.insert(
                    "score_sheets", id=sheet.id, state=SheetState.DRAFT.value, version=1, **sheet.stamps
                )
                continue
            before = {"version": sheet.version, "state": sheet.state, **sheet.stamps}
            after = {
                "version": sheet.version + 1,
                "state": SheetState.DRAFT.value,
                "submitted_at": None,
                "approved_at": None,
            }
            self.changes.update("score_sheets", sheet.id, after, before)
