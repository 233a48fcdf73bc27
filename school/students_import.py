"""A list of students, with or without their guardians: who is new, what changed, who goes to which class."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from runtime.ids import new_id
from runtime.transaction import Tx
from school import calendar, import_columns
from school.admission import ADMISSION, admission_key
from school.change_sets import ChangeSet
from school.classes import ClassArm, Enrolment, Level
from school.folding import fold
from school.guardians_import import GUARDIAN_FIELDS, Guardians
from school.import_columns import Field, Record
from school.imports import ImportKind, Plan, Reading, importer
from school.people import Person, Student

GENDER: Final = import_columns.one_of(female="f|girl|woman", male="m|boy|man")
CLASS: Final = Field("class_arm", ("class", "class arm", "form", "arm", "current class"), import_columns.text(60))
FIELDS: Final = (
    ADMISSION,
    Field("name", ("name", "full name", "student name", "names", "student", "name of student"), import_columns.text()),
    Field("family_name", ("surname", "last name", "family name"), import_columns.text(60)),
    Field("given_name", ("first name", "given name", "forename"), import_columns.text(60)),
    Field("other_names", ("other names", "other name", "middle name", "middle names"), import_columns.text(60)),
    Field("gender", ("gender", "sex"), GENDER),
    Field("born_on", ("date of birth", "dob", "birth date", "born", "birthday", "born on"), import_columns.day),
    CLASS,
    *GUARDIAN_FIELDS,
)
_COLUMNS: Final = [
    ("admissionNo", "Admission no"), ("name", "Student"), ("class", "Class"), ("what", "What happens"), ("guardian", "Guardian"),
]  # fmt: skip
PERSON_COLUMNS: Final = ("family_name", "given_name", "other_names", "gender")


@dataclass(frozen=True, slots=True)
class Known:
    """A student as recorded now, with the enrolment of this session."""

    student_id: UUID
    person: Mapping[str, Any]
    born_on: Any
    enrolment_id: UUID | None
    class_arm_id: UUID | None


class _Students:
    """Turns rows into changes, against what is recorded."""

    def __init__(
        self, tx: Tx, known: dict[str, Known], arms: dict[str, tuple[UUID, str]], session: UUID, guardians: Guardians
    ) -> None:
        self.tx, self.known, self.arms, self.session, self.guardians = tx, known, arms, session, guardians
        self.changes = guardians.changes
        self.seen: dict[str, int] = {}
        self.shown: list[dict[str, Any]] = []
        self.added = self.changed = self.unchanged = 0

    def check(self, record: Record) -> None:
        """Faults that need the rest of the file or the record."""
        key = admission_key(record["admission_no"] or "")
        if key and key in self.seen:
            record.fault(f"The admission number is in row {self.seen[key]} too.", "Keep one of the rows.")
        elif key:
            self.seen[key] = record.line
        self._names(record)
        if record["class_arm"] and fold(record["class_arm"]) not in self.arms:
            record.fault(f"There is no class called {record['class_arm']}.", "Correct it, or add the class first.")
        if key and key not in self.known:
            missing = [
                label
                for field, label in (("family_name", "surname"), ("given_name", "first name"))
                if not record[field]
            ]
            if missing:
                record.fault(f"A new student needs a {' and a '.join(missing)}.")
            if not record["class_arm"]:
                record.fault("A new student needs a class.")
        born = record["born_on"]
        if born and not 2 <= (self.tx.today - born).days / 365.25 <= 60:
            record.fault(f"A birth date of {born:%d %B %Y} cannot be right.")
        self.guardians.check(record)

    def _names(self, record: Record) -> None:
        """A single name column holds the family name first, or "Family, Given"."""
        if record["name"] and not record["family_name"] and not record["given_name"]:
            family, _, rest = record["name"].replace(",", " ").partition(" ")
            given, _, other = rest.strip().partition(" ")
            record.values |= {
                "family_name": family,
                "given_name": given,
                "other_names": record["other_names"] or other or None,
            }

    def take(self, record: Record) -> None:
        """Plan one good row."""
        known = self.known.get(admission_key(record["admission_no"]))
        before = self.changes.rows
        student_id = known.student_id if known else new_id()
        what = self._update(record, known) if known else self._add(record, student_id)
        guardian = self.guardians.link(record, student_id, new_student=known is None)
        if known is None:
            self.added += 1
        elif self.changes.rows > before:
            self.changed += 1
        else:
            self.unchanged += 1
        arm = self.arms.get(fold(record["class_arm"] or ""))
        name = " ".join(
            str(record[key] or (known.person[key] if known else "")) for key in ("family_name", "given_name")
        )
        self.shown.append(
            {"line": record.line, "admissionNo": record["admission_no"], "name": name, "class": arm[1] if arm else "",
             "what": "; ".join(part for part in (what, guardian) if part) or "nothing new", "guardian": record["guardian_name"] or ""}
        )  # fmt: skip

    def _add(self, record: Record, student_id: UUID) -> str:
        self.changes.insert(
            "people", id=student_id, kind="student", phone=None, email=None,
            **{key: record[key] or ("" if key == "other_names" else None) for key in PERSON_COLUMNS},
        )  # fmt: skip
        self.changes.insert(
            "students",
            id=student_id,
            admission_no=record["admission_no"],
            born_on=record["born_on"],
            admitted_on=self.tx.today,
        )
        self._enrol(student_id, self.arms[fold(record["class_arm"])][0])
        return "new"

    def _enrol(self, student_id: UUID, class_arm_id: UUID) -> None:
        self.changes.insert(
            "enrolments", id=new_id(), student_id=student_id, class_arm_id=class_arm_id, session_id=self.session,
            joined_on=self.tx.today,
        )  # fmt: skip

    def _update(self, record: Record, known: Known) -> str:
        said: list[str] = []
        new = {key: record[key] for key in PERSON_COLUMNS if record[key] and record[key] != known.person[key]}
        if new:
            self.changes.update("people", known.student_id, new, {key: known.person[key] for key in new})
            said.append(", ".join(key.replace("_", " ") for key in new))
        if record["born_on"] and record["born_on"] != known.born_on:
            self.changes.update(
                "students", known.student_id, {"born_on": record["born_on"]}, {"born_on": known.born_on}
            )
            said.append("date of birth")
        arm = self.arms.get(fold(record["class_arm"] or ""))
        if arm and arm[0] != known.class_arm_id:
            if known.enrolment_id:
                self.changes.update("enrolments", known.enrolment_id, {"left_on": self.tx.today}, {"left_on": None})
            self._enrol(known.student_id, arm[0])
            said.append(f"moves to {arm[1]}")
        return "; ".join(said)


@importer(ImportKind.STUDENTS, FIELDS)
async def plan_students(tx: Tx, reading: Reading) -> Plan:
    """Students by admission number: new ones are enrolled, known ones updated where the file says more."""
    term = await calendar.current_term(tx)
    students = _Students(
        tx, await known_students(tx, term.session_id), await class_arms(tx), term.session_id,
        await Guardians.load(tx, ChangeSet()),
    )  # fmt: skip
    for record in reading.records:
        students.check(record)
    for record in reading.good:
        students.take(record)
    return Plan(
        ImportKind.STUDENTS, _COLUMNS, students.shown, students.changes, total=len(reading.records),
        added=students.added, changed=students.changed, unchanged=students.unchanged, faults=reading.faults,
    )  # fmt: skip


async def known_students(tx: Tx, session_id: UUID) -> dict[str, Known]:
    """Every student of the school by admission key."""
    query = (
        select(
            Student.id, Student.admission_no, Student.born_on, Enrolment.id.label("enrolment_id"), Enrolment.class_arm_id,
            *(getattr(Person, column) for column in PERSON_COLUMNS),
        )
        .join(Person, Person.id == Student.id)
        .outerjoin(
            Enrolment,
            (Enrolment.student_id == Student.id) & (Enrolment.session_id == session_id) & Enrolment.left_on.is_(None),
        )
        .order_by(Enrolment.joined_on)
    )  # fmt: skip
    return {
        admission_key(row["admission_no"]): Known(
            row["id"],
            {key: row[key] for key in PERSON_COLUMNS},
            row["born_on"],
            row["enrolment_id"],
            row["class_arm_id"],
        )
        for row in (await tx.session.execute(query)).mappings()
    }


async def class_arms(tx: Tx) -> dict[str, tuple[UUID, str]]:
    """Class arms by every folded way to write them."""
    rows = await tx.session.execute(
        select(ClassArm.id, ClassArm.name, ClassArm.arm, Level.name.label("level")).join(
            Level, Level.id == ClassArm.level_id
        )
    )
    found: dict[str, tuple[UUID, str]] = {}
    for arm_id, name, arm, level in rows.all():
        for way in (name, f"{arm} {level}"):
            found[fold(way)] = found[fold(way).replace(" ", "")] = (arm_id, name)
    return found
