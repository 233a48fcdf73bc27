"""Many rows at once, as the application role: COPY into a temporary table, then one INSERT under row-level security.

COPY itself is refused on a table with row-level security; the INSERT keeps every check, key and policy.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from psycopg import AsyncConnection
from psycopg.types.json import Jsonb
from sqlalchemy import Column, Table, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession


async def insert_rows(
    session: AsyncSession,
    table: Table,
    rows: Iterable[Mapping[str, Any]],
    *,
    on_conflict: str = "",
    direct: bool = False,
) -> int:
    """Insert rows, given by column name, and return how many there are now more.

    The names come from the first row; the table's Python-side defaults fill columns it leaves out.
    `on_conflict` is SQL of our own, such as `ON CONFLICT DO NOTHING`. `direct` copies straight into a table that has
    no row-level security (a temporary one).
    """
    listed = rows if isinstance(rows, Sequence) else list(rows)
    if not listed:
        return 0
    given = list(listed[0])
    filled = [column for column in table.columns if column.name in given or column.default is not None]
    names = ", ".join(f'"{column.name}"' for column in filled)
    if direct:
        await _copy(session, f'COPY "{table.name}" ({names}) FROM STDIN', filled, listed)
        return len(listed)
    stage = f"stage_{table.name}"
    await session.execute(text(f'CREATE TEMP TABLE IF NOT EXISTS {stage} (LIKE "{table.name}") ON COMMIT DROP'))
    await session.execute(text(f"TRUNCATE {stage}"))
    await _loosen(session, stage, table)
    await _copy(session, f"COPY {stage} ({names}) FROM STDIN", filled, listed)
    inserted = await session.execute(
        text(f'INSERT INTO "{table.name}" ({names}) SELECT {names} FROM {stage} {on_conflict}')
    )
    await session.execute(text(f"TRUNCATE {stage}"))
    return cast("Any", inserted).rowcount


async def _loosen(session: AsyncSession, stage: str, table: Table) -> None:
    """LIKE copies NOT NULL; the stage holds only some columns, the table itself checks them all."""
    drops = ", ".join(f'ALTER COLUMN "{c.name}" DROP NOT NULL' for c in table.columns if not c.nullable)
    if drops:
        await session.execute(text(f"ALTER TABLE {stage} {drops}"))


async def _copy(
    session: AsyncSession, statement: str, columns: Sequence[Column[Any]], rows: Sequence[Mapping[str, Any]]
) -> None:
    connection = await (await session.connection()).get_raw_connection()
    raw = cast("AsyncConnection[Any]", connection.driver_connection)
    async with raw.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for row in rows:
            await copy.write_row([_value(column, row) for column in columns])


def _value(column: Column[Any], row: Mapping[str, Any]) -> Any:
    if column.name in row:
        value = row[column.name]
    else:
        default = cast("Any", column.default)
        value = default.arg(None) if default.is_callable else default.arg
    return Jsonb(value) if isinstance(column.type, JSONB) and value is not None else value
