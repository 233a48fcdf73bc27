"""How much hosted models may be used: tokens a day for one person and for the school, and what was used."""

from datetime import datetime, time

from sqlalchemy import BigInteger, cast, func, select

from runtime.caller import Caller
from runtime.transaction import Tx, transaction
from school import schools
from school.conversations import Conversation, Turn

USED_UP = "Today's allowance for language models is used up, so the built-in planner answered."
PER_PERSON, PER_SCHOOL = 300_000, 5_000_000
"""Tokens a day, unless the school's options `tokens_per_person` and `tokens_per_school` say otherwise."""


async def left(caller: Caller) -> bool:
    """Whether this caller may use a hosted model now."""
    async with transaction(caller, read_only=True) as tx:
        options = (await schools.current(tx)).options
        person, school = await used_today(tx)
        most_person = int(options.get("tokens_per_person", PER_PERSON))
        return person < most_person and school < int(options.get("tokens_per_school", PER_SCHOOL))


async def used_today(tx: Tx) -> tuple[int, int]:
    """Tokens used since midnight at the school: by the caller, and by everybody."""
    midnight = datetime.combine(tx.today, time(), tx.zone)
    tokens = func.coalesce(cast(Turn.usage["input"].astext, BigInteger), 0) + func.coalesce(
        cast(Turn.usage["output"].astext, BigInteger), 0
    )
    mine = (Conversation.user_id == tx.caller.user_id) | (
        Conversation.user_id.is_(None) & (Conversation.person_id == tx.caller.person_id)
    )
    row = await tx.session.execute(
        select(func.coalesce(func.sum(tokens).filter(mine), 0), func.coalesce(func.sum(tokens), 0))
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .where(Turn.created_at >= midnight, Turn.model.is_not(None), Turn.model.not_in(("offline-planner", "approval")))
    )
    person, school = row.one()
    return int(person), int(school)
