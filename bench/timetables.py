"""Timetables: time to the first valid one, cost after seconds, repair; FET on the same problems in the same run."""

from collections.abc import Iterator

from bench import fet
from bench.measurement import Measurement
from bench.timetable_schools import school
from school.timetabling.bounds import lower_bound
from school.timetabling.checker import check
from school.timetabling.instance import Assignments, Instance
from school.timetabling.locks import absent, day_slots
from school.timetabling.portfolio import Outcome, solve
from school.timetabling.repair import repair
from school.timetabling.shortages import shortages
from school.timetabling.warm import warm

TITLE = "Timetables"
NEVER = 9999.0


def measure() -> Iterator[Measurement]:
    warm()
    small = school(20)
    size = _size(small)
    best: dict[int, float] = {}
    solved: Assignments = {}
    for seconds in (5, 10, 30):
        outcome = solve(small, seconds=seconds, seed=1)
        solved, best[seconds] = outcome.assignments, _soft(small, outcome)
        if seconds == 10:
            yield Measurement(what="first valid timetable", size=size, value=_first(outcome), unit="s", at_most=1)
        yield Measurement(what=f"cost of unmet wishes after {seconds} s", size=size, value=best[seconds], unit="points")
    bound = lower_bound(small) or 0.0
    yield Measurement(what="proven: no timetable costs less", size=size, value=bound, unit="points")
    if fet.available():
        yield from _peer(small, size, best[10])
    yield from _repairs(small, solved, size)
    for classes, most in ((60, 5), (120, 10)):
        large = school(classes)
        outcome = solve(large, seconds=most * 2, seed=1)
        yield Measurement(
            what="first valid timetable", size=_size(large), value=_first(outcome), unit="s", at_most=most
        )
        cost = _soft(large, outcome)
        yield Measurement(what=f"cost of unmet wishes after {most * 2} s", size=_size(large), value=cost, unit="points")
        if fet.available():
            yield from _peer(large, _size(large), cost, most * 2)


def _size(instance: Instance) -> str:
    periods = sum(lesson.duration for lesson in instance.lessons)
    return f"{len(instance.classes)} classes, {len(instance.teachers)} teachers, {periods} of {40 * len(instance.classes)} periods"


def _first(outcome: Outcome) -> float:
    return next((step.elapsed_s for step in outcome.improvements if step.valid), NEVER)


def _soft(instance: Instance, outcome: Outcome) -> float:
    report = check(instance, outcome.assignments)
    return report.soft if report.valid else NEVER


def _peer(instance: Instance, size: str, ours: float, seconds: float = 10) -> Iterator[Measurement]:
    """FET with each way of telling it the wishes; its best against ours after as long."""
    answers = [fet.solve(instance, variant, seconds) for variant in fet.VARIANTS]
    for a in answers:
        if a.soft is None:
            yield Measurement(what=f"FET, {a.variant}: not complete", size=size, value=a.seconds, unit="s")
        else:
            yield Measurement(what=f"FET, {a.variant}: time", size=size, value=a.seconds, unit="s")
            yield Measurement(what=f"FET, {a.variant}: cost", size=size, value=a.soft, unit="points")
    done = [a.soft for a in answers if a.soft is not None and a.hard == 0]
    if done:
        yield Measurement(
            what=f"our cost after {seconds:g} s over FET's best in as long",
            size=size,
            value=ours / min(done),
            unit="×",
            at_most=0.5,
        )


def _repairs(instance: Instance, timetable: Assignments, size: str) -> Iterator[Measurement]:
    """One teacher can no longer come on a day, for ten teachers of whom that is possible."""
    times: list[float] = []
    moves: list[int] = []
    lost = 0
    for teacher in instance.teachers:
        for day in range(len(instance.days)):
            gone = sum(place.day == day for key, place in timetable.items() if key in _of(instance, teacher.id))
            away = absent(instance, teacher.id, day_slots(instance, day))
            if not gone or _too_many(instance, teacher.id) or shortages(away) or len(times) >= 10:
                continue
            found = repair(away, timetable, seconds=1.9)
            if found is not None and found.valid:
                times.append(found.elapsed_s)
                moves.append(len(found.moved))
                lost += gone
            break
    if times:
        what = f"repair after an absence, {len(times)} teachers, slowest"
        yield Measurement(what=what, size=size, value=max(times), unit="s", at_most=2)
        yield Measurement(what="lessons moved for each that had to", size=size, value=sum(moves) / lost, unit="×")


def _of(instance: Instance, teacher: str) -> set[str]:
    return {lesson.id for lesson in instance.lessons if teacher in lesson.teachers}


def _too_many(instance: Instance, teacher: str) -> bool:
    """Whether some course of the teacher has a lesson on every day: no day can be spared then."""
    courses: dict[str, int] = {}
    for lesson in instance.lessons:
        if teacher in lesson.teachers:
            courses[lesson.course] = courses.get(lesson.course, 0) + 1
    return any(count >= len(instance.days) for count in courses.values())
