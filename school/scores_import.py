"""From a file somebody made to the scores it would save: who each row is, what is wrong, what is new."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final
from uuid import UUID

from pydantic import Field
from rapidfuzz import fuzz
from sqlalchemy import select

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import points_cells, results, score_sheets, sheet_layout
from school.admission import admission_key
from school.classes import ClassArm, Enrolment
from school.folding import fold
from school.people import Person, Student
from school.results import ComponentColumn
from school.row_faults import RowFault
from school.score_sheets import OpenSheet
from school.sheet_layout import Layout
from school.spreadsheets import Cell, Grid, text_of
from school.units import Points, Value

_FOOTERS: Final = frozenset(
    {"average", "class average", "mean", "total", "totals", "highest", "lowest", "maximum", "minimum", "subject teacher",
     "teacher", "signature", "sign", "date", "remarks", "key", "note", "class teacher", "principal", "number of students"}
)  # fmt: skip
SAME_NAME: Final = 88
OTHER_NAME: Final = 45


class EmptySheet(InvalidInput):
    """There is a header and nothing under it."""

    code = "empty_sheet"


class WrongColumns(InvalidInput):
    """Two columns for one component, or a column out of other points than the school's."""

    code = "wrong_columns"


class ReadRow(Value):
    """One good row; `points` follow the sheet's columns, null is left as it stands."""

    line: int
    student_id: UUID
    admission_no: str
    name: str
    points: list[Points | None]
    changed: bool


class Proposal(Value):
    """What importing a file into one score sheet would do."""

    label: str
    columns: list[ComponentColumn]
    rows: list[ReadRow] = Field(description="Good rows, as they will be saved.")
    faults: list[RowFault]
    faulty: int = Field(description="Rows of students that will not be saved.")
    unchanged: int = Field(description="Good rows whose points are recorded already.")
    blank: list[str] = Field(description="Students whose row has no points.")
    notes: list[str]
    left: list[str] = Field(description="Students of the class who will be without any score.")

    @property
    def total(self) -> int:
        return len(self.rows) + self.faulty + len(self.blank)

    def points(self) -> dict[UUID, dict[UUID, Decimal | None]]:
        """Student -> component -> points, to hand to `scores.save_rows`."""
        return {
            row.student_id: {
                column.component_id: points
                for column, points in zip(self.columns, row.points, strict=True)
                if points is not None
            }
            for row in self.rows
        }


@dataclass(slots=True)
class _Line:
    """A row while it is being understood."""

    number: int
    admission: str
    name: str
    student_id: UUID | None = None
    points: dict[UUID, Decimal] = field(default_factory=dict[UUID, Decimal])
    faults: list[RowFault] = field(default_factory=list[RowFault])

    @property
    def who(self) -> str:
        return self.name or self.admission

    def fault(self, what: str, fix: str) -> None:
        self.faults.append(RowFault(line=self.number, who=self.who, what=what, fix=fix))


@dataclass(slots=True)
class _ClassList:
    """The students of the sheet's class, by every way a row may name them."""

    opened: OpenSheet
    listed: list[tuple[Student, Person]]
    by_key: dict[str, list[Student]]
    elsewhere: dict[str, tuple[str, str]]
    """Admission key -> (name, class) of the school's other students."""

    def name(self, student_id: UUID) -> str:
        return next(person.full_name for student, person in self.listed if student.id == student_id)

    def admission_no(self, student_id: UUID) -> str:
        return next(student.admission_no for student, _ in self.listed if student.id == student_id)

    def called(self, name: str) -> list[tuple[float, Student, Person]]:
        """Students whose name is close to a name, best first."""
        wanted = fold(name)
        scored = [
            (max(fuzz.token_sort_ratio(wanted, fold(p.full_name)), fuzz.token_sort_ratio(wanted, fold(f"{p.family_name} {p.given_name}"))), s, p)
            for s, p in self.listed
        ]  # fmt: skip
        return sorted((item for item in scored if item[0] >= SAME_NAME), key=lambda item: -item[0])


async def propose(tx: Tx, opened: OpenSheet, grids: Sequence[Grid], *, source: str = "") -> Proposal:
    """Read a file against one score sheet. Changes nothing.

    Shape:  one sheet of the file, one row a student -> rows that can be saved, and what is wrong with the others.
    Units:  points 0..max of each component; lines count from 1 as Excel shows them.
    Errors: no_header, wrong_columns, empty_sheet.
    """
    layout = sheet_layout.find(grids, opened.components, f"{opened.label} {source}")
    if layout.faults:
        raise WrongColumns(" ".join(layout.faults), columns=layout.faults)
    class_list = await _class_list(tx, opened)
    notes = [f"The column “{name}” is not one of the sheet's and is left out." for name in layout.ignored if name]
    lines = list(_read_lines(layout, opened, notes))
    if not lines:
        raise EmptySheet("There are no rows of students under the header.")
    for line in lines:
        _identify(line, class_list)
    _check_repeats(lines, class_list)
    recorded = await score_sheets.points_of(tx, opened.sheet.id) if opened.sheet.version else {}
    return _proposal(opened, class_list, lines, recorded, notes)


async def _class_list(tx: Tx, opened: OpenSheet) -> _ClassList:
    listed = await results.takers(tx, opened.class_arm.id, opened.subject.id, opened.term)
    by_key: dict[str, list[Student]] = defaultdict(list)
    for student, _ in listed:
        by_key[admission_key(student.admission_no)].append(student)
    own = {student.id for student, _ in listed}
    rows = await tx.session.execute(
        select(Student.id, Student.admission_no, Person, ClassArm.name)
        .join(Person, Person.id == Student.id)
        .outerjoin(Enrolment, (Enrolment.student_id == Student.id) & (Enrolment.session_id == opened.term.session_id))
        .outerjoin(ClassArm, ClassArm.id == Enrolment.class_arm_id)
    )
    elsewhere = {
        admission_key(admission_no): (person.full_name, class_name or "")
        for student_id, admission_no, person, class_name in rows.all()
        if student_id not in own
    }
    return _ClassList(opened, listed, dict(by_key), elsewhere)


def _read_lines(layout: Layout, opened: OpenSheet, notes: list[str]) -> Iterator[_Line]:
    """The lines of students, footers and empty ones left out; remarks about cells go to `notes`."""
    for number, row in enumerate(layout.grid.rows[layout.header + 1 :], start=layout.header + 2):
        admission = text_of(_at(row, layout.admission))
        name = " ".join(text for place in layout.names if (text := text_of(_at(row, place))))
        cells = {component_id: _at(row, place) for component_id, place in layout.components.items()}
        filled = [text_of(cell) for cell in cells.values() if text_of(cell)]
        words = fold(name or admission or next((text for cell in row if (text := text_of(cell))), ""))
        if words in _FOOTERS or not (admission or name or filled):
            continue
        if not filled and not (admission and (name or layout.names == [])):
            continue
        line = _Line(number, admission, name)
        _read_points(line, cells, opened, notes)
        yield line


def _at(row: Sequence[Cell], place: int | None) -> Cell:
    return row[place] if place is not None and place < len(row) else ""


def _read_points(line: _Line, cells: dict[UUID, Cell], opened: OpenSheet, notes: list[str]) -> None:
    for component in opened.components:
        if component.id not in cells:
            continue
        read = points_cells.read(cells[component.id], component.max_points)
        if read.fault:
            line.fault(f"{component.name}: {read.fault}.", read.fix)
        elif read.points is not None:
            line.points[component.id] = read.points
        elif read.note:
            notes.append(f"Row {line.number} ({line.who}), {component.name}: {read.note}.")


def _identify(line: _Line, class_list: _ClassList) -> None:
    """Find whose row it is: by admission number, by name only where there is no number."""
    if line.admission:
        _by_number(line, class_list)
    elif line.name:
        close = class_list.called(line.name)
        if len(close) > 1 and close[0][0] - close[1][0] < 5:
            line.fault(
                f"“{line.name}” could be {close[0][2].full_name} ({close[0][1].admission_no}) or "
                f"{close[1][2].full_name} ({close[1][1].admission_no}).", "Add the admission number.",
            )  # fmt: skip
        elif close:
            line.student_id = close[0][1].id
        else:
            line.fault(
                f"Nobody in {class_list.opened.class_arm.name} is called “{line.name}”.", "Add the admission number."
            )
    else:
        line.fault("There are scores but neither an admission number nor a name.", "Say whose they are.")


def _by_number(line: _Line, class_list: _ClassList) -> None:
    key = admission_key(line.admission)
    found = class_list.by_key.get(key, [])
    exact = [student for student in found if student.admission_no == line.admission] or found
    if len(exact) == 1:
        name = class_list.name(exact[0].id)
        if line.name and fuzz.token_set_ratio(fold(line.name), fold(name)) < OTHER_NAME:
            line.fault(
                f"{exact[0].admission_no} is {name}, but the row says {line.name}.", "Correct the number or the name."
            )
        else:
            line.student_id = exact[0].id
        return
    class_name = class_list.opened.class_arm.name
    if key in class_list.elsewhere:
        name, other = class_list.elsewhere[key]
        where = (
            f"is in {other}, not {class_name}"
            if other and other != class_name
            else f"does not take this subject in {class_name}"
        )
        line.fault(f"{name} ({line.admission}) {where}.", "Take the row out, or import it into the right sheet.")
        return
    close = class_list.called(line.name) if line.name else []
    fix = (
        f"Did you mean {close[0][1].admission_no}, {close[0][2].full_name}?"
        if close
        else "Correct the admission number."
    )
    line.fault(f"No student has the admission number {line.admission}.", fix)


def _check_repeats(lines: list[_Line], class_list: _ClassList) -> None:
    """The same student twice: once is enough when the points agree; otherwise neither row can be trusted."""
    rows_of: dict[UUID, list[_Line]] = defaultdict(list)
    for line in lines:
        if line.student_id:
            rows_of[line.student_id].append(line)
    for student_id, repeated in rows_of.items():
        if len(repeated) == 1:
            continue
        name = class_list.name(student_id)
        if all(line.points == repeated[0].points and not line.faults for line in repeated):
            for extra in repeated[1:]:
                extra.student_id = None
            continue
        numbers = [str(line.number) for line in repeated]
        for line in repeated:
            others = " and ".join(number for number in numbers if number != str(line.number))
            line.fault(f"{name} is also in row {others}, with other points.", "Keep the right row only.")


def _proposal(
    opened: OpenSheet, class_list: _ClassList, lines: list[_Line],
    recorded: dict[UUID, dict[UUID, Decimal]], notes: list[str],
) -> Proposal:  # fmt: skip
    faults = [fault for line in lines for fault in line.faults]
    good = [line for line in lines if line.student_id and not line.faults]
    repeats = [line for line in lines if not line.student_id and not line.faults]
    notes += [f"Row {line.number} ({line.who}) repeats an earlier row and is taken once." for line in repeats]
    rows = [
        ReadRow(
            line=line.number, student_id=line.student_id, admission_no=class_list.admission_no(line.student_id),
            name=class_list.name(line.student_id), points=[line.points.get(c.id) for c in opened.components],
            changed=any(recorded.get(line.student_id, {}).get(c) != points for c, points in line.points.items()),
        )
        for line in good if line.student_id and line.points
    ]  # fmt: skip
    scored = {row.student_id for row in rows} | set(recorded)
    return Proposal(
        label=opened.label,
        columns=[
            ComponentColumn(component_id=c.id, name=c.name, max_points=c.max_points, weight=c.weight)
            for c in opened.components
        ],
        rows=rows, faults=faults, faulty=sum(bool(line.faults) for line in lines),
        unchanged=sum(not row.changed for row in rows), blank=[line.who for line in good if not line.points], notes=notes,
        left=[person.full_name for student, person in class_list.listed if student.id not in scored],
    )  # fmt: skip
