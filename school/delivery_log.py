"""The delivery log: why somebody did not get a message, who has not received one, what a week of them cost."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import Row, Select, Text, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from runtime.errors import NotVisible
from runtime.transaction import Tx
from school import classes, schools
from school.addresses import masked
from school.audience import CHANNEL_WORDS
from school.calendar import current_term
from school.classes import Enrolment
from school.deliveries import ACCEPTED, reason_words
from school.notifications import Channel, Delivery, DeliveryAttempt, DeliveryState, EventType, Notification
from school.people import Guardianship, Person
from school.permissions import WHOLE_SCHOOL, Permission
from school.units import Money, Value

STATE_WORDS = {
    DeliveryState.QUEUED: "waiting to be sent", DeliveryState.SENDING: "being sent now",
    DeliveryState.SENT: "accepted by the network; no receipt yet", DeliveryState.DELIVERED: "delivered",
    DeliveryState.READ: "read", DeliveryState.FAILED: "refused", DeliveryState.DEAD: "given up after every attempt",
    DeliveryState.SKIPPED: "not sent", DeliveryState.WITHDRAWN: "withdrawn before it was sent",
}  # fmt: skip
EVENT_WORDS = {
    EventType.SCORES_PUBLISHED: "results", EventType.ATTENDANCE_MARKED: "attendance",
    EventType.ATTENDANCE_THRESHOLD: "attendance warning", EventType.FEE_REMINDER: "fee reminder",
    EventType.REPORT_READY: "report card", EventType.TIMETABLE_CHANGED: "timetable", EventType.NOTICE_SENT: "notice",
    EventType.DIGEST: "digest", EventType.CHAT_REPLY: "answer to a question",
}  # fmt: skip
CONCERNING_STAFF = tuple(event.value for event in EventType if event is not EventType.CHAT_REPLY)


class Attempt(Value):
    """One call to a provider."""

    number: int
    provider: str
    outcome: str
    detail: str
    at: AwareDatetime


class LoggedDelivery(Value):
    """One delivery as the log shows it; the address is masked."""

    id: UUID
    event_id: UUID
    event_type: str
    what: str
    title: str
    person_id: UUID
    who: str
    students: list[str]
    channel: str
    address: str
    state: str
    state_words: str
    reason: str
    attempts: int
    provider: str | None
    segments: int
    cost: Money
    queued_at: AwareDatetime
    sent_at: AwareDatetime | None
    delivered_at: AwareDatetime | None
    received: bool


class Explanation(Value):
    """What became of a message to one guardian, in a sentence, with the log behind it."""

    who: str
    sentence: str
    delivery: LoggedDelivery | None
    attempts: list[Attempt]


class ChannelUsage(Value):
    channel: str
    messages: int
    segments: int
    delivered: int
    failed: int
    cost: Money


class Usage(Value):
    """Messages of a period: those that went out, per channel, and what they cost."""

    since: AwareDatetime
    until: AwareDatetime
    messages: int
    cost: Money
    currency: str
    channels: list[ChannelUsage]
    not_sent: dict[str, int]


def _deliveries() -> Select[Delivery, Notification, Person]:
    return (
        select(Delivery, Notification, Person)
        .join(Notification, Notification.id == Delivery.notification_id)
        .join(Person, Person.id == Delivery.person_id)
    )


async def visible_students(tx: Tx) -> set[UUID] | None:
    """The students whose guardians' deliveries the caller may see; null means every one of the school."""
    if (
        tx.caller.role in WHOLE_SCHOOL
        or tx.caller.may(Permission.DELIVERIES_WRITE)
        or tx.caller.may(Permission.FEES_WRITE)
    ):
        return None
    term = await current_term(tx)
    arms = [arm.id for arm in await classes.my_class_arms(tx)]
    query = select(Enrolment.student_id).where(
        Enrolment.class_arm_id.in_(arms), Enrolment.session_id == term.session_id
    )
    return set(await tx.session.scalars(query))


async def _logged(
    tx: Tx, rows: Sequence[Row[Delivery, Notification, Person]], allowed: set[UUID] | None
) -> list[LoggedDelivery]:
    about = {UUID(student) for _, notification, _ in rows for student in notification.about_student_ids}
    people = await tx.session.scalars(select(Person).where(Person.id.in_(about)))
    named = {person.id: person.full_name for person in people}
    found: list[LoggedDelivery] = []
    for delivery, notification, person in rows:
        students = [UUID(student) for student in notification.about_student_ids]
        if allowed is not None and not allowed & set(students):
            continue
        found.append(_line(delivery, notification, person, [named[s] for s in students if s in named]))
    return found


def _line(delivery: Delivery, notification: Notification, person: Person, students: list[str]) -> LoggedDelivery:
    state = DeliveryState(delivery.state)
    return LoggedDelivery(
        id=delivery.id, event_id=delivery.event_id, event_type=notification.event_type,
        what=EVENT_WORDS.get(EventType(notification.event_type), notification.event_type), title=notification.title,
        person_id=person.id, who=person.display_name, students=students, channel=delivery.channel,
        address=masked(delivery.address), state=delivery.state, state_words=STATE_WORDS[state],
        reason=reason_words(delivery.reason), attempts=delivery.attempts, provider=delivery.provider,
        segments=delivery.segments, cost=delivery.cost, queued_at=delivery.created_at, sent_at=delivery.sent_at,
        delivered_at=delivery.delivered_at, received=delivery.state in ACCEPTED,
    )  # fmt: skip


async def find(
    tx: Tx, *, person_ids: Sequence[UUID] | None = None, student_ids: Sequence[UUID] | None = None,
    event_ids: Sequence[UUID] | None = None, event_type: str | None = None, states: Sequence[str] | None = None,
    since: datetime | None = None, limit: int = 100,
) -> list[LoggedDelivery]:  # fmt: skip
    """Deliveries the caller may see, newest first. Source: tables deliveries, notifications."""
    tx.require(Permission.DELIVERIES_READ)
    query = _deliveries().order_by(Delivery.created_at.desc(), Delivery.id.desc())
    query = query.where(Notification.event_type.in_([event_type] if event_type else CONCERNING_STAFF))
    if person_ids is not None:
        query = query.where(Delivery.person_id.in_(person_ids))
    if student_ids is not None:
        query = query.where(Notification.about_student_ids.op("?|")(cast([str(s) for s in student_ids], ARRAY(Text))))
    if event_ids is not None:
        query = query.where(Delivery.event_id.in_(event_ids))
    if states is not None:
        query = query.where(Delivery.state.in_(states))
    if since is not None:
        query = query.where(Delivery.created_at >= since)
    rows = (await tx.session.execute(query.limit(limit))).all()
    return await _logged(tx, rows, await visible_students(tx))


async def attempts_of(tx: Tx, delivery_id: UUID) -> list[Attempt]:
    """Every call to a provider for one delivery, oldest first."""
    rows = await tx.session.scalars(
        select(DeliveryAttempt).where(DeliveryAttempt.delivery_id == delivery_id).order_by(DeliveryAttempt.created_at)
    )
    return [
        Attempt(number=r.number, provider=r.provider, outcome=r.outcome, detail=r.detail, at=r.created_at) for r in rows
    ]


async def explain(
    tx: Tx, *, student_id: UUID | None = None, person_id: UUID | None = None, event_type: str | None = None
) -> list[Explanation]:
    """What became of the latest message to each guardian of a student (or to one person), and why.

    Errors: not_visible (no such student for this caller), not_allowed.
    Source: tables deliveries, delivery_attempts, guardianships.
    """
    tx.require(Permission.DELIVERIES_READ)
    allowed = await visible_students(tx)
    if student_id is not None and allowed is not None and student_id not in allowed:
        raise NotVisible("There is no such student among those you teach.")
    people = [person_id] if person_id else []
    student = await tx.session.get(Person, student_id) if student_id else None
    if student_id is not None:
        links = (
            select(Guardianship).where(Guardianship.student_id == student_id).order_by(Guardianship.is_primary.desc())
        )
        people = [link.guardian_id for link in await tx.session.scalars(links)]
        if student is None:
            raise NotVisible("There is no such student.")
        if not people:
            sentence = f"{student.full_name} has no guardian on record, so there is nobody to write to."
            return [Explanation(who=student.full_name, sentence=sentence, delivery=None, attempts=[])]
    found: list[Explanation] = []
    for each in people:
        found.append(await _explain_one(tx, each, student_id, student, event_type))
    return found


async def _explain_one(
    tx: Tx, person_id: UUID, student_id: UUID | None, student: Person | None, event_type: str | None
) -> Explanation:
    person = await tx.session.get(Person, person_id)
    if person is None:
        raise NotVisible("There is no such person.")
    latest = await find(
        tx, person_ids=[person_id], student_ids=[student_id] if student_id else None, event_type=event_type, limit=1
    )
    if not latest:
        about = f" about {student.full_name}" if student else ""
        what = f" of this kind ({EVENT_WORDS[EventType(event_type)]})" if event_type else ""
        sentence = f"No message{what}{about} was ever queued for {person.display_name}."
        if student_id is not None and await _kept_from(tx, person_id, student_id):
            sentence += " The school's record says not to write to them about this student."
        return Explanation(who=person.display_name, sentence=sentence, delivery=None, attempts=[])
    delivery = latest[0]
    attempts = await attempts_of(tx, delivery.id)
    return Explanation(
        who=person.display_name, sentence=_sentence(delivery, attempts, tx), delivery=delivery, attempts=attempts
    )


async def _kept_from(tx: Tx, guardian_id: UUID, student_id: UUID) -> bool:
    query = select(Guardianship.id).where(
        Guardianship.guardian_id == guardian_id, Guardianship.student_id == student_id, Guardianship.receives.is_(False)
    )
    return await tx.session.scalar(query) is not None


def _sentence(delivery: LoggedDelivery, attempts: Sequence[Attempt], tx: Tx) -> str:
    """One sentence that answers "why did they not get it?"."""
    by = CHANNEL_WORDS[Channel(delivery.channel)]
    what = f"the {delivery.what} message of {_when(delivery.queued_at, tx)}"
    tail = f": {delivery.reason}" if delivery.reason else ""
    match DeliveryState(delivery.state):
        case DeliveryState.SKIPPED:
            return f"{delivery.who} was not sent {what}{tail}."
        case DeliveryState.QUEUED | DeliveryState.SENDING:
            tried = f" after {len(attempts)} attempts" if attempts else ""
            return f"{delivery.who} has not got {what} yet: it is {delivery.state_words} by {by}{tried}{tail}."
        case DeliveryState.SENT:
            assert delivery.sent_at is not None
            return (
                f"{what[0].upper()}{what[1:]} to {delivery.who} was accepted by the network for {delivery.address} on"
                f" {_when(delivery.sent_at, tx)} by {by}; no receipt says yet that it arrived."
            )
        case DeliveryState.DELIVERED | DeliveryState.READ:
            at = delivery.delivered_at or delivery.sent_at or delivery.queued_at
            return f"{delivery.who} did get {what} by {by}: it was {delivery.state_words} on {_when(at, tx)}."
        case DeliveryState.WITHDRAWN:
            return f"{what[0].upper()}{what[1:]} to {delivery.who} was withdrawn before it was sent{tail}."
        case DeliveryState.FAILED | DeliveryState.DEAD:
            tried = f" after {delivery.attempts} attempt{'s'[: delivery.attempts != 1]}"
            return f"{delivery.who} did not get {what} by {by}: it was {delivery.state_words}{tried}{tail}."


def _when(at: datetime, tx: Tx) -> str:
    local = at.astimezone(tx.zone)
    return f"{local.day} {local:%B} at {local:%H:%M}"


async def latest(tx: Tx, event_type: str, data: dict[str, str]) -> UUID | None:
    """The newest event of a type whose notifications carry these data."""
    query = select(Notification.event_id).where(Notification.event_type == event_type)
    if data:
        query = query.where(Notification.data.contains(data))
    return await tx.session.scalar(query.order_by(Notification.created_at.desc(), Notification.id.desc()).limit(1))


async def not_received(tx: Tx, event_type: str, *, event_id: UUID | None = None) -> list[LoggedDelivery]:
    """Who has not received an event (default: the latest of its type): every delivery not accepted by a network.

    A person reached on another channel for the same event counts as reached.
    """
    tx.require(Permission.DELIVERIES_READ)
    event_id = event_id or await latest(tx, event_type, {})
    if event_id is None:
        return []
    everyone = await find(tx, event_ids=[event_id], event_type=event_type, limit=5000)
    reached = {delivery.person_id for delivery in everyone if delivery.received}
    return [delivery for delivery in everyone if delivery.person_id not in reached]


async def usage(tx: Tx, since: datetime, until: datetime) -> Usage:
    """Messages that went out in a period, per channel, with segments and cost. Source: table deliveries."""
    tx.require(Permission.DELIVERIES_READ, tx.caller.role in WHOLE_SCHOOL or tx.caller.may(Permission.FEES_WRITE),
               "What messages cost is for the head, the bursar and the admin.")  # fmt: skip
    rows = await tx.session.execute(
        select(Delivery.channel, Delivery.state, func.count(), func.sum(Delivery.segments), func.sum(Delivery.cost))
        .where(Delivery.created_at >= since, Delivery.created_at < until)
        .group_by(Delivery.channel, Delivery.state)
    )
    sent: dict[str, dict[str, Decimal]] = {}
    unsent: Counter[str] = Counter()
    for channel, state, count, segments, cost in rows.all():
        if state not in ACCEPTED:
            unsent[STATE_WORDS[DeliveryState(state)]] += count
            if state not in (DeliveryState.FAILED.value, DeliveryState.DEAD.value):
                continue
        line = sent.setdefault(channel, {key: Decimal(0) for key in ("n", "segments", "delivered", "failed", "cost")})
        if state in ACCEPTED:
            line["n"] += count
            line["segments"] += segments
            line["cost"] += cost
            line["delivered"] += count if state != DeliveryState.SENT.value else 0
        else:
            line["failed"] += count
    channels = [
        ChannelUsage(
            channel=name, messages=int(line["n"]), segments=int(line["segments"]), delivered=int(line["delivered"]),
            failed=int(line["failed"]), cost=line["cost"],
        )
        for name, line in sorted(sent.items())
    ]  # fmt: skip
    currency = (await schools.current(tx)).currency
    return Usage(
        since=since, until=until, messages=sum(c.messages for c in channels),
        cost=sum((c.cost for c in channels), Decimal(0)), currency=currency, channels=channels, not_sent=dict(unsent),
    )  # fmt: skip
