"""Reading files people send: what is in them, and that a hostile one costs nothing."""

import io
import struct
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from runtime.errors import SchoolOSError, TooLarge
from school import media_types, spreadsheets
from school.spreadsheets import Uncomputed

OLD = Path(__file__).parent / "spreadsheets" / "excel-97.xls"


def xlsx(*rows, sheets=("Sheet",)) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.title = sheets[0]
    for row in rows:
        book.active.append(list(row))
    for name in sheets[1:]:
        book.create_sheet(name).append([name])
    book.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    """The same file with one part put in or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
    return out.getvalue()


def sheet_xml(cells: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{namespace}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def test_cells_keep_their_kind_and_their_place():
    [grid] = spreadsheets.read(xlsx([], ["", "a", 1, 2.5, date(2026, 5, 6), True, "12,5"]), "a.xlsx")
    assert grid.rows == [[""] * 7, ["", "a", 1.0, 2.5, date(2026, 5, 6), True, "12,5"]]


def test_a_formula_without_a_value_and_a_failed_one_are_not_blanks():
    content = xlsx(["=1+1", 3])
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.active["C1"] = "#DIV/0!"
    book.active["C1"].data_type = "e"
    out = io.BytesIO()
    book.save(out)
    [grid] = spreadsheets.read(out.getvalue(), "a.xlsx")
    assert grid.rows == [[Uncomputed("=1+1"), 3.0, Uncomputed("#DIV/0!")]]


def test_every_sheet_that_holds_something_is_read():
    grids = spreadsheets.read(xlsx(["x"], sheets=("One", "Two")), "a.xlsx")
    assert [(grid.name, grid.rows[0][0]) for grid in grids] == [("One", "x"), ("Two", "Two")]


def test_an_old_excel_file():
    [grid] = spreadsheets.read(OLD.read_bytes(), "scores.xls")
    assert grid.name == "JSS 2 Ruby Maths"
    assert grid.rows[2] == ["HA/001", "Okonjo Ada", 12.5, 45.0]


def test_far_corners_of_an_old_excel_file_are_refused_too():
    content = bytearray(OLD.read_bytes())
    run = content.find(struct.pack("<HHHH", 0x00BD, 18, 2, 2))  # two numbers from row 3, column C
    assert run > 0
    content[run + 4 : run + 6] = struct.pack("<H", 65_535)
    content[run + 20 : run + 22] = struct.pack("<H", 255)
    with pytest.raises(TooLarge, match="65,536 rows and 256 columns"):
        spreadsheets.read(bytes(content), "scores.xls")


def test_a_bomb_that_says_how_big_it_is():
    content = with_part(xlsx(["x"]), "xl/media/a.bin", b"\0" * (spreadsheets.MAX_UNPACKED + 1))
    assert len(content) < 1_000_000
    with pytest.raises(spreadsheets.Unpacked):
        spreadsheets.read(content, "a.xlsx")


def test_a_bomb_that_lies_about_its_size():
    content = bytearray(with_part(xlsx(["x"]), "xl/media/a.bin", b"\0" * (spreadsheets.MAX_UNPACKED + 1)))
    entry = content.rfind(b"xl/media/a.bin") - 46
    assert content[entry : entry + 4] == b"PK\x01\x02"
    content[entry + 24 : entry + 28] = struct.pack("<L", 10)
    with pytest.raises(spreadsheets.Unpacked):
        spreadsheets.read(bytes(content), "a.xlsx")


def test_two_cells_in_far_corners_are_refused_before_anything_is_laid_out():
    far = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    with pytest.raises(TooLarge, match="1,048,576 rows and 16384 columns"):
        spreadsheets.read(with_part(xlsx(["x"]), "xl/worksheets/sheet1.xml", far), "a.xlsx")
    near = sheet_xml('<row r="2"><c r="B2"><v>7</v></c></row>')
    [grid] = spreadsheets.read(with_part(xlsx(["x"]), "xl/worksheets/sheet1.xml", near), "a.xlsx")
    assert grid.rows == [["", ""], ["", 7.0]]


def test_cells_without_a_place_are_refused():
    with pytest.raises(spreadsheets.UnreadableFile, match="where they are"):
        spreadsheets.read(
            with_part(xlsx(["x"]), "xl/worksheets/sheet1.xml", sheet_xml("<row><c><v>1</v></c></row>")), "a.xlsx"
        )


def test_entities_are_not_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + sheet_xml(
        '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>'
    )
    try:
        grids = spreadsheets.read(with_part(xlsx(["x"]), "xl/worksheets/sheet1.xml", bomb), "a.xlsx")
    except SchoolOSError:
        return
    assert "aaaa" not in repr(grids)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04", b"PK\x03\x04[Content_Types].xml xl/workbook.xml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900,
        xlsx(["x"])[:900], with_part(xlsx(["x"]), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"),
        with_part(xlsx(["x"]), "xl/workbook.xml", b"not xml at all"),
    ],
)  # fmt: skip
def test_damaged_files_are_an_error_a_person_can_read(content):
    with pytest.raises(SchoolOSError) as wrong:
        spreadsheets.read(content, "a.xlsx")
    assert wrong.value.status == 422 and "a.xlsx" in wrong.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv_in_every_encoding_and_with_every_separator(encoding, separator):
    lines = ["Hillcrest Academy", "", separator.join(("No", "Name", "CA")), separator.join(("HA/1", "Zoë Müller", "5"))]
    [grid] = spreadsheets.read("\r\n".join(lines).encode(encoding), "a.csv")
    assert grid.rows[-1] == ["HA/1", "Zoë Müller", "5"]


def test_a_title_row_full_of_separators_does_not_decide_the_separator():
    text = "HILLCREST, JSS 2, RUBY, MATHS\nNo;Name;CA\nHA/1;Okonjo, Ada;12,5\nHA/2;Garba, Musa;7,5\n"
    [grid] = spreadsheets.read(text.encode(), "a.csv")
    assert grid.rows[2] == ["HA/1", "Okonjo, Ada", "12,5"]


def test_one_column_is_one_column():
    assert spreadsheets.read(b"Name\nAda\nMusa\n", "a.csv")[0].rows == [["Name"], ["Ada"], ["Musa"]]


def test_too_many_rows_or_columns():
    with pytest.raises(TooLarge):
        spreadsheets.read(b"a,b\n" * (spreadsheets.MAX_ROWS + 1), "a.csv")
    with pytest.raises(TooLarge):
        spreadsheets.read(b"a," * 300, "a.csv")


def test_no_spreadsheet_at_all():
    for content in (b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"", b"\0\1\2\3"):
        with pytest.raises(media_types.UnsupportedType):
            spreadsheets.read(content, "a.xlsx")


@pytest.mark.parametrize(
    ("cell", "text"), [(45.0, "45"), (12.5, "12.5"), (" a\u00a0b ", "a b"), (True, "TRUE"), ("", ""), (7, "7")]
)
def test_cells_as_a_person_reads_them(cell, text):
    assert spreadsheets.text_of(cell) == text
