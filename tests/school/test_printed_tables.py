"""Tables printed: tagged, their headings on every page, and what people wrote stays text."""

import pypdfium2
from pypdf import PdfReader

from school.printed_tables import PrintedTable, write


def test_headings_stand_on_every_page_and_screen_readers_find_cells(tmp_path):
    made = tmp_path / "made.pdf"
    rows = [(f"Ada {n}", n) for n in range(120)]
    write(made, "Hillcrest: *Students*", [PrintedTable("Students", ("Name", "Place"), rows)], said="As of today")
    root = PdfReader(made).root_object
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()
    document = pypdfium2.PdfDocument(made)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert len(pages) > 2 and all("Place" in page and "As of today" in page for page in pages[:-1])
    assert "*Students*" in pages[0] and "Ada 119" in "".join(pages)


def test_a_name_in_a_script_without_a_shipped_font_is_no_failure(tmp_path):
    made = tmp_path / "made.pdf"
    write(made, "Names", [PrintedTable("", ("Name",), [("李雷 #let x = 1",)])])
    document = pypdfium2.PdfDocument(made)
    assert "#let x = 1" in document[0].get_textpage().get_text_range()
    document.close()
