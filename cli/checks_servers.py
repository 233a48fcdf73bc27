"""Checks of PostgreSQL and Redis: reachable, new enough, and unable to show one school's rows to another."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

import psycopg
import redis
from sqlalchemy import make_url

from cli.checks import Check, Finding
from runtime.embedded_postgres import APP_ROLE, OWNER_ROLE
from runtime.instance import Servers

OLDEST_POSTGRES = 150000
OLDEST_REDIS = (7, 0)

Query = Callable[[str], list[tuple[Any, ...]]]

UNPROTECTED = """
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'school_id'
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1"""
OWNED = f"""
    SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner = '{APP_ROLE}'::regrole"""


def checks(servers: Servers) -> list[Check]:
    """Every check of these servers, each on its own connection."""
    database = (postgres, vector, migrations, application_role, row_level_security)
    return [
        *(update_wrapper(partial(_with_query, servers.database_url, check), check) for check in database),
        update_wrapper(partial(valkey, servers.redis_url), valkey),
    ]


def postgres(query: Query) -> Finding:
    number, name = query("SELECT current_setting('server_version_num')::int, current_setting('server_version')")[0]
    if number < OLDEST_POSTGRES:
        return Finding.wrong("PostgreSQL", f"{name}", "SchoolOS needs PostgreSQL 15 or newer.")
    return Finding.fine("PostgreSQL", f"{name}")


def vector(query: Query) -> Finding:
    found = query("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
    if not found:
        return Finding.wrong(
            "Extension vector",
            "not in this database",
            "As a superuser: CREATE EXTENSION vector; (or schoolos migrate --admin-url)",
        )
    return Finding.fine("Extension vector", found[0][0])


def migrations(query: Query) -> Finding:
    from runtime.migrate import newest

    known = query("SELECT to_regclass('public.alembic_version') IS NOT NULL")[0][0]
    at = query("SELECT version_num FROM alembic_version")[0][0] if known else "nothing"
    if at != newest():
        return Finding.wrong("Migrations", f"database at {at}, program at {newest()}", "Run `schoolos migrate`.")
    return Finding.fine("Migrations", f"at {at}")


def application_role(query: Query) -> Finding:
    """The role we log in as must not be able to step around row-level security."""
    user, superuser, bypasses = query(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )[0]
    if superuser or bypasses:
        can = "is a superuser" if superuser else "can bypass row-level security"
        return Finding.wrong(
            "Application role",
            f"{user} {can}",
            f"Log in as {APP_ROLE} in DATABASE_URL: ALTER ROLE {APP_ROLE} NOSUPERUSER NOBYPASSRLS;",
        )
    if user != APP_ROLE:
        return Finding.wrong("Application role", f"{user}", f"The policies name {APP_ROLE}: use it in DATABASE_URL.")
    if query(OWNED)[0][0]:
        return Finding.wrong(
            "Application role",
            f"{user} owns tables",
            f"Migrate as {OWNER_ROLE}; REASSIGN OWNED BY {APP_ROLE} TO {OWNER_ROLE};",
        )
    return Finding.fine("Application role", f"{user} cannot bypass row-level security and owns nothing")


def row_level_security(query: Query) -> Finding:
    open_tables = [str(row[0]) for row in query(UNPROTECTED)]
    protected = query("SELECT count(*) FROM pg_class WHERE relforcerowsecurity")[0][0]
    if open_tables:
        return Finding.wrong("Row-level security", f"not forced on {', '.join(open_tables)}", "Run `schoolos migrate`.")
    return Finding.fine("Row-level security", f"forced on {protected} tables")


def valkey(url: str) -> Finding:
    try:
        with redis.Redis.from_url(url, socket_timeout=5, decode_responses=True) as client:
            info: dict[str, Any] = client.info("server")  # pyright: ignore[reportAssignmentType]  # sync client, async-typed
            policy: dict[str, str] = client.config_get("maxmemory-policy")  # pyright: ignore[reportAssignmentType]
    except redis.RedisError as error:
        return Finding.wrong("Redis", str(error), "Start it, or unset REDIS_URL to use the embedded one.")
    name, release = ("Valkey", info["valkey_version"]) if "valkey_version" in info else ("Redis", info["redis_version"])
    if tuple(int(part) for part in release.split(".")[:2]) < OLDEST_REDIS:
        return Finding.wrong(name, release, "SchoolOS needs Redis 7 or Valkey.")
    if policy.get("maxmemory-policy", "noeviction") != "noeviction":
        return Finding.warning(
            name, f"{release} may drop keys ({policy['maxmemory-policy']})", "CONFIG SET maxmemory-policy noeviction"
        )
    return Finding.fine(name, release)


def _with_query(url: str, check: Callable[[Query], Finding]) -> Finding:
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
            return check(lambda statement: connection.execute(statement.encode()).fetchall())
    except psycopg.OperationalError as error:
        return Finding.wrong(
            "PostgreSQL", str(error).strip(), "Start it, or unset DATABASE_URL to use the embedded one."
        )
