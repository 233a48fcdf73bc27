"""Remarks on report cards: a subject teacher's, the class teacher's, the principal's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx

LONGEST = 300
"""Characters of a remark: what the card has room for."""


class Author(StrEnum):
    """Whose remark it is."""

    SUBJECT_TEACHER = "subject_teacher"
    CLASS_TEACHER = "class_teacher"
    PRINCIPAL = "principal"


class Origin(StrEnum):
    """How the words came about: drafted by rule, drafted by a language model, or written by a person."""

    RULE = "rule"
    MODEL = "model"
    PERSON = "person"


class Remark(SchoolRow, Base):
    """One remark. `subject_id` is there for a subject teacher's alone."""

    __tablename__ = "remarks"

    student_id: Mapped[UUID] = mapped_column(ForeignKey("students.id", ondelete="CASCADE"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"))
    author: Mapped[str]
    subject_id: Mapped[UUID | None] = mapped_column(ForeignKey("subjects.id", ondelete="CASCADE"))
    text: Mapped[str]
    origin: Mapped[str] = mapped_column(default=Origin.PERSON.value)
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    updated_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("student_id", "term_id", "author", "subject_id", postgresql_nulls_not_distinct=True),
        CheckConstraint("author IN ('subject_teacher', 'class_teacher', 'principal')", name="author"),
        CheckConstraint("(author = 'subject_teacher') = (subject_id IS NOT NULL)", name="subject"),
        Index("ix_remarks_term_id", "term_id"),
    )


@dataclass(frozen=True, slots=True)
class Words:
    """A remark as given: whose, about whom, the text; an empty text removes it."""

    student_id: UUID
    author: Author
    text: str
    subject_id: UUID | None = None
    origin: Origin = Origin.PERSON


async def remarks_of(tx: Tx, student_ids: Sequence[UUID], term_id: UUID) -> list[Remark]:
    """Every remark on these students in a term."""
    query = select(Remark).where(Remark.term_id == term_id, Remark.student_id.in_(student_ids))
    return list(await tx.session.scalars(query.execution_options(populate_existing=True)))


async def write(tx: Tx, term_id: UUID, given: Sequence[Words]) -> list[Words]:
    """Write remarks, one for each author and student. Returns what stood there before (empty: nothing)."""
    stood = {
        (row.student_id, row.author, row.subject_id): row
        for row in await remarks_of(tx, list({words.student_id for words in given}), term_id)
    }
    before: list[Words] = []
    kept: list[dict[str, object]] = []
    for words in given:
        old = stood.get((words.student_id, words.author.value, words.subject_id))
        text = " ".join(words.text.split())
        if (old.text if old else "") == text:
            continue
        before.append(
            Words(
                words.student_id, words.author, old.text if old else "", words.subject_id,
                Origin(old.origin) if old else Origin.PERSON,
            )
        )  # fmt: skip
        if text:
            kept.append(
                {
                    "id": new_id(), "school_id": tx.school_id, "student_id": words.student_id, "term_id": term_id,
                    "author": words.author.value, "subject_id": words.subject_id, "text": text,
                    "origin": words.origin.value, "written_by": tx.caller.person_id, "updated_at": tx.now,
                }
            )  # fmt: skip
        elif old is not None:
            await tx.session.delete(old)
    await tx.session.flush()
    if kept:
        statement = insert(Remark)
        await tx.session.execute(
            statement.on_conflict_do_update(
                index_elements=["student_id", "term_id", "author", "subject_id"],
                set_={column: statement.excluded[column] for column in ("text", "origin", "written_by", "updated_at")},
            ),
            kept,
        )
    return before
