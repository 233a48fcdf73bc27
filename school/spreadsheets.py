"""Reading spreadsheets people send: XLSX, XLS and CSV, within limits, never running or trusting anything in them."""

import csv
import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

import msoffcrypto
import olefile
import openpyxl
import python_calamine
from charset_normalizer import from_bytes

from runtime.errors import InvalidInput, TooLarge
from school import media_types

MAX_UNPACKED: Final = 300_000_000
"""Bytes an XLSX may unpack to; a genuine 100,000-row roster needs about 60 million."""
MAX_PARTS: Final = 2_000
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 256
MAX_CELLS: Final = 4_000_000
_DELIMITERS: Final = ",;\t|"
_NEW_SHEET: Final = 0x0809
_OLD_RUN: Final = 0x00BD
_OLD_CELLS: Final = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
"""Records of formulas, runs of numbers, rich and shared strings, numbers, labels, booleans and small numbers."""
_CELL: Final = re.compile(rb"<(?:\w+:)?c[ >/]")
_REFERENCE: Final = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"')


class UnreadableFile(InvalidInput):
    """Damaged, or not what it says it is."""

    code = "unreadable_file"


class EncryptedFile(InvalidInput):
    """Opening it needs a password."""

    code = "encrypted_file"


class Unpacked(TooLarge):
    """A small file that unpacks to a huge one."""

    code = "unpacks_too_large"


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """A cell whose value is not in the file: a formula never calculated, or one that failed (`#DIV/0!`)."""

    text: str


Cell = str | float | bool | date | datetime | time | timedelta | Uncomputed
"""An empty cell is the empty string."""


@dataclass(slots=True)
class Grid:
    """One sheet: rows of cells, all of them, from the sheet's first row and column."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list[list[Cell]])


def read(content: bytes, name: str) -> list[Grid]:
    """The sheets of a file.

    Shape:  one grid a sheet (one for CSV); row 0 is the file's row 1.
    Errors: unsupported_type, unreadable_file, encrypted_file, unpacks_too_large, too_large.
    """
    kind = media_types.media_type(content[:65_536], name)
    if kind == "text/plain":
        kind = media_types.CSV
    media_types.check_accepted(kind, name, media_types.SPREADSHEETS)
    if kind == media_types.CSV:
        return [Grid(name, _csv_rows(content, name))]
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        _check_not_encrypted(content, name)
        _check_old_extent(content, name)
        return _workbook(content, name, formulas=False)
    return _workbook(content, name, formulas=_check_unpacked(content, name))


def _check_not_encrypted(content: bytes, name: str) -> None:
    try:
        encrypted = msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted()
    except Exception as error:  # the library raises many kinds for a damaged container
        raise _unreadable(name) from error
    if encrypted:
        raise EncryptedFile(
            f"“{name}” is protected with a password. Open it in Excel, remove the password "
            "(File, Info, Protect Workbook), save it and send it again."
        )


def _check_old_extent(content: bytes, name: str) -> None:
    """How far the cells of an old Excel file reach, from its records ([MS-XLS] 2.4): as `_Extent` for a new one."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            stream = next((part for part in ("Workbook", "Book") if container.exists(part)), None)
            if stream is None:
                raise _unreadable(name)
            records = container.openstream(stream).read()
    except OSError as error:
        raise _unreadable(name) from error
    rows = columns = at = 0
    while at + 4 <= len(records):
        kind, length = struct.unpack_from("<HH", records, at)
        if kind == _NEW_SHEET:
            rows = columns = 0
        elif kind in _OLD_CELLS and at + 8 <= len(records):
            row, column = struct.unpack_from("<HH", records, at + 4)
            if kind == _OLD_RUN and length >= 6 and at + 4 + length <= len(records):
                column = struct.unpack_from("<H", records, at + 4 + length - 2)[0]
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
                raise _too_many(name, rows, columns)
        at += 4 + length


def _unreadable(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"“{name}” cannot be read: it is damaged or not a spreadsheet. Save it again as .xlsx or .csv."
    )


def _check_unpacked(content: bytes, name: str) -> bool:
    """Unpack every part once, counting, since the sizes a zip declares can lie. True when a sheet has formulas.

    The cells of each sheet are looked at too: two cells in far corners would make the reader lay out all between.
    """
    total, formulas = 0, False
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
        if len(parts) > MAX_PARTS:
            raise Unpacked(f"“{name}” has {len(parts)} parts inside: that is no ordinary spreadsheet.")
        if not any(part.filename == "xl/workbook.xml" for part in parts):
            raise _unreadable(name)
        for part in parts:
            extent = _Extent() if part.filename.startswith("xl/worksheets/") else None
            for piece in _inflate(content, part):
                total += len(piece)
                if total > MAX_UNPACKED:
                    raise Unpacked(
                        f"“{name}” unpacks to more than {MAX_UNPACKED // 1_000_000} MB, so it was not opened. "
                        "Keep only the rows you need and save it again."
                    )
                if extent:
                    extent.look(piece)
            if extent:
                extent.check(name)
                formulas = formulas or extent.formulas
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError) as error:
        raise _unreadable(name) from error
    return formulas


class _Extent:
    """How far the cells of a worksheet reach, read from its XML as it streams by."""

    def __init__(self) -> None:
        self.rows = self.columns = self.cells = self.placed = 0
        self.formulas = False
        self.tail = b""

    def look(self, piece: bytes) -> None:
        seen = self.tail + piece
        cut = seen.rfind(b"<")
        if cut < 0 and len(seen) > 4_000_000:
            raise ValueError("no markup where cells should be")
        self.tail, seen = seen[cut:], seen[:cut] if cut >= 0 else b""
        self._count(seen)

    def _count(self, seen: bytes) -> None:
        self.cells += len(_CELL.findall(seen))
        references = _REFERENCE.findall(seen)
        self.placed += len(references)
        if references:
            self.rows = max(self.rows, max(int(row) for _, row in references))
            self.columns = max(
                self.columns, max(_column(letters) for letters in {letters for letters, _ in references})
            )
        self.formulas = self.formulas or b"<f>" in seen or b"<f " in seen or b't="e"' in seen

    def check(self, name: str) -> None:
        self._count(self.tail)
        if self.placed < self.cells:
            raise UnreadableFile(
                f"“{name}” has cells that do not say where they are. Open it in Excel, save it and send it again."
            )
        if self.rows > MAX_ROWS or self.columns > MAX_COLUMNS or self.rows * self.columns > MAX_CELLS:
            raise _too_many(name, self.rows, self.columns)


def _column(letters: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _inflate(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of one part, in pieces, by what the stream holds and not by what its header says."""
    start = part.header_offset
    names = int.from_bytes(content[start + 26 : start + 28], "little")
    extra = int.from_bytes(content[start + 28 : start + 30], "little")
    packed = content[start + 30 + names + extra :][: part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if part.compress_type != zipfile.ZIP_DEFLATED or part.flag_bits & 1:
        raise ValueError(f"part packed by method {part.compress_type}")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    while packed and not inflater.eof:
        yield inflater.decompress(packed, 1 << 20)
        packed = inflater.unconsumed_tail


def _workbook(content: bytes, name: str, *, formulas: bool) -> list[Grid]:
    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            shown = [
                sheet.name for sheet in book.sheets_metadata if sheet.typ is python_calamine.SheetTypeEnum.WorkSheet
            ]
            grids = [_grid(book.get_sheet_by_name(each), each, name) for each in shown]
    except python_calamine.PasswordError as error:
        raise EncryptedFile(f"“{name}” is protected with a password. Remove it, save and send it again.") from error
    except (python_calamine.CalamineError, python_calamine.ZipError, python_calamine.XmlError, ValueError) as error:
        raise _unreadable(name) from error
    if formulas:
        _mark_uncomputed(content, grids, name)
    return [grid for grid in grids if grid.rows]


def _grid(sheet: python_calamine.CalamineSheet, title: str, name: str) -> Grid:
    if sheet.height > MAX_ROWS or sheet.width > MAX_COLUMNS or sheet.height * sheet.width > MAX_CELLS:
        raise _too_many(name, sheet.height, sheet.width)
    return Grid(title, sheet.to_python(skip_empty_area=False) if sheet.height else [])


def _too_many(name: str, rows: int, columns: int) -> TooLarge:
    return TooLarge(
        f"“{name}” has {rows:,} rows and {columns} columns; {MAX_ROWS:,} rows and {MAX_COLUMNS} columns are the most. "
        "Split it, or delete the empty rows and columns at its end."
    )


def _mark_uncomputed(content: bytes, grids: list[Grid], name: str) -> None:
    """Formulas without a saved value, and failed ones, read as empty cells: say so instead of taking them for blank."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        for grid in grids:
            for row in book[grid.name].iter_rows():
                for cell in row:
                    if cell.value is None or cell.data_type not in ("f", "e"):
                        continue
                    line, column = int(cell.row or 0) - 1, int(cell.column or 0) - 1
                    if line < len(grid.rows) and column < len(grid.rows[line]) and grid.rows[line][column] == "":
                        grid.rows[line][column] = Uncomputed(str(cell.value)[:60])
        book.close()
    except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble over
        raise _unreadable(name) from error


def _csv_rows(content: bytes, name: str) -> list[list[Cell]]:
    text = decode(content, name)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=False)
        rows: list[list[Cell]] = []
        for row in reader:
            if len(rows) >= MAX_ROWS or len(row) > MAX_COLUMNS:
                raise _too_many(name, len(rows) + 1, len(row))
            rows.append([cell.strip() for cell in row])
    except csv.Error as error:
        raise UnreadableFile(f"“{name}” cannot be read as CSV: {error}. Save it again as .xlsx.") from error
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def decode(content: bytes, name: str) -> str:
    """Text from bytes: by its mark, else UTF-8, else the Western code page old Excels write."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise _unreadable(name) from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        found = from_bytes(content, cp_isolation=["cp1252", "latin_1", "utf_16_le", "utf_16_be"]).best()
        if found is None:
            raise _unreadable(name) from None
        return str(found)


def delimiter(text: str) -> str:
    """The character between columns: the one that makes the most rows equally wide, title rows aside."""
    sample = text[:200_000].splitlines()[:200]
    scores: dict[str, float] = {}
    for candidate in _DELIMITERS:
        widths = Counter(
            len(row) for row in csv.reader(sample, delimiter=candidate) if any(cell.strip() for cell in row)
        )
        wide = {width: count for width, count in widths.items() if width > 1}
        if wide:
            width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
            scores[candidate] = count / sum(widths.values()) * min(width, 12)
    return max(scores, key=lambda candidate: scores[candidate]) if scores else ","


def text_of(cell: Cell) -> str:
    """A cell as a person would read it: whole numbers without a point, no spaces around."""
    if isinstance(cell, str):
        return " ".join(cell.replace("\u00a0", " ").split())
    if isinstance(cell, Uncomputed):
        return cell.text
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float | int):
        return str(int(cell)) if float(cell).is_integer() else repr(float(cell))
    return str(cell)
