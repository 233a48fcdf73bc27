"""Figures written to a file people open: a workbook of one sheet a table, or a document for printing."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from rustpy_xlsxwriter import FastExcel

from runtime import files as blobs
from runtime.transaction import Tx
from school import export_files, files, printed_tables, schools
from school.exports import ExportFormat
from school.figures_tables import Figures, Table
from school.files import StoredFile
from school.printed_tables import PrintedTable


def as_of(moment: datetime, zone: ZoneInfo) -> str:
    """“As of 26 November 2026, 14:05 (Africa/Lagos)”."""
    local = moment.astimezone(zone)
    return f"As of {local.day} {local:%B %Y, %H:%M} ({zone.key})"


async def write(tx: Tx, figures: Figures, file_format: ExportFormat) -> StoredFile:
    """Write figures to a file of the caller's, kept for a week.

    Errors: invalid_input (too many rows for a PDF).
    """
    if file_format is ExportFormat.PDF and figures.rows > export_files.PDF_ROWS:
        raise export_files.too_long(figures.rows)
    school = (await schools.current(tx)).name
    said = as_of(figures.as_of, tx.zone)
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "figures"
        making = _pdf if file_format is ExportFormat.PDF else _xlsx
        await asyncio.to_thread(making, path, figures, school, said)
        written = await blobs.write(blobs.new_key(tx.school_id), _chunks(path), path.stat().st_size)
    name = files.clean_name(f"{figures.title} {tx.today:%Y-%m-%d}.{file_format.value}")
    received = files.Received(name, export_files.MEDIA_TYPES[file_format.value], written)
    return await files.keep(tx, received, purpose="export", days=export_files.KEPT_DAYS)


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while chunk := await asyncio.to_thread(file.read, blobs.CHUNK):
            yield chunk


def _xlsx(path: Path, figures: Figures, school: str, said: str) -> None:
    """A row is written once the next is made; the first sheet says what this is. Text is text, never a formula or a link."""
    with path.open("wb") as file:
        book = FastExcel(file, autofit=False).format(bold_headers=True, datetime_format="yyyy-mm-dd").freeze(row=1)
        about = (figures.covered, said, "For staff only.")
        title = f"{school}: {figures.title}"
        book.sheet("About", [{title: line} for line in about], column_widths=[60])
        for table in figures.tables:
            widths: list[float] = [max(10, min(32, len(heading) + 6)) for heading in table.headings]
            book.sheet(re.sub(r"[\[\]:*?/\\]", " ", table.title)[:31], _records(table), column_widths=widths)
        book.save()


def _records(table: Table) -> Iterator[dict[str, Any]]:
    """A table without rows keeps its headings."""
    if not len(table.rows):
        yield dict.fromkeys(table.headings)
    for row in table.rows:
        yield dict(zip(table.headings, row, strict=True))


def _pdf(path: Path, figures: Figures, school: str, said: str) -> None:
    tables = (PrintedTable(table.title, table.headings, list(table.rows)) for table in figures.tables)
    printed_tables.write(path, f"{school}: {figures.title}", tables, covered=figures.covered, said=said)
