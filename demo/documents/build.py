"""`python -m demo.documents.build`: make the PDF and DOCX files from their Markdown sources."""

import io
import re
import zipfile
from datetime import datetime

import docx
from markdown_it import MarkdownIt
from weasyprint import HTML

from demo.documents.shelf import HERE, SHELF, DemoDocument

STYLE = """
@page { size: A4; margin: 24mm 20mm; @top-center { content: string(title); font: 8pt "DejaVu Sans"; color: #555; }
        @bottom-center { content: "Page " counter(page) " of " counter(pages); font: 8pt "DejaVu Sans"; color: #555; } }
body { font: 10pt/1.45 "DejaVu Sans", sans-serif; } h1 { font-size: 20pt; string-set: title content(); }
h2 { font-size: 15pt; } h3 { font-size: 12pt; } h1, h2, h3, h4 { break-after: avoid; line-height: 1.2; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; } tr { break-inside: avoid; }
th, td { border: 0.5pt solid #777; padding: 4pt 6pt; text-align: left; vertical-align: top; } th { background: #eee; }
th:first-child { width: 9%; } .columns { columns: 2; column-gap: 9mm; hyphens: manual; }
"""
FIXED = (2026, 9, 1, 8, 0, 0)
"""The date inside the DOCX archives: a rebuild gives the same bytes."""


def build(document: DemoDocument) -> bytes:
    """The file of one document."""
    source = (HERE / "source" / document.file).with_suffix(".md").read_text(encoding="utf-8")
    return _pdf(source, document.columns) if document.file.endswith(".pdf") else _docx(source)


def _pdf(source: str, columns: int) -> bytes:
    title, _, body = source.partition("\n")
    markdown = MarkdownIt("commonmark").enable("table")
    inside = markdown.render(body)
    inside = f'<div class="columns">{inside}</div>' if columns == 2 else inside
    name = title.lstrip("# ")
    page = f"<html lang=en><head><title>{name}</title><style>{STYLE}</style></head><body><h1>{name}</h1>{inside}</body></html>"
    made = HTML(string=page).write_pdf()
    assert made is not None
    return made


def _docx(source: str) -> bytes:
    made = docx.Document()
    made.core_properties.created = made.core_properties.modified = datetime(*FIXED)  # noqa: DTZ001 Word has no zones
    for block in re.split(r"\n\s*\n", source):
        for line in block.strip().split("\n"):
            if heading := re.match(r"(#+)\s+(.*)", line):
                made.add_heading(heading[2], len(heading[1]))
            elif item := re.match(r"-\s+(.*)", line):
                made.add_paragraph(item[1], style="List Bullet")
            elif line:
                made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return _with_fixed_dates(out.getvalue())


def _with_fixed_dates(archive: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write:
        for part in read.infolist():
            info = zipfile.ZipInfo(part.filename, FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            write.writestr(info, read.read(part))
    return out.getvalue()


if __name__ == "__main__":
    for one in SHELF:
        one.path.write_bytes(build(one))
