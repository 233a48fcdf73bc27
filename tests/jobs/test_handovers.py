"""A guardian who wants a person: the inbox is told; whoever has the conversation hears what is written next."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from jobs import consumers, handovers
from jobs.consumers import Envelope, system
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.outbox import OutboxRow
from runtime.transaction import transaction
from school import handovers as inbox
from school.handovers import HandoverAsked, HandoverWritten
from school.notifications import Channel, Notification
from school.people import Person
from tests.tiny_school import TinySchool

Told = list[tuple[list[UUID], str, list[str]]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Whom Slack would be told, what, and with which buttons."""
    found: Told = []

    async def tell(_: UUID, users: list[UUID], text: str, asks: list[tuple[str, str]]) -> int:
        found.append((users, text, [label for label, _ in asks]))
        return len(users)

    monkeypatch.setattr(handovers.direct, "tell", tell)
    return found


async def _heard(school: TinySchool, handler: consumers.Handler, event: Any) -> list[str]:
    envelope = Envelope(new_id(), school.id, event.name, "", {})
    async with transaction(system(school.id)) as tx:
        await handler(tx, event, envelope)
        query = select(Notification.title).where(Notification.event_id == envelope.id)
        titles = list(await tx.session.scalars(query))
    for step in envelope.after_commit:
        await step()
    return titles


async def test_whoever_has_the_conversation_hears_what_is_written(
    school: TinySchool, callers: dict[str, Caller], told: Told
) -> None:
    async with transaction(system(school.id)) as tx:
        guardian = await tx.session.get_one(Person, school.guardians["guardian"])
        row = await inbox.ask(tx, guardian, Channel.SMS, school.phones["guardian"])
        await inbox.written(tx, row, "1", guardian.display_name, "It is about the bus.")
    assert await _heard(school, handovers.handover_asked, HandoverAsked(handover_id=row.id))
    assert school.users["head"] in told[0][0] and "the bus" not in told[0][1]
    async with transaction(callers["head"]) as tx:
        await inbox.claim(tx, row.id)
    async with transaction(system(school.id)) as tx:
        held = await tx.session.get_one(inbox.Handover, row.id)
        await inbox.written(tx, held, "2", guardian.display_name, "It was late again.")
    async with transaction(system(school.id), read_only=True) as tx:
        names = list(await tx.session.scalars(select(OutboxRow.name).where(OutboxRow.name == HandoverWritten.name)))
    assert names == ["handover.written"], "while nobody had it, nobody was told a second time"
    titles = await _heard(school, handovers.handover_written, HandoverWritten(handover_id=row.id, source="2"))
    assert titles == [f"{guardian.display_name} wrote to you"]
    users, text, buttons = told[1]
    assert users == [school.users["head"]]
    assert text.endswith("It was late again.") and buttons == ["Show", "Hand back"]
