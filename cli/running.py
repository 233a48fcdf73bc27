"""Runs one coroutine of a command on connected servers, and closes what it opened."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

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

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with connected():
        return asyncio.run(whole())
