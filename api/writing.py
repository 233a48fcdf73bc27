"""Hosted models write the answers and narratives of this process where one is set up."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from agent import writing
from knowledge import writing as texts


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    writing.install()
    yield
    texts.use(None)
