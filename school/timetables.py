"""Timetables of the school: drafts and published ones, their lessons, and who may see which."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import Conflict, NotVisible
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school.classes import ClassArm
from school.permissions import Permission
from school.runs import RunRow
from school.timetabling.checker import Report, check
from school.timetabling.instance import Assignments, Instance, Place


class TimetableState(StrEnum):
    SOLVING = "solving"
    DRAFT = "draft"
    PUBLISHED = "published"
    FAILED = "failed"


class TimetableSetup(SchoolRow, Base):
    """The school's week, rooms and standing wishes: a timetable request without its teacher assignments."""

    __tablename__ = "timetable_setups"

    body: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (UniqueConstraint("school_id"),)


class Timetable(SchoolRow, Base):
    """One version. `problem` is the instance it solves; of published ones, the latest begun counts."""

    __tablename__ = "timetables"

    name: Mapped[str]
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(default=TimetableState.DRAFT.value)
    problem: Mapped[dict[str, Any]]
    clock: Mapped[dict[str, Any]]
    """When the periods begin and end: `starts_at`, `period_minutes`, `pauses` {after period: minutes}."""
    version: Mapped[int] = mapped_column(default=1)
    hard: Mapped[int] = mapped_column(default=0)
    soft: Mapped[Decimal] = mapped_column(Numeric(12, 2), default=Decimal(0))
    bound: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    improvements: Mapped[list[Any]] = mapped_column(default=list)
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    seed: Mapped[int] = mapped_column(default=1)
    run_id: Mapped[UUID | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"), index=True)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("timetables.id", ondelete="SET NULL"))
    starts_on: Mapped[date | None]
    published_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("school_id", "name"),
        CheckConstraint("state IN ('solving', 'draft', 'published', 'failed')", name="state"),
        Index("ix_timetables_current", "school_id", "state", "starts_on"),
    )


class TimetableLesson(SchoolRow, Base):
    """One sitting. `day` and `period` count from 0 and are null while it is not placed."""

    __tablename__ = "timetable_lessons"

    timetable_id: Mapped[UUID] = mapped_column(ForeignKey("timetables.id", ondelete="CASCADE"))
    key: Mapped[str]
    label: Mapped[str]
    subject: Mapped[str]
    group_names: Mapped[list[str]]
    class_arm_ids: Mapped[list[str]]
    teacher_ids: Mapped[list[str]]
    teacher_names: Mapped[list[str]]
    duration: Mapped[int]
    day: Mapped[int | None]
    period: Mapped[int | None]
    room: Mapped[str | None]
    locked: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("timetable_id", "key"),
        CheckConstraint("duration >= 1", name="duration"),
    )


class TimetableNotDraft(Conflict):
    """Published, or still being worked out."""

    code = "timetable_not_draft"


class NoTimetableYet(NotVisible):
    code = "no_timetable_yet"


async def access_timetable(tx: Tx, timetable_id: UUID, *, lock: bool = False) -> Timetable:
    """Fetch a timetable: a published one for everybody, others only for those who make timetables."""
    found = await tx.session.get(Timetable, timetable_id, with_for_update=lock)
    if found is None or not (
        found.state == TimetableState.PUBLISHED.value or tx.caller.may(Permission.TIMETABLES_WRITE)
    ):
        raise NotVisible("There is no such timetable.")
    return found


async def access_draft(tx: Tx, timetable_id: UUID, version: int | None = None) -> Timetable:
    """Fetch a timetable for change: the caller may make timetables, and it is a draft."""
    found = await access_timetable(tx, timetable_id, lock=not tx.read_only)
    tx.require(Permission.TIMETABLES_WRITE)
    if found.state != TimetableState.DRAFT.value:
        how = "published: make a draft from it first" if found.state == "published" else f"{found.state}"
        raise TimetableNotDraft(f"“{found.name}” is {how}.", state=found.state)
    return found


async def current(tx: Tx, on: date | None = None) -> Timetable:
    """The timetable in force on a day (default today)."""
    found = await current_or_none(tx, on)
    if found is None:
        raise NoTimetableYet("No timetable has been published yet.")
    return found


async def current_or_none(tx: Tx, on: date | None = None) -> Timetable | None:
    query = (
        select(Timetable)
        .where(Timetable.state == TimetableState.PUBLISHED.value, Timetable.starts_on <= (on or tx.today))
        .order_by(Timetable.starts_on.desc(), Timetable.published_at.desc())
    )
    found: Timetable | None = await tx.session.scalar(query.limit(1))
    return found


async def listed(tx: Tx) -> list[Timetable]:
    """The timetables the caller may see, the newest first."""
    query = select(Timetable).order_by(Timetable.created_at.desc())
    if not tx.caller.may(Permission.TIMETABLES_WRITE):
        query = query.where(Timetable.state == TimetableState.PUBLISHED.value)
    return list(await tx.session.scalars(query))


async def lessons_of(tx: Tx, timetable: Timetable) -> list[TimetableLesson]:
    query = select(TimetableLesson).where(TimetableLesson.timetable_id == timetable.id)
    return list(
        await tx.session.scalars(query.order_by(TimetableLesson.day, TimetableLesson.period, TimetableLesson.key))
    )


def instance_of(timetable: Timetable) -> Instance:
    return Instance.model_validate(timetable.problem)


def assignments_of(lessons: Collection[TimetableLesson]) -> Assignments:
    return {
        row.key: Place(day=row.day, period=row.period, room=row.room)
        for row in lessons
        if row.day is not None and row.period is not None
    }


async def free_name(tx: Tx, wanted: str) -> str:
    """The name, or the name with a number where it is taken."""
    taken = set(await tx.session.scalars(select(Timetable.name).where(Timetable.name.startswith(wanted))))
    return next(n for n in (wanted, *(f"{wanted} ({k})" for k in range(2, 10_000))) if n not in taken)


async def add(tx: Tx, name: str, session_id: UUID, instance: Instance, clock: dict[str, Any], **rest: Any) -> Timetable:
    """A new timetable without lessons."""
    row = Timetable(
        id=new_id(), school_id=tx.school_id, name=await free_name(tx, name), session_id=session_id,
        problem=instance.model_dump(mode="json", by_alias=True), clock=clock, created_at=tx.now, updated_at=tx.now,
        version=1, hard=0, soft=Decimal(0), **({"improvements": [], "reasons": [], "seed": 1, "state": "draft"} | rest),
    )  # fmt: skip
    tx.session.add(row)
    await tx.session.flush()
    return row


async def keep_lessons(
    tx: Tx, timetable: Timetable, instance: Instance, assignments: Assignments, locked: Collection[str] = ()
) -> Report:
    """Write all lessons of a timetable as these assignments have them, with the checked cost."""
    names = {name: str(key) for key, name in (await tx.session.execute(select(ClassArm.id, ClassArm.name))).all()}
    teachers = {t.id: t.label for t in instance.teachers}
    await tx.session.execute(delete(TimetableLesson).where(TimetableLesson.timetable_id == timetable.id))
    rows: list[dict[str, Any]] = []
    for lesson in instance.lessons:
        place = assignments.get(lesson.id)
        rows.append(
            {
                "id": new_id(), "school_id": tx.school_id, "timetable_id": timetable.id, "key": lesson.id,
                "label": lesson.label, "subject": lesson.subject, "group_names": list(lesson.classes),
                "class_arm_ids": class_arms_of(lesson.classes, names), "teacher_ids": list(lesson.teachers),
                "teacher_names": [teachers.get(t, t) for t in lesson.teachers], "duration": lesson.duration,
                "day": place.day if place else None, "period": place.period if place else None,
                "room": place.room if place else None, "locked": lesson.id in locked, "created_at": tx.now,
            }
        )  # fmt: skip
    if rows:
        await tx.session.execute(insert(TimetableLesson), rows)
    return await priced(tx, timetable, instance, assignments)


async def priced(tx: Tx, timetable: Timetable, instance: Instance, assignments: Assignments) -> Report:
    """Check the timetable and keep its cost with it."""
    report = check(instance, assignments)
    timetable.hard, timetable.soft = report.hard, Decimal(str(round(report.soft, 2)))
    timetable.version += 1
    timetable.updated_at = tx.now
    await tx.session.flush()
    return report


async def place(tx: Tx, timetable: Timetable, assignments: Assignments) -> tuple[str, ...]:
    """Move lessons to where these assignments have them; the keys of those that moved."""
    changed: list[str] = []
    for row in await lessons_of(tx, timetable):
        wanted = assignments.get(row.key)
        if wanted and (row.day, row.period, row.room) != (wanted.day, wanted.period, wanted.room):
            row.day, row.period, row.room = wanted.day, wanted.period, wanted.room
            changed.append(row.key)
    await tx.session.flush()
    return tuple(changed)


async def remove(tx: Tx, timetable: Timetable) -> None:
    """Delete a timetable with its lessons; a run that is still at it is asked to stop."""
    if timetable.run_id is not None and timetable.state == TimetableState.SOLVING.value:
        run = await tx.session.get(RunRow, timetable.run_id)
        if run is not None:
            run.cancel_asked = True
    await tx.session.delete(timetable)
    await tx.session.flush()


def class_arms_of(groups: Sequence[str], names: dict[str, str]) -> list[str]:
    """Ids of the class arms that groups are, or are parts of ("JSS 1 Ruby, French")."""
    found = [names.get(group) or names.get(group.rsplit(", ", 1)[0]) for group in groups]
    return [key for key in dict.fromkeys(found) if key]
