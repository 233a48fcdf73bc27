"""The rule: reasons with the student's own figures; courses and their projection."""

import random

import pytest

from school import risk, trajectories
from school.risk_features import Features

WEAK = Features(
    current_term_average=45, previous_term_average=58, score_trend=-13, score_volatility=15, subjects_below_pass=1,
    subjects_declining=2, worst_subject_score=30, best_subject_score=60, missing_assessments=0.25, late_submissions=0.1667,
    percentile_in_class=0, deviation_from_class_average=-20, deviation_from_subject_averages=-19, terms_enrolled=3,
    improvement_rate=-10, consecutive_declining_terms=2, attendance_rate=75, average_of_work_done=60, failing=["Maths"],
    declining=["Maths", "English"],
)  # fmt: skip
STRONG = WEAK.model_copy(update={
    "current_term_average": 85.0, "score_trend": None, "subjects_below_pass": 0, "missing_assessments": 0.0,
    "late_submissions": 0.0, "consecutive_declining_terms": 0, "attendance_rate": None, "failing": [], "declining": [],
})  # fmt: skip


def test_reasons_carry_the_students_figures_and_add_up():
    found = risk.assess(WEAK, 40)
    said = " ".join(factor.factor for factor in found.contributing_factors)
    assert "45.0" in said and "Maths" in said and "25%" in said and "75%" in said and "13.0" in said
    assert sum(factor.importance for factor in found.contributing_factors) == pytest.approx(100, abs=3)
    assert "Maths" in found.recommendation and "instead of" in found.what_would_change_it


def test_a_strong_student_has_no_reasons_and_reasons_differ_between_students():
    ben = risk.assess(STRONG, 40)
    assert (ben.risk_level, ben.contributing_factors, ben.recommendation) == ("low", [], "No step is needed now.")
    absent = risk.assess(STRONG.model_copy(update={"attendance_rate": 60.0}), 40)
    assert [factor.code for factor in absent.contributing_factors] == ["attendance"]


def test_worse_in_anything_is_never_less_risk():
    base = WEAK
    worse = {
        "current_term_average": 20.0,
        "subjects_below_pass": 4,
        "missing_assessments": 0.6,
        "attendance_rate": 50.0,
    }
    for name, value in worse.items():
        assert risk.assess(base.model_copy(update={name: value}), 40).risk_score >= risk.assess(base, 40).risk_score


@pytest.mark.parametrize(
    ("values", "word"),
    [([50], "unknown"), ([50, 55, 60], "improving"), ([60, 55, 50], "declining"), ([50, 51, 50], "stable")],
)
def test_a_trend_in_a_word(values, word):
    assert trajectories.trend(values) == word


def test_a_projection_is_the_line_and_its_interval_student_s_t():
    assert trajectories.project([], 1) == (None, None)
    assert trajectories.project([50], 1) == (50, None)
    assert trajectories.project([80, 70], 1) == (60, None), (
        "two points are always on a line: nothing says how sure it is"
    )
    # 50, 55, 61, 64: slope 4.8 and 69.5 a term on; t(2 degrees) 1.886 times at least 2 times sqrt(1 + 1/4 + 2.5²/5)
    assert trajectories.project([50, 55, 61, 64], 1) == (69.5, [63.5, 75.5])
    # 40, 60, 50: slope 5, 60 a term on; one degree: t 3.078 times residual spread sqrt(150) times sqrt(1 + 1/3 + 2²/2)
    assert trajectories.project([40, 60, 50], 1) == (60, [0, 100])
    centre, (low, high) = trajectories.project([80, 90, 99], 2)
    assert centre == high == 100 and 80 < low < 90, "a line that leaves the scale does not make it sure"


def test_four_in_five_terms_end_within_the_interval():
    draw, inside = random.Random(7), 0
    for _ in range(1000):
        values = [55 + 2 * term + draw.gauss(0, 5) for term in range(6)]
        _, interval = trajectories.project(values[:5], 1)
        inside += interval[0] <= values[5] <= interval[1]
    assert 760 < inside < 860
