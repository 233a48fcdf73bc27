"""What every test may ask for: a school of its own, in a database of its own, reached as the application role."""

import asyncio
import hashlib
import os
import pickle
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

import demo
from runtime import caller, database
from runtime.caller import Caller
from runtime.settings import settings
from school import permissions
from tests import postgres, reused, tiny_school
from tests.tiny_school import TinySchool

for effect in (
    "READ",
    "WRITE",
    "SEND",
):  # every test's school has the same ids; tests/api/test_rate_limits.py sets its own
    os.environ.setdefault(f"SCHOOLOS_RATE_LIMIT_{effect}", "1000000/minute")
# a worker that gives way would wait for every other test beside it
os.environ.setdefault("SCHOOLOS_WORKER_NICENESS", "0")


@lru_cache(maxsize=1)
def _key() -> str:
    """The school's terms lie around today, so its template is made anew each day, and when what it holds changes."""
    shaping = (tiny_school, permissions, caller)
    source = b"".join(Path(str(module.__file__)).read_bytes() for module in shaping)
    return hashlib.sha256(source + str(tiny_school.school_today()).encode()).hexdigest()[:12]


def _fill(empty: postgres.Database) -> None:
    async def fill() -> None:
        owner = create_async_engine(database.psycopg_url(empty.owner_url))
        async with AsyncSession(owner) as session, session.begin():
            built = await tiny_school.build(session)
        await owner.dispose()
        _remembered().write_bytes(pickle.dumps(built))

    asyncio.run(fill())


def _remembered() -> Path:
    return postgres.HOME / f"tiny-{_key()}.pickle"


@lru_cache(maxsize=1)
def _demo_key() -> str:
    source = b"".join(path.read_bytes() for path in sorted(Path(demo.__file__).parent.glob("*.py")))
    return hashlib.sha256(source + str(tiny_school.school_today()).encode()).hexdigest()[:12]


def _fill_with_demo(empty: postgres.Database) -> None:
    """In a process of its own: loading goes through this process's settings and pool, as `python -m demo` does."""
    subprocess.run(
        [sys.executable, "-m", "demo"], cwd=postgres.ROOT, check=True, stdout=subprocess.DEVNULL,
        env={**os.environ, "DATABASE_URL": empty.app_url},
    )  # fmt: skip


@asynccontextmanager
async def _connected(monkeypatch: pytest.MonkeyPatch, own: postgres.Database) -> AsyncIterator[None]:
    monkeypatch.setenv("DATABASE_URL", own.app_url)
    settings.cache_clear()
    await database.forget()
    yield
    await database.forget()
    settings.cache_clear()


@pytest.fixture
async def school(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TinySchool]:
    """The tiny school, fresh for this test."""
    await asyncio.to_thread(postgres.server)
    filled = await asyncio.to_thread(postgres.template, "schoolos_tiny", _key(), _fill)
    used = await reused.borrow(filled)
    async with _connected(monkeypatch, used.database):
        yield pickle.loads(_remembered().read_bytes())
    await reused.give_back(used)


@pytest.fixture
async def demo_database(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """The demo school and its neighbour, fresh for this test; loaded once a day, then cloned."""
    await asyncio.to_thread(postgres.server)
    filled = await asyncio.to_thread(postgres.template, "schoolos_demo", _demo_key(), _fill_with_demo)
    own = await postgres.clone(filled)
    async with _connected(monkeypatch, own):
        yield
    await postgres.drop(own)


@pytest.fixture
def callers(school: TinySchool) -> dict[str, Caller]:
    """Its people as callers: admin, head, teacher, colleague, bursar, guardian, student, stranger."""
    return school.callers


@pytest.fixture(scope="session")
def shared_callers() -> dict[str, Caller]:
    """The tiny school's people, for tests of what is refused before any row is read."""
    postgres.server()
    postgres.template("schoolos_tiny", _key(), _fill)
    return pickle.loads(_remembered().read_bytes()).callers
