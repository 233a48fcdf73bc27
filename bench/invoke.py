"""What `invoke` adds to a capability: permission, resolving names, audit, transaction."""

import asyncio
import time
from collections.abc import Iterator

from bench.demo_school import demo_school
from bench.measurement import Measurement, percentiles

TITLE = "Invoke"
CALLS = 300


def measure() -> Iterator[Measurement]:
    """A READ and a WRITE on the demo school, in this process, against embedded PostgreSQL."""
    with demo_school():
        yield from asyncio.run(_measured())


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
