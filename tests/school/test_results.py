"""Who sees which results, and when."""

from dataclasses import replace
from decimal import Decimal

import pytest

from runtime.errors import NotAllowed, NotVisible
from runtime.transaction import transaction
from school import results, score_sheets, scores
from school.permissions import Permission


async def ask(school, who, child, term="this", subject=None):
    async with transaction(school.callers[who] if isinstance(who, str) else who, read_only=True) as tx:
        return await results.student_results(
            tx, school.students[child], school.terms[term], subject and school.subjects[subject]
        )


async def test_a_guardian_sees_a_published_result_with_its_place_and_class_average(school):
    found = await ask(school, "guardian", "Ada", "last")
    [maths] = found.subjects
    assert (maths.total, maths.grade, maths.remark) == (Decimal("80.00"), "A", "Excellent")
    assert (maths.position, maths.out_of, maths.class_average) == (1, 3, Decimal("70.00"))
    assert [(part.name, part.points) for part in maths.components][-1] == ("Exam", Decimal(50))
    assert found.waiting == ["English Language"]


async def test_before_publication_a_guardian_reads_not_released_yet_and_staff_read_the_draft(school):
    with pytest.raises(results.NotReleased, match="not released yet"):
        await ask(school, "guardian", "Ada", "this", "English Language")
    with pytest.raises(results.NotReleased):
        await ask(school, "guardian", "Ada", "this", "Mathematics")
    assert (await ask(school, "colleague", "Ada", "this", "English Language")).subjects[0].total == Decimal("70.00")


async def test_another_child_looks_like_one_that_does_not_exist(school):
    with pytest.raises(NotVisible) as someone_elses:
        await ask(school, "guardian", "Tunde", "last")
    with pytest.raises(NotVisible) as nobody:
        async with transaction(school.callers["guardian"], read_only=True) as tx:
            await results.student_results(tx, school.class_arms["JSS 2 Ruby"])
    assert someone_elses.value.message == nobody.value.message
    assert (await ask(school, "guardian", "Ada", "last")).name == "Okonjo Ada"


async def test_a_student_sees_only_their_own(school):
    with pytest.raises(NotVisible):
        await ask(school, "student", "Tunde", "last")
    assert (await ask(school, "student", "Ada", "last")).subjects[0].total == Decimal("80.00")


async def test_a_guardian_barred_from_marks_sees_none(school):
    async with transaction(school.callers["head"]) as tx:
        [link] = [
            link
            for link in await tx.session.scalars(results.select(results.Guardianship))
            if link.student_id == school.students["Ada"]
        ]
        link.sees_marks = False
    with pytest.raises(NotVisible):
        await ask(school, "guardian", "Ada", "last")
    async with transaction(school.callers["head"]) as tx:
        (await tx.session.get_one(results.Guardianship, link.id)).sees_marks = True
    await ask(school, "guardian", "Ada", "last")


async def test_a_phone_whose_pin_is_due_gets_no_marks(school):
    locked = replace(school.callers["guardian"], marks_unlocked=False)
    with pytest.raises(results.MarksLocked, match="PIN"):
        await ask(school, locked, "Ada", "last")
    await ask(school, replace(locked, marks_unlocked=True), "Ada", "last")


async def test_a_subject_teacher_sees_their_subject_a_class_teacher_all(school):
    assert [s.subject for s in (await ask(school, "colleague", "Ada", "this")).subjects] == ["English Language"]
    assert [s.subject for s in (await ask(school, "teacher", "Ada", "this")).subjects] == ["English Language"]
    assert (await ask(school, "colleague", "Ada", "last")).subjects == []
    with pytest.raises(NotAllowed):
        await ask(school, "teacher", "Bisi")
    with pytest.raises(NotVisible):
        await ask(school, "stranger", "Ada")


async def test_a_term_the_student_was_not_here_in_says_so(school):
    with pytest.raises(NotVisible, match="not enrolled"):
        await ask(school, "head", "Ada", "year ago")
    assert (await ask(school, "head", "Ada", "last")).term == "First Term This session"


async def test_a_student_who_dropped_the_subject_is_not_on_its_sheet(school):
    async with transaction(school.callers["head"]) as tx:
        query = results.select(results.Enrolment).where(results.Enrolment.student_id == school.students["Musa"])
        (await tx.session.scalars(query)).one().dropped_subjects = [str(school.subjects["Mathematics"])]
    async with transaction(school.callers["teacher"], read_only=True) as tx:
        for subject, count in (("Mathematics", 5), ("English Language", 6)):
            listed = await results.takers(
                tx, school.class_arms["JSS 2 Ruby"], school.subjects[subject],
                await tx.session.get_one(results.Term, school.term_id),
            )  # fmt: skip
            assert len(listed) == count


async def test_an_unrecorded_sheet_is_read_as_empty_and_not_made(school):
    async with transaction(school.callers["teacher"], read_only=True) as tx:
        args = school.class_arms["JSS 2 Ruby"], school.subjects["Mathematics"], school.term_id
        with pytest.raises(NotVisible, match="No Mathematics scores"):
            await score_sheets.access_sheet(tx, *args, Permission.SCORES_READ)
        opened = await score_sheets.access_sheet(tx, *args, Permission.SCORES_READ, create=True)
        found = await scores.sheet_results(tx, opened)
    assert (found.sheet_id, found.scored, found.unscored, found.average) == (None, 0, 6, None)
