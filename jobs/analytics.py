"""Risk models: the run that trains one, training after a term, and a daily look at drift."""

from typing import Any

from jobs import sweep
from jobs.consumers import system
from jobs.runs import RunningRun, kind
from jobs.schedule import every
from runtime.transaction import transaction
from school import risk_models, risk_training
from school.risk_outcomes import TooLittleHistory
from school.risk_training import KIND


@kind(KIND)
async def train(run: RunningRun) -> dict[str, Any]:
    """Train as whoever asked; a school with too little history is told so, and keeps the rule."""

    async def report(message: str) -> None:
        await run.report(message=message)

    caller = run.caller if run.caller.user_id else system(run.caller.school_id)
    async with transaction(caller) as tx:
        try:
            return await risk_training.run(tx, run.payload["capacity"], report)
        except TooLittleHistory as too_little:
            return {"version": risk_models.RULE, "serves": False, "decision": too_little.message}


@every(3600)
async def train_after_term() -> int:
    """Start a training run in every school where a term has ended since the last one."""
    started = 0
    for school_id in await sweep.schools():
        async with transaction(system(school_id)) as tx:
            started += await risk_training.start_due(tx)
    return started


@every(24 * 3600)
async def look_at_drift() -> None:
    """Set each school's threshold to this term's students, and measure how far they are from those learned on."""
    for school_id in await sweep.schools():
        async with transaction(system(school_id)) as tx:
            await risk_training.look_again(tx)
