"""Released report cards are announced to guardians."""

from jobs.consumers import Envelope, on
from runtime.transaction import Tx
from school import announcements, deliveries
from school.report_sets import ReportsReleased


@on(ReportsReleased)
async def reports_released(tx: Tx, event: ReportsReleased, envelope: Envelope) -> None:
    """Tell the guardians of the students whose card became visible."""
    announced = await announcements.report_ready(tx, event.student_ids, event.term_name)
    await deliveries.queue(tx, envelope.id, announced)
