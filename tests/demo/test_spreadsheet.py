"""The committed score sheet is the one the demo school asks for."""

from datetime import date
from decimal import Decimal

import openpyxl

from demo import spreadsheet
from demo.school import DemoSchool


def test_the_committed_file_is_up_to_date():
    sheet = openpyxl.load_workbook(spreadsheet.PATH).active
    written = [tuple(cell for cell in row) for row in sheet.iter_rows(min_row=5, values_only=True)]
    expected = [(n, admission, name, *(float(p) for p in points)) for n, admission, name, *points in spreadsheet.rows()]
    assert [(*row[:3], *map(float, row[3:])) for row in written] == expected


def test_forty_rows_of_which_two_are_wrong_and_two_students_are_left():
    listed = spreadsheet.rows()
    class_list = {s.admission_no for s in DemoSchool(date(2031, 3, 3)).students if s.arm.name == "JSS 2 Ruby"}
    unknown = [row for row in listed if row[1] not in class_list]
    too_much = [row for row in listed if row[-1] > 60]
    assert (len(listed), len(unknown), len(too_much)) == (40, 1, 1)
    assert too_much[0][-1] == Decimal(71) and unknown != too_much
    savable = {row[1] for row in listed} - {unknown[0][1], too_much[0][1]}
    assert len(savable) == 38 and len(class_list - savable) == 2
