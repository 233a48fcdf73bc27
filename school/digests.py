"""The weekly digest: one message a guardian about the week's absences and late days of their children, for schools that want it.

`options["digest"]` is {"weekday": 0..6 (Monday is 0), "at": "16:00"}. A guardian answers it like any message.
"""

from datetime import date, time, timedelta
from uuid import UUID, uuid5

from sqlalchemy import select

from runtime.transaction import Tx
from school import attendance, audience, deliveries, schools
from school.announcements import Announcement
from school.attendance import AttendanceLine
from school.audience import Recipient
from school.messages import Facts
from school.notifications import EventType, Notification, Priority


async def due(tx: Tx) -> UUID | None:
    """The id of this week's digest when its hour has come and it has not been sent; null otherwise."""
    wanted = (await schools.current(tx)).options.get("digest")
    local = tx.now.astimezone(tx.zone)
    if not wanted or local.weekday() != int(wanted["weekday"]) or local.time() < time.fromisoformat(wanted["at"]):
        return None
    year, week, _ = local.isocalendar()
    event_id = uuid5(tx.school_id, f"digest {year}-{week}")
    sent = select(Notification.id).where(Notification.event_id == event_id).limit(1)
    return None if await tx.session.scalar(sent) else event_id


async def weekly(tx: Tx, last: date) -> Announcement:
    """What the week that ends on a day was like for each child with an absence or a late day.

    Source: tables attendance_marks, guardianships.
    """
    first = last - timedelta(days=last.weekday())
    lines = await attendance.totals(tx, first, last)
    noted = {line.student_id: line for line in lines if line.absent or line.late}
    told = await audience.guardians_of(tx, noted, EventType.DIGEST)

    def special(recipient: Recipient) -> Facts:
        return {"lines": [f"{about.given_name}: {_week(noted[about.student_id])}." for about in recipient.about]}

    data = {"first": first.isoformat(), "last": last.isoformat()}
    return Announcement(EventType.DIGEST, told, {}, data, Priority.LOW, special)


def _week(line: AttendanceLine) -> str:
    parts = [(line.absent, "absent"), (line.late, "late")]
    return ", ".join(f"{word} {count} day{'s'[: count != 1]}" for count, word in parts if count)


async def send_due(tx: Tx) -> int:
    """Send this week's digest if its hour has come. Safe to repeat: it is unique on school, week and person."""
    event_id = await due(tx)
    if event_id is None:
        return 0
    return len((await deliveries.queue(tx, event_id, await weekly(tx, tx.today))).notification_ids)
