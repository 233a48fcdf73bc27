"""In-app messages: published on Redis to whichever process holds the person's stream, kept in Postgres in any case."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID

from redis.exceptions import RedisError

from runtime.redis import redis_client
from runtime.telemetry import log

PREFIX = "live:"
QUEUE = 500
_log = log("web")


def person_topic(school_id: UUID, person_id: UUID) -> str:
    return f"{PREFIX}person:{school_id}:{person_id}"


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


Heard = Callable[[str, str, dict[str, Any]], None]


class Hub:
    """One subscription a process, fanned out to its clients: a thousand open streams cost Redis one connection."""

    def __init__(self) -> None:
        self._queues: dict[str, set[asyncio.Queue[tuple[str, dict[str, Any]] | None]]] = defaultdict(set)
        self._listeners: list[Heard] = []
        self._task: asyncio.Task[None] | None = None
        self.connected = asyncio.Event()

    def start(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="hub")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        for queues in self._queues.values():
            for queue in queues:
                _put(queue, None)

    async def say(self, topic: str, event: str, data: dict[str, Any]) -> None:
        """Publish, or when Redis is away at least tell the clients of this process."""
        try:
            await publish(topic, event, data)
        except (RedisError, OSError):
            self._fan_out(topic, {"event": event, "data": data})

    def also(self, listener: Heard) -> None:
        """Let another transport hear everything: listener(topic, event, data)."""
        self._listeners.append(listener)

    @asynccontextmanager
    async def listen(self, *topics: str) -> AsyncGenerator["asyncio.Queue[tuple[str, dict[str, Any]] | None]"]:
        """A queue of (event, data) on these topics; None means: read the database again, something may be missed."""
        queue: asyncio.Queue[tuple[str, dict[str, Any]] | None] = asyncio.Queue(QUEUE)
        for topic in topics:
            self._queues[topic].add(queue)
        self.start()
        try:
            yield queue
        finally:
            for topic in topics:
                self._queues[topic].discard(queue)
                if not self._queues[topic]:
                    del self._queues[topic]

    async def _run(self) -> None:
        while True:
            try:
                async with redis_client().pubsub() as subscription:
                    await subscription.psubscribe(f"{PREFIX}*")
                    self.connected.set()
                    self._tell_all_to_look()
                    async for message in subscription.listen():
                        if message["type"] == "pmessage":
                            self._fan_out(message["channel"], json.loads(message["data"]))
            except (RedisError, OSError) as error:
                self.connected.clear()
                _log.warning("hub_waits", error=type(error).__name__)
                await asyncio.sleep(1)

    def _fan_out(self, topic: str, message: dict[str, Any]) -> None:
        for queue in self._queues.get(topic, ()):
            _put(queue, (message["event"], message["data"]))
        for listener in self._listeners:
            listener(topic, message["event"], message["data"])

    def _tell_all_to_look(self) -> None:
        for queues in self._queues.values():
            for queue in queues:
                _put(queue, None)


def _put(queue: "asyncio.Queue[tuple[str, dict[str, Any]] | None]", item: tuple[str, dict[str, Any]] | None) -> None:
    """Never wait for a slow client: when its queue is full, empty it and have it read the database again."""
    try:
        queue.put_nowait(item)
    except asyncio.QueueFull:
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)


hub = Hub()
"""The hub of this process."""
