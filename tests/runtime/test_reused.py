"""The tests' own database: what one test did is not there for the next."""

import psycopg
import pytest

from tests import conftest, postgres, reused


@pytest.mark.parametrize(
    ("statement", "same"),
    [
        ("UPDATE students SET admission_no = id::text; DELETE FROM scores", True),
        ("TRUNCATE enrolments CASCADE", False),
        ("CREATE TABLE more (a int)", False),
    ],
)
async def test_the_next_test_finds_what_was_built(school, statement: str, same: bool):
    template = postgres.template("schoolos_tiny", conftest._key(), conftest._fill)
    used = await reused.borrow(template)
    before = _rows(used)
    with psycopg.connect(used.database.superuser_url, autocommit=True) as somebody:
        somebody.execute(statement.encode())
    await reused.give_back(used)
    again = await reused.borrow(template)
    assert (again is used) is same
    assert _rows(again) == before
    await reused.give_back(again)


def _rows(of: reused.Reused) -> list[object]:
    with psycopg.connect(of.database.superuser_url) as somebody:
        queries = ("SELECT * FROM students ORDER BY id", "SELECT * FROM enrolments ORDER BY id")
        return [somebody.execute(query.encode()).fetchall() for query in queries]
