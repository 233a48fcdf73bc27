"""A concern for a child: the named adults are told at once, in the program, by their channel, and in Slack."""

from functools import partial

from sqlalchemy import select

from channels.slack import direct
from jobs.consumers import Envelope, on
from runtime.transaction import Tx
from school import announcements, deliveries
from school.safeguarding import ConcernRaised
from school.users import User

TITLE = "A child may need help"
TEXT = (
    "A message that came in just now suggests that a child may be in danger. Please read it now: sign in and ask"
    " “Show the safeguarding concerns”. Only the named adults can read it."
)


@on(ConcernRaised)
async def concern_raised(tx: Tx, event: ConcernRaised, envelope: Envelope) -> None:
    """Never with the words of the message: whoever holds the phone could read them."""
    told = await announcements.notice(tx, TITLE, TEXT, person_ids=event.person_ids, urgent=True)
    await deliveries.queue(tx, envelope.id, told)
    users = list(await tx.session.scalars(select(User.id).where(User.person_id.in_(event.person_ids), User.active)))
    asks = [("Show the concerns", "Show the safeguarding concerns")]
    envelope.after_commit.append(partial(direct.tell, tx.school_id, users, f"{TITLE}. {TEXT}", asks))
