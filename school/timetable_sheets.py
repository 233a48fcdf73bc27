"""A timetable on paper and in a spreadsheet: a page, or a sheet, for each class or teacher."""

import io
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING
from uuid import UUID

import xlsxwriter
from sqlalchemy import select

from runtime.transaction import Tx
from school import schools, timetable_views
from school.classes import ClassArm
from school.people import Person
from school.timetable_views import View
from school.timetables import Timetable, TimetableLesson

if TYPE_CHECKING:
    from xlsxwriter.format import Format

STYLE = """
@page { size: A4 landscape; margin: 12mm; @bottom-right { content: counter(page) ' / ' counter(pages); font-size: 8pt } }
body { font-family: 'DejaVu Sans', sans-serif; font-size: 8.5pt; color: #1b1b1f }
section { break-after: page } section:last-child { break-after: auto }
h1 { font-size: 15pt; margin: 0 0 1mm } p { margin: 0 0 4mm; color: #55555f }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
th, td { border: 0.4pt solid #9a9aa5; padding: 1.4mm; text-align: center; vertical-align: middle; height: 11mm }
th { background: #eef1f6; height: auto } td.closed { background: #f3f3f5 } td small { display: block; color: #55555f }
"""


class Page:
    """One class's or one teacher's week."""

    def __init__(self, title: str, rows: Sequence[TimetableLesson], of_class: bool) -> None:
        self.title, self.rows, self.of_class = title, rows, of_class

    def lines(self, row: TimetableLesson) -> tuple[str, str]:
        who = row.teacher_names if self.of_class else row.group_names
        return row.subject, ", ".join(part for part in (" + ".join(who), row.room or "") if part)


async def pages(tx: Tx, found: View, class_arm_id: UUID | None, teacher_id: UUID | None) -> list[Page]:
    """The page asked for, or one a class and then one a teacher."""
    if teacher_id is not None:
        person = await tx.session.get(Person, teacher_id)
        return [Page(person.display_name if person else "Teacher", found.of_teacher(teacher_id), False)]
    arms = await tx.session.execute(select(ClassArm.id, ClassArm.name).order_by(ClassArm.name))
    listed = [Page(name, found.of_class(key), True) for key, name in arms.all() if class_arm_id in (None, key)]
    if class_arm_id is None:
        for teacher in sorted(found.instance.teachers, key=lambda t: t.label):
            rows = [row for row in found.lessons if teacher.id in row.teacher_ids]
            listed.append(Page(teacher.label, rows, False))
    return [page for page in listed if page.rows] or listed[:1]


def _grid(found: View, page: Page) -> Iterator[tuple[str, list[tuple[list[TimetableLesson], bool]]]]:
    """For each period: its times, and for each day the lessons in it and whether it is closed."""
    closed = set(found.instance.blocked)
    for period, (begins, ends) in enumerate(found.hours.periods):
        cells = [
            (
                [
                    r
                    for r in page.rows
                    if r.day == day and r.period is not None and r.period <= period < r.period + r.duration
                ],
                (day, period) in closed,
            )
            for day in range(len(found.instance.days))
        ]
        yield f"{begins:%H:%M}–{ends:%H:%M}", cells


async def pdf(tx: Tx, timetable: Timetable, class_arm_id: UUID | None, teacher_id: UUID | None) -> bytes:
    """The timetable as PDF, a page each, A4 landscape."""
    from weasyprint import HTML  # only here: most processes never print

    found = await timetable_views.view(tx, timetable)
    school = await schools.current(tx)
    body = "".join(_section(found, page, school.name) for page in await pages(tx, found, class_arm_id, teacher_id))
    html = f"<html lang='en'><head><title>{escape(timetable.name)}</title><style>{STYLE}</style></head><body>{body}</body></html>"
    made = HTML(string=html).write_pdf()
    assert made is not None
    return made


def _section(found: View, page: Page, school: str) -> str:
    head = "".join(f"<th scope='col'>{escape(day)}</th>" for day in found.instance.days)
    lines: list[str] = []
    for when, cells in _grid(found, page):
        shown = "".join(_cell(page, rows, closed) for rows, closed in cells)
        lines.append(f"<tr><th scope='row'>{when}</th>{shown}</tr>")
    about = f"{escape(school)} · {escape(found.timetable.name)}"
    if found.timetable.starts_on:
        about += f" · in force from {found.timetable.starts_on:%d %B %Y}"
    return (
        f"<section><h1>{escape(page.title)}</h1><p>{about}</p>"
        f"<table><thead><tr><th></th>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></section>"
    )


def _cell(page: Page, rows: Sequence[TimetableLesson], closed: bool) -> str:
    parts = [f"<b>{escape(a)}</b><small>{escape(b)}</small>" for a, b in map(page.lines, rows)]
    return f"<td{' class=closed' if closed else ''}>{''.join(parts)}</td>"


async def xlsx(tx: Tx, timetable: Timetable, class_arm_id: UUID | None, teacher_id: UUID | None) -> bytes:
    """The timetable as a workbook: a sheet each, and one with every lesson as a row."""
    found = await timetable_views.view(tx, timetable)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bg_color": "#EEF1F6", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "vcenter", "align": "center", "border": 1})
    taken: set[str] = set()
    shown = await pages(tx, found, class_arm_id, teacher_id)
    for page in shown:
        sheet = book.add_worksheet(_sheet_name(page.title, taken))
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, len(found.instance.days), 24)
        sheet.write_row(0, 0, [page.title, *found.instance.days], bold)
        for line, (when, cells) in enumerate(_grid(found, page), 1):
            sheet.write_string(line, 0, when, bold)
            for day, (rows, _) in enumerate(cells, 1):
                sheet.write_string(line, day, "\n".join(" – ".join(page.lines(row)) for row in rows), cell)
    if class_arm_id is None and teacher_id is None:
        _all_lessons(book, found, bold)
    book.close()
    return buffer.getvalue()


def _all_lessons(book: "xlsxwriter.Workbook", found: View, bold: "Format") -> None:
    sheet = book.add_worksheet("All lessons")
    heads = ("Day", "Begins", "Ends", "Class", "Subject", "Teacher", "Room")
    sheet.write_row(0, 0, heads, bold)
    for line, row in enumerate((r for r in found.lessons if r.day is not None and r.period is not None), 1):
        begins, ends = (
            found.hours.periods[row.period or 0][0],
            found.hours.periods[(row.period or 0) + row.duration - 1][1],
        )
        values = (
            found.instance.days[row.day or 0], f"{begins:%H:%M}", f"{ends:%H:%M}", " + ".join(row.group_names), row.subject,
            ", ".join(row.teacher_names), row.room or "",
        )  # fmt: skip
        for column, value in enumerate(values):
            sheet.write_string(line, column, value)
    sheet.autofilter(0, 0, len(found.lessons), len(heads) - 1)


def _sheet_name(title: str, taken: set[str]) -> str:
    """At most 31 characters, none that a workbook refuses, each name once."""
    clean = "".join(" " if c in "[]:*?/\\'" else c for c in title).strip()[:28] or "Timetable"
    name = next(n for n in (clean, *(f"{clean[:27]} {k}" for k in range(2, 2000))) if n.casefold() not in taken)
    taken.add(name.casefold())
    return name
