"""`schoolos migrate` and the preparation that `up` runs first."""

from typing import Annotated

import typer
from sqlalchemy import make_url

from cli.connection import connected
from cli.screen import out
from runtime.embedded_postgres import APP_ROLE, OWNER_ROLE, provision
from runtime.errors import Upstream
from runtime.settings import settings


def add_to(app: typer.Typer) -> None:
    app.command()(migrate)
    app.command(hidden=True)(prepare)


def migrate(
    admin_url: Annotated[
        str | None,
        typer.Option(
            help="Address of a superuser on your PostgreSQL: makes the roles, the database and the extension first.",
            envvar="SCHOOLOS_ADMIN_DATABASE_URL",
        ),
    ] = None,
) -> None:
    """Bring the database to the newest revision."""
    if admin_url is not None:
        _provision(admin_url)
    with connected():
        _upgrade()


def prepare() -> None:
    """Migrate, as the first step of `schoolos up`."""
    _upgrade()


def _provision(admin_url: str) -> None:
    """Make roles, database and extension on an outside server, with the passwords the settings name."""
    chosen = settings()
    if chosen.database_url is None or chosen.migration_database_url is None:
        raise Upstream(
            f"Set DATABASE_URL (role {APP_ROLE}) and SCHOOLOS_MIGRATION_DATABASE_URL (role {OWNER_ROLE}) with the"
            " passwords they should have; --admin-url then makes those roles."
        )
    app, owner = make_url(chosen.database_url), make_url(chosen.migration_database_url)
    for url, role in ((app, APP_ROLE), (owner, OWNER_ROLE)):
        if url.username != role:
            raise Upstream(f"The role must be called {role}, not {url.username}: row-level security names it.")
    database = app.database or "schoolos"
    inside = make_url(admin_url).set(database=database, drivername="postgresql")
    provision(
        make_url(admin_url).set(drivername="postgresql").render_as_string(hide_password=False),
        inside.render_as_string(hide_password=False),
        database,
        passwords={APP_ROLE: app.password, OWNER_ROLE: owner.password},
    )
    out.print(f"Roles, database {database} and extension vector are there")


def _upgrade() -> None:
    from runtime.migrate import current, newest, upgrade

    chosen = settings()
    owner = chosen.migration_database_url
    if owner is not None:
        if current(owner) != newest():
            out.print("[dim]·[/dim] Migrating the database")
            upgrade(owner)
        return
    if chosen.database_url is None:
        raise Upstream("No database is configured: start with `schoolos up`, or set DATABASE_URL.")
    if current(chosen.database_url) != newest():
        raise Upstream(
            f"The database is at revision {current(chosen.database_url)}, this program needs {newest()}. Set"
            " SCHOOLOS_MIGRATION_DATABASE_URL to its owner's address and run `schoolos migrate`."
        )
