"""What happens by the clock, and the partitions of the delivery log."""

from datetime import timedelta

from redis.asyncio import Redis
from sqlalchemy import insert, select, text

from jobs import schedule, sweep
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.transaction import transaction
from school import announcements, deliveries, delivery_log, schools
from school.notifications import Delivery, DeliveryAttempt
from school.registers import AttendanceMark, Register
from tests.tiny_school import TinySchool


async def test_attempts_are_kept_by_the_month(school: TinySchool, callers: dict[str, Caller]) -> None:
    await schedule.make_months()
    async with transaction(callers["head"]) as tx:
        notice = await announcements.notice(tx, "Trip", "Lunch.", student_ids=[school.students["Efe"]])
        (delivery_id,) = (await deliveries.queue(tx, new_id(), notice)).delivery_ids
        await tx.session.execute(
            insert(DeliveryAttempt).values(
                id=new_id(), school_id=school.id, delivery_id=delivery_id, number=1, provider="twilio", outcome="accepted"
            )
        )  # fmt: skip
        where = (await tx.session.execute(text("SELECT tableoid::regclass::text FROM delivery_attempts"))).scalar_one()
        assert where == f"delivery_months.attempts_{tx.now:%Y_%m}"
        assert [a.provider for a in await delivery_log.attempts_of(tx, delivery_id)] == ["twilio"]
    async with transaction(callers["stranger"], read_only=True) as tx:
        assert list(await tx.session.scalars(select(DeliveryAttempt))) == []


async def test_a_failing_task_does_not_stop_the_schedule(school: TinySchool) -> None:
    async def fails() -> None:
        raise ValueError("on purpose")

    await schedule.safely(schedule.Task("fails", 1, fails))
    await schedule.safely(next(task for task in schedule.TASKS if task.name == "release_scores"))


async def test_a_sweep_hands_over_what_redis_lost(
    school: TinySchool, callers: dict[str, Caller], streams: Redis
) -> None:
    async with transaction(callers["head"]) as tx:
        notice = await announcements.notice(tx, "Trip", "Lunch.", student_ids=[school.students["Efe"]])
        await deliveries.queue(tx, new_id(), notice)
    await streams.flushall()
    none = timedelta(0)
    assert (await sweep.sweep(overdue=timedelta(hours=1)))["overdue"] == 0
    assert (await sweep.sweep(overdue=none))["overdue"] == 1
    assert await streams.llen("schoolos:normal") == 1


async def test_the_weekly_digest_is_sent_once(school: TinySchool, callers: dict[str, Caller]) -> None:
    async with transaction(callers["head"]) as tx:
        row = await schools.current(tx)
        local = tx.now.astimezone(tx.zone)
        row.options = {"digest": {"weekday": (local.weekday() + 1) % 7, "at": "00:00"}}
        register = {"id": new_id(), "school_id": school.id, "class_arm_id": school.class_arms["JSS 2 Ruby"],
                    "taken_on": tx.today, "updated_at": tx.now, "version": 1}  # fmt: skip
        await tx.session.execute(insert(Register).values(register))
        for child, presence in (("Efe", "absent"), ("Musa", "present"), ("Ada", "late")):
            mark = {"id": new_id(), "school_id": school.id, "register_id": register["id"], "note": "",
                    "student_id": school.students[child], "presence": presence}  # fmt: skip
            await tx.session.execute(insert(AttendanceMark).values(mark))
    assert await schedule.send_digests() == 0  # another day
    async with transaction(callers["head"]) as tx:
        (await schools.current(tx)).options = {"digest": {"weekday": local.weekday(), "at": "00:00"}}
    assert [await schedule.send_digests() for _ in range(2)] == [2, 0]
    async with transaction(callers["head"], read_only=True) as tx:
        texts = sorted(await tx.session.scalars(select(Delivery.text)))
    assert [text.partition(". ")[2].partition(" Reply")[0] for text in texts] == [
        "Ada: late 1 day.",
        "Efe: absent 1 day.",
    ]
