"""Whole lists to a file: students, guardians, attendance, scores, as XLSX, CSV or PDF; now or on a schedule."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from runtime.transaction import Tx
from school import export_files, export_schedules, exports, files, runs
from school.calendar import Term
from school.classes import ClassArm, Subject
from school.export_schedules import RUN_KIND, Every
from school.exports import Export, ExportFormat, ExportKind, ExportSpec
from school.permissions import Permission
from tools.declare import Effect, tool
from tools.present import Block, Column, Fact, Facts, FileLink, Progress, Shown, Table
from tools.refs import Ref
from tools.results import Done, Preview, Result

AT_ONCE = 5_000
"""Rows made while the person waits; more are a run."""
FirstDay = Annotated[date | None, Field(description="First day of attendance wanted, YYYY-MM-DD.")]
LastDay = Annotated[date | None, Field(description="Last day of attendance wanted, YYYY-MM-DD.")]
Columns = Annotated[
    list[str] | None,
    Field(max_length=40, description="Headings wanted, in order, as the export has them; default all."),
]


def _spec(
    kind: ExportKind, file_format: ExportFormat, class_arm: Ref[ClassArm] | None, subject: Ref[Subject] | None,
    term: Ref[Term] | None, first_day: date | None, last_day: date | None, columns: list[str] | None,
) -> ExportSpec:  # fmt: skip
    return ExportSpec(
        kind=kind, format=file_format, class_arm_id=class_arm.id if class_arm else None,
        subject_id=subject.id if subject else None, term_id=term.id if term else None, first_day=first_day,
        last_day=last_day, columns=columns or [],
    )  # fmt: skip


def _slow(spec: ExportSpec, rows: int) -> bool:
    return rows > AT_ONCE


def _shown(title: str, spec: ExportSpec, opened: Export) -> Preview:
    slow = " It is made in the background." if _slow(spec, opened.rows) else ""
    return Preview(
        title=f"{title}: {opened.title.lower()} ({spec.format.value.upper()})",
        summary=f"{opened.rows:,} rows.{slow} The file can be opened for {export_files.KEPT_DAYS} days, by you and the head.",
        blocks=[Facts(items=[Fact(label="Columns", value=", ".join(opened.headings))])],
        included=opened.rows, state={"headings": opened.headings},
    )  # fmt: skip


async def preview_export_records(
    tx: Tx, *, kind: ExportKind, file_format: ExportFormat = ExportFormat.XLSX, class_arm: Ref[ClassArm] | None = None,
    subject: Ref[Subject] | None = None, term: Ref[Term] | None = None, first_day: FirstDay = None,
    last_day: LastDay = None, columns: Columns = None,
) -> Preview:  # fmt: skip
    """How many rows, which columns."""
    spec = _spec(kind, file_format, class_arm, subject, term, first_day, last_day, columns)
    opened = await exports.open_export(tx, spec)
    if file_format is ExportFormat.PDF and opened.rows > export_files.PDF_ROWS:
        raise export_files.too_long(opened.rows)
    return _shown("Export", spec, opened)


class Exported(Result):
    """A file to open, or the run that makes it."""

    title: str
    rows: int
    file_id: UUID | None = None
    name: str = ""
    media_type: str = ""
    size: int | None = None
    run_id: UUID | None = None

    def headline(self) -> str:
        if self.run_id:
            return f"{self.title}: {self.rows:,} rows are being written."
        return f"{self.title}: {self.rows:,} rows."

    def blocks(self) -> list[Block]:
        if self.run_id:
            return [Progress(run_id=str(self.run_id), title=self.title)]
        url = f"/api/files/{self.file_id}"
        return [FileLink(name=self.name, url=url, media_type=self.media_type, size=self.size)]


@tool(
    permission=Permission.RECORDS_EXPORT,
    effect=Effect.WRITE,
    rest="POST /api/v1/exports",
    says=(
        "Export the students of JSS 2 Ruby to Excel",
        "Download the class list as CSV",
        "Give me a PDF of the SS 1 Ruby attendance this term",
        "Export all the scores of this term",
        "Get the guardians' phone numbers in a spreadsheet",
    ),
    preview=preview_export_records,
)  # fmt: skip
async def export_records(
    tx: Tx, *, kind: ExportKind, file_format: ExportFormat = ExportFormat.XLSX, class_arm: Ref[ClassArm] | None = None,
    subject: Ref[Subject] | None = None, term: Ref[Term] | None = None, first_day: FirstDay = None,
    last_day: LastDay = None, columns: Columns = None,
) -> Exported:  # fmt: skip
    """Write students, guardians, attendance or scores to an Excel, CSV or PDF file.

    Use when somebody wants a list as a file. To see it in the conversation, use the show and find capabilities.

    Shape:  a kind, narrowed by class, subject, term or days -> one file, one row a record.
    Units:  points and totals as recorded; dates YYYY-MM-DD; a file is kept 7 days.
    Errors: those of any write.
    Source: tables students, guardians, guardianships, attendance_marks, scores.
    """
    spec = _spec(kind, file_format, class_arm, subject, term, first_day, last_day, columns)
    opened = await exports.open_export(tx, spec)
    if _slow(spec, opened.rows):
        run = await runs.start(tx, RUN_KIND, f"Export: {opened.title}", spec.model_dump(mode="json"), total=opened.rows)
        return Exported(title=opened.title, rows=opened.rows, run_id=run.id)
    stored, opened = await export_files.make(tx, spec)
    tx.undo_with("remove_export", file_id=str(stored.id))
    return Exported(
        title=opened.title,
        rows=opened.rows,
        file_id=stored.id,
        name=stored.name,
        media_type=stored.media_type,
        size=stored.size,
    )


@tool(permission=Permission.RECORDS_EXPORT, effect=Effect.WRITE, rest="POST /internal/remove-export", internal=True)
async def remove_export(tx: Tx, *, file_id: UUID) -> Done:
    """Delete an exported file. The inverse of exporting."""
    tx.require(Permission.RECORDS_EXPORT)
    await files.delete(tx, file_id)
    return Done(message="The exported file is deleted.")


async def preview_schedule_export(
    tx: Tx, *, every: Every, kind: ExportKind, file_format: ExportFormat = ExportFormat.XLSX,
    class_arm: Ref[ClassArm] | None = None, subject: Ref[Subject] | None = None, first_on: date | None = None,
) -> Preview:  # fmt: skip
    """What will be made, how often, from when."""
    spec = _spec(kind, file_format, class_arm, subject, None, None, None, None)
    shown = _shown(f"Export every {every.value}", spec, await exports.open_export(tx, spec))
    begins = max(first_on or tx.today, tx.today)
    return shown.model_copy(update={"summary": f"Every {every.value} from {begins:%A %d %B %Y}. Now {shown.summary}"})


@tool(
    permission=Permission.RECORDS_EXPORT,
    effect=Effect.WRITE,
    rest="POST /api/v1/export-schedules",
    says=(
        "Export the attendance every week",
        "Send me the student list as Excel every month",
        "Make a scores export every Friday",
        "Schedule a daily export of the guardians",
    ),
    preview=preview_schedule_export,
)  # fmt: skip
async def schedule_export(
    tx: Tx, *, every: Every, kind: ExportKind, file_format: ExportFormat = ExportFormat.XLSX,
    class_arm: Ref[ClassArm] | None = None, subject: Ref[Subject] | None = None, first_on: date | None = None,
) -> Done:  # fmt: skip
    """Have an export made every day, week or month.

    Use when somebody wants the same export again and again. For one file now, use `export_records`.

    Shape:  a kind, a format and a rhythm -> one schedule; each export is a run of its own.
    Units:  days of the school's calendar, from `first_on` (default today).
    Errors: those of any write.
    Source: table export_schedules.
    """
    spec = _spec(kind, file_format, class_arm, subject, None, None, None, None)
    opened = await exports.open_export(tx, spec)
    row = await export_schedules.schedule(tx, f"Export: {opened.title}", spec, every, first_on)
    tx.undo_with("cancel_export_schedule", schedule_id=str(row.id))
    return Done(message=f"{opened.title} will be exported every {every.value} from {row.next_on:%d %B %Y}.")


class ScheduleEntry(Shown):
    schedule_id: UUID
    title: str
    format: str
    every: str
    next_on: date
    last_run_id: UUID | None


class ExportSchedules(Result):
    """The exports made again and again."""

    schedules: list[ScheduleEntry]

    def headline(self) -> str:
        count = len(self.schedules)
        return f"{count} scheduled export{'s'[: count != 1]}." if count else "No export is scheduled."

    def blocks(self) -> list[Block]:
        columns = [Column(key="title", label="What"), Column(key="format", label="Format"), Column(key="every", label="Every"),
                   Column(key="next_on", label="Next", kind="date")]  # fmt: skip
        rows = [entry.model_dump(mode="json") for entry in self.schedules]
        return [Table(columns=columns, rows=rows, total=len(rows))] if rows else []


@tool(
    permission=Permission.RECORDS_EXPORT,
    effect=Effect.READ,
    rest="GET /api/v1/export-schedules",
    says=("Which exports are scheduled?", "Show my scheduled exports", "List the recurring exports"),
)
async def show_export_schedules(tx: Tx) -> ExportSchedules:
    """Show the exports that are made every day, week or month.

    Use when somebody asks what is scheduled. The files themselves are under the runs.

    Shape:  nothing -> one row a schedule, the next first.
    Units:  days of the school's calendar.
    Errors: those of any read.
    Source: table export_schedules.
    """
    return ExportSchedules(
        schedules=[
            ScheduleEntry(schedule_id=row.id, title=row.title, format=str(row.spec["format"]), every=row.every,
                          next_on=row.next_on, last_run_id=row.last_run_id)
            for row in await export_schedules.listed(tx)
        ]
    )  # fmt: skip


async def preview_cancel_export_schedule(tx: Tx, *, schedule_id: UUID) -> Preview:
    """Which schedule ends."""
    found = [row for row in await export_schedules.listed(tx) if row.id == schedule_id]
    what = f"{found[0].title}, every {found[0].every}" if found else "a schedule that is not there"
    return Preview(title="Stop a scheduled export", summary=f"{what}. Files made so far stay.", included=len(found),
                   state={"found": len(found)})  # fmt: skip


@tool(
    permission=Permission.RECORDS_EXPORT,
    effect=Effect.WRITE,
    rest="DELETE /api/v1/export-schedules/{schedule_id}",
    says=("Stop the weekly export", "Cancel the scheduled attendance export", "No more monthly exports"),
    preview=preview_cancel_export_schedule,
)
async def cancel_export_schedule(tx: Tx, *, schedule_id: UUID) -> Done:
    """Stop an export that is made every day, week or month.

    Use when a scheduled export is no longer wanted. `show_export_schedules` lists them.

    Shape:  one schedule -> none.
    Units:  one schedule.
    Errors: those of any write.
    Source: table export_schedules.
    """
    row = await export_schedules.cancel(tx, schedule_id)
    tx.undo_with(
        "restore_export_schedule", title=row.title, every=row.every, spec=row.spec, first_on=row.next_on.isoformat()
    )
    return Done(message=f"{row.title} is no longer made every {row.every}.")


@tool(
    permission=Permission.RECORDS_EXPORT,
    effect=Effect.WRITE,
    rest="POST /internal/restore-export-schedule",
    internal=True,
)
async def restore_export_schedule(tx: Tx, *, title: str, every: Every, spec: ExportSpec, first_on: date) -> Done:
    """Put a stopped schedule back. The inverse of stopping one."""
    row = await export_schedules.schedule(tx, title, spec, every, first_on)
    tx.undo_with("cancel_export_schedule", schedule_id=str(row.id))
    return Done(message=f"{title} is made every {every.value} again, next on {row.next_on:%d %B %Y}.")
