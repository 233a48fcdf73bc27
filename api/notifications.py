"""The bell over HTTP: pages, reading, preferences, and a stream that a dropped client resumes with nothing lost."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, FastAPI, Header, Query
from pydantic import Field
from sqlalchemy.exc import SQLAlchemyError

from api.live import BEAT, LiveStream
from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from channels import web
from channels.web import News, hub
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.telemetry import log
from runtime.transaction import transaction
from school import bell
from school.bell import Page, Preference, Shown

router = APIRouter(prefix="/api/notifications", tags=["notifications"])
LOOK_EVERY_S = 60
LOOK_BACK = timedelta(minutes=3)
"""How often, and how far back, a process looks for what Redis did not bring: what a lost message costs at most."""

_log = log("notifications")


class Count(Camel):
    count: int


class PreferenceChoice(Camel):
    event_type: str = Field(max_length=60, description="A type of event, or * for all of them.")
    channel: str = Field(max_length=20)
    enabled: bool | None = Field(description="null goes back to the school's default.")


class PreferenceChoices(Camel):
    items: list[PreferenceChoice] = Field(max_length=200)


class Preferences(Camel):
    items: list[Preference]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """The hub of this process lives as long as the application, and so does the search for what it did not hear."""
    hub.start()
    searching = asyncio.create_task(_search(), name="unheard")
    yield
    searching.cancel()
    await hub.stop()


async def _search() -> None:
    """Look for notifications this process did not hear of: every minute, and at once when Redis comes back."""
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(hub.gap.wait(), LOOK_EVERY_S)
        hub.gap.clear()
        try:
            await tell_unheard()
        except (SQLAlchemyError, OSError) as error:
            _log.warning("search_waits", error=type(error).__name__)


async def tell_unheard(within: timedelta = LOOK_BACK) -> int:
    """Tell this process's clients what was kept for them lately and never came over Redis; one query a school."""
    listening: dict[UUID, set[UUID]] = {}
    for topic in hub.topics():
        if found := web.person_of(topic):
            listening.setdefault(found[0], set()).add(found[1])
    told = 0
    for school_id, people in listening.items():
        async with transaction(Caller.system(school_id), read_only=True) as tx:
            kept = await bell.kept_since(tx, people, tx.now - within)
        for person_id, shown in kept:
            news = News("notification", shown.model_dump(mode="json", by_alias=True))
            told += hub.tell_unheard(web.person_topic(school_id, person_id), news)
    return told


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
async def prefer(choices: PreferenceChoices, caller: SignedInCaller) -> Preferences:
    """Choose what reaches you; choices left out stay as they are."""
    async with transaction(caller) as tx:
        for choice in choices.items:
            await bell.prefer(tx, choice.event_type, choice.channel, choice.enabled)
        return Preferences(items=await bell.preferences(tx))


@router.get("/stream", operation_id="stream_notifications", response_class=LiveStream)
async def stream(
    caller: SignedInCaller, last_event_id: Annotated[str | None, Header(max_length=60)] = None
) -> LiveStream:
    """Your notifications as they come (SSE: `notification`, `unread`). Send Last-Event-ID to go on where you were."""
    bell.check_owner(caller)
    assert caller.person_id is not None
    return LiveStream(web.person_topic(caller.school_id, caller.person_id), Follower(caller, _id(last_event_id)))


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


async def tell_unread(caller: Caller, count: int) -> None:
    """Let the person's other devices know the new count."""
    if caller.person_id is not None:
        await hub.say(web.person_topic(caller.school_id, caller.person_id), "unread", {"count": count})


class Follower:
    """What one connection has been sent: first what was missed, then what comes, each notification once."""

    def __init__(self, caller: Caller, last: UUID | None) -> None:
        self._caller, self._sent = caller, {str(last): None} if last else dict[str, None]()
        self._last = last or new_id()  # ids grow with time: from now on

    async def write(self, item: News | None) -> bytes:
        """The bytes of a piece of news; null reads the database: what came after the last one, and the unread count."""
        if item is None:
            return await self._look()
        if item is web.BEAT:
            return BEAT
        return item.sse if item.id is None or self._new(item.id) else b""

    def _new(self, found: str) -> bool:
        if found in self._sent:
            return False
        self._sent[found] = None
        if len(self._sent) > 1000:
            self._sent.pop(next(iter(self._sent)))
        self._last = max(self._last, UUID(found))
        return True

    async def _look(self) -> bytes:
        async with transaction(self._caller, read_only=True) as tx:
            missed = [shown.model_dump(mode="json", by_alias=True) for shown in await bell.since(tx, self._last)]
            count = await bell.unread_count(tx)
        told = web.as_sse("unread", {"count": count}, str(self._last))
        for data in missed:
            news = News("notification", data)
            if news.id and self._new(news.id):
                told += news.sse
        return told
