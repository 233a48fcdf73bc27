"""Explanations are proofs in words: giving up what they name makes a timetable possible."""

from school.timetabling.explain import explain
from school.timetabling.instance import InOrder, Instance, PreferSlots, Teacher, Together
from tests.school.timetabling.test_solving import school


def only(instance: Instance, *rules) -> Instance:
    return instance.model_copy(update={"rules": (*instance.rules, *rules)})


def test_a_school_that_can_be_solved_needs_no_explanation():
    assert explain(school(3)).solvable is True


def test_a_shortage_is_explained_by_counting():
    explanation = explain(school(6), seconds=0.5)
    assert explanation.proven
    assert any("30 periods of lessons and 25 free" in reason.words for reason in explanation.reasons)


def test_each_remedy_of_one_shortage_is_tried():
    few = tuple(x for x in school(2).lessons if x.subject == "Maths")
    maths = Teacher(id="Maths", name="the Maths teacher", unavailable=tuple((d, p) for d in range(4) for p in range(5)))
    tight = school(2, lessons=few, rules=(), teachers=(maths,))
    explanation = explain(tight, seconds=1)
    assert [reason.words for reason in explanation.reasons] == [
        "the Maths teacher has 10 periods of lessons and 5 free periods in the week."
    ]
    assert [(item.words, item.solves, item.cost) for item in explanation.relaxations] == [
        ("Take 5 periods from the Maths teacher.", True, 0),
        ("Open 5 more periods for the Maths teacher.", True, 0),
    ]
    assert explanation.relaxations[0].gives == "Then there is a timetable; the wishes it does not meet cost 0."


def test_a_remedy_that_is_not_enough_alone_says_what_still_stands_in_the_way():
    explanation = explain(school(6), seconds=3)
    assert len(explanation.reasons) > 1
    [together] = [item for item in explanation.relaxations if item.words.startswith("Together: ")]
    alone = [item for item in explanation.relaxations if item is not together]
    assert together.solves is not False
    assert explanation.relaxations.index(together) < explanation.relaxations.index(alone[-1])
    assert all(item.gives.startswith("Not enough alone. ") for item in alone if item.solves is False)
    assert any("30 periods of lessons and 25 free" in item.still for item in alone)


def test_two_rules_in_conflict_are_named_and_nothing_else():
    order = InOrder(type="ordered", id="maths first", first="0-Maths-0", second="0-English-0")
    reverse = InOrder(type="ordered", id="english first", first="0-English-0", second="0-Maths-0")
    explanation = explain(only(school(2), order, reverse))
    assert explanation.proven
    assert set(explanation.reasons[0].rules) == {"maths first", "english first"}
    assert [item.solves for item in explanation.relaxations] == [True, True]
    assert explain(only(school(2), order)).solvable is True


def test_a_conflict_with_a_teachers_absence_names_the_teacher():
    morning = PreferSlots(type="prefer_slots", id="art on monday", lessons=("0-Art-0",), slots=((0, 0), (0, 1)))
    away = Teacher(id="Art", name="the Art teacher", unavailable=((0, 0), (0, 1)))
    teachers = (*(t for t in school(2).teachers if t.id != "Art"), away)
    clashing = only(school(2), morning).model_copy(update={"teachers": teachers})
    explanation = explain(clashing)
    assert explanation.proven
    assert "the Art teacher is away in 2 periods" in explanation.reasons[0].words
    assert "art on monday" in explanation.reasons[0].rules


def test_lessons_bound_together_with_one_teacher_are_explained():
    together = Together(type="same_start", id="both", lessons=("0-Art-0", "1-Art-0"))
    explanation = explain(only(school(2), together))
    assert explanation.proven
    assert "the Art teacher has one lesson at a time" in explanation.reasons[0].words
