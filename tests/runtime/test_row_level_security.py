"""Row-level security in raw SQL, as the application role, on every table that has a school."""

import psycopg
import pytest
from psycopg import sql

from runtime.security import ACROSS_SCHOOLS, APP_ROLE, APPEND_ONLY
from school.record import metadata

TABLES = sorted(t.name for t in metadata.sorted_tables if "school_id" in t.columns)


@pytest.fixture
def connect(school, monkeypatch):
    """A connection as the app role, its school (or reach) set for one transaction."""
    import os

    from runtime.database import psycopg_url

    url = psycopg_url(os.environ["DATABASE_URL"]).set(drivername="postgresql").render_as_string(hide_password=False)

    def connected(school_id=None, reach=None):
        connection = psycopg.connect(url)
        if school_id is not None:
            connection.execute("SELECT set_config('app.school_id', %s, true)", (str(school_id),))
        if reach is not None:
            connection.execute("SELECT set_config('app.reach', %s, true)", (reach,))
        return connection

    return connected


def count(connection, table, where="true"):
    query = sql.SQL("SELECT count(*) FROM {} WHERE ").format(sql.Identifier(table)) + sql.SQL(where)
    return connection.execute(query).fetchone()[0]


def test_every_table_is_protected_and_the_app_role_owns_nothing(school, connect):
    with connect() as connection:
        rows = connection.execute(
            "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner)"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r','p')"
        ).fetchall()
        role = connection.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
        me = connection.execute("SELECT current_user").fetchone()[0]
    state = {name: (enabled, forced, owner) for name, enabled, forced, owner in rows}
    assert me == APP_ROLE
    assert role == (False, False)
    for table in [*TABLES, "schools"]:
        enabled, forced, owner = state[table]
        assert enabled and forced, f"{table} is not protected"
        assert owner != APP_ROLE


@pytest.mark.parametrize("table", TABLES)
def test_a_school_sees_and_writes_only_its_own_rows(school, connect, table):
    with connect(school.id) as connection:
        assert count(connection, table, f"school_id IS DISTINCT FROM '{school.id}'") == 0
    with connect() as connection:
        assert count(connection, table) == 0, "no school named, no rows"
    with connect(reach="all") as connection:
        if table not in ACROSS_SCHOOLS:
            assert count(connection, table) == 0, "reach opens only the listed tables"
    with connect(school.id) as connection:
        own = count(connection, table)
        move = sql.SQL("UPDATE {} SET school_id = {}").format(sql.Identifier(table), sql.Literal(str(school.other.id)))
        if (own and table not in APPEND_ONLY) or table in APPEND_ONLY:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(move)


def test_the_seeded_tables_hold_rows_of_both_schools(school, connect):
    """Without rows on both sides the test above would prove nothing."""
    for table in ("people", "students", "users", "score_sheets", "class_arms", "terms"):
        counts = []
        for school_id in (school.id, school.other.id):
            with connect(school_id) as connection:
                counts.append(count(connection, table))
        assert counts[0] > 0, table
        assert counts[1] > 0 or table == "score_sheets", table


def test_inserting_a_row_of_another_school_is_refused(school, connect):
    with connect(school.id) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(
            "INSERT INTO levels (id, school_id, name, position) VALUES (gen_random_uuid(), %s, 'X', 1)",
            (school.other.id,),
        )
    with connect(school.id) as connection:
        connection.execute(
            "INSERT INTO levels (id, school_id, name, position) VALUES (gen_random_uuid(), %s, 'X', 9)", (school.id,)
        )


def test_the_audit_trail_can_only_grow(school, connect):
    with connect(school.id) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DELETE FROM audit_entries")
