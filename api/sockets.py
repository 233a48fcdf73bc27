"""Socket.IO beside SSE: the same news, for clients that speak it. Rooms per person and class; resumed by last event id.

Every process hears Redis through its one hub and tells the sockets it holds, so sockets need no message queue of their own.
"""

import asyncio
from contextlib import suppress
from typing import Any
from uuid import UUID

import socketio
from engineio.exceptions import SocketIsClosedError
from engineio.packet import MESSAGE, Packet
from fastapi import FastAPI
from socketio.exceptions import ConnectionRefusedError as Refused
from socketio.packet import EVENT
from socketio.packet import Packet as SocketPacket
from sqlalchemy import select

from channels import web
from channels.web import News, hub
from runtime.caller import Door, Role
from runtime.errors import SchoolOSError
from runtime.settings import settings
from runtime.transaction import Tx, transaction
from school import bell, calendar, classes, sign_in
from school.classes import Enrolment
from school.people import Guardianship

HEARTBEAT_S = 15
STALE_AFTER_S = 15
"""A silent client is dropped after HEARTBEAT_S + STALE_AFTER_S: 30 seconds."""


class Rooms(socketio.AsyncManager):
    """Rooms told in one go: the packet is encoded once and queued to each client, with no task of its own for each."""

    async def emit(  # pyright: ignore[reportIncompatibleMethodOverride]  # the parent's is untyped
        self, event: str, data: Any, namespace: str, room: str | None = None, skip_sid: Any = None,
        callback: Any = None, to: str | None = None, **rest: Any,
    ) -> None:  # fmt: skip
        if callback is not None or skip_sid:
            await super().emit(event, data, namespace, room, skip_sid, callback, to, **rest)
            return
        told = SocketPacket(EVENT, namespace=namespace, data=[event, data]).encode()
        line = Packet(MESSAGE, told)
        for _, eio_sid in list(self.get_participants(namespace, to or room)):
            with suppress(KeyError, SocketIsClosedError):
                await sio.eio.send_packet(eio_sid, line)


_origins = [origin.strip() for origin in settings().cors_origins.split(",") if origin.strip()]
sio = socketio.AsyncServer(
    async_mode="asgi", ping_interval=HEARTBEAT_S, ping_timeout=STALE_AFTER_S, max_http_buffer_size=100_000,
    client_manager=Rooms(), cors_allowed_origins=_origins or None,
)  # fmt: skip
_telling: set[asyncio.Task[None]] = set()
_listening = False


@sio.event
async def connect(sid: str, environ: dict[str, Any], auth: Any = None) -> None:
    """Let a signed-in person in: `auth` is {token, lastEventId?}. What they missed comes at once."""
    auth = auth if isinstance(auth, dict) else {}
    try:
        caller = await sign_in.caller_of(str(auth.get("token", "")), Door.WEB)
        async with transaction(caller, read_only=True) as tx:
            rooms = await _rooms(tx)
            last = _id(auth.get("lastEventId"))
            missed = await bell.since(tx, last) if last else []
            count = await bell.unread_count(tx)
    except SchoolOSError as error:
        raise Refused(error.message, {"code": error.code}) from None
    _listen()
    for room in rooms:
        await sio.enter_room(sid, room)
    await sio.emit("unread", {"count": count}, to=sid)
    for shown in missed:
        await sio.emit("notification", shown.model_dump(mode="json", by_alias=True), to=sid)


async def _rooms(tx: Tx) -> list[str]:
    """The topics a person hears: their own, and the classes they teach, are in, or have children in."""
    caller = tx.caller
    rooms = [web.person_topic(caller.school_id, caller.person_id)] if caller.person_id else []
    if caller.role in (Role.GUARDIAN, Role.STUDENT):
        children = select(Guardianship.student_id).where(Guardianship.guardian_id == caller.person_id)
        term = await calendar.current_term(tx)
        arms = await tx.session.scalars(
            select(Enrolment.class_arm_id)
            .where(Enrolment.student_id.in_(children) | (Enrolment.student_id == caller.person_id))
            .where(Enrolment.session_id == term.session_id)
        )
        return rooms + [web.class_topic(caller.school_id, arm) for arm in set(arms)]
    return rooms + [web.class_topic(caller.school_id, arm.id) for arm in await classes.my_class_arms(tx)]


def _id(text: Any) -> UUID | None:
    try:
        return UUID(str(text)) if text else None
    except ValueError:
        return None


def _listen() -> None:
    """Hear the hub of this process, from the first socket on."""
    global _listening
    if not _listening:
        hub.also(_tell, _topics)
        _listening = True
    hub.start()


def _tell(topic: str, news: News) -> None:
    task = asyncio.get_running_loop().create_task(sio.emit(news.event, news.data, room=topic))
    _telling.add(task)
    task.add_done_callback(_telling.discard)


def _topics() -> list[str]:
    """Everybody a socket of this process is open for."""
    return [room for room in sio.manager.rooms.get("/", {}) if room is not None and room.startswith(web.PREFIX)]


def mount(app: FastAPI) -> None:
    """Serve Socket.IO at its usual address."""
    app.mount("/socket.io", socketio.ASGIApp(sio, socketio_path="/socket.io"))
