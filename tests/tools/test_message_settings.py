"""Preferences, templates, quiet hours, channels and given-up messages, through the one door, with undo."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from runtime.caller import Caller
from runtime.errors import InvalidInput, NotAllowed, NotVisible
from runtime.ids import new_id
from runtime.transaction import Tx, transaction
from school import announcements, bell, deliveries
from school.audience import Reason
from school.deliveries import quiet_until
from school.notifications import Channel, Delivery, DeliveryState
from tests.tiny_school import TinySchool
from tools.declare import load_all
from tools.invoke import invoke, preview

TOOLS = load_all()


async def _undo(caller: Caller) -> None:
    await invoke(TOOLS["undo_change"], caller, {}, approved=True)


async def test_a_guardian_turns_results_by_sms_off_and_back_on(school: TinySchool, callers: dict[str, Caller]) -> None:
    guardian, head = callers["guardian"], callers["head"]
    args = {"channel": "sms", "wanted": False, "matter": "results"}
    shown, _ = await preview(TOOLS["set_preference"], guardian, args)
    assert shown.title == "Do not send me results messages by SMS"
    await invoke(TOOLS["set_preference"], guardian, args, approved=True)

    async def reason() -> Reason | None:
        async with transaction(head, read_only=True) as tx:
            sheet = (school.class_arms["JSS 2 Ruby"], school.subjects["Mathematics"], school.terms["last"])
            told = (await announcements.scores_published(tx, *sheet)).audience
        return next((e.reason for e in told.excluded if e.person_id == guardian.person_id), None)

    assert await reason() is Reason.NO_ADDRESS  # no e-mail address either, so nothing is left
    async with transaction(guardian) as tx:
        await bell.prefer(tx, "scores.published", "sms", None)
    assert await reason() is None
    found = (await invoke(TOOLS["show_preferences"], guardian, {})).result
    assert "SMS" in found.headline()


async def test_a_template_is_tried_kept_and_undone(school: TinySchool, callers: dict[str, Caller]) -> None:
    head = callers["head"]
    args = {"matter": "results", "channel": "sms", "body": "{{ school }}: {{ subject }} for {{ students | names }}"}
    shown, _ = await preview(TOOLS["set_message_template"], head, args)
    assert shown.messages[0].text == "Hillcrest Academy: Mathematics for Bola"
    assert (shown.messages[0].segments, shown.messages[0].cost) == (1, 4.0)
    await invoke(TOOLS["set_message_template"], head, args, approved=True)
    listed = (await invoke(TOOLS["show_message_templates"], head, {"matter": "results"})).result
    assert "1 of them the school's own" in listed.headline()
    await _undo(head)
    listed = (await invoke(TOOLS["show_message_templates"], head, {"matter": "results"})).result
    assert "0 of them the school's own" in listed.headline()


@pytest.mark.parametrize("body", ["{{ pupil }}", "{% for x in 5 %}", "   ", "{{ school.__class__ }}"])
async def test_a_template_with_a_fault_is_refused(callers: dict[str, Caller], body: str) -> None:
    args = {"matter": "results", "channel": "sms", "body": body}
    with pytest.raises(InvalidInput):
        await preview(TOOLS["set_message_template"], callers["head"], args)
    with pytest.raises(InvalidInput):
        await invoke(TOOLS["set_message_template"], callers["head"], args, approved=True)
    with pytest.raises(NotAllowed):
        await invoke(TOOLS["set_message_template"], callers["teacher"], args | {"body": "ok"}, approved=True)
    await invoke(TOOLS["set_message_template"], callers["head"], args | {"body": "ok"}, approved=True)


async def test_the_schools_own_prices_and_letters_count_in_previews_and_are_undone(callers: dict[str, Caller]) -> None:
    head, tool = callers["head"], TOOLS["set_message_costs"]
    notice = {"text": "Ẹ káàárọ̀, " + "we meet at noon. " * 5, "classArms": ["JSS 2 Ruby"], "channel": "sms"}

    async def sample() -> tuple[int, float]:
        shown, _ = await preview(TOOLS["send_notice"], head, notice)
        return shown.messages[0].segments, round(shown.messages[0].cost / shown.messages[0].recipients, 2)

    assert await sample() == (1, 4.0)
    await invoke(tool, head, {"plainLetters": False, "smsPrice": "3.25"}, approved=True)
    assert await sample() == (2, 6.5)
    await _undo(head)
    assert await sample() == (1, 4.0)
    with pytest.raises(InvalidInput):
        await invoke(tool, head, {}, approved=True)
    with pytest.raises(NotAllowed):
        await invoke(tool, callers["teacher"], {"smsPrice": "1"}, approved=True)


async def test_quiet_hours_hold_back_what_is_not_urgent(school: TinySchool, callers: dict[str, Caller]) -> None:
    head = callers["head"]
    await invoke(TOOLS["set_quiet_hours"], head, {"begin": "00:00", "end": "23:59"}, approved=True)
    async with transaction(head) as tx:
        for urgent in (False, True):
            told = await announcements.notice(tx, "Trip", "Lunch.", student_ids=[school.students["Efe"]], urgent=urgent)
            await deliveries.queue(tx, new_id(), told)
        held = {row.priority: row.not_before for row in await tx.session.scalars(select(Delivery))}
    assert held["urgent"] is None
    assert held["normal"] is not None
    with pytest.raises(InvalidInput):
        await preview(TOOLS["set_quiet_hours"], head, {"begin": "21:00"})
    await _undo(head)
    shown = (await invoke(TOOLS["show_message_settings"], head, {})).result
    assert shown.headline() == "Messages go out at any hour."


@pytest.mark.parametrize(
    ("clock", "until"),
    [("20:59", None), ("21:00", "+1 07:00"), ("23:30", "+1 07:00"), ("00:10", "+0 07:00"), ("07:00", None)],
)
def test_quiet_hours_run_over_midnight(clock: str, until: str | None) -> None:
    zone = ZoneInfo("Africa/Lagos")
    now = datetime.combine(datetime(2026, 3, 4, tzinfo=UTC).date(), time.fromisoformat(clock), tzinfo=zone)
    tx = Tx.__new__(Tx)
    tx.zone, tx.now = zone, now.astimezone(UTC)
    found = quiet_until(tx, time(21), time(7))
    assert (None if found is None else f"+{(found.date() - now.date()).days} {found:%H:%M}") == until


async def test_channels_of_a_kind_of_message(school: TinySchool, callers: dict[str, Caller]) -> None:
    head = callers["head"]
    await invoke(TOOLS["set_message_channels"], head, {"matter": "notice", "channels": ["email"]}, approved=True)

    async def counts() -> dict[Channel, int]:
        async with transaction(head, read_only=True) as tx:
            return (await announcements.notice(tx, "T", "x", student_ids=[school.students["Efe"]])).audience.counts()

    assert await counts() == {}
    await _undo(head)
    assert await counts() == {Channel.SMS: 1}


async def test_given_up_messages_are_listed_and_sent_again(school: TinySchool, callers: dict[str, Caller]) -> None:
    head = callers["head"]
    with pytest.raises(NotVisible):
        await invoke(TOOLS["replay_messages"], head, {}, approved=True)
    async with transaction(head) as tx:
        told = await announcements.notice(tx, "Trip", "Lunch.", student_ids=[school.students["Efe"]])
        await deliveries.queue(tx, new_id(), told)
        await tx.session.execute(
            update(Delivery).values(state=DeliveryState.DEAD.value, attempts=4, reason="the provider is down")
        )
    listed = (await invoke(TOOLS["find_deliveries"], head, {"state": "dead"})).result
    assert "the provider is down" in listed.markdown()
    shown, _ = await preview(TOOLS["replay_messages"], head, {})
    assert shown.included == 1
    await invoke(TOOLS["replay_messages"], head, {}, approved=True)
    async with transaction(head, read_only=True) as tx:
        (row,) = await tx.session.scalars(select(Delivery))
    assert (row.state, row.attempts) == ("queued", 0)
