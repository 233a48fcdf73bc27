"""What may not move, and who is away: an instance with a timetable's lessons fixed, or a teacher's absence added."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from school.timetabling.instance import Assignments, Instance, Lesson, Slot


def absent(instance: Instance, teacher: str, slots: Iterable[Slot]) -> Instance:
    """The instance in which the teacher is also away in these slots."""
    teachers = tuple(
        item.model_copy(update={"unavailable": tuple(sorted({*item.unavailable, *slots}))})
        if item.id == teacher
        else item
        for item in instance.teachers
    )
    return instance.model_copy(update={"teachers": teachers})


def day_slots(instance: Instance, day: int) -> list[Slot]:
    return [(day, period) for period in range(len(instance.periods))]


def locked(instance: Instance, assignments: Assignments, lessons: Collection[str]) -> Instance:
    """The instance in which these lessons stay exactly where (and in which room) they are."""

    def fixed(lesson: Lesson) -> Lesson:
        place = assignments.get(lesson.id)
        if lesson.id not in lessons or place is None:
            return lesson
        rooms = (place.room,) if lesson.rooms and place.room else lesson.rooms
        return lesson.model_copy(update={"starts": (place.slot,), "rooms": rooms})

    return instance.model_copy(update={"lessons": tuple(fixed(lesson) for lesson in instance.lessons)})


def moved(before: Assignments, after: Assignments) -> tuple[str, ...]:
    """Lessons that are at another time, in another room, or in only one of the two."""
    return tuple(sorted(key for key in {*before, *after} if before.get(key) != after.get(key)))
