"""Fees through the one door: what is owed, who may see it, payments once, reminders to those who still owe."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from runtime.caller import Caller
from runtime.errors import InvalidInput, NotAllowed, NotVisible
from runtime.outbox import OutboxRow
from runtime.transaction import transaction
from school import fee_plans
from school.calendar import AcademicSession
from school.classes import Enrolment
from school.fee_ledger import PaymentRecorded
from school.results import MarksLocked
from tests.tiny_school import TinySchool
from tools.declare import load_all
from tools.invoke import invoke, preview
from tools.present import Facts

TOOLS = load_all()
BOTH = {"Ada", "Uche"}


async def _do(name: str, caller: Caller, **args: Any) -> Any:
    return (await invoke(TOOLS[name], caller, args, approved=True)).result


@pytest.fixture
async def fees(school: TinySchool, callers: dict[str, Caller]) -> Caller:
    """Tuition of 50,000 for everybody but 60,000 for JSS 2 Ruby, ten days overdue; the bursar."""
    bursar = callers["bursar"]
    async with transaction(bursar, read_only=True) as tx:
        due = str(tx.today - timedelta(days=10))
    await _do("set_fee", bursar, fee="Tuition", amount=50_000, due=due)
    await _do("set_fee", bursar, fee="tuition", amount="60000.50", due=due, classArms=["JSS 2 Ruby"])
    return bursar


@pytest.mark.usefixtures("fees")
async def test_a_guardian_sees_what_they_owe_for_their_own_children_only(callers: dict[str, Caller]) -> None:
    guardian = callers["guardian"]
    found = await _do("show_own_fees", guardian)
    assert {a.student.rsplit(" ", 1)[-1] for a in found.accounts} == BOTH  # one in Ruby, one elsewhere
    assert sum(a.owed for a in found.accounts) == Decimal("110000.50")
    assert "NGN 110,000.50" in found.plain()
    with pytest.raises(NotVisible):
        await _do("show_fees", guardian, student="Tunde Afolayan")
    with pytest.raises(MarksLocked):
        await _do("show_own_fees", replace(guardian, marks_unlocked=False))
    for name in ("find_owing", "show_fee_schedule"):
        with pytest.raises(NotAllowed):
            await _do(name, guardian)


async def test_only_those_who_owe_more_than_a_sum_are_listed(fees: Caller) -> None:
    everybody, most = await _do("find_owing", fees), await _do("find_owing", fees, moreThan=55_000)
    assert {account.owed for account in everybody.accounts} == {Decimal(50_000), Decimal("60000.50")}
    assert {account.owed for account in most.accounts} == {Decimal("60000.50")}
    assert most.total == sum(account.owed for account in most.accounts)
    assert not (await _do("find_owing", fees, moreThan="60000.50")).accounts


async def test_payments_settle_the_oldest_fee_and_one_reference_counts_once(fees: Caller) -> None:
    async with transaction(fees, read_only=True) as tx:
        later = str(tx.today + timedelta(days=20))
    await _do("set_fee", fees, fee="Exam", amount=3000, due=later)
    shown, _ = await preview(TOOLS["record_payment"], fees, {"student": "Ada Okonjo", "amount": 61_000})
    (facts,) = (block for block in shown.blocks if isinstance(block, Facts))
    assert [fact.value for fact in facts.items[:2]] == ["NGN 63,000.50", "NGN 2,000.50"]
    await _do("record_payment", fees, student="Ada Okonjo", amount=61_000, reference="TRF-1")
    (account,) = (await _do("show_fees", fees, student="Ada Okonjo")).accounts
    assert [(c.name, c.open) for c in account.charges] == [("Tuition", 0), ("Exam", Decimal("2000.50"))]
    assert (account.owed, account.overdue) == (Decimal("2000.50"), 0)
    with pytest.raises(PaymentRecorded):
        await _do("record_payment", fees, student="Tunde Afolayan", amount=5, reference="TRF-1")
    await _do("undo_change", fees)
    (account,) = (await _do("show_fees", fees, student="Ada Okonjo")).accounts
    assert (account.owed, account.payments) == (Decimal("63000.50"), [])
    await _do("record_payment", fees, student="Ada Okonjo", amount=100_000, reference="TRF-1")
    (account,) = (await _do("show_fees", fees, student="Ada Okonjo")).accounts
    assert (account.owed, account.credit) == (0, Decimal("36999.50"))


async def test_a_fee_is_changed_removed_and_put_back(fees: Caller) -> None:
    async def owed() -> Decimal:
        return (await _do("show_fees", fees, student="Ada Okonjo")).accounts[0].owed

    await _do("remove_fee", fees, fee="Tuition", classArms=["JSS 2 Ruby"])
    assert await owed() == 50_000  # the whole school's holds again
    await _do("undo_change", fees)
    assert await owed() == Decimal("60000.50")
    with pytest.raises(InvalidInput):
        await _do("remove_fee", fees, fee="Boat", classArms=["JSS 2 Ruby"])
    with pytest.raises(InvalidInput):
        await _do("record_payment", fees, student="Ada Okonjo", amount=5, paidOn="2999-01-01")


async def test_a_student_who_changed_class_is_asked_once(school: TinySchool, fees: Caller) -> None:
    async with transaction(fees) as tx:
        moved = update(Enrolment).where(Enrolment.student_id == school.students["Ada"])
        await tx.session.execute(moved.values(left_on=tx.today))
        tx.session.add(
            Enrolment(school_id=school.id, student_id=school.students["Ada"], session_id=school.session_id,
                      class_arm_id=school.class_arms["JSS 2 Topaz"], joined_on=tx.today)
        )  # fmt: skip
    (account,) = (await _do("show_fees", fees, student="Ada Okonjo")).accounts
    assert [(c.name, c.amount) for c in account.charges] == [("Tuition", 50_000)]


async def test_who_was_in_a_class_last_session_does_not_owe_in_it_now(school: TinySchool, fees: Caller) -> None:
    async with transaction(fees) as tx:
        before = await tx.session.scalar(select(AcademicSession.id).where(AcademicSession.name == "Last session"))
        tx.session.add(
            Enrolment(school_id=school.id, student_id=school.students["Uche"], session_id=before,
                      class_arm_id=school.class_arms["JSS 2 Ruby"], joined_on=tx.today - timedelta(days=300))
        )  # fmt: skip
    owing = (await _do("find_owing", fees, classArm="JSS 2 Ruby")).accounts
    assert len(owing) == 6
    (account,) = (await _do("show_fees", fees, student="Uche Okonjo")).accounts
    assert account.class_arm == "JSS 1 Pearl"


async def test_a_planned_reminder_goes_once_to_those_who_still_owe(school: TinySchool, fees: Caller) -> None:
    async with transaction(fees, read_only=True) as tx:
        today = str(tx.today)
    for student in ("Uche Okonjo", "Bisi Adeoti"):
        await _do("record_payment", fees, student=student, amount=50_000)
    shown, _ = await preview(TOOLS["schedule_fee_reminder"], fees, {"fee": "tuition", "sendOn": today})
    assert "10 students owe NGN" in shown.summary
    assert all("60" not in message.text and "50" not in message.text for message in shown.messages)
    await _do("schedule_fee_reminder", fees, fee="tuition", sendOn=today)
    await _do("undo_change", fees)
    await _do("schedule_fee_reminder", fees, fee="tuition", sendOn=today)
    async with transaction(fees) as tx:
        late = replace_clock(tx)
        assert await fee_plans.send_due(late) == 10
        assert await fee_plans.send_due(late) == 0
    async with transaction(fees, read_only=True) as tx:
        events = list(await tx.session.scalars(select(OutboxRow).where(OutboxRow.name == "fee.reminder")))
    assert len(events) == 1
    told = set(events[0].payload["studentIds"])
    assert str(school.students["Ada"]) in told
    assert str(school.students["Uche"]) not in told
    with pytest.raises(InvalidInput):
        await _do("schedule_fee_reminder", fees, fee="Boat", sendOn=today)


def replace_clock(tx: Any) -> Any:
    """The same transaction at noon where the school is."""
    tx.now = tx.now.astimezone(tx.zone).replace(hour=12)
    return tx
