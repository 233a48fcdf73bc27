"""The language a person is written to in: kept on their record, used by every template and fixed sentence."""

from uuid import UUID

from runtime.errors import NotVisible
from runtime.transaction import Tx
from school.people import Person
from school.permissions import Permission
from school.phrases import LANGUAGES

NAMES = {name: code for code, name in LANGUAGES.items()}
"""The name people use -> code."""


async def access_person(tx: Tx, person_id: UUID | None) -> Person:
    """The person whose language is meant: the caller, or somebody else for who keeps the records.

    Errors: not_visible (a sign-in without a person), not_allowed.
    """
    chosen = person_id or tx.caller.person_id
    if chosen is None:
        raise NotVisible("This sign-in belongs to no person of the school, so it has no language.")
    own = chosen == tx.caller.person_id
    tx.require(Permission.NOTIFICATIONS_WRITE if own else Permission.STUDENTS_WRITE)
    return await tx.session.get_one(Person, chosen, with_for_update=not tx.read_only)


async def keep(tx: Tx, person_id: UUID | None, code: str) -> str:
    """Write to a person in a language from now on; gives the code of the one before."""
    person = await access_person(tx, person_id)
    before, person.language = person.language, code
    return before
