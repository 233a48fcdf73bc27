"""Whole lists from a file: students, guardians, attendance, scores; previewed, carried out, listed, taken back."""

from typing import Any
from uuid import UUID

from runtime.ids import new_id
from runtime.transaction import Tx
from school import (
    attendance_import,
    change_sets,
    files,
    guardians_import,
    import_columns,
    imports,
    runs,
    scores_list_import,
    spreadsheets,
    students_import,
)
from school.files import StoredFile
from school.imports import ImportKind, ImportRow, Plan
from school.permissions import Permission
from tools.declare import Effect, tool
from tools.present import Block, Column, Errors, Fault, Notice, Progress, Shown, Table
from tools.refs import Ref
from tools.results import Done, Preview, Result

PLANNERS = (students_import, guardians_import, attendance_import, scores_list_import)
RUN_KIND = "records.import"
AT_ONCE = 10_000
"""Rows imported while the person waits; more are a run."""
SHOWN = 200
"""Rows a preview shows; the counts are of the whole file."""


async def _plan(tx: Tx, file: Ref[StoredFile], kind: ImportKind) -> tuple[StoredFile, Plan]:
    stored, content = await files.read(tx, file.id)
    return stored, await imports.plan(tx, kind, content, stored.name)


def _counts(added: int, changed: int, unchanged: int) -> str:
    parts = [f"{added:,} new"] if added else []
    parts += [f"{changed:,} changed"] if changed else []
    parts += [f"{unchanged:,} as they are"] if unchanged else []
    return ", ".join(parts) or "nothing"


def _blocks(plan: Plan) -> list[Block]:
    shown: list[Block] = [
        Table(
            title="Read from the file", columns=[Column(key="line", label="Row", kind="number"), *(Column(key=k, label=n) for k, n in plan.columns)],
            rows=plan.shown[:SHOWN], total=len(plan.shown),
        )
    ]  # fmt: skip
    if plan.faults:
        items = [Fault(where=f.where, what=f.what, fix=f.fix or None) for f in plan.faults[:SHOWN]]
        more = f", the first {SHOWN} shown" if len(plan.faults) > SHOWN else ""
        shown.append(Errors(title=f"{plan.faulty:,} rows will be left out{more}", items=items))
    said = [*plan.notes, *(f"The column “{name}” is not read." for name in plan.unknown[:10])]
    return [*shown, Notice(tone="info", text=" ".join(said))] if said else shown


async def preview_import_records(tx: Tx, *, file: Ref[StoredFile], kind: ImportKind) -> Preview:
    """What the file holds, what is wrong with it, and what importing it would change."""
    stored, plan = await _plan(tx, file, kind)
    imports.check_useful(plan)
    return Preview(
        title=f"Import {kind.value} from {stored.name}",
        summary=f"{plan.total:,} rows: {_counts(plan.added, plan.changed, plan.unchanged)}; {plan.faulty:,} left out.",
        blocks=_blocks(plan), included=plan.good,
        state={"file": stored.sha256, "added": plan.added, "changed": plan.changed, "unchanged": plan.unchanged},
    )  # fmt: skip


class Imported(Result):
    """What an import changed."""

    import_id: UUID
    kind: str
    file_name: str
    total: int
    added: int
    changed: int
    unchanged: int
    faulty: int
    faults: list[Fault]
    run_id: UUID | None = None

    def headline(self) -> str:
        if self.run_id:
            return f"Importing {self.total:,} rows of {self.kind} from {self.file_name}."
        left = f" {self.faulty:,} of {self.total:,} rows were left out." if self.faulty else ""
        return f"Imported {self.kind} from {self.file_name}: {_counts(self.added, self.changed, self.unchanged)}.{left}"

    def blocks(self) -> list[Block]:
        left: list[Block] = [Errors(title="Left out", items=self.faults)] if self.faults else []
        return [*left, Progress(run_id=str(self.run_id), title=f"Import {self.kind}")] if self.run_id else left

    def next_questions(self) -> list[str]:
        return ["Undo that", "Show the imports"]


@tool(
    permission=Permission.RECORDS_IMPORT,
    effect=Effect.WRITE,
    rest="POST /api/v1/imports",
    says=(
        "Import this list of students",
        "Upload the new JSS 1 roster",
        "Add the guardians in this file",
        "Load last week's attendance from the spreadsheet",
        "Import the term's scores of the whole school",
        "Bulk import students from Excel",
    ),
    errors=(
        imports.NothingToImport, change_sets.Collided, import_columns.NoColumns, spreadsheets.UnreadableFile, spreadsheets.EncryptedFile,
        spreadsheets.Unpacked,
    ),
    preview=preview_import_records,
)  # fmt: skip
async def import_records(tx: Tx, *, file: Ref[StoredFile], kind: ImportKind) -> Imported:
    """Add and update students, guardians, attendance or scores from a list.

    Use when the office sends a roster or a list of many classes. For one class's score sheet use `import_scores`.

    Shape:  one file, one row a record -> rows added, changed, unchanged, and the faults row by row.
    Units:  rows; points 0 to each column's maximum; dates day first or YYYY-MM-DD.
    Errors: nothing_to_import, collided, no_columns, unreadable_file, encrypted_file, unpacks_too_large.
    Source: the file; tables students, guardians, guardianships, enrolments, registers, attendance_marks, scores.
    """
    stored, plan = await _plan(tx, file, kind)
    import_id, run_id = new_id(), None
    if plan.total > AT_ONCE:
        imports.check_useful(plan)
        payload = {"file_id": str(stored.id), "kind": kind.value, "import_id": str(import_id)}
        run_id = (
            await runs.start(tx, RUN_KIND, f"Import {kind.value} from {stored.name}", payload, total=plan.total)
        ).id
    else:
        await imports.carry_out(tx, plan, stored, import_id)
    tx.undo_with("roll_back_import", import_id=str(import_id))
    return Imported(
        import_id=import_id, kind=kind.value, file_name=stored.name, total=plan.total, added=plan.added,
        changed=plan.changed, unchanged=plan.unchanged, faulty=plan.faulty, run_id=run_id,
        faults=[Fault(where=f.where, what=f.what, fix=f.fix or None) for f in plan.faults[:SHOWN]],
    )  # fmt: skip


@tool(permission=Permission.RECORDS_IMPORT, effect=Effect.WRITE, rest="POST /internal/roll-back-import", internal=True,
      errors=(imports.AlreadyRolledBack, change_sets.ChangedSince))  # fmt: skip
async def roll_back_import(tx: Tx, *, import_id: UUID) -> Done:
    """Put back everything an import changed, or nothing. The inverse of importing."""
    row = await imports.roll_back(tx, import_id)
    return Done(
        message=f"The import of {row.kind} from {row.file_name} is taken back: {row.added:,} removed, {row.changed:,} restored."
    )


class ImportEntry(Shown):
    """One import of the history."""

    import_id: UUID
    at: str
    kind: str
    file_name: str
    who: str
    total: int
    added: int
    changed: int
    faulty: int
    state: str


class ImportHistory(Result):
    """The imports of the school, newest first."""

    imports: list[ImportEntry]

    def headline(self) -> str:
        count = len(self.imports)
        return "Nothing has been imported yet." if not count else f"{count} import{'s'[: count != 1]}, newest first."

    def blocks(self) -> list[Block]:
        labels = {"at": "When", "kind": "What", "file_name": "File", "who": "By", "total": "Rows", "added": "New",
                  "changed": "Changed", "faulty": "Left out", "state": "State"}  # fmt: skip
        columns = [Column(key=key, label=label) for key, label in labels.items()]
        rows: list[dict[str, Any]] = [entry.model_dump(include=set(labels)) for entry in self.imports]
        return [Table(columns=columns, rows=rows, total=len(rows))] if rows else []


def _entry(tx: Tx, row: ImportRow) -> ImportEntry:
    return ImportEntry(
        import_id=row.id, at=row.created_at.astimezone(tx.zone).strftime("%d %b %Y %H:%M"), kind=row.kind,
        file_name=row.file_name, who=row.who, total=row.total, added=row.added, changed=row.changed, faulty=row.faulty,
        state="taken back" if row.undone_at else "done",
    )  # fmt: skip


@tool(
    permission=Permission.RECORDS_IMPORT,
    effect=Effect.READ,
    rest="GET /api/v1/imports",
    says=("Show the imports", "What was imported lately?", "Import history", "Who imported students this term?"),
)
async def show_imports(tx: Tx) -> ImportHistory:
    """Show what was imported from files, by whom, and whether it was taken back.

    Use when somebody asks about earlier imports. To take the last one back use `undo_change`.

    Shape:  nothing -> the fifty latest imports, newest first.
    Units:  rows of the files.
    Errors: those of any read.
    Source: table imports.
    """
    return ImportHistory(imports=[_entry(tx, row) for row in await imports.history(tx)])
