"""The preview of an announcement: who is told and how, who is not and why, the words, the cost."""

from runtime.transaction import Tx
from school.announcements import Announcement
from school.audience import CHANNEL_WORDS
from tools.present import Block, Column, Table
from tools.results import Cost, Excluded, MessageSample, Preview


async def add_announcement(tx: Tx, preview: Preview, announcement: Announcement) -> Preview:
    """The preview with the announcement's audience, sample texts, cost and state added."""
    estimate = await announcement.estimate(tx)
    audience = announcement.audience
    table: list[Block] = []
    if audience.counts():
        rows = [{"channel": CHANNEL_WORDS[channel], "people": n} for channel, n in audience.counts().items()]
        columns = [Column(key="channel", label="Channel"), Column(key="people", label="People", kind="number")]
        table = [Table(title="Who is told", columns=columns, rows=rows)]
    samples = [
        MessageSample(
            channel=sample.channel.value, text=sample.text, segments=sample.segments, recipients=sample.recipients,
            cost=float(sample.cost),
        )
        for sample in estimate.samples
    ]  # fmt: skip
    return preview.model_copy(
        update={
            "blocks": [*preview.blocks, *table],
            "excluded": [
                *preview.excluded,
                *(Excluded(who=left.who, reason=left.message) for left in audience.excluded),
            ],
            "messages": [*preview.messages, *samples],
            "cost": Cost(amount=float(estimate.cost), currency=estimate.currency),
            "warnings": [*preview.warnings, *estimate.warnings],
            "state": {**preview.state, "audience": audience.state()},
        }
    )
