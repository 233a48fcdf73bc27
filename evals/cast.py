"""The demo school as the evals see it: its callers, and a database of its own that is thrown away."""

import asyncio
import hashlib
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from demo import load
from demo.ids import demo_id
from demo.school import LAGOS
from demo.sign_ins import SIGN_INS
from runtime import database, redis
from runtime.caller import Caller, Door, Role
from runtime.settings import settings
from runtime.transaction import transaction
from school.permissions import granted
from school.users import User
from tests import postgres

ROOT = Path(__file__).parents[1]
os.environ.setdefault("SCHOOLOS_MODEL_CACHE", str(ROOT / ".schoolos-test" / "cache"))
settings.cache_clear()
SCHOOL = demo_id("sunbird")
Cast = dict[str, Caller]


def _fill(empty: postgres.Database) -> None:
    async def fill() -> None:
        await _connect(empty.app_url)
        await load()
        await database.forget()

    asyncio.run(fill())


async def _connect(url: str) -> None:
    os.environ["DATABASE_URL"] = url
    settings.cache_clear()
    await database.forget()


def _key() -> str:
    source = b"".join(path.read_bytes() for path in sorted((ROOT / "demo").glob("*.py")))
    return hashlib.sha256(source + str(datetime.now(LAGOS).date()).encode()).hexdigest()[:12]


@asynccontextmanager
async def demo_school() -> AsyncGenerator[Cast]:
    """A clone of the demo school, and who may speak in it: admin, head, teacher, bursar, guardian, student."""
    await asyncio.to_thread(postgres.server)
    os.environ["REDIS_URL"] = postgres.valkey_url()
    filled = await asyncio.to_thread(postgres.template, "schoolos_demo", _key(), _fill)
    own = await postgres.clone(filled)
    await _connect(own.app_url)
    await redis.forget()
    try:
        yield await _callers()
    finally:
        await redis.forget()
        await database.forget()
        await postgres.drop(own)


async def _callers() -> Cast:
    async with transaction(Caller.system(SCHOOL), read_only=True) as tx:
        users = {user.email: user for user in await tx.session.scalars(select(User))}
    cast: Cast = {}
    for sign_in in SIGN_INS:
        user = users[sign_in.email]
        role = Role(user.role)
        cast[sign_in.role] = Caller(
            school_id=SCHOOL, user_id=user.id, role=role, person_id=user.person_id, door=Door.WEB,
            permissions=granted(role), name=user.name,
        )  # fmt: skip
    return cast
