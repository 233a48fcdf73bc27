"""A timetable as a file of FET: the whole problem, and its lessons locked where they are."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from runtime.transaction import Tx
from school import timetable_setup, timetables
from school.permissions import Permission
from school.timetables import Timetable
from school.timetabling.fet_export import to_fet


async def fet(tx: Tx, timetable: Timetable) -> bytes:
    """The problem of a timetable for FET, its placed lessons locked; FET makes the same timetable of it at once.

    It holds the wishes and absences of all teachers, so only those who make timetables have it.
    """
    tx.require(Permission.TIMETABLES_WRITE)
    instance = timetables.instance_of(timetable)
    rows = await timetables.lessons_of(tx, timetable)
    held = {row.key for row in rows if row.locked}
    named = instance.model_copy(update={"name": timetable.name})
    text = to_fet(named, placed=timetables.assignments_of(rows), held=held)
    names = await timetable_setup.names(tx)
    called = _apart([*names.teachers.items(), *names.subjects.items(), *names.classes.items()])
    if not called:
        return text.encode()
    known = re.compile("|".join(map(re.escape, called)))
    return known.sub(lambda found: escape(called[found.group()]), text).encode()


def _apart(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What each id is called; two of one name are numbered, since FET knows everything by its name."""
    called: dict[str, str] = {}
    taken: set[str] = set()
    for key, name in named:
        other = next(n for n in (name, *(f"{name} ({k})" for k in range(2, 10_000))) if n not in taken)
        called[key] = other
        taken.add(other)
    return called
