"""One timetabling problem: who teaches whom, where, and every rule. Everything that solves or checks shares this model.

Times are slots `(day, period)`, 0-based. All days have the same number of periods; a shorter day has its last slots blocked.
The JSON form of `Instance` is the neutral format "tt-heldout/1", and is also how a school's own problem is stored.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Slot = tuple[int, int]
FORMAT = "tt-heldout/1"


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Subject(_Part):
    id: str
    name: str = ""


class ClassGroup(_Part):
    """A class arm, a year, or a set. `atoms` are its smallest groups of students: two classes clash iff they share one."""

    id: str
    atoms: tuple[str, ...] = ()
    unavailable: tuple[Slot, ...] = ()
    size: int | None = None

    def atom_ids(self) -> tuple[str, ...]:
        return self.atoms or (self.id,)


class Teacher(_Part):
    id: str
    name: str = ""
    unavailable: tuple[Slot, ...] = ()

    @property
    def label(self) -> str:
        return self.name or self.id


class Room(_Part):
    id: str
    unavailable: tuple[Slot, ...] = ()
    capacity: int | None = None
    kind: str | None = None
    campus: str | None = None


class Lesson(_Part):
    """One sitting of `duration` consecutive periods. One entry in `starts` fixes it; `rooms` lists the rooms it may use."""

    id: str
    course: str = ""
    subject: str = ""
    classes: tuple[str, ...] = ()
    teachers: tuple[str, ...] = ()
    duration: int = 1
    rooms: tuple[str, ...] = ()
    starts: tuple[Slot, ...] | None = None

    @property
    def label(self) -> str:
        return self.course or self.subject or self.id


class _Rule(_Part):
    id: str = ""
    hard: bool = True
    weight: float = 1


class MinDays(_Rule):
    """Spread: each pair of the lessons lies at least `days` days apart."""

    type: Literal["min_days"]
    lessons: tuple[str, ...]
    days: int
    adjacent_if_same_day: bool = False


class _Limit(_Rule):
    """`lessons`: only these count (those of one kind, say); empty is all. `one_day_more`: on one day one more is no breach.

    A span is the periods from the first lesson of a day to the last. A building change is a lesson in another building than
    the one before it on that day; lessons without a room, or in a room without a building, are passed over.
    """

    max: int
    lessons: tuple[str, ...] = ()
    one_day_more: bool = False


class _Floor(_Rule):
    """`rest`: free periods from the last lesson of a day to the first of the next; with `circular` from the last day to
    the first too. `building_gaps`: free periods between two lessons that lie in different buildings on one day."""

    min: int
    allow_empty: bool = True
    circular: bool = False


class TeacherLimit(_Limit):
    type: Literal[
        "teacher_max_per_day",
        "teacher_max_consecutive",
        "teacher_max_days",
        "teacher_max_gaps_week",
        "teacher_max_gaps_day",
        "teacher_max_span_day",
        "teacher_max_building_changes_day",
        "teacher_max_building_changes_week",
    ]
    teachers: tuple[str, ...]


class TeacherFloor(_Floor):
    type: Literal["teacher_min_per_day", "teacher_min_days", "teacher_min_rest", "teacher_min_building_gaps"]
    teachers: tuple[str, ...]


class ClassLimit(_Limit):
    type: Literal[
        "class_max_per_day",
        "class_max_consecutive",
        "class_max_gaps_week",
        "class_max_gaps_day",
        "class_max_span_day",
        "class_max_building_changes_day",
        "class_max_building_changes_week",
    ]
    classes: tuple[str, ...]


class ClassFloor(_Floor):
    type: Literal["class_min_per_day", "class_min_rest", "class_min_building_gaps"]
    classes: tuple[str, ...]


class EarlyStart(_Rule):
    type: Literal["class_early_start"]
    classes: tuple[str, ...]
    max_late_days: int


class TeacherInterval(_Rule):
    """Days on which a teacher may have a lesson in periods `from` .. `to`-1."""

    type: Literal["teacher_interval_max_days"]
    teachers: tuple[str, ...]
    from_: Annotated[int, Field(alias="from")]
    to: int
    max: int


class ClassInterval(_Rule):
    type: Literal["class_interval_max_days"]
    classes: tuple[str, ...]
    from_: Annotated[int, Field(alias="from")]
    to: int
    max: int


class Together(_Rule):
    type: Literal["same_start", "same_day", "same_hour", "not_overlap", "grouped", "ends_class_day"]
    lessons: tuple[str, ...]


class MaxDays(_Rule):
    """Each pair of the lessons lies at most `days` days apart."""

    type: Literal["max_days_apart"]
    lessons: tuple[str, ...]
    days: int


class InOrder(_Rule):
    """`consecutive`: second follows first with nothing between; `ordered`: second comes later in the week;
    `ordered_same_day`: second comes later if both are on one day."""

    type: Literal["consecutive", "ordered", "ordered_same_day"]
    first: str
    second: str


class Apart(_Rule):
    """On one day, fewer than `gaps` free periods between a lesson of `first` and one of `second`, counted per pair.

    With `in_order` only a `first` that comes before the `second` counts ("no PE right before the lab"); without it both
    orders do (time to travel between two campuses).
    """

    type: Literal["apart"]
    first: tuple[str, ...]
    second: tuple[str, ...]
    gaps: int = 1
    in_order: bool = True


class SlotLimit(_Rule):
    """Of these slots, the lessons take at most `max` (`slots_taken`), or in each at most `max` of them run (`at_once`)."""

    type: Literal["slots_taken", "at_once"]
    lessons: tuple[str, ...]
    slots: tuple[Slot, ...]
    max: int


class SameRoom(_Rule):
    """Two of the lessons that follow one another on a day, with nothing between, are in one room."""

    type: Literal["same_room_if_consecutive"]
    lessons: tuple[str, ...]


class FewRooms(_Rule):
    """The lessons use at most `max` different rooms."""

    type: Literal["max_rooms"]
    lessons: tuple[str, ...]
    max: int


class PreferStarts(_Rule):
    type: Literal["prefer_starts"]
    lessons: tuple[str, ...]
    starts: tuple[Slot, ...]


class PreferSlots(_Rule):
    type: Literal["prefer_slots"]
    lessons: tuple[str, ...]
    slots: tuple[Slot, ...]


class PreferRooms(_Rule):
    type: Literal["prefer_rooms"]
    lessons: tuple[str, ...]
    rooms: tuple[str, ...]


Rule = Annotated[
    MinDays
    | MaxDays
    | TeacherLimit
    | TeacherFloor
    | ClassLimit
    | ClassFloor
    | EarlyStart
    | TeacherInterval
    | ClassInterval
    | Together
    | InOrder
    | Apart
    | SlotLimit
    | SameRoom
    | FewRooms
    | PreferStarts
    | PreferSlots
    | PreferRooms,
    Field(discriminator="type"),
]
RULE: TypeAdapter[Rule] = TypeAdapter(Rule)


class Instance(_Part):
    format: Literal["tt-heldout/1"] = FORMAT
    name: str = ""
    source: str = ""
    days: tuple[str, ...]
    periods: tuple[str, ...]
    blocked: tuple[Slot, ...] = ()
    subjects: tuple[Subject, ...] = ()
    classes: tuple[ClassGroup, ...] = ()
    teachers: tuple[Teacher, ...] = ()
    rooms: tuple[Room, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    rules: tuple[Rule, ...] = ()

    def slot_name(self, slot: Slot) -> str:
        return f"{self.days[slot[0]]} period {self.periods[slot[1]]}"


class Place(_Part):
    """When (and where) one lesson is."""

    day: int
    period: int
    room: str | None = None

    @property
    def slot(self) -> Slot:
        return (self.day, self.period)


Assignments = dict[str, Place]


class Solution(_Part):
    assignments: Assignments


def load_instance(path: Path) -> Instance:
    return Instance.model_validate_json(path.read_text(encoding="utf-8"))


def dump_instance(instance: Instance) -> str:
    return instance.model_dump_json(by_alias=True, indent=1)


def load_solution(path: Path) -> Assignments:
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Solution.model_validate(raw if "assignments" in raw else {"assignments": raw}).assignments


def dump_solution(assignments: Assignments) -> str:
    return Solution(assignments=assignments).model_dump_json(indent=1)
