"""What an approved action started is followed over MCP: its progress is told until it ends."""

from types import SimpleNamespace
from typing import Any

from api import mcp_door
from runtime.transaction import transaction
from school import runs
from school.runs import RunStatus
from tools.invoke import Outcome
from tools.present import Block, Progress
from tools.results import Result


class Started(Result):
    """An action that started a run."""

    run_id: str

    def headline(self) -> str:
        return "It is being made."

    def blocks(self) -> list[Block]:
        return [Progress(run_id=self.run_id, title="Export")]


async def test_progress_is_told_until_the_run_ends(application, callers):
    head = callers["head"]
    async with transaction(head) as tx:
        tx.checked = True
        run = await runs.start(tx, "export", "Export: students", {}, total=3)
    told: list[tuple[float, float | None, str | None]] = []

    async def report(done: float, total: float | None, message: str | None) -> None:
        told.append((done, total, message))
        async with transaction(head) as tx:  # the worker goes on meanwhile
            row = await runs.access_run(tx, run.id, lock=True)
            row.done, row.status = 3, RunStatus.SUCCEEDED.value

    context: Any = SimpleNamespace(session=SimpleNamespace(report_progress=report))
    await mcp_door._follow(context, head, Outcome(Started(run_id=str(run.id))))
    assert told == [(0, 3, "Export: students"), (3, 3, "Export: students")]
