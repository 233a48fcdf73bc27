"""A document added through the one door is read by a real worker and then answers."""

from uuid import UUID

import pytest

from runtime.caller import Caller
from runtime.transaction import transaction
from school import files
from school.runs import RunRow
from tests.delivery import until
from tools.declare import load_all
from tools.invoke import invoke

pytestmark = pytest.mark.usefixtures("worker")
TOOLS = load_all()
RULES = b"# House rules\n\n## Phones\n\nPhones stay in the office from morning until the last bell rings.\n"


async def test_an_added_document_is_read_by_the_worker(callers: dict[str, Caller]) -> None:
    head = callers["head"]
    async with transaction(head) as tx:
        file = await files.save(tx, "rules.md", RULES, "text/markdown")
    args = {"file": str(file.id), "kind": "policy"}
    run_id = UUID(str((await invoke(TOOLS["add_document"], head, args, approved=True)).result.model_dump()["run_id"]))

    async def finished() -> bool:
        async with transaction(head, read_only=True) as tx:
            run = await tx.session.get_one(RunRow, run_id)
        assert run.status != "failed", run.error
        return run.status == "succeeded"

    await until(finished, patience_s=90)
    answered = await invoke(TOOLS["ask_documents"], head, {"question": "Where do phones stay?"})
    assert "Phones stay in the office" in answered.result.headline()
