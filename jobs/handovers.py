"""A guardian wants a person: everybody who answers the inbox is told, in the program and in Slack; then whoever has them."""

from functools import partial

from sqlalchemy import select

from channels.slack import direct
from jobs.consumers import Envelope, on
from runtime.caller import Role
from runtime.transaction import Tx
from school import announcements, deliveries
from school.handovers import Handover, HandoverAsked, HandoverMessage, HandoverWritten
from school.notifications import Channel
from school.people import Person
from school.permissions import GRANTS, Permission
from school.users import User

ROLES = [role.value for role, rights in GRANTS.items() if Permission.INBOX_WRITE in rights and role is not Role.SYSTEM]


@on(HandoverAsked)
async def handover_asked(tx: Tx, event: HandoverAsked, envelope: Envelope) -> None:
    """Tell them who waits; what was written stays in the inbox."""
    row = await tx.session.get(Handover, event.handover_id)
    if row is None:
        return
    guardian = (await tx.session.get_one(Person, row.person_id)).display_name
    users = list(await tx.session.scalars(select(User).where(User.role.in_(ROLES), User.active)))
    people = [user.person_id for user in users if user.person_id is not None]
    text = f"{guardian} wants to talk to a person. Open the inbox to answer."
    told = await announcements.notice(
        tx, "Somebody waits for a person", text, person_ids=people, channel=Channel.IN_APP
    )
    await deliveries.queue(tx, envelope.id, told)
    asks = [
        ("Show", f"Show the inbox conversation with {guardian}"), ("Claim", f"Claim the inbox conversation with {guardian}")
    ]  # fmt: skip
    envelope.after_commit.append(partial(direct.tell, tx.school_id, [user.id for user in users], text, asks))


@on(HandoverWritten)
async def handover_written(tx: Tx, event: HandoverWritten, envelope: Envelope) -> None:
    """Tell whoever has the conversation: in the program that there is more, in their own Slack messages what it is."""
    row = await tx.session.get(Handover, event.handover_id)
    owner = await tx.session.get(User, row.owner_user_id) if row is not None and row.owner_user_id else None
    if row is None or owner is None:
        return
    query = select(HandoverMessage).where(HandoverMessage.handover_id == row.id, HandoverMessage.source == event.source)
    message = await tx.session.scalar(query)
    if message is None:
        return
    if owner.person_id is not None:
        told = await announcements.notice(
            tx, f"{message.author} wrote to you", "Open the inbox to answer.", person_ids=[owner.person_id],
            channel=Channel.IN_APP,
        )  # fmt: skip
        await deliveries.queue(tx, envelope.id, told)
    asks = [
        ("Show", f"Show the inbox conversation with {message.author}"),
        ("Hand back", f"Hand the inbox conversation with {message.author} back to the assistant"),
    ]
    text = f"{message.author}: {message.text}"
    envelope.after_commit.append(partial(direct.tell, tx.school_id, [owner.id], text, asks))
