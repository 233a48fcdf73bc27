"""The demo school's classes, subjects and who teaches what: six levels, twenty class arms, thirty-four teachers."""

from dataclasses import dataclass
from itertools import cycle
from uuid import UUID

from demo.ids import demo_id

LEVELS = ("JSS 1", "JSS 2", "JSS 3", "SS 1", "SS 2", "SS 3")
ARMS = {
    "JSS 1": ("Ruby", "Topaz", "Emerald", "Sapphire"), "JSS 2": ("Ruby", "Topaz", "Emerald", "Sapphire"),
    "JSS 3": ("Ruby", "Topaz", "Emerald"), "SS 1": ("Ruby", "Topaz", "Emerald"), "SS 2": ("Ruby", "Topaz", "Emerald"),
    "SS 3": ("Ruby", "Topaz", "Emerald"),
}  # fmt: skip
STREAMS = {"Ruby": "science", "Topaz": "humanities", "Emerald": "business"}

# name, code, what else people call it, domain, periods a week, number of teachers
_SUBJECTS = (
    ("Mathematics", "MTH", "maths math", "numbers", 5, 4), ("English Language", "ENG", "english", "language", 5, 4),
    ("Basic Science", "BSC", "science", "science", 4, 2), ("Basic Technology", "BTE", "basic tech", "practical", 3, 2),
    ("Social Studies", "SOS", "social", "society", 3, 2), ("Civic Education", "CIV", "civic civics", "society", 2, 2),
    ("Computer Studies", "COM", "computer ict", "numbers", 2, 2),
    ("Agricultural Science", "AGR", "agric agriculture", "science", 3, 2),
    ("Home Economics", "HEC", "home-ec", "practical", 2, 1), ("Business Studies", "BUS", "business", "numbers", 3, 2),
    ("Physical and Health Education", "PHE", "pe", "practical", 2, 1), ("French", "FRE", "french", "language", 2, 1),
    ("Fine Arts", "ART", "art arts", "practical", 2, 1), ("Physics", "PHY", "physics", "numbers", 4, 1),
    ("Chemistry", "CHM", "chem", "science", 4, 1), ("Biology", "BIO", "bio", "science", 4, 1),
    ("Literature in English", "LIT", "literature lit", "language", 4, 1),
    ("Government", "GOV", "govt", "society", 4, 1), ("Economics", "ECO", "econs", "numbers", 4, 1),
    ("Financial Accounting", "ACC", "accounts accounting", "numbers", 4, 1),
    ("Further Mathematics", "FMT", "further-maths f-maths", "numbers", 4, 0),
    ("Geography", "GEO", "geo", "society", 3, 1), ("History", "HIS", "history", "society", 3, 0),
    ("Commerce", "CMR", "commerce", "numbers", 3, 0),
)  # fmt: skip
# Subjects with no teacher of their own, and the subject whose teacher (by number) also takes them.
_SHARED = {
    "Further Mathematics": ("Physics", 0), "History": ("Literature in English", 0), "Commerce": ("Financial Accounting", 0),
}  # fmt: skip
_JUNIOR = (
    "Mathematics", "English Language", "Basic Science", "Basic Technology", "Social Studies", "Civic Education",
    "Computer Studies", "Agricultural Science", "Home Economics", "Business Studies", "Physical and Health Education",
    "French", "Fine Arts",
)  # fmt: skip
_SENIOR = ("Mathematics", "English Language", "Civic Education", "Computer Studies")
_STREAM = {
    "science": ("Physics", "Chemistry", "Biology", "Further Mathematics", "Geography", "Agricultural Science"),
    "humanities": ("Literature in English", "Government", "History", "Economics", "Geography", "Fine Arts"),
    "business": ("Financial Accounting", "Economics", "Commerce", "Government", "Geography", "Agricultural Science"),
}
CHOICE = ("French", "Fine Arts")
"""Juniors take one of these two and drop the other."""


@dataclass(frozen=True, slots=True)
class DemoSubject:
    id: UUID
    name: str
    code: str
    aliases: list[str]
    domain: str
    periods: int
    teachers: int


@dataclass(frozen=True, slots=True)
class DemoArm:
    id: UUID
    name: str
    level: str
    arm: str
    position: int
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Teacher number `teacher` teaches `subject` to `arm`."""

    arm: DemoArm
    subject: str
    teacher: int


def subjects(school: str) -> dict[str, DemoSubject]:
    return {
        name: DemoSubject(
            demo_id(school, "subject", code), name, code, [alias.replace("-", " ") for alias in aliases.split()],
            domain, periods, teachers,
        )
        for name, code, aliases, domain, periods, teachers in _SUBJECTS
    }  # fmt: skip


def arms(school: str) -> list[DemoArm]:
    found: list[DemoArm] = []
    for position, level in enumerate(LEVELS, start=1):
        for arm in ARMS[level]:
            taken = _JUNIOR if level.startswith("JSS") else _SENIOR + _STREAM[STREAMS[arm]]
            found.append(DemoArm(demo_id(school, "arm", level, arm), f"{level} {arm}", level, arm, position, taken))
    return found


def teachers_of(listed: dict[str, DemoSubject]) -> dict[str, list[int]]:
    """Subject -> numbers of its teachers. Teacher 0 is the first of Mathematics: the demo teacher."""
    numbers: dict[str, list[int]] = {}
    next_number = 0
    for subject in listed.values():
        numbers[subject.name] = list(range(next_number, next_number + subject.teachers))
        next_number += subject.teachers
    for name, (other, which) in _SHARED.items():
        numbers[name] = [numbers[other][which]]
    return numbers


def lessons(school_arms: list[DemoArm], listed: dict[str, DemoSubject]) -> list[Lesson]:
    """Who teaches what to whom: a subject's arms go round its teachers, JSS 2 Ruby Mathematics to teacher 0."""
    numbers = teachers_of(listed)
    found: list[Lesson] = []
    for subject in listed:
        turns = cycle(numbers[subject])
        taking = [arm for arm in school_arms if subject in arm.subjects]
        ordered = sorted(taking, key=lambda arm: (arm.name != "JSS 2 Ruby", arm.position, arm.arm))
        found.extend(Lesson(arm, subject, next(turns)) for arm in ordered)
    return found
