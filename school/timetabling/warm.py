"""Compile the search once, before a person waits for it: `python -m school.timetabling.warm`. Workers call it as they start."""

from __future__ import annotations

from school.timetabling.arrays import compiled
from school.timetabling.instance import ClassGroup, Instance, Lesson, Teacher
from school.timetabling.local_search import LocalSearch
from school.timetabling.week_bounds import weeks_bound


def warm() -> None:
    """Run every compiled function once on the smallest problem; the machine code is kept on disk."""
    instance = Instance(
        days=("Mon",),
        periods=("1", "2"),
        classes=(ClassGroup(id="A"),),
        teachers=(Teacher(id="T"),),
        lessons=(Lesson(id="1", classes=("A",), teachers=("T",)), Lesson(id="2", classes=("A",), teachers=("T",))),
    )
    search = LocalSearch(compiled(instance), 1)
    search.construct(10)
    search.anneal(1.0, 10)
    found = search.best()
    search.begin(found.start, found.room)
    weeks_bound(compiled(instance))


if __name__ == "__main__":
    warm()
