"""The fees of the running term and what families have paid of them: most all, some a part, some nothing yet."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from demo.ids import demo_id
from demo.people import DemoStudent
from demo.subjects import DemoArm
from demo.year import DemoTerm

TUITION, SENIOR_TUITION = Decimal(45_000), Decimal(55_000)
OTHERS = (("Development levy", Decimal(5_000)), ("PTA levy", Decimal(2_000)))
METHODS = ("Bank transfer", "Bank transfer", "Card", "Cash")


def items(school: str, term: DemoTerm, arms: Sequence[DemoArm]) -> Iterator[dict[str, Any]]:
    """Tuition for the whole school and more for each senior arm, and two levies: due a fortnight into the term."""
    due = term.starts_on + timedelta(days=14)
    asked: list[tuple[UUID | None, str, Decimal]] = [(None, "Tuition", TUITION), *((None, *other) for other in OTHERS)]
    asked += [(arm.id, "Tuition", SENIOR_TUITION) for arm in arms if _senior(arm)]
    for arm_id, name, amount in asked:
        yield {
            "id": demo_id(school, "fee", term.id, arm_id, name), "term_id": term.id, "class_arm_id": arm_id, "name": name,
            "amount": amount, "due_on": due,
        }  # fmt: skip


def payments(school: str, term: DemoTerm, students: Sequence[DemoStudent], today: date) -> Iterator[dict[str, Any]]:
    """Every family pays for all its children alike, between the term's first day and yesterday; the demo guardian's a part."""
    shares: dict[int, Decimal] = {students[0].family: Decimal("0.6")}
    chance = Random(term.id.int)
    open_days = max(1, (today - term.starts_on).days)
    for number, student in enumerate(students):
        if student.family not in shares:
            shares[student.family] = Decimal(chance.choices((100, 60, 40, 0), (62, 14, 8, 16))[0]) / 100
        whole = (SENIOR_TUITION if _senior(student.arm) else TUITION) + sum(amount for _, amount in OTHERS)
        if paid := (whole * shares[student.family]).quantize(Decimal(1)):
            yield {
                "id": demo_id(school, "payment", term.id, student.id), "student_id": student.id, "amount": paid,
                "paid_on": term.starts_on + timedelta(days=chance.randrange(open_days)),
                "method": chance.choice(METHODS), "reference": f"SCC-{term.starts_on:%y}-{number:05}",
            }  # fmt: skip


def _senior(arm: DemoArm) -> bool:
    return arm.level.startswith("SS")
