"""Migrations: bring a database to the newest revision, as its owner. Run by one process at a time."""

from collections.abc import Generator
from contextlib import contextmanager

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from runtime.database import psycopg_url
from runtime.errors import Upstream
from runtime.security import APP_ROLE

SCRIPTS = "school:migrations"
ONE_AT_A_TIME = 7265410311
"""Key of the advisory lock held while migrating, so that two starting copies take turns."""


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` (its owner's address) to a revision."""
    with _connected(url) as connection:
        configuration = _configuration()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, revision)
        connection.execute(text(f"GRANT SELECT ON alembic_version TO {APP_ROLE}"))
        connection.commit()


def gather_statistics(url: str) -> None:
    """Have PostgreSQL count what the tables at `url` (the owner's address) hold.

    It does so by itself, but only minutes after much was loaded, and its plans are poor until then.
    """
    with _connected(url, lock=False) as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()


def current(url: str) -> str | None:
    """The revision a database is at; None when it has none."""
    with _connected(url, lock=False) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The newest revision this program knows."""
    head = ScriptDirectory.from_config(_configuration()).get_current_head()
    assert head is not None
    return head


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", SCRIPTS)
    configuration.set_main_option("path_separator", "os")
    return configuration


@contextmanager
def _connected(url: str, lock: bool = True) -> Generator[Connection]:
    engine = create_engine(psycopg_url(url))
    try:
        with engine.connect() as connection:
            if lock:
                connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ONE_AT_A_TIME})
                connection.execute(text("SET lock_timeout = '30s'"))
                connection.commit()
            yield connection
    except OperationalError as error:
        raise Upstream(f"The database does not answer: {str(error.orig).strip()}") from error
    except ProgrammingError as error:
        if isinstance(error.orig, psycopg.errors.InsufficientPrivilege):
            raise Upstream(
                f"The role that migrates may not do this ({str(error.orig).strip()}). It must own the database and the"
                " extension `vector` must exist: run `schoolos migrate --admin-url postgresql://<superuser>@...` once."
            ) from error
        raise
    finally:
        engine.dispose()
