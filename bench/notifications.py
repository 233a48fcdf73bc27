"""Notifications: publication to the last SMS at a gateway of 50 ms, and the sustained rate."""

import asyncio
import statistics
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import UUID

import httpx2
from sqlalchemy import insert, update

from bench import running
from bench.measurement import Measurement
from channels import accounts
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.secrets import seal
from runtime.transaction import transaction
from school.channel_accounts import ChannelAccount
from school.notices import NoticeSent
from school.people import Guardian, Guardianship, Person, Student
from tests.api.served import free_port
from tests.tiny_school import TinySchool

TITLE = "Notifications"
CLASS = 45
ROUNDS = 8
MANY = 6000
LAST_WITHIN_S = 90


def measure() -> Iterator[Measurement]:
    """A school with guardians enough, one worker process, a gateway in a process of its own."""
    yield from running.bounded(_measure())


async def _measure() -> list[Measurement]:
    found: list[Measurement] = []
    async with AsyncExitStack() as stack:
        school = await stack.enter_async_context(running.school())
        gateway = await stack.enter_async_context(_gateway())
        students = await _families(school, school.callers["head"], MANY)
        await _account(school.callers["head"], gateway)
        await stack.enter_async_context(running.process("jobs.worker"))
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
                        size=f"{MANY:,} SMS, gateway of 50 ms", at_least=20_000)
        )  # fmt: skip
    return found


@asynccontextmanager
async def _gateway() -> AsyncGenerator[httpx2.AsyncClient]:
    port = free_port()
    async with (
        running.process("bench.sms_gateway", str(port), "0.05"),
        httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        await running.answers(client, "/taken")
        yield client


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
                           secrets=seal({"account_sid": "AC1", "auth_token": "t"}))
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
    began, taken = time.time(), list[float]()
    while time.time() - began < LAST_WITHIN_S:
        taken = (await gateway.get("/taken")).json()
        if len(taken) >= len(students):
            return max(taken) - began
        await asyncio.sleep(0.25 if len(students) > CLASS else 0.05)
    raise RuntimeError(f"only {len(taken)} of {len(students)} messages arrived within {LAST_WITHIN_S} s")
