"""Another channel stands in for one that surely failed, once; never after STOP, never for what may have arrived."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select, update

from runtime.caller import Caller
from runtime.ids import new_id
from runtime.transaction import Tx, transaction
from school import announcements, consent, contact_points, deliveries, delivery_states
from school.consent import Keyword
from school.delivery_states import Attempted
from school.notifications import Channel, Delivery, DeliveryState
from school.people import Person
from tests.tiny_school import TinySchool

FAILED, SENT = DeliveryState.FAILED, DeliveryState.SENT


async def _notice(tx: Tx, school: TinySchool) -> Delivery:
    """A notice to the mother who is on WhatsApp, claimed by a worker."""
    told = await announcements.notice(tx, "Trip", "Bring lunch.", student_ids=[school.students["Ọláìtán"]])
    (delivery_id,) = (await deliveries.queue(tx, new_id(), told)).delivery_ids
    (row,) = await delivery_states.claim(tx, [delivery_id])
    assert row.channel == Channel.WHATSAPP
    return row


async def _all(tx: Tx) -> dict[str, str]:
    rows = await tx.session.execute(select(Delivery.channel, Delivery.state))
    return {row.channel: row.state for row in rows.all()}


def _attempt(row: Delivery, state: DeliveryState, *, unsent: bool = False, stopped: bool = False) -> Attempted:
    detail = "WhatsApp 131047: outside the window"
    return Attempted(row.id, 1, "meta", state, detail, message_id="wamid.1", unsent=unsent, stopped=stopped)


async def test_a_refused_whatsapp_becomes_one_sms(school: TinySchool, callers: dict[str, Caller]) -> None:
    async with transaction(callers["head"]) as tx:
        row = await _notice(tx, school)
        await delivery_states.record(tx, [_attempt(row, FAILED, unsent=True)])
        assert await _all(tx) == {"whatsapp": "failed", "sms": "queued"}
        sms = (await tx.session.scalars(select(Delivery).where(Delivery.channel == "sms"))).one()
        assert (sms.text, sms.event_id, sms.segments) == (row.text, row.event_id, 1)
        assert "sent by SMS instead" in str(
            await tx.session.scalar(select(Delivery.reason).where(Delivery.id == row.id))
        )
        assert [event for event in tx.events if event.name == "notifications.queued"][-1].delivery_ids == [sms.id]  # type: ignore[attr-defined]
        late = (tx, "meta", "wamid.1", FAILED, datetime.now(UTC))
        assert not await delivery_states.receipt(*late)  # repeated: nothing more goes out
        assert len(await _all(tx)) == 2


@pytest.mark.parametrize("more", [{}, {"unsent": True, "stopped": True}])
async def test_nothing_stands_in_for_what_may_have_arrived_or_after_a_stop(
    school: TinySchool, callers: dict[str, Caller], more: dict[str, bool]
) -> None:
    async with transaction(callers["head"]) as tx:
        row = await _notice(tx, school)
        await delivery_states.record(tx, [_attempt(row, DeliveryState.DEAD if not more else FAILED, **more)])
        assert "sms" not in await _all(tx)
        assert await consent.is_stopped(tx, Channel.WHATSAPP, row.address or "") is bool(more)


async def test_a_receipt_of_failure_falls_back_and_a_late_arrival_calls_it_off(
    school: TinySchool, callers: dict[str, Caller]
) -> None:
    async with transaction(callers["head"]) as tx:
        row = await _notice(tx, school)
        await delivery_states.record(tx, [_attempt(row, SENT)])
        now = datetime.now(UTC)
        assert await delivery_states.receipt(tx, "meta", "wamid.1", FAILED, now, "WhatsApp 131026: undeliverable")
        assert await _all(tx) == {"whatsapp": "failed", "sms": "queued"}
        assert await delivery_states.receipt(tx, "meta", "wamid.1", DeliveryState.DELIVERED, now)
        assert await _all(tx) == {"whatsapp": "delivered", "sms": "withdrawn"}


async def test_a_phone_that_another_guardian_was_told_on_is_not_told_again(
    school: TinySchool, callers: dict[str, Caller]
) -> None:
    async with transaction(callers["head"]) as tx:
        row = await _notice(tx, school)
        other: UUID = school.guardians["of Efe"]
        tx.session.add(
            Delivery(id=new_id(), school_id=school.id, notification_id=row.notification_id, event_id=row.event_id,
                     person_id=other, channel="sms", address=row.address, text="x", state="sent", updated_at=tx.now)
        )  # fmt: skip
        await tx.session.flush()
        await delivery_states.record(tx, [_attempt(row, FAILED, unsent=True)])
        mine = select(Delivery.channel).where(Delivery.person_id == row.person_id)
        assert list(await tx.session.scalars(mine)) == ["whatsapp"]


@pytest.mark.parametrize(
    ("text", "word"),
    [("STOP.", "stop"), ("please stop", "stop"), ("Dúró", "stop"), ("Arrêt!", "stop"), ("Start again", "start"), ("HELP", "help"),
     ("Stop the bus at Allen", None), ("cancel", None)],
)  # fmt: skip
def test_keywords_and_their_synonyms(text: str, word: str | None) -> None:
    assert consent.keyword(text) == (Keyword(word) if word else None)


async def test_a_number_that_left_the_record_is_a_strangers_number(
    school: TinySchool, callers: dict[str, Caller]
) -> None:
    number = school.phones["of Efe"]
    async with transaction(callers["head"]) as tx:
        assert await contact_points.of_address(tx, Channel.SMS, number) is not None
        moved = update(Person).where(Person.id == school.guardians["of Efe"]).values(phone="+2348030009999")
        await tx.session.execute(moved)
        assert await contact_points.of_address(tx, Channel.SMS, number) is None
