"""The connection pool of this process, as the application role."""

import math
import time
from functools import lru_cache

from sqlalchemy import URL, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from runtime.errors import Upstream
from runtime.settings import settings

FRESH_S = 0.5
"""A connection used this short a time ago is taken to be alive: asking it costs as much as a query."""

_USED = "last_used"


def psycopg_url(url: str) -> URL:
    """The same address for the psycopg driver, whichever way it was written."""
    return make_url(url).set(drivername="postgresql+psycopg")


@lru_cache(maxsize=1)
def engine() -> AsyncEngine:
    """The process's engine, made on first use (after a worker has forked)."""
    chosen = settings()
    if chosen.database_url is None:
        raise Upstream("No database is configured: start with `schoolos up`, or set DATABASE_URL.")
    made = create_async_engine(
        psycopg_url(chosen.database_url),
        pool_size=chosen.database_pool * 3,
        max_overflow=0,  # a connection past the pool would be opened and closed for every use
        pool_timeout=10,
        connect_args={"prepare_threshold": 5},
    )
    event.listen(made.sync_engine, "checkout", _ping)
    event.listen(made.sync_engine, "checkin", _rested)
    return made


def _rested(_: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    record.info[_USED] = time.monotonic()


def _ping(connection: DBAPIConnection, record: ConnectionPoolEntry, _: object) -> None:
    """Ask a connection that rested whether its server is still there; one in constant use need not be asked each time."""
    if time.monotonic() - record.info.get(_USED, math.inf) < FRESH_S:
        return
    dialect = engine().dialect
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError("The database server ended its connections.") from error


@lru_cache(maxsize=1)
def sessions() -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(engine(), expire_on_commit=False, autoflush=True)


async def forget() -> None:
    """Close the pool and forget it: before a fork, at shutdown, and between tests."""
    if engine.cache_info().currsize:
        await engine().dispose()
    sessions.cache_clear()
    engine.cache_clear()
