"""Sessions (school years), their terms, and holidays."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import NotVisible
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx


class AcademicSession(SchoolRow, Base):
    __tablename__ = "sessions"

    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]

    __table_args__ = (UniqueConstraint("school_id", "name"), CheckConstraint("starts_on < ends_on", name="order"))


class Term(SchoolRow, Base):
    __tablename__ = "terms"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    number: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    closed: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("session_id", "number"),
        CheckConstraint("starts_on < ends_on", name="order"),
        CheckConstraint("number BETWEEN 1 AND 6", name="number"),
    )


class Holiday(SchoolRow, Base):
    __tablename__ = "holidays"

    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]


async def current_term(tx: Tx) -> Term:
    """The term today falls in, or the last one that began (in a holiday)."""
    term = await tx.session.scalar(
        select(Term).where(Term.starts_on <= tx.today).order_by(Term.starts_on.desc()).limit(1)
    )
    if term is None:
        raise NotVisible("The school has no term that has begun: add its calendar first.")
    return term


async def terms_in_order(tx: Tx) -> list[Term]:
    """Every term of the school, oldest first."""
    return list(await tx.session.scalars(select(Term).order_by(Term.starts_on)))


async def coming_holidays(tx: Tx, most: int = 3) -> list[Holiday]:
    """The holidays of today and after, the next first."""
    query = select(Holiday).where(Holiday.ends_on >= tx.today).order_by(Holiday.starts_on).limit(most)
    return list(await tx.session.scalars(query))


async def next_term(tx: Tx) -> Term | None:
    """The term that begins after today, when the calendar has one."""
    return await tx.session.scalar(select(Term).where(Term.starts_on > tx.today).order_by(Term.starts_on).limit(1))


async def term_label(tx: Tx, term: Term) -> str:
    """For people: "First Term 2026/2027"."""
    session = await tx.session.get_one(AcademicSession, term.session_id)
    return f"{term.name} {session.name}"
