"""The features in SQL on hand-made cases: every figure by hand, nothing from later, bad input harmless."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from runtime.transaction import transaction
from school import risk_features
from school.calendar import Term
from school.classes import Enrolment
from school.risk_features import NAMES, Features, numbers
from school.score_sheets import Score
from tests.risk_records import attended, clear, everything, sheet
from tests.tiny_school import school_today

TODAY = school_today()


async def look(school, class_arm="JSS 2 Ruby", term="this", *, whole=False, day=None):
    async with transaction(everything(school), read_only=True) as tx:
        chosen = await tx.session.get_one(Term, school.terms[term])
        arm = None if whole else school.class_arms[class_arm]
        found = await risk_features.as_of(tx, chosen.session_id, day or risk_features.day_of(tx, chosen), arm)
    names = {key: name for name, key in school.students.items()}
    return {names[key]: each for key, each in found.items()}


@pytest.fixture
async def course(school):
    """Two terms of two subjects for Ada and Tunde; Zainab has nothing this term."""
    await clear(school)
    await sheet(school, "Mathematics", "last",
                {"Ada": (6, 6, 12, 36), "Tunde": (8, 8, 16, 48), "Zainab": (5, 5, 10, 30), "Efe": (5, 5, 10, 30)})  # fmt: skip
    await sheet(
        school, "English Language", "last", {"Ada": (7, 7, 14, 42), "Tunde": (8, 8, 16, 48), "Efe": (5, 5, 10, 30)}
    )
    await sheet(school, "Mathematics", "this",
                {"Ada": (3, None, 6, 21), "Tunde": (8, 8, 16, 48), "Efe": (6, 6, 12, 36)}, late=("Ada",))  # fmt: skip
    await sheet(
        school, "English Language", "this", {"Ada": (6, 6, 12, 36), "Tunde": (9, 9, 18, 54), "Efe": (6, 6, 12, 36)}
    )
    days = [TODAY - timedelta(days=n) for n in (1, 2, 3, 4)]
    await attended(school, {days[0]: {"Ada": "absent"}, days[1]: {"Ada": "late"}, days[2]: {"Ada": "present"},
                            days[3]: {"Ada": "excused"}})  # fmt: skip
    return school


async def test_every_feature_of_a_hand_made_case(course):
    found = await look(course)
    assert found["Ada"] == Features(
        current_term_average=45, previous_term_average=65, score_trend=-20, score_volatility=15, subjects_below_pass=1,
        subjects_declining=2, worst_subject_score=30, best_subject_score=60, missing_assessments=0.125,
        late_submissions=round(3 / 7, 4), percentile_in_class=0, deviation_from_class_average=round(45 - (45 + 85 + 60) / 3, 2),
        deviation_from_subject_averages=round(((30 - 170 / 3) + (60 - 70)) / 2, 2), terms_enrolled=2, improvement_rate=-20,
        consecutive_declining_terms=1, attendance_rate=66.67, average_of_work_done=round((30 / 0.9 + 60) / 2, 2),
        failing=["Mathematics"], declining=["Mathematics", "English Language"],
    )  # fmt: skip
    assert (found["Tunde"].percentile_in_class, found["Tunde"].score_trend) == (66.7, 5)
    assert found["Tunde"].consecutive_declining_terms == 0 and found["Tunde"].attendance_rate is None


async def test_a_student_without_any_score_this_term_has_missed_all_of_it(course):
    zainab = (await look(course))["Zainab"]
    assert (zainab.current_term_average, zainab.previous_term_average, zainab.missing_assessments) == (None, 50, 1)
    assert (zainab.terms_enrolled, zainab.score_trend, zainab.consecutive_declining_terms) == (1, None, 0)
    assert "Musa" not in await look(course), "nothing at all is known of Musa"


async def test_one_class_and_the_whole_school_see_the_same(course):
    assert (await look(course)).items() <= (await look(course, whole=True)).items()


async def test_nothing_of_a_later_day_enters(school):
    await clear(school)
    await sheet(school, "Mathematics", "last", {"Ada": (6, 6, 12, 36)})
    at_the_end = await look(school, term="last")
    await sheet(school, "Mathematics", "this", {"Ada": (1, 1, 2, 6)}, on=TODAY - timedelta(days=3))
    assert await look(school, term="last") == at_the_end
    assert (await look(school, day=TODAY - timedelta(days=4)))["Ada"].current_term_average == 60
    assert (await look(school, day=TODAY - timedelta(days=3)))["Ada"].current_term_average == 10


async def test_those_who_left_are_not_looked_at(course):
    async with transaction(everything(course)) as tx:
        row = await tx.session.scalar(select(Enrolment).where(Enrolment.student_id == course.students["Ada"]))
        row.left_on = TODAY - timedelta(days=5)
    assert "Ada" not in await look(course) and "Ada" in await look(course, term="last")


async def test_an_exam_not_written_yet_is_nobodys_missing_work(school):
    await clear(school)
    await sheet(school, "Mathematics", "this", dict.fromkeys(("Ada", "Tunde", "Zainab", "Efe", "Musa"), (8, 8, 16, None)), state="draft")  # fmt: skip
    found = await look(school)
    assert {(each.current_term_average, each.missing_assessments) for each in found.values()} == {(80, 0)}
    assert {each.percentile_in_class for each in found.values()} == {0}, "all scores equal: nobody is below anybody"


async def test_a_sheet_somebody_has_only_begun_counts_for_nobody(school):
    await clear(school)
    await sheet(school, "Mathematics", "last", dict.fromkeys(("Ada", "Tunde", "Efe", "Musa"), (5, 5, 10, 30)))
    await sheet(school, "Mathematics", "this", {"Ada": (1, None, None, None)}, state="draft")
    found = await look(school)
    assert {each.current_term_average for each in found.values()} == {50} and not any(
        each.missing_assessments for each in found.values()
    )


async def test_one_score_in_a_class_of_one(school):
    await clear(school)
    async with transaction(everything(school)) as tx:
        rows = await tx.session.scalars(
            select(Enrolment).where(Enrolment.class_arm_id == school.class_arms["JSS 2 Topaz"])
        )
        for row in rows:
            if row.student_id != school.students["Chidi"]:
                row.left_on = TODAY - timedelta(days=90)
    await sheet(school, "Mathematics", "this", {"Chidi": (4, None, None, None)}, class_arm="JSS 2 Topaz")
    [chidi] = (await look(school, "JSS 2 Topaz")).values()
    assert (chidi.current_term_average, chidi.percentile_in_class, chidi.deviation_from_class_average) == (40, 0, 0)
    assert len(numbers(chidi)) == len(NAMES) and chidi.score_volatility == 0


async def test_a_score_changed_after_publication_counts_at_the_next_look(course):
    async with transaction(everything(course)) as tx:
        exam = await tx.session.scalar(
            select(Score).where(Score.student_id == course.students["Ada"], Score.component_id == course.components["Exam"],
                                Score.points == 21)
        )  # fmt: skip
        exam.points = 51
    ada = (await look(course))["Ada"]
    assert (ada.current_term_average, ada.failing) == (60, [])
