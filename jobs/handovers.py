"""A guardian wants a person: everybody who answers the inbox is told, in the program and in Slack."""

from functools import partial

from sqlalchemy import select

from channels.slack import direct
from jobs.consumers import Envelope, on
from runtime.caller import Role
from runtime.transaction import Tx
from school import announcements, deliveries
from school.handovers import Handover, HandoverAsked
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
