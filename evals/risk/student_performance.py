"""Student Performance (UCI 320) in the form the early warning is judged on.

    python -m evals.risk.student_performance student-por.csv courses.csv

The set has one year: its first school stands for the earlier session, its second for the last. G1, G2 and G3 are the only
work of three terms; who has less than 10 of 20 at the end has failed. Nothing else of it is used: no gender, age or address.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from evals.risk.courses import COLUMNS

GIVEN_ON = {"G1": (12, 15), "G2": (3, 15), "G3": (6, 15)}
MOST, PASS = 20, 10


def rows(path: Path) -> Iterator[tuple[object, ...]]:
    """One row a grade of a student, in the order of `COLUMNS`."""
    with path.open(newline="", encoding="utf-8") as file:
        schools: dict[str, int] = {}
        for number, student in enumerate(csv.DictReader(file, delimiter=";"), start=1):
            year = 2024 + schools.setdefault(student["school"], len(schools))
            outcome = "pass" if int(student["G3"]) >= PASS else "fail"
            for term, (grade, (month, day)) in enumerate(GIVEN_ON.items(), start=1):
                on = date(year + (month < 9), month, day)
                yield (f"{student['school']}{number}", student["school"], "Course", f"{year}/{year + 1}", term, grade, 1, MOST,
                       student[grade], "no", on.isoformat(), outcome)  # fmt: skip


def main(source: Path, target: Path) -> None:
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows(source))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
