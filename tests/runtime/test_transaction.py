"""Transactions: a read waits for slow things without a connection, and goes on as the same caller."""

import pytest
from sqlalchemy import QueuePool, func, select, update
from sqlalchemy.exc import DBAPIError

from runtime import database
from runtime.transaction import transaction
from school.people import Student


async def test_a_read_lets_its_connection_go_while_it_waits(callers):
    pool = database.engine().pool
    assert isinstance(pool, QueuePool)

    async def slow() -> int:
        return pool.checkedout()

    async with transaction(callers["head"], read_only=True) as tx:
        here = await tx.session.scalar(select(func.count()).select_from(Student))
        assert pool.checkedout() == 1
        assert await tx.apart(slow()) == 0
        assert await tx.session.scalar(select(func.count()).select_from(Student)) == here > 0
        with pytest.raises(DBAPIError, match="read-only"):
            await tx.session.execute(update(Student).values(admission_no="x"))


async def test_a_change_keeps_its_locks_while_it_waits(callers):
    async def slow() -> int:
        return database.engine().pool.checkedout()  # pyright: ignore[reportAttributeAccessIssue]  # a QueuePool

    async with transaction(callers["head"]) as tx:
        await tx.session.execute(select(Student).limit(1).with_for_update())
        assert await tx.apart(slow()) == 1
