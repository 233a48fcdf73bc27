"""The page about files people import and export, from the importers and exporters themselves."""

from school import exports, imports, spreadsheets
from school.export_files import KEPT_DAYS, PDF_ROWS
from school.export_schedules import Every
from school.import_columns import HEADER_WITHIN
from tools.declare import load_all

_TROUBLES = (
    ("No header row was found", f"One of the first {HEADER_WITHIN} rows must name the columns; titles above it are fine."),
    ("No student has the admission number …", "The number is not in the school. Case, punctuation and leading zeros do not matter."),
    ("… is in another class", "The row belongs on that class's sheet, or the student has to be moved first."),
    ("a formula without a saved result", "Open the file in Excel, let it calculate, save it, send it again."),
    ("is protected with a password", "In Excel: File, Info, Protect Workbook, and clear the password."),
    ("These scores are published", "Withdraw the publication, import, publish again."),
    ("were changed after this import", "An import is taken back whole or not at all: somebody worked on its rows since."),
)  # fmt: skip


def page() -> str:
    """Which columns are read and written, the limits, and what the usual errors ask for."""
    load_all()
    parts = [
        "# Files in and out\n",
        "Lists and score sheets come as XLSX, XLS or CSV (comma, semicolon, tab or bar; UTF-8, UTF-16 or Windows-1252), up to"
        f" {spreadsheets.MAX_ROWS:,} rows and {spreadsheets.MAX_COLUMNS} columns. Send a file in a conversation, or upload it to"
        " `POST /api/uploads` and name its id. Every import is previewed with each fault by row; good rows are saved in one"
        " transaction, and an undo takes the whole import back.\n",
        "## A score sheet (`import_scores`)\n",
        "One class, subject and term, named by the request, by a title above the header or by the file's name. Columns: the"
        " admission number or the name (or both), and a column for each component of the class's assessment scheme"
        " (“Exam”, “Exam (60)”, “C.A.”). Cells: `45`, `45/60`, ` 17 `, `12,5`; empty, `-` or `abs` is not recorded.\n",
    ]
    for kind in imports.ImportKind:
        importer = imports.IMPORTERS[kind]
        parts.append(f"## A list of {kind.value} (`import_records`)\n")
        rows = [
            f"| {field.label}{' (required)' if field.required else ''} | {', '.join(field.headings[1:])} |"
            for field in importer.fields
        ]
        parts.append("\n".join(["| column | also recognised |", "| --- | --- |", *rows]) + "\n")
    parts.append(
        "Attendance may also have one column a day, headed by its date. Scores have one column a component, as on a score"
        " sheet. Phone numbers without a country code are of the school's country; dates are day first, or `2013-05-31`.\n"
    )
    parts.append("## Exports (`export_records`)\n")
    parts.append(
        f"XLSX, CSV or PDF (at most {PDF_ROWS:,} rows), kept {KEPT_DAYS} days, now or every {', '.join(Every)}. What is exported"
        " can be imported again. In CSV a text that a spreadsheet would take for a formula has an apostrophe before it.\n"
    )
    headings = [f"| {kind.value} | {', '.join(names)} |" for kind, names in exports.HEADINGS.items()]
    headings.append("| scores | Admission number, Name, Class, Subject, Term, each component, Total, Grade |")
    parts.append("\n".join(["| list | columns |", "| --- | --- |", *headings]) + "\n")
    parts.append("## When something is refused\n")
    parts.append(
        "\n".join(["| it says | do this |", "| --- | --- |", *(f"| {says} | {do} |" for says, do in _TROUBLES)]) + "\n"
    )
    return "\n".join(parts)
