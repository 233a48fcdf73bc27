"""Kept figures are made anew by the clock and after a publication, and only where something moved."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from jobs import figures, load, runs
from jobs.consumers import Envelope, system
from runtime import files as blobs
from runtime.errors import NotVisible
from runtime.transaction import transaction
from school import dashboards, figures_cache, files, score_totals, spreadsheets
from school.risk_standings import RiskStanding
from school.runs import RunRow
from school.sheet_totals import SheetTotals
from tests.risk_records import attended, sheet
from tools import figures_export
from tools.declare import load_all
from tools.invoke import invoke

TOOLS = load_all()
load.load_all()


async def test_a_round_makes_what_moved_and_the_next_makes_nothing(school, streams):
    assert await figures.refresh_figures() > 3
    assert await figures.refresh_figures() == 0
    async with transaction(system(school.id), read_only=True) as tx:
        assert await tx.session.scalar(select(func.count()).select_from(SheetTotals)) == 3
        assert await tx.session.scalar(select(func.count()).select_from(RiskStanding)) == 3


async def test_the_head_s_dashboard_is_worked_out_before_it_is_opened(school, streams, monkeypatch):
    await figures.refresh(school.id)
    monkeypatch.setattr(dashboards, "overview", None)
    found = (await invoke(TOOLS["show_dashboard"], school.callers["head"], {})).result
    assert "JSS 2 Ruby" in [one.class_arm.name for one in found.classes]


async def test_past_terms_are_kept_until_one_of_their_scores_moves(school, streams, monkeypatch):
    async def averages():
        await figures_cache.drop(school.id)
        found = (await invoke(TOOLS["show_dashboard"], school.callers["head"], {})).result
        return [one.average for one in found.terms]

    before = await averages()
    with monkeypatch.context() as patched:
        patched.setattr(score_totals, "by_term", None)
        assert await averages() == before
    await sheet(school, "English Language", "last", {"Ada": (10, 10, 20, 60)})
    after = await averages()
    assert after != before and after[-1] == before[-1]


async def test_a_register_makes_the_risks_of_its_class_anew_once_it_is_committed(school, streams):
    await figures.refresh(school.id)
    async with transaction(system(school.id), read_only=True) as tx:
        yesterday = tx.today - timedelta(days=1)
    await attended(school, {yesterday: {"Ada": "absent"}})
    envelope = Envelope(uuid4(), school.id, "attendance.marked", "", {})
    async with transaction(system(school.id)) as tx:
        await figures.after_register(tx, None, envelope)
    for step in envelope.after_commit:
        await step()
    assert await figures.refresh(school.id) == 0


async def test_a_publication_makes_the_school_s_figures_anew_once_it_is_committed(school, streams):
    envelope = Envelope(uuid4(), school.id, "scores.published", "", {})
    async with transaction(system(school.id)) as tx:
        await figures.after_publication(tx, None, envelope)
    for step in envelope.after_commit:
        await step()
    assert await figures.refresh(school.id) == 0


async def test_a_long_file_is_a_run_that_tells_how_far_it_is_and_ends_with_the_file(
    school, streams, monkeypatch, tmp_path
):
    monkeypatch.setenv("SCHOOLOS_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(figures_export, "AT_ONCE", 2)
    blobs.store.cache_clear()
    teacher, told = school.callers["teacher"], []
    asked = await invoke(TOOLS["export_figures"], teacher, {"kind": "totals"}, approved=True)
    assert asked.result.run_id is not None and asked.result.file_id is None and asked.result.rows == 4

    async def tell(running, status):
        told.append((status.value, running.done, running.total, running.message))

    monkeypatch.setattr(runs, "_tell", tell)
    await runs.work.fn.__wrapped__(str(school.id), str(asked.result.run_id))
    assert told == [
        ("running", 0, 4, "Adding up the figures"), ("running", 0, 4, "Writing 4 rows"), ("succeeded", 4, 4, "Writing 4 rows"),
    ]  # fmt: skip
    async with transaction(teacher, read_only=True) as tx:
        run = await tx.session.get_one(RunRow, asked.result.run_id)
        stored, content = await files.read(tx, run.result["fileId"])
    assert (
        run.result["rows"] == 4
        and {s.name: len(s.rows) for s in spreadsheets.read(content, stored.name)}["Totals"] == 5
    )
    with pytest.raises(NotVisible):
        async with transaction(school.callers["colleague"], read_only=True) as tx:
            await files.read(tx, run.result["fileId"])
    blobs.store.cache_clear()
