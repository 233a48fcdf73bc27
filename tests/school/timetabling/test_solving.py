"""Whole solves: valid, the same with the same seed, stopped when asked, and refused in words when it cannot be."""

import threading

import pytest

from school.timetabling.checker import check
from school.timetabling.instance import ClassGroup, Instance, Lesson, MinDays, PreferSlots, Room, Teacher, TeacherLimit
from school.timetabling.portfolio import solve
from school.timetabling.shortages import shortages
from school.timetabling.validation import BadTimetableProblem, check_instance

SUBJECTS = ("Maths", "English", "Biology", "History", "Art")


def school(classes: int = 4, days: int = 5, periods: int = 5, **changes) -> Instance:
    """Full weeks: every class has every subject as often as there are days; Biology needs the one lab."""
    lessons, rules = [], []
    for c in range(classes):
        for subject in SUBJECTS[:periods]:
            ids = [f"{c}-{subject}-{n}" for n in range(days)]
            lessons += [
                Lesson(id=i, course=f"Class {c} {subject}", subject=subject, classes=(f"Class {c}",), teachers=(subject,),
                       rooms=("Lab",) if subject == "Biology" else ())
                for i in ids
            ]  # fmt: skip
            rules.append(MinDays(type="min_days", id=f"spread {c} {subject}", lessons=tuple(ids), days=1))
    rules.append(
        PreferSlots(type="prefer_slots", hard=False, weight=2,
                    lessons=tuple(x.id for x in lessons if x.subject == "Maths"),
                    slots=tuple((d, p) for d in range(days) for p in range(2)))
    )  # fmt: skip
    values = {
        "days": ("Mon", "Tue", "Wed", "Thu", "Fri")[:days],
        "periods": tuple(str(p + 1) for p in range(periods)),
        "classes": tuple(ClassGroup(id=f"Class {c}") for c in range(classes)),
        "teachers": tuple(Teacher(id=s, name=f"the {s} teacher") for s in SUBJECTS),
        "rooms": (Room(id="Lab"),),
        "lessons": tuple(lessons),
        "rules": tuple(rules),
    }
    return Instance.model_validate(values | changes)


def test_a_full_week_gets_a_proven_timetable_and_each_step_is_better():
    steps = []
    outcome = solve(school(3), seconds=20, on_better=lambda step, timetable: steps.append((step, timetable)))
    assert outcome.status == "optimal"
    assert check(school(3), outcome.assignments).valid
    assert outcome.report.soft == outcome.bound == 10  # 15 Maths lessons of one teacher, 10 early periods, weight 2
    keys = [(step.unplaced, step.hard, step.soft) for step, _ in steps]
    assert keys == sorted(keys, reverse=True)
    assert check(school(3), steps[-1][1]).soft == 10


def test_the_same_seed_and_rounds_give_the_same_timetable_and_another_seed_another():
    first, again, other = (solve(school(3), seed=seed, rounds=1).assignments for seed in (5, 5, 6))
    assert first == again
    assert first != other


def test_a_cancel_returns_the_best_so_far():
    asked = threading.Event()
    outcome = solve(school(classes=5, rules=()), seconds=60, on_better=lambda *_: asked.set(), cancelled=asked.is_set)
    assert outcome.elapsed_s < 20
    assert len(outcome.assignments) == 125


def test_an_overloaded_teacher_is_named_before_anything_is_solved():
    outcome = solve(school(classes=6))
    assert outcome.status == "impossible"
    words = [reason.words for reason in outcome.reasons]
    assert "the Maths teacher has 30 periods of lessons and 25 free periods in the week." in words
    assert any(words.startswith("Lab is needed for 30 periods by 6 classes and is open for 25") for words in words)


def test_fixed_lessons_that_contradict_each_other_are_named():
    lessons = [*school().lessons]
    lessons[0] = lessons[0].model_copy(update={"starts": ((0, 0),)})
    lessons[5] = lessons[5].model_copy(update={"starts": ((0, 0),)})
    reasons = shortages(school(lessons=tuple(lessons)))
    assert [reason.lessons for reason in reasons] == [("0-Maths-0", "0-English-0")]
    assert "fixed on Mon period 1" in reasons[0].words
    assert not shortages(school())


def must(lessons, slots) -> PreferSlots:
    return PreferSlots(type="prefer_slots", id="must", lessons=tuple(lessons), slots=tuple(slots))


def test_lessons_that_must_be_in_fewer_periods_than_they_take_are_named():
    maths = [f"{c}-Maths-{n}" for c in range(2) for n in range(3)]
    four = [(d, 0) for d in range(4)]
    [reason] = shortages(school(rules=(must(maths[:3], four), must(maths[3:], four))))
    assert reason.words.startswith("the Maths teacher has 6 periods of lessons (Class 0 Maths, Class 1 Maths)")
    assert reason.words.endswith("Mon period 1, Tue period 1, Wed period 1, Thu period 1: 4 periods, 2 too few.")
    assert reason.rules == ("must",)
    assert not shortages(school(rules=(must(maths[:2], four), must(maths[3:5], four))))


def test_doubles_count_for_each_of_their_periods():
    lessons = [Lesson(id=i, course=f"Double {i}", teachers=("Art",), duration=2, starts=((0, 0), (0, 1))) for i in "ab"]
    [reason] = shortages(school(lessons=tuple(lessons), rules=()))
    assert "(Double a, Double b) that may only be on Mon period 1, Mon period 2, Mon period 3" in reason.words
    assert not shortages(school(lessons=(lessons[0],), rules=()))


def test_a_lesson_that_must_be_at_a_closed_time_is_named():
    art = [f"0-Art-{n}" for n in range(2)]
    lessons = tuple(lesson for lesson in school().lessons if lesson.id in art)
    [reason] = shortages(school(lessons=lessons, rules=(must(art, ((0, 0),)),), blocked=((0, 0),)))
    assert "Class 0 Art (1 period) fits nowhere" in reason.words
    assert "It must be on Mon period 1; 1 period of the week is closed." in reason.words
    assert reason.lessons == tuple(art)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"classes": tuple(ClassGroup(id=f"C{i}") for i in range(400))}, "400 classes are more than the 380"),
        ({"periods": tuple(map(str, range(500)))}, "500 periods are more than the 30"),
        ({"lessons": (Lesson(id="x", course="Maths", teachers=("nobody",)),)}, "names the teacher nobody"),
        ({"lessons": (Lesson(id="x", course="Maths", duration=-1),)}, "lasts -1 periods"),
        ({"lessons": (Lesson(id="x"), Lesson(id="x"))}, "same id x"),
        ({"blocked": ((0, 9),)}, "period 10 is not in the week"),
        ({"rules": (MinDays(type="min_days", lessons=("?",), days=1),)}, "names ?, which is none of the lessons"),
        ({"rules": (TeacherLimit(type="teacher_max_days", teachers=("Art",), max=-2),)}, "negative number"),
    ],
)
def test_mistakes_are_named(changes, words):
    with pytest.raises(BadTimetableProblem) as caught:
        check_instance(school().model_copy(update=changes))
    assert words in " ".join(error["message"] for error in caught.value.facts["errors"])
    check_instance(school())
