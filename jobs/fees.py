"""Fee reminders become notifications."""

from jobs.consumers import Envelope, on
from runtime.transaction import Tx
from school import announcements, deliveries
from school.fees import FeeReminder


@on(FeeReminder)
async def fee_reminder(tx: Tx, event: FeeReminder, envelope: Envelope) -> None:
    """Remind the guardians, each once for all of their children."""
    announced = await announcements.fee_reminder(tx, event.student_ids, event.fee_type, event.due_date)
    await deliveries.queue(tx, envelope.id, announced)
