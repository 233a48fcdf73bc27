"""Admission numbers: how they are written, compared, and found in a file."""

import re
from typing import Final
from uuid import UUID

from sqlalchemy import select

from runtime.transaction import Tx
from school import import_columns
from school.folding import fold
from school.import_columns import Field
from school.people import Person, Student

ADMISSION: Final = Field(
    "admission_no",
    ("admission number", "admission no", "adm no", "adm number", "reg no", "reg number", "registration number",
     "student id", "student number", "student no", "matric no", "id no"),
    import_columns.text(40), required=True,
)  # fmt: skip


def admission_key(text: str) -> str:
    """An admission number without what people leave out: case, punctuation, leading zeros of each number."""
    parts = re.findall(r"[a-z]+|\d+", fold(text))
    return " ".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


async def students_by_key(tx: Tx) -> dict[str, tuple[UUID, str]]:
    """Admission key -> (student, name), of the whole school."""
    rows = await tx.session.execute(
        select(Student.id, Student.admission_no, Person).join(Person, Person.id == Student.id)
    )
    return {admission_key(number): (student_id, person.full_name) for student_id, number, person in rows.all()}
