"""Reading documents: the run that parses, embeds and indexes a file somebody added."""

from typing import Any
from uuid import UUID

from jobs.runs import RunningRun, kind
from knowledge import documents


@kind(documents.RUN)
async def read_document(run: RunningRun) -> dict[str, Any]:
    """Read the version the run names; started again after a kill, it goes on with what is missing."""

    async def report(done: int, total: int | None, message: str) -> None:
        await run.report(done=done, total=total, message=message)

    return await documents.read(run.caller, UUID(run.payload["version_id"]), bool(run.payload["retitle"]), report)
