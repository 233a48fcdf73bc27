"""Figures of odd records: one score, a class of one, no examinations, all alike, a score changed after publication."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from runtime.ids import new_id
from runtime.transaction import transaction
from school import (
    class_comparison,
    course_metrics,
    dashboards,
    risk_features,
    scores,
    sheet_totals,
    student_metrics,
    trajectories,
)
from school.analytics_scope import Filters
from school.calendar import Term
from school.classes import ClassArm, Enrolment, Level
from school.permissions import Permission
from school.score_sheets import access_sheet
from school.student_metrics import StudentSort
from tests.risk_records import clear, everything, sheet

RUBY, TOPAZ = "JSS 2 Ruby", "JSS 2 Topaz"


@pytest.fixture
async def empty(school):
    await clear(school)
    return school


async def dashboard(school, **narrowed):
    async with transaction(everything(school), read_only=True) as tx:
        return await dashboards.overview(tx, Filters(**narrowed))


async def compared(school, subject=None):
    async with transaction(everything(school), read_only=True) as tx:
        arm = await tx.session.get_one(ClassArm, school.class_arms[RUBY])
        level, term = await tx.session.get_one(Level, arm.level_id), await tx.session.get_one(Term, school.term_id)
        return await class_comparison.compare(tx, level, term, school.subjects[subject] if subject else None)


async def test_a_school_without_any_score(empty):
    found = await dashboard(empty)
    assert (found.students, found.average, found.pass_rate, found.scores.students) == (12, None, None, 0)
    assert found.risk.without_scores == 12 and found.risk.most_urgent == [] and found.subjects == []
    nothing = await compared(empty)
    assert all(each.figures.average is None and each.difference is None for each in nothing.classes)


async def test_a_student_with_one_score_has_figures_and_the_others_none(empty):
    await sheet(empty, "Mathematics", "this", {"Ada": (None, None, None, 30)})
    async with transaction(everything(empty), read_only=True) as tx:
        found = await student_metrics.measure(
            tx, Filters(class_arm_ids=[empty.class_arms[RUBY]]), StudentSort.AVERAGE, 10, 0
        )
    first = found.students[0]
    assert (first.student.name, first.average, first.position, first.out_of, first.change) == (
        "Okonjo Ada",
        30,
        1,
        1,
        None,
    )
    assert found.without_scores == 5 and found.averages.median == 30 and found.averages.spread == 0


async def test_a_class_of_one_is_compared_and_never_called_clearly_different(empty):
    async with transaction(everything(empty)) as tx:
        others = [empty.students["Kemi"], empty.students["Ibrahim"]]
        await tx.session.execute(update(Enrolment).where(Enrolment.student_id.in_(others)).values(left_on=tx.today))
    good = dict.fromkeys(("Ada", "Tunde", "Zainab", "Efe", "Musa"), (9, 9, 18, 54))
    await sheet(empty, "Mathematics", "this", good)
    await sheet(empty, "Mathematics", "this", {"Chidi": (1, 1, 2, 6)}, class_arm=TOPAZ)
    ruby, topaz = (await compared(empty, "Mathematics")).classes
    assert (topaz.enrolled, topaz.figures.students, topaz.figures.spread) == (1, 1, 0)
    assert topaz.difference == -80 and topaz.clear is False and ruby.clear is False


async def test_a_term_without_examinations_is_said_to_be_incomplete(empty):
    points = {"Ada": (8, 7, 15, None), "Tunde": (5, 5, 10, None)} | dict.fromkeys(("Efe", "Musa"), (5, 5, 10, None))
    await sheet(empty, "Mathematics", "this", points, state="draft")
    async with transaction(everything(empty), read_only=True) as tx:
        found = await course_metrics.measure(
            tx, Filters(class_arm_ids=[empty.class_arms[RUBY]], subject_ids=[empty.subjects["Mathematics"]])
        )
        developed = await trajectories.course(tx, empty.students["Ada"])
        known = await risk_features.of_class(tx, empty.class_arms[RUBY], await tx.session.get_one(Term, empty.term_id))
    [course] = found.courses
    assert (course.state, course.recorded, course.average) == ("draft", 75, 22.5)
    assert [(one.average, one.so_far) for one in developed.terms] == [(75, True)], (
        "an exam not written yet is no nought"
    )
    assert known[empty.students["Ada"]].current_term_average == 75 == developed.projected_end_of_year
    assert developed.subject_breakdown[0].scores == [75]


async def test_all_scores_alike_share_the_first_place_and_differ_in_nothing(empty):
    await sheet(empty, "Mathematics", "this", dict.fromkeys(("Ada", "Tunde", "Zainab", "Efe", "Musa"), (5, 5, 10, 30)))
    async with transaction(everything(empty), read_only=True) as tx:
        found = await student_metrics.measure(
            tx, Filters(class_arm_ids=[empty.class_arms[RUBY]]), StudentSort.NAME, 10, 0
        )
    assert [one.position for one in found.students if one.average] == [1] * 5
    spread = found.averages
    assert (spread.lowest, spread.median, spread.highest, spread.spread) == (50, 50, 50, 0)


async def test_a_score_changed_after_publication_moves_every_figure(empty):
    await sheet(empty, "Mathematics", "this", {"Ada": (8, 7, 15, 50), "Tunde": (5, 5, 10, 30)})
    assert (await dashboard(empty)).average == 65
    async with transaction(everything(empty)) as tx:
        arm, subject = empty.class_arms[RUBY], empty.subjects["Mathematics"]
        opened = await access_sheet(tx, arm, subject, empty.term_id, Permission.SCORES_PUBLISH)
        await scores.withdraw(tx, opened)
        await scores.record(tx, opened, empty.students["Tunde"], empty.components["Exam"], Decimal(50))
    found = await dashboard(empty)
    assert (found.average, found.subjects[0].average, found.scores.highest) == (75, 75, 80)


async def test_the_trajectory_of_a_student_who_changed_classes_is_the_same_from_kept_totals(empty):
    await sheet(empty, "Mathematics", "last", {"Ada": (8, 8, 16, 48), "Tunde": (9, 9, 18, 54)})
    await sheet(empty, "Mathematics", "this", {"Ada": (1, 0, 0, 0), "Tunde": (5, 5, 10, 30)})
    await sheet(empty, "Mathematics", "this", {"Ada": (6, 6, 12, 36), "Chidi": (5, 5, 10, 30)}, class_arm=TOPAZ)
    async with transaction(everything(empty)) as tx:
        old = await tx.session.scalar(select(Enrolment).where(Enrolment.student_id == empty.students["Ada"]))
        old.left_on = tx.today - timedelta(days=3)
        tx.session.add(
            Enrolment(id=new_id(), school_id=empty.id, student_id=empty.students["Ada"], class_arm_id=empty.class_arms[TOPAZ],
                      session_id=old.session_id, joined_on=old.left_on, dropped_subjects=[])
        )  # fmt: skip

    async def look():
        async with transaction(everything(empty), read_only=True) as tx:
            return await trajectories.course(tx, empty.students["Ada"])

    anew = await look()
    assert [(one.average, one.position) for one in anew.terms] == [(80, 2), (60, 1)]
    assert [one.scores for one in anew.subject_breakdown] == [[80, 60]]
    async with transaction(everything(empty)) as tx:
        assert await sheet_totals.add_up(tx) == 3
    assert (await look()).model_copy(update={"as_of": anew.as_of}) == anew
    async with transaction(everything(empty), read_only=True) as tx:
        asked = Filters(class_arm_ids=[empty.class_arms[TOPAZ]])
        listed = (await student_metrics.measure(tx, asked, StudentSort.NAME, 10, 0)).students
        [course] = (
            await course_metrics.measure(tx, asked.model_copy(update={"subject_ids": (empty.subjects["Mathematics"],)}))
        ).courses
    assert {one.student.name: (one.average, one.before, one.change) for one in listed}["Okonjo Ada"] == (60, 80, -20)
    assert (course.gain, course.compared) == (-20, 1), "the same student a term ago, in another class"
