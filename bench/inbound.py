"""Messages coming in: how fast a provider's webhook is acknowledged, and how soon a burst of guardians is answered.

`SCHOOLOS_BENCH_SECONDS=15` for a short look at the webhooks; `SCHOOLOS_BENCH_WORKERS=2` for a burst on two workers alone.
"""

import asyncio
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from uuid import UUID

import httpx2
import psutil
from sqlalchemy import func, select

from bench import running
from bench.measurement import Measurement
from channels.receiving import MOST_TOGETHER, Incoming, receive_all
from runtime import processes
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.secrets import seal
from runtime.transaction import transaction
from school.channel_accounts import ChannelAccount
from school.inbox import ContactPoint, InboundMessage
from school.notifications import Channel, Delivery
from school.people import Guardian, Guardianship, PersonKind, person
from tests.api.served import free_port
from tests.tiny_school import TinySchool

TITLE = "Messages coming in"
PER_SECOND = 200
SECONDS = int(os.environ.get("SCHOOLOS_BENCH_SECONDS", "60"))
REPEATED = 10
"""Every so manieth call is sent twice, as providers do."""

WARM = 40
"""Messages before it is measured, so that each worker has loaded what it needs."""

GUARDIANS = 300
"""How many write at once here; `inbound_many` has 10,000."""

WORKERS = [int(number) for number in os.environ.get("SCHOOLOS_BENCH_WORKERS", "1,2").split(",")]
ASKED = (
    "How did Ada do in maths last term?", "What did Ada get in maths last term?", "Ada's maths result last term please",
    "my child maths result last term", "How did my daughter do in maths last term?", "maths score of Ada last term",
    "Pls what is Ada's score in mathematics last term", "How did ada perform in mathematics last term?",
    "Good morning. How did Ada do in maths last term?", "I want to see Ada's result in maths last term",
)  # fmt: skip
"""Guardians do not write the same words."""


def measure() -> Iterator[Measurement]:
    """Webhooks at a steady rate while the worker is stopped and started again; then guardians who all write at once."""
    yield from running.bounded(_webhooks())
    for workers in WORKERS:
        yield from running.bounded(burst(GUARDIANS, workers))


async def _webhooks() -> list[Measurement]:
    port = free_port()
    async with running.school() as school, running.process("bench.sms_gateway", str(port), "0.05"):
        account = await _account(school, f"http://127.0.0.1:{port}")
        async with running.api() as address:
            processes.settle()  # a pause of this client would count as the server's
            posting = asyncio.create_task(_post_all(address, account))
            for _ in range(2):
                async with running.process("jobs.worker"):
                    await asyncio.sleep(SECONDS / 3)
            took = await posting
        async with transaction(Caller.system(school.id), read_only=True) as tx:
            kept = await tx.session.scalar(select(func.count()).select_from(InboundMessage)) or 0
            distinct = await tx.session.scalar(select(func.count(InboundMessage.provider_message_id.distinct()))) or 0
    took.sort()
    sent = PER_SECOND * SECONDS
    size = f"{sent:,} messages, {PER_SECOND} a second for {SECONDS} s, the worker restarted twice"
    return [
        Measurement(what="webhook acknowledged, p50", size=size, value=took[len(took) // 2] * 1000, unit="ms"),
        Measurement(what="webhook acknowledged, p99", size=size, value=took[int(len(took) * 0.99)] * 1000, unit="ms", at_most=100),
        Measurement(what="messages lost", size=size, value=sent - distinct, unit="messages", at_most=0),
        Measurement(what="messages doubled", size=size, value=kept - distinct, unit="messages", at_most=0),
    ]  # fmt: skip


async def _account(school: TinySchool, gateway: str) -> UUID:
    """The account whose webhook is called, and one whose stand-in takes the answers."""
    async with transaction(school.callers["admin"]) as tx:
        tx.session.add(
            ChannelAccount(
                id=new_id(), school_id=tx.school_id, channel="sms", provider="twilio", sender="+15550001", enabled=True,
                secrets=seal({"account_sid": "AC1", "auth_token": "t"}), options={"base_url": gateway}, position=0,
                per_second=1000,
            )
        )  # fmt: skip
        row = ChannelAccount(
            id=new_id(), school_id=tx.school_id, channel="sms", provider="africastalking", sender="12345", enabled=True,
            secrets=seal({"username": "u", "api_key": "k", "hook_token": "tok"}), options={}, position=1,
        )  # fmt: skip
        tx.session.add(row)
    return row.id


async def _post_all(address: str, account: UUID) -> list[float]:
    took: list[float] = []
    limits = httpx2.Limits(max_connections=64, max_keepalive_connections=64)
    async with (
        httpx2.AsyncClient(base_url=address, timeout=30, limits=limits) as client,
        asyncio.TaskGroup() as posting,
    ):
        began = time.monotonic()
        for n in range(PER_SECOND * SECONDS):
            await asyncio.sleep(max(0.0, began + n / PER_SECOND - time.monotonic()))
            posting.create_task(_post(client, account, n, took))
            if n % REPEATED == 0:
                posting.create_task(_post(client, account, n, took))
    return took


async def _post(client: httpx2.AsyncClient, account: UUID, n: int, took: list[float]) -> None:
    form = {"id": f"AT{n}", "from": f"+23480{n:08d}", "to": "12345", "text": "STOP"}
    began = time.monotonic()
    answer = await client.post(f"/api/hooks/{account}?token=tok", data=form)
    took.append(time.monotonic() - began)
    assert answer.status_code == 204, answer.text


async def burst(guardians: int, workers: int = 1) -> list[Measurement]:
    """So many guardians ask about their child at once, as after results are published."""
    async with running.school() as school, AsyncExitStack() as stack:
        phones = await _families(school, guardians)
        system = Caller.system(school.id)
        started = [await stack.enter_async_context(running.process("jobs.worker")) for _ in range(workers)]
        await _write(system, phones[:WARM], "warm")
        await _answered(system, WARM)
        began, used = time.monotonic(), _used(started)
        await _write(system, phones[WARM:], "first")
        await _answered(system, len(phones))
        drained, used = time.monotonic() - began, _used(started) - used
        async with transaction(system, read_only=True) as tx:
            waited = InboundMessage.handled_at - InboundMessage.created_at
            query = select(func.extract("epoch", waited)).where(InboundMessage.provider_message_id.like("first%"))
            seconds = sorted(float(value) for value in await tx.session.scalars(query))
            replies = await tx.session.scalar(
                select(func.count()).select_from(Delivery).where(Delivery.address.in_(phones[WARM:]))
            )
    size = (
        f"{len(seconds):,} guardians ask for their child's result at once, {workers} worker{'s' if workers > 1 else ''}"
    )
    return [
        Measurement(what="first messages answered", size=size, value=len(seconds) / drained, unit="a second"),
        Measurement(what="time to the answer, p95", size=size, value=seconds[int(len(seconds) * 0.95)], unit="s"),
        Measurement(what="processor time of the workers, an answer", size=size, value=used / len(seconds) * 1000, unit="ms"),
        Measurement(what="messages without an answer", size=size, value=len(seconds) - (replies or 0), unit="messages", at_most=0),
    ]  # fmt: skip


def _used(workers: list[subprocess.Popen[bytes]]) -> float:
    """Processor seconds of these processes."""
    return sum(sum(psutil.Process(one.pid).cpu_times()[:2]) for one in workers)


async def _families(school: TinySchool, guardians: int) -> list[str]:
    """Guardians with a proved phone each, all of one child whose results are out."""
    phones = [f"+23481{n:08d}" for n in range(guardians + WARM)]
    school_id, child = school.id, school.students["Ada"]
    people = [person(PersonKind.GUARDIAN, school_id, "G", phone[-5:], phone=phone) for phone in phones]
    async with transaction(school.callers["admin"]) as tx:
        tx.session.add_all(people)
        await tx.session.flush()
        tx.session.add_all(Guardian(id=one.id, school_id=school_id) for one in people)
        await tx.session.flush()
        tx.session.add_all(Guardianship(school_id=school_id, guardian_id=one.id, student_id=child) for one in people)
        tx.session.add_all(
            ContactPoint(
                school_id=school_id, person_id=one.id, channel="sms", address=phone, verified_at=tx.now, code_tries=0
            )
            for one, phone in zip(people, phones, strict=True)
        )
    return phones


async def _write(system: Caller, phones: list[str], key: str) -> None:
    came = [
        Incoming("sandbox", f"{key}{n}", Channel.SMS, phone, "school", ASKED[n % len(ASKED)])
        for n, phone in enumerate(phones)
    ]
    for start in range(0, len(came), MOST_TOGETHER):
        async with transaction(system) as tx:
            await receive_all(tx, came[start : start + MOST_TOGETHER])


async def _answered(system: Caller, count: int) -> None:
    while True:
        async with transaction(system, read_only=True) as tx:
            done = await tx.session.scalar(
                select(func.count()).select_from(InboundMessage).where(InboundMessage.handled_at.is_not(None))
            )
        if (done or 0) >= count:
            return
        await asyncio.sleep(0.2)
