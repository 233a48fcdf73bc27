"""Safeguarding: the adults a school named, and messages that suggest harm to a child. Only those adults read them.

Row-level security holds that, too: a concern is written by anybody and read by a named adult alone. Until a school has
named somebody, its heads are the named adults.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import ForeignKey, Index, UniqueConstraint, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from runtime.caller import Role
from runtime.errors import Conflict, NotAllowed, NotVisible
from runtime.events import Event
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school.people import Person
from school.permissions import Permission
from school.units import Value
from school.users import User

LONGEST = 4000
_ME = "NULLIF(current_setting('app.person_id', true), '')::uuid"
READERS = (
    "EXISTS (SELECT 1 FROM safeguarding_adults a WHERE a.person_id = " + _ME + ")"
    " OR (current_setting('app.role', true) = 'head' AND NOT EXISTS (SELECT 1 FROM safeguarding_adults))"
)


class Category(StrEnum):
    VIOLENCE = "violence"
    SEXUAL = "sexual"
    SELF_HARM = "self-harm"
    NEGLECT = "neglect"
    THREAT = "threat"
    OTHER = "other"


class AlreadyNamed(Conflict):
    """This adult is named already."""

    code = "already_named"


class ConcernClosed(Conflict):
    """Somebody closed this concern already."""

    code = "concern_closed"


class ConcernRaised(Event):
    """A message suggests harm to a child; the named adults are to be told at once. Carries no words of it."""

    name: ClassVar[str] = "safeguarding.concern_raised"
    concern_id: UUID
    person_ids: list[UUID]
    door: str


class SafeguardingAdult(SchoolRow, Base):
    """A member of staff the school named for the protection of children."""

    __tablename__ = "safeguarding_adults"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))

    __table_args__ = (UniqueConstraint("school_id", "person_id"),)


class SafeguardingConcern(SchoolRow, Base):
    """What was said, by whom and where, and what the named adults made of it."""

    __tablename__ = "safeguarding_concerns"

    door: Mapped[str]
    address: Mapped[str | None]
    user_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    who: Mapped[str]
    said: Mapped[str]
    category: Mapped[str]
    found_by: Mapped[str]
    turn_id: Mapped[UUID | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    note: Mapped[str | None]

    __table_args__: Any = (
        Index("ix_safeguarding_concerns_open", "school_id", "created_at"),
        {"info": {"readers": READERS}},
    )


class Adult(Value):
    person_id: UUID
    name: str
    named: bool
    """False for a head who stands in until the school names somebody."""


class WelfareConcern(Value):
    id: UUID
    at: AwareDatetime
    who: str
    door: str
    address: str | None
    said: str
    category: str
    closed_at: AwareDatetime | None
    closed_by: str | None
    note: str | None


async def adults(tx: Tx) -> list[Adult]:
    """The named adults, or the heads while there are none."""
    query = select(Person).join(SafeguardingAdult, SafeguardingAdult.person_id == Person.id)
    named = list(await tx.session.scalars(query.order_by(Person.family_name)))
    if named:
        return [Adult(person_id=person.id, name=person.display_name, named=True) for person in named]
    heads = select(Person).join(User, User.person_id == Person.id).where(User.role == Role.HEAD.value, User.active)
    return [
        Adult(person_id=person.id, name=person.display_name, named=False)
        for person in await tx.session.scalars(heads.order_by(Person.family_name))
    ]


async def name(tx: Tx, person_id: UUID) -> Person:
    """Name an adult. Errors: already_named."""
    tx.require(Permission.SAFEGUARDING_WRITE)
    person = await tx.session.get_one(Person, person_id)
    query = select(SafeguardingAdult.id).where(SafeguardingAdult.person_id == person_id)
    if await tx.session.scalar(query) is not None:
        raise AlreadyNamed(f"{person.display_name} is named already.")
    tx.session.add(SafeguardingAdult(id=new_id(), school_id=tx.school_id, created_at=tx.now, person_id=person_id))
    await tx.session.flush()
    return person


async def unname(tx: Tx, person_id: UUID) -> Person:
    """Take an adult's name off the list. Errors: not_visible (not on it)."""
    tx.require(Permission.SAFEGUARDING_WRITE)
    row = await tx.session.scalar(select(SafeguardingAdult).where(SafeguardingAdult.person_id == person_id))
    if row is None:
        raise NotVisible("They are not among the named adults.")
    await tx.session.delete(row)
    return await tx.session.get_one(Person, person_id)


async def raise_concern(
    tx: Tx, said: str, category: str, found_by: str, *, address: str | None = None, turn_id: UUID | None = None
) -> list[Adult]:
    """Write a concern down and have the named adults told. Gives whom."""
    told = await adults(tx)
    identifier = new_id()
    # A plain insert: whoever writes a concern may not read it back.
    await tx.session.execute(
        insert(SafeguardingConcern.__table__).values(  # type: ignore[arg-type]
            id=identifier, school_id=tx.school_id, created_at=tx.now, door=tx.caller.door.value, address=address,
            user_id=tx.caller.user_id, person_id=tx.caller.person_id, who=tx.caller.name or address or "unknown",
            said=said[:LONGEST], category=category, found_by=found_by, turn_id=turn_id,
        )
    )  # fmt: skip
    person_ids = [adult.person_id for adult in told]
    tx.emit(ConcernRaised(concern_id=identifier, person_ids=person_ids, door=tx.caller.door.value))
    return told


async def _check_reader(tx: Tx) -> None:
    if tx.caller.person_id not in {adult.person_id for adult in await adults(tx)}:
        raise NotAllowed("Only the adults the school named for safeguarding can read this.")
    tx.checked = True


async def concerns(tx: Tx, include_closed: bool = False) -> list[WelfareConcern]:
    """The concerns a named adult may read, newest first. Errors: not_allowed."""
    await _check_reader(tx)
    query = select(SafeguardingConcern).order_by(SafeguardingConcern.created_at.desc()).limit(200)
    if not include_closed:
        query = query.where(SafeguardingConcern.closed_at.is_(None))
    return [_shown(row) for row in await tx.session.scalars(query)]


async def access_concern(tx: Tx, concern_id: UUID) -> SafeguardingConcern:
    """An open concern, for a named adult to close. Errors: not_allowed, not_visible, concern_closed."""
    await _check_reader(tx)
    row = await tx.session.get(SafeguardingConcern, concern_id)
    if row is None:
        raise NotVisible("There is no such concern.")
    if row.closed_at is not None:
        raise ConcernClosed(f"{row.closed_by} closed it already.")
    return row


async def close(tx: Tx, concern_id: UUID, note: str) -> WelfareConcern:
    """Close a concern with what was done about it."""
    row = await access_concern(tx, concern_id)
    row.closed_at, row.closed_by, row.note = tx.now, tx.caller.name, note
    await tx.session.flush()
    return _shown(row)


async def reopen(tx: Tx, concern_id: UUID) -> None:
    """Open a concern again."""
    await _check_reader(tx)
    row = await tx.session.get(SafeguardingConcern, concern_id)
    if row is None:
        raise NotVisible("There is no such concern.")
    row.closed_at, row.closed_by, row.note = None, None, None


def _shown(row: SafeguardingConcern) -> WelfareConcern:
    return WelfareConcern(
        id=row.id, at=row.created_at, who=row.who, door=row.door, address=row.address, said=row.said,
        category=row.category, closed_at=row.closed_at, closed_by=row.closed_by, note=row.note,
    )  # fmt: skip
