"""Figures written to a file people open: a workbook of one sheet a table, or a document for printing."""

import asyncio
import html
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from rustpy_xlsxwriter import FastExcel

from runtime import files as blobs
from runtime.transaction import Tx
from school import export_files, files, schools
from school.exports import ExportFormat
from school.figures_tables import Figures, Table
from school.files import StoredFile

_STYLE = (
    "@page{size:A4;margin:14mm;@bottom-left{content:string(asof);font-size:8pt;color:#555}"
    "@bottom-right{content:counter(page) ' / ' counter(pages);font-size:8pt;color:#555}}"
    "body{font:9pt 'DejaVu Sans',sans-serif}h1{font-size:16pt;margin:0 0 1mm}h2{font-size:11pt;margin:6mm 0 2mm}"
    ".asof{string-set:asof content();color:#555;margin:0 0 2mm}table{table-layout:fixed;border-spacing:0;width:100%}"
    "thead{display:table-header-group}th{text-align:left;border-bottom:1px solid #333}td,th{padding:1.2mm 1.5mm}"
    "tr{break-inside:avoid}tbody tr:nth-child(even) td{background:#f3f3f3}.n{text-align:right}"
)


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
    from weasyprint import HTML  # loads Pango: only when a PDF is made

    title = html.escape(f"{school}: {figures.title}")
    body = "".join(_section(table) for table in figures.tables)
    HTML(
        string=f"<html lang='en'><head><title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>"
        f"<div>{html.escape(figures.covered)}</div><p class='asof'>{html.escape(said)}</p>{body}</body></html>"
    ).write_pdf(path, pdf_variant="pdf/ua-1")


def _section(table: Table) -> str:
    if not len(table.rows):
        return f"<h2>{html.escape(table.title)}</h2><p>Nothing recorded.</p>"
    numeric = [
        all(isinstance(row[place], Decimal | int | float | None) for row in table.rows)
        for place in range(len(table.headings))
    ]
    head = "".join(
        f"<th scope='col'{_kind(number)}>{html.escape(heading)}</th>"
        for heading, number in zip(table.headings, numeric, strict=True)
    )
    body = "".join(f"<tr>{_cells(row, numeric)}</tr>" for row in table.rows)
    return f"<h2>{html.escape(table.title)}</h2><table>{_widths(table)}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _widths(table: Table) -> str:
    """Columns as wide as what is in them: a layout that need not look at every cell first."""
    longest = [max(len(str(cell)) for cell in column) for column in zip(table.headings, *table.rows, strict=True)]
    wanted = [min(32, max(6, length)) for length in longest]
    return "".join(f"<col style='width:{100 * each / sum(wanted):.1f}%'>" for each in wanted)


def _cells(row: Sequence[Any], numeric: Sequence[bool]) -> str:
    return "".join(
        f"<td{_kind(number)}>{'–' if cell is None else html.escape(str(cell))}</td>"
        for cell, number in zip(row, numeric, strict=True)
    )


def _kind(numeric: bool) -> str:
    return " class='n'" if numeric else ""
