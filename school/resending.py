"""Sending again, on another channel, to those an event has not reached. The words stay those of the first message."""

from uuid import UUID

from sqlalchemy import select

from runtime.errors import NotVisible
from runtime.transaction import Tx
from school import audience, deliveries
from school.announcements import Announcement
from school.audience import About, Audience
from school.deliveries import ACCEPTED, NotificationsQueued
from school.notifications import Channel, Delivery, EventType, Notification, Priority
from school.people import Person


async def to_unreached(tx: Tx, event_id: UUID, channel: Channel) -> Announcement:
    """Those not reached, on this channel: who can be, who cannot, with the first message's words as a notice."""
    rows = list(await tx.session.scalars(select(Notification).where(Notification.event_id == event_id)))
    if not rows:
        raise NotVisible("There is no such message.")
    reached = set(
        await tx.session.scalars(
            select(Delivery.person_id).where(Delivery.event_id == event_id, Delivery.state.in_(ACCEPTED))
        )
    )
    waiting = {row.person_id: row for row in rows if row.person_id not in reached}
    people = list(await tx.session.scalars(select(Person).where(Person.id.in_(waiting)).order_by(Person.family_name)))
    students = await audience.students(tx, [UUID(s) for row in waiting.values() for s in row.about_student_ids])
    about: dict[UUID, list[About]] = {
        person_id: [students[UUID(s)] for s in row.about_student_ids if UUID(s) in students]
        for person_id, row in waiting.items()
    }
    found = await audience.reach(tx, people, EventType.NOTICE_SENT, about=about, channel=channel)
    words = {person_id: (row.title, _without_school(row.body)) for person_id, row in waiting.items()}
    return Announcement(
        EventType.NOTICE_SENT, Audience(EventType.NOTICE_SENT, found.included, found.excluded), {}, {},
        Priority(rows[0].priority),
        lambda recipient: {"title": words[recipient.person_id][0], "text": words[recipient.person_id][1]},
    )  # fmt: skip


def _without_school(body: str) -> str:
    """The notice's own wording begins with the school's name: once is enough."""
    return body.partition(": ")[2] or body


async def resend(tx: Tx, event_id: UUID, channel: Channel) -> Announcement:
    """Queue the new deliveries under the same event: unique on person and channel, so pressing twice sends once."""
    announcement = await to_unreached(tx, event_id, channel)
    queued = await deliveries.add_channel(tx, event_id, announcement)
    if queued:
        tx.emit(
            NotificationsQueued(
                event_type=announcement.event_type.value, notification_ids=[], delivery_ids=queued,
                priority=announcement.priority.value,
            )
        )  # fmt: skip
    return announcement
