"""Timetables: the run that solves one, and telling those whose week a published one changes."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from jobs.consumers import Envelope, on
from jobs.runs import RunCancelled, RunningRun, kind
from runtime.errors import SchoolOSError
from runtime.transaction import Tx, transaction
from school import deliveries, timetable_cover, timetable_publication, timetable_solving
from school.notifications import EventType
from school.timetable_cover import CoverArranged, CoverCancelled
from school.timetable_publication import TimetablePublished, TimetableWithdrawn
from school.timetable_solving import KIND
from school.timetables import Timetable, TimetableState

if TYPE_CHECKING:
    from school.timetabling.instance import Assignments
    from school.timetabling.portfolio import Improvement

STORE_EVERY_S = 5.0  # what a killed worker's search may lose


@kind(KIND)
async def generate(run: RunningRun) -> dict[str, Any]:
    """Solve, keeping each second what was found; a search that ends without a timetable says why on it."""
    timetable_id = UUID(run.payload["timetable_id"])
    try:
        async with transaction(run.caller) as tx:
            await timetable_solving.begin(tx, run.id)
        return await _solve(run, timetable_id)
    except RunCancelled:
        raise
    except Exception as error:
        why = error.message if isinstance(error, SchoolOSError) else "Something went wrong on our side. It was noted."
        async with transaction(run.caller) as tx:
            await timetable_solving.give_up(tx, timetable_id, why)
        raise


async def _solve(run: RunningRun, timetable_id: UUID) -> dict[str, Any]:
    """The search itself; when cancelled, the best so far becomes the draft."""
    async with transaction(run.caller, read_only=True) as tx:
        task = await timetable_solving.given(tx, run.payload)
    stored: Assignments | None = task.start
    due_s = 0.0

    async def progress(elapsed_s: float, found: "list[Improvement]", best: "Assignments | None") -> None:
        nonlocal stored, due_s
        words = (
            f"best so far: cost {found[-1].soft:g}, {found[-1].hard + found[-1].unplaced} rules broken" if found else ""
        )
        async with transaction(run.caller) as tx:
            await timetable_solving.keep_steps(tx, timetable_id, found)
            if best is not None and best is not stored and elapsed_s >= due_s:
                await timetable_solving.keep_best(tx, timetable_id, best, task.kept)
                stored, due_s = best, elapsed_s + STORE_EVERY_S
        with suppress(RunCancelled):
            await run.report(done=min(round(elapsed_s), run.total or 0), message=words)

    outcome = await timetable_solving.search(task, lambda: run.cancelled, progress)
    async with transaction(run.caller) as tx:
        result = await timetable_solving.finish(tx, timetable_id, outcome, task.kept)
    if run.cancelled:
        raise RunCancelled
    return result


@on(TimetablePublished)
async def timetable_published(tx: Tx, event: TimetablePublished, envelope: Envelope) -> None:
    """Tell those whose week changes, unless the timetable was withdrawn meanwhile."""
    found = await tx.session.get(Timetable, event.timetable_id, with_for_update={"read": True})
    if found is None or found.state != TimetableState.PUBLISHED.value:
        return
    if event.class_arm_ids or event.teacher_ids:
        announced = await timetable_publication.announcement(
            tx, event.class_arm_ids, event.teacher_ids, event.starts_on, found
        )
        await deliveries.queue(tx, envelope.id, announced)


@on(TimetableWithdrawn)
async def timetable_withdrawn(tx: Tx, event: TimetableWithdrawn, envelope: Envelope) -> None:
    """Stop the messages that have not gone out."""
    events = await deliveries.events_about(tx, EventType.TIMETABLE_CHANGED.value, timetableId=str(event.timetable_id))
    await deliveries.withdraw(tx, [each for each in events if each < envelope.id], "the timetable was withdrawn")


@on(CoverArranged)
async def cover_arranged(tx: Tx, event: CoverArranged, envelope: Envelope) -> None:
    """Tell the colleagues who take lessons, and the teacher who is away."""
    announced = await timetable_cover.announcement_of(tx, event.cover_ids, cancelled=False)
    if announced is not None:
        await deliveries.queue(tx, envelope.id, announced)


@on(CoverCancelled)
async def cover_cancelled(tx: Tx, event: CoverCancelled, envelope: Envelope) -> None:
    """Tell those who were to take lessons that they need not."""
    announced = await timetable_cover.announcement_of(tx, event.cover_ids, cancelled=True)
    if announced is not None:
        await deliveries.queue(tx, envelope.id, announced)
