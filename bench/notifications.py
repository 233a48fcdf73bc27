"""Notifications: publication to the last SMS at a gateway of 50 ms, the sustained rate, and live streams in numbers."""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from uuid import UUID

import httpx2
import socketio
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from bench.measurement import Measurement
from channels import accounts, web
from runtime import database, redis
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.settings import settings
from runtime.transaction import transaction
from school.channel_accounts import ChannelAccount
from school.notices import NoticeSent
from school.people import Guardian, Guardianship, Person, Student
from tests import postgres, tiny_school
from tests.api.served import free_port
from tests.tiny_school import PASSWORD, TinySchool

TITLE = "Notifications"
CLASS = 45
ROUNDS = 8
MANY = 3000
STREAMS = (1000, 5000)
SOCKETS = 1000
EVENTS = 20


def measure() -> Iterator[Measurement]:
    """A school with guardians enough, one worker process, a gateway in a process of its own."""
    yield from asyncio.run(_measure())


async def _measure() -> list[Measurement]:
    found: list[Measurement] = []
    async with AsyncExitStack() as stack:
        school = await stack.enter_async_context(_school())
        gateway = await stack.enter_async_context(_gateway())
        students = await _families(school, school.callers["head"], MANY)
        await _account(school.callers["head"], gateway)
        await stack.enter_async_context(_process("jobs.worker"))
        await asyncio.sleep(3)
        await _publish(school.callers["head"], gateway, students[:5])
        for per_second, promise in ((30, 30.0), (100_000, 3.0)):
            await _set_rate(school.callers["head"], per_second)
            times = [await _publish(school.callers["head"], gateway, students[:CLASS]) for _ in range(ROUNDS)]
            cap = "30/s cap" if per_second == 30 else "uncapped"
            cut = statistics.quantiles(times, n=20, method="inclusive")[18]
            found.append(
                Measurement(what=f"publish to the last SMS accepted, p95, {cap}", unit="s", value=cut, at_most=promise,
                            size=f"class of {CLASS}, {ROUNDS} rounds, gateway of 50 ms")
            )  # fmt: skip
        took = await _publish(school.callers["head"], gateway, students)
        found.append(
            Measurement(what="sustained rate, one worker process", unit="messages/minute", value=MANY / took * 60,
                        size=f"{MANY:,} SMS, gateway of 50 ms", at_least=1000)
        )  # fmt: skip
        address = await stack.enter_async_context(_api())
        token = await _token(address, school)
        for count in STREAMS:
            found.extend(await _streams(address, token, school, count))
        found.extend(await _sockets(address, token, school))
    return found


@asynccontextmanager
async def _school() -> AsyncGenerator[TinySchool]:
    """The tiny school in a database of its own; Redis, the worker and the api find both by the environment."""
    os.environ["REDIS_URL"] = postgres.valkey_url()
    own = await postgres.clone()
    owner = create_async_engine(database.psycopg_url(own.owner_url))
    async with AsyncSession(owner) as session, session.begin():
        school = await tiny_school.build(session)
    await owner.dispose()
    os.environ |= {
        "DATABASE_URL": own.app_url, "SCHOOLOS_SECRET_KEY": "k" * 32, "SCHOOLOS_DATA_DIR": str(postgres.HOME / "data")
    }  # fmt: skip
    settings.cache_clear()
    await database.forget()
    await redis.redis_client().flushall()
    yield school
    await redis.forget()
    await database.forget()
    await postgres.drop(own)


@asynccontextmanager
async def _process(module: str, *arguments: str, **environment: str) -> AsyncGenerator[None]:
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(  # noqa: ASYNC220  # once, before anything is measured
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # started once
    )
    yield
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(20)
    process.kill()


@asynccontextmanager
async def _gateway() -> AsyncGenerator[httpx2.AsyncClient]:
    port = free_port()
    async with (
        _process("bench.sms_gateway", str(port), "0.05"),
        httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        await _answers(client, "/taken")
        yield client


@asynccontextmanager
async def _api() -> AsyncGenerator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    async with _process("api", SCHOOLOS_PORT=str(port)), httpx2.AsyncClient(base_url=address) as client:
        await _answers(client, "/health/live")
        yield address


async def _answers(client: httpx2.AsyncClient, path: str) -> None:
    for _ in range(2400):
        with suppress(httpx2.HTTPError):
            if (await client.get(path)).status_code == 200:
                return
        await asyncio.sleep(0.1)
    raise RuntimeError(f"{client.base_url} does not answer")


async def _families(school: TinySchool, caller: Caller, count: int) -> list[UUID]:
    ids = [(new_id(), new_id()) for _ in range(count)]
    people = [
        {"id": one, "school_id": school.id, "kind": kind, "given_name": f"Child {n}", "family_name": "Test",
         "phone": f"+23480310{n:05d}" if kind == "guardian" else None}
        for n, pair in enumerate(ids) for one, kind in zip(pair, ("guardian", "student"), strict=True)
    ]  # fmt: skip
    async with transaction(caller) as tx:
        await tx.session.execute(insert(Person), people)
        await tx.session.execute(insert(Guardian), [{"id": g, "school_id": school.id} for g, _ in ids])
        rows = [{"id": s, "school_id": school.id, "admission_no": f"C{n}"} for n, (_, s) in enumerate(ids)]
        await tx.session.execute(insert(Student), rows)
        links = [{"school_id": school.id, "guardian_id": g, "student_id": s} for g, s in ids]
        await tx.session.execute(insert(Guardianship), links)
    return [student for _, student in ids]


async def _account(caller: Caller, gateway: httpx2.AsyncClient) -> None:
    async with transaction(caller) as tx:
        tx.session.add(
            ChannelAccount(id=new_id(), school_id=tx.school_id, channel="sms", provider="twilio", sender="+15550001",
                           options={"base_url": str(gateway.base_url)}, per_second=30,
                           secrets=accounts.seal({"account_sid": "AC1", "auth_token": "t"}))
        )  # fmt: skip


async def _set_rate(caller: Caller, per_second: int) -> None:
    async with transaction(caller) as tx:
        await tx.session.execute(update(ChannelAccount).values(per_second=per_second))
    await asyncio.sleep(accounts.KEPT_S + 0.5)


async def _publish(caller: Caller, gateway: httpx2.AsyncClient, students: list[UUID]) -> float:
    """Seconds from the commit of an announcement to the last SMS the gateway accepted."""
    await gateway.post("/clear")
    async with transaction(caller) as tx:
        tx.emit(
            NoticeSent(title="Results", text="Results are out.", student_ids=students, person_ids=[], channel="sms",
                       urgent=False, timestamp=tx.now)
        )  # fmt: skip
    began = time.time()
    while time.time() - began < 300:
        taken = (await gateway.get("/taken")).json()
        if len(taken) >= len(students):
            return max(taken) - began
        await asyncio.sleep(0.25 if len(students) > CLASS else 0.05)
    raise RuntimeError("the messages did not all arrive")


async def _token(address: str, school: TinySchool) -> str:
    async with httpx2.AsyncClient(base_url=address, timeout=60) as client:
        form = {"username": f"guardian@{school.slug}.test", "password": PASSWORD}
        return (await client.post("/api/auth/token", data=form)).raise_for_status().json()["accessToken"]


async def _streams(address: str, token: str, school: TinySchool, count: int) -> list[Measurement]:
    """Open SSE streams, then publish and see when each client has the event."""
    port = int(address.rsplit(":", 1)[1])
    gate, connects, delays = asyncio.Semaphore(16), list[float](), list[float]()
    readers: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def open_one() -> None:
        async with gate:
            began = time.perf_counter()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head = f"GET /api/notifications/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n"
            writer.write(head.encode())
            await asyncio.wait_for(reader.readuntil(b"event: unread"), 60)
            connects.append(time.perf_counter() - began)
            readers.append((reader, writer))

    await asyncio.gather(*(open_one() for _ in range(count)))

    async def listen(reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if b'"sentAt"' in line:
                delays.append(time.time() - json.loads(line.removeprefix(b"data: "))["sentAt"])

    listening = [asyncio.create_task(listen(reader)) for reader, _ in readers]
    await _say(school)
    await asyncio.sleep(2)
    for task in listening:
        task.cancel()
    for _, writer in readers:
        writer.close()
    await asyncio.sleep(2)
    promise = 100.0 if count == STREAMS[0] else None
    return _figures("SSE", count, connects, delays, promise)


async def _say(school: TinySchool) -> None:
    topic = web.person_topic(school.id, school.guardians["guardian"])
    for _ in range(EVENTS):
        await web.publish(topic, "ping", {"sentAt": time.time()})
        await asyncio.sleep(1)


async def _sockets(address: str, token: str, school: TinySchool) -> list[Measurement]:
    gate, connects, delays = asyncio.Semaphore(16), list[float](), list[float]()
    clients: list[socketio.AsyncClient] = []

    async def open_one() -> None:
        async with gate:
            began = time.perf_counter()
            client = socketio.AsyncClient(reconnection=False)
            client.on("ping", lambda data: delays.append(time.time() - data["sentAt"]))
            await client.connect(address, auth={"token": token}, transports=["websocket"], wait_timeout=60)
            connects.append(time.perf_counter() - began)
            clients.append(client)

    await asyncio.gather(*(open_one() for _ in range(SOCKETS)))
    await _say(school)
    await asyncio.sleep(2)
    await asyncio.gather(*(client.disconnect() for client in clients))
    return _figures("Socket.IO", SOCKETS, connects, delays, 100.0)


def _figures(
    transport: str, count: int, connects: list[float], delays: list[float], promise: float | None
) -> list[Measurement]:
    cuts = [statistics.quantiles(values, n=20, method="inclusive")[18] * 1000 for values in (connects, delays)]
    size = f"{count:,} clients of one api process, client on the same cores"
    arrived = 100 * len(delays) / (count * EVENTS)
    return [
        Measurement(
            what=f"{transport}: events that arrived within 2 s of the last", size=size, value=arrived, unit="%"
        ),
        Measurement(what=f"{transport}: connect, p95", size=size, value=cuts[0], unit="ms", at_most=500),
        Measurement(what=f"{transport}: event to client, p95", size=size, value=cuts[1], unit="ms", at_most=promise),
    ]
