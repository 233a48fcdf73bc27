"""Approvals: bound to what was shown, used once, expiring, by people who have the right."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from runtime.errors import NeedsApproval, NotAllowed, NotVisible
from runtime.outbox import OutboxRow
from runtime.transaction import transaction
from school.approvals import Approval
from school.audit import AuditEntry
from school.scores import AlreadyPublished
from tools.approve import approve, decline, find, propose, waiting
from tools.declare import load_all
from tools.invoke import ApprovalStale, ApprovalUsed, invoke

TOOLS = load_all()
ENGLISH = {"class_arm": "jss2 ruby", "subject": "english"}


def set_ca(points):
    return {"student": "Ada Okonjo", "subject": "english", "component": "CA", "points": points}


async def events(caller):
    async with transaction(caller, read_only=True) as tx:
        return list(await tx.session.scalars(select(OutboxRow.name)))


async def test_a_change_from_a_conversation_waits_for_approval(callers):
    with pytest.raises(NeedsApproval):
        await invoke(TOOLS["set_score"], callers["colleague"], set_ca(15))


async def test_what_was_previewed_is_what_is_done_and_it_is_recorded(school, callers):
    card = await propose(TOOLS["set_score"], callers["colleague"], set_ca("15.5"))
    assert card.title == "Record 15.5 of 20 for Ada Okonjo"
    assert "14 becomes 15.5" in card.preview["summary"] or "14.00 becomes 15.5" in card.preview["summary"]
    done, outcome = await approve(callers["colleague"], card.id)
    assert done.status == "executed"
    assert done.decided_by == callers["colleague"].name
    async with transaction(callers["head"], read_only=True) as tx:
        entry = await tx.session.get_one(AuditEntry, outcome.audit_id)
    assert (entry.tool, entry.undo_tool, entry.approval_id) == ("set_score", "restore_scores", card.id)


async def test_two_people_pressing_at_once_act_once(school, callers):
    card = await propose(TOOLS["publish_scores"], callers["colleague"], ENGLISH)
    pressed = await asyncio.gather(*(approve(callers["colleague"], card.id) for _ in range(5)), return_exceptions=True)
    done = [outcome for outcome in pressed if not isinstance(outcome, BaseException)]
    refused = [outcome for outcome in pressed if isinstance(outcome, BaseException)]
    assert len(done) == 1
    assert all(isinstance(error, ApprovalUsed) for error in refused), refused
    assert (await events(callers["head"])).count("scores.published") == 1


async def test_two_approvals_of_the_same_publication_publish_once(school, callers):
    cards = [await propose(TOOLS["publish_scores"], callers["colleague"], ENGLISH) for _ in range(2)]
    pressed = await asyncio.gather(*(approve(callers["colleague"], card.id) for card in cards), return_exceptions=True)
    failed = [outcome for outcome in pressed if isinstance(outcome, BaseException)]
    assert len(failed) == 1
    assert isinstance(failed[0], AlreadyPublished | ApprovalStale)
    assert (await events(callers["head"])).count("scores.published") == 1


async def test_an_approval_goes_stale_when_the_records_move(school, callers):
    card = await propose(TOOLS["publish_scores"], callers["colleague"], ENGLISH)
    await invoke(TOOLS["set_score"], callers["colleague"], set_ca(19), approved=True)
    with pytest.raises(ApprovalStale):
        await approve(callers["colleague"], card.id)
    assert (await find(callers["colleague"], card.id)).status == "stale"
    assert "scores.published" not in await events(callers["head"])
    fresh = await propose(TOOLS["publish_scores"], callers["colleague"], ENGLISH)
    done, _ = await approve(callers["colleague"], fresh.id)
    assert done.status == "executed"


async def test_an_expired_approval_does_nothing(school, callers):
    card = await propose(TOOLS["publish_scores"], callers["colleague"], ENGLISH)
    async with transaction(callers["head"]) as tx:
        await tx.session.execute(update(Approval).values(expires_at=tx.now - timedelta(seconds=1)))
    with pytest.raises(ApprovalUsed):
        await approve(callers["colleague"], card.id)
    assert (await find(callers["colleague"], card.id)).status == "expired"
    assert "scores.published" not in await events(callers["head"])


async def test_a_declined_approval_cannot_be_used(school, callers):
    card = await propose(TOOLS["publish_scores"], callers["colleague"], ENGLISH)
    assert (await decline(callers["colleague"], card.id, "not yet")).status == "declined"
    with pytest.raises(ApprovalUsed):
        await approve(callers["colleague"], card.id)


@pytest.mark.parametrize(
    ("who", "error"), [("teacher", NotVisible), ("guardian", NotVisible), ("stranger", NotVisible)]
)
async def test_others_can_neither_see_nor_press(school, callers, who, error):
    card = await propose(TOOLS["publish_scores"], callers["colleague"], ENGLISH)
    with pytest.raises(error):
        await approve(callers[who], card.id)
    with pytest.raises(error):
        await find(callers[who], card.id)
    assert card.id not in [c.id for c in await waiting(callers[who])]
    assert (await approve(callers["colleague"], card.id))[0].status == "executed"


async def test_the_head_may_press_for_a_teacher_and_the_trail_says_so(school, callers):
    card = await propose(TOOLS["publish_scores"], callers["colleague"], ENGLISH)
    assert card.id in [c.id for c in await waiting(callers["head"])]
    done, outcome = await approve(callers["head"], card.id)
    assert done.decided_by == callers["head"].name
    async with transaction(callers["head"], read_only=True) as tx:
        entry = await tx.session.get_one(AuditEntry, outcome.audit_id)
    assert (entry.who, entry.approved_by) == (callers["colleague"].name, callers["head"].name)


async def test_a_school_can_ask_for_a_second_person(school, callers):
    async with transaction(callers["head"]) as tx:
        await tx.session.execute(text('UPDATE schools SET options = \'{"second_person": ["publish_scores"]}\''))
    card = await propose(TOOLS["publish_scores"], callers["colleague"], ENGLISH)
    assert card.needs_second_person
    with pytest.raises(NotAllowed):
        await approve(callers["colleague"], card.id)
    assert (await approve(callers["head"], card.id))[0].status == "executed"


async def test_a_failed_action_leaves_nothing_behind(school, callers):
    card = await propose(TOOLS["set_score"], callers["colleague"], set_ca(12))
    await invoke(TOOLS["publish_scores"], callers["colleague"], ENGLISH, approved=True)
    with pytest.raises((ApprovalStale, Exception)):
        await approve(callers["colleague"], card.id)
    assert (await find(callers["colleague"], card.id)).status in {"stale", "failed"}
