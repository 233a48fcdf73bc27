"""The connection pool of this process, as the application role."""

from functools import lru_cache

from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from runtime.errors import Upstream
from runtime.settings import settings


def psycopg_url(url: str) -> URL:
    """The same address for the psycopg driver, whichever way it was written."""
    return make_url(url).set(drivername="postgresql+psycopg")


@lru_cache(maxsize=1)
def engine() -> AsyncEngine:
    """The process's engine, made on first use (after a worker has forked)."""
    chosen = settings()
    if chosen.database_url is None:
        raise Upstream("No database is configured: start with `schoolos up`, or set DATABASE_URL.")
    return create_async_engine(
        psycopg_url(chosen.database_url),
        pool_size=chosen.database_pool * 3,
        max_overflow=0,  # a connection past the pool would be opened and closed for every use
        pool_timeout=10,
        pool_pre_ping=True,
        connect_args={"prepare_threshold": 5},
    )


@lru_cache(maxsize=1)
def sessions() -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(engine(), expire_on_commit=False, autoflush=True)


async def forget() -> None:
    """Close the pool and forget it: before a fork, at shutdown, and between tests."""
    if engine.cache_info().currsize:
        await engine().dispose()
    sessions.cache_clear()
    engine.cache_clear()
