"""A database that one test after another uses: after each, the tables it wrote to get their rows back.

Copying a database takes a quarter of a second, giving a few tables their rows back a hundredth. A test that did more
than write rows (changed a table, emptied one, left a connection open) gets its database thrown away.
"""

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass

import psycopg

from tests import postgres
from tests.postgres import Database

PATIENCE_S = 3.0
USES = 200
"""Dead rows stay until a vacuum, and there is none here."""
OURS = "relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')"
FEW = 20_000
"""Rows written, from which a copy is the quicker way."""

Connection = psycopg.Connection[tuple[object, ...]]

Rows = tuple[list[str], bytes]
"""A table's columns, and what COPY gave of it."""

_spare: dict[str, list["Reused"]] = defaultdict(list)
_built: dict[str, dict[str, Rows]] = {}


@dataclass
class Reused:
    """A database, a connection beside the tests', and how its tables were when it was copied."""

    database: Database
    template: str
    admin: Connection
    tables: object
    left: int = USES


async def borrow(template: str) -> Reused:
    """A database as the template is: one given back before, or a new copy."""
    return _spare[template].pop() if _spare[template] else await asyncio.to_thread(_copy, template)


async def give_back(used: Reused) -> None:
    """Make it as it was and keep it for the next test, or drop it where that cannot be."""
    used.left -= 1
    if await asyncio.to_thread(_as_built, used):
        _spare[used.template].append(used)
    else:
        used.admin.close()
        await postgres.drop(used.database)


def _copy(template: str) -> Reused:
    database = postgres.clone_now(template)
    admin: Connection = psycopg.connect(database.superuser_url, autocommit=True)
    admin.execute("SET session_replication_role = replica")  # neither triggers nor foreign keys while rows are put back
    if template not in _built:
        tables = _column(
            admin, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        _built[template] = {table: _read(admin, table) for table in tables}
    _start_counting(admin)
    return Reused(database, template, admin, _tables(admin))


def _as_built(used: Reused) -> bool:
    admin = used.admin
    if not used.left or not _alone(admin) or _tables(admin) != used.tables:
        return False
    written = admin.execute(
        "SELECT relid::regclass::text, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables"
        " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
    ).fetchall()
    if sum(int(str(rows)) for _, rows in written) > FEW or any(
        name not in _built[used.template] for name, _ in written
    ):
        return False
    with admin.transaction():
        for table, _ in written:
            _put_back(admin, str(table), _built[used.template][str(table)])
    _start_counting(admin)
    return True


def _read(admin: Connection, table: str) -> Rows:
    columns = _column(
        admin, "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND attgenerated = ''"
        " AND NOT attisdropped ORDER BY attnum", table,
    )  # fmt: skip
    with admin.cursor().copy(_copy_rows(table, columns, "TO STDOUT")) as reading:
        return columns, b"".join(reading)


def _put_back(admin: Connection, table: str, rows: Rows) -> None:
    admin.execute(f"DELETE FROM {table}".encode())
    with admin.cursor().copy(_copy_rows(table, rows[0], "FROM STDIN")) as writing:
        writing.write(rows[1])


def _copy_rows(table: str, columns: list[str], way: str) -> bytes:
    names = ", ".join(f'"{column}"' for column in columns)
    return f"COPY {table} ({names}) {way} (FORMAT binary)".encode()


def _alone(admin: Connection) -> bool:
    """Whether the test's connections have closed: only then are all their writes counted."""
    until = time.monotonic() + PATIENCE_S
    query = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    while admin.execute(query).fetchone():
        if time.monotonic() > until:
            return False
        time.sleep(0.002)
    return True


def _start_counting(admin: Connection) -> None:
    admin.execute("SELECT pg_stat_force_next_flush()")
    admin.execute("SELECT pg_stat_reset()")


def _tables(admin: Connection) -> object:
    """Which tables, indexes and views there are, and which files hold them: new after TRUNCATE and REFRESH."""
    return admin.execute(
        f"SELECT md5(string_agg(oid || ':' || relfilenode, ' ' ORDER BY oid)) FROM pg_class WHERE {OURS}".encode()
    ).fetchone()


def _column(admin: Connection, query: str, *values: str) -> list[str]:
    return [str(row[0]) for row in admin.execute(query.encode(), values).fetchall()]
