"""Which person a number is: proved by a code sent to it; marks and fees wait for a PIN when one is set."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from runtime.ids import new_id
from runtime.transaction import Tx
from school.inbox import ContactPoint, InboundMessage
from school.notifications import Channel, Delivery
from school.people import Person

CODE_LIFE = timedelta(minutes=15)
CODE_TRIES = 5
UNLOCKED_FOR = timedelta(minutes=30)
PHONES = (Channel.SMS.value, Channel.WHATSAPP.value)


def hashed(secret: str, salt: UUID) -> str:
    """A short code as it is stored. It lives for minutes or is guarded by a count of tries, so no slow hash is needed."""
    return hashlib.scrypt(secret.encode(), salt=salt.bytes, n=2**12, r=8, p=1).hex()


def _alike(channel: Channel) -> tuple[str, ...]:
    """A number proved on SMS is the same phone on WhatsApp."""
    return PHONES if channel.value in PHONES else (channel.value,)


async def of_address(tx: Tx, channel: Channel, address: str) -> ContactPoint | None:
    """The verified contact point of an address, as `known` finds it."""
    found = await known(tx, channel, address)
    return found[0] if found else None


async def known(tx: Tx, channel: Channel, address: str) -> tuple[ContactPoint, Person] | None:
    """The verified contact point of an address and its person. Where several people share it, the one written to last.

    It counts only while the person's record still has the address: a number that was given up may be a stranger's now.
    """
    column = Person.email if channel is Channel.EMAIL else Person.phone
    query = (
        select(ContactPoint, Person)
        .join(Person, (Person.id == ContactPoint.person_id) & (column == address))
        .where(
            ContactPoint.address == address,
            ContactPoint.channel.in_(_alike(channel)),
            ContactPoint.verified_at.is_not(None),
        )
    )
    rows = await tx.session.execute(query.order_by(ContactPoint.verified_at))
    found = [(point, person) for point, person in rows]
    people = {person.id for _, person in found}
    if len(people) < 2:
        return found[0] if found else None
    last = select(Delivery.person_id).where(Delivery.address == address, Delivery.person_id.in_(people))
    latest = await tx.session.scalar(last.order_by(Delivery.created_at.desc()).limit(1))
    return next((one for one in found if one[1].id == latest), found[0])


def is_unlocked(point: ContactPoint, tx: Tx) -> bool:
    """Whether marks and fees may be shown: no PIN is set, or it was given a short while ago."""
    return point.pin_hash is None or (point.unlocked_until is not None and point.unlocked_until > tx.now)


def unlock(point: ContactPoint, pin: str, tx: Tx) -> bool:
    """Take a PIN. Five wrong ones lock the number for the life of a code."""
    if point.code_tries >= CODE_TRIES and point.code_expires_at is not None and point.code_expires_at > tx.now:
        return False
    if point.pin_hash is not None and hmac.compare_digest(point.pin_hash, hashed(pin, point.person_id)):
        point.unlocked_until, point.code_tries, point.code_expires_at = tx.now + UNLOCKED_FOR, 0, None
        return True
    point.code_tries += 1
    point.code_expires_at = tx.now + CODE_LIFE
    return False


async def owner_on_record(tx: Tx, channel: Channel, address: str) -> Person | None:
    """The one guardian or member of staff whose record has this address; none when several have it."""
    column = Person.email if channel is Channel.EMAIL else Person.phone
    found = list(await tx.session.scalars(select(Person).where(column == address, Person.kind != "student").limit(2)))
    return found[0] if len(found) == 1 else None


async def answered_lately(tx: Tx, channel: Channel, address: str) -> int:
    """How many messages of an unknown number were answered within the last hour."""
    query = select(func.count()).where(
        InboundMessage.school_id == tx.school_id, InboundMessage.channel == channel.value,
        InboundMessage.sender == address, InboundMessage.outcome.startswith("unknown number"),
        InboundMessage.handled_at > tx.now - timedelta(hours=1),
    )  # fmt: skip
    return await tx.session.scalar(query) or 0


async def begin(tx: Tx, person: Person, channel: Channel, address: str) -> str:
    """Make a code to prove an address with; it is sent there and typed back from there."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    point = await _unverified(tx, person.id, channel, address)
    if point is None:
        guard = select(ContactPoint.pin_hash).where(
            ContactPoint.person_id == person.id, ContactPoint.pin_hash.is_not(None)
        )
        point = ContactPoint(
            id=new_id(), school_id=tx.school_id, person_id=person.id, channel=channel.value, address=address,
            pin_hash=await tx.session.scalar(guard.limit(1)),
        )  # fmt: skip
        tx.session.add(point)
    point.code_hash, point.code_expires_at, point.code_tries = hashed(code, person.id), tx.now + CODE_LIFE, 0
    await tx.session.flush()
    return code


async def waiting(tx: Tx, channel: Channel, address: str) -> ContactPoint | None:
    """The contact point that waits for its code to come back."""
    query = select(ContactPoint).where(
        ContactPoint.address == address, ContactPoint.channel == channel.value, ContactPoint.verified_at.is_(None),
        ContactPoint.code_expires_at > tx.now,
    )  # fmt: skip
    return await tx.session.scalar(query.with_for_update())


def prove(point: ContactPoint, code: str, tx: Tx) -> bool:
    """Take a code that came back from an address. Five wrong ones end it."""
    if point.code_hash is None or point.code_tries >= CODE_TRIES:
        return False
    point.code_tries += 1
    if not hmac.compare_digest(point.code_hash, hashed(code, point.person_id)):
        return False
    point.verified_at, point.code_hash, point.code_expires_at, point.code_tries = tx.now, None, None, 0
    return True


async def _unverified(tx: Tx, person_id: UUID, channel: Channel, address: str) -> ContactPoint | None:
    query = select(ContactPoint).where(
        ContactPoint.person_id == person_id, ContactPoint.channel == channel.value, ContactPoint.address == address
    )
    return await tx.session.scalar(query)
