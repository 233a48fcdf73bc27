"""`schoolos keys`: API keys for programs."""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

import typer

from cli.identity import acting
from cli.running import run
from cli.screen import listing, out
from runtime.transaction import transaction
from school import sign_in
from school.users import ApiKey

As = Annotated[str | None, typer.Option("--as", metavar="EMAIL", envvar="SCHOOLOS_AS", help="The user whose keys.")]
SchoolName = Annotated[
    str | None, typer.Option("--at", "--school", metavar="NAME", help="The user's school, by short name.")
]


def add_to(app: typer.Typer) -> None:
    keys = typer.Typer(help="API keys: list, add, rotate, revoke.", no_args_is_help=True)
    keys.command("list")(show)
    keys.command("add")(add)
    keys.command("rotate")(rotate)
    keys.command("revoke")(revoke)
    app.add_typer(keys, name="keys")


def show(email: As = None, school: SchoolName = None) -> None:
    """List a user's keys."""
    table = listing("id", "name", "begins", "scopes", "expires", "last used")
    for key in run(_all(email, school)):
        table.add_row(
            str(key.id), key.name, key.prefix, " ".join(key.scopes), _moment(key.expires_at), _moment(key.last_used_at)
        )
    out.print(table)


def add(
    name: Annotated[str, typer.Argument(help="What it is for.")],
    scope: Annotated[list[str], typer.Option(help="A permission such as scores:read, or *. Repeat it for several.")],
    days: Annotated[int | None, typer.Option(min=1, max=3650, help="Days until it expires. Empty: never.")] = None,
    email: As = None,
    school: SchoolName = None,
) -> None:
    """Make a key that acts as its user within its scopes, and print it once."""
    secret = run(_add(name, scope, days, email, school))
    out.print(secret, markup=False)


def rotate(
    key: Annotated[UUID, typer.Argument(help="Id of the key, from `schoolos keys list`.")],
    hours: Annotated[int, typer.Option(min=0, max=168, help="How long the old key still works.")] = 24,
    email: As = None,
    school: SchoolName = None,
) -> None:
    """Make a key in place of one, with its scopes and last day, and print it once."""
    secret = run(_rotate(key, hours, email, school))
    out.print(secret, markup=False)


def revoke(
    key: Annotated[UUID, typer.Argument(help="Id of the key, from `schoolos keys list`.")],
    email: As = None,
    school: SchoolName = None,
) -> None:
    """End a key at once."""
    revoked = run(_revoke(key, email, school))
    out.print(f"The key {revoked.name} no longer works", markup=False)


async def _all(email: str | None, school: str | None) -> list[ApiKey]:
    async with transaction(await acting(email, school), read_only=True) as tx:
        return await sign_in.keys_of(tx)


async def _add(name: str, scopes: list[str], days: int | None, email: str | None, school: str | None) -> str:
    expires = datetime.now(UTC) + timedelta(days=days) if days else None
    async with transaction(await acting(email, school)) as tx:
        return (await sign_in.make_key(tx, name, scopes, expires))[1]


async def _rotate(key: UUID, hours: int, email: str | None, school: str | None) -> str:
    async with transaction(await acting(email, school)) as tx:
        return (await sign_in.rotate_key(tx, key, timedelta(hours=hours)))[1]


async def _revoke(key: UUID, email: str | None, school: str | None) -> ApiKey:
    async with transaction(await acting(email, school)) as tx:
        return await sign_in.revoke_key(tx, key)


def _moment(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d %H:%M}" if instant else ""
