"""The bell over HTTP: pages, reading, preferences, and a stream that a dropped client resumes with nothing lost."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, FastAPI, Header, Query
from pydantic import Field
from sse_starlette import EventSourceResponse, JSONServerSentEvent

from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from channels import web
from channels.web import hub
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.transaction import transaction
from school import bell
from school.bell import Page, Preference, Shown

router = APIRouter(prefix="/api/notifications", tags=["notifications"])
HEARTBEAT_S = 15
STALE_AFTER_S = 30
LOOK_EVERY_S = 60
"""How often an open stream reads the database although nothing was heard: what a lost message costs at most."""


class Count(Camel):
    count: int


class Choice(Camel):
    event_type: str = Field(max_length=60, description="A type of event, or * for all of them.")
    channel: str = Field(max_length=20)
    enabled: bool | None = Field(description="null goes back to the school's default.")


class Choices(Camel):
    items: list[Choice] = Field(max_length=200)


class Preferences(Camel):
    items: list[Preference]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """The hub of this process lives as long as the application."""
    hub.start()
    yield
    await hub.stop()


@router.get("", operation_id="list_notifications")
async def page(
    caller: SignedInCaller,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    unread: Annotated[bool, Query(description="Only those not read yet.")] = False,
) -> Page:
    """Your notifications, newest first."""
    async with transaction(caller, read_only=True) as tx:
        return await bell.page(tx, page, limit, unread)


@router.post("/read-all", operation_id="read_all_notifications")
async def read_all(caller: SignedInCaller) -> Count:
    """Mark all of your notifications as read; answers how many were not."""
    async with transaction(caller) as tx:
        count = await bell.read_all(tx)
    await tell_unread(caller, 0)
    return Count(count=count)


@router.post("/{notification_id}/read", operation_id="read_notification", responses={404: {"model": Problem}})
async def read(notification_id: UUID, caller: SignedInCaller) -> Shown:
    """Mark one of your notifications as read."""
    async with transaction(caller) as tx:
        shown = await bell.read(tx, notification_id)
        left = await bell.unread_count(tx)
    await tell_unread(caller, left)
    return shown


@router.get("/unread-count", operation_id="count_unread_notifications")
async def unread(caller: SignedInCaller) -> Count:
    """How many of your notifications you have not read."""
    async with transaction(caller, read_only=True) as tx:
        return Count(count=await bell.unread_count(tx))


@router.get("/preferences", operation_id="show_notification_preferences")
async def preferences(caller: SignedInCaller) -> Preferences:
    """What reaches you, per kind of event and channel."""
    async with transaction(caller, read_only=True) as tx:
        return Preferences(items=await bell.preferences(tx))


@router.put("/preferences", operation_id="set_notification_preferences", responses={422: {"model": Problem}})
async def prefer(choices: Choices, caller: SignedInCaller) -> Preferences:
    """Choose what reaches you; choices left out stay as they are."""
    async with transaction(caller) as tx:
        for choice in choices.items:
            await bell.prefer(tx, choice.event_type, choice.channel, choice.enabled)
        return Preferences(items=await bell.preferences(tx))


@router.get("/stream", operation_id="stream_notifications", response_class=EventSourceResponse)
async def stream(
    caller: SignedInCaller, last_event_id: Annotated[str | None, Header(max_length=60)] = None
) -> EventSourceResponse:
    """Your notifications as they come (SSE: `notification`, `unread`). Send Last-Event-ID to go on where you were."""
    last = _id(last_event_id)
    async with transaction(caller, read_only=True) as tx:
        await bell.unread_count(tx)
    return EventSourceResponse(follow(caller, last), ping=HEARTBEAT_S, send_timeout=STALE_AFTER_S)


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


async def tell_unread(caller: Caller, count: int) -> None:
    """Let the person's other devices know the new count."""
    if caller.person_id is not None:
        await hub.say(web.person_topic(caller.school_id, caller.person_id), "unread", {"count": count})


async def follow(caller: Caller, last: UUID | None) -> AsyncGenerator[JSONServerSentEvent]:
    """First what was missed, then what comes. Each notification is sent once on this connection."""
    assert caller.person_id is not None
    sent: dict[UUID, None] = {}
    last = last or new_id()  # ids grow with time: from now on
    async with hub.listen(web.person_topic(caller.school_id, caller.person_id)) as queue:
        item: tuple[str, dict[str, object]] | None = None
        while True:
            missed, count = ([], None) if item else await _look(caller, last)
            if count is not None:
                yield JSONServerSentEvent(id=str(last), event="unread", data={"count": count})
            if item and item[0] == "notification":
                missed = [item[1]]
            elif item:
                yield JSONServerSentEvent(event=item[0], data=item[1])
            for data in missed:
                found = UUID(str(data["id"]))
                if found not in sent:
                    sent[found] = None
                    last = max(last, found)
                    yield JSONServerSentEvent(id=str(last), event="notification", data=data)
            while len(sent) > 1000:
                sent.pop(next(iter(sent)))
            item = await _next(queue)


async def _next(queue: "asyncio.Queue[tuple[str, dict[str, object]] | None]") -> tuple[str, dict[str, object]] | None:
    """The next piece of news; null when the database is to be read, because something may have been missed."""
    try:
        return await asyncio.wait_for(queue.get(), LOOK_EVERY_S)
    except TimeoutError:
        return None


async def _look(caller: Caller, last: UUID) -> tuple[list[dict[str, object]], int]:
    """What came after the last one, and how many are unread."""
    async with transaction(caller, read_only=True) as tx:
        found = [shown.model_dump(mode="json", by_alias=True) for shown in await bell.since(tx, last)]
        return found, await bell.unread_count(tx)
