"""Batches: every card once, whatever dies; one bad card named and the rest made; cancel; the archive; the message."""

import asyncio
import io
import os
import sys
import zipfile
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from jobs import reports
from jobs.runs import RunCancelled, RunningRun
from runtime import files as blobs
from runtime.errors import Upstream
from runtime.settings import settings
from runtime.transaction import transaction
from school import report_batches, report_cards, report_options, report_release, report_sets, schools
from school.audit import AuditEntry
from school.calendar import Term
from school.files import StoredFile
from school.notifications import Delivery
from school.report_batches import FinishedCard
from school.report_links import ReportLink
from school.report_looks import look_of
from school.report_options import Step
from school.report_pdf import pdf, press
from school.report_pdf.press import Press
from school.report_sets import ReportsReleased
from school.runs import RunRow
from tests.delivery import until


@pytest.fixture(autouse=True)
async def store(school, tmp_path, monkeypatch, streams):
    monkeypatch.setenv("SCHOOLOS_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    blobs.store.cache_clear()
    monkeypatch.setattr(press, "PROCESSES", 1)
    yield
    blobs.store.cache_clear()


async def started(school, who="teacher", class_arm="JSS 2 Ruby") -> RunningRun:
    caller = school.callers[who]
    async with transaction(caller) as tx:
        term = await tx.session.get_one(Term, school.terms["last"])
        run = await report_batches.begin(
            tx, await report_batches.plan(tx, term, class_arm_id=school.class_arms[class_arm])
        )
        run.status = "running"
    return RunningRun(run.id, run.kind, run.payload, caller)


async def rows_of(run) -> list[FinishedCard]:
    async with transaction(run.caller, read_only=True) as tx:
        return await report_batches.finished(tx, run.id)


async def archive_of(run, result) -> zipfile.ZipFile:
    async with transaction(run.caller, read_only=True) as tx:
        kept = await tx.session.get_one(StoredFile, UUID(result["fileId"]))
    return zipfile.ZipFile(io.BytesIO(await blobs.read(kept.key)))


async def options(school, **changes):
    async with transaction(school.callers["admin"]) as tx:
        await report_options.save(tx, report_options.changed(report_options.ReportOptions(), changes))


async def test_every_card_is_in_the_archive_and_the_same_as_printed_alone(school):
    run = await started(school)
    result = await reports.generate(run)
    assert (result["cards"], result["failed"], run.done, run.total) == (6, [], 6, 6)
    archive = await archive_of(run, result)
    assert archive.testzip() is None and len(archive.namelist()) == 6
    assert "JSS 2 Ruby/Okonjo Ada HA-001.pdf" in archive.namelist()
    async with transaction(run.caller, read_only=True) as tx:
        card = await report_cards.card(tx, school.students["Ada"], school.terms["last"])
        school_row = await schools.current(tx)
        look = await look_of(tx, school_row, report_options.of(school_row))
    assert archive.read("JSS 2 Ruby/Okonjo Ada HA-001.pdf") == pdf(card, look)


async def test_a_resumed_run_keeps_what_was_done(school):
    run = await started(school)
    run._cancelled.set()
    with pytest.raises(RunCancelled):
        await reports.generate(run)
    again = replace(run, _cancelled=asyncio.Event())
    kept = report_batches.new_key(school.id)
    await blobs.write_bytes(kept, b"%PDF made before the kill")
    async with transaction(run.caller) as tx:
        row = {
            "student_id": school.students["Ada"],
            "name": "JSS 2 Ruby/Okonjo Ada HA-001.pdf",
            "key": kept,
            "fault": None,
            "size": 25,
            "sha256": "",
        }
        await report_batches.keep_cards(tx, run.id, [row])
    result = await reports.generate(again)
    assert (result["cards"], len(await rows_of(run))) == (6, 6)
    assert (await archive_of(run, result)).read("JSS 2 Ruby/Okonjo Ada HA-001.pdf") == b"%PDF made before the kill"


async def test_cancelling_stops_between_lots_and_loses_nothing(school, monkeypatch):
    monkeypatch.setattr(reports, "AT_ONCE", 2)
    run = await started(school)

    async def report(self, done=None, total=None, message=None):
        if done and done >= 2:
            raise RunCancelled

    monkeypatch.setattr(RunningRun, "report", report)
    with pytest.raises(RunCancelled):
        await reports.generate(run)
    assert len(await rows_of(run)) == 2


async def test_one_bad_card_is_named_with_its_reason_and_the_rest_are_made(school):
    await options(school, template="{{ student.name }}{% if student.name == 'Okonjo Ada' %}{{ broken }}{% endif %}")
    run = await started(school)
    result = await reports.generate(run)
    assert result["cards"] == 5
    [failed] = result["failed"]
    assert failed["student"] == "Okonjo Ada" and "broken" in failed["reason"]
    assert failed["studentId"] == str(school.students["Ada"])


async def test_when_no_card_can_be_made_the_run_says_the_first_reason(school):
    await options(school, template="{{ broken }}")
    with pytest.raises(Upstream, match="broken"):
        await reports.generate(await started(school))


DIES_ON_ADA = """
import os, pickle, sys
from school.report_pdf.__main__ import read_frame, write_frame
write_frame(sys.stdout.buffer, b"!")
while (frame := read_frame(sys.stdin.buffer)) is not None:
    if pickle.loads(frame)[0].student.name == "Okonjo Ada":
        os._exit(9)
    write_frame(sys.stdout.buffer, b"+%PDF")
"""


async def test_a_card_that_kills_its_process_does_not_take_the_others_along(school, monkeypatch):
    monkeypatch.setattr(reports, "Press", lambda: Press(2, (sys.executable, "-c", DIES_ON_ADA)))
    result = await reports.generate(await started(school))
    assert result["cards"] == 5 and [failed["student"] for failed in result["failed"]] == ["Okonjo Ada"]
    assert "twice" in result["failed"][0]["reason"]


async def test_a_store_that_is_away_for_a_moment_is_waited_for_and_one_that_stays_away_fails_the_run(
    school, monkeypatch
):
    monkeypatch.setattr(reports, "STORE_WAITS_S", (0, 0))
    away = iter([True, False])
    write = blobs.write_bytes

    async def flaky(key, content):
        if next(away, False):
            raise Upstream("The file store did not take the file; try again.")
        return await write(key, content)

    monkeypatch.setattr(blobs, "write_bytes", flaky)
    assert (await reports.generate(await started(school)))["cards"] == 6

    taken = []

    async def full(key, content):
        if len(taken) == 2:
            raise Upstream("The file store is full. Free some space, then try again.")
        taken.append(key)
        return await write(key, content)

    monkeypatch.setattr(blobs, "write_bytes", full)
    run = await started(school)
    with pytest.raises(Upstream, match="full"):
        await reports.generate(run)
    assert [row.key for row in await rows_of(run)] == taken, "what was done before stays done"
    monkeypatch.setattr(blobs, "write_bytes", write)
    assert (await reports.generate(run))["cards"] == 6, "the same run goes on when the store is back"


async def test_files_older_than_thirty_days_go_and_it_is_recorded(school, tmp_path):
    run = await started(school)
    result = await reports.generate(run)
    for path in (tmp_path / "files" / "expiring").rglob("*"):
        if path.is_file():
            os.utime(path, (0, 0))
    async with transaction(school.callers["admin"]) as tx:
        assert await report_batches.sweep(tx) == 7
    async with transaction(school.callers["admin"]) as tx:
        assert await report_batches.sweep(tx) == 0
        assert (await tx.session.get_one(StoredFile, UUID(result["fileId"]))).deleted_at is not None
        said = list(
            await tx.session.scalars(select(AuditEntry.summary).where(AuditEntry.tool == "delete_expired_reports"))
        )
    assert said == ["7 report files older than 30 days were deleted."]


async def release(school, release_on=None):
    async with transaction(school.callers["head"]) as tx:
        ruby = await report_sets.access_class_reports(tx, school.class_arms["JSS 2 Ruby"], "reports:release")
        term = await tx.session.get_one(Term, school.terms["last"])
        found = await report_sets.find(tx, ruby.id, term.id, lock=True)
        for step in (Step.CLASS_TEACHER, Step.HEAD):
            assert await report_sets.approve(tx, ruby, found, report_options.ReportOptions(), 0) is step
        return await report_release.release(tx, ruby, term, found, release_on)


@pytest.mark.usefixtures("worker")
async def test_released_cards_reach_each_guardian_with_a_link_of_their_own(school):
    cards = await release(school)
    assert [card.student.name for card in cards] == ["Afolayan Tunde", "Bello Zainab", "Okonjo Ada"], (
        "those with scores"
    )

    async def sent():
        async with transaction(school.callers["head"], read_only=True) as tx:
            return await tx.session.scalar(select(Delivery.id).where(Delivery.state == "sent")) is not None

    await until(sent)
    async with transaction(school.callers["head"], read_only=True) as tx:
        links = list(await tx.session.scalars(select(ReportLink)))
        texts = {row.person_id: row.text for row in await tx.session.scalars(select(Delivery))}
    assert {link.student_id for link in links} == {school.students[name] for name in ("Ada", "Tunde", "Zainab")}
    mine = texts[school.guardians["guardian"]]
    assert "/r/hillcrest/" in mine and "Ada" in mine and "Uche" not in mine and "80.00" not in mine
    assert texts[school.guardians["opted out"]] == ""


async def test_a_later_release_date_waits_for_its_day(school):
    async with transaction(school.callers["head"], read_only=True) as tx:
        tomorrow = tx.today + timedelta(days=1)
    await release(school, tomorrow)
    async with transaction(school.callers["head"]) as tx:
        assert await report_release.release_due(tx) == 0
        found = await report_sets.find(tx, school.class_arms["JSS 2 Ruby"], school.terms["last"])
        assert not report_sets.is_released(tx, found)
        tx.now += timedelta(days=1)
        assert await report_release.release_due(tx) == 1
        assert [type(event) for event in tx.events] == [ReportsReleased]
        assert await report_release.release_due(tx) == 0, "once"


@pytest.mark.slow
async def test_a_worker_killed_in_the_middle_leaves_a_run_that_another_completes(school, worker):
    caller = school.callers["admin"]
    async with transaction(caller) as tx:
        term = await tx.session.get_one(Term, school.terms["last"])
        run = await report_batches.begin(tx, await report_batches.plan(tx, term))

    async def some():
        async with transaction(caller, read_only=True) as tx:
            return len(await report_batches.finished(tx, run.id)) >= 3

    await until(some, patience_s=60)
    await asyncio.to_thread(worker.kill)
    async with transaction(caller) as tx:
        before = {row.student_id: row.key for row in await report_batches.finished(tx, run.id)}
        state = (await tx.session.get_one(RunRow, run.id)).status
    assert state in {"running", "succeeded"} and before
    async with transaction(caller, read_only=True) as tx:
        payload = (await tx.session.get_one(RunRow, run.id)).payload
    await reports.generate(RunningRun(run.id, run.kind, payload, caller))
    async with transaction(caller, read_only=True) as tx:
        after = {row.student_id: row.key for row in await report_batches.finished(tx, run.id)}
    assert len(after) == 12 and all(after[key] == before[key] for key in before)
