"""Attendance in figures: by day, week, day of the week and class, and whose is low. Excused days count for nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from pydantic import AwareDatetime, Field
from sqlalchemy import ARRAY, Date, Uuid, bindparam, select, text

from runtime.transaction import Tx
from school import attendance, attendance_levels
from school.analytics_scope import Covered, Filters, Named, Scope, open_scope
from school.people import Person
from school.units import Percent, Value

P = TypeVar("P", bound="Presences")
K = TypeVar("K", int, date)
LISTED = 50
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# One pass over the marks: by class and day, and by student.
_MARKS = text("""
WITH days AS MATERIALIZED (
    SELECT id, class_arm_id, taken_on FROM registers
    WHERE class_arm_id = ANY(:arms) AND taken_on BETWEEN :first AND :last
)
SELECT d.class_arm_id, d.taken_on, m.student_id,
       count(*) FILTER (WHERE m.presence = 'present') AS present, count(*) FILTER (WHERE m.presence = 'late') AS late,
       count(*) FILTER (WHERE m.presence = 'absent') AS absent, count(*) FILTER (WHERE m.presence = 'excused') AS excused
FROM days d JOIN attendance_marks m ON m.register_id = d.id
WHERE CAST(:students AS uuid[]) IS NULL OR m.student_id = ANY(:students)
GROUP BY GROUPING SETS ((d.class_arm_id, d.taken_on), (m.student_id))
""").bindparams(
    bindparam("arms", type_=ARRAY(Uuid)), bindparam("students", type_=ARRAY(Uuid)), bindparam("first", type_=Date),
    bindparam("last", type_=Date),
)  # fmt: skip


@dataclass(slots=True)
class Counted:
    """Marks added up."""

    present: int = 0
    late: int = 0
    absent: int = 0
    excused: int = 0

    def add(self, other: "Counted") -> None:
        self.present += other.present
        self.late += other.late
        self.absent += other.absent
        self.excused += other.excused

    @property
    def rate(self) -> Decimal | None:
        return attendance.rate(self.present + self.late, self.absent)


class Presences(Value):
    present: int
    late: int
    absent: int
    excused: int
    rate: Percent | None = Field(description="Present and late over all days but excused ones.")


class DayFigures(Presences):
    day: date


class WeekFigures(Presences):
    week: date = Field(description="The Monday of the week.")


class WeekdayFigures(Presences):
    weekday: str


class ClassAttendance(Presences):
    class_arm: Named
    registers: int = Field(description="Days a register was taken.")


class LowAttendance(Presences):
    student: Named
    level: str = Field(description="warning or urgent, by the school's own thresholds.")


class AttendanceAnalysis(Value):
    covered: Covered
    together: Presences
    days: list[DayFigures]
    weeks: list[WeekFigures]
    weekdays: list[WeekdayFigures] = Field(description="Which days of the week are missed, Monday first.")
    classes: list[ClassAttendance]
    low: list[LowAttendance] = Field(
        description="Students under the school's warning threshold, lowest first; at most 50."
    )
    low_count: int
    urgent_count: int
    warning_below: Percent
    urgent_below: Percent
    as_of: AwareDatetime


@dataclass(frozen=True, slots=True)
class Marked:
    """Marks added up both ways."""

    by_class_day: dict[tuple[UUID, date], Counted]
    by_student: dict[UUID, Counted]


async def add_up(tx: Tx, scope: Scope) -> Marked:
    """The marks of a scope, by class and day and by student, in one pass.

    Source: tables registers, attendance_marks.
    """
    rows = await tx.session.execute(
        _MARKS,
        {"arms": list(scope.arms), "first": scope.first_day, "last": scope.last_day,
         "students": list(scope.filters.student_ids) or None},
    )  # fmt: skip
    found = Marked({}, {})
    for arm_id, day, student_id, *counts in rows:
        if student_id is None:
            found.by_class_day[arm_id, day] = Counted(*counts)
        else:
            found.by_student[student_id] = Counted(*counts)
    return found


async def analyse(tx: Tx, filters: Filters) -> AttendanceAnalysis:
    """Attendance of a scope. Whose is low is said from the tenth day on, as when it is told.

    Errors: those of `open_scope`.
    Source: tables registers, attendance_marks.
    """
    scope = await open_scope(tx, filters)
    return await of_marks(tx, scope, await add_up(tx, scope))


async def of_marks(tx: Tx, scope: Scope, found: Marked) -> AttendanceAnalysis:
    """What marks added up say."""
    levels = await attendance_levels.thresholds(tx)
    low = _low(found.by_student, levels)
    by_arm: dict[UUID, list[Counted]] = defaultdict(list)
    for (arm_id, _), counted in found.by_class_day.items():
        by_arm[arm_id].append(counted)
    names = await _names(tx, [student_id for student_id, _, _ in low[:LISTED]])
    return AttendanceAnalysis(
        covered=scope.covered(), together=_presences(Presences, found.by_class_day.values()), as_of=tx.now,
        days=[_presences(DayFigures, some, day=day) for day, some in _by(found, lambda arm, day: day)],
        weeks=[_presences(WeekFigures, some, week=week) for week, some in _by(found, lambda arm, day: day - timedelta(days=day.weekday()))],
        weekdays=[_presences(WeekdayFigures, some, weekday=WEEKDAYS[n]) for n, some in _by(found, lambda arm, day: day.weekday())],
        classes=[
            _presences(ClassAttendance, own, class_arm=Named(id=arm.id, name=arm.name), registers=len(own))
            for arm in scope.arms.values() for own in [by_arm.get(arm.id, [])]
        ],
        low=[_presences(LowAttendance, [counted], student=Named(id=key, name=names.get(key, "")), level=level) for key, counted, level in low[:LISTED]],
        low_count=len(low), urgent_count=sum(level == "urgent" for _, _, level in low), urgent_below=levels[0],
        warning_below=levels[min(1, len(levels) - 1)],
    )  # fmt: skip


def _by(found: Marked, key: Callable[[UUID, date], K]) -> list[tuple[K, list[Counted]]]:
    grouped: dict[K, list[Counted]] = defaultdict(list)
    for (arm_id, day), counted in found.by_class_day.items():
        grouped[key(arm_id, day)].append(counted)
    return sorted(grouped.items(), key=lambda pair: pair[0])


def _presences(kind: type[P], some: Iterable[Counted], **more: object) -> P:
    whole = Counted()
    for counted in some:
        whole.add(counted)
    return kind.model_validate(
        {"present": whole.present, "late": whole.late, "absent": whole.absent, "excused": whole.excused, "rate": whole.rate}
        | more
    )  # fmt: skip


def _low(by_student: dict[UUID, Counted], levels: Sequence[Decimal]) -> list[tuple[UUID, Counted, str]]:
    warning = levels[min(1, len(levels) - 1)]
    found = [
        (rate, key, counted) for key, counted in by_student.items()
        if (rate := counted.rate) is not None and rate < warning
        and counted.present + counted.late + counted.absent >= attendance_levels.FEWEST_DAYS
    ]  # fmt: skip
    ordered = sorted(found, key=lambda each: (each[0], str(each[1])))
    return [(key, counted, "urgent" if rate < levels[0] else "warning") for rate, key, counted in ordered]


async def _names(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, str]:
    return {one.id: one.full_name for one in await tx.session.scalars(select(Person).where(Person.id.in_(ids)))}
