"""Long imports and exports as runs, and the calendar's tasks."""

import pytest
from sqlalchemy import text

import tools
from jobs import load, records, runs
from runtime import files as blobs
from runtime.transaction import transaction
from school import files, spreadsheets
from school.runs import RunRow
from tests.spreadsheet_files import upload, xlsx
from tools import records_export, records_import
from tools.invoke import invoke

REGISTRY = tools.load_all()
load.load_all()


@pytest.fixture(autouse=True)
def small(tmp_path, monkeypatch):
    """Even a short list is a run here."""
    monkeypatch.setenv("SCHOOLOS_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(records_import, "AT_ONCE", 1)
    monkeypatch.setattr(records_export, "AT_ONCE", 1)
    blobs.store.cache_clear()
    yield
    blobs.store.cache_clear()


async def finished(school, run_id) -> RunRow:
    await runs.work.fn.__wrapped__(str(school.id), str(run_id))
    async with transaction(school.callers["head"], read_only=True) as tx:
        return await tx.session.get_one(RunRow, run_id)


async def count(school) -> int:
    async with transaction(school.callers["head"], read_only=True) as tx:
        return await tx.session.scalar(text("SELECT count(*) FROM students"))


async def bring_in(school, *rows):
    head = school.callers["head"]
    file_id = await upload(head, xlsx(("Admission No", "Surname", "First name", "Class"), *rows))
    args = {"file": str(file_id), "kind": "students"}
    return (await invoke(REGISTRY["import_records"], head, args, approved=True)).result


async def test_a_long_import_is_a_run_that_can_be_taken_back(school, streams):
    before = await count(school)
    done = await bring_in(
        school, ("HA/201", "Ojo", "Ann", "JSS 1 Pearl"), ("HA/202", "Ojo", "Ben", "JSS 1 Pearl"), ("HA/203", "", "", "")
    )
    assert done.run_id is not None and await count(school) == before
    run = await finished(school, done.run_id)
    assert (run.status, run.result["added"], run.result["faulty"]) == ("succeeded", 2, 1)
    assert await count(school) == before + 2
    await runs.work.fn.__wrapped__(str(school.id), str(done.run_id))
    assert await count(school) == before + 2, "a repeat does nothing"
    await invoke(REGISTRY["undo_change"], school.callers["head"], {}, approved=True)
    assert await count(school) == before


async def test_a_worker_that_died_after_saving_finds_its_import_done(school, streams):
    done = await bring_in(school, ("HA/201", "Ojo", "Ann", "JSS 1 Pearl"), ("HA/202", "Ojo", "Ben", "JSS 1 Pearl"))
    first = await finished(school, done.run_id)
    async with transaction(school.callers["head"]) as tx:
        (await tx.session.get_one(RunRow, done.run_id)).status = "queued"
    again = await finished(school, done.run_id)
    assert (again.status, again.result) == ("succeeded", first.result)


async def test_a_long_export_is_a_run_whose_file_is_its_starters(school, streams):
    done = (
        await invoke(REGISTRY["export_records"], school.callers["teacher"], {"kind": "students"}, approved=True)
    ).result
    run = await finished(school, done.run_id)
    assert (run.status, run.done, run.result["rows"]) == ("succeeded", 9, 9)
    async with transaction(school.callers["teacher"], read_only=True) as tx:
        stored, content = await files.read(tx, run.result["fileId"])
    assert len(spreadsheets.read(content, stored.name)[0].rows) == 10


async def test_the_calendar_starts_due_exports_and_sweeps_files(school, streams):
    args = {"every": "day", "kind": "students"}
    await invoke(REGISTRY["schedule_export"], school.callers["head"], args, approved=True)
    assert await records.scheduled_exports() == 1
    assert await records.scheduled_exports() == 0
    assert await records.sweep_files() == 0
