"""The next channel: when a message surely did not go out on one, it goes out on the following one, once.

It is not for messages that may have arrived, nor for people who said STOP: that is not answered on another channel.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from runtime.ids import new_id
from runtime.transaction import Tx
from school import audience, messages
from school.audience import CHANNEL_WORDS, Recipient
from school.deliveries import NotificationsQueued
from school.messages import LONGEST, Message
from school.notifications import Channel, Delivery, DeliveryState, EventType, Notification
from school.people import Person

INSTEAD = "instead"
"""In `extra` of a message that failed: the id of the one that was sent instead of it."""

OVER = (DeliveryState.FAILED.value, DeliveryState.DEAD.value)
FROM = (Channel.WHATSAPP.value, Channel.SMS.value, Channel.EMAIL.value)


async def send_instead(tx: Tx, delivery_ids: Sequence[UUID]) -> list[UUID]:
    """Queue each of these failed messages on its person's next channel, if there is one. Safe to repeat."""
    if not delivery_ids:
        return []
    rows = await tx.session.execute(
        select(Delivery, Notification, Person)
        .join(Notification, Notification.id == Delivery.notification_id)
        .join(Person, Person.id == Delivery.person_id)
        .where(Delivery.id.in_(list(delivery_ids)), Delivery.state.in_(OVER), Delivery.channel.in_(FROM))
        .where(Notification.event_type != EventType.CHAT_REPLY.value)
        .with_for_update(of=Delivery)
        .execution_options(populate_existing=True)
    )
    queued: dict[str, list[UUID]] = {}
    for failed, notification, person in rows.all():
        if INSTEAD in failed.extra:
            continue
        made = await _queue(tx, failed, notification, person)
        if made is not None:
            queued.setdefault(failed.priority, []).append(made)
    for priority, ids in queued.items():
        tx.emit(NotificationsQueued(event_type="fallback", notification_ids=[], delivery_ids=ids, priority=priority))
    return [each for ids in queued.values() for each in ids]


async def _queue(tx: Tx, failed: Delivery, notification: Notification, person: Person) -> UUID | None:
    event = EventType(notification.event_type)
    used = await _used(tx, failed)
    about = await audience.students(tx, [UUID(student) for student in notification.about_student_ids])
    for channel in await audience.order_of(tx, person, event):
        if channel in used:
            continue
        found = await audience.reach(tx, [person], event, about={person.id: list(about.values())}, channel=channel)
        if not found.included or await _told_there(tx, failed, found.included[0]):
            continue
        to = found.included[0]
        message = await _words(tx, event, to.channel, failed, notification)
        made = await tx.session.scalar(
            insert(Delivery)
            .values(
                id=new_id(), school_id=tx.school_id, notification_id=notification.id, event_id=failed.event_id,
                person_id=person.id, channel=to.channel.value, address=to.address, text=message.text,
                subject=message.subject, segments=message.segments, cost=message.cost, priority=failed.priority,
                state=DeliveryState.QUEUED.value, attempts=0, extra={}, updated_at=tx.now, not_before=None,
            )
            .on_conflict_do_nothing()
            .returning(Delivery.id)
        )  # fmt: skip
        if made is not None:
            why = f"{failed.reason or 'not sent'}; sent by {CHANNEL_WORDS[to.channel]} instead"
            failed.state, failed.reason = DeliveryState.FAILED.value, why[:300]
            failed.extra = {**failed.extra, INSTEAD: str(made)}
            await tx.session.flush()
            return made
    return None


async def _used(tx: Tx, failed: Delivery) -> set[Channel]:
    """The channels this person was, or is being, told of the event on."""
    rows = await tx.session.scalars(
        select(Delivery.channel).where(Delivery.event_id == failed.event_id, Delivery.person_id == failed.person_id)
    )
    return {Channel(channel) for channel in rows}


async def _told_there(tx: Tx, failed: Delivery, to: Recipient) -> bool:
    """Whether somebody else with this address is told of the event there already."""
    query = select(Delivery.id).where(
        Delivery.event_id == failed.event_id, Delivery.channel == to.channel.value, Delivery.address == to.address,
        Delivery.state.not_in([*OVER, DeliveryState.SKIPPED.value, DeliveryState.WITHDRAWN.value]),
    )  # fmt: skip
    return await tx.session.scalar(query.limit(1)) is not None


async def _words(
    tx: Tx, event: EventType, channel: Channel, failed: Delivery, notification: Notification
) -> Message:  # fmt: skip
    """The words of the message that failed; an e-mail's are too long for a phone, the bell's are not."""
    text = notification.body if failed.channel == Channel.EMAIL.value else failed.text
    chosen = await messages.words(tx, event)
    return chosen.measure(channel, notification.title, text[: LONGEST[channel]])


async def recall(tx: Tx, arrived: Delivery) -> bool:
    """The message that was given up did arrive: stop the one sent instead of it, if that is still to be stopped."""
    if INSTEAD not in arrived.extra:
        return False
    stopped = await tx.session.execute(
        update(Delivery)
        .where(Delivery.id == UUID(arrived.extra[INSTEAD]), Delivery.state == DeliveryState.QUEUED.value)
        .values(state=DeliveryState.WITHDRAWN.value, reason="the first message arrived after all", updated_at=tx.now)
        .returning(Delivery.id)
    )
    return stopped.scalar_one_or_none() is not None
