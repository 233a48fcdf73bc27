"""Who hears of an event, and how. The same function serves the preview and the sending.

Each person gets one message on the first channel that fits: their own choice first, then the school's order.
Everyone left out is listed with the reason. STOP is not answered by writing to another channel, unless the person
chose that channel themselves.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select

from runtime.transaction import Tx
from school.addresses import email_fault, phone_fault
from school.notifications import Channel, ChannelRule, EventType, NotificationPreference, OptOut
from school.people import Guardianship, Person, PersonKind, Student

DEFAULT_ORDER = (Channel.WHATSAPP, Channel.SMS, Channel.EMAIL)
DEFAULTS: dict[tuple[EventType, PersonKind], tuple[Channel, ...]] = {
    (EventType.TIMETABLE_CHANGED, PersonKind.STAFF): (Channel.EMAIL,),
    (EventType.NOTICE_SENT, PersonKind.STAFF): (Channel.EMAIL, Channel.SMS),
    (EventType.SCORES_PUBLISHED, PersonKind.STUDENT): (),
    (EventType.ATTENDANCE_MARKED, PersonKind.STUDENT): (),
    (EventType.ATTENDANCE_THRESHOLD, PersonKind.STUDENT): (Channel.EMAIL,),
    (EventType.ATTENDANCE_THRESHOLD, PersonKind.STAFF): (),
}
"""The channels of an event for a role where they are not the default order; empty means the bell alone."""

ANY = "*"
CHANNEL_WORDS = {
    Channel.SMS: "SMS", Channel.WHATSAPP: "WhatsApp", Channel.EMAIL: "e-mail", Channel.PUSH: "push",
    Channel.IN_APP: "the app",
}  # fmt: skip


class Reason(StrEnum):
    """Why somebody is left out."""

    NO_GUARDIAN = "no_guardian"
    NOT_RECEIVING = "not_receiving"
    OPTED_OUT = "opted_out"
    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    PREFERENCE = "preference"
    SHARED_ADDRESS = "shared_address"
    NO_SCORE = "no_score"


REASON_WORDS = {
    Reason.NO_GUARDIAN: "no guardian on record", Reason.NOT_RECEIVING: "not to be written to",
    Reason.OPTED_OUT: "opted out", Reason.NO_ADDRESS: "no number", Reason.BAD_ADDRESS: "bad number",
    Reason.PREFERENCE: "do not want these messages", Reason.SHARED_ADDRESS: "share a phone already told",
    Reason.NO_SCORE: "no score",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """A student a message is about."""

    student_id: UUID
    given_name: str
    full_name: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person who is told, on one channel, at one address, about these students."""

    person_id: UUID
    name: str
    kind: PersonKind
    language: str
    channel: Channel
    address: str | None
    about: tuple[About, ...] = ()
    in_app: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who is not told (or a student nobody is told about), and why."""

    who: str
    reason: Reason
    message: str
    person_id: UUID | None = None
    kind: PersonKind = PersonKind.GUARDIAN
    channel: Channel | None = None
    address: str | None = None
    about: tuple[About, ...] = ()
    in_app: bool = True


@dataclass(frozen=True, slots=True)
class Audience:
    """Everyone an event concerns: who is told, and who is not."""

    event_type: EventType
    included: tuple[Recipient, ...] = ()
    excluded: tuple[LeftOut, ...] = ()

    def counts(self) -> dict[Channel, int]:
        """How many people are told on each channel."""
        found = Counter(recipient.channel for recipient in self.included)
        return {channel: found[channel] for channel in Channel if channel in found}

    def summary(self) -> str:
        """ "38 guardians by SMS; 2 opted out, 1 no number"."""
        kinds = {recipient.kind for recipient in self.included} or {PersonKind.GUARDIAN}
        noun = {PersonKind.GUARDIAN: "guardian", PersonKind.STUDENT: "student", PersonKind.STAFF: "member of staff"}
        one = noun[next(iter(kinds))] if len(kinds) == 1 else "person"
        many = {"member of staff": "members of staff", "person": "people"}.get(one, f"{one}s")
        told = [f"{n} {one if n == 1 else many} by {CHANNEL_WORDS[c]}" for c, n in self.counts().items()] or ["nobody"]
        left = Counter(left_out.reason for left_out in self.excluded)
        reasons = [f"{n} {REASON_WORDS[reason]}" for reason, n in left.items()]
        return ", ".join(told) + (f"; {', '.join(reasons)}" if reasons else "")

    def state(self) -> dict[str, Any]:
        """What an approval rests on: who, where, and who not."""
        return {
            "included": sorted([str(r.person_id), r.channel.value, r.address or ""] for r in self.included),
            "excluded": sorted([str(e.person_id or e.who), e.reason.value] for e in self.excluded),
        }

    def leaving_out(self, more: Iterable[LeftOut]) -> "Audience":
        return Audience(self.event_type, self.included, (*self.excluded, *more))


@dataclass(slots=True)
class _Wish:
    """What one person chose for one event: channels wanted, channels not wanted."""

    wanted: set[Channel] = field(default_factory=set[Channel])
    unwanted: set[Channel] = field(default_factory=set[Channel])


async def guardians_of(
    tx: Tx, student_ids: Iterable[UUID], event_type: EventType, *, channel: Channel | None = None
) -> Audience:
    """The guardians of these students, each once, with all of their children among them.

    `channel` asks for one channel ("send it by e-mail"); consent still holds.
    Source: tables guardianships, people, opt_outs, notification_preferences, channel_rules.
    """
    wanted = list(dict.fromkeys(student_ids))
    about = await students(tx, wanted)
    rows = await tx.session.execute(
        select(Guardianship, Person)
        .join(Person, Person.id == Guardianship.guardian_id)
        .where(Guardianship.student_id.in_(wanted))
        .order_by(Guardianship.is_primary.desc(), Person.family_name, Person.given_name, Person.id)
    )
    people: dict[UUID, Person] = {}
    told_of: dict[UUID, list[About]] = {}
    not_receiving: dict[UUID, list[About]] = {}
    guarded: set[UUID] = set()
    for link, person in rows.all():
        people[person.id] = person
        guarded.add(link.student_id)
        told = link.receives and _granted(link, event_type)
        (told_of if told else not_receiving).setdefault(person.id, []).append(about[link.student_id])
    audience = await reach(tx, [people[person_id] for person_id in told_of], event_type, about=told_of, channel=channel)
    orphans = [
        LeftOut(about[s].full_name, Reason.NO_GUARDIAN, "no guardian is on record for this student", about=(about[s],))
        for s in wanted if s in about and s not in guarded
    ]  # fmt: skip
    silent = [
        LeftOut(
            people[p].display_name, Reason.NOT_RECEIVING, "the school's record says not to write to this guardian", p,
            about=tuple(them), in_app=False,
        )
        for p, them in not_receiving.items() if p not in told_of
    ]  # fmt: skip
    return audience.leaving_out([*silent, *orphans])


def _granted(link: Guardianship, event_type: EventType) -> bool:
    """Whether the school lets this guardian see what an event is about."""
    if event_type in (EventType.SCORES_PUBLISHED, EventType.REPORT_READY):
        return link.sees_marks
    return link.sees_fees if event_type is EventType.FEE_REMINDER else True


async def people(
    tx: Tx, person_ids: Iterable[UUID], event_type: EventType, *, channel: Channel | None = None
) -> Audience:
    """These people themselves: staff, students, or guardians chosen by name."""
    wanted = list(dict.fromkeys(person_ids))
    rows = list(await tx.session.scalars(select(Person).where(Person.id.in_(wanted)).order_by(Person.family_name)))
    about = await students(tx, [person.id for person in rows if person.kind == PersonKind.STUDENT])
    return await reach(tx, rows, event_type, about={key: [value] for key, value in about.items()}, channel=channel)


async def students(tx: Tx, student_ids: Sequence[UUID]) -> dict[UUID, About]:
    """The names messages about these students use."""
    rows = await tx.session.scalars(
        select(Person).join(Student, Student.id == Person.id).where(Student.id.in_(student_ids))
    )
    return {person.id: About(person.id, person.given_name, person.full_name) for person in rows}


async def reach(
    tx: Tx,
    persons: Sequence[Person],
    event_type: EventType,
    *,
    about: dict[UUID, list[About]] | None = None,
    channel: Channel | None = None,
) -> Audience:
    """Choose a channel for each person, or a reason why there is none."""
    stopped = await _stopped(tx, persons)
    wishes = await _wishes(tx, [person.id for person in persons], event_type)
    orders = await rules(tx, event_type)
    included: list[Recipient] = []
    excluded: list[LeftOut] = []
    told: dict[tuple[Channel, str], set[UUID]] = {}
    for person in persons:
        kind = PersonKind(person.kind)
        concerning = tuple((about or {}).get(person.id, ()))
        chosen = _choose(person, orders[kind], wishes.get(person.id, _Wish()), stopped, channel, concerning)
        if isinstance(chosen, Recipient) and chosen.address and concerning:
            known = told.setdefault((chosen.channel, chosen.address), set())
            subjects = {one.student_id for one in concerning}
            if subjects <= known:
                message = f"{chosen.address} belongs to another guardian too, who is told of the same thing"
                chosen = _left(person, Reason.SHARED_ADDRESS, message, chosen.channel, chosen.address, concerning)
            known |= subjects
        (included if isinstance(chosen, Recipient) else excluded).append(chosen)  # type: ignore[arg-type]
    return Audience(event_type, tuple(included), tuple(excluded))


async def order_of(tx: Tx, person: Person, event_type: EventType) -> list[Channel]:
    """The channels one person is told of an event on, first choice first: a later one stands in for an earlier."""
    wishes = await _wishes(tx, [person.id], event_type)
    order = (await rules(tx, event_type))[PersonKind(person.kind)]
    return [c for c in _candidates(person, order, wishes.get(person.id, _Wish())) if c is not Channel.PUSH]


def _choose(
    person: Person, order: Sequence[Channel], wish: _Wish, stopped: set[tuple[str, str]],
    asked: Channel | None, about: tuple[About, ...],
) -> Recipient | LeftOut:  # fmt: skip
    in_app = Channel.IN_APP not in wish.unwanted
    candidates = [asked] if asked else _candidates(person, order, wish)
    if not candidates:
        if order and not in_app:
            return _left(person, Reason.PREFERENCE, "turned these messages off", None, None, about, in_app=False)
        if order:
            return _left(
                person, Reason.PREFERENCE, "turned these messages off; the bell alone shows it", None, None, about
            )
        return Recipient(
            person.id,
            person.display_name,
            PersonKind(person.kind),
            person.language,
            Channel.IN_APP,
            None,
            about,
            in_app,
        )
    why: LeftOut | None = None
    for channel in candidates:
        if why is not None and why.reason is Reason.OPTED_OUT and channel not in wish.wanted:
            continue
        address = address_of(person, channel)
        fault = _fault(channel, address)
        if address is not None and (channel.value, address) in stopped:
            message = f"said STOP to {CHANNEL_WORDS[channel]}; only they can lift it, by sending START"
            why = _left(person, Reason.OPTED_OUT, message, channel, address, about, in_app=in_app)
        elif fault is not None:
            why = why or _left(person, fault[0], fault[1], channel, address, about, in_app=in_app)
        else:
            return Recipient(
                person.id,
                person.display_name,
                PersonKind(person.kind),
                person.language,
                channel,
                address,
                about,
                in_app,
            )
    assert why is not None
    return why


def _candidates(person: Person, order: Sequence[Channel], wish: _Wish) -> list[Channel]:
    first = [channel for channel in order if channel in wish.wanted]
    extra = [c for c in (Channel.WHATSAPP, Channel.SMS, Channel.EMAIL) if c in wish.wanted and c not in order]
    rest = [c for c in order if c not in wish.wanted and (c is not Channel.WHATSAPP or person.whatsapp)]
    return [c for c in (*first, *extra, *rest) if c not in wish.unwanted and c is not Channel.IN_APP]


def _left(
    person: Person, reason: Reason, message: str, channel: Channel | None, address: str | None,
    about: tuple[About, ...], *, in_app: bool = True,
) -> LeftOut:  # fmt: skip
    return LeftOut(
        person.display_name, reason, message, person.id, PersonKind(person.kind), channel, address, about, in_app
    )


def address_of(person: Person, channel: Channel) -> str | None:
    """Where a person is on a channel."""
    match channel:
        case Channel.SMS | Channel.WHATSAPP:
            return person.phone
        case Channel.EMAIL:
            return person.email
        case _:
            return None


def _fault(channel: Channel, address: str | None) -> tuple[Reason, str] | None:
    if channel in (Channel.SMS, Channel.WHATSAPP):
        if not address:
            return Reason.NO_ADDRESS, "no phone number is on record"
        fault = phone_fault(address)
        return (Reason.BAD_ADDRESS, fault) if fault else None
    if channel is Channel.EMAIL:
        if not address:
            return Reason.NO_ADDRESS, "no e-mail address is on record"
        fault = email_fault(address)
        return (Reason.BAD_ADDRESS, fault) if fault else None
    return None


async def _stopped(tx: Tx, persons: Sequence[Person]) -> set[tuple[str, str]]:
    addresses = {address for person in persons for address in (person.phone, person.email) if address}
    rows = await tx.session.execute(
        select(OptOut.channel, OptOut.address).where(OptOut.address.in_(addresses), OptOut.lifted_at.is_(None))
    )
    return {(channel, address) for channel, address in rows.all()}


async def _wishes(tx: Tx, person_ids: Sequence[UUID], event_type: EventType) -> dict[UUID, _Wish]:
    """Each person's choices; one for this event outweighs one for all events."""
    rows = await tx.session.scalars(
        select(NotificationPreference)
        .where(NotificationPreference.person_id.in_(person_ids))
        .where(NotificationPreference.event_type.in_([event_type.value, ANY]))
    )
    found: dict[UUID, _Wish] = {}
    for row in sorted(rows, key=lambda row: row.event_type != ANY):
        wish = found.setdefault(row.person_id, _Wish())
        channel = Channel(row.channel)
        wish.wanted.discard(channel)
        wish.unwanted.discard(channel)
        (wish.wanted if row.enabled else wish.unwanted).add(channel)
    return found


async def rules(tx: Tx, event_type: EventType) -> dict[PersonKind, tuple[Channel, ...]]:
    """The school's channels for an event, per role, in order."""
    rows = await tx.session.scalars(select(ChannelRule).where(ChannelRule.event_type == event_type.value))
    own = {PersonKind(row.role): tuple(Channel(channel) for channel in row.channels) for row in rows}
    return {kind: own.get(kind, DEFAULTS.get((event_type, kind), DEFAULT_ORDER)) for kind in PersonKind}
