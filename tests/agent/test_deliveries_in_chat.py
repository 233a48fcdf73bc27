"""Asked in plain words, with no language model: who was not reached and why, sending again, costs, fees, the digest."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from runtime.ids import new_id
from runtime.transaction import transaction
from school import announcements, deliveries
from school.notifications import Delivery, DeliveryState
from school.people import Person
from tests.tiny_school import TinySchool
from tools.declare import load_all
from tools.invoke import invoke

Talk = Callable[[str], Any]


@pytest.fixture
async def told(assistant_school: TinySchool) -> TinySchool:
    """Results of JSS 2 Ruby went out: accepted for all but Efe's guardian, whose number the network refused."""
    school, head = assistant_school, assistant_school.callers["head"]
    async with transaction(head) as tx:
        sheet = (school.class_arms["JSS 2 Ruby"], school.subjects["Mathematics"], school.terms["last"])
        await deliveries.queue(tx, new_id(), await announcements.scores_published(tx, *sheet))
        notice = await announcements.notice(tx, "Trip", "Bring lunch.", student_ids=[school.students["Efe"]])
        await deliveries.queue(tx, new_id(), notice)
        queued = Delivery.state == DeliveryState.QUEUED.value
        await tx.session.execute(update(Delivery).where(queued).values(state="sent", sent_at=tx.now))
        refused = Delivery.person_id == school.guardians["of Efe"]
        await tx.session.execute(
            update(Delivery).where(refused).values(state="failed", reason="Twilio 30005: unknown number")
        )
        mail = update(Person).where(Person.id == school.guardians["opted out"])
        await tx.session.execute(mail.values(email="sade@example.test"))
    return school


async def test_why_one_guardian_did_not_get_it(told: TinySchool, talk: Talk) -> None:
    teacher = talk("teacher")
    assert "said STOP" in (await teacher("why did the guardian of Tunde Afolayan not get it?")).text
    assert "unknown number" in (await talk("head")("why did the guardian of Efe Omoregie not get the notice?")).text


async def test_who_was_not_reached_and_resend_by_email(told: TinySchool, talk: Talk) -> None:
    head = talk("head")
    asked = await head("who has not received the results?")
    assert "2 of 3 people have not received" in asked.text
    assert "Sade Afolayan" in str(asked.blocks)
    card = await head("resend to those on e-mail")
    assert card.status == "waiting"
    assert card.approvals[0]["preview"]["included"] == 1
    await head("yes")
    async with transaction(head.caller, read_only=True) as tx:
        again = list(await tx.session.scalars(select(Delivery).where(Delivery.channel == "email")))
    assert [(one.address, one.state) for one in again] == [("sade@example.test", "queued")]


async def test_what_a_week_of_messages_cost(told: TinySchool, talk: Talk) -> None:
    answer = await talk("head")("how many messages this week and what did they cost?")
    assert "NGN" in answer.text
    async with transaction(talk("head").caller, read_only=True) as tx:
        sent = list(await tx.session.scalars(select(Delivery).where(Delivery.state == "sent")))
    assert str(len(sent)) in answer.text


async def test_a_guardian_asks_what_they_owe(assistant_school: TinySchool, talk: Talk) -> None:
    bursar = assistant_school.callers["bursar"]
    async with transaction(bursar, read_only=True) as tx:
        due = str(tx.today + timedelta(days=9))
    args = {"fee": "Tuition", "amount": 50_000, "due": due}
    await invoke(load_all()["set_fee"], bursar, args, approved=True)
    assert "NGN 100,000.00" in (await talk("guardian")("how much do I owe?")).text
    assert "50,000" not in (await talk("teacher")("how much does Ada Okonjo owe?")).text


async def test_the_digest_is_switched_on_by_asking(assistant_school: TinySchool, talk: Talk) -> None:
    guardian = talk("guardian")
    asked = await guardian("send me a weekly summary of absences and missing work")
    assert asked.status == "waiting"
    await guardian("yes")
    assert "once a week" in (await guardian("how often do I get the digest?")).text
