"""Recording scores and taking a sheet from draft to published."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from runtime.errors import InvalidInput, NotAllowed, NotVisible
from runtime.transaction import transaction
from school import score_sheets, scores
from school.permissions import Permission
from school.score_sheets import SheetPublished, StaleSheet
from school.scores import ScoresPublished, ScoresWithdrawn

RUBY, MATHS = "JSS 2 Ruby", "Mathematics"


async def opened(tx, school, permission=Permission.SCORES_WRITE, class_arm=RUBY, subject=MATHS, create=True):
    return await score_sheets.access_sheet(
        tx, school.class_arms[class_arm], school.subjects[subject], school.term_id, permission, create=create
    )


def row(school, child, *points):
    values = [None if value is None else Decimal(value) for value in points]
    return {school.students[child]: dict(zip(school.components.values(), values, strict=True))}


async def save(school, *rows, who="teacher", **options):
    async with transaction(school.callers[who]) as tx:
        sheet = await opened(tx, school, **options)
        return await scores.save_rows(tx, sheet, {key: value for each in rows for key, value in each.items()})


async def read(school, who="teacher"):
    async with transaction(school.callers[who], read_only=True) as tx:
        return await scores.sheet_results(tx, await opened(tx, school, Permission.SCORES_READ))


async def test_totals_grades_and_positions_come_from_what_was_saved(school):
    saved = await save(
        school,
        row(school, "Ada", 8, 7, 15, 50),
        row(school, "Tunde", "5.25", 5, 10, 30),
        row(school, "Zainab", 10, 5, 15, 50),
        row(school, "Efe", None, None, 12, None),
    )
    assert (saved.students, saved.values, saved.version) == (4, 13, 1)
    results = await read(school)
    found = {student.admission_no: student for student in results.students}
    ada, tunde, zainab, efe, musa = (found[school.admission_nos[n]] for n in ("Ada", "Tunde", "Zainab", "Efe", "Musa"))
    assert (ada.total, ada.grade, ada.position) == (Decimal("80.00"), "A", 1)
    assert (zainab.total, zainab.position) == (Decimal("80.00"), 1)
    assert (tunde.total, tunde.grade, tunde.position) == (Decimal("50.25"), "C", 3)
    assert (efe.total, efe.incomplete, efe.position) == (Decimal("12.00"), True, 4)
    assert (musa.total, musa.grade, musa.position) == (None, None, None)
    assert (results.scored, results.unscored, results.incomplete) == (4, 2, 1)
    assert results.average == Decimal("55.56")
    assert [student.name for student in results.best] == ["Bello Zainab", "Okonjo Ada"]
    assert [student.name for student in results.weakest] == ["Omoregie Efe"]


async def test_saving_again_writes_only_what_changed_and_says_what_stood_before(school):
    await save(school, row(school, "Ada", 8, 7, 15, 50))
    again = await save(school, row(school, "Ada", 8, 7, None, 51))
    ada, ca, exam = school.students["Ada"], school.components["CA"], school.components["Exam"]
    assert again.before == {ada: {ca: Decimal(15), exam: Decimal(50)}}
    assert again.after == {ada: {ca: None, exam: Decimal(51)}}
    assert again.version == 2
    back = await save(school, again.before)
    assert back.after == again.before
    assert (await save(school, row(school, "Ada", 8, 7, 15, 50))).values == 0


@pytest.mark.parametrize(
    ("child", "points", "says"),
    [
        ("Ada", (8, 7, 15, 71), "71 is more than the 60"),
        ("Ada", (-1, 7, 15, 50), "-1 is negative"),
        ("Ada", ("1.234", 7, 15, 50), "more than two decimals"),
        ("Ada", ("NaN", 7, 15, 50), "not a number"),
        ("Chidi", (1, 1, 1, 1), "not in JSS 2 Ruby"),
    ],
)
async def test_one_wrong_value_saves_nothing(school, child, points, says):
    with pytest.raises(InvalidInput, match=says):
        await save(school, row(school, "Tunde", 1, 1, 1, 1), row(school, child, *points))
    assert (await read(school)).scored == 0
    await save(school, row(school, "Tunde", 1, 1, 1, 1))
    assert (await read(school)).scored == 1


async def test_a_sheet_somebody_else_changed_is_not_overwritten(school):
    await save(school, row(school, "Ada", 8, 7, 15, 50))
    async with transaction(school.callers["head"]) as tx:
        sheet = await opened(tx, school)
        await scores.record(tx, sheet, school.students["Ada"], school.components["Exam"], Decimal(40))
    async with transaction(school.callers["teacher"]) as tx:
        sheet = await opened(tx, school)
        with pytest.raises(StaleSheet):
            await scores.save_rows(tx, sheet, row(school, "Ada", 1, 1, 1, 1), expected_version=1)
        await scores.save_rows(tx, sheet, row(school, "Ada", 1, 1, 1, 1), expected_version=2)


async def test_two_first_savers_racing_both_keep_their_rows(school):
    await asyncio.gather(
        save(school, row(school, "Ada", 8, 7, 15, 50)), save(school, row(school, "Tunde", 5, 5, 10, 30), who="head")
    )
    results = await read(school)
    assert (results.scored, results.version) == (2, 2)


@pytest.mark.parametrize(
    ("who", "error"), [("colleague", NotAllowed), ("guardian", NotAllowed), ("stranger", NotVisible)]
)
async def test_others_may_not_record(school, who, error):
    with pytest.raises(error):
        await save(school, row(school, "Ada", 8, 7, 15, 50), who=who)
    await save(school, row(school, "Ada", 8, 7, 15, 50))


async def test_publishing_once_stamps_the_sheet_and_emits_the_event(school):
    await save(school, row(school, "Ada", 8, 7, 15, 50), row(school, "Tunde", 5, 5, 10, 30))
    async with transaction(school.callers["teacher"]) as tx:
        done = await scores.publish(tx, await opened(tx, school))
        [event] = tx.events
    assert done.students == 2
    assert isinstance(event, ScoresPublished)
    assert set(event.payload()) == {
        "subjectId", "subjectName", "classArmId", "classArmName", "termId", "termName", "teacherId", "teacherName",
        "studentCount", "timestamp",
    }  # fmt: skip
    assert (event.student_count, event.teacher_name) == (2, "Mr Bode Akinlade")
    async with transaction(school.callers["teacher"]) as tx:
        with pytest.raises(scores.AlreadyPublished):
            await scores.publish(tx, await opened(tx, school))
        with pytest.raises(SheetPublished):
            await scores.save_rows(tx, await opened(tx, school), row(school, "Ada", 1, 1, 1, 1))


async def test_racing_publications_publish_once(school):
    await save(school, row(school, "Ada", 8, 7, 15, 50))

    async def publish():
        async with transaction(school.callers["teacher"]) as tx:
            return await scores.publish(tx, await opened(tx, school))

    done = await asyncio.gather(publish(), publish(), return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["AlreadyPublished", "Publication"]


async def test_an_empty_sheet_cannot_be_published(school):
    async with transaction(school.callers["teacher"]) as tx:
        with pytest.raises(scores.NoScores):
            await scores.publish(tx, await opened(tx, school))
    await save(school, row(school, "Ada", 8, 7, 15, 50))
    async with transaction(school.callers["teacher"]) as tx:
        await scores.publish(tx, await opened(tx, school))


async def test_submitting_approving_and_withdrawing_follow_the_states(school):
    await save(school, row(school, "Ada", 8, 7, 15, 50))
    async with transaction(school.callers["head"]) as tx:
        sheet = await opened(tx, school)
        with pytest.raises(scores.WrongState):
            await scores.approve(tx, sheet)
        with pytest.raises(scores.NotApproved):
            await scores.publish(tx, sheet, approval_required=True)
        assert (await scores.submit(tx, sheet)).state == "submitted"
        assert (await scores.approve(tx, sheet)).state == "approved"
        await scores.publish(tx, sheet, approval_required=True)
        assert (await scores.withdraw(tx, sheet)).state == "approved"
        assert isinstance(tx.events[-1], ScoresWithdrawn)
        with pytest.raises(scores.NotPublished):
            await scores.withdraw(tx, sheet)
    await save(school, row(school, "Ada", 8, 7, 15, 49))
    assert (await read(school)).state == "draft"


async def test_a_teacher_cannot_approve_their_own_sheet(school):
    await save(school, row(school, "Ada", 8, 7, 15, 50))
    async with transaction(school.callers["teacher"]) as tx:
        sheet = await opened(tx, school)
        await scores.submit(tx, sheet)
        with pytest.raises(NotAllowed):
            await scores.approve(tx, sheet)
    async with transaction(school.callers["head"]) as tx:
        await scores.approve(tx, await opened(tx, school))


async def test_a_release_date_holds_results_and_their_event_back(school):
    await save(school, row(school, "Ada", 8, 7, 15, 50))
    async with transaction(school.callers["teacher"]) as tx:
        sheet = await opened(tx, school)
        with pytest.raises(InvalidInput):
            await scores.publish(tx, sheet, release_on=tx.today - timedelta(days=1))
        await scores.publish(tx, sheet, release_on=tx.today + timedelta(days=2))
        assert tx.events == []
    async with transaction(school.callers["guardian"], read_only=True) as tx:
        with pytest.raises(scores.NotReleased, match="not released yet"):
            await scores.student_results(tx, school.students["Ada"])
    async with transaction(school.callers["head"]) as tx:
        assert await scores.release_due(tx) == 0
        tx.now += timedelta(days=2)
        assert await scores.release_due(tx) == 1
        assert [event.name for event in tx.events] == ["scores.published"]
        assert await scores.release_due(tx) == 0
