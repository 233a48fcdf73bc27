"""Features on hand-made cases, reasons with the student's own figures, courses and their projection."""

from uuid import UUID

import pytest

from school import risk, trajectories
from school.risk_features import Features, TermTotal, compute

ADA, BEN = UUID(int=1), UUID(int=2)


def total(student, order, subject, percent, taken=4, late=0):
    return TermTotal(student, order, subject, percent, taken, 4, late)


HAND_MADE = [
    total(ADA, 0, "Maths", 60), total(ADA, 0, "English", 70),
    total(ADA, 1, "Maths", 50), total(ADA, 1, "English", 66),
    total(ADA, 2, "Maths", 30, taken=2, late=1), total(ADA, 2, "English", 60),
    total(BEN, 2, "Maths", 80), total(BEN, 2, "English", 90),
]  # fmt: skip


def test_every_feature_of_a_hand_made_case():
    ada = compute(HAND_MADE, 40, {ADA: 75.0})[ADA]
    assert ada == Features(
        current_term_average=45, previous_term_average=58, score_trend=-13, score_volatility=15, subjects_below_pass=1,
        subjects_declining=2, worst_subject_score=30, best_subject_score=60, missing_assessments=0.25,
        late_submissions=0.1667, percentile_in_class=0, deviation_from_class_average=-20, terms_enrolled=3,
        improvement_rate=-10, consecutive_declining_terms=2, attendance_rate=75, failing=["Maths"],
        declining=["Maths", "English"],
    )  # fmt: skip


def test_nothing_of_a_later_term_enters():
    earlier = [row for row in HAND_MADE if row.order <= 1]
    assert compute(earlier, 40)[ADA].current_term_average == 58
    assert set(compute(HAND_MADE, 40)) == {ADA, BEN} and set(compute(earlier, 40)) == {ADA}


@pytest.mark.parametrize(
    "rows", [[], [total(ADA, 0, "Maths", 50, taken=1)], [total(ADA, 0, "Maths", 50), total(BEN, 0, "Maths", 50)]]
)
def test_one_score_a_class_of_one_and_equal_scores_are_no_trouble(rows):
    for features in compute(rows, 40).values():
        found = risk.assess(features, 40)
        assert 0 <= found.risk_score <= 100 and features.score_trend is None
        assert features.percentile_in_class == 0


def test_reasons_carry_the_students_figures_and_add_up():
    found = risk.assess(compute(HAND_MADE, 40, {ADA: 75.0})[ADA], 40)
    said = " ".join(factor.factor for factor in found.contributing_factors)
    assert "45.0" in said and "Maths" in said and "25%" in said and "75%" in said and "13.0" in said
    assert sum(factor.importance for factor in found.contributing_factors) == pytest.approx(100, abs=3)
    assert "Maths" in found.recommendation and "instead of" in found.what_would_change_it


def test_a_strong_student_has_no_reasons_and_reasons_differ_between_students():
    ben = risk.assess(compute(HAND_MADE, 40)[BEN], 40)
    assert (ben.risk_level, ben.contributing_factors, ben.recommendation) == ("low", [], "No step is needed now.")
    absent = risk.assess(compute(HAND_MADE, 40, {BEN: 60.0})[BEN], 40)
    assert [factor.code for factor in absent.contributing_factors] == ["attendance"]


def test_worse_in_anything_is_never_less_risk():
    base = compute(HAND_MADE, 40, {ADA: 75.0})[ADA]
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


def test_a_projection_stays_in_range_and_says_how_sure_it_is():
    assert trajectories.project([], 1) == (None, None)
    assert trajectories.project([50], 1) == (50, None)
    centre, interval = trajectories.project([50, 55, 61, 64], 1)
    assert interval[0] < centre < interval[1] and centre == pytest.approx(69.5, abs=1)
    assert trajectories.project([80, 90, 99], 2)[0] == 100
