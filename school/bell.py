"""The bell: a person's own notifications, and their choices of channel."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from runtime.caller import Caller
from runtime.errors import InvalidInput, NotAllowed, NotVisible
from runtime.ids import new_id
from runtime.transaction import Tx
from school import audience
from school.audience import ANY
from school.notifications import Channel, EventType, Notification, NotificationPreference
from school.people import Person, PersonKind
from school.permissions import Permission
from school.units import Value

CHOOSABLE = tuple(event for event in EventType if event is not EventType.CHAT_REPLY)


class Shown(Value):
    """A notification as the bell shows it."""

    id: UUID
    event_type: str
    title: str
    body: str
    about_student_ids: list[str]
    data: dict[str, object]
    priority: str
    created_at: AwareDatetime
    read_at: AwareDatetime | None


class Page(Value):
    items: list[Shown]
    page: int
    limit: int
    total: int
    unread: int


class Preference(Value):
    """One choice: whether a kind of event comes on a channel. `chosen` is false while the school's default stands."""

    event_type: str
    channel: str
    enabled: bool
    chosen: bool = False


def shown(row: Notification) -> Shown:
    return Shown(
        id=row.id, event_type=row.event_type, title=row.title, body=row.body, about_student_ids=row.about_student_ids,
        data=row.data, priority=row.priority, created_at=row.created_at, read_at=row.read_at,
    )  # fmt: skip


def check_owner(caller: Caller) -> UUID:
    """The person whose bell this is. Errors: not_allowed, not_visible (a sign-in without a person)."""
    if not caller.may(Permission.NOTIFICATIONS_READ):
        raise NotAllowed("You are not allowed to read notifications.")
    if caller.person_id is None:
        raise NotVisible("This sign-in belongs to no person of the school, so it has no notifications.")
    return caller.person_id


def _person(tx: Tx) -> UUID:
    tx.require(Permission.NOTIFICATIONS_READ)
    return check_owner(tx.caller)


async def page(tx: Tx, number: int = 1, limit: int = 20, unread_only: bool = False) -> Page:
    """A page of the caller's notifications, newest first."""
    mine = [Notification.person_id == _person(tx), Notification.in_app]
    unread = await tx.session.scalar(select(func.count()).where(*mine, Notification.read_at.is_(None)))
    if unread_only:
        mine.append(Notification.read_at.is_(None))
    total = await tx.session.scalar(select(func.count()).where(*mine))
    query = select(Notification).where(*mine).order_by(Notification.id.desc()).limit(limit).offset((number - 1) * limit)
    items = [shown(row) for row in await tx.session.scalars(query)]
    return Page(items=items, page=number, limit=limit, total=total or 0, unread=unread or 0)


OVERLAP_MS = 3000
"""A notification made earlier may be committed later: a reader that goes on from an id looks this far back as well."""


async def since(tx: Tx, last: UUID, limit: int = 200) -> list[Shown]:
    """The caller's notifications after one they have, oldest first; the last few before it come again."""
    back = UUID(int=max((last.int >> 80) - OVERLAP_MS, 0) << 80)
    query = select(Notification).where(
        Notification.person_id == _person(tx), Notification.in_app, Notification.id > back, Notification.id != last
    )
    rows = list(await tx.session.scalars(query.order_by(Notification.id.desc()).limit(limit)))
    return [shown(row) for row in reversed(rows)]


async def kept_since(tx: Tx, people: Iterable[UUID], since: datetime, limit: int = 5000) -> list[tuple[UUID, Shown]]:
    """What was put into these people's bells since a moment, oldest first. For the program itself, not for a caller."""
    query = select(Notification).where(
        Notification.person_id.in_(list(people)), Notification.in_app, Notification.created_at > since
    )
    rows = await tx.session.scalars(query.order_by(Notification.id.desc()).limit(limit))
    return [(row.person_id, shown(row)) for row in reversed(list(rows))]


async def unread_count(tx: Tx) -> int:
    mine = (Notification.person_id == _person(tx), Notification.in_app, Notification.read_at.is_(None))
    return await tx.session.scalar(select(func.count()).where(*mine)) or 0


async def read(tx: Tx, notification_id: UUID) -> Shown:
    """Mark one of the caller's notifications as read. Errors: not_visible."""
    tx.require(Permission.NOTIFICATIONS_WRITE)
    row = await tx.session.get(Notification, notification_id, with_for_update=True)
    if row is None or row.person_id != _person(tx) or not row.in_app:
        raise NotVisible("There is no such notification.")
    row.read_at = row.read_at or tx.now
    return shown(row)


async def read_all(tx: Tx) -> int:
    """Mark all of the caller's notifications as read. Returns how many were unread."""
    tx.require(Permission.NOTIFICATIONS_WRITE)
    result = await tx.session.execute(
        update(Notification)
        .where(Notification.person_id == _person(tx), Notification.in_app, Notification.read_at.is_(None))
        .values(read_at=tx.now)
        .returning(Notification.id)
    )
    return len(result.scalars().all())


async def preferences(tx: Tx) -> list[Preference]:
    """Every choice the caller has: their own where they made one, otherwise what the school does."""
    person = await tx.session.get_one(Person, _person(tx))
    rows = await tx.session.scalars(select(NotificationPreference).where(NotificationPreference.person_id == person.id))
    own = {(row.event_type, row.channel): row.enabled for row in rows}
    found: list[Preference] = []
    for event in CHOOSABLE:
        order = (await audience.rules(tx, event))[PersonKind(person.kind)]
        for channel in Channel:
            chosen = own.get((event.value, channel.value), own.get((ANY, channel.value)))
            default = channel in order or channel is Channel.IN_APP
            found.append(
                Preference(
                    event_type=event.value, channel=channel.value, enabled=default if chosen is None else chosen,
                    chosen=chosen is not None,
                )
            )  # fmt: skip
    return found


async def prefer(tx: Tx, event_type: str, channel: str, enabled: bool | None) -> bool | None:
    """Keep a choice of the caller (null forgets it). Returns what stood before. Errors: invalid_input."""
    tx.require(Permission.NOTIFICATIONS_WRITE)
    person_id = _person(tx)
    if event_type != ANY and event_type not in {event.value for event in CHOOSABLE}:
        raise InvalidInput(f"There are no messages of type “{event_type[:40]}”.", field="eventType")
    if channel not in {known.value for known in Channel}:
        raise InvalidInput(f"There is no channel “{channel[:20]}”.", field="channel")
    key = (
        NotificationPreference.person_id == person_id,
        NotificationPreference.channel == channel,
        NotificationPreference.event_type == event_type,
    )
    before = await tx.session.scalar(select(NotificationPreference.enabled).where(*key))
    if enabled is None:
        await tx.session.execute(delete(NotificationPreference).where(*key))
        return before
    statement = insert(NotificationPreference).values(
        id=new_id(),
        school_id=tx.school_id,
        person_id=person_id,
        channel=channel,
        event_type=event_type,
        enabled=enabled,
    )
    await tx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["person_id", "channel", "event_type"], set_={"enabled": statement.excluded.enabled}
        )
    )
    return before
