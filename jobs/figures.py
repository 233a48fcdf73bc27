"""Kept figures: totals and risks made anew every ten minutes, and when an event says that they moved."""

import time
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from jobs import sweep
from jobs.consumers import Envelope, on, system
from jobs.runs import RunningRun, kind
from jobs.schedule import every
from runtime.errors import NotAllowed, NotVisible
from runtime.telemetry import log
from runtime.transaction import Tx, transaction
from school import early_warning, figures_cache, figures_files, figures_tables, sheet_totals
from school.attendance import AttendanceMarked
from school.figures_tables import RUN_KIND, FiguresSpec
from school.scores import ScoresPublished, ScoresWithdrawn
from tools.dashboards import show_dashboard
from tools.declare import TOOLS
from tools.invoke import invoke

_log = log("figures")


@kind(RUN_KIND)
async def export(run: RunningRun) -> dict[str, Any]:
    """Write the file as whoever asked for it; a second try makes it anew."""
    spec = FiguresSpec.model_validate(run.payload)
    await run.report(message="Adding up the figures")
    async with transaction(run.caller) as tx:
        figures = await figures_tables.collect(tx, spec.kind, spec.filters)
        await run.report(total=figures.rows, message=f"Writing {figures.rows:,} rows")
        stored = await figures_files.write(tx, figures, spec.format)
        return {
            "fileId": str(stored.id), "url": f"/api/files/{stored.id}", "name": stored.name, "size": stored.size,
            "mediaType": stored.media_type, "rows": figures.rows,
        }  # fmt: skip


@every(600, first=20)
async def refresh_figures() -> int:
    """Make anew, school by school, the totals of sheets that moved on and the risks of classes that did."""
    refreshed = 0
    for school_id in await sweep.schools():
        refreshed += await refresh(school_id)
    return refreshed


async def refresh(school_id: UUID) -> int:
    """One school: a few hundred sheets a transaction, so that nobody who writes waits long; then its risks and dashboard."""
    began, sheets = time.perf_counter(), 0
    while True:
        async with transaction(system(school_id)) as tx:
            made = await sheet_totals.add_up(tx)
        sheets += made
        if made < sheet_totals.AT_ONCE:
            break
    try:
        async with transaction(system(school_id)) as tx:
            classes = await early_warning.keep_standings(tx)
    except NotVisible:  # a school without a calendar or a grading scale has no risks yet
        classes = 0
    if sheets or classes:
        await figures_cache.drop(school_id)
    await _ahead(school_id)
    _log.info("figures_refreshed", school_id=str(school_id), sheets=sheets, classes=classes, ms=round(1000 * (time.perf_counter() - began)))  # fmt: skip
    return sheets + classes


async def _ahead(school_id: UUID) -> None:
    """Work out the dashboard of those who see the whole school before they open it."""
    with suppress(NotVisible, NotAllowed):  # a school without a calendar or classes has none yet
        await invoke(TOOLS[show_dashboard.__name__], system(school_id), {})


@on(ScoresPublished)
async def after_publication(tx: Tx, event: ScoresPublished, envelope: Envelope) -> None:
    """Scores became visible: totals and risks of the class move."""
    envelope.after_commit.append(partial(refresh, tx.school_id))


@on(ScoresWithdrawn)
async def after_withdrawal(tx: Tx, event: ScoresWithdrawn, envelope: Envelope) -> None:
    """Scores were taken back."""
    envelope.after_commit.append(partial(refresh, tx.school_id))


@on(AttendanceMarked)
async def after_register(tx: Tx, event: AttendanceMarked, envelope: Envelope) -> None:
    """A register was taken: rates and the risks of its class move. Those of one class cost a tenth of a second, of a whole
    school that waited for its next round many times that, while the head looks on.
    """
    envelope.after_commit.append(partial(refresh, tx.school_id))
