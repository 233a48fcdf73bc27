"""What benches of a running program share: a school in its own database, processes, and an end to waiting."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

import httpx2
import uvloop
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from runtime import database, redis
from runtime.settings import settings
from tests import postgres, tiny_school
from tests.api.served import free_port
from tests.tiny_school import PASSWORD, TinySchool

LONGEST_S = 230
T = TypeVar("T")


def bounded(work: Awaitable[T], longest_s: float = LONGEST_S) -> T:
    """Run one bench on a fast event loop; one that takes longer fails instead of hanging."""

    async def limited() -> T:
        limit = asyncio.timeout(longest_s)
        try:
            async with limit:
                return await work
        except TimeoutError:
            if not limit.expired():
                raise
            raise RuntimeError(f"not done within {longest_s} s on this machine") from None

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(limited())


@asynccontextmanager
async def school() -> AsyncGenerator[TinySchool]:
    """The tiny school in a database of its own; Redis, the worker and the api find both by the environment."""
    os.environ["REDIS_URL"] = postgres.valkey_url()
    own = await postgres.clone()
    owner = create_async_engine(database.psycopg_url(own.owner_url))
    async with AsyncSession(owner) as session, session.begin():
        made = await tiny_school.build(session)
    await owner.dispose()
    os.environ |= {
        "DATABASE_URL": own.app_url, "SCHOOLOS_SECRET_KEY": "k" * 32, "SCHOOLOS_DATA_DIR": str(postgres.HOME / "data")
    }  # fmt: skip
    settings.cache_clear()
    await database.forget()
    await redis.redis_client().flushall()
    try:
        yield made
    finally:
        await redis.forget()
        await database.forget()
        await postgres.drop(own)


@asynccontextmanager
async def process(module: str, *arguments: str, **environment: str) -> AsyncGenerator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(  # noqa: ASYNC220  # once, before anything is measured
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()


@asynccontextmanager
async def api() -> AsyncGenerator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    async with process("api", SCHOOLOS_PORT=str(port)), httpx2.AsyncClient(base_url=address) as client:
        await answers(client, "/health/live")
        yield address


async def answers(client: httpx2.AsyncClient, path: str) -> None:
    for _ in range(1200):
        with suppress(httpx2.HTTPError):
            if (await client.get(path)).status_code == 200:
                return
        await asyncio.sleep(0.1)
    raise RuntimeError(f"{client.base_url} does not answer within two minutes")


async def guardian_token(address: str, made: TinySchool) -> str:
    async with httpx2.AsyncClient(base_url=address, timeout=60) as client:
        form = {"username": f"guardian@{made.slug}.test", "password": PASSWORD}
        return (await client.post("/api/auth/token", data=form)).raise_for_status().json()["accessToken"]
