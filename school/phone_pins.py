"""A person's PIN for their phones: marks and fees asked for from a number wait for it once it is set."""

from uuid import UUID

from sqlalchemy import select, update

from runtime.errors import NotAllowed
from runtime.ids import new_id
from runtime.transaction import Tx
from school.contact_points import PHONES, hashed
from school.inbox import ContactPoint
from school.notifications import Channel
from school.people import Person


class NoPhone(NotAllowed):
    """The person's record has no phone number that a PIN could guard."""

    code = "no_phone"


def _owner(tx: Tx) -> UUID:
    if tx.caller.person_id is None:
        raise NoPhone("This account belongs to no person with a phone.")
    return tx.caller.person_id


async def phone(tx: Tx) -> str | None:
    """The number on the caller's record."""
    person = await tx.session.get(Person, tx.caller.person_id) if tx.caller.person_id else None
    return person.phone if person is not None else None


async def is_set(tx: Tx, person_id: UUID | None = None) -> bool:
    """Whether any number of the caller, or of a person, is guarded."""
    query = select(ContactPoint.id).where(
        ContactPoint.person_id == (person_id or tx.caller.person_id), ContactPoint.pin_hash.is_not(None)
    )
    return await tx.session.scalar(query.limit(1)) is not None


async def choose(tx: Tx, pin: str, person_id: UUID | None = None) -> None:
    """Guard every number of the caller, or of a person, with this PIN, those proved later too. It is kept as a hash.

    Errors: no_phone.
    """
    owner = person_id or _owner(tx)
    number = None if person_id else await phone(tx)
    guarded = (
        update(ContactPoint)
        .where(ContactPoint.person_id == owner, ContactPoint.channel.in_(PHONES))
        .values(pin_hash=hashed(pin, owner), unlocked_until=None, code_tries=0)
        .returning(ContactPoint.id)
    )
    if (await tx.session.scalars(guarded)).first() is not None:
        return
    if number is None:
        raise NoPhone("The school has no phone number of yours. Ask the office to add it.")
    tx.session.add(
        ContactPoint(
            id=new_id(), school_id=tx.school_id, person_id=owner, channel=Channel.SMS.value, address=number,
            pin_hash=hashed(pin, owner),
        )
    )  # fmt: skip
    await tx.session.flush()


async def remove(tx: Tx, person_id: UUID | None = None) -> None:
    """Marks and fees are told to the numbers of the caller, or of a person, without a PIN again."""
    owner = person_id or _owner(tx)
    await tx.session.execute(
        update(ContactPoint).where(ContactPoint.person_id == owner).values(pin_hash=None, unlocked_until=None)
    )
