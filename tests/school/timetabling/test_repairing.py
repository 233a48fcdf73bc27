"""Repairs move little, keep what is locked, and say what a change by hand would break."""

import pytest

from school.timetabling.changes import alternatives, move, swap
from school.timetabling.checker import check
from school.timetabling.cover import cover
from school.timetabling.instance import ClassGroup, Instance, Lesson, Teacher
from school.timetabling.locks import absent, day_slots, locked, moved
from school.timetabling.portfolio import solve
from school.timetabling.repair import repair


def loose_school() -> Instance:
    """Four classes of 12 lessons in a week of 25 periods, six teachers."""
    lessons = tuple(
        Lesson(id=f"{c}{t}{n}", course=f"{c} subject {t}", subject=f"S{t // 2}", classes=(c,), teachers=(f"T{t}",))
        for c in "ABCD" for t in range(6) for n in range(2)
    )  # fmt: skip
    return Instance(
        days=("Mon", "Tue", "Wed", "Thu", "Fri"), periods=tuple("12345"), lessons=lessons,
        classes=tuple(ClassGroup(id=c) for c in "ABCD"),
        teachers=tuple(Teacher(id=f"T{t}", name=f"Teacher {t}") for t in range(6)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def solved():
    instance = loose_school()
    return instance, solve(instance, seed=2, rounds=1).assignments


def test_an_absence_moves_only_the_lessons_it_must(solved):
    instance, before = solved
    day = max(range(5), key=lambda d: sum(before[k].day == d for k in before if "T0" in _teachers(instance, k)))
    away = absent(instance, "T0", day_slots(instance, day))
    lost = [key for key, place in before.items() if place.day == day and "T0" in _teachers(instance, key)]
    fixed = repair(away, before, seconds=5)
    assert fixed is not None
    assert fixed.valid
    assert set(lost) <= set(fixed.moved)
    assert len(fixed.moved) == len(lost)
    assert fixed.moved == moved(before, fixed.assignments)


def _teachers(instance, key):
    return next(lesson.teachers for lesson in instance.lessons if lesson.id == key)


def test_a_valid_timetable_needs_no_repair(solved):
    instance, before = solved
    assert repair(instance, before).moved == ()


def test_locked_lessons_stay_through_a_new_solve(solved):
    instance, before = solved
    keep = list(before)[:10]
    after = solve(locked(instance, before, keep), seed=9, rounds=1).assignments
    assert all(after[key] == before[key] for key in keep)
    assert after != before


def test_a_move_into_a_busy_period_names_the_clash_and_the_alternatives_are_legal(solved):
    instance, before = solved
    lesson, other = "A00", "A10"
    change = move(instance, before, lesson, before[other].slot)
    assert not change.legal
    assert any("A has A subject" in v.words for v in change.conflicts)
    options = alternatives(instance, before, lesson, near=before[other].slot)
    assert options
    for option in options:
        assert check(instance, {**before, **option.moves}).valid
        assert option.moves[lesson].slot == option.slot


def test_a_swap_exchanges_times_and_prices_itself(solved):
    instance, before = solved
    one, other = "A00", "A10"
    change = swap(instance, before, one, other)
    assert change.assignments[one].slot == before[other].slot
    assert change.assignments[other].slot == before[one].slot
    assert change.legal == check(instance, change.assignments).valid


def test_cover_offers_only_free_teachers_those_of_the_subject_first(solved):
    instance, before = solved
    needs = cover(instance, before, "T0", {(d, p) for d in range(5) for p in range(5)}, most=6)
    assert len(needs) == 8
    for need in needs:
        busy = {
            t for k, place in before.items() if place.slot == (need.day, need.period) for t in _teachers(instance, k)
        }
        assert not busy & {option.teacher for option in need.options}
        assert [o.fits for o in need.options] == sorted((o.fits for o in need.options), reverse=True)
        if "T1" not in busy:
            assert need.options[0].teacher == "T1"  # the only other teacher of the subject
