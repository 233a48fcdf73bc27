"""Accounts and keys made on the command line work at the door, and closed ones do not."""

import pytest

from runtime.caller import Door
from runtime.errors import NotSignedIn
from school import sign_in
from tests.cli.conftest import Command


async def test_an_added_user_signs_in_until_closed(schoolos: Command) -> None:
    added = schoolos(
        "users", "add", "Bursar2@hillcrest.test", "--name", "Ebele Two", "--role", "bursar", "--school", "hillcrest"
    )
    password = added.stdout.split()[-1]
    signed_in = await sign_in.with_password("bursar2@hillcrest.test", password)
    assert signed_in.user.role == "bursar"
    again = schoolos(
        "users", "add", "bursar2@hillcrest.test", "--name", "E", "--role", "bursar", "--school", "hillcrest"
    )
    assert (again.returncode, again.stderr.split()[0]) == (1, "conflict")

    assert schoolos("users", "close", "bursar2@hillcrest.test", "--school", "hillcrest").returncode == 0
    with pytest.raises(NotSignedIn):
        await sign_in.with_password("bursar2@hillcrest.test", password)
    assert schoolos("users", "open", "bursar2@hillcrest.test", "--at", "hillcrest").returncode == 0
    assert (await sign_in.with_password("bursar2@hillcrest.test", password)).user.active


async def test_which_school_is_asked_when_there_are_several(schoolos: Command) -> None:
    answer = schoolos("users", "list")
    assert answer.returncode == 1
    assert "hillcrest, lakeside" in answer.stderr
    listed = schoolos("users", "list", "--school", "lakeside").stdout
    assert "admin@lakeside.test" in listed
    assert "hillcrest" not in listed


async def test_a_key_works_within_its_scopes_until_revoked(schoolos: Command) -> None:
    mine = ("--as", "head@hillcrest.test")
    secret = schoolos("keys", "add", "reports", "--scope", "scores:read", "--days", "30", *mine).stdout.strip()
    caller = await sign_in.caller_of(secret, Door.REST)
    assert caller.permissions == {"scores:read"}
    listed = schoolos("keys", "list", *mine, COLUMNS="80").stdout
    assert secret not in listed
    key_id = next(line.split()[0] for line in listed.splitlines() if "repor" in line)
    again = schoolos("keys", "rotate", key_id, "--hours", "0", *mine).stdout.strip()
    with pytest.raises(NotSignedIn):
        await sign_in.caller_of(secret, Door.REST)
    replaced = await sign_in.caller_of(again, Door.REST)
    assert replaced.permissions == {"scores:read"}
    assert schoolos("keys", "revoke", str(replaced.key_id), *mine).returncode == 0
    with pytest.raises(NotSignedIn):
        await sign_in.caller_of(again, Door.REST)


def test_an_unknown_scope_is_refused(schoolos: Command) -> None:
    answer = schoolos("keys", "add", "x", "--scope", "everything:read", "--as", "head@hillcrest.test")
    assert (answer.returncode, answer.stderr.split()[0]) == (1, "invalid_input")
