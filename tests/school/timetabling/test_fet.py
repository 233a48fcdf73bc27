"""FET files: out and in again without loss; what is not understood is named."""

import pytest

from school.timetabling.arrays import compiled
from school.timetabling.checker import check
from school.timetabling.fet_export import to_fet
from school.timetabling.fet_import import UnreadableFet, from_fet, timetable_of
from school.timetabling.instance import Instance, Place
from school.timetabling.local_search import LocalSearch
from tests.school.timetabling.random_schools import random_instance, random_timetable


@pytest.mark.parametrize("seed", range(8))
def test_an_instance_comes_back_from_fet_pricing_every_timetable_alike(seed):
    instance = random_instance(seed, rules=20, hard_share=1.0)
    back = from_fet(to_fet(instance), "back")
    assert back.complete
    number = {lesson.id: str(n + 1) for n, lesson in enumerate(instance.lessons)}
    for other in range(5):
        timetable = random_timetable(instance, other)
        renamed = {number[key]: place for key, place in timetable.items()}
        before, after = check(instance, timetable), check(back.instance, renamed)
        assert counted(before) == counted(after)


def counted(report):
    """Hard violations by kind, without those FET means otherwise: it bars all classes that share an absent student, folds
    starts into the lesson, and keeps gaps in either order."""
    kinds: dict[str, int] = {}
    for v in report.violations:
        if v.hard and v.kind not in ("class unavailable", "start not allowed", "prefer_starts", "apart", "prefer_rooms", "room missing or not allowed", "teacher_max_gaps_week",
                                     "class_max_gaps_week", "class_max_gaps_day", "class_early_start"):  # fmt: skip
            kinds[v.kind] = kinds.get(v.kind, 0) + v.amount
    return kinds


def test_soft_rules_go_out_as_percentages_or_hardened_or_not_at_all():
    instance = random_instance(3, rules=40, hard_share=0.0)
    assert "95" not in to_fet(instance)
    assert "<Weight_Percentage>95</Weight_Percentage>" in to_fet(instance, soft_percent=95)
    kind = next(rule.type for rule in instance.rules if rule.type == "teacher_max_days")
    assert "MaxDaysPerWeek" not in to_fet(instance)
    assert "MaxDaysPerWeek" in to_fet(instance, harden={kind})


def test_constraints_without_a_rule_are_counted():
    text = to_fet(random_instance(1, rules=0)).replace(
        "<Time_Constraints_List>",
        "<Time_Constraints_List><ConstraintTeachersMaxThreeConsecutiveDays><Weight_Percentage>100</Weight_Percentage>"
        "<Active>true</Active></ConstraintTeachersMaxThreeConsecutiveDays>",
    )
    assert from_fet(text).missing == {"TeachersMaxThreeConsecutiveDays": 1}


def test_an_imported_school_can_be_searched_and_a_fet_timetable_read():
    instance = from_fet(to_fet(random_instance(2, rules=0)), "x").instance
    search = LocalSearch(compiled(instance), 1)
    assert search.construct()
    written = "<Activities_Timetable><Activity><Id>3</Id><Day>Tue</Day><Hour>2</Hour><Room>R1</Room></Activity></Activities_Timetable>"
    assert timetable_of(written, instance) == {"3": Place(day=1, period=1, room="R1")}


@pytest.mark.parametrize(
    "text", ["", "no xml", "<html/>", "<fet version='6'></fet>", "<!DOCTYPE x [<!ENTITY a 'b'>]><fet>&a;</fet>"]
)
def test_what_is_no_fet_file_is_refused(text):
    with pytest.raises(UnreadableFet):
        from_fet(text)


def test_a_group_that_is_away_bars_its_class_then_and_leaves_the_others_their_gap():
    school = Instance.model_validate(
        {
            "days": ["Mon"],
            "periods": ["1", "2", "3"],
            "classes": [{"id": "A", "atoms": ["A1", "A2"]}, {"id": "set", "atoms": ["A1"], "unavailable": [[0, 1]]}],
            "lessons": [{"id": "1", "classes": ["A"]}, {"id": "2", "classes": ["A"]}],
            "rules": [{"type": "class_max_gaps_day", "classes": ["A"], "max": 0}],
        }
    )
    back = from_fet(to_fet(school)).instance
    around = check(back, {"1": Place(day=0, period=0), "2": Place(day=0, period=2)})
    assert [v.kind for v in around.violations] == ["class_max_gaps_day"], "only those who are there have a gap"
    inside = check(back, {"1": Place(day=0, period=0), "2": Place(day=0, period=1)})
    assert [v.kind for v in inside.violations] == ["start not allowed"]


def test_a_subject_named_by_spaces_alone_is_a_subject_of_its_own():
    text = (
        "<fet><Days_List><Day><Name>Mon</Name></Day></Days_List><Hours_List><Hour><Name>1</Name></Hour></Hours_List>"
        "<Rooms_List><Room><Name>Gap</Name><Capacity>30</Capacity></Room></Rooms_List><Activities_List>"
        "<Activity><Id>1</Id><Subject>   </Subject><Duration>1</Duration><Active>true</Active></Activity>"
        "<Activity><Id>2</Id><Subject>Maths</Subject><Duration>1</Duration><Active>true</Active></Activity>"
        "</Activities_List><Space_Constraints_List><ConstraintSubjectPreferredRooms><Weight_Percentage>100</Weight_Percentage>"
        "<Subject>   </Subject><Preferred_Room>Gap</Preferred_Room><Active>true</Active>"
        "</ConstraintSubjectPreferredRooms></Space_Constraints_List></fet>"
    )
    assert [lesson.rooms for lesson in from_fet(text, "gaps").instance.lessons] == [("Gap",), ()]


@pytest.mark.parametrize(("percent", "broken"), [("100", 1), ("95", 0)])
def test_a_room_that_is_only_wished_for_may_be_left_out(percent, broken):
    """FET's own timetables leave lessons without a room there; that costs what the wish does."""
    text = (
        "<fet><Days_List><Day><Name>Mo</Name></Day></Days_List><Hours_List><Hour><Name>1</Name></Hour></Hours_List>"
        "<Students_List><Year><Name>A</Name><Number_of_Students>20</Number_of_Students></Year></Students_List>"
        "<Rooms_List><Room><Name>Lab</Name><Capacity>30</Capacity></Room></Rooms_List><Activities_List><Activity>"
        "<Subject>Maths</Subject><Students>A</Students><Duration>1</Duration><Id>1</Id></Activity></Activities_List>"
        "<Space_Constraints_List><ConstraintActivityPreferredRoom>"
        f"<Weight_Percentage>{percent}</Weight_Percentage><Activity_Id>1</Activity_Id><Room>Lab</Room>"
        "</ConstraintActivityPreferredRoom></Space_Constraints_List></fet>"
    )
    instance = from_fet(text, "wish").instance
    report = check(instance, {"1": Place(day=0, period=0)})
    assert (report.hard, report.soft) == (broken, 0 if broken else 10)
    assert check(instance, {"1": Place(day=0, period=0, room="Lab")}).soft == 0
