"""The digest: one message a guardian about their children's absences, late days and missing work, each day or each week.

`options["digest"]` is {"weekday": 0..6 (Monday is 0), "at": "16:00"}: with it every guardian gets the weekly one; without
it those who asked for one. A person's own choice comes first. A guardian answers it like any message.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Literal, cast
from uuid import UUID, uuid5

from sqlalchemy import ForeignKey, UniqueConstraint, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import NotVisible
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school import attendance, audience, calendar, deliveries, schools
from school.announcements import Announcement
from school.assessment import AssessmentComponent
from school.attendance import AttendanceLine
from school.audience import Recipient
from school.classes import Subject
from school.messages import Facts
from school.notifications import EventType, Notification, Priority
from school.people import Guardian, Guardianship
from school.permissions import Permission
from school.score_sheets import Score, ScoreSheet, SheetState
from school.units import Value

Every = Literal["daily", "weekly", "off"]
FRIDAY_AT_FOUR: dict[str, Any] = {"weekday": 4, "at": "16:00"}


class DigestChoice(SchoolRow, Base):
    """How often one person wants the digest; absent means what the school does."""

    __tablename__ = "digest_choices"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    every: Mapped[str]

    __table_args__ = (UniqueConstraint("person_id"),)


class DigestSetting(Value):
    """What the school does, and (for a person) what they chose."""

    school_sends: bool
    weekday: int
    at: time
    own: Every | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One digest that is due: its event id, its days, and whether it is the daily one."""

    event_id: UUID
    every: Every
    first: date
    last: date


async def setting(tx: Tx) -> DigestSetting:
    """The school's digest and the caller's own choice."""
    given = (await schools.current(tx)).options.get("digest")
    when = given or FRIDAY_AT_FOUR
    own = await tx.session.scalar(select(DigestChoice.every).where(DigestChoice.person_id == tx.caller.person_id))
    return DigestSetting(
        school_sends=bool(given),
        weekday=int(when["weekday"]),
        at=time.fromisoformat(when["at"]),
        own=cast(Every | None, own),
    )


async def choose(tx: Tx, person_id: UUID | None, every: Every | None) -> Every | None:
    """Keep how often a person wants the digest; null goes back to the school's way. Returns what stood before."""
    tx.require(Permission.NOTIFICATIONS_WRITE)
    if person_id is None:
        raise NotVisible("This sign-in belongs to no person of the school, so it gets no digest.")
    before = await tx.session.scalar(select(DigestChoice.every).where(DigestChoice.person_id == person_id))
    if every is None:
        await tx.session.execute(delete(DigestChoice).where(DigestChoice.person_id == person_id))
    else:
        made = insert(DigestChoice).values(id=new_id(), school_id=tx.school_id, person_id=person_id, every=every)
        await tx.session.execute(made.on_conflict_do_update(index_elements=["person_id"], set_={"every": every}))
    return cast(Every | None, before)


async def set_day(tx: Tx, weekday: int | None, at: time | None) -> tuple[int, time] | None:
    """When the school's weekly digest goes out; null for none. Returns what stood before."""
    tx.require(Permission.DELIVERIES_WRITE)
    school = await schools.current(tx)
    before = school.options.get("digest")
    rest = {key: value for key, value in school.options.items() if key != "digest"}
    if weekday is not None and at is not None:
        rest["digest"] = {"weekday": weekday, "at": at.isoformat("minutes")}
    school.options = rest
    await tx.session.flush()
    return (int(before["weekday"]), time.fromisoformat(before["at"])) if before else None


async def due(tx: Tx) -> list[Round]:
    """The digests whose hour has come and that have not been sent."""
    when = (await schools.current(tx)).options.get("digest") or FRIDAY_AT_FOUR
    local = tx.now.astimezone(tx.zone)
    if local.time() < time.fromisoformat(when["at"]):
        return []
    year, week, _ = local.isocalendar()
    rounds = [Round(uuid5(tx.school_id, f"digest of {tx.today}"), "daily", tx.today, tx.today)]
    if local.weekday() == int(when["weekday"]):
        monday = tx.today - timedelta(days=tx.today.weekday())
        rounds.append(Round(uuid5(tx.school_id, f"digest {year}-{week}"), "weekly", monday, tx.today))
    sent = select(Notification.event_id).where(Notification.event_id.in_([one.event_id for one in rounds]))
    gone = set(await tx.session.scalars(sent))
    return [one for one in rounds if one.event_id not in gone]


async def _readers(tx: Tx, every: Every) -> set[UUID]:
    """Who gets this digest: those who chose it, and for the weekly one all who chose nothing, if the school sends it."""
    rows = await tx.session.execute(select(DigestChoice.person_id, DigestChoice.every))
    own: dict[UUID, str] = {row.person_id: row.every for row in rows.all()}
    chosen = {person_id for person_id, wanted in own.items() if wanted == every}
    if every == "weekly" and (await schools.current(tx)).options.get("digest"):
        chosen |= set(await tx.session.scalars(select(Guardian.id))) - set(own)
    return chosen


async def compose(tx: Tx, one: Round) -> Announcement:
    """What these days were like for each child with an absence, a late day or missing work.

    Source: tables attendance_marks, scores, guardianships.
    """
    readers = await _readers(tx, one.every)
    lines = await attendance.totals(tx, one.first, one.last) if readers else []
    noted = {line.student_id: line for line in lines if line.absent or line.late}
    missing = await missing_work(tx) if readers else {}
    sees = await _sees_marks(tx, readers)
    told = await audience.guardians_of(tx, [*noted, *(m for m in missing if m not in noted)], EventType.DIGEST)

    def said(recipient: Recipient) -> list[str]:
        found: list[str] = []
        for about in recipient.about:
            work = missing.get(about.student_id, []) if (recipient.person_id, about.student_id) in sees else []
            if words := _line(noted.get(about.student_id), work):
                found.append(f"{about.given_name}: {words}.")
        return found

    included = tuple(r for r in told.included if r.person_id in readers and said(r))
    excluded = tuple(e for e in told.excluded if e.person_id in readers)
    data = {"first": one.first.isoformat(), "last": one.last.isoformat()}
    period = "today" if one.every == "daily" else "this week"
    return Announcement(
        EventType.DIGEST, audience.Audience(EventType.DIGEST, included, excluded), {"period": period}, data,
        Priority.LOW, lambda recipient: _facts(said(recipient)),
    )  # fmt: skip


def _facts(lines: list[str]) -> Facts:
    return {"lines": lines}


def _line(line: AttendanceLine | None, missing: list[str]) -> str:
    parts = [(line.absent, "absent"), (line.late, "late")] if line else []
    words = [f"{word} {count} day{'s'[: count != 1]}" for count, word in parts if count]
    if missing:
        words.append(f"no mark yet in {', '.join(missing[:5])}{' and more' if len(missing) > 5 else ''}")
    return ", ".join(words)


async def missing_work(tx: Tx) -> Mapping[UUID, list[str]]:
    """What each student has no mark for this term although others of the class do, in announced sheets only."""
    term = await calendar.current_term(tx)
    rows = await tx.session.execute(
        select(Score.sheet_id, Score.student_id, Score.component_id, Subject.name, AssessmentComponent.name)
        .join(ScoreSheet, ScoreSheet.id == Score.sheet_id)
        .join(Subject, Subject.id == ScoreSheet.subject_id)
        .join(AssessmentComponent, AssessmentComponent.id == Score.component_id)
        .where(ScoreSheet.term_id == term.id, ScoreSheet.state == SheetState.PUBLISHED.value)
        .where(ScoreSheet.announced_at.is_not(None))
        .order_by(Subject.name, AssessmentComponent.position)
    )
    given: dict[UUID, dict[UUID, str]] = {}
    have: dict[tuple[UUID, UUID], set[UUID]] = {}
    for sheet_id, student_id, component_id, subject, component in rows.all():
        given.setdefault(sheet_id, {})[component_id] = f"{subject} {component}"
        have.setdefault((sheet_id, student_id), set()).add(component_id)
    found: dict[UUID, list[str]] = {}
    for (sheet_id, student_id), marked in have.items():
        lacking = [label for component_id, label in given[sheet_id].items() if component_id not in marked]
        if lacking:
            found.setdefault(student_id, []).extend(lacking)
    return found


async def _sees_marks(tx: Tx, readers: set[UUID]) -> set[tuple[UUID, UUID]]:
    rows = await tx.session.execute(
        select(Guardianship.guardian_id, Guardianship.student_id).where(
            Guardianship.guardian_id.in_(readers), Guardianship.sees_marks
        )
    )
    return {(guardian_id, student_id) for guardian_id, student_id in rows.all()}


async def send_due(tx: Tx) -> int:
    """Send the digests whose hour has come. Safe to repeat: one is unique on school, day or week, and person."""
    sent = 0
    for one in await due(tx):
        sent += len((await deliveries.queue(tx, one.event_id, await compose(tx, one))).notification_ids)
    return sent
