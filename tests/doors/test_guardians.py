"""Two guardians of one child: each sees what the school granted, by SMS, on WhatsApp and over REST."""

import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from agent import chat
from channels import accounts, inbound
from channels.receiving import Incoming, receive
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.transaction import transaction
from school import announcements, audience
from school.inbox import ContactPoint
from school.notifications import Channel
from school.people import Guardian, Guardianship, PersonKind, person
from school.users import User
from tests.agent.conftest import trained
from tests.api.conftest import application, client, sign_in
from tests.tiny_school import HASH, TinySchool
from tools.invoke import invoke, named, preview

__all__ = ["application", "client", "sign_in", "trained"]
FATHER, MOTHER = "+2348130000077", "guardian"


@pytest.fixture
async def father(application: object, school: TinySchool) -> AsyncIterator[UUID]:
    """Ada's father: signed up, with a proved phone, granted neither her marks nor her fees."""
    accounts.forget()
    async with transaction(school.callers["admin"]) as tx:
        row = person(PersonKind.GUARDIAN, school.id, "Emeka", "Okonjo", title="Mr", phone=FATHER)
        tx.session.add(row)
        await tx.session.flush()
        tx.session.add(Guardian(id=row.id, school_id=school.id))
        await tx.session.flush()
        tx.session.add_all([
            Guardianship(school_id=school.id, guardian_id=row.id, student_id=school.students["Ada"], relation="father",
                         sees_marks=False, sees_fees=False),
            ContactPoint(id=new_id(), school_id=school.id, person_id=row.id, channel="sms", address=FATHER,
                         verified_at=tx.now, code_tries=0),
            User(id=new_id(), school_id=school.id, email=f"father@{school.slug}.test", name="Mr Emeka Okonjo",
                 role="guardian", person_id=row.id, password_hash=HASH),
        ])  # fmt: skip
    yield row.id
    await chat.settle()


async def _by_phone(school: TinySchool, number: str, channel: Channel, text: str) -> str:
    system = Caller.system(school.id)
    async with transaction(system) as tx:
        message_id = await receive(tx, Incoming("sandbox", str(new_id()), channel, number, "school", text))
    assert message_id is not None
    return str(await inbound.answer(system, message_id))


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WHATSAPP])
async def test_by_phone(school: TinySchool, father: UUID, channel: Channel) -> None:
    asked = "How did Ada do in maths last term?"
    mothers = await _by_phone(school, school.phones[MOTHER], channel, asked)
    assert re.search(r"\d", mothers) and "Ada" in mothers
    assert "There is no such student" in await _by_phone(school, FATHER, channel, asked)
    args = {"guardian": str(father), "student": str(school.students["Ada"]), "what": "marks", "allowed": True}
    await invoke(named("set_guardian_access"), school.callers["head"], args, approved=True)
    assert re.search(r"\d", await _by_phone(school, FATHER, channel, asked)), "the grant was the reason"
    await invoke(named("undo_change"), school.callers["head"], {}, approved=True)
    assert "There is no such student" in await _by_phone(school, FATHER, channel, asked)


async def test_over_rest(school: TinySchool, father: UUID, sign_in: Any) -> None:
    results = f"/api/v1/students/{school.students['Ada']}/results?term={school.terms['last']}"
    client = await sign_in("father")
    assert (await client.get(results)).status_code == 404
    assert (await client.get(f"/api/v1/students/{school.students['Ada']}")).status_code == 200, "she is his child"
    assert (await client.get("/api/v1/fee-accounts/own")).status_code == 403, "not: nothing is owed"
    assert len((await (await sign_in("guardian")).get("/api/v1/fee-accounts/own")).json()["accounts"]) == 2
    assert (await client.get(results)).status_code == 200
    args = {"guardian": str(father), "student": str(school.students["Ada"]), "what": "fees", "allowed": True}
    assert (await client.put("/api/v1/guardian-access", json=args)).status_code == 403
    assert (await (await sign_in("admin")).put("/api/v1/guardian-access", json=args)).status_code == 200
    client = await sign_in("father")
    assert len((await client.get("/api/v1/fee-accounts/own")).json()["accounts"]) == 1
    assert (await client.get(results)).status_code == 404


async def test_who_is_told_of_what(school: TinySchool, father: UUID) -> None:
    head = school.callers["head"]
    sheet = (school.class_arms["JSS 2 Ruby"], school.subjects["Mathematics"], school.terms["last"])
    async with transaction(head, read_only=True) as tx:
        marks = (await announcements.scores_published(tx, *sheet)).audience
        notice = (await announcements.notice(tx, "Trip", "Bring lunch.", student_ids=[school.students["Ada"]])).audience
    assert father not in {one.person_id for one in marks.included}
    assert audience.Reason.NOT_RECEIVING in {one.reason for one in marks.excluded if one.person_id == father}
    assert father in {one.person_id for one in notice.included}
    args = {"guardian": str(father), "student": str(school.students["Ada"]), "what": "messages", "allowed": False}
    shown, _ = await preview(named("set_guardian_access"), head, args)
    assert "no longer get messages about" in shown.title
    await invoke(named("set_guardian_access"), head, args, approved=True)
    async with transaction(head, read_only=True) as tx:
        notice = (await announcements.notice(tx, "Trip", "Bring lunch.", student_ids=[school.students["Ada"]])).audience
    assert father not in {one.person_id for one in notice.included}
