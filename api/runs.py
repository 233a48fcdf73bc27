"""Runs over HTTP: what slow work was asked for, how far it is, and stopping it."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sse_starlette import EventSourceResponse, JSONServerSentEvent

from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from channels import web
from channels.web import Listener, News, hub
from runtime.caller import Caller
from runtime.transaction import transaction
from school import run_log, runs
from school.run_log import OVER, ShownRun

router = APIRouter(prefix="/api/runs", tags=["runs"], responses={404: {"model": Problem}})
LOOK_EVERY_S = 10


class Runs(Camel):
    items: list[ShownRun]


@router.get("", operation_id="list_runs")
async def listed(caller: SignedInCaller, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Runs:
    """Your runs, newest first; the head and the admin see everybody's."""
    async with transaction(caller, read_only=True) as tx:
        return Runs(items=await run_log.listed(tx, limit))


@router.get("/{run_id}", operation_id="show_run")
async def show(run_id: UUID, caller: SignedInCaller) -> ShownRun:
    """One run: how far it is, and what came of it."""
    return await _read(caller, run_id)


async def _read(caller: Caller, run_id: UUID) -> ShownRun:
    async with transaction(caller, read_only=True) as tx:
        return run_log.shown(await runs.access_run(tx, run_id))


@router.post("/{run_id}/cancel", operation_id="cancel_run", responses={409: {"model": Problem}})
async def cancel(run_id: UUID, caller: SignedInCaller) -> ShownRun:
    """Ask a run to stop."""
    async with transaction(caller) as tx:
        stopped = await run_log.cancel(tx, run_id)
    await hub.say(web.run_topic(run_id), "progress", {"id": str(run_id), "status": stopped.status})
    return stopped


@router.get(
    "/{run_id}/events", operation_id="stream_run", response_class=EventSourceResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "The run, each time it moves."}},
)  # fmt: skip
async def events(run_id: UUID, caller: SignedInCaller) -> EventSourceResponse:
    """A run's progress as it comes (SSE: `progress`); ends with the run. A client that reconnects gets the state first."""
    await _read(caller, run_id)
    return EventSourceResponse(_follow(caller, run_id), ping=15, send_timeout=30)


async def _follow(caller: Caller, run_id: UUID) -> AsyncGenerator[JSONServerSentEvent]:
    with hub.listen(web.run_topic(run_id)) as queue:
        while True:
            run = await _read(caller, run_id)
            yield JSONServerSentEvent(event="progress", data=run.model_dump(mode="json", by_alias=True))
            if run.status in OVER:
                return
            item = await _next(queue)
            while item is not None and item.data.get("status") not in OVER:
                yield JSONServerSentEvent(event=item.event, data=item.data)
                item = await _next(queue)


async def _next(queue: Listener) -> News | None:
    """The next piece of news; null after a silence, when the database is to be read again."""
    try:
        return await asyncio.wait_for(queue.get(), LOOK_EVERY_S)
    except TimeoutError:
        return None
