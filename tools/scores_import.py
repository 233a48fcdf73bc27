"""A score sheet from a file: shown as it was read, its faults named row by row, the good rows saved."""

from uuid import UUID

from sqlalchemy import select

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import files, scores, scores_import, sheet_layout, sheet_target, spreadsheets
from school import score_sheets as sheets
from school.calendar import Term
from school.classes import ClassArm, Subject
from school.files import StoredFile
from school.permissions import Permission
from school.score_sheets import OpenSheet
from school.scores_import import Proposal
from tools.declare import Effect, tool
from tools.naming import Candidate
from tools.present import Block, Column, Errors, Fault, Notice, Table, number
from tools.refs import Hints, Ref, resolver
from tools.results import Concern, Excluded, Preview, Result

_LATEST = frozenset(
    {"it", "this", "file", "the file", "this file", "the sheet", "this sheet", "the attachment", "attached file", "attachment",
     "the attached file", "the spreadsheet", "this spreadsheet", "the excel", "the excel file", "the upload", "uploaded file"}
)  # fmt: skip


async def _phrase_file(tx: Tx, text: str, hints: Hints) -> Candidate | None:
    if text not in _LATEST:
        return None
    return next(iter(await find_files(tx, hints)), None)


@resolver(StoredFile, "file", order=0, phrase=_phrase_file)
async def find_files(tx: Tx, hints: Hints) -> list[Candidate]:
    """The caller's own uploads, newest first."""
    query = (
        select(StoredFile)
        .where(StoredFile.owner_user_id == tx.caller.user_id, StoredFile.purpose == "upload")
        .where(StoredFile.deleted_at.is_(None), StoredFile.expires_at.is_(None) | (StoredFile.expires_at > tx.now))
        .order_by(StoredFile.id.desc())
        .limit(50)
    )
    return [
        Candidate(str(row.id), row.name, (row.name, row.name.rpartition(".")[0]), hint=f"{row.created_at:%d %b %H:%M}")
        for row in await tx.session.scalars(query)
    ]


async def _read(
    tx: Tx, file: Ref[StoredFile], class_arm: Ref[ClassArm] | None, subject: Ref[Subject] | None, term: Ref[Term] | None
) -> tuple[OpenSheet, Proposal]:
    stored, content = await files.read(tx, file.id)
    grids = spreadsheets.read(content, stored.name)
    opened = await sheet_target.open_target(
        tx, grids, stored.name, class_arm_id=class_arm.id if class_arm else None,
        subject_id=subject.id if subject else None, term_id=term.id if term else None,
    )  # fmt: skip
    sheets.check_open(opened.sheet)
    return opened, await scores_import.propose(tx, opened, grids, source=stored.name)


def _parsed(proposal: Proposal) -> Table:
    columns = [
        Column(key="line", label="Row", kind="number"),
        Column(key="admissionNo", label="Admission no"),
        Column(key="name", label="Student", kind="person"),
        *(
            Column(key=f"c{n}", label=f"{c.name} ({c.max_points.normalize():f})", kind="number")
            for n, c in enumerate(proposal.columns)
        ),
    ]
    rows = [
        {
            "line": row.line, "admissionNo": row.admission_no, "name": row.name, "studentId": str(row.student_id),
            "changed": row.changed, **{f"c{n}": number(points) for n, points in enumerate(row.points)},
        }
        for row in proposal.rows
    ]  # fmt: skip
    return Table(title="Read from the file", columns=columns, rows=rows, total=len(rows))


def _problems(proposal: Proposal) -> list[Block]:
    if not proposal.faults:
        return []
    rows = "1 row will not be saved" if proposal.faulty == 1 else f"{proposal.faulty} rows will not be saved"
    return [Errors(title=rows, items=[Fault(where=f.where, what=f.what, fix=f.fix or None) for f in proposal.faults])]


def _notes(proposal: Proposal) -> list[Block]:
    said = [*proposal.notes[:20]]
    if proposal.blank:
        said.append(f"No points in the rows of {', '.join(proposal.blank[:10])}.")
    return [Notice(tone="info", text=" ".join(said))] if said else []


def _check_savable(proposal: Proposal) -> None:
    if any(row.changed for row in proposal.rows):
        return
    if proposal.rows:
        raise InvalidInput(f"All {len(proposal.rows)} rows are recorded already, so there is nothing to save.")
    first = "; ".join(f"{fault.where}: {fault.what}" for fault in proposal.faults[:3])
    raise InvalidInput(
        f"No row of the file can be saved. {first}",
        errors=[{"field": fault.where, "message": f"{fault.what} {fault.fix}".strip()} for fault in proposal.faults],
    )


async def preview_import_scores(
    tx: Tx, *, file: Ref[StoredFile], class_arm: Ref[ClassArm] | None = None, subject: Ref[Subject] | None = None,
    term: Ref[Term] | None = None,
) -> Preview:  # fmt: skip
    """The parsed sheet, what is wrong with it, and how much of it will be saved."""
    opened, proposal = await _read(tx, file, class_arm, subject, term)
    _check_savable(proposal)
    good = len(proposal.rows)
    new = f" {proposal.unchanged} of them are recorded already." if proposal.unchanged else ""
    left = [Excluded(who=name, reason="no score in the file, none recorded") for name in proposal.left]
    return Preview(
        title=f"Save {good} rows of scores: {proposal.label}",
        summary=f"{good} of {proposal.total} rows will be saved.{new}",
        blocks=[_parsed(proposal), *_problems(proposal), *_notes(proposal)],
        included=good, excluded=left, state={"version": opened.sheet.version, "file": str(file.id)},
    )  # fmt: skip


class ImportedScores(Result):
    """What an import saved, and what it left out."""

    sheet_id: UUID
    label: str
    saved: int
    values: int
    faulty: int
    total: int
    faults: list[Fault]
    without_score: list[str]
    about: list[Concern]

    def concerns(self) -> list[Concern]:
        return self.about

    def headline(self) -> str:
        left = f" {self.faulty} left out." if self.faulty else ""
        return f"Saved {self.saved} of {self.total} rows into {self.label}.{left}"

    def blocks(self) -> list[Block]:
        return [Errors(title="Left out", items=self.faults)] if self.faults else []

    def next_questions(self) -> list[str]:
        return ["Publish them", "Undo that", "How is the class doing?"]


@tool(
    permission=Permission.SCORES_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/v1/score-imports",
    says=(
        "Import these scores",
        "Save the scores in this file",
        "Here are the JSS 2 Ruby mathematics scores",
        "Upload this score sheet for SS 1 Topaz physics",
        "Record the marks in the attached spreadsheet",
        "Load the exam results from this Excel file",
    ),
    errors=(
        sheet_layout.NoHeader, scores_import.EmptySheet, scores_import.WrongColumns, sheet_target.WrongSheet,
        spreadsheets.UnreadableFile, spreadsheets.EncryptedFile, spreadsheets.Unpacked, sheets.SheetPublished,
    ),
    preview=preview_import_scores,
)  # fmt: skip
async def import_scores(
    tx: Tx, *, file: Ref[StoredFile], class_arm: Ref[ClassArm] | None = None, subject: Ref[Subject] | None = None,
    term: Ref[Term] | None = None,
) -> ImportedScores:  # fmt: skip
    """Save the scores in an uploaded Excel or CSV file; rows with errors are left out.

    Use when a file of scores is sent. The class and subject may be left out when the file's title names them.

    Shape:  one file, one row a student, one column a component -> the good rows saved, the faults row by row.
    Units:  points, 0 to each column's maximum.
    Errors: no_header, empty_sheet, wrong_columns, wrong_sheet, unreadable_file, encrypted_file, unpacks_too_large, sheet_published.
    Source: the file; tables scores, enrolments, assessment_components.
    """
    opened, proposal = await _read(tx, file, class_arm, subject, term)
    _check_savable(proposal)
    saved = await scores.save_rows(tx, opened, proposal.points())
    tx.undo_with(
        "restore_scores", class_arm=str(opened.class_arm.id), subject=str(opened.subject.id), term=str(opened.term.id),
        points=saved.to_undo(),
    )  # fmt: skip
    return ImportedScores(
        sheet_id=saved.sheet_id, label=proposal.label, saved=len(proposal.rows), values=saved.values,
        faulty=proposal.faulty, total=proposal.total, without_score=proposal.left,
        faults=[Fault(where=f.where, what=f.what, fix=f.fix or None) for f in proposal.faults],
        about=[
            Concern(kind="ClassArm", id=str(opened.class_arm.id), label=opened.class_arm.name),
            Concern(kind="Subject", id=str(opened.subject.id), label=opened.subject.name),
        ],
    )  # fmt: skip
