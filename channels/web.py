"""In-app messages: published on Redis to whichever process holds the person's stream, kept in Postgres in any case."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from redis.exceptions import RedisError

from runtime.redis import redis_client
from runtime.telemetry import log

PREFIX = "live:"
QUEUE = 500
BEAT_S = 10
MISSED_BEATS = 2
"""A client that took none of this many heartbeats is dropped: between 20 and 30 seconds after it got stuck."""

REMEMBERED = 100_000
"""How many notifications a process knows it has heard: those of minutes."""

_log = log("web")


def person_topic(school_id: UUID, person_id: UUID) -> str:
    return f"{PREFIX}person:{school_id}:{person_id}"


def person_of(topic: str) -> tuple[UUID, UUID] | None:
    """The school and person of a person's topic; null for other topics."""
    kind, *ids = topic.removeprefix(PREFIX).split(":")
    return (UUID(ids[0]), UUID(ids[1])) if kind == "person" else None


def school_topic(school_id: UUID, what: str) -> str:
    """What everyone of a school who may see it hears, such as its sandbox phones."""
    return f"{PREFIX}{what}:{school_id}"


def class_topic(school_id: UUID, class_arm_id: UUID) -> str:
    """What everyone of a class hears: that something of it changed, never about whom."""
    return f"{PREFIX}class:{school_id}:{class_arm_id}"


def run_topic(run_id: UUID) -> str:
    return f"{PREFIX}run:{run_id}"


async def publish(topic: str, event: str, data: dict[str, Any]) -> None:
    """Tell every process that listens. Nothing is lost when nobody does: the data is in Postgres."""
    await redis_client().publish(topic, json.dumps({"event": event, "data": data}))


async def publish_all(messages: list[tuple[str, str, dict[str, Any]]]) -> None:
    """Many at once, in one round trip."""
    async with redis_client().pipeline(transaction=False) as pipe:
        for topic, event, data in messages:
            pipe.publish(topic, json.dumps({"event": event, "data": data}))
        await pipe.execute()


@dataclass(frozen=True)
class News:
    """One thing that happened, as every client of this process hears it: written for the wire once, not per client."""

    event: str
    data: dict[str, Any]

    @cached_property
    def id(self) -> str | None:
        """What a client resumes from; only notifications are kept, so only they have one."""
        return str(self.data["id"]) if self.event == "notification" else None

    @cached_property
    def sse(self) -> bytes:
        return as_sse(self.event, self.data, self.id)


def as_sse(event: str, data: dict[str, Any], event_id: str | None = None) -> bytes:
    """A server-sent event on the wire."""
    head = f"id: {event_id}\r\n" if event_id else ""
    return f"{head}event: {event}\r\ndata: {json.dumps(data, separators=(',', ':'))}\r\n\r\n".encode()


BEAT = News("beat", {})
"""Nothing happened, and the client is to be shown that the line is alive."""

Heard = Callable[[str, News], None]


class Listener:
    """One client of the hub: what it has not taken yet. None means: read the database, something may be missed."""

    __slots__ = ("_items", "_waiter", "missed", "on_stale")

    def __init__(self, on_stale: Callable[[], object] | None) -> None:
        self._items: deque[News | None] = deque()
        self._waiter: asyncio.Future[None] | None = None
        self.on_stale, self.missed = on_stale, 0

    def put(self, item: News | None) -> None:
        """Never wait for a slow client: when too much waits for it, forget that and have it read the database."""
        if len(self._items) >= QUEUE:
            self._items.clear()
            item = None
        self._items.append(item)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def get(self) -> News | None:
        """The next item, once there is one."""
        while not self._items:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        return self._items.popleft()

    def waiting(self) -> list[News | None]:
        """Whatever else is there already, taken at once."""
        taken = list(self._items)
        self._items.clear()
        return taken

    def beat(self) -> None:
        """Put a heartbeat; a client that took none of the last ones is stuck or gone."""
        self.missed = self.missed + 1 if self._items else 0
        if self.missed >= MISSED_BEATS:
            self.end()
        else:
            self.put(BEAT)

    def end(self) -> None:
        """Let the client go."""
        if self.on_stale is not None:
            self.on_stale()


class Hub:
    """One subscription a process, fanned out to its clients: a thousand open streams cost Redis one connection.

    Heartbeats come from here as well, a slice of the clients each second: no client needs a timer of its own.
    """

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._slices: list[set[Listener]] = [set() for _ in range(BEAT_S)]
        self._next_slice = 0
        self._heard: list[tuple[Heard, Callable[[], Iterable[str]]]] = []
        self._heard_ids: dict[str, None] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self.connected = asyncio.Event()
        self.gap = asyncio.Event()

    def start(self) -> None:
        if not self._tasks or self._tasks[0].done():
            self._tasks = [asyncio.create_task(self._run(), name="hub"), asyncio.create_task(self._beat(), name="beat")]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        self._tasks = []
        self._after_a_gap()

    def end_all(self) -> None:
        """End every stream that beats: the process stops, and its clients go on at another."""
        for slot in self._slices:
            for listener in list(slot):
                listener.end()

    async def say(self, topic: str, event: str, data: dict[str, Any]) -> None:
        """Publish, or when Redis is away at least tell the clients of this process."""
        try:
            await publish(topic, event, data)
        except (RedisError, OSError):
            self._fan_out(topic, News(event, data))

    def also(self, heard: Heard, topics: Callable[[], Iterable[str]]) -> None:
        """Let another transport hear everything: heard(topic, news). `topics` says whom it serves now."""
        self._heard.append((heard, topics))

    @contextmanager
    def listen(self, *topics: str, on_stale: Callable[[], object] | None = None) -> Generator[Listener]:
        """What is said on these topics. With `on_stale` it also beats, and `on_stale` is called when nothing takes the beats."""
        listener = Listener(on_stale)
        for topic in topics:
            self._listeners[topic].add(listener)
        slot = self._slices[self._next_slice]
        self._next_slice = (self._next_slice + 1) % BEAT_S
        if on_stale is not None:
            slot.add(listener)
        self.start()
        try:
            yield listener
        finally:
            slot.discard(listener)
            for topic in topics:
                self._listeners[topic].discard(listener)
                if not self._listeners[topic]:
                    del self._listeners[topic]

    async def _run(self) -> None:
        while True:
            try:
                async with redis_client().pubsub() as subscription:
                    await subscription.psubscribe(f"{PREFIX}*")
                    self.connected.set()
                    self._after_a_gap()
                    async for message in subscription.listen():
                        if message["type"] == "pmessage":
                            told = json.loads(message["data"])
                            self._fan_out(message["channel"], News(told["event"], told["data"]))
            except (RedisError, OSError) as error:
                self.connected.clear()
                _log.warning("hub_waits", error=type(error).__name__)
                await asyncio.sleep(1)

    async def _beat(self) -> None:
        while True:
            for slot in self._slices:
                await asyncio.sleep(1)
                for listener in list(slot):
                    listener.beat()

    def _fan_out(self, topic: str, news: News) -> None:
        if news.id is not None:
            self._heard_ids[news.id] = None
            if len(self._heard_ids) > REMEMBERED:
                self._heard_ids.pop(next(iter(self._heard_ids)))
        for listener in self._listeners.get(topic, ()):
            listener.put(news)
        for heard, _ in self._heard:
            heard(topic, news)

    def topics(self) -> set[str]:
        """Everything a client of this process listens to."""
        return set(self._listeners).union(*(topics() for _, topics in self._heard))

    def tell_unheard(self, topic: str, news: News) -> bool:
        """Tell this process's clients of something kept that Redis never brought here. False when it had."""
        if news.id in self._heard_ids:
            return False
        self._fan_out(topic, news)
        return True

    def _after_a_gap(self) -> None:
        """Redis was away: the few that keep no ids read the database; notifications are looked up for all at once."""
        self.gap.set()
        for listeners in self._listeners.values():
            for listener in listeners:
                if listener.on_stale is None:
                    listener.put(None)


hub = Hub()
"""The hub of this process."""
