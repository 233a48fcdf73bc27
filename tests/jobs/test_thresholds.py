"""Attendance thresholds: told once when crossed, in both directions, the most telling one only."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert, select

from jobs import thresholds
from jobs.consumers import Envelope, handle
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.outbox import OutboxRow
from runtime.transaction import across_schools, transaction
from school import attendance_levels
from school.attendance import AttendanceMarked
from school.attendance_levels import DEFAULT, crossed
from school.calendar import Term
from school.notifications import Notification
from school.registers import AttendanceMark, Register
from tests.tiny_school import TinySchool


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (3, 3, None), (3, 2, (Decimal(85), "down")), (3, 1, (Decimal(80), "down")), (3, 0, (Decimal(75), "down")),
        (0, 3, (Decimal(85), "up")), (0, 1, (Decimal(75), "up")), (1, 2, (Decimal(80), "up")),
    ],
)  # fmt: skip
def test_the_most_telling_threshold(before: int, now: int, expected: object) -> None:
    assert crossed(before, now, DEFAULT) == expected


async def _days(school: TinySchool, caller: Caller, first: date, presence: list[str], student: str = "Efe") -> None:
    """One register a day for one student, from the first day on."""
    async with transaction(caller) as tx:
        for number, value in enumerate(presence):
            register = {"id": new_id(), "school_id": school.id, "class_arm_id": school.class_arms["JSS 2 Ruby"],
                        "taken_on": first + timedelta(days=number), "updated_at": tx.now, "version": 1}  # fmt: skip
            await tx.session.execute(insert(Register).values(register))
            await tx.session.execute(
                insert(AttendanceMark).values(
                    id=new_id(), school_id=school.id, register_id=register["id"], student_id=school.students[student],
                    presence=value, note="",
                )
            )  # fmt: skip


async def _look(school: TinySchool, caller: Caller) -> list[tuple[int, str, bool, bool]]:
    async with transaction(caller) as tx:
        term = await tx.session.get_one(Term, school.term_id)
        found = await attendance_levels.look(tx, school.class_arms["JSS 2 Ruby"], term)
    return [(event.threshold, event.direction, event.urgent, event.certificate) for event in found]


async def test_crossings_down_and_up_are_told_once(school: TinySchool, callers: dict[str, Caller]) -> None:
    head = callers["head"]
    async with transaction(head, read_only=True) as tx:
        first = (await tx.session.get_one(Term, school.term_id)).starts_on
    await _days(school, head, first, ["present"] * 5 + ["absent"] * 4)
    assert await _look(school, head) == []  # nine days say nothing yet
    await _days(school, head, first + timedelta(days=9), ["present"])
    assert await _look(school, head) == [(75, "down", True, False)]  # 6 of 10
    assert await _look(school, head) == []
    await _days(school, head, first + timedelta(days=10), ["present"] * 6)
    assert await _look(school, head) == [(75, "up", False, False)]  # 12 of 16 is exactly 75
    await _days(school, head, first + timedelta(days=16), ["late"] * 11)
    assert await _look(school, head) == [(85, "up", False, True)]  # 23 of 27


async def test_the_guardians_and_the_class_teacher_hear_of_it(school: TinySchool, callers: dict[str, Caller]) -> None:
    head = callers["head"]
    async with transaction(head, read_only=True) as tx:
        first, today = (await tx.session.get_one(Term, school.term_id)).starts_on, tx.today
    await _days(school, head, first, ["present"] * 7 + ["absent"] * 3)
    marked = AttendanceMarked(class_arm_id=school.class_arms["JSS 2 Ruby"], class_arm_name="JSS 2 Ruby", date=today,
                              absent_student_ids=[], late_student_ids=[])  # fmt: skip
    async with transaction(head) as tx:
        await thresholds.look_at_class(tx, marked, Envelope(new_id(), school.id, marked.name, "", {}))
    async with across_schools() as session:
        (row,) = await session.scalars(select(OutboxRow).where(OutboxRow.name == "attendance.threshold_crossed"))
    from jobs.relay import entry

    assert await handle("thresholds", entry(row))
    assert not await handle("thresholds", entry(row))
    async with transaction(head, read_only=True) as tx:
        told = {n.person_id: n for n in await tx.session.scalars(select(Notification))}
    assert set(told) == {school.guardians["of Efe"], school.staff["teacher"]}
    assert "attendance of Efe this term is now 70%, below 75%" in told[school.staff["teacher"]].body
    assert told[school.guardians["of Efe"]].priority == "urgent"
