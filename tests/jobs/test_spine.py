"""The way of a message, with a real worker: published, sent, answered, withdrawn, corrected."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from channels.receiving import Incoming, receive
from runtime.caller import Caller
from runtime.outbox import EventReceipt, OutboxRow
from runtime.transaction import across_schools, transaction
from school import attendance, delivery_log, score_sheets, scores
from school.attendance import MarkSet
from school.inbox import InboundMessage
from school.notifications import Channel, Delivery, Notification
from school.permissions import Permission
from school.registers import Presence
from tests.delivery import WorkerProcess, states, texts_to, until
from tests.tiny_school import TinySchool

pytestmark = pytest.mark.usefixtures("worker")


async def _publish(school: TinySchool, teacher: Caller, *, again: bool = False) -> None:
    topaz, maths, term = school.class_arms["JSS 2 Topaz"], school.subjects["Mathematics"], school.term_id
    async with transaction(teacher) as tx:
        opened = await score_sheets.access_sheet(tx, topaz, maths, term, Permission.SCORES_PUBLISH)
        await scores.withdraw(tx, opened)
        if again:
            await scores.publish(tx, opened)


async def _all_sent(head: Caller, count: int) -> bool:
    return (await states(head)).get("sent", 0) >= count


async def test_published_scores_reach_the_phones_and_are_answered(
    school: TinySchool, callers: dict[str, Caller]
) -> None:
    await _publish(school, callers["teacher"], again=True)
    await until(lambda: _all_sent(callers["head"], 3))
    number = school.phones["of Chidi"]
    (text,) = await texts_to(callers["head"], number)
    assert text.startswith("Hillcrest Academy: the Mathematics result of Chidi (JSS 2 Topaz, Second Term) is out.")
    async with transaction(callers["head"]) as tx:
        why = await delivery_log.explain(tx, student_id=school.students["Chidi"])
        incoming = Incoming("sandbox", "1", Channel.SMS, number, "hillcrest", "how did he do in maths?")
        assert await receive(tx, incoming) is not None
        assert await receive(tx, incoming) is None
    assert "accepted by the network" in why[0].sentence

    async def answered() -> bool:
        return len(await texts_to(callers["head"], number)) == 2

    await until(answered, patience_s=90)  # the first answer may have to train the planner
    assert "Chidi" in (await texts_to(callers["head"], number))[1]
    async with transaction(callers["head"], read_only=True) as tx:
        (message,) = await tx.session.scalars(select(InboundMessage))
    assert message.outcome == "answered"


async def test_a_withdrawn_publication_leaves_no_notice_in_the_bell(
    school: TinySchool, callers: dict[str, Caller]
) -> None:
    await _publish(school, callers["teacher"], again=True)
    await until(lambda: _all_sent(callers["head"], 3))
    await _publish(school, callers["teacher"])

    async def hidden() -> bool:
        async with transaction(callers["head"], read_only=True) as tx:
            return not any(await tx.session.scalars(select(Notification.in_app)))

    await until(hidden)
    assert await states(callers["head"]) == {"sent": 3}


async def test_an_absent_childs_guardian_hears_of_it_and_of_the_correction(
    school: TinySchool, callers: dict[str, Caller]
) -> None:
    ruby, efe = school.class_arms["JSS 2 Ruby"], school.students["Efe"]
    number = school.phones["of Efe"]
    async with transaction(callers["teacher"]) as tx:
        day = tx.today if tx.today.weekday() < 5 else tx.today - timedelta(days=tx.today.weekday() - 4)
        if (tx.today - day).days > 1:
            pytest.skip("on a Sunday the last school day is too old to be told of")
        await attendance.take(tx, ruby, day, [MarkSet(student_id=efe, presence=Presence.ABSENT)])

    async def told(count: int) -> bool:
        return len(await texts_to(callers["head"], number)) == count

    await until(lambda: told(1))
    async with transaction(callers["teacher"]) as tx:
        await attendance.take(tx, ruby, day, [])
    await until(lambda: told(2))
    first, second = await texts_to(callers["head"], number)
    assert f"Efe was marked absent on {day:%A}" in first
    assert second.startswith(f"Hillcrest Academy: Correction: Efe was in school on {day:%A}")


async def test_every_event_is_worked_off_once_by_each_consumer(school: TinySchool, callers: dict[str, Caller]) -> None:
    await _publish(school, callers["teacher"], again=True)
    await until(lambda: _all_sent(callers["head"], 3))
    async with across_schools() as session:
        receipts = [(row.event_id, row.consumer) for row in await session.scalars(select(EventReceipt))]
        waiting = list(await session.scalars(select(OutboxRow.id).where(OutboxRow.sent_at.is_(None))))
    assert len(receipts) == len(set(receipts))
    assert waiting == []


async def test_a_stopped_worker_ends_cleanly(
    school: TinySchool, callers: dict[str, Caller], worker: WorkerProcess
) -> None:
    await _publish(school, callers["teacher"], again=True)
    await until(lambda: _all_sent(callers["head"], 3))
    assert worker.stop() == 0
    async with transaction(callers["head"], read_only=True) as tx:
        assert set(await tx.session.scalars(select(Delivery.attempts))) == {1}
