"""Fee reminders: what is due, for whom, and when. The books are in `fee_ledger`, planned reminders in `fee_plans`."""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from runtime.events import Event
from school.units import Money


class FeeReminder(Event):
    """Guardians are to be reminded of a fee. The sum is for programs: the message itself does not name it."""

    name: ClassVar[str] = "fee.reminder"
    public: ClassVar[bool] = True
    student_ids: list[UUID]
    fee_type: str
    amount: Money
    due_date: date


def check(amount: Decimal, due: date, today: date) -> str | None:
    """What is wrong with a reminder, in words; null when nothing is."""
    if amount <= 0:
        return "A fee is more than nothing."
    if (due - today).days > 366:
        return f"{due:%d %B %Y} is more than a year away."
    return None
