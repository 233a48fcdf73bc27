"""Who can stand in for a teacher who is away: free then, and how well they fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from pydantic import BaseModel

from school.timetabling.instance import Assignments, Instance, Lesson, Place, Slot


class CoverOption(BaseModel, frozen=True):
    """A teacher free for the whole lesson. `fits`: 2 teaches the subject, 1 teaches the class, 0 neither."""

    teacher: str
    name: str
    fits: int
    why: str
    periods_that_day: int


class CoverNeed(BaseModel, frozen=True):
    """One lesson without its teacher, and who could take it, best first."""

    lesson: str
    label: str
    day: int
    period: int
    options: tuple[CoverOption, ...]


def cover(
    instance: Instance, assignments: Assignments, teacher: str, slots: set[Slot], most: int = 5,
    also_busy: Mapping[str, set[Slot]] | None = None, away: Collection[str] = (),
) -> list[CoverNeed]:  # fmt: skip
    """For each lesson of the teacher that touches the slots: who is free then, best fitting and least loaded first."""
    lessons = {lesson.id: lesson for lesson in instance.lessons}
    busy: dict[str, set[Slot]] = defaultdict(set)
    for key, place in assignments.items():
        for who in lessons[key].teachers:
            busy[who] |= taken(lessons[key], place)
    for who, more in (also_busy or {}).items():
        busy[who] |= more
    out = {teacher, *away}
    needs: list[CoverNeed] = []
    for key, place in sorted(assignments.items(), key=lambda item: item[1].slot):
        wanted = taken(lessons[key], place)
        if teacher not in lessons[key].teachers or not wanted & slots:
            continue
        options = _options(instance, lessons[key], wanted, busy, out)
        needs.append(
            CoverNeed(
                lesson=key, label=lessons[key].label, day=place.day, period=place.period, options=tuple(options[:most])
            )
        )
    return needs


def taken(lesson: Lesson, place: Place) -> set[Slot]:
    return {(place.day, place.period + i) for i in range(lesson.duration)}


def _options(
    instance: Instance, lesson: Lesson, wanted: set[Slot], busy: dict[str, set[Slot]], out: set[str]
) -> list[CoverOption]:
    day = next(iter(wanted))[0]
    options: list[CoverOption] = []
    for teacher in instance.teachers:
        if teacher.id in out or wanted & busy[teacher.id] or wanted & set(teacher.unavailable):
            continue
        own = [item for item in instance.lessons if teacher.id in item.teachers]
        same_subject = any(item.subject and item.subject == lesson.subject for item in own)
        same_class = any(set(item.classes) & set(lesson.classes) for item in own)
        load = sum(d == day for d, _ in busy[teacher.id])
        fits = 2 if same_subject else 1 if same_class else 0
        why = {2: f"teaches {lesson.subject}", 1: "teaches this class", 0: "is free then"}[fits]
        options.append(CoverOption(teacher=teacher.id, name=teacher.label, fits=fits, why=why, periods_that_day=load))
    return sorted(options, key=lambda o: (-o.fits, o.periods_that_day, o.name))
