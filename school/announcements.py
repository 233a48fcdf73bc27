"""What is said about each event: who hears of it and the facts its words use. Previews and sending both start here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from runtime.transaction import Tx
from school import audience as reaching
from school import messages, results
from school.attendance_levels import AttendanceThresholdCrossed
from school.audience import About, Audience, LeftOut, Reason, Recipient
from school.calendar import Term
from school.classes import ClassArm, Subject
from school.messages import Estimate, Facts
from school.notifications import Channel, EventType, Priority
from school.score_sheets import Score, ScoreSheet


@dataclass(frozen=True, slots=True)
class Announcement:
    """An event to tell people of: its audience, the facts for each recipient, and what to file it under."""

    event_type: EventType
    audience: Audience
    facts: Facts
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    priority: Priority = Priority.NORMAL
    special: Callable[[Recipient], Facts] | None = None
    document: Callable[[Recipient], dict[str, str] | None] | None = None
    """The file a recipient's link opens (link, filename), for a channel that hands files over."""

    def facts_for(self, recipient: Recipient) -> Facts:
        """The facts one recipient's message uses."""
        return {**self.facts, **(self.special(recipient) if self.special else {})}

    async def estimate(self, tx: Tx) -> Estimate:
        """Sample texts, segments and cost, for the preview."""
        return await messages.estimate(tx, self.audience, self.facts_for)


async def scores_published(
    tx: Tx, class_arm_id: UUID, subject_id: UUID, term_id: UUID, *, teacher: str = "", channel: Channel | None = None
) -> Announcement:
    """The guardians of every student with a score on this sheet; students without one are listed as left out."""
    class_arm = await tx.session.get_one(ClassArm, class_arm_id)
    subject = await tx.session.get_one(Subject, subject_id)
    term = await tx.session.get_one(Term, term_id)
    listed = await results.takers(tx, class_arm_id, subject_id, term)
    scored = set(
        await tx.session.scalars(
            select(Score.student_id)
            .join(ScoreSheet, ScoreSheet.id == Score.sheet_id)
            .where(ScoreSheet.class_arm_id == class_arm_id, ScoreSheet.subject_id == subject_id)
            .where(ScoreSheet.term_id == term_id)
        )
    )
    told = [student.id for student, _ in listed if student.id in scored]
    without = [
        LeftOut(
            person.full_name, Reason.NO_SCORE, "no score is recorded for this student",
            about=(About(person.id, person.given_name, person.full_name),),
        )
        for student, person in listed if student.id not in scored
    ]  # fmt: skip
    audience = await reaching.guardians_of(tx, told, EventType.SCORES_PUBLISHED, channel=channel)
    return Announcement(
        EventType.SCORES_PUBLISHED, audience.leaving_out(without),
        {"subject": subject.name, "class_arm": class_arm.name, "term": term.name, "teacher": teacher},
        {"classArmId": str(class_arm_id), "subjectId": str(subject_id), "termId": str(term_id)},
    )  # fmt: skip


async def attendance_marked(
    tx: Tx,
    class_arm_id: UUID,
    on: date,
    absent: Sequence[UUID],
    late: Sequence[UUID],
    *,
    channel: Channel | None = None,
) -> Announcement:
    """The guardians of the absent and the late, at once, each told of all their children in one message."""
    audience = await reaching.guardians_of(tx, [*absent, *late], EventType.ATTENDANCE_MARKED, channel=channel)
    absentees, latecomers = set(absent), set(late)

    def special(recipient: Recipient) -> Facts:
        return {
            "absent": [about.given_name for about in recipient.about if about.student_id in absentees],
            "late": [about.given_name for about in recipient.about if about.student_id in latecomers],
            "corrected": [],
        }

    return Announcement(
        EventType.ATTENDANCE_MARKED, audience, {"day": f"{on:%A} {on.day} {on:%B}"},
        {"classArmId": str(class_arm_id), "date": on.isoformat()}, Priority.URGENT, special,
    )  # fmt: skip


async def attendance_corrected(
    tx: Tx, class_arm_id: UUID, on: date, student_ids: Sequence[UUID], told: set[UUID]
) -> Announcement:
    """Those who were told that a child was away, and who now hear that it was not."""
    audience = await reaching.guardians_of(tx, student_ids, EventType.ATTENDANCE_MARKED)
    reached = tuple(recipient for recipient in audience.included if recipient.person_id in told)
    return Announcement(
        EventType.ATTENDANCE_MARKED, Audience(EventType.ATTENDANCE_MARKED, reached),
        {"day": f"{on:%A} {on.day} {on:%B}", "absent": [], "late": []},
        {"classArmId": str(class_arm_id), "date": on.isoformat(), "correction": "true"}, Priority.URGENT,
        lambda recipient: {"corrected": [about.given_name for about in recipient.about]},
    )  # fmt: skip


async def notice(
    tx: Tx, title: str, text: str, *, student_ids: Iterable[UUID] = (), person_ids: Iterable[UUID] = (),
    channel: Channel | None = None, urgent: bool = False,
) -> Announcement:  # fmt: skip
    """A notice in the school's own words, to the guardians of students and to people themselves."""
    told = await reaching.guardians_of(tx, student_ids, EventType.NOTICE_SENT, channel=channel)
    named = await reaching.people(tx, person_ids, EventType.NOTICE_SENT, channel=channel)
    known = {recipient.person_id for recipient in told.included}
    audience = Audience(
        EventType.NOTICE_SENT,
        (*told.included, *(recipient for recipient in named.included if recipient.person_id not in known)),
        (*told.excluded, *named.excluded),
    )
    return Announcement(
        EventType.NOTICE_SENT, audience, {"title": title, "text": text}, {"title": title, "text": text},
        Priority.URGENT if urgent else Priority.NORMAL,
    )  # fmt: skip


async def threshold_crossed(tx: Tx, event: AttendanceThresholdCrossed) -> Announcement:
    """The student's guardians, and the class teacher: a warning or good news about attendance."""
    told = await reaching.guardians_of(tx, [event.student_id], EventType.ATTENDANCE_THRESHOLD)
    class_arm = await tx.session.get(ClassArm, event.class_arm_id)
    teacher = [class_arm.class_teacher_id] if class_arm and class_arm.class_teacher_id else []
    staff = await reaching.people(tx, teacher, EventType.ATTENDANCE_THRESHOLD)
    child = (await reaching.students(tx, [event.student_id]))[event.student_id]
    audience = Audience(
        EventType.ATTENDANCE_THRESHOLD,
        (*told.included, *(replace(one, about=(child,)) for one in staff.included)), told.excluded,
    )  # fmt: skip
    facts = {
        "percent": f"{event.percent.normalize():f}", "threshold": event.threshold, "direction": event.direction,
        "urgent": event.urgent, "certificate": event.certificate,
    }  # fmt: skip
    data = {"studentId": str(event.student_id), "threshold": str(event.threshold), "direction": event.direction}
    priority = Priority.URGENT if event.urgent else Priority.NORMAL
    return Announcement(EventType.ATTENDANCE_THRESHOLD, audience, facts, data, priority)


async def fee_reminder(tx: Tx, student_ids: Iterable[UUID], fee_type: str, due: date) -> Announcement:
    """The guardians of students whose fee is due. The sum stays out of the message: it waits behind the sign-in."""
    audience = await reaching.guardians_of(tx, student_ids, EventType.FEE_REMINDER)
    return Announcement(
        EventType.FEE_REMINDER, audience, {"fee_type": fee_type, "due": f"{due.day} {due:%B %Y}"},
        {"feeType": fee_type, "dueDate": due.isoformat()},
    )  # fmt: skip


async def report_ready(tx: Tx, student_ids: Iterable[UUID], term: str, link: str = "") -> Announcement:
    """The guardians of students whose report card was released."""
    audience = await reaching.guardians_of(tx, student_ids, EventType.REPORT_READY)
    return Announcement(EventType.REPORT_READY, audience, {"term": term, "link": link}, {"term": term})


async def timetable_changed(
    tx: Tx, class_arm: str, student_ids: Iterable[UUID], staff_ids: Iterable[UUID], starts: datetime | date
) -> Announcement:
    """The guardians of a class, and the staff whose lessons move."""
    told = await reaching.guardians_of(tx, student_ids, EventType.TIMETABLE_CHANGED)
    staff = await reaching.people(tx, staff_ids, EventType.TIMETABLE_CHANGED)
    audience = Audience(
        EventType.TIMETABLE_CHANGED, (*told.included, *staff.included), (*told.excluded, *staff.excluded)
    )
    return Announcement(
        EventType.TIMETABLE_CHANGED, audience,
        {"class_arm": class_arm, "starts": f"{starts:%A} {starts.day} {starts:%B}", "cover": ""},
        {"classArm": class_arm}, Priority.LOW,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One lesson that a colleague takes, in words."""

    cover_id: UUID
    cover: str
    lesson: str


async def cover_changed(
    tx: Tx, on: date, absent_id: UUID, absent: str, lines: Sequence[CoverLine], *, cancelled: bool
) -> Announcement:
    """The colleagues who take the lessons, each told of theirs, and the teacher who is away, told of all."""
    audience = await reaching.people(tx, [*(line.cover_id for line in lines), absent_id], EventType.TIMETABLE_CHANGED)
    day = f"{on:%A} {on.day} {on:%B}"

    def special(recipient: Recipient) -> Facts:
        own = [line.lesson for line in lines if line.cover_id == recipient.person_id]
        if recipient.person_id == absent_id:
            taken = "; ".join(f"{line.lesson} by {line.cover}" for line in lines)
            return {"cover": f"cover of your lessons on {day} is {'cancelled' if cancelled else 'arranged'}: {taken}."}
        if cancelled:
            return {"cover": f"you need not cover for {absent} on {day} any more: {'; '.join(own)}."}
        return {"cover": f"please cover for {absent} on {day}: {'; '.join(own)}."}

    return Announcement(
        EventType.TIMETABLE_CHANGED, audience, {"class_arm": "", "starts": day, "cover": ""},
        {"cover": "cancelled" if cancelled else "arranged", "absentId": str(absent_id), "date": on.isoformat()},
        Priority.URGENT, special,
    )  # fmt: skip
