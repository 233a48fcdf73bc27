"""A timetable as a calendar feed at a signed private address, in the school's time zone and without its holidays."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone
from sqlalchemy import select

from runtime.caller import Caller
from runtime.errors import NotVisible
from runtime.secrets import derived_key
from runtime.transaction import Tx
from school import schools, timetable_cover, timetable_views
from school.calendar import Holiday, Term
from school.classes import ClassArm, Enrolment
from school.people import Guardianship, Person, PersonKind
from school.permissions import Permission
from school.report_links import site
from school.timetable_cover import Covering
from school.timetable_views import View
from school.timetables import NoTimetableYet, TimetableLesson

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHOSE = ("person", "class")


def address(school_id: UUID, whose: str, key: UUID) -> str:
    """The private address of a person's or a class's feed."""
    return f"{site()}/api/timetable/calendar/{token(school_id, whose, key)}.ics"


def token(school_id: UUID, whose: str, key: UUID) -> str:
    body = bytes([WHOSE.index(whose)]) + school_id.bytes + key.bytes
    return base64.urlsafe_b64encode(body + _seal(body)).decode().rstrip("=")


def _seal(body: bytes) -> bytes:
    return hmac.new(derived_key("timetable-feed"), body, hashlib.sha256).digest()[:15]


def opened(text: str) -> tuple[Caller, str, UUID]:
    """The school, and the person or class, of an address. Errors: not_visible for any address we did not make."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raw = b""
    body, seal = raw[:33], raw[33:]
    if len(body) != 33 or not hmac.compare_digest(seal, _seal(body)):
        raise NotVisible("There is no such calendar.")
    caller = Caller.system(UUID(bytes=body[1:17]), str(Permission.TIMETABLES_READ))
    return caller, WHOSE[body[0]], UUID(bytes=body[17:])


async def feed(tx: Tx, whose: str, key: UUID) -> bytes:
    """The calendar as it is now: this term and those to come, from the timetable in force."""
    school = await schools.current(tx)
    calendar = Calendar()
    calendar.add("prodid", "-//SchoolOS//Timetable//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-timezone", school.time_zone)
    calendar.add("refresh-interval;value=duration", "PT12H")
    try:
        found = await timetable_views.current_view(tx)
    except NoTimetableYet:
        calendar.add("x-wr-calname", f"{school.name} timetable")
        return calendar.to_ical()
    title, rows = await _whose(tx, found, whose, key)
    covers = await timetable_cover.between(tx, found, tx.today - timedelta(days=30), tx.today + timedelta(days=400))
    calendar.add("x-wr-calname", f"{title} – {school.name}")
    calendar.add_component(Timezone.from_tzinfo(ZoneInfo(school.time_zone)))
    zone = ZoneInfo(school.time_zone)
    away = [item for item in covers if item.cover_row.absent_id == key]
    for event in await _events(tx, found, rows, zone, away):
        calendar.add_component(event)
    for item in covers:
        if item.cover_row.cover_id == key:
            calendar.add_component(_covering(found, item, zone, tx.now))
    return calendar.to_ical()


async def _whose(tx: Tx, found: View, whose: str, key: UUID) -> tuple[str, list[TimetableLesson]]:
    if whose == "class":
        arm = await tx.session.get(ClassArm, key)
        if arm is None:
            raise NotVisible("There is no such calendar.")
        return arm.name, found.of_class(key)
    person = await tx.session.get(Person, key)
    if person is None:
        raise NotVisible("There is no such calendar.")
    if person.kind == PersonKind.STAFF.value:
        return person.display_name, found.of_teacher(key)
    children = (
        [key]
        if person.kind == PersonKind.STUDENT.value
        else list(await tx.session.scalars(select(Guardianship.student_id).where(Guardianship.guardian_id == key)))
    )
    arms = await tx.session.scalars(
        select(Enrolment.class_arm_id)
        .where(Enrolment.student_id.in_(children), Enrolment.session_id == found.timetable.session_id)
        .where(Enrolment.left_on.is_(None))
        .distinct()
    )
    return person.display_name, [row for arm in arms for row in found.of_class(arm)]


def _covering(found: View, item: Covering, zone: ZoneInfo, now: datetime) -> Event:
    """A lesson taken for somebody who is away, on its one day."""
    row = item.lesson
    period = row.period or 0
    event = Event()
    event.add("uid", f"{item.cover_row.id}@schoolos")
    event.add("dtstamp", now)
    event.add("summary", f"{row.subject}, {' + '.join(row.group_names)} (for {item.absent})")
    event.add("dtstart", datetime.combine(item.on, found.hours.periods[period][0], zone))
    event.add("dtend", datetime.combine(item.on, found.hours.periods[period + row.duration - 1][1], zone))
    if row.room:
        event.add("location", row.room)
    return event


async def _events(
    tx: Tx, found: View, rows: Iterable[TimetableLesson], zone: ZoneInfo, away: Iterable[Covering]
) -> list[Event]:
    """One weekly event a lesson and term, with the dates of holidays and of lessons that others take left out."""
    taken: dict[str, set[date]] = {}
    for item in away:
        taken.setdefault(item.lesson.key, set()).add(item.on)
    terms = list(await tx.session.scalars(select(Term).where(Term.ends_on >= tx.today - timedelta(days=60))))
    holidays = list(await tx.session.scalars(select(Holiday)))
    begun = found.timetable.starts_on or tx.today
    events: list[Event] = []
    for term in terms:
        first_day = max(term.starts_on, begun)
        for row in rows:
            if row.day is None or row.period is None or first_day > term.ends_on:
                continue
            first = first_day + timedelta(days=(row.day - first_day.weekday()) % 7)
            if first <= term.ends_on:
                events.append(_event(found, row, first, term, holidays, taken.get(row.key, set()), zone, tx.now))
    return events


def _event(
    found: View,
    row: TimetableLesson,
    first: date,
    term: Term,
    holidays: list[Holiday],
    taken: set[date],
    zone: ZoneInfo,
    now: datetime,
) -> Event:
    period = row.period or 0
    begins, ends = found.hours.periods[period][0], found.hours.periods[period + row.duration - 1][1]
    event = Event()
    event.add("uid", f"{row.id}-{term.id}@schoolos")
    event.add("dtstamp", now)
    event.add("last-modified", found.timetable.updated_at)
    event.add("summary", f"{row.subject}, {' + '.join(row.group_names)}")
    event.add("dtstart", datetime.combine(first, begins, zone))
    event.add("dtend", datetime.combine(first, ends, zone))
    until = datetime.combine(term.ends_on, ends, zone)
    event.add("rrule", {"freq": "weekly", "until": until.astimezone(ZoneInfo("UTC"))})
    if row.room:
        event.add("location", row.room)
    event.add("description", ", ".join(row.teacher_names))
    day = first
    off: list[datetime] = []
    while day <= term.ends_on:
        if day in taken or any(h.starts_on <= day <= h.ends_on for h in holidays):
            off.append(datetime.combine(day, begins, zone))
        day += timedelta(days=7)
    if off:
        event.add("exdate", off)
    return event
