"""The early warning model on the demo school: features, training, scoring 50,000 students, quality on a later session."""

import asyncio
import statistics
import time
from collections.abc import Iterator

import numpy as np

from bench.demo_school import demo_school
from bench.measurement import Measurement, percentiles

TITLE = "Early warning model"
MANY, LOOKS = 50_000, 20


def measure() -> Iterator[Measurement]:
    """One embedded school; the 50,000 are its own students drawn with small changes, so that trees are walked as usual."""
    with demo_school():
        yield from asyncio.run(_measured())


async def _measured() -> list[Measurement]:
    from demo.ids import demo_id
    from runtime import database
    from runtime.caller import Caller
    from runtime.transaction import transaction
    from school import calendar, early_warning, risk_features, risk_models, risk_outcomes, risk_training
    from school.classes import ClassArm
    from school.permissions import Permission
    from school.risk_learning import matrix
    from school.risk_reasons import assess

    caller = Caller.system(demo_id("sunbird"), *map(str, Permission))
    found: list[Measurement] = []

    async def quiet(_: str) -> None:
        return

    async with transaction(caller) as tx:
        began = time.perf_counter()
        examples = await risk_outcomes.examples(tx)
        found.append(
            Measurement(
                what="reading past sessions",
                size=f"{len(examples):,} examples",
                value=time.perf_counter() - began,
                unit="s",
            )
        )
        began = time.perf_counter()
        await risk_training.run(tx, None, quiet)
        found.append(Measurement(what="training run, baselines and judging included", size=f"{len(examples):,} examples",
                                 value=time.perf_counter() - began, unit="s", at_most=60))  # fmt: skip
    async with transaction(caller, read_only=True) as tx:
        row = (await risk_models.versions(tx))[0]
        model = await risk_models.load(tx, row)
        term = await calendar.current_term(tx)
        began = time.perf_counter()
        now = list((await risk_features.as_of(tx, term.session_id, tx.today)).values())
        found.append(
            Measurement(
                what="features of the whole school",
                size=f"{len(now)} students",
                value=time.perf_counter() - began,
                unit="s",
            )
        )
        arm = await tx.session.get_one(ClassArm, demo_id("sunbird", "arm", "JSS 2", "Ruby"))
        times: list[float] = []
        for _ in range(LOOKS):
            began = time.perf_counter()
            await early_warning.of_class(tx, arm, term)
            times.append(time.perf_counter() - began)
        found += percentiles("risks and reasons of one class, nothing cached", "40 students", times)
    await database.forget()
    x = matrix(now)
    draw = np.random.default_rng(1)
    many = x[draw.integers(0, len(x), MANY)] + draw.normal(0, 0.5, (MANY, x.shape[1]))
    rounds = [_timed(lambda: model.trees.probabilities(many)) for _ in range(3)]
    found.append(
        Measurement(what="scoring", size=f"{MANY:,} students", value=statistics.median(rounds), unit="s", at_most=10)
    )
    found.append(Measurement(what="scoring and exact contributions", size=f"{MANY:,} students",
                             value=_timed(lambda: model.trees.contributions(many)), unit="s", at_most=60))  # fmt: skip
    found.append(Measurement(what="scoring, reasons in words and what would change it", size="10,000 students",
                             value=_timed(lambda: assess(model, now * (10_000 // len(now)), 40)), unit="s"))  # fmt: skip
    size = f"{model.card.judged_on}, prevalence {model.card.prevalence:.3f}"
    for each in model.card.qualities:
        found.append(Measurement(what=f"PR-AUC, {each.name}", size=size, value=each.pr_auc, unit=""))
        found.append(Measurement(what=f"F1 at capacity, {each.name}", size=size, value=each.f1, unit=""))
        found.append(
            Measurement(what=f"recall at capacity, {each.name}", size=size, value=each.recall_at_capacity, unit="")
        )
        if each.calibration_error is not None:
            found.append(
                Measurement(what=f"calibration error, {each.name}", size=size, value=each.calibration_error, unit="")
            )
    return found


def _timed(work: object) -> float:
    began = time.perf_counter()
    assert callable(work)
    work()
    return time.perf_counter() - began
