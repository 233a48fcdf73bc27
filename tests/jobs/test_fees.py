"""A fee reminder: previewed, sent once a guardian, without the sum."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from jobs.consumers import handle
from jobs.load import load_all
from jobs.relay import entry
from runtime.caller import Caller
from runtime.errors import InvalidInput, NotAllowed
from runtime.outbox import OutboxRow
from runtime.transaction import across_schools, transaction
from school.notifications import Delivery
from tests.tiny_school import TinySchool
from tools.declare import load_all as load_tools
from tools.invoke import invoke, preview

TOOL = load_tools()["send_fee_reminder"]


async def test_a_mother_of_two_is_reminded_once(school: TinySchool, callers: dict[str, Caller]) -> None:
    load_all()
    bursar = callers["bursar"]
    async with transaction(bursar, read_only=True) as tx:
        due = tx.today + timedelta(days=10)
    args = {
        "feeType": "Tuition",
        "amount": 50_000,
        "due": str(due),
        "students": ["Ada Okonjo", "Uche Okonjo", "Tunde Afolayan"],
    }
    shown, _ = await preview(TOOL, bursar, args)
    assert shown.included == 1
    assert [left.who for left in shown.excluded] == ["Sade Afolayan"]
    await invoke(TOOL, bursar, args, approved=True)
    async with across_schools() as session:
        (row,) = await session.scalars(select(OutboxRow).where(OutboxRow.name == "fee.reminder"))
    assert set(row.payload) == {"studentIds", "feeType", "amount", "dueDate"}
    assert await handle("fees", entry(row))
    assert not await handle("fees", entry(row))
    async with transaction(bursar, read_only=True) as tx:
        sent = [d for d in await tx.session.scalars(select(Delivery)) if d.state == "queued"]
    assert len(sent) == 1
    assert "Tuition for Ada and Uche is due on" in sent[0].text
    assert "50" not in sent[0].text
    with pytest.raises(NotAllowed):
        await invoke(TOOL, callers["teacher"], args, approved=True)
    with pytest.raises(InvalidInput):
        await preview(TOOL, bursar, args | {"students": []})
