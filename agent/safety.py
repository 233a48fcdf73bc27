"""Before the assistant answers: does the message suggest harm to a child? Then people are told, and it answers with care alone."""

import asyncio
from uuid import UUID

from knowledge import safeguarding
from runtime.caller import Caller
from runtime.transaction import Tx, transaction
from school import care, schools
from school import safeguarding as concerns
from school.people import Person


async def answer(caller: Caller, said: str, *, address: str | None = None, turn_id: UUID | None = None) -> str | None:
    """Null for every other message. Otherwise the concern is written down, the named adults are told, and this is said."""
    found = await asyncio.to_thread(safeguarding.signal, said)
    if found is None:
        return None
    async with transaction(caller) as tx:
        told = await concerns.raise_concern(
            tx, said, found.category.value, found.found_by, address=address, turn_id=turn_id
        )
        school = await schools.current(tx)
        emergency = care.emergency_number(school.country, school.options)
        names = [adult.name for adult in told if adult.person_id != caller.person_id]
        return care.words(await _language(tx, caller), school.name, names, emergency)


async def _language(tx: Tx, caller: Caller) -> str:
    person = await tx.session.get(Person, caller.person_id) if caller.person_id else None
    return person.language if person is not None else "en"
