"""A training run asked for through the one door is done by a real worker; a new school is told it has too little history."""

import pytest

from runtime.caller import Caller
from runtime.transaction import transaction
from school.runs import RunRow
from tests.delivery import until
from tools.declare import load_all
from tools.invoke import invoke

pytestmark = pytest.mark.usefixtures("worker")
TOOLS = load_all()


async def test_a_run_ends_with_the_rule_where_there_is_too_little_history(callers: dict[str, Caller]) -> None:
    head = callers["head"]
    asked = (await invoke(TOOLS["retrain_risk_model"], head, {"capacity": 12}, approved=True)).result

    async def over() -> bool:
        async with transaction(head, read_only=True) as tx:
            return (await tx.session.get_one(RunRow, asked.run_id)).status in {"succeeded", "failed"}

    await until(over, patience_s=60)
    async with transaction(head, read_only=True) as tx:
        run = await tx.session.get_one(RunRow, asked.run_id)
    assert (run.status, run.result["version"], run.result["serves"]) == ("succeeded", 0, False)
    assert "Until then the rule is used" in run.result["decision"]
