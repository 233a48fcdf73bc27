"""Imports of whole lists: what each would do, carrying it out, its history, and taking it back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from runtime import files as blobs
from runtime.errors import Conflict, InvalidInput, NotVisible
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school import change_sets, files, import_columns, schools, spreadsheets
from school.change_sets import ChangeSet
from school.files import StoredFile
from school.import_columns import Context, Field, Record, Sheet
from school.permissions import Permission
from school.row_faults import RowFault


class ImportKind(StrEnum):
    STUDENTS = "students"
    GUARDIANS = "guardians"
    ATTENDANCE = "attendance"
    SCORES = "scores"


class ImportRow(SchoolRow, Base):
    """One import that was carried out. `undo_key` names what puts it back, in the file store."""

    __tablename__ = "imports"

    kind: Mapped[str]
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id", ondelete="SET NULL"))
    file_name: Mapped[str]
    person_id: Mapped[UUID | None]
    who: Mapped[str]
    total: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    faulty: Mapped[int]
    faults: Mapped[list[Any]]
    undo_key: Mapped[str | None]
    undone_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_imports_school_id_created_at", "school_id", "created_at"),)


class NothingToImport(InvalidInput):
    """No row of the file changes anything."""

    code = "nothing_to_import"


class AlreadyRolledBack(Conflict):
    """The import was taken back before."""

    code = "already_rolled_back"


@dataclass(slots=True)
class Plan:
    """What importing a file would do. `shown` are the rows as a person should see them before they approve."""

    kind: ImportKind
    columns: list[tuple[str, str]]
    shown: list[dict[str, Any]]
    changes: ChangeSet
    total: int
    added: int
    changed: int
    unchanged: int
    faults: list[RowFault]
    notes: list[str] = field(default_factory=list[str])
    unknown: list[str] = field(default_factory=list[str])

    @property
    def faulty(self) -> int:
        return len({fault.line for fault in self.faults})

    @property
    def good(self) -> int:
        return self.added + self.changed


@dataclass(slots=True)
class Reading:
    """A file that was read, on its way to a plan."""

    sheet: Sheet
    records: list[Record]
    context: Context

    @property
    def faults(self) -> list[RowFault]:
        return sorted((fault for record in self.records for fault in record.faults), key=lambda fault: fault.line)

    @property
    def good(self) -> list[Record]:
        return [record for record in self.records if not record.faults]


Planner = Callable[[Tx, Reading], Awaitable[Plan]]


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of list: its fields and what its rows mean."""

    kind: ImportKind
    fields: Sequence[Field]
    plan: Planner


IMPORTERS: dict[ImportKind, Importer] = {}


def importer(kind: ImportKind, fields: Sequence[Field]) -> Callable[[Planner], Planner]:
    """Register the planner of a kind of list."""

    def register(planner: Planner) -> Planner:
        IMPORTERS[kind] = Importer(kind, fields, planner)
        return planner

    return register


async def plan(tx: Tx, kind: ImportKind, content: bytes, name: str) -> Plan:
    """Read a file and say what importing it would do. Changes nothing.

    Errors: those of reading a spreadsheet, no_columns.
    """
    tx.require(Permission.RECORDS_IMPORT)
    chosen = IMPORTERS[kind]
    sheet = import_columns.find(spreadsheets.read(content, name), chosen.fields)
    context = Context((await schools.current(tx)).country, tx.today)
    reading = Reading(sheet, list(import_columns.records(sheet, chosen.fields, context)), context)
    made = await chosen.plan(tx, reading)
    used = {shown for shown in sheet.unknown.values() if shown}
    made.unknown = [import_columns.text_of(cell) for cell in used]
    return made


def check_useful(made: Plan) -> None:
    """Raise NothingToImport when no row would change anything."""
    if made.good:
        return
    if made.unchanged and not made.faults:
        raise NothingToImport(f"All {made.unchanged} rows are in the record already, so there is nothing to import.")
    first = "; ".join(f"{fault.where}: {fault.what}" for fault in made.faults[:3])
    raise NothingToImport(
        f"No row of the file can be imported. {first}".strip(),
        errors=[{"field": fault.where, "message": f"{fault.what} {fault.fix}".strip()} for fault in made.faults[:200]],
    )


async def carry_out(tx: Tx, made: Plan, stored: StoredFile, import_id: UUID | None = None) -> ImportRow:
    """Make the changes of a plan, all or none, and keep what puts them back. Errors: nothing_to_import."""
    tx.require(Permission.RECORDS_IMPORT)
    check_useful(made)
    await change_sets.apply(tx, made.changes)
    key = blobs.new_key(tx.school_id)
    packed = await blobs.write_bytes(key, change_sets.pack(made.changes))
    undo = await files.keep(tx, files.Received("undo.json.gz", "application/gzip", packed), purpose="undo")
    row = ImportRow(
        id=import_id or new_id(), school_id=tx.school_id, created_at=tx.now, kind=made.kind.value, file_id=stored.id,
        file_name=stored.name, person_id=tx.caller.person_id, who=tx.caller.name, total=made.total, added=made.added,
        changed=made.changed, unchanged=made.unchanged, faulty=made.faulty, undo_key=undo.key,
        faults=[fault.model_dump(mode="json") for fault in made.faults[:500]],
    )  # fmt: skip
    tx.session.add(row)
    await tx.session.flush()
    return row


async def access_import(tx: Tx, import_id: UUID) -> ImportRow:
    """Fetch one import to take back, locked. Errors: not_visible, not_allowed."""
    row = await tx.session.get(ImportRow, import_id, with_for_update=not tx.read_only)
    if row is None:
        raise NotVisible("There is no such import, or it is not finished yet.")
    tx.require(Permission.RECORDS_IMPORT)
    return row


async def roll_back(tx: Tx, import_id: UUID) -> ImportRow:
    """Put back all that an import changed, or nothing. Errors: already_rolled_back, changed_since."""
    row = await access_import(tx, import_id)
    if row.undone_at is not None or row.undo_key is None:
        raise AlreadyRolledBack(f"The import of {row.file_name} was taken back already.")
    await change_sets.revert(tx, change_sets.unpack(await blobs.read(row.undo_key)))
    row = await access_import(tx, import_id)
    row.undone_at = tx.now
    return row


async def history(tx: Tx, limit: int = 50) -> list[ImportRow]:
    """The latest imports, newest first."""
    tx.require(Permission.RECORDS_IMPORT)
    return list(await tx.session.scalars(select(ImportRow).order_by(ImportRow.created_at.desc()).limit(limit)))
