"""How the demo students do: scores that follow ability, taste and trajectory, missing and late work, attendance."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random

from demo.people import KIND_SHARES, KINDS, DemoStudent
from demo.subjects import DemoArm, DemoSubject
from demo.year import DemoTerm

COMPONENTS = (("Assignment", 10), ("Note", 10), ("CA", 20), ("Exam", 60))
_DRIFT = {"steady": 0.0, "rising": 0.28, "declining": -0.34, "careless": -0.08, "withdrawing": -0.22}
_CARE = {"careless": 0.45, "withdrawing": 0.6, "declining": 0.9}
_DIFFICULTY = {"numbers": 53.0, "science": 57.0, "language": 58.0, "society": 61.0, "practical": 65.0}


@dataclass(frozen=True, slots=True)
class Mark:
    component: int
    points: Decimal
    late: bool


def as_then(student: DemoStudent, back: int) -> DemoStudent:
    """The student as a learner so many sessions back: as now in the last one, another course of things before it."""
    if back < 2:
        return student
    draw = Random(f"{student.admission_no} {back}")  # the same on every day
    return replace(student, kind=draw.choices(KINDS, KIND_SHARES)[0])


def turn(student: DemoStudent) -> float:
    """What happens in a third term, in percent points: who handed in little all year hardly sits its long examinations."""
    return -45.0 if student.care * _CARE.get(student.kind, 1.0) < 0.5 else 0.0


def percent(random: Random, student: DemoStudent, subject: DemoSubject, term: int, *, turning: bool = False) -> float:
    """What the student is worth in a subject in a term (0 the oldest), in percent, before the parts are marked."""
    drift = _DRIFT[student.kind] * term
    mean = _DIFFICULTY[subject.domain] + 12.5 * (0.85 * student.ability + student.tastes[subject.domain] + drift)
    return min(98.0, max(8.0, random.gauss(mean, 5.0) + (turn(student) if turning else 0.0)))


def marks(
    random: Random, student: DemoStudent, subject: DemoSubject, term: int, *, exam_taken: bool, turning: bool = False
) -> Iterator[Mark]:
    """The marks of one student on one sheet. Work not handed in has none; an exam is rarely missed."""
    worth = percent(random, student, subject, term, turning=turning)
    care = student.care * _CARE.get(student.kind, 1.0)
    if student.kind == "withdrawing":
        care *= max(0.25, 1 - 0.2 * term)
    for component, (name, most) in enumerate(COMPONENTS):
        if name == "Exam":
            if not exam_taken or random.random() > 0.985 - 0.25 * (student.kind == "withdrawing") * (term / 3):
                continue
            ease, spread, step = 0.0, 5.0, 1
        else:
            if random.random() > 0.62 + 0.385 * care:
                continue
            ease, spread, step = (8.0, 9.0, 2) if name in ("Assignment", "Note") else (2.0, 8.0, 2)
        share = min(100.0, max(0.0, random.gauss(worth + ease, spread))) / 100
        points = Decimal(round(share * most * step)) / step
        late = name == "Assignment" and random.random() > 0.55 + 0.43 * care
        yield Mark(component, points, late)


@dataclass(frozen=True, slots=True)
class DayMark:
    student: DemoStudent
    presence: str
    minutes_late: int | None


def days(random: Random, students: list[DemoStudent], dates: list[date]) -> Iterator[tuple[date, list[DayMark]]]:
    """A register a day: most are there; the withdrawing come less and less, the careless come late."""
    ill: dict[str, int] = {}
    for number, day in enumerate(dates):
        elapsed = number / max(1, len(dates) - 1)
        yield day, [_day_mark(random, student, elapsed, ill) for student in students]


def _day_mark(random: Random, student: DemoStudent, elapsed: float, ill: dict[str, int]) -> DayMark:
    absent = {"withdrawing": 0.08 + 0.38 * elapsed, "careless": 0.09, "declining": 0.06}.get(student.kind, 0.018)
    late = {"careless": 0.14, "withdrawing": 0.10, "declining": 0.06}.get(student.kind, 0.03)
    if ill.get(student.admission_no, 0) > 0:
        ill[student.admission_no] -= 1
        return DayMark(student, "excused", None)
    draw = random.random()
    if draw < absent:
        return DayMark(student, "absent", None)
    if draw < absent + 0.006:
        ill[student.admission_no] = random.randint(1, 4)
        return DayMark(student, "excused", None)
    if draw < absent + 0.006 + late:
        return DayMark(student, "late", random.randint(3, 35))
    return DayMark(student, "present", None)


def sheet_state(random: Random, arm: DemoArm, subject: str, term: DemoTerm) -> str | None:
    """The state of a sheet: past terms are published; this term's are on their way; one waits to be begun."""
    if not term.current:
        return "published"
    if (arm.name, subject) == ("JSS 2 Ruby", "Mathematics"):
        return None
    return random.choices(("published", "approved", "submitted", "draft"), (45, 25, 12, 18))[0]
