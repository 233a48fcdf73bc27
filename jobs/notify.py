"""Who is told of what happened: domain events become notifications. Safe to run twice: unique on event and person."""

from uuid import uuid5

from sqlalchemy import select

from jobs.consumers import Envelope, on
from runtime.transaction import Tx
from school import announcements, deliveries
from school.attendance import AttendanceMarked
from school.notices import NoticeSent
from school.notifications import Channel, EventType
from school.score_sheets import ScoreSheet, SheetState
from school.scores import ScoresPublished, ScoresWithdrawn


@on(ScoresPublished)
async def scores_published(tx: Tx, event: ScoresPublished, envelope: Envelope) -> None:
    """Tell the guardians, unless the sheet was taken back meanwhile; the lock makes a withdrawal wait for us."""
    state = await tx.session.scalar(
        select(ScoreSheet.state)
        .where(ScoreSheet.class_arm_id == event.class_arm_id, ScoreSheet.subject_id == event.subject_id)
        .where(ScoreSheet.term_id == event.term_id)
        .with_for_update(read=True)
    )
    if state != SheetState.PUBLISHED.value:
        return
    announced = await announcements.scores_published(
        tx, event.class_arm_id, event.subject_id, event.term_id, teacher=event.teacher_name
    )
    await deliveries.queue(tx, envelope.id, announced)


@on(ScoresWithdrawn)
async def scores_withdrawn(tx: Tx, event: ScoresWithdrawn, envelope: Envelope) -> None:
    """Stop the messages that have not gone out."""
    events = await deliveries.events_about(
        tx, EventType.SCORES_PUBLISHED.value, classArmId=str(event.class_arm_id), subjectId=str(event.subject_id),
        termId=str(event.term_id),
    )  # fmt: skip
    await deliveries.withdraw(tx, [each for each in events if each < envelope.id], "the publication was withdrawn")


@on(AttendanceMarked)
async def attendance_marked(tx: Tx, event: AttendanceMarked, envelope: Envelope) -> None:
    """Tell the guardians of the newly absent and late; take back what was wrong. Yesterday's register is no news."""
    if (tx.today - event.date).days > 1:
        return
    if event.corrected_student_ids:
        await _correct(tx, event, envelope)
    if event.absent_student_ids or event.late_student_ids:
        announced = await announcements.attendance_marked(
            tx, event.class_arm_id, event.date, event.absent_student_ids, event.late_student_ids
        )
        await deliveries.queue(tx, envelope.id, announced)


@on(NoticeSent)
async def notice_sent(tx: Tx, event: NoticeSent, envelope: Envelope) -> None:
    """Write a notice to everyone its preview named."""
    announced = await announcements.notice(
        tx, event.title, event.text, student_ids=event.student_ids, person_ids=event.person_ids,
        channel=Channel(event.channel) if event.channel else None, urgent=event.urgent,
    )  # fmt: skip
    await deliveries.queue(tx, envelope.id, announced)


async def _correct(tx: Tx, event: AttendanceMarked, envelope: Envelope) -> None:
    earlier = await deliveries.events_about(
        tx, EventType.ATTENDANCE_MARKED.value, classArmId=str(event.class_arm_id), date=event.date.isoformat()
    )
    corrected = event.corrected_student_ids
    told = await deliveries.withdraw_about(
        tx, [each for each in earlier if each != envelope.id], corrected, "the register was corrected"
    )
    if told:
        announced = await announcements.attendance_corrected(tx, event.class_arm_id, event.date, corrected, told)
        await deliveries.queue(tx, uuid5(envelope.id, "correction"), announced)
