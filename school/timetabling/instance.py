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


class TeacherLimit(_Rule):
    type: Literal[
        "teacher_max_per_day",
        "teacher_max_consecutive",
        "teacher_max_days",
        "teacher_max_gaps_week",
        "teacher_max_gaps_day",
    ]
    teachers: tuple[str, ...]
    max: int


class TeacherFloor(_Rule):
    type: Literal["teacher_min_per_day", "teacher_min_days"]
    teachers: tuple[str, ...]
    min: int
    allow_empty: bool = True


class ClassLimit(_Rule):
    type: Literal["class_max_per_day", "class_max_consecutive", "class_max_gaps_week", "class_max_gaps_day"]
    classes: tuple[str, ...]
    max: int


class ClassFloor(_Rule):
    type: Literal["class_min_per_day"]
    classes: tuple[str, ...]
    min: int
    allow_empty: bool = True


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


class InOrder(_Rule):
    """`consecutive`: second follows first with nothing between; `ordered`: second comes later in the week."""

    type: Literal["consecutive", "ordered"]
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
