"""Deliveries: queued once per event, person and channel; attempted, retried, given up or withdrawn; explained."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, ClassVar, cast
from uuid import UUID

from sqlalchemy import Table, select, update
from sqlalchemy.dialects.postgresql import insert

from runtime.errors import InvalidInput
from runtime.events import Event
from runtime.ids import new_id
from runtime.transaction import Tx
from school import messages, schools
from school.announcements import Announcement
from school.audience import REASON_WORDS, Audience, LeftOut, Recipient
from school.channel_accounts import PushSubscription
from school.messages import Message
from school.notifications import (
    Channel,
    Delivery,
    DeliveryState,
    EventType,
    Notification,
    NotificationPreference,
    Priority,
)
from school.people import PersonKind

RETRY_AFTER_S = (1, 5, 30)
"""Seconds before the second, third and fourth attempt; after that the delivery is dead."""

_NOTIFICATIONS = cast(Table, Notification.__table__)
_DELIVERIES = cast(Table, Delivery.__table__)
WAITING = (DeliveryState.QUEUED.value, DeliveryState.SENDING.value)
ACCEPTED = (DeliveryState.SENT.value, DeliveryState.DELIVERED.value, DeliveryState.READ.value)


class NotificationsQueued(Event):
    """Notifications were written for an event; their deliveries wait for the workers."""

    name: ClassVar[str] = "notifications.queued"
    event_type: str
    notification_ids: list[UUID]
    delivery_ids: list[UUID]
    priority: str


@dataclass(frozen=True, slots=True)
class Queued:
    """What was written: new notifications, deliveries that will be sent, deliveries skipped with a reason."""

    notification_ids: tuple[UUID, ...]
    delivery_ids: tuple[UUID, ...]
    skipped: int


async def queue(tx: Tx, event_id: UUID, announcement: Announcement) -> Queued:
    """Write the notifications and deliveries of an event. Safe to repeat: what is there already stays as it is.

    Shape:  one notification a person; one delivery a person on the chosen channel, or a skipped one with its reason.
    """
    chosen = await messages.words(tx, announcement.event_type)
    later = await _not_before(tx, announcement.priority)
    notifications: list[dict[str, Any]] = []
    deliveries: list[dict[str, Any]] = []
    for person in (*announcement.audience.included, *announcement.audience.excluded):
        if person.person_id is None:
            continue
        message = chosen.write(person, announcement.facts_for(person)) if isinstance(person, Recipient) else None
        bell = _in_app(person)
        shown = chosen.write(bell, announcement.facts_for(bell))
        notifications.append(_notification(tx, event_id, announcement, person, shown))
        if message is None or person.channel is not Channel.IN_APP:
            row = _delivery(tx, event_id, announcement.priority, person, message, later)
            deliveries.append(row | {"extra": _carried(chosen, announcement, person)})
    deliveries.extend(await _pushes(tx, event_id, announcement.priority, notifications, later))
    written = await _write(tx, event_id, notifications, deliveries)
    if written.notification_ids:
        tx.emit(
            NotificationsQueued(
                event_type=announcement.event_type.value, notification_ids=list(written.notification_ids),
                delivery_ids=list(written.delivery_ids), priority=announcement.priority.value,
            )
        )  # fmt: skip
    return written


def _carried(chosen: messages.Words, announcement: Announcement, person: Recipient | LeftOut) -> dict[str, Any]:
    """The file WhatsApp hands over, captioned with the same words without their link."""
    if announcement.document is None or not isinstance(person, Recipient) or person.channel is not Channel.WHATSAPP:
        return {}
    document = announcement.document(person)
    if document is None:
        return {}
    caption = chosen.write(person, {**announcement.facts_for(person), "link": ""}).text
    return {"document": document | {"caption": caption}}


async def _pushes(
    tx: Tx, event_id: UUID, priority: Priority, notifications: list[dict[str, Any]], later: datetime | None
) -> list[dict[str, Any]]:
    """What the bell shows also goes to the browsers of those who let theirs take it."""
    shown = {row["person_id"]: row for row in notifications if row["in_app"]}
    off = select(NotificationPreference.person_id).where(
        NotificationPreference.channel == Channel.PUSH.value, NotificationPreference.enabled.is_(False)
    )
    browsers = select(PushSubscription.person_id).where(
        PushSubscription.person_id.in_(shown), PushSubscription.person_id.not_in(off)
    )
    return [
        {
            "id": new_id(), "school_id": tx.school_id, "event_id": event_id, "person_id": person_id,
            "channel": Channel.PUSH.value, "address": str(person_id), "text": shown[person_id]["body"],
            "subject": shown[person_id]["title"], "segments": 1, "cost": 0, "state": DeliveryState.QUEUED.value,
            "reason": None, "attempts": 0, "extra": {}, "priority": priority.value, "not_before": later,
            "updated_at": tx.now,
        }
        for person_id in set(await tx.session.scalars(browsers))
    ]  # fmt: skip


def _in_app(left: LeftOut | Recipient) -> Recipient:
    assert left.person_id is not None
    name, language = (left.who, "en") if isinstance(left, LeftOut) else (left.name, left.language)
    return Recipient(left.person_id, name, left.kind, language, Channel.IN_APP, None, left.about)


def _notification(
    tx: Tx, event_id: UUID, announcement: Announcement, person: Recipient | LeftOut, shown: Message
) -> dict[str, Any]:
    return {
        "id": new_id(), "school_id": tx.school_id, "event_id": event_id, "event_type": announcement.event_type.value,
        "person_id": person.person_id, "about_student_ids": [str(about.student_id) for about in person.about],
        "title": shown.subject, "body": shown.text, "data": announcement.data,
        "priority": announcement.priority.value, "in_app": person.in_app,
    }  # fmt: skip


def _delivery(
    tx: Tx, event_id: UUID, priority: Priority, person: Recipient | LeftOut, message: Message | None,
    later: datetime | None,
) -> dict[str, Any]:  # fmt: skip
    left = person if isinstance(person, LeftOut) else None
    state = DeliveryState.SKIPPED if left else DeliveryState.QUEUED
    return {
        "id": new_id(), "school_id": tx.school_id, "event_id": event_id, "person_id": person.person_id,
        "channel": (person.channel or Channel.SMS).value, "address": person.address,
        "text": message.text if message else "", "subject": message.subject if message else "",
        "segments": message.segments if message else 0, "cost": message.cost if message else 0,
        "state": state.value, "reason": f"{left.reason.value}: {left.message}" if left else None,
        "attempts": 0, "extra": {}, "priority": priority.value, "not_before": later, "updated_at": tx.now,
    }  # fmt: skip


async def _write(
    tx: Tx, event_id: UUID, notifications: list[dict[str, Any]], deliveries: list[dict[str, Any]]
) -> Queued:
    if not notifications:
        return Queued((), (), 0)
    # Row by row in one round trip: one statement of thousands of rows takes ten times as long to write and to read.
    connection = await tx.session.connection()
    await connection.execute(insert(_NOTIFICATIONS).on_conflict_do_nothing(), notifications)
    rows = await tx.session.execute(
        select(Notification.person_id, Notification.id).where(Notification.event_id == event_id)
    )
    by_person: dict[UUID, UUID] = {row.person_id: row.id for row in rows.all()}
    for delivery in deliveries:
        delivery["notification_id"] = by_person[delivery["person_id"]]
    if deliveries:
        await connection.execute(insert(_DELIVERIES).on_conflict_do_nothing(), deliveries)
    there = set(await tx.session.scalars(select(Delivery.id).where(Delivery.event_id == event_id)))
    written = [row for row in deliveries if row["id"] in there]
    queued = [row["id"] for row in written if row["state"] == DeliveryState.QUEUED.value]
    new_ids = set(by_person.values())
    ordered = [row["id"] for row in notifications if row["id"] in new_ids]
    return Queued(tuple(ordered), tuple(queued), len(written) - len(queued))


async def add_channel(tx: Tx, event_id: UUID, announcement: Announcement) -> list[UUID]:
    """Deliveries on a further channel for people already notified of an event. One unsent there is taken up again."""
    chosen = await messages.words(tx, announcement.event_type)
    later = await _not_before(tx, announcement.priority)
    rows = await tx.session.execute(
        select(Notification.person_id, Notification.id).where(Notification.event_id == event_id)
    )
    notification_of: dict[UUID, UUID] = {row.person_id: row.id for row in rows.all()}
    queued: list[UUID] = []
    for person in announcement.audience.included:
        message = chosen.write(person, announcement.facts_for(person))
        row = _delivery(tx, event_id, announcement.priority, person, message, later)
        row["notification_id"] = notification_of[person.person_id]
        statement = insert(Delivery).values(row)
        unsent = [DeliveryState.SKIPPED.value, DeliveryState.FAILED.value, DeliveryState.DEAD.value]
        fresh = {name: row[name] for name in ("address", "text", "subject", "segments", "cost", "state", "reason")}
        made = await tx.session.execute(
            statement.on_conflict_do_update(
                index_elements=["event_id", "person_id", "channel"],
                set_={**fresh, "attempts": 0, "not_before": later, "updated_at": tx.now},
                where=Delivery.state.in_(unsent),
            ).returning(Delivery.id)
        )
        queued.extend(made.scalars())
    return queued


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to what a person wrote, once per message of theirs (`event_id`)."""

    event_id: UUID
    person_id: UUID
    channel: Channel
    address: str
    text: str
    subject: str = ""
    options: Sequence[tuple[str, str]] = ()
    """Labels to press, and what each says."""
    document: dict[str, str] | None = None
    """The file the text links to: link, filename, caption."""


async def reply(tx: Tx, answer: Reply, claimed: bool = False) -> Delivery | None:
    """Queue an answer and let the workers know; null when it was queued before.

    `claimed`: it is marked as being sent, by whoever calls this, once this is committed; nobody else hears of it.
    """
    chosen = await messages.given(tx, EventType.CHAT_REPLY, {})
    channel = answer.channel
    message = chosen.measure(channel, answer.subject, answer.text)
    person = Recipient(answer.person_id, "", PersonKind.GUARDIAN, "en", channel, answer.address, (), in_app=False)
    announcement = Announcement(EventType.CHAT_REPLY, Audience(EventType.CHAT_REPLY), {}, {}, Priority.URGENT)
    extra: dict[str, Any] = {"asked_for": True, "options": [list(option) for option in answer.options]}
    if answer.document:
        extra["document"] = answer.document
    about = _notification(tx, answer.event_id, announcement, person, message)
    noted = insert(_NOTIFICATIONS).values(about).on_conflict_do_nothing().returning(_NOTIFICATIONS.c.id)
    if (await tx.session.execute(noted)).scalar_one_or_none() is None:
        return None
    row = _delivery(tx, answer.event_id, Priority.URGENT, person, message, None)
    row |= {"extra": extra, "notification_id": about["id"]}
    if claimed:
        row |= {"state": DeliveryState.SENDING.value, "attempts": 1}
    delivery = await tx.session.scalar(insert(Delivery).values(row).on_conflict_do_nothing().returning(Delivery))
    if delivery is not None and not claimed:
        tx.emit(
            NotificationsQueued(
                event_type=EventType.CHAT_REPLY.value, notification_ids=[about["id"]], delivery_ids=[delivery.id],
                priority=Priority.URGENT.value,
            )
        )  # fmt: skip
    return delivery


async def _not_before(tx: Tx, priority: Priority) -> datetime | None:
    """The end of the school's quiet hours if they are on now; urgent messages do not wait."""
    quiet = (await schools.current(tx)).options.get("quiet_hours")
    if not quiet or priority is Priority.URGENT:
        return None
    return quiet_until(tx, time.fromisoformat(quiet["from"]), time.fromisoformat(quiet["to"]))


def quiet_until(tx: Tx, begin: time, end: time) -> datetime | None:
    """When the quiet hours that are on now end; null outside them. They may run over midnight."""
    local = tx.now.astimezone(tx.zone)
    clock = local.time()
    on = begin <= clock < end if begin < end else (clock >= begin or clock < end)
    if not on:
        return None
    day = local.date() if clock < end else local.date() + timedelta(days=1)
    return datetime.combine(day, end, tzinfo=tx.zone)


async def withdraw(tx: Tx, event_ids: Iterable[UUID], reason: str) -> tuple[int, int]:
    """Stop what has not gone out yet. Returns (withdrawn, already sent): a sent text message cannot be recalled."""
    ids = list(event_ids)
    stopped = await tx.session.execute(
        update(Delivery)
        .where(Delivery.event_id.in_(ids), Delivery.state == DeliveryState.QUEUED.value)
        .values(state=DeliveryState.WITHDRAWN.value, reason=reason, updated_at=tx.now)
        .returning(Delivery.id)
    )
    withdrawn = len(stopped.scalars().all())
    sent = len(
        (
            await tx.session.scalars(
                select(Delivery.id).where(
                    Delivery.event_id.in_(ids), Delivery.state.in_([*ACCEPTED, DeliveryState.SENDING.value])
                )
            )
        ).all()
    )
    await tx.session.execute(
        update(Notification).where(Notification.event_id.in_(ids)).values(in_app=False, read_at=tx.now)
    )
    return withdrawn, sent


async def withdraw_about(tx: Tx, event_ids: Iterable[UUID], student_ids: Iterable[UUID], reason: str) -> set[UUID]:
    """Stop unsent messages of these events that concern none but these students. Returns whom one had reached already."""
    ids = list(event_ids)
    students = [str(student) for student in student_ids]
    concerned = select(Notification.id).where(
        Notification.event_id.in_(ids), Notification.about_student_ids.contained_by(students)
    )
    told = await tx.session.scalars(
        select(Delivery.person_id).where(
            Delivery.notification_id.in_(concerned), Delivery.state.in_([*ACCEPTED, DeliveryState.SENDING.value])
        )
    )
    await tx.session.execute(
        update(Delivery)
        .where(Delivery.notification_id.in_(concerned), Delivery.state == DeliveryState.QUEUED.value)
        .values(state=DeliveryState.WITHDRAWN.value, reason=reason, updated_at=tx.now)
        .execution_options(synchronize_session=False)
    )
    return set(told)


async def events_about(tx: Tx, event_type: str, **data: str) -> list[UUID]:
    """The events of a type whose notifications carry these data, such as one sheet's publications, newest first."""
    rows = await tx.session.execute(
        select(Notification.event_id)
        .where(Notification.event_type == event_type, Notification.data.contains(data))
        .group_by(Notification.event_id)
        .order_by(Notification.event_id.desc())
    )
    return list(rows.scalars())


async def sent_of(tx: Tx, event_ids: Sequence[UUID]) -> dict[str, int]:
    """How many deliveries of these events are in each state."""
    rows = await tx.session.execute(select(Delivery.state).where(Delivery.event_id.in_(list(event_ids))))
    counts: dict[str, int] = {}
    for state in rows.scalars():
        counts[state] = counts.get(state, 0) + 1
    return counts


def reason_words(reason: str | None) -> str:
    """A stored reason in words: the code before the colon is for programs."""
    if not reason:
        return ""
    code, _, sentence = reason.partition(": ")
    return sentence or next((words for known, words in REASON_WORDS.items() if known.value == code), code)


def check_state(state: str) -> str:
    """A delivery state by its name. Errors: invalid_input."""
    if state not in {known.value for known in DeliveryState}:
        raise InvalidInput(f"There is no delivery state “{state[:20]}”.", field="state")
    return state
