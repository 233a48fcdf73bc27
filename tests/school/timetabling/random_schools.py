"""Small random problems that use every kind of rule, and random timetables for them."""

import random
from typing import Any

from school.timetabling.instance import Assignments, Instance, Place

DAYS, PERIODS = 4, 5


def random_instance(seed: int, *, rules: int = 14, hard_share: float = 0.2) -> Instance:
    """Three classes (one of them split in two sets), four teachers, three rooms, and `rules` rules of any kind."""
    rng = random.Random(seed)
    slots = [(d, p) for d in range(DAYS) for p in range(PERIODS)]
    classes = [
        {"id": "A", "atoms": ["A1", "A2"], "unavailable": rng.sample(slots, 1)},
        {"id": "A-set", "atoms": ["A1"]},
        {"id": "B", "atoms": ["B"], "unavailable": []},
        {"id": "C", "atoms": ["C"], "unavailable": rng.sample(slots, 1)},
    ]
    teachers = [{"id": f"T{i}", "name": f"Teacher {i}", "unavailable": rng.sample(slots, 2)} for i in range(4)]
    rooms = [
        {"id": f"R{i}", "unavailable": rng.sample(slots, 1), "campus": campus}
        for i, campus in enumerate(("North", "South", None))
    ]
    lessons = [
        {
            "id": f"L{i}",
            "course": f"course {i}",
            "classes": [rng.choice(["A", "A-set", "B", "C"])],
            "teachers": [f"T{rng.randrange(4)}"],
            "duration": rng.choice([1, 1, 1, 2]),
            "rooms": rng.choice([[], ["R0", "R1"], ["R0", "R1"], ["R2"]]),
            "starts": None if rng.random() < 0.8 else rng.sample(slots, 10),
        }
        for i in range(18)
    ]
    return Instance.model_validate(
        {
            "name": f"random {seed}",
            "days": ["Mon", "Tue", "Wed", "Thu"],
            "periods": [str(p + 1) for p in range(PERIODS)],
            "blocked": [[1, 2]],
            "classes": classes,
            "teachers": teachers,
            "rooms": rooms,
            "lessons": lessons,
            "rules": [_rule(rng, i, rng.random() < hard_share) for i in range(rules)],
        }
    )


def _rule(rng: random.Random, number: int, hard: bool) -> dict[str, Any]:
    slots = [(d, p) for d in range(DAYS) for p in range(PERIODS)]
    teachers = rng.sample(["T0", "T1", "T2", "T3"], 2)
    classes = rng.sample(["A", "A-set", "B", "C"], 2)
    lessons = rng.sample([f"L{i}" for i in range(18)], 3)
    most = rng.randint(0, 3)
    choices: list[dict[str, Any]] = [
        {"type": "min_days", "lessons": lessons, "days": rng.randint(1, 2), "adjacent_if_same_day": rng.random() < 0.3},
        *({"type": f"teacher_{kind}", "teachers": teachers, "max": most + 1}
          for kind in ("max_per_day", "max_consecutive", "max_days", "max_gaps_week", "max_gaps_day")),
        {"type": "teacher_min_per_day", "teachers": teachers, "min": 2, "allow_empty": rng.random() < 0.7},
        {"type": "teacher_min_days", "teachers": teachers, "min": 3},
        *({"type": f"class_{kind}", "classes": classes, "max": most}
          for kind in ("max_per_day", "max_consecutive", "max_gaps_week", "max_gaps_day")),
        {"type": "class_min_per_day", "classes": classes, "min": 2, "allow_empty": rng.random() < 0.7},
        {"type": "class_early_start", "classes": classes, "max_late_days": rng.randint(0, 2)},
        {"type": "teacher_interval_max_days", "teachers": teachers, "from": 2, "to": 4, "max": 1},
        {"type": "class_interval_max_days", "classes": classes, "from": 0, "to": 2, "max": 2},
        *({"type": kind, "lessons": lessons}
          for kind in ("same_day", "same_hour", "not_overlap", "grouped", "ends_class_day")),
        {"type": "same_start", "lessons": lessons, "hard": False},
        {"type": "consecutive", "first": lessons[0], "second": lessons[1]},
        {"type": "ordered", "first": lessons[0], "second": lessons[1]},
        {"type": "apart", "first": lessons[:2], "second": lessons[1:], "gaps": rng.randint(1, 2),
         "in_order": rng.random() < 0.5},
        *({"type": f"{who}_{kind}", key: value, "max": most // 2}
          for who, key, value in (("teacher", "teachers", teachers), ("class", "classes", classes))
          for kind in ("max_building_changes_day", "max_building_changes_week")),
        {"type": "teacher_min_building_gaps", "teachers": teachers, "min": 1},
        {"type": "class_min_building_gaps", "classes": classes, "min": 2},
        {"type": "teacher_max_span_day", "teachers": teachers, "max": most, "one_day_more": rng.random() < 0.5},
        {"type": "class_max_span_day", "classes": classes, "max": most + 1},
        {"type": "teacher_min_rest", "teachers": teachers, "min": most + 1, "circular": rng.random() < 0.5},
        {"type": "class_min_rest", "classes": classes, "min": 3},
        {"type": "teacher_max_per_day", "teachers": teachers, "max": 1, "lessons": [f"L{i}" for i in range(0, 18, 2)]},
        {"type": "class_max_consecutive", "classes": classes, "max": 1, "lessons": [f"L{i}" for i in range(9)]},
        {"type": "class_max_gaps_day", "classes": classes, "max": 0, "lessons": [f"L{i}" for i in range(9)]},
        {"type": "max_days_apart", "lessons": lessons, "days": rng.randint(0, 2)},
        {"type": "ordered_same_day", "first": lessons[0], "second": lessons[1]},
        {"type": "slots_taken", "lessons": lessons, "slots": rng.sample(slots, 8), "max": 1},
        {"type": "at_once", "lessons": [f"L{i}" for i in range(12)], "slots": rng.sample(slots, 8), "max": 1},
        {"type": "same_room_if_consecutive", "lessons": [f"L{i}" for i in range(14)]},
        {"type": "max_rooms", "lessons": [*lessons, "L17"], "max": 1},
        {"type": "prefer_starts", "lessons": lessons, "starts": rng.sample(slots, 8)},
        {"type": "prefer_slots", "lessons": lessons, "slots": rng.sample(slots, 12)},
        {"type": "prefer_rooms", "lessons": lessons, "rooms": rng.sample(["R0", "R1", "R2"], 1)},
    ]  # fmt: skip
    return {"id": f"rule{number}", "hard": hard, "weight": rng.choice([1, 2, 2.5]), **rng.choice(choices)}


def random_timetable(instance: Instance, seed: int) -> Assignments:
    """Every lesson somewhere in the week, with no regard to anything."""
    rng = random.Random(seed)
    return {
        lesson.id: Place(
            day=rng.randrange(DAYS),
            period=rng.randrange(PERIODS - lesson.duration + 1),
            room=rng.choice(lesson.rooms) if lesson.rooms else None,
        )
        for lesson in instance.lessons
    }
