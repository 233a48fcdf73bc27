"""From queued notifications to the workers and to the bell."""

from functools import partial

from sqlalchemy import select

from channels import web
from jobs import deliver
from jobs.consumers import Envelope, on
from runtime.transaction import Tx
from school.bell import shown
from school.deliveries import NotificationsQueued
from school.delivery_states import DeliveriesRequeued
from school.notifications import Notification


@on(NotificationsQueued)
async def hand_over(tx: Tx, event: NotificationsQueued, envelope: Envelope) -> None:
    """Enqueue the deliveries and publish what the bell shows. What a crash loses here, the sweep enqueues."""
    parts = await deliver.enqueue(tx, event.delivery_ids, event.priority)
    envelope.after_commit.append(partial(deliver.enqueue_all, parts))
    rows = list(
        await tx.session.scalars(
            select(Notification).where(Notification.id.in_(event.notification_ids), Notification.in_app)
        )
    )
    messages = [
        (
            web.person_topic(tx.school_id, row.person_id),
            "notification",
            shown(row).model_dump(mode="json", by_alias=True),
        )
        for row in rows
    ]
    if messages:
        envelope.after_commit.append(partial(web.publish_all, messages))


@on(DeliveriesRequeued)
async def send_again(tx: Tx, event: DeliveriesRequeued, envelope: Envelope) -> None:
    """Enqueue deliveries that were given up and are to be tried once more."""
    parts = await deliver.enqueue(tx, event.delivery_ids, event.priority)
    envelope.after_commit.append(partial(deliver.enqueue_all, parts))
