"""What `invoke` adds to a capability: permission, resolving names, audit, transaction."""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measurement import Measurement, percentiles

TITLE = "Invoke"
CALLS = 300


def measure() -> Iterator[Measurement]:
    """A READ and a WRITE on the demo school, in this process, against embedded PostgreSQL."""
    with _demo_school():
        yield from asyncio.run(_measured())


@contextmanager
def _demo_school() -> Iterator[None]:
    """Embedded servers with the demo school, and the settings of this process pointed at them."""
    from cli.connection import connected
    from cli.database import load_demo
    from runtime.migrate import upgrade
    from runtime.settings import settings

    before = dict(os.environ)
    with TemporaryDirectory() as scratch:
        os.environ["SCHOOLOS_DATA_DIR"] = str(Path(scratch) / "data")
        settings.cache_clear()
        try:
            with connected() as servers:
                assert servers.migration_database_url is not None
                upgrade(servers.migration_database_url)
                load_demo()
                yield
        finally:
            os.environ.clear()
            os.environ.update(before)
            settings.cache_clear()


async def _measured() -> list[Measurement]:
    from cli.identity import acting
    from runtime import database
    from runtime.transaction import transaction
    from tools import load_all
    from tools.invoke import invoke
    from tools.refs import resolve

    tool = load_all()["show_class"]
    caller = await acting("head@demo.school", None)
    given = {"class_arm": "JSS 2 Ruby"}
    whole: list[float] = []
    bare: list[float] = []
    async with transaction(caller, read_only=True) as tx:
        resolved = await resolve(tx, tool.arguments.model_validate(given))
    for _ in range(CALLS):
        started = time.perf_counter()
        await invoke(tool, caller, given)
        whole.append(time.perf_counter() - started)
        async with transaction(caller, read_only=True) as tx:
            started = time.perf_counter()
            await tool.run(tx, **resolved)
            bare.append(time.perf_counter() - started)
    await database.forget()
    size = f"{CALLS} calls of show_class, 20 classes"
    added = [max(0.0, one - other) for one, other in zip(sorted(whole), sorted(bare), strict=True)]
    return [
        *percentiles("a READ through invoke", size, whole),
        *percentiles("of which invoke", size, added, p50_at_most=10, p95_at_most=None),
    ]
