"""Kept figures are made anew by the clock and after a publication, and only where something moved."""

from uuid import uuid4

from sqlalchemy import func, select

from jobs import figures
from jobs.consumers import Envelope, system
from runtime.transaction import transaction
from school.risk_standings import RiskStanding
from school.sheet_totals import SheetTotals


async def test_a_round_makes_what_moved_and_the_next_makes_nothing(school, streams):
    assert await figures.refresh_figures() > 3
    assert await figures.refresh_figures() == 0
    async with transaction(system(school.id), read_only=True) as tx:
        assert await tx.session.scalar(select(func.count()).select_from(SheetTotals)) == 3
        assert await tx.session.scalar(select(func.count()).select_from(RiskStanding)) == 3


async def test_a_publication_makes_the_school_s_figures_anew_once_it_is_committed(school, streams):
    envelope = Envelope(uuid4(), school.id, "scores.published", "", {})
    async with transaction(system(school.id)) as tx:
        await figures.after_publication(tx, None, envelope)
    for step in envelope.after_commit:
        await step()
    assert await figures.refresh(school.id) == 0
