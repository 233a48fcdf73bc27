"""Fees: reminding guardians of what is due."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import announcements, calendar, fees
from school.announcements import Announcement
from school.classes import ClassArm, Enrolment
from school.fees import FeeReminder
from school.people import Student
from school.permissions import Permission
from tools.announce import add_announcement
from tools.declare import Effect, tool
from tools.refs import Ref
from tools.results import Preview, Result

ClassArms = Annotated[list[Ref[ClassArm]], Field(max_length=60, description="Class arms whose guardians are reminded.")]
Students = Annotated[list[Ref[Student]], Field(max_length=300, description="Students whose guardians are reminded.")]
FeeType = Annotated[str, Field(min_length=2, max_length=60, description="What the fee is for, such as Tuition.")]
Amount = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2, description="Money in the school's currency.")]
Due = Annotated[date, Field(description="The day it is due, YYYY-MM-DD.")]


async def _students(tx: Tx, class_arms: list[Ref[ClassArm]], students: list[Ref[Student]]) -> list[UUID]:
    if not (class_arms or students):
        raise InvalidInput("Say whose guardians to remind: classes or students.")
    term = await calendar.current_term(tx)
    enrolled = await tx.session.scalars(
        select(Enrolment.student_id).where(
            Enrolment.class_arm_id.in_([arm.id for arm in class_arms]), Enrolment.session_id == term.session_id,
            Enrolment.left_on.is_(None),
        )
    )  # fmt: skip
    return sorted({*enrolled, *(student.id for student in students)})


async def _announcement(
    tx: Tx, fee_type: str, amount: Decimal, due: date, class_arms: list[Ref[ClassArm]], students: list[Ref[Student]]
) -> tuple[Announcement, list[UUID]]:
    tx.require(Permission.FEES_WRITE)
    if fault := fees.check(amount, due, tx.today):
        raise InvalidInput(fault)
    chosen = await _students(tx, class_arms, students)
    return await announcements.fee_reminder(tx, chosen, fee_type, due), chosen


async def _preview(
    tx: Tx, *, fee_type: FeeType, amount: Amount, due: Due, class_arms: ClassArms = [], students: Students = [],  # noqa: B006  # never changed
) -> Preview:  # fmt: skip
    told, chosen = await _announcement(tx, fee_type, amount, due, class_arms, students)
    preview = Preview(
        title=f"Remind of {fee_type}, due {due:%d %B %Y}", included=len(told.audience.included),
        summary=f"{len(chosen)} students. Told: {told.audience.summary()}. The sum is not in the message.",
    )  # fmt: skip
    return await add_announcement(tx, preview, told)


class FeeReminderSent(Result):
    fee_type: str
    students: int
    people: int
    left_out: int

    def headline(self) -> str:
        left = f" {self.left_out} left out." if self.left_out else ""
        return f"The reminder of {self.fee_type} is on its way to {self.people} people.{left}"

    def next_questions(self) -> list[str]:
        return ["Who has not received the fee reminder?"]


@tool(
    permission=Permission.FEES_WRITE,
    effect=Effect.SEND,
    rest="POST /api/v1/fee-reminders",
    says=(
        "Remind the parents of JSS 2 Ruby that tuition of 50000 is due on 30 September",
        "Send a fee reminder to SS 1 Pearl: exam fee 3000 by Friday",
        "Remind Tunde's guardian of the bus fee",
        "Send fee reminders for tuition to JSS 3",
    ),
    preview=_preview,
)
async def send_fee_reminder(
    tx: Tx, *, fee_type: FeeType, amount: Amount, due: Due, class_arms: ClassArms = [], students: Students = [],  # noqa: B006  # never changed
) -> FeeReminderSent:  # fmt: skip
    """Send guardians a reminder of a fee that is due.

    Use when the bursar wants parents reminded. The message names the fee and the day, never the sum.

    Shape:  a fee, an amount, a day, classes or students -> one message a guardian.
    Units:  money in the school's currency; a school-local day.
    Errors: those of any change.
    Source: tables enrolments, guardianships.
    """
    told, chosen = await _announcement(tx, fee_type, amount, due, class_arms, students)
    if not told.audience.included:
        raise InvalidInput("Nobody would get this reminder: everyone is left out. The preview has the reasons.")
    tx.emit(FeeReminder(student_ids=chosen, fee_type=fee_type, amount=amount, due_date=due))
    return FeeReminderSent(
        fee_type=fee_type,
        students=len(chosen),
        people=len(told.audience.included),
        left_out=len(told.audience.excluded),
    )
