"""Deliveries: why somebody did not get a message, who was not reached, sending again, and what messages cost."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from runtime.errors import InvalidInput, NotVisible
from runtime.transaction import Tx
from school import classes, delivery_log, resending
from school.audience import CHANNEL_WORDS
from school.classes import ClassArm, Subject
from school.delivery_log import Explanation, LoggedDelivery, Usage
from school.notifications import Channel, EventType
from school.people import Guardian, Student
from school.permissions import Permission
from tools.announce import add_announcement
from tools.declare import Effect, tool
from tools.present import Block, Column, Fact, Facts, Table, number
from tools.refs import Ref
from tools.results import Preview, Result

Matter = Annotated[
    Literal["results", "attendance", "notice", "fees", "report_card", "timetable", "warning", "digest"] | None,
    Field(description="What the message was about; default whichever was last."),
]
EVENTS = {
    "results": EventType.SCORES_PUBLISHED, "attendance": EventType.ATTENDANCE_MARKED, "notice": EventType.NOTICE_SENT,
    "fees": EventType.FEE_REMINDER, "report_card": EventType.REPORT_READY, "timetable": EventType.TIMETABLE_CHANGED,
    "warning": EventType.ATTENDANCE_THRESHOLD, "digest": EventType.DIGEST,
}  # fmt: skip
COLUMNS = [
    Column(key="at", label="Queued", kind="datetime"),
    Column(key="who", label="To", kind="person"),
    Column(key="about", label="About"),
    Column(key="what", label="Message"),
    Column(key="channel", label="Channel"),
    Column(key="state", label="State", kind="status"),
    Column(key="reason", label="Reason"),
]


def _event(matter: str | None) -> str | None:
    return EVENTS[matter].value if matter else None


def _rows(deliveries: list[LoggedDelivery]) -> list[dict[str, object]]:
    return [
        {
            "at": line.queued_at.isoformat(), "who": line.who, "about": ", ".join(line.students), "what": line.what,
            "channel": CHANNEL_WORDS[Channel(line.channel)], "state": line.state, "reason": line.reason,
            "deliveryId": str(line.id),
        }
        for line in deliveries
    ]  # fmt: skip


class ExplainedDeliveries(Result):
    """What became of the latest message to each guardian of a student."""

    explanations: list[Explanation]

    def headline(self) -> str:
        return " ".join(explanation.sentence for explanation in self.explanations)

    def blocks(self) -> list[Block]:
        tried = [(e.who, attempt) for e in self.explanations for attempt in e.attempts]
        if not tried:
            return []
        columns = [
            Column(key="at", label="When", kind="datetime"), Column(key="who", label="To", kind="person"),
            Column(key="provider", label="Provider"), Column(key="outcome", label="Outcome", kind="status"),
            Column(key="detail", label="What it said"),
        ]  # fmt: skip
        rows = [
            {"at": a.at.isoformat(), "who": who, "provider": a.provider, "outcome": a.outcome, "detail": a.detail}
            for who, a in tried
        ]
        return [Table(title="Attempts", columns=columns, rows=rows)]

    def next_questions(self) -> list[str]:
        return ["Who has not received the results?", "How many messages this week and what did they cost?"]


@tool(
    permission=Permission.DELIVERIES_READ,
    effect=Effect.READ,
    rest="GET /api/v1/deliveries/explanation",
    says=(
        "Why did the guardian of Tunde Afolayan not get the message?",
        "Did Ada's mother get the SMS about the results?",
        "What happened to the message to Zainab's parents?",
        "Why did Mrs Nkechi Okonjo not receive it?",
        "Was the guardian of Musa told that he was absent?",
        "Has the text to Efe's guardian arrived?",
    ),
)
async def explain_delivery(
    tx: Tx, *, student: Ref[Student] | None = None, guardian: Ref[Guardian] | None = None, matter: Matter = None
) -> ExplainedDeliveries:
    """Explain what became of the latest message to a guardian, and why.

    Use when somebody asks whether, or why not, a guardian got a message. For a whole class use `find_unreached`.

    Shape:  one student or guardian, optionally a matter -> one sentence a guardian, with the attempts.
    Units:  times in the school's time zone.
    Errors: those of any read.
    Source: tables deliveries, delivery_attempts, opt_outs.
    """
    if student is None and guardian is None:
        raise InvalidInput("Name the student or the guardian.")
    found = await delivery_log.explain(
        tx, student_id=student.id if student else None, person_id=guardian.id if guardian else None,
        event_type=_event(matter),
    )  # fmt: skip
    if student is not None and guardian is not None:
        found = [one for one in found if one.delivery is None or one.delivery.person_id == guardian.id] or found
    return ExplainedDeliveries(explanations=found)


class Unreached(Result):
    """Who did not get a message that was sent to a group."""

    what: str
    sent_at: datetime | None
    total: int
    deliveries: list[LoggedDelivery]

    def headline(self) -> str:
        if self.sent_at is None:
            return f"No message about {self.what} was sent yet."
        if not self.deliveries:
            return f"Everybody of the {self.total} people has received the message about {self.what}."
        return f"{len(self.deliveries)} of {self.total} people have not received the message about {self.what}."

    def blocks(self) -> list[Block]:
        return [Table(columns=COLUMNS, rows=_rows(self.deliveries))] if self.deliveries else []

    def next_questions(self) -> list[str]:
        return ["Resend to those by e-mail"] if self.deliveries else []


@tool(
    permission=Permission.DELIVERIES_READ,
    effect=Effect.READ,
    rest="GET /api/v1/deliveries/unreached",
    says=(
        "Who has not received the results?",
        "Which guardians of JSS 2 Ruby did not get the maths results?",
        "Who did not get the last notice?",
        "List the parents we could not reach",
        "Which messages have not arrived?",
        "Who was not told about the attendance today?",
    ),
)
async def find_unreached(
    tx: Tx, *, matter: Matter = None, class_arm: Ref[ClassArm] | None = None, subject: Ref[Subject] | None = None
) -> Unreached:
    """Find who has not received a message, such as a class's results.

    Use when somebody asks who was not reached. For one guardian use `explain_delivery`.

    Shape:  optionally a matter (default results), class arm, subject -> the people not reached, with reasons.
    Units:  people; one reached on any channel counts as reached.
    Errors: those of any read.
    Source: tables notifications, deliveries.
    """
    asked = await _asked(tx, matter, class_arm, subject)
    if asked.event_id is None:
        return Unreached(what=asked.what, sent_at=None, total=0, deliveries=[])
    everyone = await delivery_log.find(tx, event_ids=[asked.event_id], limit=5000)
    missing = await delivery_log.not_received(tx, asked.event_type, event_id=asked.event_id)
    sent_at = min((line.queued_at for line in everyone), default=None)
    total = len({line.person_id for line in everyone})
    return Unreached(what=asked.what, sent_at=sent_at, total=total, deliveries=missing)


class _Asked:
    """The event a question about "the results" or "the notice" means."""

    def __init__(self, event_type: str, event_id: UUID | None, what: str) -> None:
        self.event_type, self.event_id, self.what = event_type, event_id, what


async def _asked(tx: Tx, matter: str | None, class_arm: Ref[ClassArm] | None, subject: Ref[Subject] | None) -> _Asked:
    tx.require(Permission.DELIVERIES_READ)
    if class_arm is not None:
        await classes.access_class(tx, class_arm.id, Permission.DELIVERIES_READ)
    event_type = EVENTS[matter or "results"]
    data: dict[str, str] = {}
    if class_arm is not None and event_type in (EventType.SCORES_PUBLISHED, EventType.ATTENDANCE_MARKED):
        data["classArmId"] = str(class_arm.id)
    if subject is not None and event_type is EventType.SCORES_PUBLISHED:
        data["subjectId"] = str(subject.id)
    event_id = await delivery_log.latest(tx, event_type.value, data)
    what = " ".join(
        part
        for part in (
            class_arm.label if class_arm else "", subject.label if subject else "", delivery_log.EVENT_WORDS[event_type]
        )
        if part
    )  # fmt: skip
    return _Asked(event_type.value, event_id, f"the {what}")


ByChannel = Annotated[Literal["sms", "whatsapp", "email"], Field(description="The channel to try now.")]


async def _preview_resend(
    tx: Tx, *, channel: ByChannel = "email", matter: Matter = None, class_arm: Ref[ClassArm] | None = None,
    subject: Ref[Subject] | None = None,
) -> Preview:  # fmt: skip
    asked = await _asked(tx, matter, class_arm, subject)
    if asked.event_id is None:
        raise NotVisible(f"No message about {asked.what} was sent yet, so there is nothing to send again.")
    announcement = await resending.to_unreached(tx, asked.event_id, Channel(channel))
    told = announcement.audience
    by = CHANNEL_WORDS[Channel(channel)]
    preview = Preview(
        title=f"Send {asked.what} again by {by}", included=len(told.included),
        summary=f"To those it has not reached: {told.summary()}.", state={"event": str(asked.event_id)},
    )  # fmt: skip
    return await add_announcement(tx, preview, announcement)


class Resent(Result):
    what: str
    channel: str
    people: int
    left_out: int

    def headline(self) -> str:
        left = f" {self.left_out} cannot be reached that way either." if self.left_out else ""
        by = CHANNEL_WORDS[Channel(self.channel)]
        return f"{self.what[0].upper()}{self.what[1:]}: sending again to {self.people} people by {by}.{left}"


@tool(
    permission=Permission.NOTICES_SEND,
    effect=Effect.SEND,
    rest="POST /api/v1/deliveries/unreached/resending",
    says=(
        "Resend to those by e-mail",
        "Send the results again to whoever did not get them, on WhatsApp",
        "Try the guardians we could not reach by email",
        "Resend the notice by SMS to those who have not received it",
        "Send it again to them by e-mail",
    ),
    preview=_preview_resend,
)
async def resend_message(
    tx: Tx, *, channel: ByChannel = "email", matter: Matter = None, class_arm: Ref[ClassArm] | None = None,
    subject: Ref[Subject] | None = None,
) -> Resent:  # fmt: skip
    """Send a message again, on another channel, to those it has not reached.

    Use when somebody wants the unreached tried another way; see them first with `find_unreached`.

    Shape:  a channel, optionally a matter, class arm, subject -> one new message a person not reached.
    Units:  people; cost is in the preview.
    Errors: those of any change.
    Source: tables notifications, deliveries.
    """
    asked = await _asked(tx, matter, class_arm, subject)
    if asked.event_id is None:
        raise NotVisible(f"No message about {asked.what} was sent yet, so there is nothing to send again.")
    tx.require(Permission.NOTICES_SEND)
    sent = await resending.resend(tx, asked.event_id, Channel(channel))
    return Resent(
        what=asked.what, channel=channel, people=len(sent.audience.included), left_out=len(sent.audience.excluded)
    )


class MessageUsage(Result, Usage):
    """Messages of a period and what they cost."""

    def headline(self) -> str:
        span = f"from {self.since:%d %B} to {self.until:%d %B %Y}"
        if not self.messages:
            return f"No message went out {span}."
        parts = ", ".join(f"{c.messages:,} by {CHANNEL_WORDS[Channel(c.channel)]}" for c in self.channels if c.messages)
        noun = "message" if self.messages == 1 else "messages"
        return f"{self.messages:,} {noun} went out {span} ({parts}). Cost: {self.currency} {self.cost:,.2f}."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="channel", label="Channel"), Column(key="messages", label="Messages", kind="number"),
            Column(key="segments", label="Segments", kind="number"),
            Column(key="delivered", label="Receipts", kind="number"),
            Column(key="failed", label="Failed", kind="number"), Column(key="cost", label="Cost", kind="money"),
        ]  # fmt: skip
        rows = [
            {
                "channel": CHANNEL_WORDS[Channel(c.channel)], "messages": c.messages, "segments": c.segments,
                "delivered": c.delivered, "failed": c.failed, "cost": number(c.cost),
            }
            for c in self.channels
        ]  # fmt: skip
        unsent = [Fact(label=label.capitalize(), value=count, kind="number") for label, count in self.not_sent.items()]
        return [
            *([Table(columns=columns, rows=rows)] if rows else []),
            *([Facts(title="Not sent", items=unsent)] if unsent else []),
        ]


Day = Annotated[date | None, Field(description="YYYY-MM-DD.")]


@tool(
    permission=Permission.DELIVERIES_READ,
    effect=Effect.READ,
    rest="GET /api/v1/deliveries/usage",
    says=(
        "How many messages this week and what did they cost?",
        "What did we spend on SMS this month?",
        "How many texts went out today?",
        "Cost of messages this term",
        "Show message usage for last week",
    ),
)
async def show_message_usage(tx: Tx, *, first: Day = None, last: Day = None) -> MessageUsage:
    """Show how many messages went out in a period, by channel, and what they cost.

    Use when somebody asks how many messages or what they cost. Default is the last seven days.

    Shape:  first and last day -> one line a channel, and what was not sent.
    Units:  messages, SMS segments, money in the school's currency.
    Errors: those of any read.
    Source: table deliveries.
    """
    end = last or tx.today
    begin = first or (end - timedelta(days=6))
    if begin > end:
        raise InvalidInput("The first day is after the last one.")
    since = datetime.combine(begin, time.min, tzinfo=tx.zone).astimezone(UTC)
    until = datetime.combine(end + timedelta(days=1), time.min, tzinfo=tx.zone).astimezone(UTC)
    found = await delivery_log.usage(tx, since, until)
    shown = {"since": since.astimezone(tx.zone), "until": until.astimezone(tx.zone) - timedelta(seconds=1)}
    return MessageUsage.model_validate(found.model_dump() | shown)


class DeliveryList(Result):
    """Deliveries, newest first."""

    deliveries: list[LoggedDelivery]

    def headline(self) -> str:
        if not self.deliveries:
            return "There are no such messages."
        return f"{len(self.deliveries)} message{'s'[: len(self.deliveries) != 1]}, newest first."

    def blocks(self) -> list[Block]:
        return [Table(columns=COLUMNS, rows=_rows(self.deliveries))] if self.deliveries else []


State = Annotated[
    Literal["queued", "sending", "sent", "delivered", "read", "failed", "dead", "skipped", "withdrawn"] | None,
    Field(description="Only deliveries in this state."),
]


@tool(
    permission=Permission.DELIVERIES_READ,
    effect=Effect.READ,
    rest="GET /api/v1/deliveries",
    says=(
        "Show the delivery log",
        "Which messages failed today?",
        "List the messages sent to the guardian of Ada Okonjo",
        "Show the messages about results this week",
        "Show all given-up messages",
    ),
)
async def find_deliveries(
    tx: Tx, *, student: Ref[Student] | None = None, guardian: Ref[Guardian] | None = None, matter: Matter = None,
    state: State = None, first: Day = None, limit: Annotated[int, Field(ge=1, le=500)] = 50,
) -> DeliveryList:  # fmt: skip
    """Find messages in the delivery log: by student, guardian, matter or state.

    Use when somebody wants the log itself. For one guardian's "why not?" use `explain_delivery`.

    Shape:  optional filters -> one row a delivery, newest first.
    Units:  times in UTC.
    Errors: those of any read.
    Source: tables deliveries, notifications.
    """
    since = datetime.combine(first, time.min, tzinfo=tx.zone) if first else None
    found = await delivery_log.find(
        tx, person_ids=[guardian.id] if guardian else None, student_ids=[student.id] if student else None,
        event_type=_event(matter), states=[state] if state else None, since=since, limit=limit,
    )  # fmt: skip
    return DeliveryList(deliveries=found)
