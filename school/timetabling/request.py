"""The request for a timetable as people and programs send it: the week, who teaches what to whom, and the wishes.

Names and ids are the sender's own. Days and periods count from 1. `to_instance` turns it into the problem that is solved.
"""

from __future__ import annotations

from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Name = Annotated[str, Field(min_length=1, max_length=200)]
Weight = Annotated[float, Field(gt=0, le=1000, description="How much it matters; 1 is usual, 2 matters twice as much.")]
Periods = Annotated[int, Field(ge=1, le=60)]
DayNumber = Annotated[int, Field(ge=1, le=14, description="Day of the week the timetable begins with, from 1.")]
PeriodNumber = Annotated[int, Field(ge=1, le=30, description="Period of the day, from 1.")]


class Part(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _null_is_nothing(cls, sent: Any) -> Any:
        """Programs in Go send null for an empty list: it means the same as leaving it out."""
        if isinstance(sent, dict):
            return {key: value for key, value in cast("dict[str, Any]", sent).items() if value is not None}
        return sent


class When(Part):
    """Some periods of some days; empty lists mean all of them."""

    days: tuple[DayNumber, ...] = ()
    periods: tuple[PeriodNumber, ...] = ()


class Break(Part):
    """`period` closes a period (assembly, a break that takes one); `after_period` is a pause no double runs across."""

    name: str = "Break"
    day: DayNumber | None = None
    period: PeriodNumber | None = None
    after_period: PeriodNumber | None = None
    minutes: Annotated[int, Field(ge=0, le=240)] = 20


class TeacherAssignment(Part):
    """The teacher teaches the subject to the class so many periods a week. More teachers or classes share the lessons."""

    teacher_id: Name
    subject_id: Name
    class_arm_id: Name
    periods_per_week: Periods
    with_teachers: tuple[Name, ...] = ()
    with_classes: tuple[Name, ...] = ()


class PreferredSlot(Part):
    """Lessons of a subject, a teacher or a class (those named) go into these times; with `avoid`, not into them."""

    subject_id: Name | None = None
    teacher_id: Name | None = None
    class_arm_id: Name | None = None
    days: tuple[DayNumber, ...] = ()
    periods: tuple[PeriodNumber, ...] = ()
    avoid: bool = False
    must: bool = False
    weight: Weight = 1


class DoublePeriod(Part):
    """How many of a subject's lessons are `length` periods in a row (2 or 3), for one class or for all."""

    subject_id: Name
    class_arm_id: Name | None = None
    count: Annotated[int, Field(ge=1, le=10)] = 1
    length: Annotated[int, Field(ge=2, le=4)] = 2


class RoomConstraint(Part):
    """A subject needs one of these rooms, or any room of a kind; or `at_once` of them at the same time."""

    subject_id: Name
    class_arm_id: Name | None = None
    room_id: Name | None = None
    room_ids: tuple[Name, ...] = ()
    kind: Name | None = None
    at_once: Annotated[int, Field(ge=1, le=10, description="Rooms that each lesson takes at the same time.")] = 1


class RoomGiven(Part):
    id: Name
    kind: str | None = None
    capacity: Annotated[int, Field(ge=1, le=5000)] | None = None
    campus: str | None = None
    unavailable: tuple[When, ...] = ()


class TeacherLimits(Part):
    """A teacher's days and hours. `max_gaps` and `max_consecutive` are wishes; the rest must hold."""

    teacher_id: Name
    unavailable: tuple[When, ...] = ()
    max_days: Annotated[int, Field(ge=1, le=14)] | None = None
    max_per_day: Annotated[int, Field(ge=1, le=30)] | None = None
    min_per_day: Annotated[int, Field(ge=1, le=30)] | None = None
    max_consecutive: Annotated[int, Field(ge=1, le=30)] | None = None
    max_gaps: Annotated[int, Field(ge=0, le=100)] | None = None


class Parallel(Part):
    """Subjects a class chooses between: taught at the same time, each to its part of the class."""

    class_arm_ids: Annotated[tuple[Name, ...], Field(min_length=1)]
    subject_ids: Annotated[tuple[Name, ...], Field(min_length=2)]


class TimetableConstraints(Part):
    teacher_assignments: tuple[TeacherAssignment, ...] = ()
    preferred_slots: tuple[PreferredSlot, ...] = ()
    avoid_consecutive: tuple[Name, ...] = ()
    """Two subjects in the order that is unwanted: "PE, Science Lab" or "No PE right before Science Lab"."""
    double_periods: tuple[DoublePeriod, ...] = ()
    max_periods_per_day: dict[str, Annotated[int, Field(ge=1, le=30)]] = Field(default_factory=dict)
    """By teacher; "*" is for all who are not named."""
    room_constraints: tuple[RoomConstraint, ...] = ()
    rooms: tuple[RoomGiven, ...] = ()
    teachers: tuple[TeacherLimits, ...] = ()
    parallel: tuple[Parallel, ...] = ()
    class_sizes: dict[str, Annotated[int, Field(ge=0, le=5000)]] = Field(default_factory=dict)
    travel_periods: Annotated[int, Field(ge=0, le=4)] = 0
    """Free periods a teacher needs between two campuses on one day."""


class TimetableRequest(Part):
    """Everything a timetable is made from. What is left out of the constraints is filled from the school's record."""

    school_id: str | None = None
    session_id: str | None = None
    days_per_week: Annotated[int, Field(ge=1, le=7)] = 5
    periods_per_day: Annotated[int, Field(ge=1, le=30)] = 8
    period_duration: Annotated[int, Field(ge=5, le=240, description="Minutes.")] = 40
    starts_at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "08:00"
    shorter_days: dict[Annotated[int, Field(ge=1, le=7)], PeriodNumber] = Field(default_factory=dict)
    """Periods on days that are shorter: {5: 6} lets Friday end after the sixth."""
    breaks: tuple[Break, ...] = (Break(after_period=4),)
    constraints: TimetableConstraints = TimetableConstraints()

    @property
    def day_names(self) -> tuple[str, ...]:
        return WEEKDAYS[: self.days_per_week]
