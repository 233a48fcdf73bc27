"""The sandbox: phones on a page. What goes out lands there; what is typed there comes in like a provider's webhook."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime
from redis.exceptions import RedisError
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert

from channels import web
from channels.providers import Accepted, Outgoing
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.transaction import Tx, transaction
from school.channel_accounts import SandboxMessage
from school.notifications import Channel, Delivery
from school.people import Guardianship, Person, PersonKind
from school.units import Value

NAME = "sandbox"
TOPIC = "sandbox"


class PhoneMessage(Value):
    """A message as a phone shows it."""

    id: UUID
    number: str
    direction: str
    channel: str
    subject: str
    text: str
    at: AwareDatetime
    status: str


class Phone(Value):
    """A phone in the sandbox: whose it is, and what came last."""

    number: str
    name: str
    kind: str
    children: list[str]
    unread: int
    last_text: str | None
    last_at: AwareDatetime | None


class SandboxProvider:
    """Takes every message at once and keeps it; a message sent twice is kept once."""

    name = NAME
    per_second: float | None = None

    def __init__(self, school_id: UUID) -> None:
        self.account = f"sandbox:{school_id}"

    async def send(self, message: Outgoing) -> Accepted:
        async with transaction(Caller.system(message.school_id)) as tx:
            row = {
                "id": new_id(), "school_id": message.school_id, "direction": "out", "channel": message.channel.value,
                "number": message.address, "subject": message.subject, "text": message.text, "at": tx.now,
                "key": str(message.key),
            }  # fmt: skip
            made = await tx.session.execute(
                insert(SandboxMessage).values(row).on_conflict_do_nothing().returning(SandboxMessage.id)
            )
            is_new = made.scalar_one_or_none() is not None
        if is_new:
            await _tell(message.school_id, row)
        return Accepted(f"sandbox-{message.key}")

    async def find(self, message: Outgoing) -> Accepted | None:
        async with transaction(Caller.system(message.school_id), read_only=True) as tx:
            query = select(SandboxMessage.id).where(SandboxMessage.key == str(message.key))
            found = await tx.session.scalar(query)
        return Accepted(f"sandbox-{message.key}") if found else None


async def _tell(school_id: UUID, row: dict[str, Any]) -> None:
    shown = PhoneMessage(
        id=row["id"], number=row["number"], direction=row["direction"], channel=row["channel"], subject=row["subject"],
        text=row["text"], at=row["at"], status="delivered" if row["direction"] == "out" else "received",
    )  # fmt: skip
    with suppress(RedisError, OSError):
        await web.publish(web.school_topic(school_id, TOPIC), "message", shown.model_dump(mode="json", by_alias=True))


async def typed(tx: Tx, number: str, text: str, channel: Channel, key: str) -> PhoneMessage | None:
    """Keep what was typed on a phone, once; None when this key came before."""
    row = {
        "id": new_id(), "school_id": tx.school_id, "direction": "in", "channel": channel.value, "number": number,
        "subject": "", "text": text, "at": tx.now, "key": key, "seen_at": tx.now,
    }  # fmt: skip
    made = await tx.session.execute(
        insert(SandboxMessage).values(row).on_conflict_do_nothing().returning(SandboxMessage.id)
    )
    return None if made.scalar_one_or_none() is None else _shown(SandboxMessage(**row), "received")


async def tell_typed(school_id: UUID, message: PhoneMessage) -> None:
    """Show a typed message on every open page."""
    with suppress(RedisError, OSError):
        await web.publish(web.school_topic(school_id, TOPIC), "message", message.model_dump(mode="json", by_alias=True))


def _shown(row: SandboxMessage, status: str) -> PhoneMessage:
    return PhoneMessage(
        id=row.id, number=row.number, direction=row.direction, channel=row.channel, subject=row.subject, text=row.text,
        at=row.at, status=status,
    )  # fmt: skip


async def phones(tx: Tx, search: str = "", limit: int = 200) -> list[Phone]:
    """The phones of guardians and staff: those with messages first, the newest on top."""
    last = (
        select(SandboxMessage)
        .ext(distinct_on(SandboxMessage.number))
        .order_by(SandboxMessage.number, SandboxMessage.id.desc())
    )
    latest = {row.number: row for row in await tx.session.scalars(last)}
    unseen = await tx.session.scalars(
        select(SandboxMessage.number).where(SandboxMessage.direction == "out", SandboxMessage.seen_at.is_(None))
    )
    unread: dict[str, int] = {}
    for number in unseen:
        unread[number] = unread.get(number, 0) + 1
    people = list(
        await tx.session.scalars(
            select(Person)
            .where(Person.kind != PersonKind.STUDENT.value, Person.phone.is_not(None) | Person.email.is_not(None))
            .order_by(Person.kind, Person.family_name, Person.given_name)
        )
    )
    children = await _children(tx)
    found: list[Phone] = []
    known: set[str] = set()
    for person in people:
        for number in (person.phone, person.email if person.email in latest else None):
            if number is None or number in known:
                continue
            known.add(number)
            found.append(_phone(number, person, children.get(person.id, []), unread, latest.get(number)))
    found.extend(
        Phone(number=number, name="Unknown number", kind="unknown", children=[], unread=unread.get(number, 0),
              last_text=row.text, last_at=row.at)
        for number, row in latest.items() if number not in known
    )  # fmt: skip
    asked = search.casefold()
    fitting = [p for p in found if asked in f"{p.number} {p.name} {' '.join(p.children)}".casefold()]
    newest = {number: row.id for number, row in latest.items()}
    fitting.sort(key=lambda phone: newest[phone.number].int if phone.number in newest else 0, reverse=True)
    return fitting[:limit]


def _phone(
    number: str, person: Person, children: list[str], unread: dict[str, int], last: SandboxMessage | None
) -> Phone:
    return Phone(
        number=number, name=person.display_name, kind=person.kind, children=children, unread=unread.get(number, 0),
        last_text=last.text if last else None, last_at=last.at if last else None,
    )  # fmt: skip


async def _children(tx: Tx) -> dict[UUID, list[str]]:
    rows = await tx.session.execute(
        select(Guardianship.guardian_id, Person)
        .join(Person, Person.id == Guardianship.student_id)
        .order_by(Person.given_name)
    )
    found: dict[UUID, list[str]] = {}
    for guardian_id, child in rows.all():
        found.setdefault(guardian_id, []).append(child.full_name)
    return found


async def thread(tx: Tx, number: str, limit: int = 200) -> list[PhoneMessage]:
    """The messages on one phone, oldest first."""
    query = select(SandboxMessage).where(SandboxMessage.number == number)
    rows: Sequence[SandboxMessage] = (
        await tx.session.scalars(query.order_by(SandboxMessage.id.desc()).limit(limit))
    ).all()
    keys = [UUID(row.key) for row in rows if row.direction == "out" and len(row.key) == 36]
    rows_of = await tx.session.execute(select(Delivery.id, Delivery.state).where(Delivery.id.in_(keys)))
    states = {str(delivery_id): state for delivery_id, state in rows_of.all()}
    return [
        _shown(row, states.get(row.key, "delivered") if row.direction == "out" else "received")
        for row in reversed(rows)
    ]


async def seen(tx: Tx, number: str) -> None:
    """The phone was looked at."""
    await tx.session.execute(
        update(SandboxMessage)
        .where(SandboxMessage.number == number, SandboxMessage.seen_at.is_(None))
        .values(seen_at=tx.now)
    )
