"""Attendance thresholds, looked at whenever a register is taken."""

from functools import partial

from sqlalchemy import select

from channels import web
from jobs.consumers import Envelope, on
from runtime.transaction import Tx
from school import announcements, attendance_levels, deliveries
from school.attendance import AttendanceMarked
from school.attendance_levels import AttendanceThresholdCrossed
from school.calendar import Term


@on(AttendanceMarked)
async def look_at_class(tx: Tx, event: AttendanceMarked, envelope: Envelope) -> None:
    """Everybody's rate moved: look at the whole class, in the term of that day."""
    term = await tx.session.scalar(
        select(Term).where(Term.starts_on <= event.date, Term.ends_on >= event.date).limit(1)
    )
    if term is not None:
        await attendance_levels.look(tx, event.class_arm_id, term)
    news = {"classArmId": str(event.class_arm_id), "date": event.date.isoformat()}
    topic = web.class_topic(tx.school_id, event.class_arm_id)
    envelope.after_commit.append(partial(web.publish, topic, "attendance", news))


@on(AttendanceThresholdCrossed)
async def tell(tx: Tx, event: AttendanceThresholdCrossed, envelope: Envelope) -> None:
    """Tell the student's guardians, and the class teacher in the app."""
    await deliveries.queue(tx, envelope.id, await announcements.threshold_crossed(tx, event))
