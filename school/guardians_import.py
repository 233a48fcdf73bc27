"""Guardians from a list: known by their phone number, linked to the students they answer for."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from runtime.ids import new_id
from runtime.transaction import Tx
from school import import_columns
from school.admission import ADMISSION, admission_key, students_by_key
from school.change_sets import ChangeSet
from school.folding import fold
from school.import_columns import Field, Record
from school.imports import ImportKind, Plan, Reading, importer
from school.people import Guardian, Guardianship, Person

RELATION: Final = import_columns.one_of(
    mother="mum|mom|mummy|m", father="dad|daddy|f", guardian="aunt|uncle|grandmother|grandfather|brother|sister|other|g"
)
GUARDIAN_FIELDS: Final = (
    Field("guardian_name", ("guardian name", "guardian", "parent name", "parent", "parent guardian", "name of parent", "parent s name", "parents name", "guardians name"), import_columns.text()),
    Field("guardian_phone", ("guardian phone", "parent phone", "phone", "phone number", "mobile", "gsm", "telephone", "parents phone", "parent phone number", "guardian phone number"), import_columns.phone),
    Field("guardian_email", ("guardian email", "parent email", "email", "e mail", "email address"), import_columns.email),
    Field("relation", ("relation", "relationship"), RELATION),
    Field("whatsapp", ("whatsapp", "on whatsapp", "has whatsapp"), import_columns.one_of(yes="y|true|1", no="n|false|0")),
)  # fmt: skip


_COLUMNS: Final = [
    ("guardian", "Guardian"), ("phone", "Phone"), ("admissionNo", "Admission no"), ("name", "Student"), ("what", "What happens"),
]  # fmt: skip


def _required(field: Field) -> Field:
    """In a list of guardians a plain "Name" is the guardian's, and it has to be there."""
    if field.key != "guardian_name":
        return field
    return replace(field, required=True, headings=(*field.headings, "name", "full name", "names"))


@dataclass(slots=True)
class Known:
    """A guardian as recorded, or as this import will add them."""

    guardian_id: UUID
    name: str
    values: dict[str, Any]


class Guardians:
    """The school's guardians by phone and by student; plans new ones and links into a change set."""

    def __init__(self, tx: Tx, changes: ChangeSet) -> None:
        self.tx, self.changes = tx, changes
        self.by_phone: dict[str, Known] = {}
        self.of_student: dict[UUID, list[Known]] = {}
        self.seen: dict[tuple[UUID, UUID], int] = {}

    @classmethod
    async def load(cls, tx: Tx, changes: ChangeSet) -> "Guardians":
        loaded = cls(tx, changes)
        query = select(
            Person.id, Person.title, Person.given_name, Person.family_name, Person.phone, Person.email, Person.whatsapp
        ).join(Guardian, Guardian.id == Person.id)
        by_id: dict[UUID, Known] = {}
        for row in (await tx.session.execute(query)).mappings():
            known = Known(row["id"], f"{row['family_name']} {row['given_name']}", dict(row))
            by_id[row["id"]] = known
            if row["phone"]:
                loaded.by_phone.setdefault(row["phone"], known)
        links = await tx.session.execute(select(Guardianship.guardian_id, Guardianship.student_id))
        for guardian_id, student_id in links.all():
            loaded.of_student.setdefault(student_id, []).append(by_id[guardian_id])
        return loaded

    def check(self, record: Record) -> None:
        """A guardian has a name; a phone that belongs to somebody of quite another name is not theirs."""
        if any(record[key] for key in ("guardian_phone", "guardian_email", "relation")) and not record["guardian_name"]:
            record.fault("There is a guardian's phone, e-mail or relation but no guardian's name.")
        known = self.by_phone.get(record["guardian_phone"] or "")
        if known and record["guardian_name"] and not _alike(record["guardian_name"], known.name):
            record.fault(f"{record['guardian_phone']} is the phone of {known.name}, not of {record['guardian_name']}.",
                         "Correct the number or the name.")  # fmt: skip

    def link(self, record: Record, student_id: UUID, *, new_student: bool = False) -> str:
        """Plan the guardian of a row for a student; what happens, in words."""
        if not record["guardian_name"]:
            return ""
        own = self.of_student.get(student_id, [])
        known = self.by_phone.get(record["guardian_phone"] or "") or next(
            (each for each in own if _alike(record["guardian_name"], each.name)), None
        )
        said: list[str] = []
        if known is None:
            known = self._add(record)
            said.append("guardian added")
        elif changed := self._update(record, known):
            said.append(f"guardian's {changed}")
        if known not in own:
            self.changes.insert(
                "guardianships", id=new_id(), guardian_id=known.guardian_id, student_id=student_id,
                relation=record["relation"] or "guardian", is_primary=not own,
            )  # fmt: skip
            self.of_student.setdefault(student_id, []).append(known)
            said.append("guardian linked" if not said else "")
        return ", ".join(part for part in said if part)

    def _add(self, record: Record) -> Known:
        family, given = split_name(record["guardian_name"])
        guardian_id = new_id()
        values = {
            "given_name": given, "family_name": family, "phone": record["guardian_phone"],
            "email": record["guardian_email"], "whatsapp": record["whatsapp"] == "yes",
        }  # fmt: skip
        gender = {"mother": "female", "father": "male"}.get(record["relation"] or "")
        self.changes.insert("people", id=guardian_id, kind="guardian", gender=gender, **values)
        self.changes.insert("guardians", id=guardian_id)
        known = Known(guardian_id, f"{family} {given}", values)
        if record["guardian_phone"]:
            self.by_phone[record["guardian_phone"]] = known
        return known

    def _update(self, record: Record, known: Known) -> str:
        """A file may complete or change a phone, an e-mail address and WhatsApp; never the name."""
        said = {"phone": record["guardian_phone"], "email": record["guardian_email"]}
        if record["whatsapp"]:
            said["whatsapp"] = record["whatsapp"] == "yes"
        new = {key: value for key, value in said.items() if value is not None and value != known.values[key]}
        if not new:
            return ""
        self.changes.update("people", known.guardian_id, new, {key: known.values[key] for key in new})
        known.values |= new
        if "phone" in new:
            self.by_phone[new["phone"]] = known
        return ", ".join("e-mail" if key == "email" else key for key in new)


def split_name(name: str) -> tuple[str, str]:
    """Family and given name: "Mrs Grace Okorie", "Okorie, Grace"; a title is dropped."""
    plain = [
        word
        for word in name.replace(".", " ").split()
        if fold(word) not in {"mr", "mrs", "ms", "miss", "dr", "chief", "alhaji", "hajia", "prof"}
    ]
    words = " ".join(plain)
    if "," in words:
        family, _, given = words.partition(",")
        return family.strip(), given.strip()
    *given, family = plain or [name]
    return family, " ".join(given)


def _alike(one: str, other: str) -> bool:
    """Whether two names may be one person's: two words in common, or one where one of them is a single word."""
    first, second = (set(fold(" ".join(split_name(name))).split()) for name in (one, other))
    return len(first & second) >= min(2, len(first), len(second)) > 0


@importer(ImportKind.GUARDIANS, (ADMISSION, *(_required(field) for field in GUARDIAN_FIELDS)))
async def plan_guardians(tx: Tx, reading: Reading) -> Plan:
    """Guardians of students the school has: one row a child."""
    guardians = await Guardians.load(tx, ChangeSet())
    students = await students_by_key(tx)
    shown: list[dict[str, Any]] = []
    counts = Counter[str]()
    for record in reading.records:
        if record["admission_no"] and admission_key(record["admission_no"]) not in students:
            record.fault(f"No student has the admission number {record['admission_no']}.", "Correct the number.")
        guardians.check(record)
    for record in reading.good:
        student_id, name = students[admission_key(record["admission_no"])]
        before = guardians.changes.rows
        what = guardians.link(record, student_id)
        counts["added" if "added" in what else "changed" if guardians.changes.rows > before else "unchanged"] += 1
        shown.append(
            {"line": record.line, "guardian": record["guardian_name"], "phone": record["guardian_phone"] or "",
             "admissionNo": record["admission_no"], "name": name, "what": what or "nothing new"}
        )  # fmt: skip
    return Plan(
        ImportKind.GUARDIANS, _COLUMNS, shown, guardians.changes, total=len(reading.records), added=counts["added"],
        changed=counts["changed"], unchanged=counts["unchanged"], faults=reading.faults,
    )  # fmt: skip
