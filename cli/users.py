"""`schoolos users`: who can sign in."""

import secrets
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import select

from cli.identity import school_of
from cli.running import run
from cli.screen import listing, out
from runtime.caller import Caller, Role
from runtime.errors import Conflict, InvalidInput, NotVisible
from runtime.ids import new_id
from runtime.transaction import Tx, transaction
from school.people import Person
from school.sign_in import hash_password
from school.users import User

SchoolName = Annotated[
    str | None,
    typer.Option("--at", "--school", metavar="NAME", help="The school's short name, when there are several."),
]
Email = Annotated[str, typer.Argument(help="E-mail address.")]

SHORTEST_PASSWORD = 10


def add_to(app: typer.Typer) -> None:
    users = typer.Typer(help="Who can sign in: list, add, set-password, close, open.", no_args_is_help=True)
    users.command("list")(show)
    users.command("add")(add)
    users.command("set-password")(set_password)
    users.command("close")(close)
    users.command("open")(reopen)
    app.add_typer(users, name="users")


def show(school: SchoolName = None) -> None:
    """List the users of a school."""
    table = listing("e-mail", "name", "role", "active", "last sign-in")
    for user in run(_all(school)):
        last = f"{user.last_sign_in_at:%Y-%m-%d %H:%M}" if user.last_sign_in_at else ""
        table.add_row(user.email, user.name, user.role, "yes" if user.active else "no", last)
    out.print(table)


def add(
    email: Email,
    name: Annotated[str, typer.Option(help="Full name.")],
    role: Annotated[Role, typer.Option(help="What they may do.")],
    person: Annotated[UUID | None, typer.Option(help="Id of the staff member, guardian or student they are.")] = None,
    school: SchoolName = None,
) -> None:
    """Add a user and print a first password, which is shown once."""
    password = secrets.token_urlsafe(12)
    run(_add(email, name, role, person, school, password))
    out.print(f"{email} can sign in with the password {password}", markup=False)


def set_password(
    email: Email,
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    school: SchoolName = None,
) -> None:
    """Set a user's password; asked for, so that it does not stay in the shell's history."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidInput(f"A password needs at least {SHORTEST_PASSWORD} characters.")
    run(_change(email, school, password_hash=hash_password(password), failed_sign_ins=0, locked_until=None))
    out.print(f"The password of {email} is set", markup=False)


def close(email: Email, school: SchoolName = None) -> None:
    """Close an account: its tokens and keys stop working at once."""
    run(_change(email, school, active=False))
    out.print(f"{email} can no longer sign in", markup=False)


def reopen(email: Email, school: SchoolName = None) -> None:
    """Let a closed account sign in again, with the password it had."""
    run(_change(email, school, active=True, failed_sign_ins=0, locked_until=None))
    out.print(f"{email} can sign in again", markup=False)


async def _all(school: str | None) -> list[User]:
    async with transaction(Caller.system((await school_of(school)).id), read_only=True) as tx:
        return list(await tx.session.scalars(select(User).order_by(User.role, User.email)))


async def _add(email: str, name: str, role: Role, person: UUID | None, school: str | None, password: str) -> None:
    folded = email.strip().casefold()
    if "@" not in folded:
        raise InvalidInput(f"{email} is not an e-mail address.")
    async with transaction(Caller.system((await school_of(school)).id)) as tx:
        if await _find(tx, folded):
            raise Conflict(f"There is already a user {folded} at this school.")
        if person is not None and await tx.session.get(Person, person) is None:
            raise NotVisible("There is no such person at this school.")
        tx.session.add(
            User(
                id=new_id(),
                school_id=tx.school_id,
                email=folded,
                name=name,
                role=role.value,
                person_id=person,
                password_hash=hash_password(password),
            )
        )


async def _change(email: str, school: str | None, **values: object) -> None:
    async with transaction(Caller.system((await school_of(school)).id)) as tx:
        user = await _find(tx, email.strip().casefold())
        if user is None:
            raise NotVisible(f"There is no user {email} at this school.")
        for name, value in values.items():
            setattr(user, name, value)


async def _find(tx: Tx, email: str) -> User | None:
    return await tx.session.scalar(select(User).where(User.email == email))
