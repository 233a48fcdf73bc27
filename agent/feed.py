"""The feed of a running turn: chunks in a Redis stream that any process can follow, resume and end."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any
from uuid import UUID

from pydantic_ai.ui.vercel_ai.response_types import (
    AbortChunk,
    BaseChunk,
    DoneChunk,
    FinishChunk,
    FinishStepChunk,
    StartChunk,
    StartStepChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
)
from redis.exceptions import RedisError

from agent.stream import Parts, encode
from runtime.errors import Upstream
from runtime.redis import redis_client
from runtime.telemetry import log

DONE = "[DONE]"
KEPT_S = 3600
ALIVE_S = 15
BLOCK_MS = 2000
_log = log("agent")


def _stream(turn_id: UUID) -> str:
    return f"turn:{turn_id}"


def _alive(turn_id: UUID) -> str:
    return f"turn:{turn_id}:alive"


def _stop(turn_id: UUID) -> str:
    return f"turn:{turn_id}:stop"


class Sink:
    """Takes the chunks of a turn: to the stream for those who listen, and to the parts that are kept.

    Without Redis nobody can listen live, but the turn goes on and is kept whole; so it does where nobody can (`live`).
    """

    def __init__(self, turn_id: UUID, live: bool = True) -> None:
        self.turn_id = turn_id
        self.parts = Parts()
        self._connected = live

    async def put(self, chunk: BaseChunk) -> None:
        """Pass one chunk on."""
        data = encode(chunk)
        self.parts.add(data)
        await self._send(data)

    async def _send(self, data: str) -> None:
        if not self._connected:
            return
        key = _stream(self.turn_id)
        try:
            async with redis_client().pipeline(transaction=False) as pipe:
                pipe.xadd(key, {"d": data})
                pipe.expire(key, KEPT_S)
                await pipe.execute()
        except (RedisError, OSError, Upstream) as error:
            self._connected = False
            _log.warning("turn_feed_lost", reason=type(error).__name__)

    async def abort(self, reason: str) -> None:
        """End the stream of a turn that was stopped."""
        for chunk in (AbortChunk(reason=reason), DoneChunk()):
            await self.put(chunk)


async def keep_alive(turn_id: UUID) -> bool:
    """Say that this turn is being worked on; True when somebody asked to stop it."""
    try:
        async with redis_client().pipeline(transaction=False) as pipe:
            pipe.set(_alive(turn_id), "1", ex=ALIVE_S)
            pipe.exists(_stop(turn_id))
            _, asked = await pipe.execute()
            return bool(asked)
    except (RedisError, OSError, Upstream):
        return False


async def claim(turn_id: UUID) -> bool:
    """Take up a turn nobody works on; false when somebody does, or when Redis cannot tell."""
    try:
        return bool(await redis_client().set(_alive(turn_id), "1", ex=ALIVE_S, nx=True))
    except (RedisError, OSError, Upstream):
        return False


async def alive(turn_id: UUID) -> bool:
    """Whether some process works on this turn."""
    return bool(await redis_client().exists(_alive(turn_id)))


async def ask_to_stop(turn_id: UUID) -> None:
    """Ask whichever process runs the turn to stop it."""
    await redis_client().set(_stop(turn_id), "1", ex=KEPT_S)


async def follow(
    turn_id: UUID, last_event_id: str | None, ended: Callable[[], Awaitable[bool]]
) -> AsyncIterator[tuple[str, str]]:
    """The chunks after an event id, as they come; stops after [DONE], or when the turn ended and left no stream."""
    key, last = _stream(turn_id), _position(last_event_id)
    while True:
        try:
            found: Any = await redis_client().xread({key: last}, count=200, block=BLOCK_MS)
        except (RedisError, OSError, Upstream):
            if await ended():
                return
            await asyncio.sleep(0.2)
            continue
        entries = found[0][1] if found else []
        for last, fields in entries:
            yield last, fields["d"]
            if fields["d"] == DONE:
                return
        if not entries and await ended():
            return


def _position(last_event_id: str | None) -> str:
    """A stream position out of what a client sent; from the start when it is none of ours."""
    first, _, second = (last_event_id or "").partition("-")
    return f"{first}-{second}" if first.isdigit() and second.isdigit() else "0"


def replay(conversation_id: UUID, turn_id: UUID, parts: list[dict[str, Any]]) -> Iterator[str]:
    """Kept parts as chunks again."""
    start = StartChunk(message_id=str(turn_id), message_metadata={"conversationId": str(conversation_id)})
    yield encode(start)
    yield encode(StartStepChunk())
    for at, part in enumerate(parts):
        yield from _part(str(at), part)
    for chunk in (FinishStepChunk(), FinishChunk(), DoneChunk()):
        yield encode(chunk)


def _part(at: str, part: dict[str, Any]) -> Iterator[str]:
    if part["type"] == "text":
        for chunk in (TextStartChunk(id=at), TextDeltaChunk(id=at, delta=part["text"]), TextEndChunk(id=at)):
            yield encode(chunk)
    elif part["type"].startswith("data-"):
        yield _json(part)
    elif part["type"].startswith("tool-"):
        call = {"toolCallId": part["toolCallId"]}
        yield _json(
            {"type": "tool-input-available", "toolName": part["toolName"], "input": part.get("input", {})} | call
        )
        if part["state"] == "output-available":
            yield _json({"type": "tool-output-available", "output": part["output"]} | call)
        elif part["state"] == "output-error":
            yield _json({"type": "tool-output-error", "errorText": part["errorText"]} | call)
        elif part["state"] == "approval-requested":
            yield _json({"type": "tool-approval-request", "approvalId": part["approval"]["id"]} | call)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":"))
