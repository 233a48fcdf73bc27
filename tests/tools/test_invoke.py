"""The one door: names, refusals, idempotency, undo."""

import asyncio

import pytest
from sqlalchemy import func, select

from runtime.errors import Ambiguous, InvalidInput, NotAllowed, NotVisible
from runtime.transaction import transaction
from school.audit import AuditEntry
from school.registers import Register
from school.results import NotReleased
from school.trail import AlreadyUndone, NothingToUndo
from tests.tiny_school import school_today
from tools.declare import load_all
from tools.invoke import IdempotencyKeyReused, invoke

TOOLS = load_all()


async def run(name, caller, /, **args):
    return (await invoke(TOOLS[name], caller, args, approved=True)).result


@pytest.mark.parametrize("said", ["JSS 2 Ruby", "jss2 ruby", "JSS2RUBY", "ruby jss 2", "Rubi jss 2", "jss 2 rubyy"])
async def test_a_class_is_found_the_way_people_write_it(school, callers, said):
    card = await run("show_class", callers["teacher"], class_arm=said)
    assert card.name == "JSS 2 Ruby"
    assert card.students == 6


@pytest.mark.parametrize(
    "said", ["Ada Okonjo", "okonjo ada", "OKONJO", "HA/001", "ha 001", "Okonjo A.", "Ada Okonjoh", "Dr Ada Okonjo"]
)
async def test_a_student_is_found_by_name_initial_number_and_misspelt(school, callers, said):
    if said == "OKONJO":
        with pytest.raises(Ambiguous) as error:
            await run("show_student", callers["head"], student=said)
        assert {c["label"] for c in error.value.facts["candidates"]} == {"Ada Okonjo", "Uche Okonjo"}
        return
    assert (await run("show_student", callers["head"], student=said)).admission_no == "HA/001"


@pytest.mark.parametrize("said", ["Olaitan D'Almeida", "Ọláìtán D’Almeida", "olaitan dalmeida", "D'ALMEIDA"])
async def test_diacritics_and_apostrophes_do_not_matter(school, callers, said):
    card = await run("show_student", callers["head"], student=said)
    assert card.student_id == school.students["Ọláìtán"]


async def test_a_class_beside_a_name_decides_between_namesakes(school, callers):
    found = await run("show_attendance", callers["head"], student="Okonjo", class_arm="JSS 1 Pearl")
    assert found.what == "Uche Okonjo"


async def test_another_childs_record_and_none_at_all_look_the_same(school, callers):
    messages = set()
    for name in ("Tunde Afolayan", "Tobechukwu Nobody"):
        with pytest.raises(NotVisible) as error:
            await run("show_results", callers["guardian"], student=name)
        messages.add(error.value.message.replace(name, "NAME"))
    assert len(messages) == 1
    with pytest.raises(NotReleased):
        await run("show_results", callers["guardian"], student="Ada", subject="maths")
    past = await run("show_results", callers["guardian"], student="Ada", subject="maths", term="last term")
    assert past.subjects[0].total == 80


@pytest.mark.parametrize("position", ["student", "class_arm", "subject", "term"])
async def test_another_schools_ids_are_not_visible_in_any_position(school, callers, position):
    theirs = {
        "student": school.other.students["Sola"], "class_arm": school.other.class_arms["JSS 2 Ruby"],
        "subject": school.other.subjects["Mathematics"], "term": school.other.terms["this"],
    }  # fmt: skip
    args = {"class_arm": "JSS 2 Ruby", "subject": "Mathematics", "term": "this term"}
    tool = "show_score_sheet"
    if position == "student":
        tool, args = "show_results", {"student": "Ada Okonjo"}
    with pytest.raises(NotVisible):
        await run(tool, callers["head"], **{**args, position: str(theirs[position])})


async def test_a_teacher_is_refused_a_class_they_do_not_teach(school, callers):
    with pytest.raises(NotAllowed):
        await run(
            "show_score_sheet", callers["teacher"], class_arm="JSS 1 Pearl", subject="Mathematics", term="last term"
        )
    with pytest.raises(NotAllowed):
        await run("mark_attendance", callers["teacher"], class_arm="JSS 1 Pearl", absent=["Bisi Adeoti"])


async def test_bad_arguments_name_the_field_and_what_to_do(school, callers):
    with pytest.raises(InvalidInput) as error:
        await run("set_score", callers["colleague"], student="Ada", subject="english", component="CA", points=-3)
    assert error.value.facts["errors"][0]["field"] == "points"
    with pytest.raises(InvalidInput) as error:
        await run(
            "set_score", callers["colleague"], student="Ada Okonjo", subject="english", component="Exam", points=71
        )
    assert "60" in error.value.message
    with pytest.raises(InvalidInput):
        await run(
            "set_score", callers["colleague"], student="Ada", subject="english", component="CA", points=3, extra=1
        )


async def test_an_idempotency_key_answers_a_retry_with_the_first_answer(school, callers):
    args = {"student": "Ada Okonjo", "subject": "english", "component": "CA", "points": 12}
    tool, teacher = TOOLS["set_score"], callers["colleague"]
    outcomes = await asyncio.gather(
        *(invoke(tool, teacher, args, approved=True, idempotency_key="k-1") for _ in range(4))
    )
    assert sum(outcome.replayed for outcome in outcomes) == 3
    assert len({outcome.result.headline() for outcome in outcomes}) == 1
    async with transaction(callers["head"], read_only=True) as tx:
        assert await tx.session.scalar(select(func.count()).select_from(AuditEntry)) == 1
    with pytest.raises(IdempotencyKeyReused):
        await invoke(tool, teacher, {**args, "points": 13}, approved=True, idempotency_key="k-1")


def school_day(school):
    from datetime import timedelta

    day = school_today()
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day


async def test_a_register_is_taken_in_one_sentence_and_undone(school, callers):
    day = school_day(school)
    taken = await run(
        "mark_attendance", callers["teacher"], class_arm="JSS 2 Ruby", on=str(day), absent=["Tunde"], late=["Zainab"]
    )
    assert (taken.present, taken.absent, taken.late) == (4, ["Tunde Afolayan"], ["Zainab Bello"])
    shown = await run("show_attendance", callers["teacher"], class_arm="JSS 2 Ruby", first=str(day), last=str(day))
    assert {line.name: line.absent for line in shown.lines if line.absent} == {"Afolayan Tunde": 1}
    undone = await run("undo_change", callers["teacher"])
    assert "no longer taken" in undone.headline()
    async with transaction(callers["head"], read_only=True) as tx:
        assert await tx.session.scalar(select(func.count()).select_from(Register)) == 0
    with pytest.raises(NothingToUndo):
        await run("undo_change", callers["teacher"])


async def test_undo_of_a_publication_withdraws_it_and_says_what_cannot_be_recalled(school, callers):
    await run("publish_scores", callers["colleague"], class_arm="JSS 2 Ruby", subject="English")
    assert (await run("show_results", callers["guardian"], student="Ada", subject="English")).subjects[0].total == 70
    undone = await run("undo_change", callers["colleague"], of="publish_scores")
    assert "withdrawn" in undone.headline()
    assert "cannot be recalled" in undone.headline()
    with pytest.raises(NotReleased):
        await run("show_results", callers["guardian"], student="Ada", subject="English")


async def test_an_entry_is_undone_once_and_only_by_those_who_may(school, callers):
    done = await invoke(
        TOOLS["set_score"], callers["colleague"],
        {"student": "Ada Okonjo", "subject": "english", "component": "CA", "points": 12}, approved=True,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        await run("undo_change", callers["teacher"], entry=str(done.audit_id))
    await run("undo_change", callers["head"], entry=str(done.audit_id))
    with pytest.raises(AlreadyUndone):
        await run("undo_change", callers["colleague"], entry=str(done.audit_id))
    sheet = await run("show_score_sheet", callers["colleague"], class_arm="JSS 2 Ruby", subject="English")
    assert [s.points[2] for s in sheet.students if s.admission_no == "HA/001"] == [14]


async def test_the_trail_shows_a_teacher_their_own_and_the_head_everybodys(school, callers):
    await run("set_score", callers["colleague"], student="Ada Okonjo", subject="english", component="CA", points=12)
    assert len((await run("find_changes", callers["head"])).entries) == 1
    assert len((await run("find_changes", callers["colleague"])).entries) == 1
    assert (await run("find_changes", callers["teacher"])).entries == []


async def test_naming_one_more_student_keeps_the_marks_of_the_others(school, callers):
    day = str(school_day(school))
    teacher, ruby = callers["teacher"], {"class_arm": "JSS 2 Ruby", "on": day}
    await run("mark_attendance", teacher, **ruby, absent=["Tunde"])
    more = await run("mark_attendance", teacher, **ruby, late=["Zainab"])
    assert (more.absent, more.late, more.present) == (["Tunde Afolayan"], ["Zainab Bello"], 4)
    mended = await run("mark_attendance", teacher, **ruby, present=["Tunde"])
    assert (mended.absent, mended.late) == ([], ["Zainab Bello"])
    anew = await run("mark_attendance", teacher, **ruby, absent=["Efe"], everyone_else=True)
    assert (anew.absent, anew.late, anew.present) == (["Efe Omoregie"], [], 5)
    with pytest.raises(InvalidInput):
        await run("mark_attendance", teacher, **ruby, absent=["Efe"], present=["Efe"])
    await run("undo_change", teacher)
    back = await run("show_attendance", teacher, class_arm="JSS 2 Ruby", first=day, last=day)
    assert {line.name for line in back.lines if line.late} == {"Bello Zainab"}
