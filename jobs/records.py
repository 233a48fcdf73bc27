"""Long imports and exports, and exports by the calendar."""

from typing import Any
from uuid import UUID

from jobs import sweep
from jobs.consumers import system
from jobs.runs import RunningRun, kind
from jobs.schedule import every
from runtime.transaction import transaction
from school import export_files, export_schedules, files, imports
from school.export_schedules import RUN_KIND as EXPORT
from school.exports import ExportSpec
from school.imports import ImportKind
from tools.records_import import PLANNERS
from tools.records_import import RUN_KIND as IMPORT

PLANNED = PLANNERS


@kind(EXPORT)
async def export(run: RunningRun) -> dict[str, Any]:
    """Write the file as whoever asked for it; a second try makes it anew."""

    async def report(done: int, total: int) -> None:
        await run.report(done=done, total=total, message=f"{done:,} of {total:,} rows written")

    async with transaction(run.caller) as tx:
        stored, opened = await export_files.make(tx, ExportSpec.model_validate(run.payload), report)
        return {
            "fileId": str(stored.id), "url": f"/api/files/{stored.id}", "name": stored.name, "size": stored.size,
            "mediaType": stored.media_type, "rows": opened.rows,
        }  # fmt: skip


@kind(IMPORT)
async def bring_in(run: RunningRun) -> dict[str, Any]:
    """Carry an import out in one transaction, so that a worker that dies leaves nothing half done."""
    import_id = UUID(run.payload["import_id"])
    async with transaction(run.caller) as tx:
        if await tx.session.get(imports.ImportRow, import_id) is None:
            await run.report(message="Reading the file")
            stored, content = await files.read(tx, UUID(run.payload["file_id"]))
            plan = await imports.plan(tx, ImportKind(run.payload["kind"]), content, stored.name)
            await run.report(total=plan.total, message=f"Saving {plan.good:,} rows")
            await imports.carry_out(tx, plan, stored, import_id)
        row = await imports.access_import(tx, import_id)
        return {
            "importId": str(row.id), "added": row.added, "changed": row.changed, "unchanged": row.unchanged,
            "faulty": row.faulty, "faults": row.faults[:200],
        }  # fmt: skip


@every(300)
async def scheduled_exports() -> int:
    """Start the exports that are due today, in every school."""
    started = 0
    for school_id in await sweep.schools():
        async with transaction(system(school_id)) as tx:
            started += await export_schedules.start_due(tx)
    return started


@every(3600)
async def sweep_files() -> int:
    """Remove the bytes of deleted and expired files, and of uploads that never got a row."""
    removed = 0
    for school_id in await sweep.schools():
        async with transaction(system(school_id)) as tx:
            removed += await files.sweep(tx)
    return removed
