"""Broadsheets: a class's totals in every subject on one sheet, for the staff room, as data, XLSX and PDF."""

import io
from datetime import UTC, datetime
from uuid import UUID

import xlsxwriter

from runtime.transaction import Tx
from school import marks, report_data
from school.report_cards import Standings
from school.report_contract import Broadsheet, BroadsheetRow, SubjectFigures


async def broadsheet(tx: Tx, class_arm_id: UUID, term_id: UUID) -> Broadsheet:
    """A class's broadsheet, by position and then by name. The caller's right was checked.

    Units:  totals in percent to the hundredth. Source: tables scores, score_sheets, enrolments.
    """
    data = await report_data.gather(tx, class_arm_id, term_id, [])
    standings = Standings(data)
    rows: list[BroadsheetRow] = []
    for student_id, pupil in data.pupils.items():
        totals = [standings.by_subject[subject.id].get(student_id) for subject in data.subjects]
        average = standings.averages.get(student_id)
        rows.append(
            BroadsheetRow(
                student_id=student_id, name=pupil.person.full_name, student_no=pupil.student.admission_no, totals=totals,
                average=average, grade=None if average is None else marks.grade(data.bands, average),
                position=standings.class_places.get(student_id),
                failed=sum(total is not None and total < data.pass_percent for total in totals),
            )
        )  # fmt: skip
    subjects: list[SubjectFigures] = []
    for subject in data.subjects:
        values = list(standings.by_subject[subject.id].values())
        subjects.append(
            SubjectFigures(
                name=subject.name, code=subject.code, average=marks.average(values), highest=max(values, default=None),
                lowest=min(values, default=None), passed=sum(v >= data.pass_percent for v in values), scored=len(values),
            )
        )  # fmt: skip
    return Broadsheet(
        school=data.school.name, class_arm=data.class_arm.name, term=data.term.name, session=data.session.name,
        subjects=subjects, rows=sorted(rows, key=lambda row: (row.position or 10_000, row.name)),
        class_average=standings.class_average, pass_percent=data.pass_percent,
    )  # fmt: skip


def xlsx(sheet: Broadsheet) -> bytes:
    """The broadsheet as a workbook: frozen head, numbers as numbers, fails marked; text never becomes a formula."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(
        written,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties(
        {"title": f"{sheet.class_arm}, {sheet.term} {sheet.session}", "created": datetime(2000, 1, 1, tzinfo=UTC)}
    )
    bold = book.add_format({"bold": True})
    head = book.add_format(
        {
            "bold": True,
            "bg_color": "#1f4f8f",
            "font_color": "#ffffff",
            "text_wrap": True,
            "align": "center",
            "valign": "vcenter",
        }
    )
    number = book.add_format({"num_format": "0.##"})
    foot = book.add_format({"num_format": "0.00", "italic": True, "top": 1})
    failed = book.add_format({"font_color": "#b42318", "bold": True})
    page = book.add_worksheet(sheet.class_arm[:31].translate(str.maketrans("[]:*?/\\", "-------")))
    page.write_string(0, 0, f"{sheet.school}: broadsheet of {sheet.class_arm}, {sheet.term} {sheet.session}", bold)
    names = [
        "Position",
        "Name",
        "Admission no.",
        *(subject.name for subject in sheet.subjects),
        "Average",
        "Grade",
        "Failed",
    ]
    for column, name in enumerate(names):
        page.write_string(2, column, name, head)
    last = 3 + len(sheet.rows)
    for line, row in enumerate(sheet.rows, start=3):
        values = [row.position, row.name, row.student_no, *row.totals, row.average, row.grade, row.failed]
        for column, value in enumerate(values):
            if isinstance(value, str):
                page.write_string(line, column, value)
            elif value is not None:
                page.write_number(line, column, float(value), number)
    if sheet.subjects and sheet.rows:
        page.conditional_format(3, 3, last - 1, 2 + len(sheet.subjects), {
            "type": "cell", "criteria": "<", "value": float(sheet.pass_percent), "format": failed, "stop_if_true": True,
        })  # fmt: skip
    for offset, (label, field) in enumerate(
        (("Average", "average"), ("Highest", "highest"), ("Lowest", "lowest"), ("Passed", "passed"))
    ):
        page.write_string(last + offset, 1, label, foot)
        for column, subject in enumerate(sheet.subjects, start=3):
            value = getattr(subject, field)
            if value is not None:
                page.write_number(last + offset, column, float(value), foot)
    page.freeze_panes(3, 3)
    page.set_row(2, 45)
    page.set_column(1, 1, 28)
    page.set_column(2, 2, 14)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)
    book.close()
    return written.getvalue()
