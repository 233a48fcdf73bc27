"""Writing rows to a file people open: CSV and XLSX row by row, PDF for printing."""

import asyncio
import csv
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Protocol

import xlsxwriter

from runtime import files as blobs
from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import exports, files, media_types, printed_tables
from school.exports import Export, ExportSpec
from school.files import StoredFile
from school.printed_tables import PrintedTable

Report = Callable[[int, int], Awaitable[None]]
KEPT_DAYS: Final = 7

PDF_ROWS: Final = 2_000
"""A PDF is for printing; more rows than this belong into a spreadsheet."""


class Writer(Protocol):
    """Takes rows in pieces; `close` finishes the file."""

    def write(self, rows: Sequence[Sequence[Any]]) -> None: ...
    def close(self) -> None: ...


def guarded(value: Any) -> Any:
    """Text a spreadsheet would take for a formula gets an apostrophe before it (the import takes it off again)."""
    return f"'{value}" if isinstance(value, str) and re.match(r"[=+\-@\t\r]", value) else value


class CsvWriter:
    """UTF-8 with a mark, so that Excel reads the diacritics."""

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        self.file = path.open("w", encoding="utf-8-sig", newline="")
        self.writer = csv.writer(self.file)
        self.writer.writerow(headings)

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        self.writer.writerows([["" if cell is None else guarded(cell) for cell in row] for row in rows])

    def close(self) -> None:
        self.file.close()


class XlsxWriter:
    """Constant memory: a row is on disk once the next begins. Text is text, never a formula or a link."""

    def __init__(self, path: Path, headings: Sequence[str], title: str) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_date_format": "yyyy-mm-dd",
        }
        self.book = xlsxwriter.Workbook(str(path), options)
        self.sheet = self.book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
        bold = self.book.add_format({"bold": True, "bottom": 1})
        for place, heading in enumerate(headings):
            self.sheet.set_column(place, place, max(10, min(32, len(heading) + 6)))
        self.sheet.freeze_panes(1, 0)
        self.sheet.write_row(0, 0, headings, bold)
        self.line = 1

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        for row in rows:
            for place, cell in enumerate(row):
                self._cell(place, cell)
            self.line += 1

    def _cell(self, place: int, cell: Any) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            self.sheet.write_string(self.line, place, cell)
        elif isinstance(cell, date):
            self.sheet.write_datetime(self.line, place, datetime.combine(cell, time()))
        else:
            self.sheet.write_number(self.line, place, float(cell))

    def close(self) -> None:
        self.book.close()


class PdfWriter:
    """A table on A4, its header repeated on every page."""

    def __init__(self, path: Path, headings: Sequence[str], title: str) -> None:
        self.path, self.headings, self.title = path, headings, title
        self.rows: list[Sequence[Any]] = []

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        self.rows.extend(rows)
        if len(self.rows) > PDF_ROWS:
            raise too_long(len(self.rows))

    def close(self) -> None:
        printed_tables.write(self.path, self.title, [PrintedTable("", self.headings, self.rows)])


def too_long(rows: int) -> InvalidInput:
    return InvalidInput(f"{rows:,} rows are too many for a PDF ({PDF_ROWS:,} at most). Choose one class, or XLSX.")


def writer(kind: str, path: Path, headings: Sequence[str], title: str) -> Writer:
    """The writer of a format."""
    if kind == "csv":
        return CsvWriter(path, headings)
    return PdfWriter(path, headings, title) if kind == "pdf" else XlsxWriter(path, headings, title)


async def make(tx: Tx, spec: ExportSpec, report: Report | None = None) -> tuple[StoredFile, Export]:
    """Write an export to a file of the caller's, kept for a week. `report(done, total)` hears of the progress."""
    opened = await exports.open_export(tx, spec)
    if spec.format == "pdf" and opened.rows > PDF_ROWS:
        raise too_long(opened.rows)
    name = f"{opened.title} {tx.today:%Y-%m-%d}.{spec.format.value}"
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "export"
        writing = writer(spec.format.value, path, opened.headings, opened.title)
        done = 0
        try:
            async for piece in opened.pieces():
                await asyncio.to_thread(writing.write, piece)
                done += len(piece)
                if report:
                    await report(done, opened.rows)
        finally:
            await asyncio.to_thread(writing.close)
        written = await blobs.write(blobs.new_key(tx.school_id), _chunks(path), path.stat().st_size)
    received = files.Received(files.clean_name(name), MEDIA_TYPES[spec.format.value], written)
    return await files.keep(tx, received, purpose="export", days=KEPT_DAYS), opened


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while chunk := await asyncio.to_thread(file.read, blobs.CHUNK):
            yield chunk


MEDIA_TYPES: Final = {"csv": media_types.CSV, "xlsx": media_types.XLSX, "pdf": media_types.PDF}
