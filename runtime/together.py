"""Writes that come at the same time share a transaction: a burst costs a few commits, not one each."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar
from uuid import UUID

from runtime.caller import Caller
from runtime.telemetry import log
from runtime.transaction import Tx, transaction

T = TypeVar("T")
MOST = 100
_log = log("together")


class Together(Generic[T]):
    """Collects what one school writes during a commit and writes it in the next one."""

    def __init__(
        self, write: Callable[[Tx, Sequence[T]], Awaitable[object]], caller: Callable[[UUID], Caller] = Caller.system,
        most: int = MOST,
    ) -> None:  # fmt: skip
        self._write = write
        self._caller = caller
        self._most = most
        self._waiting: dict[UUID, list[tuple[T, asyncio.Future[None]]]] = {}
        self._writing: dict[UUID, asyncio.Task[None]] = {}

    async def add(self, school_id: UUID, item: T) -> None:
        """Write one item; returns once it is committed, perhaps together with others that came meanwhile."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(school_id, []).append((item, done))
        if school_id not in self._writing:
            self._writing[school_id] = asyncio.create_task(self._run(school_id))
        await done

    async def _run(self, school_id: UUID) -> None:
        try:
            while waiting := self._waiting.pop(school_id, []):
                for start in range(0, len(waiting), self._most):
                    await self._commit(school_id, waiting[start : start + self._most])
        finally:
            self._writing.pop(school_id, None)

    async def _commit(self, school_id: UUID, together: list[tuple[T, "asyncio.Future[None]"]]) -> None:
        """One transaction. When it fails, each is tried by itself, so that a bad one does not hold up the rest."""
        try:
            async with transaction(self._caller(school_id)) as tx:
                await self._write(tx, [item for item, _ in together])
        except Exception as error:  # whatever it is belongs to those who wait
            if len(together) > 1:
                _log.warning("written_apart", items=len(together), error=type(error).__name__)
                for one in together:
                    await self._commit(school_id, [one])
            elif not together[0][1].done():
                together[0][1].set_exception(error)
            return
        for _, done in together:
            if not done.done():
                done.set_result(None)
