"""`python -m demo.spreadsheet`: write the score sheet a teacher drops into the chat, two of its forty rows wrong."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import openpyxl
from openpyxl.styles import Font

from demo import learning
from demo.people import DemoStudent
from demo.school import DemoSchool

PATH = Path(__file__).parent / "scores-jss2-ruby-mathematics.xlsx"
TITLE = ("Sunbird Comprehensive College", "JSS 2 Ruby Mathematics, First Term")
HEADER = ("S/N", "Admission No", "Name", *(f"{name} ({most})" for name, most in learning.COMPONENTS))
UNKNOWN_AT, TOO_MUCH_AT, UNKNOWN = 17, 28, "SCC/9417"
"""The row (from 1) whose admission number nobody has, and the one whose exam is 71 of 60."""

Cells = tuple[int, str, str, *tuple[Decimal, ...]]


def rows() -> list[Cells]:
    """Forty rows: the class by family name, one under an unknown number, one with an exam of 71."""
    school = DemoSchool(date(2026, 11, 26))
    arm = next(arm for arm in school.arms if arm.name == "JSS 2 Ruby")
    seated = sorted(school.seated(arm, 0), key=lambda s: (s.named.family, s.named.given))
    found: list[Cells] = []
    for number, student in enumerate(seated, start=1):
        points = _points(school, student)
        if number == TOO_MUCH_AT:
            points[-1] = Decimal(71)
        admission_no = UNKNOWN if number == UNKNOWN_AT else student.admission_no
        found.append((number, admission_no, f"{student.named.family} {student.named.given}", *points))
    return found


def _points(school: DemoSchool, student: DemoStudent) -> list[Decimal]:
    """All four marks: this sheet has no gaps, so draw again until none is missing."""
    random, subject = Random(student.admission_no), school.subjects["Mathematics"]
    while True:
        drawn = list(learning.marks(random, student, subject, 3, exam_taken=True))
        if len(drawn) == len(learning.COMPONENTS):
            return [mark.points for mark in drawn]


def write(path: Path = PATH) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "JSS 2 Ruby Mathematics"
    for line in TITLE:
        sheet.append([line])
    sheet.append([])
    sheet.append(HEADER)
    for cells in rows():
        sheet.append(cells)
    for line in (1, 2, 4):
        for cell in sheet[line]:
            cell.font = Font(bold=True)
    for column, width in zip("ABCDEFG", (6, 16, 34, 16, 12, 12, 12), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A5"
    book.save(path)


if __name__ == "__main__":
    write()
