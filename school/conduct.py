"""Conduct and skills: how a student behaves and what their hands can do, rated 1 to 5 each term."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import InvalidInput
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school.report_options import ReportOptions


class ConductRating(SchoolRow, Base):
    __tablename__ = "conduct_ratings"

    student_id: Mapped[UUID] = mapped_column(ForeignKey("students.id", ondelete="CASCADE"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"))
    trait: Mapped[str]
    rating: Mapped[int]

    __table_args__ = (
        UniqueConstraint("student_id", "term_id", "trait"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        Index("ix_conduct_ratings_term_id", "term_id"),
    )


async def ratings_of(tx: Tx, student_ids: list[UUID], term_id: UUID) -> dict[UUID, dict[str, int]]:
    """The ratings of students in a term: student -> trait -> 1..5."""
    rows = await tx.session.execute(
        select(ConductRating.student_id, ConductRating.trait, ConductRating.rating).where(
            ConductRating.term_id == term_id, ConductRating.student_id.in_(student_ids)
        )
    )
    found: dict[UUID, dict[str, int]] = {}
    for student_id, trait, rating in rows.all():
        found.setdefault(student_id, {})[trait] = rating
    return found


async def rate(
    tx: Tx, options: ReportOptions, student_id: UUID, term_id: UUID, given: Mapping[str, int | None]
) -> dict[str, int | None]:
    """Write ratings of one student; null removes one. Returns what stood there before.

    Units:  ratings 1 (poor) to 5 (excellent). Errors: invalid_input (a trait the school does not rate).
    """
    known = {trait.casefold(): trait for trait in (*options.conduct, *options.skills)}
    unknown = [trait for trait in given if trait.casefold() not in known]
    if unknown:
        raise InvalidInput(f"The school does not rate “{unknown[0]}”. It rates {', '.join(known.values())}.")
    before = (await ratings_of(tx, [student_id], term_id)).get(student_id, {})
    named = {known[trait.casefold()]: rating for trait, rating in given.items()}
    kept = [
        {"id": new_id(), "school_id": tx.school_id, "student_id": student_id, "term_id": term_id, "trait": trait, "rating": rating}
        for trait, rating in named.items() if rating is not None
    ]  # fmt: skip
    if kept:
        statement = insert(ConductRating)
        await tx.session.execute(
            statement.on_conflict_do_update(
                index_elements=["student_id", "term_id", "trait"], set_={"rating": statement.excluded.rating}
            ),
            kept,
        )
    removed = [trait for trait, rating in named.items() if rating is None]
    if removed:
        await tx.session.execute(
            delete(ConductRating).where(
                ConductRating.student_id == student_id, ConductRating.term_id == term_id,
                ConductRating.trait.in_(removed),
            )
        )  # fmt: skip
    return {trait: before.get(trait) for trait in named}
