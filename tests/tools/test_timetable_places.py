"""Where a lesson could go: what is said to fit does fit, and what is said to break is refused."""

from uuid import UUID

import pytest

from runtime.errors import InvalidInput, NotAllowed
from school.timetable_changes import LessonLocked, TimetableConflict
from tests.timetables import plan_a
from tools.declare import load_all
from tools.invoke import invoke, preview

TOOLS = load_all()


async def call(tool, caller, **args):
    return (await invoke(TOOLS[tool], caller, args, approved=True)).result


@pytest.fixture
async def draft(callers) -> UUID:
    return await plan_a(callers["head"])


async def test_each_place_is_as_it_is_said_to_be(callers, draft):
    head = callers["head"]
    shown = await call("show_timetable", head, timetable="Plan A", classArm="JSS 2 Ruby")
    lesson = shown.lessons[0]
    found = await call(
        "find_lesson_places", head, timetable="Plan A", classArm="JSS 2 Ruby", day=lesson.day, period=lesson.period
    )
    assert (found.lesson, len(found.places)) == (lesson.key, 39)
    fits = [p for p in found.places if not p.conflicts]
    breaks = [p for p in found.places if p.conflicts]
    assert fits and breaks
    for place in (*fits[:3], *[p for p in fits if p.others][:3]):
        target = {"timetable": "Plan A", "lesson": {"day": lesson.day, "period": lesson.period, "lesson": lesson.key}}
        where = {"day": place.day, "period": place.period}
        if place.others:
            with pytest.raises(TimetableConflict):
                await call("move_lesson", head, **target, **where)
        outcome = await invoke(TOOLS["move_lesson"], head, {**target, **where, "makeWay": True}, approved=True)
        assert outcome.result.hard == 0
        assert outcome.result.cost_change == place.cost_change
        assert len(outcome.result.lessons) == 1 + len(place.others)
        await call("undo_change", head, entry=str(outcome.audit_id))
    twins = {(x.day, x.period) for x in shown.lessons if x.label == lesson.label and x.key != lesson.key}
    assert not twins & {(p.day, p.period) for p in fits}, (
        "to change places with another lesson of the course changes nothing"
    )
    after = await call("show_timetable", head, timetable="Plan A", classArm="JSS 2 Ruby")
    assert {(x.key, x.day, x.period) for x in after.lessons} == {(x.key, x.day, x.period) for x in shown.lessons}
    wrong = {"lesson": {"day": 1, "period": 1, "lesson": lesson.key}, "day": breaks[0].day, "period": breaks[0].period}
    card, _ = await preview(TOOLS["move_lesson"], head, {"timetable": "Plan A", "makeWay": True, **wrong})
    assert set(breaks[0].conflicts) <= set(card.warnings)


async def test_a_locked_lesson_goes_nowhere_and_makes_no_way(callers, draft):
    head = callers["head"]
    shown = await call("show_timetable", head, timetable="Plan A", classArm="JSS 2 Ruby")
    one = next(x for x in shown.lessons if x.subject == "Mathematics")
    await call("lock_lessons", head, timetable="Plan A", classArm="JSS 2 Ruby", subject="Mathematics")
    with pytest.raises(LessonLocked):
        await call("find_lesson_places", head, timetable="Plan A", lesson=one.key)
    other = next(x for x in shown.lessons if x.subject != "Mathematics")
    found = await call("find_lesson_places", head, timetable="Plan A", lesson=other.key)
    assert not [words for p in found.places for words in p.others if "JSS 2 Ruby Mathematics" in words]


async def test_only_those_who_make_timetables_may_ask(callers, draft):
    with pytest.raises(NotAllowed):
        await call("find_lesson_places", callers["teacher"], timetable="Plan A", day=1, period=1)
    with pytest.raises(InvalidInput, match="Say which lesson"):
        await call("find_lesson_places", callers["head"], timetable="Plan A")


async def test_a_guardian_sees_the_week_of_the_childrens_classes_without_naming_one(callers, draft):
    await call("publish_timetable", callers["head"], timetable="Plan A")
    own = await call("show_timetable", callers["guardian"])
    assert own.lessons
    assert {name for x in own.lessons for name in x.class_arms} == {"JSS 1 Pearl", "JSS 2 Ruby"}, "her two children"
    with pytest.raises(InvalidInput):
        await call("show_timetable", callers["guardian"], teacher="Mr Akinlade")
