"""Migrations: they make what the tables say, run once however many start at once, and say which right is missing."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from cli.checks import State
from cli.checks_servers import UNPROTECTED, checks
from runtime.database import psycopg_url
from runtime.errors import Upstream
from runtime.instance import Servers
from runtime.migrate import current, newest, upgrade
from runtime.security import APPEND_ONLY, policies
from school.record import metadata
from tests import postgres
from tests.program.copy_of_program import ROOT

WRITING = (
    "SELECT has_table_privilege('schoolos_app', %s, 'UPDATE') OR has_table_privilege('schoolos_app', %s, 'DELETE')"
)


@pytest.fixture
def migrated() -> Iterator[postgres.Database]:
    database = postgres.clone_now()
    yield database
    postgres.drop_now(database)


@pytest.fixture
def empty() -> Iterator[postgres.Database]:
    """A database with roles and extension and nothing else."""
    name = f"test_{os.getpid()}_empty"
    server = postgres.server()
    server.provision(name)
    database = postgres.Database(
        name, *(server.url(f"schoolos_{role}", name) for role in ("app", "owner")), server.url("postgres", name)
    )
    yield database
    postgres.drop_now(database)


def test_the_migrated_database_is_what_the_tables_say(migrated: postgres.Database) -> None:
    engine = create_engine(psycopg_url(migrated.owner_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_every_table_of_a_school_is_protected(migrated: postgres.Database) -> None:
    with psycopg.connect(migrated.owner_url) as connection:
        assert connection.execute(UNPROTECTED.encode()).fetchall() == []
        for table in APPEND_ONLY:
            assert connection.execute(WRITING, (table, table)).fetchone() == (False,), table
        owned = connection.execute("SELECT count(*) FROM pg_class WHERE relowner = 'schoolos_app'::regrole").fetchone()
        assert owned == (0,)


POLICIES = (
    "SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2, 3"
)


def test_the_frozen_policies_are_those_the_program_means(migrated: postgres.Database, empty: postgres.Database) -> None:
    engine = create_engine(psycopg_url(empty.owner_url))
    with engine.begin() as connection:
        metadata.create_all(connection)
        for statement in policies(metadata):
            connection.execute(text(statement))
    engine.dispose()
    with psycopg.connect(migrated.owner_url) as frozen, psycopg.connect(empty.owner_url) as meant:
        assert frozen.execute(POLICIES).fetchall() == meant.execute(POLICIES).fetchall()


async def test_copies_that_start_together_migrate_once(empty: postgres.Database) -> None:
    await asyncio.gather(*(asyncio.to_thread(upgrade, empty.owner_url) for _ in range(3)))
    assert current(empty.owner_url) == newest()
    upgrade(empty.owner_url)
    assert current(empty.app_url) == newest()


def test_a_missing_right_is_named(empty: postgres.Database) -> None:
    with pytest.raises(Upstream, match="--admin-url"):
        upgrade(empty.app_url)
    upgrade(empty.owner_url)


def test_an_outside_server_is_prepared_by_one_command(tmp_path: Path) -> None:
    name, server = f"test_{os.getpid()}_outside", postgres.server()
    variables = os.environ | {
        "DATABASE_URL": server.url("schoolos_app", name).replace("schoolos_app@", "schoolos_app:one@"),
        "SCHOOLOS_MIGRATION_DATABASE_URL": server.url("schoolos_owner", name).replace("owner@", "owner:two@"),
        "REDIS_URL": postgres.valkey_url(), "SCHOOLOS_DATA_DIR": str(tmp_path), "NO_COLOR": "1",
    }  # fmt: skip

    def schoolos(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            env=variables, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    try:
        before = schoolos("migrate")
        assert (before.returncode, "does not answer" in before.stderr) == (1, True)
        made = schoolos("migrate", "--admin-url", server.url("postgres", "postgres"))
        assert made.returncode == 0, made.stderr
        checked = schoolos("doctor", "--servers")
        assert checked.returncode == 0, checked.stdout
    finally:
        postgres.drop_now(postgres.Database(name, "", "", ""))


def test_a_role_that_bypasses_row_level_security_is_found(migrated: postgres.Database) -> None:
    role, server = f"bypassing_{os.getpid()}", postgres.server()
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
        admin.execute(f"CREATE ROLE {role} LOGIN BYPASSRLS IN ROLE schoolos_app".encode())
        try:
            findings = {check.__name__: check() for check in checks(_servers(server.url(role, migrated.name)))}
        finally:
            admin.execute(f"DROP ROLE {role}".encode())
    assert findings["application_role"].state is State.WRONG
    assert "can bypass row-level security" in findings["application_role"].found
    good = {check.__name__: check() for check in checks(_servers(migrated.app_url))}
    assert good["application_role"].state is State.FINE


def _servers(app_url: str) -> Servers:
    return Servers(database_url=app_url, migration_database_url=None, redis_url=postgres.valkey_url())
