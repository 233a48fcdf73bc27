"""Learning, judging, serving and going back: on made-up students whose outcome is known."""

import random
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import select, update

from runtime.errors import NotAllowed
from runtime.transaction import transaction
from school import risk_drift, risk_evaluation, risk_models, risk_outcomes, risk_reasons, risk_training
from school.calendar import Term
from school.classes import ClassArm
from school.early_warning import of_class
from school.risk_features import NAMES, Features
from school.risk_learning import Calibration, matrix
from school.risk_models import Card, ModelUnusable, RiskModel, Serving
from school.risk_outcomes import Example, TooLittleHistory
from tests.risk_records import everything

pytestmark = pytest.mark.timeout(60)


def features(average, missing, late=0.0, trend=0.0, attendance=95.0):
    failing = ["Mathematics"] if average < 40 else []
    return Features(
        current_term_average=average, previous_term_average=average - trend, score_trend=trend, score_volatility=8,
        subjects_below_pass=len(failing), subjects_declining=int(trend < -5), worst_subject_score=average - 10,
        best_subject_score=average + 10, missing_assessments=missing, late_submissions=late, percentile_in_class=average,
        deviation_from_class_average=average - 55, deviation_from_subject_averages=average - 55, terms_enrolled=4,
        improvement_rate=trend, consecutive_declining_terms=int(trend < 0), attendance_rate=attendance,
        average_of_work_done=average / (1 - missing), failing=failing, declining=["Mathematics"] if trend < -5 else [],
    )  # fmt: skip


def past(sessions=3, students=260, *, useful=True):
    """Who is weak fails, and who hands in little fails whatever the average; without `useful` it is a coin."""
    draw, found = random.Random(5), []
    for year in range(sessions):
        for number in range(students):
            average = min(95, max(10, draw.gauss(56, 12)))
            missing = draw.choice((0.0, 0.0, 0.02, 0.05, 0.3))
            seen = features(
                average, missing, late=missing / 2, trend=draw.gauss(0, 5), attendance=draw.uniform(70, 100)
            )
            bad = average < 44 or (missing > 0.2 and average < 66) if useful else draw.random() < 0.2
            bad = bad != (draw.random() < 0.05)
            groups = {"gender": draw.choice(("female", "male"))}
            found.append(
                Example(UUID(int=year * students + number), f"Session {year}", "First Term", seen, bad, groups)
            )
    return found


@pytest.fixture(scope="module")
def trained():
    return risk_training.train(past(), capacity=26, share=0.1)


def quality(card, name):
    return next(each for each in card.qualities if each.name == name)


def test_it_learns_on_earlier_sessions_and_beats_both_baselines_on_the_last(trained):
    card = trained.card
    assert (card.learned_on, card.judged_on) == (["Session 0", "Session 1"], "Session 2")
    assert trained.beats and card.decision.startswith("Better than both baselines")
    own, alone = quality(card, risk_training.TREES), quality(card, risk_training.AVERAGE)
    assert own.pr_auc > alone.pr_auc > card.prevalence
    assert own.calibration_error < 0.08 and own.precision_at_capacity > 0.8
    assert sum(one.students for one in card.calibration) == 260 and {g.group for g in card.groups} == {"gender"}
    assert not set(card.features) & set(card.never_used) and tuple(card.features) == NAMES


def test_noise_is_not_used():
    assert not risk_training.train(past(useful=False), capacity=26, share=0.1).beats


@pytest.mark.parametrize(("sessions", "students"), [(1, 260), (2, 20), (0, 0)])
def test_a_school_with_too_little_history_is_told_so(sessions, students):
    with pytest.raises(TooLittleHistory, match="Until then the rule is used"):
        risk_training.train(past(sessions, students), capacity=5, share=0.1)


def test_contributions_are_exact_and_add_up_to_the_probability(trained):
    x = matrix([one.features for one in past(1)])
    by_shap = 1 / (1 + np.exp(-trained.served.contributions(x).sum(axis=1)))
    assert np.allclose(by_shap, trained.served.probabilities(x), atol=1e-5)


def test_a_worse_record_is_never_less_risk(trained):
    base = features(58, 0.05, late=0.1, trend=-2, attendance=85)
    for worse in (
        {"current_term_average": 40.0},
        {"missing_assessments": 0.3},
        {"attendance_rate": 60.0},
        {"late_submissions": 0.6},
    ):
        before, after = trained.served.probabilities(matrix([base, base.model_copy(update=worse)]))
        assert after >= before


def serving(trained, threshold=0.5):
    return Serving(1, trained.served, threshold, trained.card.prevalence, trained.card)


def test_reasons_are_the_students_own_and_differ(trained):
    weak, careless, fine = features(36, 0.0), features(60, 0.3, late=0.15), features(80, 0.0)
    first, second, third = risk_reasons.assess(serving(trained), [weak, careless, fine], 40)
    assert first.contributing_factors[0].code == "average" and "36.0" in first.contributing_factors[0].factor
    assert second.contributing_factors[0].code == "missing" and second.contributing_factors[0].factor.startswith("30%")
    assert {f.code for f in first.contributing_factors} != {f.code for f in second.contributing_factors}
    assert "made up" in second.what_would_change_it and second.risk_level == "high" and third.risk_level == "low"
    assert sum(f.importance for f in second.contributing_factors) <= 100.1


def test_those_the_school_can_help_are_high(trained):
    now = [features(average, 0.0) for average in range(20, 90, 2)]
    threshold = risk_training.threshold_of(trained.served, now, 12)
    levels = [one.risk_level for one in risk_reasons.assess(serving(trained, threshold), now, 40)]
    assert levels.count("high") >= 12 and set(levels[-10:]) == {"low"}


def test_flagging_takes_as_many_as_can_be_helped_of_each_cut():
    flagged = risk_evaluation.flag(np.array([0.9, 0.8, 0.1, 0.2, 0.3, 0.4]), ["a"] * 3 + ["b"] * 3, 1 / 3)
    assert flagged.tolist() == [True, False, False, False, False, True]


def test_drift_is_seen_and_the_same_students_have_none(trained):
    x = matrix([one.features for one in past(1)])
    from datetime import UTC, datetime

    kept = risk_drift.reference(x)
    assert risk_drift.measure(kept, x, datetime.now(UTC)).verdict == "steady"
    moved = x.copy()
    moved[:, NAMES.index("attendance_rate")] -= 30
    seen = risk_drift.measure(kept, moved, datetime.now(UTC))
    assert (seen.verdict, seen.worst) == ("drifted", "attendance_rate")


async def store(school, trained, *, serves=True):
    async with transaction(everything(school)) as tx:
        row = await risk_models.keep(tx, trained.served, trained.card, 0.5, trained.reference, serves=serves)
        return row.version


async def test_versions_serve_retire_and_come_back(school, trained):
    assert [await store(school, trained), await store(school, trained), await store(school, trained, serves=False)] == [
        1,
        2,
        3,
    ]
    async with transaction(everything(school)) as tx:
        assert (await risk_models.serving(tx)).version == 2
        assert await risk_models.choose(tx, 1) == 2
        assert [(row.version, row.state) for row in await risk_models.versions(tx)] == [
            (3, "rejected"), (2, "retired"), (1, "serving"),
        ]  # fmt: skip
        assert await risk_models.choose(tx, 0) == 1 and await risk_models.serving(tx) is None
    async with transaction(school.callers["teacher"]) as tx:
        with pytest.raises(NotAllowed):
            await risk_models.choose(tx, 1)


async def test_a_stored_model_predicts_the_same_and_a_damaged_one_does_not_serve(school, trained):
    await store(school, trained)
    x = matrix([features(45, 0.1), features(70, 0.0)])
    async with transaction(everything(school)) as tx:
        found = await risk_models.serving(tx)
        assert np.allclose(found.trees.probabilities(x), trained.served.probabilities(x))
        assert Card.model_validate(found.card) == trained.card
        await tx.session.execute(update(RiskModel).values(artifact=b"damaged"))
    async with transaction(everything(school), read_only=True) as tx:
        with pytest.raises(ModelUnusable):
            await risk_models.load(tx, await risk_models.serving_row(tx))
        assert await risk_models.serving(tx) is None, "the rule takes over"


async def test_a_class_is_looked_at_by_the_model_once_it_serves(school, trained):
    async def look():
        async with transaction(school.callers["teacher"], read_only=True) as tx:
            arm = await tx.session.get_one(ClassArm, school.class_arms["JSS 2 Topaz"])
            return await of_class(tx, arm, await tx.session.get_one(Term, school.terms["this"]))

    by_rule = await look()
    await store(school, trained)
    by_model = await look()
    assert (by_rule.basis, by_model.basis, by_model.version) == ("rule", "model", 1)
    assert by_rule.features == by_model.features and "not a probability" in by_rule.method
    scores = {name: by_model.risks[school.students[name]].risk_score for name in ("Chidi", "Kemi", "Ibrahim")}
    assert scores["Ibrahim"] > scores["Chidi"] and "Session 2" in by_model.method


@pytest.mark.parametrize("role", ["guardian", "student", "stranger"])
async def test_guardians_students_and_other_schools_see_no_model_in_the_database(school, trained, role):
    await store(school, trained)
    async with transaction(school.callers[role], read_only=True) as tx:
        assert list(await tx.session.scalars(select(RiskModel.version))) == []
    async with transaction(school.callers["teacher"], read_only=True) as tx:
        assert list(await tx.session.scalars(select(RiskModel.version))) == [1]


async def test_a_new_school_has_nothing_to_learn_from(school):
    async with transaction(everything(school)) as tx:
        assert await risk_outcomes.examples(tx) == []

        async def said(message):
            assert message

        with pytest.raises(TooLittleHistory):
            await risk_training.run(tx, 12, said)


async def test_a_new_model_that_is_worse_does_not_serve(school, trained):
    await store(school, trained)
    better = [each.model_copy(update={"pr_auc": 0.999}) for each in trained.card.qualities]
    async with transaction(everything(school)) as tx:
        row = await risk_models.serving_row(tx)
        row.card = trained.card.model_copy(update={"qualities": better}).model_dump(mode="json")
        await tx.session.flush()
        serves, why = await risk_training._decide(tx, trained)
        assert not serves and "goes on serving" in why
        row.card = trained.card.model_dump(mode="json")
        assert (await risk_training._decide(tx, trained))[0], "as good is not worse"


async def test_training_is_due_once_after_a_term(school):
    async with transaction(everything(school)) as tx:
        assert await risk_training.start_due(tx), "last term ended 31 days ago and nothing was trained since"
        assert not await risk_training.start_due(tx)


def test_a_calibration_never_turns_the_order_round():
    assert np.all(np.diff(Calibration(0.5, -1).probabilities(np.array([-3.0, 0.0, 3.0]))) > 0)
