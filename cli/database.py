"""`schoolos migrate` and `schoolos demo`, and both as the preparation that `up` runs first."""

import asyncio
import subprocess
import sys
from typing import Annotated

import typer
from sqlalchemy import make_url, select

from cli.connection import connected
from cli.screen import out
from runtime import processes
from runtime.embedded_postgres import APP_ROLE, OWNER_ROLE, provision
from runtime.errors import Conflict, Upstream
from runtime.settings import models_dir, settings


def add_to(app: typer.Typer) -> None:
    app.command()(migrate)
    app.command()(demo)
    app.command(hidden=True)(prepare)


def migrate(
    admin_url: Annotated[
        str | None,
        typer.Option(
            help="Address of a superuser on your PostgreSQL: makes the roles, the database and the extension first.",
            envvar="SCHOOLOS_ADMIN_DATABASE_URL",
        ),
    ] = None,
    with_demo: Annotated[
        bool, typer.Option("--demo", help="Then load the demo school, if SCHOOLOS_DEMO allows.")
    ] = False,
) -> None:
    """Bring the database to the newest revision."""
    if admin_url is not None:
        _provision(admin_url)
    with connected():
        _upgrade()
        if with_demo:
            load_demo()


def demo() -> None:
    """Load the demo school into an empty database; print its sign-ins."""
    from demo.sign_ins import SIGN_INS

    with connected():
        _upgrade()
        if not load_demo():
            raise Conflict("The demo school was not loaded: SCHOOLOS_DEMO is off, or the database holds other schools.")
    for sign_in in SIGN_INS:
        out.print(f"{sign_in.role:10}{sign_in.email:26}{sign_in.password}", markup=False)


def prepare() -> None:
    """Migrate, load the demo school and meanwhile train the planner: the first step of `schoolos up`."""
    training = None if any(models_dir().glob("planner-*.pickle")) else _train()
    _upgrade()
    load_demo()
    if training is not None and training.wait() != 0:
        raise Upstream("The offline planner could not be trained; `python -m agent.offline.train` says why.")


def _train() -> "subprocess.Popen[bytes]":
    """Train the planner in a process of its own, so that the api finds it ready (it trains itself after an update)."""
    out.print("[dim]·[/dim] Training the planner")
    return processes.spawn([sys.executable, "-m", "agent.offline.train"], output=subprocess.DEVNULL)


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


def load_demo() -> bool:
    """Load the demo school where the settings allow it and the database holds no other; whether it is there now."""
    if not settings().demo:
        return False
    return asyncio.run(_load_into_empty())


async def _load_into_empty() -> bool:
    from demo.load import load
    from runtime import database
    from runtime.migrate import gather_statistics
    from runtime.transaction import across_schools
    from school.schools import School

    try:
        async with across_schools(read_only=True) as session:
            schools = list(await session.scalars(select(School)))
        if schools and not any("demo_password" in school.options for school in schools):
            return False
        if not schools:
            out.print("[dim]·[/dim] Loading the demo school")
        if await load() and (owner := settings().migration_database_url):
            await asyncio.to_thread(gather_statistics, owner)
        return True
    finally:
        await database.forget()
