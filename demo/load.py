"""Put the demo school and its neighbour into the database, once, as the application role."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Table, text

from demo import neighbour, timetable
from demo.documents import shelf
from demo.ids import demo_id
from demo.school import LAGOS, DemoSchool
from runtime.bulk import insert_rows
from runtime.caller import Caller
from runtime.transaction import transaction


async def load() -> bool:
    """Load what is not there yet: each school whole or not at all. False when both were there already."""
    today = datetime.now(LAGOS).date()
    here = await _put("sunbird", lambda: DemoSchool(today).tables())
    beside = await _put(neighbour.SLUG, lambda: neighbour.tables(today))
    if here:
        await shelf.load("sunbird")
        await timetable.load("sunbird")
    return here or beside


async def _put(slug: str, tables: Any) -> bool:
    async with transaction(Caller.system(demo_id(slug))) as tx:
        await tx.session.execute(text("SELECT pg_advisory_xact_lock(hashtext('demo'))"))
        if await tx.session.scalar(text("SELECT 1 FROM schools WHERE id = :id"), {"id": tx.school_id}):
            return False
        loading: Iterable[tuple[Table, list[dict[str, Any]]]] = tables()
        for table, rows in loading:
            await insert_rows(tx.session, table, rows)
    return True
