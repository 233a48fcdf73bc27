"""A bound from whole weeks: what days and gaps together cost, and what teachers cost for the periods of the classes."""

from typing import Any

from school.timetabling.arrays import compiled
from school.timetabling.bounds import lower_bound
from school.timetabling.instance import Instance
from school.timetabling.week_bounds import weeks_bound


def problem(days: int, periods: int, courses: dict[str, tuple[str, int]], rules: list[dict[str, Any]]) -> Instance:
    """`courses`: by class, the teacher and how many lessons a week."""
    lessons = [
        {"id": f"{name} {n}", "course": name, "classes": [name], "teachers": [teacher]}
        for name, (teacher, count) in courses.items()
        for n in range(count)
    ]
    return Instance.model_validate(
        {
            "days": [str(d) for d in range(days)],
            "periods": [str(p) for p in range(periods)],
            "classes": [{"id": name} for name in courses],
            "teachers": [{"id": teacher} for teacher in sorted({t for t, _ in courses.values()})],
            "lessons": lessons,
            "rules": rules,
        }
    )


def test_lessons_two_days_apart_in_four_days_leave_no_day_without_a_gap():
    courses = {f"C{n}": ("T", 2) for n in range(12)}
    rules: list[dict[str, Any]] = [
        {"type": "teacher_max_per_day", "teachers": ["T"], "max": 7},
        {"type": "teacher_max_consecutive", "teachers": ["T"], "max": 4, "hard": False, "weight": 2},
        {"type": "teacher_max_gaps_week", "teachers": ["T"], "max": 3, "hard": False, "weight": 1},
    ]
    for name in courses:
        pair = [f"{name} 0", f"{name} 1"]
        rules.append({"type": "min_days", "lessons": pair, "days": 1})
        rules.append({"type": "min_days", "lessons": pair, "days": 2, "hard": False, "weight": 1})
    found = weeks_bound(compiled(problem(4, 8, courses, rules)))
    assert found is not None
    assert found[1] == {"T": 1.0}


def test_classes_that_begin_with_the_day_cost_the_teachers_who_wish_to_begin_later():
    courses = {"A": ("T1", 2), "B": ("T2", 2)}
    rules: list[dict[str, Any]] = [
        {"type": "class_max_gaps_week", "classes": ["A", "B"], "max": 0},
        {"type": "class_early_start", "classes": ["A", "B"], "max_late_days": 0},
        {
            "type": "prefer_slots",
            "lessons": ["A 0", "A 1", "B 0", "B 1"],
            "slots": [(0, 1), (0, 2)],
            "hard": False,
            "weight": 1,
        },
    ]
    instance = problem(1, 4, courses, rules)
    found = weeks_bound(compiled(instance))
    assert found is not None
    assert sum(found[1].values()) == 0
    assert lower_bound(instance) == 2
