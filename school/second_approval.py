"""Which actions the school wants a second person to approve."""

from runtime.transaction import Tx
from school import schools
from school.permissions import Permission

OPTION = "second_person"


async def second_approval(tx: Tx) -> list[str]:
    """The names of these actions."""
    return sorted((await schools.current(tx)).options.get(OPTION, []))


async def set_second_approval(tx: Tx, names: list[str]) -> list[str]:
    """Keep them. Returns those before."""
    tx.require(Permission.SCHOOL_WRITE)
    before = await second_approval(tx)
    school = await schools.current(tx)
    school.options = {**school.options, OPTION: sorted(set(names))}
    await tx.session.flush()
    return before
