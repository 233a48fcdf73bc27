"""Runs one coroutine of a command on connected servers, and closes what it opened."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from cli.connection import connected
from runtime import database, redis

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """The result of the coroutine."""

    async def whole() -> T:
        try:
            return await work
        finally:
            await database.forget()
            await redis.forget()

    with connected():
        return asyncio.run(whole())
