"""Schools to make timetables for: nearly full weeks, doubles in labs, part-time teachers. The same seed, the same school."""

import random
from collections import defaultdict
from typing import Any

from school.timetabling.instance import Instance

# subject, periods a week, pool of teachers, teachers a twenty classes, rooms
SUBJECTS = (
    ("Mathematics", 5, "maths"), ("English", 5, "english"), ("Science", 4, "science"), ("Geography", 2, "humanities"),
    ("History", 2, "humanities"), ("Civics", 2, "humanities"), ("Religion", 2, "humanities"), ("French", 3, "french"),
    ("Computing", 1, "computing"), ("PE", 2, "sport"), ("Art", 1, "arts"), ("Music", 1, "arts"),
    ("Agriculture", 2, "practical"), ("Business", 2, "practical"), ("Home Economics", 2, "practical"),
)  # fmt: skip
POOLS = {
    "maths": 4,
    "english": 4,
    "science": 3,
    "humanities": 7,
    "french": 2,
    "computing": 1,
    "sport": 2,
    "arts": 2,
    "practical": 5,
}
DAYS, PERIODS = 5, 8


def school(classes: int = 20, seed: int = 1) -> Instance:
    """`classes` in multiples of 20: 36 of 40 periods taught, 15 subjects, 30 teachers and two labs to 20 classes."""
    rng, size = random.Random(seed), classes // 20
    names = [f"{1 + n % 6}{'ABCDEFGHIJKLMNOPQRSTUVWX'[n // 6]}" for n in range(classes)]
    teachers = [(f"{pool} {n + 1}", pool) for pool, count in POOLS.items() for n in range(count * size)]
    load: dict[str, int] = dict.fromkeys((name for name, _ in teachers), 0)
    rooms = {"Science": [f"Lab {n + 1}" for n in range(2 * size)], "Computing": [f"Computers {n + 1}" for n in range(size)],
             "PE": [f"Field {n + 1}" for n in range(2 * size)]}  # fmt: skip
    lessons: list[dict[str, Any]] = []
    rules: list[dict[str, Any]] = []
    for subject, periods, pool in SUBJECTS:
        for name in rng.sample(names, classes):
            teacher = min((t for t, p in teachers if p == pool), key=lambda t: (load[t], t))
            load[teacher] += periods
            lengths = [2, 1, 1] if subject == "Science" else [1] * periods
            ids = [f"{name} {subject} {n + 1}" for n in range(len(lengths))]
            for key, length in zip(ids, lengths, strict=True):
                wanted = rooms.get(subject, []) if subject != "Science" or length == 2 else []
                lessons.append({"id": key, "course": f"{name} {subject}", "subject": subject, "classes": [name],
                                "teachers": [teacher], "duration": length, "rooms": wanted})  # fmt: skip
            if len(ids) > 1:
                rules.append({"type": "min_days", "lessons": ids, "days": 1, "hard": True})
            if len(ids) == 2:
                rules.append({"type": "min_days", "lessons": ids, "days": 2, "hard": False, "weight": 1})
            if subject in ("Mathematics", "English"):
                rules.append(
                    {"type": "prefer_slots", "lessons": ids, "slots": _periods(0, 4), "hard": False, "weight": 2}
                )
            if subject == "PE":
                rules.append(
                    {"type": "prefer_slots", "lessons": ids, "slots": _periods(4, 8), "hard": False, "weight": 1}
                )
    away = _part_time(rng, load)
    everyone = [name for name, _ in teachers]
    rules += [
        {"type": "class_max_gaps_week", "classes": names, "max": 0, "hard": True},
        {"type": "class_early_start", "classes": names, "max_late_days": 0, "hard": True},
        {"type": "teacher_max_per_day", "teachers": everyone, "max": 7, "hard": True},
        {"type": "teacher_max_consecutive", "teachers": everyone, "max": 4, "hard": False, "weight": 2},
        {"type": "teacher_max_gaps_week", "teachers": everyone, "max": 3, "hard": False, "weight": 1},
    ]
    return Instance.model_validate({
        "name": f"{classes} classes, seed {seed}", "source": "bench/timetable_schools.py",
        "days": ["Mon", "Tue", "Wed", "Thu", "Fri"], "periods": [str(p + 1) for p in range(PERIODS)],
        "subjects": [{"id": s, "name": s} for s, _, _ in SUBJECTS], "classes": [{"id": name} for name in names],
        "teachers": [{"id": t, "name": t, "unavailable": away[t]} for t in everyone],
        "rooms": [{"id": r} for listed in rooms.values() for r in listed], "lessons": lessons,
        "rules": [{"id": f"R{n + 1}", **rule} for n, rule in enumerate(rules)],
    })  # fmt: skip


def _periods(begin: int, end: int) -> list[tuple[int, int]]:
    return [(d, p) for d in range(DAYS) for p in range(begin, end)]


def _part_time(rng: random.Random, load: dict[str, int]) -> dict[str, list[tuple[int, int]]]:
    """A third of those with time to spare have a day off, another third the end of a day."""
    away: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, teacher in enumerate(sorted(t for t, periods in load.items() if periods <= 24)):
        day = rng.randrange(DAYS)
        if n % 3 == 0:
            away[teacher] = [(day, p) for p in range(PERIODS)]
        elif n % 3 == 1:
            away[teacher] = [(day, p) for p in range(PERIODS - 2, PERIODS)]
    return away
