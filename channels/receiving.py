"""Messages into the inbox: one row each, a repeat is dropped, STOP and START count at once. A worker answers later.

Webhooks that come together share one transaction, and each is acknowledged after its commit: a burst costs a few commits,
not one a message.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert

from runtime.ids import new_id
from runtime.together import Together
from runtime.transaction import Tx
from school import consent
from school.consent import Keyword
from school.inbox import InboundMessage, MessagesReceived
from school.notifications import Channel

LONGEST = 4000
MOST_TOGETHER = 100


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as a provider handed it over."""

    provider: str
    message_id: str
    channel: Channel
    sender: str
    recipient: str
    text: str
    media: tuple[str, ...] = ()

    def from_sender(self, sender: str) -> "Incoming":
        """The same message, its sender written our way."""
        return replace(self, sender=sender)


_INBOX = cast(Table, InboundMessage.__table__)
_INSERT = insert(_INBOX).on_conflict_do_nothing().returning(_INBOX.c.id)
"""Run with a list of rows it is compiled once; with the rows inside, anew for every number of them."""


async def receive(tx: Tx, incoming: Incoming) -> UUID | None:
    """Put one message into the inbox and let the workers know; null when it came before."""
    return (await receive_all(tx, [incoming]))[0]


async def receive_all(tx: Tx, together: Sequence[Incoming]) -> list[UUID | None]:
    """Put messages into the inbox and let the workers know: the id of each, null for one that came before."""
    ids = [new_id() for _ in together]
    rows = [
        {
            "id": identifier, "school_id": tx.school_id, "created_at": tx.now, "provider": one.provider,
            "provider_message_id": one.message_id, "channel": one.channel.value, "sender": one.sender,
            "recipient": one.recipient, "text": one.text[:LONGEST].replace("\x00", ""), "media": list(one.media),
        }
        for identifier, one in zip(ids, together, strict=True)
    ]  # fmt: skip
    connection = await tx.session.connection()
    new = set((await connection.execute(_INSERT, rows)).scalars())
    words: dict[tuple[str, str], tuple[Keyword, str]] = {}
    for identifier, one in zip(ids, together, strict=True):
        if identifier in new:
            word = consent.keyword(one.text)
            if word is Keyword.STOP or word is Keyword.START:
                words[one.channel.value, one.sender] = (word, one.text)
    if new:
        tx.emit(MessagesReceived(message_ids=[identifier for identifier in ids if identifier in new]))
    await consent.stop_all(tx, {where: said for where, (word, said) in words.items() if word is Keyword.STOP})
    for (channel, sender), (word, _) in words.items():
        if word is Keyword.START:
            await consent.start(tx, Channel(channel), sender)
    return [identifier if identifier in new else None for identifier in ids]


async def keep(school_id: UUID, incoming: Incoming) -> None:
    """Put a webhook's message into the inbox; returns once it is committed, together with others that came meanwhile."""
    await _inbox.add(school_id, incoming)


async def _write(tx: Tx, together: Sequence[Incoming]) -> None:
    await receive_all(tx, together)


_inbox = Together(_write, most=MOST_TOGETHER)
