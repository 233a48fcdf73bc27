"""A guardian asks for the report card on WhatsApp or by SMS: the link when it is released, a reason when it is not."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlparse
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import select

from api import report_printing
from channels import inbound
from channels.receiving import Incoming, receive
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.settings import settings
from runtime.transaction import transaction
from school import (
    contact_points,
    deliveries,
    report_holds,
    report_links,
    report_options,
    report_release,
    report_sets,
    schools,
)
from school.calendar import Term
from school.classes import ClassArm
from school.notifications import Channel, Delivery, NotificationPreference
from school.people import Person


async def asks(school, channel: Channel, text: str, number: int = 1) -> str:
    """What comes back to Ada's guardian, whose number is proved."""
    system, phone = Caller.system(school.id), school.phones["guardian"]
    async with transaction(system) as tx:
        person = await tx.session.get_one(Person, school.guardians["guardian"])
        if await contact_points.of_address(tx, channel, phone) is None:
            code = await contact_points.begin(tx, person, channel, phone)
            point = await contact_points.waiting(tx, channel, phone)
            assert point and contact_points.prove(point, code, tx)
    incoming = Incoming("test", f"{channel}-{number}-{text}", channel, phone, "+2348000000000", text)
    async with transaction(system) as tx:
        message_id = await receive(tx, incoming)
    assert isinstance(message_id, UUID)
    return await inbound.answer(system, message_id) or ""


async def release(school) -> None:
    async with transaction(school.callers["head"]) as tx:
        options = report_options.changed(report_options.ReportOptions(), {"chain": []})
        await report_options.save(tx, options)
        arm = await tx.session.get_one(ClassArm, school.class_arms["JSS 2 Ruby"])
        term = await tx.session.get_one(Term, school.terms["last"])
        await report_release.release(tx, arm, term, await report_sets.find(tx, arm.id, term.id, lock=True), None)


@pytest.mark.parametrize("channel", [Channel.WHATSAPP, Channel.SMS])
async def test_the_link_comes_once_the_card_is_released_and_ends_when_it_is_taken_back(school, channel):
    early = await asks(school, channel, "Send me the report card of Ada")
    assert "not released" in early and "http" not in early
    await release(school)
    answer = await asks(school, channel, "Send me the report card of Ada", 2)
    link = re.search(r"https?://\S+/api/reports/cards/\S+", answer)
    assert link and "Okonjo Ada" in answer and "80" in answer, answer
    from api.app import app

    try:
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app), base_url="http://school.test"
        ) as browser:
            opened = await browser.get(urlparse(link[0]).path)
            assert opened.status_code == 200 and opened.content[:5] == b"%PDF-"
            async with transaction(school.callers["head"]) as tx:
                kept = await report_sets.find(tx, school.class_arms["JSS 2 Ruby"], school.terms["last"], lock=True)
                await report_sets.take_back(tx, kept, "JSS 2 Ruby")
            assert (await browser.get(urlparse(link[0]).path)).status_code == 409, "the link ends with the release"
    finally:
        await report_printing.close()


async def test_whatsapp_hands_the_card_over_as_a_file_where_the_network_can_fetch_it(school, monkeypatch):
    monkeypatch.setenv("SCHOOLOS_PUBLIC_URL", "https://school.example")
    settings.cache_clear()
    await release(school)
    for channel in (Channel.WHATSAPP, Channel.SMS):
        await asks(school, channel, "Send me the report card of Ada")
    monkeypatch.undo()
    settings.cache_clear()
    async with transaction(school.callers["head"]) as tx:
        rows = {row.channel: row for row in await tx.session.scalars(select(Delivery).where(Delivery.subject != ""))}
    file = rows["whatsapp"].extra["document"]
    assert file["link"].startswith("https://school.example/api/reports/cards/") and file["filename"].endswith(".pdf")
    assert "80" in file["caption"] and "http" not in file["caption"] and file["link"] in rows["whatsapp"].text
    assert "document" not in rows["sms"].extra


@pytest.mark.parametrize(("site", "carried"), [("https://school.example", True), ("http://school.example", False)])
async def test_a_card_the_school_sends_out_goes_as_a_file_to_whatsapp_alone(school, monkeypatch, site, carried):
    monkeypatch.setenv("SCHOOLOS_PUBLIC_URL", site)
    settings.cache_clear()
    told = {name: school.students[name] for name in ("Ọláìtán", "Ada", "Uche")}
    async with transaction(school.callers["head"]) as tx:
        term, ruby = await tx.session.get_one(Term, school.terms["last"]), school.class_arms["JSS 2 Ruby"]
        announced = await report_release.announcement(tx, term, list(told.values()), class_arm_id=ruby, links=True)
        await deliveries.queue(tx, new_id(), announced)
        rows = {row.person_id: row for row in await tx.session.scalars(select(Delivery))}
    monkeypatch.undo()
    settings.cache_clear()
    row = rows[school.guardians["whatsapp"]]
    assert f"{site}/r/hillcrest/" in row.text, "the link stays for another channel that stands in"
    assert rows[school.guardians["guardian"]].extra == {}
    if not carried:
        assert row.extra == {}
        return
    file = row.extra["document"]
    assert "Ọláìtán" in file["filename"] and "Ọláìtán" in file["caption"] and "http" not in file["caption"]
    meant = report_links.opened_card(file["link"].rsplit("/", 1)[1], datetime.now(UTC) + timedelta(days=1))
    assert (meant.student_id, meant.released) == (told["Ọláìtán"], True)


async def test_a_message_about_two_children_carries_their_links_and_no_file(school, monkeypatch):
    monkeypatch.setenv("SCHOOLOS_PUBLIC_URL", "https://school.example")
    settings.cache_clear()
    async with transaction(school.callers["head"]) as tx:
        person = await tx.session.get_one(Person, school.guardians["guardian"])
        wish = NotificationPreference(
            school_id=school.id, person_id=person.id, channel="whatsapp", event_type="*", enabled=True
        )
        tx.session.add(wish)
        await tx.session.flush()
        term, ruby = await tx.session.get_one(Term, school.terms["last"]), school.class_arms["JSS 2 Ruby"]
        both = [school.students["Ada"], school.students["Uche"]]
        announced = await report_release.announcement(tx, term, both, class_arm_id=ruby, links=True)
        await deliveries.queue(tx, new_id(), announced)
        row = (await tx.session.scalars(select(Delivery).where(Delivery.person_id == person.id))).one()
    monkeypatch.undo()
    settings.cache_clear()
    assert row.channel == Channel.WHATSAPP and row.text.count("/r/hillcrest/") == 2 and row.extra == {}


async def test_a_card_on_hold_is_refused_with_the_bursars_name_and_no_link(school):
    await release(school)
    async with transaction(school.callers["head"]) as tx:
        now = report_options.of(await schools.current(tx))
        await report_options.save(tx, report_options.changed(now, {"hold_for_fees": True}))
        await report_holds.hold(tx, school.students["Ada"], school.terms["last"], "fees")
    answer = await asks(school, Channel.WHATSAPP, "Please can I have Ada's report card")
    assert "bursar" in answer and "http" not in answer, answer
