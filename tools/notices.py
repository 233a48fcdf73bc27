"""Notices: the school's own words to guardians and staff, after their preview was approved."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import announcements, calendar, classes
from school.announcements import Announcement
from school.classes import ClassArm, Enrolment, Level
from school.notices import NoticeSent
from school.notifications import Channel
from school.people import Staff, Student
from school.permissions import WHOLE_SCHOOL, Permission
from tools.announce import add_announcement
from tools.declare import Effect, Said, tool
from tools.refs import Ref
from tools.results import Preview, Result

NoticeText = Annotated[str, Field(min_length=3, max_length=5000, description="The notice, in the sender's own words.")]
NoticeTitle = Annotated[str, Field(min_length=1, max_length=120, description="Short title; default Notice.")]
ClassArms = Annotated[list[Ref[ClassArm]], Field(max_length=60, description="Class arms whose guardians are told.")]
Levels = Annotated[list[Ref[Level]], Field(max_length=20, description="Levels whose guardians are told.")]
Students = Annotated[list[Ref[Student]], Field(max_length=300, description="Students whose guardians are told.")]
ByChannel = Annotated[
    Literal["sms", "whatsapp", "email"] | None, Field(description="One channel; default each one's own.")
]
ToStaff = Annotated[
    bool, Field(description="Tell all staff, too."), Said("staff", "teachers", "colleagues", "all teachers")
]
WholeSchool = Annotated[
    bool,
    Field(description="Tell the guardians of the whole school."),
    Said("whole school", "entire school", "all parents", "all the parents", "all guardians", "every parent",
         "every guardian", "everybody", "everyone"),
]  # fmt: skip
Urgent = Annotated[
    bool,
    Field(description="Send at once, also in quiet hours."),
    Said("urgent", "urgently", "immediately", "emergency", "at once"),
]


async def _announcement(
    tx: Tx, title: str, text: str, class_arms: list[Ref[ClassArm]], levels: list[Ref[Level]],
    students: list[Ref[Student]], channel: str | None, to_staff: bool, whole_school: bool, urgent: bool,
) -> tuple[Announcement, str]:  # fmt: skip
    """The announcement of a notice and, in words, whom it is for."""
    chosen = [s.id for s in students]
    arms = [await classes.access_class(tx, arm.id, Permission.NOTICES_SEND) for arm in class_arms]
    wide = bool(levels) or to_staff or whole_school
    tx.require(Permission.NOTICES_SEND, not wide or tx.caller.role in WHOLE_SCHOOL, "Only the head or an administrator writes to a level, the staff or the whole school.")  # fmt: skip
    for student in students:
        found = await classes.class_of(tx, student.id)
        if found is not None:
            await classes.access_class(tx, found.id, Permission.NOTICES_SEND)
    if not (chosen or arms or wide):
        raise InvalidInput("Say who the notice is for: classes, a level, students, the staff or the whole school.")
    chosen += await _enrolled(tx, [arm.id for arm in arms], [level.id for level in levels], whole_school)
    staff = list(await tx.session.scalars(select(Staff.id).where(Staff.active))) if to_staff else []
    announcement = await announcements.notice(
        tx,
        title,
        text,
        student_ids=chosen,
        person_ids=staff,
        channel=Channel(channel) if channel else None,
        urgent=urgent,
    )
    named = [*(arm.name for arm in arms), *(level.label for level in levels), *(s.label for s in students)]
    whom = ["the whole school"] if whole_school else named[:5] + ([f"{len(named) - 5} more"] if len(named) > 5 else [])
    return announcement, ", ".join([*whom, *(["all staff"] if to_staff else [])])


async def _enrolled(tx: Tx, arm_ids: list[UUID], level_ids: list[UUID], whole_school: bool) -> list[UUID]:
    if not (arm_ids or level_ids or whole_school):
        return []
    term = await calendar.current_term(tx)
    query = (
        select(Enrolment.student_id)
        .join(ClassArm, ClassArm.id == Enrolment.class_arm_id)
        .where(Enrolment.session_id == term.session_id, Enrolment.left_on.is_(None))
        .order_by(Enrolment.student_id)
    )
    if not whole_school:
        query = query.where(ClassArm.id.in_(arm_ids) | ClassArm.level_id.in_(level_ids))
    return list(await tx.session.scalars(query))


async def _preview(
    tx: Tx, *, text: NoticeText, title: NoticeTitle = "Notice", class_arms: ClassArms = [], levels: Levels = [],  # noqa: B006  # never changed
    students: Students = [], channel: ByChannel = None, to_staff: ToStaff = False, whole_school: WholeSchool = False,  # noqa: B006  # never changed
    urgent: Urgent = False,
) -> Preview:  # fmt: skip
    told, whom = await _announcement(
        tx, title, text, class_arms, levels, students, channel, to_staff, whole_school, urgent
    )
    preview = Preview(
        title=f"Send a notice to {whom}",
        summary=f"Told: {told.audience.summary()}.",
        included=len(told.audience.included),
    )
    return await add_announcement(tx, preview, told)


class SentNotice(Result):
    """A notice on its way."""

    whom: str
    people: int
    by_channel: dict[str, int]
    left_out: int

    def headline(self) -> str:
        left = f" {self.left_out} left out." if self.left_out else ""
        return f"The notice to {self.whom} is on its way to {self.people} people.{left}"

    def next_questions(self) -> list[str]:
        return ["Who has not received it?"]


@tool(
    permission=Permission.NOTICES_SEND,
    effect=Effect.SEND,
    rest="POST /api/v1/notices",
    says=(
        "Tell JSS 2 Ruby parents that the excursion is on Friday",
        "Send a notice to the guardians of SS 1 Pearl: school closes at noon tomorrow",
        "Inform the parents of JSS 2 about the PTA meeting on Saturday",
        "Text Tunde's guardian that he forgot his books",
        "Message all staff: meeting at 2 pm",
        "Notify every parent that school resumes on Monday",
    ),
    preview=_preview,
)
async def send_notice(
    tx: Tx, *, text: NoticeText, title: NoticeTitle = "Notice", class_arms: ClassArms = [], levels: Levels = [],  # noqa: B006  # never changed
    students: Students = [], channel: ByChannel = None, to_staff: ToStaff = False, whole_school: WholeSchool = False,  # noqa: B006  # never changed
    urgent: Urgent = False,
) -> SentNotice:  # fmt: skip
    """Send a notice to guardians of classes, levels or students, or to staff.

    Use when somebody wants to tell parents or staff something. Each person gets it once, on their own channel.

    Shape:  a text and whom it is for -> one message a person.
    Units:  people; SMS segments and cost are in the preview.
    Errors: those of any change.
    Source: tables guardianships, people, notification_preferences, opt_outs.
    """
    told, whom = await _announcement(
        tx, title, text, class_arms, levels, students, channel, to_staff, whole_school, urgent
    )
    if not told.audience.included:
        raise InvalidInput(
            "Nobody would get this notice: everyone it is for is left out. Look at the preview for the reasons."
        )
    await told.estimate(tx)  # refused here, too, when it is longer than a channel carries
    concerned = (*told.audience.included, *told.audience.excluded)
    tx.emit(
        NoticeSent(
            title=title, text=text, student_ids=sorted({about.student_id for one in concerned for about in one.about}),
            person_ids=[one.person_id for one in told.audience.included if not one.about],
            channel=channel, urgent=urgent, timestamp=tx.now,
        )
    )  # fmt: skip
    return SentNotice(
        whom=whom, people=len(told.audience.included), left_out=len(told.audience.excluded),
        by_channel={channel.value: n for channel, n in told.audience.counts().items()},
    )  # fmt: skip
