"""Cover on record: arranged once it was previewed, seen in everybody's day, told to those it concerns, cancelled."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from runtime.errors import InvalidInput, NotAllowed
from runtime.transaction import transaction
from school import calendar, timetable_cover, timetable_feeds
from school.timetable_cover import CoverNotPossible
from tests.timetables import plan_a
from tools.declare import load_all
from tools.invoke import invoke, preview

TOOLS = load_all()


async def call(tool, caller, **args):
    return (await invoke(TOOLS[tool], caller, args, approved=True)).result


@pytest.fixture
async def published(callers) -> UUID:
    draft = await plan_a(callers["head"])
    await call("publish_timetable", callers["head"], timetable=str(draft))
    return draft


@pytest.fixture
async def absence(callers, published, school) -> tuple[date, list[int]]:
    """A school day to come on which Mr Akinlade teaches while Mrs Umeadi is free, and those periods."""
    head = callers["head"]
    async with transaction(head, read_only=True) as tx:
        term, today = await calendar.current_term(tx), tx.today
    shown = await call("show_timetable", head)
    for ahead in range((term.ends_on - today).days + 1):
        on = today + timedelta(days=ahead)
        plan = await call("find_cover", head, teacher="Mr Akinlade", on=str(on))
        free = [x.period for x in plan.lessons if x.options]
        if free and shown.lessons:
            return on, free
    pytest.fail("Mrs Umeadi is never free when Mr Akinlade teaches")


async def test_cover_is_previewed_kept_and_seen(callers, school, absence):
    head, teacher, colleague = callers["head"], callers["teacher"], callers["colleague"]
    on, periods = absence
    asked = {"teacher": "Mr Akinlade", "on": str(on), "periods": periods}
    before = await call("show_my_timetable", colleague, on=str(on))
    card, _ = await preview(TOOLS["set_cover"], head, asked)
    assert card.included == len(periods)
    assert card.messages and "cover" in card.messages[0].text
    assert len((await call("show_my_timetable", colleague, on=str(on))).lessons) == len(before.lessons)
    done = await call("set_cover", head, **asked)
    assert {x.cover_id for x in done.lessons} == {str(school.staff["colleague"])}
    after = await call("show_my_timetable", colleague, on=str(on))
    assert [x.note for x in after.lessons if x.note] == ["you cover for Mr Bode Akinlade"] * len(periods)
    own = await call("show_my_timetable", teacher, on=str(on))
    assert sum(x.note is not None for x in own.lessons) == len(periods)
    plan = await call("find_cover", head, teacher="Mr Akinlade", on=str(on))
    assert {x.period for x in plan.lessons if x.covered_by} == set(periods)
    free = await call("find_free_teachers", head, on=str(on), period=periods[0])
    assert not {str(school.staff["teacher"]), str(school.staff["colleague"])} & {x.teacher_id for x in free.free}
    async with transaction(head, read_only=True) as tx:
        covers = await timetable_feeds.feed(tx, "person", school.staff["colleague"])
        away = await timetable_feeds.feed(tx, "person", school.staff["teacher"])
    assert covers.count(b"(for Mr Bode Akinlade)") == len(periods)
    assert f"{on:%Y%m%d}T" in "".join(line for line in away.decode().splitlines() if line.startswith("EXDATE"))


async def test_those_concerned_are_told_and_told_when_it_is_off(callers, school, absence):
    head = callers["head"]
    on, periods = absence
    outcome = await invoke(
        TOOLS["set_cover"], head, {"teacher": "Mr Akinlade", "on": str(on), "periods": periods}, approved=True
    )
    async with transaction(head, read_only=True) as tx:
        rows = [item.cover_row.id for item in (await timetable_cover.needed(tx, school.staff["teacher"], on)).arranged]
        told = await timetable_cover.announcement_of(tx, rows, cancelled=False)
        assert await timetable_cover.announcement_of(tx, rows, cancelled=True) is None, "it is not off"
    words = {r.person_id: told.facts_for(r)["cover"] for r in told.audience.included}
    assert set(words) == {school.staff["teacher"], school.staff["colleague"]}
    assert words[school.staff["colleague"]].startswith("please cover for Mr Bode Akinlade")
    await call("undo_change", head, entry=str(outcome.audit_id))
    async with transaction(head, read_only=True) as tx:
        assert await timetable_cover.announcement_of(tx, rows, cancelled=False) is None
        off = await timetable_cover.announcement_of(tx, rows, cancelled=True)
    assert (
        "need not cover"
        in off.facts_for(next(r for r in off.audience.included if r.person_id == school.staff["colleague"]))["cover"]
    )
    assert not [x.note for x in (await call("show_my_timetable", callers["colleague"], on=str(on))).lessons if x.note]


async def test_what_cannot_be_covered_is_refused(callers, absence):
    head = callers["head"]
    on, periods = absence
    with pytest.raises(NotAllowed):
        await call("set_cover", callers["teacher"], teacher="Mr Akinlade", on=str(on))
    with pytest.raises(CoverNotPossible, match="not free"):
        await call("set_cover", head, teacher="Mr Akinlade", on=str(on), by="Mr Akinlade")
    with pytest.raises(CoverNotPossible, match="No cover is arranged"):
        await call("remove_cover", head, teacher="Mr Akinlade", on=str(on))
    saturday = on + timedelta(days=(5 - on.weekday()) % 7)
    with pytest.raises(InvalidInput, match="nothing to cover"):
        await call("set_cover", head, teacher="Mr Akinlade", on=str(saturday))
    assert await call("set_cover", head, teacher="Mr Akinlade", on=str(on), periods=periods)
