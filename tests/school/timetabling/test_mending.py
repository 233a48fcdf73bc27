"""CP-SAT on the last broken hard rules, on weeks small enough to see through."""

from school.timetabling.arrays import compiled
from school.timetabling.checker import check
from school.timetabling.cpsat import priced
from school.timetabling.instance import Instance, Place, Slot
from school.timetabling.local_search import Found
from school.timetabling.mending import Mending

LESSONS = {"a": ("JSS 1", "Ada"), "b": ("JSS 2", "Ada"), "c": ("JSS 1", "Ben"), "d": ("JSS 2", "Ben")}
SPREAD = {"a": (0, 0), "b": (1, 0), "c": (1, 1), "d": (0, 1)}


def _week(fixed: dict[str, Slot]) -> Instance:
    """Two days of two periods; Ada, who comes on one day only, has both classes."""
    return Instance.model_validate(
        {
            "days": ["Monday", "Tuesday"],
            "periods": ["1", "2"],
            "classes": [{"id": "JSS 1"}, {"id": "JSS 2"}],
            "teachers": [{"id": "Ada"}, {"id": "Ben"}],
            "lessons": [
                {"id": key, "classes": [who], "teachers": [by], "starts": [fixed[key]] if key in fixed else None}
                for key, (who, by) in LESSONS.items()
            ],
            "rules": [
                {"type": "teacher_max_days", "teachers": ["Ada"], "max": 1},
                {"type": "min_days", "lessons": ["a", "c"], "days": 1},
            ],
        }
    )


def _attempt(instance: Instance) -> tuple[Found, Found | None]:
    arrays = compiled(instance)
    start, room = arrays.read({key: Place(day=day, period=period) for key, (day, period) in SPREAD.items()})
    best = priced(arrays, start, room)
    return best, Mending(arrays, seed=1).attempt(best, 0, work=5)


def test_a_broken_rule_is_mended_without_breaking_another() -> None:
    instance = _week({})
    best, better = _attempt(instance)
    assert best.hard == 1
    assert better is not None
    arrays = compiled(instance)
    assert check(instance, arrays.write(better.start, better.room)).valid


def test_nothing_is_offered_where_the_rule_cannot_be_kept() -> None:
    best, better = _attempt(_week({"a": (0, 0), "b": (1, 0)}))
    assert best.hard == 1
    assert better is None
