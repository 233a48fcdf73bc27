"""One PostgreSQL for every test process on this checkout: started when first needed, stopped by the last to leave.

A template database is migrated once per state of the tables and migrations; each test clones it in a tenth of a second.
"""

import asyncio
import atexit
import fcntl
import hashlib
import os
from collections.abc import Callable
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

import psycopg
from filelock import FileLock
from psycopg import sql

from runtime.embedded_postgres import APP_ROLE, OWNER_ROLE, SUPERUSER, EmbeddedPostgres
from runtime.embedded_valkey import EmbeddedValkey
from runtime.migrate import upgrade

ROOT = Path(__file__).parent.parent
HOME = ROOT / ".schoolos-test"
TEMPLATE = "schoolos_template"
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "300",
}

_counter = count(1)


class Database(NamedTuple):
    """A database of one test, and its address for each role."""

    name: str
    app_url: str
    owner_url: str
    superuser_url: str


@lru_cache(maxsize=1)
def server() -> EmbeddedPostgres:
    """The running server. Each process that uses it holds a shared lock until it ends; the last one stops it."""
    HOME.mkdir(exist_ok=True)
    postgres = EmbeddedPostgres(HOME / "postgres", FAST)
    users = os.open(HOME / "users.lock", os.O_RDWR | os.O_CREAT)
    with FileLock(HOME / "start.lock"):
        first = _try_lock(users, fcntl.LOCK_EX)
        if first or postgres.running() is None or not postgres.answers():
            postgres.start(detached=True)
            postgres.provision("postgres")
            _drop_leftovers(postgres)
        fcntl.flock(users, fcntl.LOCK_SH)
    atexit.register(_leave, postgres, users)
    return postgres


_made: dict[tuple[str, str], str] = {}


def template(name: str = TEMPLATE, key: str = "", build: Callable[[Database], None] | None = None) -> str:
    """The name of a template database, made once per state of the tables, of `key` and of what `build` is made from.

    Without `build` it is an empty, migrated database. `build(database)` fills a clone of that one; it must close its
    connections. `key` is any text that changes when what it builds changes, such as the hash of its source.
    """
    if (name, key) not in _made:
        _made[name, key] = _template(name, key, build)
    return _made[name, key]


def _template(name: str, key: str, build: Callable[[Database], None] | None) -> str:
    state = hashlib.sha256(f"{_tables_hash()}{key}".encode()).hexdigest()[:12]
    full = f"{name}_{state}"
    with FileLock(HOME / f"{name}.lock"), _admin() as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", (full,)).fetchone():
            return full
        _drop_older(admin, name)
        making = f"{full}_making"
        _drop(admin, making)
        if build is None:
            server().provision(making)
            upgrade(_database(making).owner_url)
        else:
            _create(admin, making, template())
            build(_database(making))
        admin.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(full)),
        )
        admin.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(full)))
    return full


async def clone(from_template: str | None = None) -> Database:
    """A fresh database of its own, copied from a template (default: the empty, migrated one)."""
    return await asyncio.to_thread(clone_now, from_template)


def clone_now(from_template: str | None = None) -> Database:
    """The same, for code that is not asynchronous."""
    name = f"test_{os.getpid()}_{next(_counter)}"
    source = from_template or template()
    with _admin() as admin:
        _create(admin, name, source)
    return _database(name)


async def drop(database: Database) -> None:
    """Throw a test's database away, with whatever is still connected to it."""
    await asyncio.to_thread(drop_now, database)


def drop_now(database: Database) -> None:
    with _admin() as admin:
        _drop(admin, database.name)


@lru_cache(maxsize=1)
def valkey_url() -> str:
    """The Valkey of this test process; it keeps nothing."""
    valkey = EmbeddedValkey(HOME / f"valkey-{os.getpid()}", persist=False)
    valkey.start()
    atexit.register(_discard, valkey)
    return valkey.url


def _database(name: str) -> Database:
    return Database(name, *(server().url(role, name) for role in (APP_ROLE, OWNER_ROLE, SUPERUSER)))


def _admin() -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(server().url(SUPERUSER, "postgres"), autocommit=True)


def _create(admin: psycopg.Connection[tuple[object, ...]], name: str, source: str) -> None:
    admin.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY wal_log OWNER {}").format(
            sql.Identifier(name), sql.Identifier(source), sql.Identifier(OWNER_ROLE)
        )
    )


def _drop(admin: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _drop_older(admin: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    pattern = f"^{name}_[0-9a-f]{{12}}$"
    for (old,) in admin.execute("SELECT datname FROM pg_database WHERE datname ~ %s", (pattern,)).fetchall():
        admin.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(sql.Identifier(str(old))))
        _drop(admin, str(old))


def _drop_leftovers(postgres: EmbeddedPostgres) -> None:
    """Databases of test processes that were killed."""
    with psycopg.connect(postgres.url(SUPERUSER, "postgres"), autocommit=True) as admin:
        for (left,) in admin.execute("SELECT datname FROM pg_database WHERE datname ~ '^test_[0-9]'").fetchall():
            _drop(admin, str(left))


def _tables_hash() -> str:
    """The state of everything that shapes the schema: modules with tables, security, migrations."""
    digest = hashlib.sha256()
    shaping = [ROOT / "runtime" / name for name in ("table.py", "security.py", "migrate.py", "embedded_postgres.py")]
    for path in sorted(
        [*shaping, *(p for folder in ("runtime", "school", "knowledge") for p in (ROOT / folder).rglob("*.py"))]
    ):
        source = path.read_bytes()
        if path in shaping or b"__tablename__" in source or "migrations" in path.parts:
            digest.update(source)
    return digest.hexdigest()


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _leave(postgres: EmbeddedPostgres, users: int) -> None:
    with FileLock(HOME / "start.lock"):
        if _try_lock(users, fcntl.LOCK_EX):
            postgres.stop_running()
        os.close(users)


def _discard(valkey: EmbeddedValkey) -> None:
    valkey.stop()
    for path in valkey.directory.iterdir():
        path.unlink()
    valkey.directory.rmdir()
