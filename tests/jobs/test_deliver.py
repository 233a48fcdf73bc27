"""One batch at a time: accepted, refused, tried again after 1, 5 and 30 s, given up, handed to the next provider, paced."""

import asyncio
import time
from datetime import timedelta
from uuid import UUID

import pytest
from redis.asyncio import Redis
from sqlalchemy import select, update

from channels import accounts, breaker, rate
from channels.providers import Accepted, Outgoing, Refused, SendFailed, TryLater, Unknown
from jobs import deliver, sweep
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.transaction import transaction
from school import announcements, consent, deliveries, delivery_states
from school.deliveries import Reply
from school.notifications import Channel, Delivery, DeliveryAttempt
from tests.tiny_school import TinySchool


class Scripted:
    """A provider that does what it is told to, in order; then it accepts."""

    per_second: float | None = None

    def __init__(self, name: str, *script: SendFailed, known: bool | None = None) -> None:
        self.name, self.account, self.script, self.known = name, name, list(script), known
        self.sent: list[UUID] = []

    async def send(self, message: Outgoing) -> Accepted:
        if self.script:
            raise self.script.pop(0)
        self.sent.append(message.key)
        return Accepted(f"{self.name}-{message.key}")

    async def find(self, message: Outgoing) -> Accepted | None:
        if self.known is None:
            raise Unknown("cannot say")
        return Accepted("found") if self.known else None


@pytest.fixture
async def queued(school: TinySchool, callers: dict[str, Caller], streams: Redis) -> UUID:
    """One SMS that waits."""
    async with transaction(callers["head"]) as tx:
        notice = await announcements.notice(tx, "Trip", "Lunch.", student_ids=[school.students["Efe"]])
        return (await deliveries.queue(tx, new_id(), notice)).delivery_ids[0]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The delays deliveries were put back with."""
    found: list[float] = []
    monkeypatch.setattr(deliver, "enqueue_later", lambda s, c, ids, p, wait_s=0.0: found.append(wait_s))
    return found


def _through(school: TinySchool, *providers: Scripted) -> None:
    accounts._kept[(school.id, Channel.SMS)] = (time.monotonic() + 1000, list(providers))  # pyright: ignore[reportPrivateUsage]  # as if the school had these accounts


async def _send(school: TinySchool, caller: Caller, delivery: UUID) -> Delivery:
    async with transaction(caller) as tx:
        await tx.session.execute(update(Delivery).values(not_before=None))
    await deliver.send(str(school.id), "sms", [str(delivery)], "normal")
    async with transaction(caller, read_only=True) as tx:
        return await tx.session.get_one(Delivery, delivery)


async def test_retries_after_1_5_and_30_seconds_then_gives_up(
    school: TinySchool, callers: dict[str, Caller], queued: UUID, waits: list[float], streams: Redis
) -> None:
    provider = Scripted("one", *[TryLater("busy")] * 4)
    _through(school, provider)
    states = [(await _send(school, callers["head"], queued)).state for _ in range(5)]
    assert states == ["queued", "queued", "queued", "dead", "dead"]
    assert waits == [1.0, 5.0, 30.0]
    assert provider.sent == []
    assert await streams.xlen(deliver.DEAD_STREAM) == 1
    async with transaction(callers["head"], read_only=True) as tx:
        tried = list(await tx.session.scalars(select(DeliveryAttempt.outcome).order_by(DeliveryAttempt.number)))
    assert tried == ["retry", "retry", "retry", "given up"]


@pytest.mark.parametrize(("place", "state"), [((True, 0.0), "sent"), ((False, 3.0), "queued")])
async def test_a_reply_claimed_as_it_is_queued_is_sent_once_or_put_back_uncounted(
    school: TinySchool, callers: dict[str, Caller], waits: list[float], streams: Redis, monkeypatch: pytest.MonkeyPatch,
    place: tuple[bool, float], state: str,
) -> None:  # fmt: skip
    async def reserve(*_: object, **__: object) -> tuple[bool, float]:
        return place

    monkeypatch.setattr(rate, "reserve", reserve)
    provider = Scripted("one")
    provider.per_second = 100.0
    _through(school, provider)
    answer = Reply(new_id(), school.guardians["guardian"], Channel.SMS, "+2348031230001", "Ada has 80.")
    async with transaction(callers["head"]) as tx:
        claimed = await deliveries.reply(tx, answer, claimed=True)
        again = await deliveries.reply(tx, answer, claimed=True)
    assert claimed is not None and again is None
    async with transaction(callers["head"]) as tx:
        assert await delivery_states.claim(tx, [claimed.id]) == []
    await deliver.send_claimed([claimed], "urgent")
    async with transaction(callers["head"], read_only=True) as tx:
        row = await tx.session.get_one(Delivery, claimed.id)
    assert (row.state, row.attempts, len(provider.sent)) == ((state, 1, 1) if place[0] else (state, 0, 0))
    assert waits == ([] if place[0] else [2.0])


async def test_what_will_never_work_is_not_tried_again(
    school: TinySchool, callers: dict[str, Caller], queued: UUID, waits: list[float]
) -> None:
    second = Scripted("two")
    _through(school, Scripted("one", Refused("no such number")), second)
    row = await _send(school, callers["head"], queued)
    assert (row.state, row.reason, waits, second.sent) == ("failed", "no such number", [], [])


async def test_the_next_provider_stands_in(
    school: TinySchool, callers: dict[str, Caller], queued: UUID, waits: list[float]
) -> None:
    second = Scripted("two")
    _through(school, Scripted("one", TryLater("down")), second)
    row = await _send(school, callers["head"], queued)
    assert (row.state, row.provider, second.sent, waits) == ("sent", "two", [queued], [])


@pytest.mark.parametrize(("known", "state"), [(True, "sent"), (False, "queued"), (None, "dead")])
async def test_nobody_knows_is_asked_about_and_never_sent_twice(
    school: TinySchool, callers: dict[str, Caller], queued: UUID, waits: list[float], known: bool | None, state: str
) -> None:
    second = Scripted("two", known=False)
    _through(school, Scripted("one", Unknown("no answer"), known=known), *([second] if known is not None else []))
    row = await _send(school, callers["head"], queued)
    assert (row.state, second.sent) == ("sending", [])
    await sweep.settle_stale(school.id, timedelta(0))
    async with transaction(callers["head"], read_only=True) as tx:
        assert (await tx.session.get_one(Delivery, queued)).state == state


async def test_a_stop_that_came_after_queueing_holds(
    school: TinySchool, callers: dict[str, Caller], queued: UUID
) -> None:
    async with transaction(callers["head"]) as tx:
        await consent.stop(tx, Channel.SMS, school.phones["of Efe"], "STOP")
    provider = Scripted("one")
    _through(school, provider)
    row = await _send(school, callers["head"], queued)
    assert (row.state, provider.sent) == ("skipped", [])


async def test_two_workers_with_the_same_batch_send_once(
    school: TinySchool, callers: dict[str, Caller], queued: UUID
) -> None:
    provider = Scripted("one")
    _through(school, provider)
    await asyncio.gather(*(_send(school, callers["head"], queued) for _ in range(4)))
    assert provider.sent == [queued]


async def test_a_breaker_opens_after_five_failures_and_closes_on_success(streams: Redis) -> None:
    assert [await breaker.failed("gateway") for _ in range(5)] == [False, False, False, False, True]
    assert await breaker.is_open("gateway")
    assert 0 < await breaker.cools_s("gateway") <= breaker.COOL_S
    await streams.delete("breaker:gateway:open")  # cooled
    assert await breaker.failed("gateway")  # one more failure opens it again
    await breaker.succeeded("gateway")
    assert not await breaker.is_open("gateway")
    assert not await breaker.failed("gateway")


async def test_places_in_a_rate_are_spread_over_all_workers(streams: Redis) -> None:
    taken = [await rate.reserve("gateway", 100, 25) for _ in range(4)]
    assert all(ok for ok, _ in taken)
    assert [round(wait_s, 1) for _, wait_s in taken] == pytest.approx([0.0, 0.2, 0.5, 0.7], abs=0.25)
    ok, wait_s = await rate.reserve("gateway", 100, 1, most_s=0.1)
    assert (ok, wait_s > 0.5) == (False, True)
