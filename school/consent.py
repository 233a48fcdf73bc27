"""STOP, START and HELP: what an address said about being written to. Kept apart from preferences, honoured at once."""

from collections.abc import Mapping
from enum import StrEnum
from typing import cast

from sqlalchemy import Table, select, update
from sqlalchemy.dialects.postgresql import insert

from runtime.ids import new_id
from runtime.transaction import Tx
from school.folding import fold
from school.notifications import Channel, OptOut

_WORDS = {
    "stop": {
        "stop", "stopall", "stop all", "stop it", "stop sms", "stop messages", "stop these messages", "please stop", "stop please",
        "abeg stop", "unsubscribe", "end", "quit", "optout", "opt out", "revoke", "remove me", "no more messages", "arret",
        "arreter", "desabonner", "baja", "parar", "duro", "tsaya", "kwusi", "simama",
    },
    "start": {"start", "start again", "restart", "unstop", "subscribe", "optin", "opt in", "resume", "reprendre", "bere", "fara"},
    "help": {"help", "help me", "info", "aide", "iranlowo", "taimako", "msaada"},
}  # fmt: skip
"""What networks ask to be honoured, and what people write, in English, Pidgin, French, Spanish, Yoruba, Hausa, Igbo and Swahili.
CANCEL is none: to an assistant it means the matter in hand."""

_TONGUES = {
    "fr": {"arret", "arreter", "desabonner", "reprendre", "aide"}, "yo": {"duro", "bere", "iranlowo"},
    "ha": {"tsaya", "fara", "taimako"}, "ig": {"kwusi"}, "pcm": {"abeg stop"},
}  # fmt: skip
"""Language -> the keywords that are its own."""

_INSERT = insert(cast(Table, OptOut.__table__))
_STOP = _INSERT.on_conflict_do_update(
    index_elements=["school_id", "channel", "address"],
    set_={"lifted_at": None, "said": _INSERT.excluded.said, "created_at": _INSERT.excluded.created_at},
)


class Keyword(StrEnum):
    STOP = "stop"
    START = "start"
    HELP = "help"


def keyword(text: str) -> Keyword | None:
    """The keyword a whole message is, in any case and with punctuation around it; a sentence that holds one is none."""
    plain = fold(text)
    return next((Keyword(name) for name, words in _WORDS.items() if plain in words), None)


def tongue(text: str) -> str | None:
    """The language a keyword was said in, where only one has that word."""
    plain = fold(text)
    return next((language for language, words in _TONGUES.items() if plain in words), None)


async def stop(tx: Tx, channel: Channel, address: str, said: str) -> bool:
    """Never write to this address on this channel again until START. False when it had said so before."""
    before = await is_stopped(tx, channel, address)
    await stop_all(tx, {(channel.value, address): said})
    return not before


async def stop_all(tx: Tx, said: Mapping[tuple[str, str], str]) -> None:
    """STOP of several (channel, address) at once, with the words of each."""
    if not said:
        return
    rows = [
        {
            "id": new_id(), "school_id": tx.school_id, "created_at": tx.now, "channel": channel, "address": address,
            "said": words[:40],
        }
        for (channel, address), words in said.items()
    ]  # fmt: skip
    await (await tx.session.connection()).execute(_STOP, rows)


async def start(tx: Tx, channel: Channel, address: str) -> bool:
    """Lift a STOP. False when there was none."""
    lifted = await tx.session.execute(
        update(OptOut)
        .where(OptOut.channel == channel.value, OptOut.address == address, OptOut.lifted_at.is_(None))
        .values(lifted_at=tx.now)
        .returning(OptOut.id)
    )
    return lifted.scalar_one_or_none() is not None


async def is_stopped(tx: Tx, channel: Channel, address: str) -> bool:
    query = select(OptOut.id).where(
        OptOut.channel == channel.value, OptOut.address == address, OptOut.lifted_at.is_(None)
    )
    return await tx.session.scalar(query) is not None
