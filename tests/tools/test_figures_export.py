"""Figures as files: the time they are of, what a spreadsheet and a document hold, and only what one may see."""

import io

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import update

from runtime.errors import NotAllowed
from runtime.transaction import transaction
from school import files
from school.people import Person
from tests.risk_records import clear, everything
from tools.declare import load_all
from tools.invoke import invoke

TOOLS = load_all()


async def exported(caller, **args):
    made = (await invoke(TOOLS["export_figures"], caller, args, approved=True)).result
    async with transaction(caller, read_only=True) as tx:
        _, content = await files.read(tx, made.file_id)
    return made, content


async def test_a_workbook_has_a_sheet_for_each_table_and_says_when_it_is_of(school):
    _, content = await exported(school.callers["teacher"], kind="students", classArms=["JSS 2 Topaz"])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["About", "Students", "Spread of totals"]
    assert "As of " in book["About"]["A3"].value and "JSS 2 Topaz" in book["About"]["A2"].value
    rows = list(book["Students"].values)
    assert rows[0][:4] == ("Student", "Class", "Average", "Place") and ("Eze Chidi", "JSS 2 Topaz", 91, 1) in [
        row[:4] for row in rows
    ]


async def test_the_dashboard_is_a_document_with_the_time_on_every_page(school):
    made, content = await exported(school.callers["head"], kind="dashboard", fileFormat="pdf")
    document = pypdfium2.PdfDocument(content)
    for page in document:
        assert "As of " in page.get_textpage().get_text_range()
    text = document[0].get_textpage().get_text_range()
    assert "Hillcrest Academy: Dashboard" in text and "At a glance" in text and "JSS 2 Topaz" in text
    document.close()
    assert made.media_type == "application/pdf"


@pytest.mark.parametrize("kind", ["attendance", "grades", "courses", "totals"])
async def test_every_kind_has_rows_or_says_that_there_are_none(school, kind):
    made, content = await exported(school.callers["head"], kind=kind)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert sum(sheet.max_row - 1 for sheet in book.worksheets[1:]) == made.rows
    if kind == "totals":
        found = [row for row in book["Totals"].values if row[1] == "Eze Chidi"]
        assert [row[2:] for row in found] == [("JSS 2 Topaz", "Mathematics", "Second Term This session", 91, "A", 1)]


async def test_text_that_looks_like_a_formula_stays_text_and_an_empty_table_keeps_its_headings(school):
    async with transaction(everything(school)) as tx:
        await tx.session.execute(update(Person).where(Person.given_name == "Chidi").values(given_name="=1+1"))
    _, content = await exported(school.callers["teacher"], kind="totals")
    book = openpyxl.load_workbook(io.BytesIO(content))
    [named] = [row[1] for row in book["Totals"].iter_rows() if str(row[1].value).startswith("Eze")]
    assert (named.value, named.data_type) == ("Eze =1+1", "s") and book["Totals"].freeze_panes == "A2"
    await clear(school)
    made, content = await exported(school.callers["head"], kind="totals")
    rows = [row for row in openpyxl.load_workbook(io.BytesIO(content))["Totals"].values if any(row)]
    assert made.rows == 0 and [row[0] for row in rows] == ["Admission number"]


async def test_a_bursar_exports_lists_and_no_figures(school):
    with pytest.raises(NotAllowed):
        await exported(school.callers["bursar"], kind="students")
