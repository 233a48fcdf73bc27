"""What tests of delivery share: a worker of its own process, and waiting for what it does."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from sqlalchemy import select

from runtime.caller import Caller
from runtime.transaction import transaction
from school.channel_accounts import SandboxMessage
from school.notifications import Delivery
from tests.postgres import ROOT


class WorkerProcess:
    """`python -m jobs.worker` on the test's database and Redis."""

    def __init__(self, module: str = "jobs.worker", **environment: str) -> None:
        self.module = module
        self.environment = {**os.environ, **environment}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.module], cwd=ROOT, env=self.environment,
            stdout=subprocess.DEVNULL, stderr=None if os.environ.get("SHOW_WORKER") else subprocess.DEVNULL,
        )  # fmt: skip

    def kill(self) -> None:
        """kill -9, as a machine does that runs out of memory."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        assert self.process is not None
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


async def until(found: Callable[[], Awaitable[bool]], patience_s: float = 60, every_s: float = 0.02) -> float:
    """Wait until something is so; returns the seconds it took, or fails."""
    began = time.monotonic()
    while not await found():
        if time.monotonic() - began > patience_s:
            raise AssertionError(f"still not so after {patience_s} s")
        await asyncio.sleep(every_s)
    return time.monotonic() - began


async def texts_to(caller: Caller, number: str) -> list[str]:
    """What arrived on a sandbox phone, oldest first."""
    async with transaction(caller, read_only=True) as tx:
        query = select(SandboxMessage.text).where(SandboxMessage.number == number, SandboxMessage.direction == "out")
        return list(await tx.session.scalars(query.order_by(SandboxMessage.id)))


async def states(caller: Caller) -> dict[str, int]:
    """How many deliveries are in each state."""
    counts: dict[str, int] = {}
    async with transaction(caller, read_only=True) as tx:
        for state in await tx.session.scalars(select(Delivery.state)):
            counts[state] = counts.get(state, 0) + 1
    return counts
