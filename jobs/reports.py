"""Report cards by the batch: one class at a time, resumable, cancellable; the archive streamed into the store."""

import asyncio
from hashlib import sha256
from typing import Any
from uuid import UUID

from jobs import sweep
from jobs.consumers import Envelope, on, system
from jobs.runs import RunningRun, kind
from jobs.schedule import RELEASE_FROM, every
from runtime import files as blobs
from runtime.errors import Upstream
from runtime.transaction import Tx, transaction
from school import (
    deliveries,
    report_batches,
    report_cards,
    report_links,
    report_options,
    report_release,
    report_sets,
    schools,
)
from school.calendar import Term
from school.notifications import EventType
from school.report_contract import ReportCard
from school.report_looks import looks_of
from school.report_pdf import Look
from school.report_pdf.press import Press
from school.report_sets import ReportsReleased, ReportsTakenBack

AT_ONCE = 8
"""Cards written down together: a killed worker does these again, and those printed while they were written, at most."""
STORE_WAITS_S = (1, 2, 4, 8, 15)
"""How long a store that is away is waited for; then the run fails, with what is done written down."""


@kind(report_batches.KIND)
async def generate(run: RunningRun) -> dict[str, Any]:
    """Make every card that is not made yet, class by class, then the archive."""
    term_id = UUID(run.payload["termId"])
    async with transaction(run.caller, read_only=True) as tx:
        done = {row.student_id for row in await report_batches.finished(tx, run.id)}
    total = sum(len(share["studentIds"]) for share in run.payload["shares"])
    await run.report(done=len(done), total=total, message="Reading the marks")
    press = Press()
    starting = asyncio.ensure_future(press.start())  # while the marks are read
    try:
        for share in run.payload["shares"]:
            wanted = [UUID(key) for key in share["studentIds"] if UUID(key) not in done]
            if wanted:
                done |= await _class(run, press, UUID(share["classArmId"]), term_id, wanted, len(done))
    finally:
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        await press.close()
    return await _bind(run)


async def _class(
    run: RunningRun, press: Press, class_arm_id: UUID, term_id: UUID, wanted: list[UUID], before: int
) -> set[UUID]:
    """The cards of one class, written down in small lots while the next are printed. Who left meanwhile is named as failed."""
    async with transaction(run.caller) as tx:
        cards = await report_cards.cards(tx, class_arm_id, term_id, wanted)
        await report_links.issue(tx, cards)
        school = await schools.current(tx)
        looks = await looks_of(tx, school, report_options.of(school), cards)
        gone = set(wanted) - {card.student.id for card in cards}
        fault = "Not on the roll of the class any more."
        await report_batches.keep_cards(
            tx, run.id, [{"student_id": key, "name": str(key), "key": None, "fault": fault} for key in gone]
        )
    done = set(gone)
    making = [asyncio.ensure_future(_make(run, press, card, looks[card.student.id])) for card in cards]
    try:
        for start in range(0, len(cards), AT_ONCE):
            outcomes = await asyncio.gather(*making[start : start + AT_ONCE], return_exceptions=True)
            async with transaction(run.caller) as tx:
                await report_batches.keep_cards(tx, run.id, [row for row in outcomes if isinstance(row, dict)])
            if failure := next((one for one in outcomes if isinstance(one, BaseException)), None):
                raise failure
            lot = cards[start : start + AT_ONCE]
            done |= {card.student.id for card in lot}
            await run.report(done=before + len(done), message=f"{lot[-1].student.class_}: {lot[-1].student.name}")
    finally:
        for each in making:
            each.cancel()
        await asyncio.gather(*making, return_exceptions=True)
    return done


async def _make(run: RunningRun, press: Press, card: ReportCard, look: Look) -> dict[str, Any]:
    """One card printed and put into the store, or the reason why not, as it is written down."""
    outcome = await press.print(card, look)
    row: dict[str, Any] = {"student_id": card.student.id, "name": report_batches.file_name(card)}
    if isinstance(outcome, str):
        return row | {"name": card.student.name, "key": None, "fault": outcome, "size": 0, "sha256": ""}
    key = report_batches.new_key(run.caller.school_id)
    await _store(key, outcome)
    return row | {"key": key, "fault": None, "size": len(outcome), "sha256": sha256(outcome).hexdigest()}


async def _store(key: str, content: bytes) -> None:
    """Into the store, patiently: it may be away for a moment. Errors: upstream_failed."""
    for wait_s in STORE_WAITS_S:
        try:
            await blobs.write_bytes(key, content)
            return
        except Upstream:
            await asyncio.sleep(wait_s)
    await blobs.write_bytes(key, content)


async def _bind(run: RunningRun) -> dict[str, Any]:
    """The archive, and the cards that failed with their reasons."""
    await run.report(message="Packing")
    async with transaction(run.caller, read_only=True) as tx:
        rows = await report_batches.finished(tx, run.id)
    failed = [{"student": row.name, "studentId": str(row.student_id), "reason": row.fault} for row in rows if row.fault]
    made = [row for row in rows if row.key]
    if not made:
        raise Upstream(
            f"None of the {len(rows)} cards could be made. First reason: {failed[0]['reason'] if failed else '–'}"
        )
    key = report_batches.new_key(run.caller.school_id)
    most = sum(row.size for row in made) + 4096 * (len(made) + 1)
    written = await blobs.write(key, report_batches.archive(made), most)
    await run.report(
        message=f"{len(made)} {'card' if len(made) == 1 else 'cards'} in one file{f', {len(failed)} failed' if failed else ''}"
    )
    async with transaction(run.caller) as tx:
        kept = await report_batches.keep_archive(tx, f"{run.payload['title']}.zip", written)
        return {"fileId": str(kept.id), "cards": len(made), "failed": failed, "bytes": written.size}


@on(ReportsReleased)
async def reports_released(tx: Tx, event: ReportsReleased, envelope: Envelope) -> None:
    """Tell the guardians, each with links of their own, unless the cards were taken back meanwhile."""
    found = await report_sets.find(tx, event.class_arm_id, event.term_id, lock=True)
    if not report_sets.is_released(tx, found):
        return
    term = await tx.session.get_one(Term, event.term_id)
    announced = await report_release.announcement(
        tx, term, event.student_ids, class_arm_id=event.class_arm_id, links=True
    )
    await deliveries.queue(tx, envelope.id, announced)


@on(ReportsTakenBack)
async def reports_taken_back(tx: Tx, event: ReportsTakenBack, envelope: Envelope) -> None:
    """Stop the messages that have not gone out."""
    names = {"classArmId": str(event.class_arm_id), "termId": str(event.term_id)}
    events = await deliveries.events_about(tx, EventType.REPORT_READY.value, **names)
    await deliveries.withdraw(tx, [each for each in events if each < envelope.id], "the report cards were taken back")


@every(60)
async def release_reports() -> int:
    """Tell guardians of the cards whose release date has come."""
    told = 0
    for school_id in await sweep.schools():
        async with transaction(system(school_id)) as tx:
            if tx.now.astimezone(tx.zone).time() >= RELEASE_FROM:
                told += await report_release.release_due(tx)
    return told


@every(24 * 3600)
async def delete_old_reports() -> int:
    """Delete cards and archives kept for 30 days."""
    deleted = 0
    for school_id in await sweep.schools():
        async with transaction(system(school_id)) as tx:
            deleted += await report_batches.sweep(tx)
    return deleted
