"""Rules about buildings, rooms, spans, rests and chosen times, each by hand: a week that keeps it and one that does not."""

from typing import Any

import pytest

from school.timetabling.arrays import compiled
from school.timetabling.checker import check
from school.timetabling.cpsat import LINEAR, priced, solve_whole
from school.timetabling.fet_export import to_fet
from school.timetabling.fet_import import from_fet, timetable_of
from school.timetabling.instance import Assignments, Instance, Place

LESSONS = ("L1", "L2", "L3")
ALL = {"lessons": list(LESSONS)}
TEACHER = {"teachers": ["T"]}
CLASS = {"classes": ["A"]}
CASES: list[tuple[dict[str, Any], str, str, int]] = [
    # rule; a week that keeps it and one that breaks it, as "day.period room" of L1, L2 and L3; by how much
    ({"type": "teacher_max_building_changes_day", "max": 1, **TEACHER}, "0.0 N1, 0.1 S1, 1.0 N1", "0.0 N1, 0.1 S1, 0.3 N1", 1),
    ({"type": "class_max_building_changes_day", "max": 0, **CLASS}, "0.0 N1, 0.1 N2, 1.0 S1", "0.0 N1, 0.1 S1, 0.2 N1", 2),
    ({"type": "class_max_building_changes_week", "max": 1, **CLASS}, "0.0 N1, 0.1 S1, 1.0 N1", "0.0 N1, 0.1 S1, 0.2 N2", 1),
    ({"type": "teacher_min_building_gaps", "min": 1, **TEACHER}, "0.0 N1, 0.2 S1, 0.3 S1", "0.0 N1, 0.1 S1, 0.3 N1", 1),
    ({"type": "teacher_max_span_day", "max": 2, **TEACHER}, "0.0 N1, 0.1 N1, 1.3 N1", "0.0 N1, 0.3 N1, 1.0 N1", 2),
    ({"type": "class_max_span_day", "max": 2, "one_day_more": True, **CLASS}, "0.0 N1, 0.2 N1, 1.3 N1", "0.0 N1, 0.3 N1, 1.0 N1", 1),
    ({"type": "teacher_min_rest", "min": 2, **TEACHER}, "0.2 N1, 1.1 N1, 1.2 N1", "0.2 N1, 0.3 N1, 1.0 N1", 2),
    ({"type": "class_min_rest", "min": 2, "circular": True, **CLASS}, "0.1 N1, 1.0 N1, 1.2 N1", "0.0 N1, 1.0 N1, 1.3 N1", 2),
    ({"type": "class_max_per_day", "max": 1, "lessons": ["L1", "L3"], **CLASS}, "0.0 N1, 0.1 N1, 1.0 N1", "0.0 N1, 1.1 N1, 0.2 N1", 1),
    ({"type": "teacher_max_consecutive", "max": 1, "lessons": ["L1", "L2"], **TEACHER}, "0.0 N1, 0.2 N1, 0.1 N1", "0.0 N1, 0.1 N1, 0.2 N1", 1),
    ({"type": "max_days_apart", "days": 0, **ALL}, "0.0 N1, 0.1 N1, 0.2 N1", "0.0 N1, 0.1 N1, 1.2 N1", 2),
    ({"type": "ordered_same_day", "first": "L1", "second": "L2"}, "1.0 N1, 0.1 N1, 0.2 N1", "0.2 N1, 0.1 N1, 0.0 N1", 1),
    ({"type": "slots_taken", "slots": [[0, 0], [0, 1], [1, 0]], "max": 1, **ALL}, "0.0 N1, 0.2 N1, 0.3 N1", "0.0 N1, 0.1 N1, 1.0 N1", 2),
    ({"type": "at_once", "slots": [[0, 0], [1, 0]], "max": 0, **ALL}, "0.1 N1, 0.2 N1, 0.3 N1", "0.0 N1, 0.1 N1, 1.0 N1", 2),
    ({"type": "same_room_if_consecutive", **ALL}, "0.0 N1, 0.1 N1, 1.0 S1", "0.0 N1, 0.1 N2, 0.2 S1", 2),
    ({"type": "max_rooms", "max": 1, **ALL}, "0.0 N1, 0.1 N1, 1.0 N1", "0.0 N1, 0.1 N2, 0.2 S1", 2),
]  # fmt: skip
NAMES = [case[0]["type"] for case in CASES]


def school(*rules: dict[str, Any]) -> Instance:
    return Instance.model_validate(
        {
            "days": ["Mon", "Tue"],
            "periods": ["1", "2", "3", "4"],
            "classes": [{"id": "A"}],
            "teachers": [{"id": "T"}],
            "rooms": [{"id": key, "campus": {"N": "North", "S": "South"}[key[0]]} for key in ("N1", "N2", "S1")],
            "lessons": [
                {"id": key, "classes": ["A"], "teachers": ["T"], "rooms": ["N1", "N2", "S1"]} for key in LESSONS
            ],
            "rules": [{"id": f"R{n}", **rule} for n, rule in enumerate(rules)],
        }
    )


def week(text: str) -> Assignments:
    places = [part.split() for part in text.split(", ")]
    return {
        key: Place(day=int(when[0]), period=int(when[2]), room=room)
        for key, (when, room) in zip(LESSONS, places, strict=True)
    }


@pytest.mark.parametrize(("rule", "kept", "broken", "amount"), CASES, ids=NAMES)
def test_checker_and_search_count_the_rule_alike(rule, kept, broken, amount):
    for hard in (True, False):
        instance = school({**rule, "hard": hard, "weight": 3})
        arrays = compiled(instance)
        for timetable, expected in ((week(kept), 0), (week(broken), amount)):
            report = check(instance, timetable)
            assert (report.hard, report.soft) == ((expected, 0) if hard else (0, expected * 3))
            found = priced(arrays, *arrays.read(timetable))
            assert (found.unplaced, found.hard, found.soft) == (0, report.hard, report.soft)


@pytest.mark.parametrize(("rule", "kept", "broken", "amount"), CASES, ids=NAMES)
def test_cp_sat_keeps_the_rule_and_knows_what_breaking_it_costs(rule, kept, broken, amount):
    fixed = [{"type": "prefer_starts", "lessons": [key], "starts": [p.slot]} for key, p in week(broken).items()]
    fixed += [{"type": "prefer_rooms", "lessons": [key], "rooms": [p.room]} for key, p in week(broken).items()]
    instance = school({**rule, "hard": False, "weight": 3}, *fixed)
    answer = solve_whole(compiled(instance), LINEAR, 20, 1, lambda found: None)
    assert answer.proven
    assert answer.bound == pytest.approx(amount * 3)
    assert solve_whole(compiled(school(rule, *fixed)), LINEAR, 20, 1, lambda found: None).status == "INFEASIBLE"


@pytest.mark.parametrize(("rule", "kept", "broken", "amount"), CASES, ids=NAMES)
def test_the_rule_goes_out_to_fet_and_comes_back(rule, kept, broken, amount):
    back = from_fet(to_fet(school(rule)))
    assert back.complete
    for timetable, expected in ((week(kept), 0), (week(broken), amount)):
        renamed = {str(n + 1): place for n, place in enumerate(timetable.values())}
        assert check(back.instance, renamed).hard == expected


def test_a_virtual_room_takes_one_room_of_each_of_its_sets():
    text = to_fet(school()).replace(
        "<Rooms_List>",
        "<Rooms_List><Room><Name>both</Name><Building></Building><Capacity>30</Capacity><Virtual>true</Virtual>"
        "<Set_of_Real_Rooms><Real_Room>N1</Real_Room></Set_of_Real_Rooms>"
        "<Set_of_Real_Rooms><Real_Room>N2</Real_Room><Real_Room>S1</Real_Room></Set_of_Real_Rooms></Room>",
    )
    wanted = "<Number_of_Preferred_Rooms>3</Number_of_Preferred_Rooms>"
    before, after = text.split(wanted, 1)
    after = after[after.index("</ConstraintActivityPreferredRooms>") :]
    found = from_fet(before + "<Preferred_Room>both</Preferred_Room>" + after)
    assert found.complete
    lessons = {lesson.id: lesson for lesson in found.instance.lessons}
    assert lessons["1"].rooms == ("N1",)
    assert lessons["1+1"].rooms == ("N2", "S1")
    assert "both" not in {room.id for room in found.instance.rooms}
    written = (
        "<T><Activity><Id>1</Id><Day>Mon</Day><Hour>2</Hour><Room>both</Room>"
        "<Real_Room>N1</Real_Room><Real_Room>S1</Real_Room></Activity></T>"
    )
    placed = timetable_of(written, found.instance)
    assert placed == {"1": Place(day=0, period=1, room="N1"), "1+1": Place(day=0, period=1, room="S1")}
    assert check(found.instance, placed, partial=True).valid
    apart = placed | {"1+1": Place(day=0, period=2, room="S1")}
    assert not check(found.instance, apart, partial=True).valid, "the further room is taken at the same time"


def test_tags_that_need_time_between_them_are_kept_apart_where_students_have_both():
    text = to_fet(school()).replace("<Duration>", "<Activity_Tag>early</Activity_Tag><Duration>", 1)
    text = "<Activity_Tag>late</Activity_Tag><Duration>".join(text.rsplit("<Duration>", 1))
    rule = (
        "<ConstraintStudentsMinGapsBetweenOrderedPairOfActivityTags><Weight_Percentage>100</Weight_Percentage>"
        "<First_Activity_Tag>early</First_Activity_Tag><Second_Activity_Tag>late</Second_Activity_Tag><MinGaps>1</MinGaps>"
        "<Active>true</Active></ConstraintStudentsMinGapsBetweenOrderedPairOfActivityTags>"
    )
    instance = from_fet(text.replace("<Time_Constraints_List>", f"<Time_Constraints_List>{rule}")).instance
    renamed = {str(n + 1): place for n, place in enumerate(week("0.0 N1, 1.0 N1, 0.1 N1").values())}
    assert check(instance, renamed).hard == 1
    assert check(instance, renamed | {"3": Place(day=0, period=2, room="N1")}).valid
