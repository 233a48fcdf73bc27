"""Figures to a file, for staff: the dashboard, students, attendance, grades, courses or every total, as XLSX or PDF."""

from typing import Literal

from runtime.transaction import Tx
from school import export_files, figures_files, figures_tables, runs
from school.exports import ExportFormat
from school.figures_tables import RUN_KIND, FiguresKind, FiguresSpec
from school.permissions import Permission
from tools.analytics_filters import ClassArms, FirstDay, LastDay, Levels, Students, Subjects, filters
from tools.declare import Effect, tool
from tools.records_export import Exported
from tools.reports import TermGiven
from tools.results import Preview

AT_ONCE = 5_000
"""Rows made while the person waits; more are a run."""
FileFormat = Literal["xlsx", "pdf"]


async def _preview_export(
    tx: Tx, *, kind: FiguresKind = FiguresKind.DASHBOARD, file_format: FileFormat = "xlsx", term: TermGiven = None,
    first_day: FirstDay = None, last_day: LastDay = None, class_arms: ClassArms = [], groups: Levels = [],  # noqa: B006  # never changed
    subjects: Subjects = [], students: Students = [],  # noqa: B006  # never changed
) -> Preview:  # fmt: skip
    """How many rows, of what."""
    asked = filters(term, first_day, last_day, class_arms, groups, subjects, students)
    figures = await figures_tables.collect(tx, kind, asked)
    if file_format == "pdf" and figures.rows > export_files.PDF_ROWS:
        raise export_files.too_long(figures.rows)
    parts = ", ".join(f"{table.title.lower()} ({len(table.rows):,})" for table in figures.tables)
    return Preview(
        title=f"Export: {figures.title.lower()}, {figures.covered} ({file_format.upper()})",
        summary=f"{parts}. For staff only; the file can be opened for {export_files.KEPT_DAYS} days, by you and the head.",
        included=figures.rows, state={"rows": figures.rows},
    )  # fmt: skip


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.WRITE,
    rest="POST /api/v1/analytics/exports",
    says=(
        "Export the dashboard as PDF",
        "Download the grade distribution as Excel",
        "Give me the attendance patterns of JSS 2 as a spreadsheet",
        "Export the student figures to Excel",
        "Save the course figures as PDF",
    ),
    preview=_preview_export,
)
async def export_figures(
    tx: Tx, *, kind: FiguresKind = FiguresKind.DASHBOARD, file_format: FileFormat = "xlsx", term: TermGiven = None,
    first_day: FirstDay = None, last_day: LastDay = None, class_arms: ClassArms = [], groups: Levels = [],  # noqa: B006  # never changed
    subjects: Subjects = [], students: Students = [],  # noqa: B006  # never changed
) -> Exported:  # fmt: skip
    """Write the dashboard or its figures to a dated Excel or PDF file.

    Use when staff want figures as a file. For lists of records (students, scores, marks) use `export_records`.

    Shape:  a kind and filters -> one file: a sheet or section a table; `totals` has a row a student, subject and term.
    Units:  percent; places in the class; a file is kept 7 days.
    Errors: those of any write.
    Source: tables score_sheets, scores, registers, attendance_marks, enrolments.
    """
    tx.require(Permission.ANALYTICS_READ)
    asked = filters(term, first_day, last_day, class_arms, groups, subjects, students)
    figures = await figures_tables.collect(tx, kind, asked)
    slow = figures.rows > AT_ONCE
    if slow:
        if file_format == "pdf" and figures.rows > export_files.PDF_ROWS:
            raise export_files.too_long(figures.rows)
        spec = FiguresSpec(kind=kind, format=ExportFormat(file_format), filters=asked)
        run = await runs.start(
            tx, RUN_KIND, f"Export: {figures.title}", spec.model_dump(mode="json"), total=figures.rows
        )
        return Exported(title=figures.title, rows=figures.rows, run_id=run.id)
    stored = await figures_files.write(tx, figures, ExportFormat(file_format))
    tx.undo_with("remove_export", file_id=str(stored.id))
    return Exported(
        title=figures.title, rows=figures.rows, file_id=stored.id, name=stored.name, media_type=stored.media_type, size=stored.size
    )  # fmt: skip
