"""Who hears of an event and how, on the tiny school's guardians: two children, STOP, no phone, WhatsApp."""

from dataclasses import replace

from sqlalchemy import select, update

from runtime.caller import Caller
from runtime.ids import new_id
from runtime.transaction import Tx, transaction
from school import announcements, audience, deliveries, delivery_log, messages
from school.audience import Reason
from school.notifications import (
    Channel,
    ChannelRule,
    Delivery,
    DeliveryState,
    EventType,
    MessageTemplate,
    Notification,
    NotificationPreference,
    OptOut,
)
from school.people import Guardianship, Person
from tests.tiny_school import TinySchool

SCORES = EventType.SCORES_PUBLISHED
RUBY = ("Ada", "Tunde", "Zainab", "Ọláìtán", "Efe", "Musa")


async def _ruby(tx: Tx, school: TinySchool, channel: Channel | None = None) -> audience.Audience:
    return await audience.guardians_of(tx, [school.students[name] for name in RUBY], SCORES, channel=channel)


async def test_everyone_is_told_once_or_left_out_with_a_reason(school: TinySchool, callers: dict[str, Caller]) -> None:
    async with transaction(callers["head"], read_only=True) as tx:
        found = await _ruby(tx, school)
    assert found.counts() == {Channel.SMS: 3, Channel.WHATSAPP: 1}
    assert {left.who: left.reason for left in found.excluded} == {
        "Sade Afolayan": Reason.OPTED_OUT, "Hauwa Bello": Reason.NO_ADDRESS,
    }  # fmt: skip
    assert found.summary() == "3 guardians by SMS, 1 guardian by WhatsApp; 1 opted out, 1 no number"


async def test_a_guardian_of_two_is_told_once_of_both(school: TinySchool, callers: dict[str, Caller]) -> None:
    async with transaction(callers["head"], read_only=True) as tx:
        found = await audience.guardians_of(tx, [school.students["Ada"], school.students["Uche"]], SCORES)
        text = (await messages.words(tx, EventType.FEE_REMINDER)).write(
            found.included[0], {"fee_type": "Tuition", "due": "1 May"}
        )
    assert [len(recipient.about) for recipient in found.included] == [2]
    assert "Ada and Uche" in text.text


async def test_stop_is_not_answered_on_another_channel_unless_that_was_chosen(
    school: TinySchool, callers: dict[str, Caller]
) -> None:
    person_id = school.guardians["opted out"]
    async with transaction(callers["head"]) as tx:
        await tx.session.execute(update(Person).where(Person.id == person_id).values(email="sade@example.test"))
        await tx.session.flush()
        before = await _ruby(tx, school)
        tx.session.add(
            NotificationPreference(
                school_id=school.id, person_id=person_id, channel="email", event_type="*", enabled=True
            )
        )
        await tx.session.flush()
        after = await _ruby(tx, school)
    assert person_id not in {r.person_id for r in before.included}
    assert {r.person_id: r.channel for r in after.included}[person_id] is Channel.EMAIL


async def test_a_lifted_stop_and_a_missing_number_with_email(school: TinySchool, callers: dict[str, Caller]) -> None:
    async with transaction(callers["head"]) as tx:
        await tx.session.execute(update(OptOut).values(lifted_at=tx.now))
        no_phone = update(Person).where(Person.id == school.guardians["no phone"])
        await tx.session.execute(no_phone.values(email="hauwa@example.test"))
        found = await _ruby(tx, school)
    assert found.counts() == {Channel.SMS: 4, Channel.WHATSAPP: 1, Channel.EMAIL: 1}
    assert not found.excluded


async def test_preferences_rules_and_bad_numbers(school: TinySchool, callers: dict[str, Caller]) -> None:
    mother, efe = school.guardians["guardian"], school.guardians["of Efe"]
    async with transaction(callers["head"]) as tx:
        for channel in ("sms", "whatsapp", "email"):
            tx.session.add(
                NotificationPreference(
                    school_id=school.id, person_id=mother, channel=channel, event_type=SCORES.value, enabled=False
                )
            )
        await tx.session.execute(update(Person).where(Person.id == efe).values(phone="+44201"))
        await tx.session.flush()
        found = await _ruby(tx, school)
        reasons = {left.person_id: left.reason for left in found.excluded}
        assert reasons[mother] is Reason.PREFERENCE
        assert reasons[efe] is Reason.BAD_ADDRESS
        tx.session.add(ChannelRule(school_id=school.id, event_type=SCORES.value, role="guardian", channels=["email"]))
        await tx.session.flush()
        assert (await _ruby(tx, school)).counts() == {}


async def test_a_guardian_the_school_does_not_write_to(school: TinySchool, callers: dict[str, Caller]) -> None:
    async with transaction(callers["head"]) as tx:
        await tx.session.execute(
            update(Guardianship).where(Guardianship.guardian_id == school.guardians["of Musa"]).values(receives=False)
        )
        found = await _ruby(tx, school)
        assert {e.person_id: e.reason for e in found.excluded}[school.guardians["of Musa"]] is Reason.NOT_RECEIVING
        why = await delivery_log.explain(tx, student_id=school.students["Musa"])
    assert "not to write to them" in why[0].sentence


async def test_two_guardians_on_one_phone_get_one_message(school: TinySchool, callers: dict[str, Caller]) -> None:
    async with transaction(callers["head"]) as tx:
        tx.session.add(
            Guardianship(
                school_id=school.id, guardian_id=school.guardians["of Efe"], student_id=school.students["Musa"]
            )
        )
        await tx.session.execute(
            update(Person).where(Person.id == school.guardians["of Efe"]).values(phone=school.phones["of Musa"])
        )
        await tx.session.flush()
        found = await audience.guardians_of(tx, [school.students["Musa"]], SCORES)
    assert len(found.included) == 1
    assert found.excluded[0].reason is Reason.SHARED_ADDRESS


async def test_preview_and_sending_agree(school: TinySchool, callers: dict[str, Caller]) -> None:
    topaz = (school.class_arms["JSS 2 Topaz"], school.subjects["Mathematics"], school.term_id)
    event_id = new_id()
    async with transaction(callers["head"]) as tx:
        announced = await announcements.scores_published(tx, *topaz)
        estimate = await announced.estimate(tx)
        queued = await deliveries.queue(tx, event_id, announced)
        again = await deliveries.queue(tx, event_id, announced)
        rows = list(await tx.session.scalars(select(Delivery)))
        bell = list(await tx.session.scalars(select(Notification)))
    assert len(queued.delivery_ids) == len(rows) == len(bell) == estimate.samples[0].recipients == 3
    assert again.notification_ids == again.delivery_ids == ()
    assert sum(row.cost for row in rows) == estimate.cost
    assert {row.segments for row in rows} == {estimate.samples[0].segments}
    assert rows[0].text.startswith("Hillcrest Academy: the Mathematics result of ")
    assert "STOP" in rows[0].text
    assert "STOP" not in bell[0].body
    assert all(name not in row.text for row in rows for name in ("55", "33"))  # no marks on the wire


async def test_left_out_people_are_in_the_log_and_explained(school: TinySchool, callers: dict[str, Caller]) -> None:
    async with transaction(callers["head"]) as tx:
        last = (school.class_arms["JSS 2 Ruby"], school.subjects["Mathematics"], school.terms["last"])
        announced = await announcements.scores_published(tx, *last)
        assert {e.who for e in announced.audience.excluded if e.reason is Reason.NO_SCORE} == {
            "D'Almeida Ọláìtán", "Omoregie Efe", "Garba Musa",
        }  # fmt: skip
        await deliveries.queue(tx, new_id(), announced)
        stopped = await delivery_log.explain(tx, student_id=school.students["Tunde"])
        missing = await delivery_log.not_received(tx, SCORES.value)
    assert "said STOP" in stopped[0].sentence
    assert {line.who: line.state for line in missing} == {
        "Nkechi Okonjo": "queued", "Sade Afolayan": "skipped", "Hauwa Bello": "skipped",
    }  # fmt: skip


async def test_withdrawing_stops_what_has_not_gone_out(school: TinySchool, callers: dict[str, Caller]) -> None:
    event_id = new_id()
    topaz = (school.class_arms["JSS 2 Topaz"], school.subjects["Mathematics"], school.term_id)
    async with transaction(callers["head"]) as tx:
        announced = await announcements.scores_published(tx, *topaz)
        queued = await deliveries.queue(tx, event_id, announced)
        await tx.session.execute(
            update(Delivery).where(Delivery.id == queued.delivery_ids[0]).values(state=DeliveryState.SENT.value)
        )
        events = await deliveries.events_about(tx, SCORES.value, classArmId=str(topaz[0]), subjectId=str(topaz[1]))
        assert events == [event_id]
        assert await deliveries.withdraw(tx, events, "the publication was withdrawn") == (2, 1)


async def test_own_template_is_used_and_a_broken_one_gives_way(school: TinySchool, callers: dict[str, Caller]) -> None:
    async with transaction(callers["head"]) as tx:
        row = MessageTemplate(school_id=school.id, event_type=SCORES.value, channel="sms", body="{{ subject }} is out")
        tx.session.add(row)
        await tx.session.flush()
        found = await _ruby(tx, school)
        facts = {"subject": "Physics", "class_arm": "JSS 2 Ruby", "term": "First Term"}
        sms = next(r for r in found.included if r.channel is Channel.SMS)
        assert (await messages.words(tx, SCORES)).write(sms, facts).text == "Physics is out"
        row.body = "{{ nothing_of_that_name }}"
        await tx.session.flush()
        assert "the Physics result" in (await messages.words(tx, SCORES)).write(sms, facts).text
        assert "{{" not in (await messages.words(tx, SCORES)).write(replace(sms, channel=Channel.EMAIL), facts).text


async def test_a_teacher_sees_only_their_classes_in_the_log(school: TinySchool, callers: dict[str, Caller]) -> None:
    async with transaction(callers["head"]) as tx:
        pearl = await announcements.notice(tx, "Trip", "Bring lunch.", student_ids=[school.students["Bisi"]])
        await deliveries.queue(tx, new_id(), pearl)
    async with transaction(callers["teacher"], read_only=True) as tx:
        assert await delivery_log.find(tx) == []
    async with transaction(callers["colleague"], read_only=True) as tx:
        assert [line.students for line in await delivery_log.find(tx)] == [["Adeoti Bisi"]]
