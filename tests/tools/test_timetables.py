"""Timetables through the one door: made, read, changed, published, undone; and refused."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from runtime.errors import InvalidInput, NotAllowed, NotVisible
from runtime.transaction import transaction
from school import timetable_feeds, timetable_publication, timetable_solving, timetables
from school.calendar import AcademicSession
from school.classes import Enrolment
from school.timetable_changes import LessonLocked, TimetableConflict
from school.timetable_publication import TimetableIncomplete
from school.timetable_solving import NoTimetablePossible
from school.timetables import NoTimetableYet, Timetable, TimetableNotDraft
from school.timetabling.portfolio import solve
from school.timetabling.validation import BadTimetableProblem
from tests.timetables import plan_a
from tests.tiny_school import school_today
from tools.declare import load_all
from tools.invoke import invoke, preview

TOOLS = load_all()


async def call(tool, caller, **args):
    return (await invoke(TOOLS[tool], caller, args, approved=True)).result


@pytest.fixture
async def draft(callers) -> UUID:
    """A draft of the tiny school's own problem: two teachers, three classes, six courses of four periods."""
    return await plan_a(callers["head"])


@pytest.fixture
async def published(callers, draft) -> UUID:
    await call("publish_timetable", callers["head"], timetable=str(draft))
    return draft


def next_day(weekday: int) -> date:
    today = school_today()
    return today + timedelta(days=(weekday - today.weekday()) % 7)


async def test_the_schools_own_record_makes_the_problem(callers, draft):
    shown = await call("show_timetable", callers["head"], timetable="Plan A")
    assert len(shown.lessons) == 24
    assert {x.label for x in shown.lessons} >= {"JSS 2 Ruby Mathematics", "JSS 1 Pearl English Language"}
    assert [str(p.begins_at) for p in shown.periods][:6] == ["08:00:00", "08:40:00", "09:20:00", "10:00:00", "11:00:00", "11:40:00"]  # fmt: skip
    checked = await call("validate_timetable", callers["head"], timetable=str(draft))
    assert checked.valid
    own = await call("show_timetable", callers["head"], timetable="Plan A", teacher="Mr Akinlade")
    assert {x.subject for x in own.lessons} == {"Mathematics"}
    assert len(own.lessons) == 8


async def test_a_request_with_mistakes_is_refused_before_solving(callers):
    head = callers["head"]
    ruby = {
        "teacherId": "Mr Bode Akinlade",
        "subjectId": "Mathematics",
        "classArmId": "JSS 2 Ruby",
        "periodsPerWeek": 41,
    }
    with pytest.raises(NoTimetablePossible, match="41 periods of lessons and 40 free"):
        await call("generate_timetable", head, constraints={"teacherAssignments": [ruby]})
    for stranger in ({"teacherId": "Mr Nobody"}, {"classArmId": "JSS 9 Gold"}):
        known = ruby | {"periodsPerWeek": 4}
        with pytest.raises(BadTimetableProblem, match=r"There is no (teacher|class) “(Mr Nobody|JSS 9 Gold)”"):
            await call("generate_timetable", head, constraints={"teacherAssignments": [known | stranger]})
    for change in ({"periodsPerDay": 500}, {"periodsPerDay": -1}, {"daysPerWeek": 0}):
        with pytest.raises(InvalidInput, match="cannot be planned"):
            await call("generate_timetable", head, **change)
    with pytest.raises(NotVisible):
        await call("generate_timetable", head, schoolId="another school")
    with pytest.raises(NotAllowed):
        await call("generate_timetable", callers["teacher"])
    job = await call("generate_timetable", head, name="Plan B", seconds=2)
    assert job.status == "queued"
    assert (await call("show_timetable_job", head, jobId=str(job.job_id))).name == "Plan B"
    with pytest.raises(NotVisible, match="being worked out"):
        await call("show_timetable_result", head, jobId=str(job.job_id))


async def test_a_request_about_other_lessons_is_not_measured_by_the_schools_wishes(callers):
    head = callers["head"]
    maths = {"subjectId": "Mathematics", "periods": [1, 2]}
    standing = {
        "preferredSlots": [maths],
        "avoidConsecutive": ["Mathematics, English Language"],
        "maxPeriodsPerDay": {"Mr Bode Akinlade": 3},
    }
    await call("set_timetable_setup", head, constraints=standing)
    latin = {"teacherId": "Ms Virgil", "subjectId": "Latin", "classArmId": "A", "periodsPerWeek": 4}
    card, _ = await preview(TOOLS["generate_timetable"], head, {"constraints": {"teacherAssignments": [latin]}})
    assert card.included == 4
    with pytest.raises(InvalidInput, match="no lessons of Mathematics, for which a preferred time"):
        await call("generate_timetable", head, constraints={"teacherAssignments": [latin], "preferredSlots": [maths]})


async def test_explaining_the_schools_own_problem(callers):
    fine = await call("explain_timetable", callers["head"])
    assert fine.solvable is True
    tight = await call("explain_timetable", callers["head"], periodsPerDay=2)
    assert tight.proven
    assert "16 periods of lessons and 10 free periods" in tight.headline()
    assert tight.relaxations
    assert not any(item.gives == "Not tried." for item in tight.relaxations)
    assert tight.blocks()[-1].rows[0]["gives"] == tight.relaxations[0].gives


async def test_a_swap_is_previewed_applied_and_undone(callers, draft):
    head = callers["head"]
    shown = await call("show_timetable", head, timetable="Plan A")
    pairs = [(x, y) for x in shown.lessons for y in shown.lessons if x.key < y.key and x.class_arms == y.class_arms]
    legal = refused = 0
    for one, other in pairs:
        slots = {
            "slot1": {"day": one.day, "period": one.period, "classArm": one.class_arms[0]},
            "slot2": {"day": other.day, "period": other.period, "lesson": other.key},
        }
        card, _ = await preview(TOOLS["swap_lessons"], head, {"timetable": "Plan A", **slots})
        if card.warnings and not refused:
            refused += 1
            with pytest.raises(TimetableConflict):
                await call("swap_lessons", head, timetable="Plan A", **slots)
        elif not card.warnings and not legal and one.subject != other.subject:
            legal += 1
            outcome = await invoke(TOOLS["swap_lessons"], head, {"timetable": "Plan A", **slots}, approved=True)
            moved = {x.key: (x.day, x.period) for x in outcome.result.lessons}
            assert moved == {one.key: (other.day, other.period), other.key: (one.day, one.period)}
            await call("undo_change", head, entry=str(outcome.audit_id))
            after = await call("show_timetable", head, timetable="Plan A")
            assert {x.key: (x.day, x.period) for x in after.lessons} == {
                x.key: (x.day, x.period) for x in shown.lessons
            }
        if legal and refused:
            return
    pytest.fail(f"{legal} legal and {refused} refused swaps among {len(pairs)} pairs")


async def test_a_move_onto_another_lesson_is_refused_with_alternatives(callers, draft):
    head = callers["head"]
    shown = await call("show_timetable", head, timetable="Plan A", classArm="JSS 2 Ruby")
    first, other = shown.lessons[0], next(x for x in shown.lessons if x.subject != shown.lessons[0].subject)
    where = {
        "lesson": {"day": first.day, "period": first.period, "lesson": first.key},
        "day": other.day,
        "period": other.period,
    }
    card, _ = await preview(TOOLS["move_lesson"], head, {"timetable": "Plan A", **where})
    assert any("at once" in words for words in card.warnings)
    with pytest.raises(TimetableConflict) as refused:
        await call("move_lesson", head, timetable="Plan A", **where)
    assert refused.value.facts["alternatives"]
    when = refused.value.facts["alternatives"][0]["slot"]
    day, period = shown.days.index(when.split(" period ")[0]) + 1, int(when.split(" period ")[1])
    if len(refused.value.facts["alternatives"][0]["moves"]) == 1:
        done = await call("move_lesson", head, timetable="Plan A", **where | {"day": day, "period": period})
        assert (done.lessons[0].day, done.lessons[0].period) == (day, period)


async def test_locked_lessons_do_not_move(callers, draft):
    head = callers["head"]
    await call("lock_lessons", head, timetable="Plan A", classArm="JSS 2 Ruby", subject="Mathematics")
    shown = await call("show_timetable", head, timetable="Plan A", classArm="JSS 2 Ruby")
    maths = next(x for x in shown.lessons if x.locked)
    assert {x.subject for x in shown.lessons if x.locked} == {"Mathematics"}
    where = {"lesson": {"day": 1, "period": 1, "lesson": maths.key}, "day": 5, "period": 8}
    with pytest.raises(LessonLocked):
        await call("move_lesson", head, timetable="Plan A", **where)
    async with transaction(head) as tx:
        payload = {"timetable_id": str(draft), "from": str(draft), "seconds": 5, "seed": 7}
        task = await timetable_solving.given(tx, payload)
    assert task.start is not None
    again = solve(task.instance, seed=task.seed, rounds=1, start=task.start).assignments
    assert len(task.kept) == 4
    assert all(again[key] == task.start[key] for key in task.kept)


async def test_those_in_a_class_last_session_are_not_told_of_its_timetable(school, callers, draft):
    arms, day = [school.class_arms["JSS 2 Ruby"]], next_day(0)
    async with transaction(callers["head"]) as tx:
        table = await tx.session.get_one(Timetable, draft)
        before = await timetable_publication.announcement(tx, arms, [], day, table)
        session_id = await tx.session.scalar(select(AcademicSession.id).where(AcademicSession.name == "Last session"))
        tx.session.add_all(
            Enrolment(
                school_id=school.id, student_id=student, session_id=session_id, class_arm_id=arms[0], joined_on=day
            )
            for student in school.students.values()
        )
        await tx.session.flush()
        after = await timetable_publication.announcement(tx, arms, [], day, table)
        assert after.audience.counts() == before.audience.counts()
        assert sum(before.audience.counts().values()) > 0


async def test_publishing_tells_those_affected_and_can_be_taken_back(callers, draft):
    head, teacher, guardian = callers["head"], callers["teacher"], callers["guardian"]
    with pytest.raises(NoTimetableYet):
        await call("show_my_timetable", teacher)
    with pytest.raises(NotVisible):
        await call("show_timetable", teacher, timetable="Plan A")
    card, _ = await preview(TOOLS["publish_timetable"], head, {"timetable": "Plan A"})
    assert card.included == 3
    assert card.messages
    done = await call("publish_timetable", head, timetable="Plan A")
    assert done.classes == 3 and sum(done.told.values()) > 0
    with pytest.raises(TimetableNotDraft):
        await call("publish_timetable", head, timetable="Plan A")
    day = next_day(0)
    mine = await call("show_my_timetable", teacher, on=str(day))
    shown = await call("show_timetable", teacher)
    assert len(mine.lessons) == sum(x.day == 1 and str(teacher.person_id) in x.teacher_ids for x in shown.lessons)
    hers = await call("show_timetable", guardian, classArm="JSS 2 Ruby")
    assert hers.lessons
    with pytest.raises(NotVisible):
        await call("show_timetable", guardian, classArm="JSS 2 Topaz")
    await call("withdraw_timetable", head, timetable="Plan A")
    with pytest.raises(NoTimetableYet):
        await call("show_my_timetable", teacher)


async def test_an_incomplete_timetable_is_not_published(callers, draft):
    head = callers["head"]
    async with transaction(head) as tx:
        row = await timetables.access_draft(tx, draft)
        rows = await timetables.lessons_of(tx, row)
        instance = timetables.instance_of(row)
        await timetables.keep_lessons(tx, row, instance, dict(list(timetables.assignments_of(rows).items())[1:]))
    with pytest.raises(TimetableIncomplete):
        await call("publish_timetable", head, timetable="Plan A")


async def test_who_is_free_and_who_could_cover(callers, published, school):
    head = callers["head"]
    shown = await call("show_timetable", head)
    lesson = next(x for x in shown.lessons if str(school.staff["teacher"]) in x.teacher_ids)
    day = next_day(lesson.day - 1)
    free = await call("find_free_teachers", head, on=str(day), period=lesson.period)
    assert str(school.staff["teacher"]) not in {x.teacher_id for x in free.free}
    periods = await call("find_free_periods", head, classArm="JSS 2 Ruby", on=str(day))
    ruby = {
        x.period + i
        for x in shown.lessons
        if x.day == lesson.day and "JSS 2 Ruby" in x.class_arms
        for i in range(x.duration)
    }
    assert {x.period for x in periods.periods} == set(range(1, 9)) - ruby
    plan = await call("find_cover", head, teacher="Mr Akinlade", on=str(day))
    assert plan.lessons
    for need in plan.lessons:
        busy = {
            t
            for x in shown.lessons
            if x.day == lesson.day and x.period <= need.period < x.period + x.duration
            for t in x.teacher_ids
        }
        assert not busy & {o.teacher_id for o in need.options}
    with pytest.raises(NotAllowed):
        await call("find_cover", callers["guardian"], teacher="Mr Akinlade")


async def test_a_repair_is_a_draft_in_which_the_teacher_is_free_that_day(callers, published, school):
    head = callers["head"]
    shown = await call("show_timetable", head)
    lesson = next(x for x in shown.lessons if str(school.staff["teacher"]) in x.teacher_ids)
    made = await call("draft_repair", head, teacher="Mr Akinlade", on=str(next_day(lesson.day - 1)))
    assert len(made.moved) >= made.lost > 0
    after = await call("show_timetable", head, timetable=str(made.timetable_id))
    assert not [x for x in after.lessons if x.day == lesson.day and str(school.staff["teacher"]) in x.teacher_ids]
    compared = await call("compare_timetables", head, first="Plan A", second=str(made.timetable_id))
    assert compared.differences
    assert (await call("show_timetable", head)).name == "Plan A", "the timetable in force stays"


async def test_the_setup_is_kept_and_undone(callers):
    head = callers["head"]
    await call("set_timetable_setup", head, daysPerWeek=5, periodsPerDay=6, startsAt="07:30", shorterDays={"5": 4},
               constraints={"preferredSlots": [{"subjectId": "Mathematics", "periods": [1, 2, 3]}]})  # fmt: skip
    shown = (await call("show_timetable_setup", head)).setup
    assert (shown.periods_per_day, shown.starts_at, shown.shorter_days) == (6, "07:30", {5: 4})
    async with transaction(head) as tx:
        instance, _, _ = await timetable_solving.problem(tx, None, None)
    assert (4, 5) in instance.blocked
    assert any(rule.type == "prefer_slots" for rule in instance.rules)
    with pytest.raises(NotAllowed):
        await call("set_timetable_setup", callers["teacher"], periodsPerDay=7)


async def test_a_calendar_address_opens_only_as_it_was_signed(callers, published, school):
    address = await call("show_calendar_address", callers["teacher"])
    text = address.url.rsplit("/", 1)[1].removesuffix(".ics")
    caller, whose, key = timetable_feeds.opened(text)
    assert (caller.school_id, whose, key) == (school.id, "person", school.staff["teacher"])
    async with transaction(caller, read_only=True) as tx:
        body = (await timetable_feeds.feed(tx, whose, key)).decode()
    assert body.count("BEGIN:VEVENT") >= 8
    assert "TZID:Africa/Lagos" in body and "RRULE" in body
    for forged in (text[:-2] + "AA", text[3:], "x", timetable_feeds.token(school.id, "class", key)[:-1]):
        with pytest.raises(NotVisible):
            timetable_feeds.opened(forged)


async def test_those_affected_are_those_whose_lessons_differ(callers, published):
    head = callers["head"]
    await call("draft_timetable", head, timetable="Plan A", name="Plan C")
    async with transaction(head) as tx:
        found = next(t for t in await timetables.listed(tx) if t.name == "Plan C")
        from school import timetable_views

        same = await timetable_publication.affected(tx, await timetable_views.view(tx, found), tx.today)
    assert (same.class_arm_ids, same.teacher_ids, same.lessons) == ((), (), 0)
