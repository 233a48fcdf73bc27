"""Documents: taken in, listed, shown, changed, replaced, removed."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from knowledge import documents, refusals
from knowledge.documents import Placing, SameFile
from knowledge.pages import opening
from runtime.errors import NotVisible
from runtime.transaction import Tx
from school import documents as shelf
from school import files
from school.classes import Level, Subject
from school.documents import Audience, Document, DocumentKind, DocumentVersion, Passage
from school.permissions import Permission
from tools.declare import Effect, tool
from tools.naming import Candidate
from tools.present import Block, Citation, Citations, Column, Fact, Facts, Notice, Progress, Shown, Table
from tools.refs import Hints, Ref, resolver
from tools.results import Done, Preview, Result

FileId = Annotated[UUID, Field(description="File from POST /api/uploads, or one given in the chat.")]
Kind = Annotated[DocumentKind, Field(description="What it is.")]
AudienceOf = Annotated[Audience, Field(description="Who may read it: staff; guardians too; public, students too.")]
TitleText = Annotated[str | None, Field(min_length=2, max_length=200, description="Title; default its own.")]
TermNumber = Annotated[int | None, Field(ge=1, le=6, description="Number of the term it is for.")]
READ_ERRORS = (
    refusals.FileTypeUnknown, refusals.FileMisnamed, refusals.FileEncrypted, refusals.FileCorrupt,
    refusals.FileHasMacros, refusals.FileExpandsTooFar, refusals.FileEmpty, refusals.FileTooLarge, refusals.TooManyPages,
)  # fmt: skip
KIND_NAMES = {kind.value: kind.value.replace("_", " ") for kind in DocumentKind}
AUDIENCE_NAMES = {"staff": "staff only", "guardians": "staff and guardians", "public": "everybody in the school"}


def url_of(document_id: UUID, version: int | None = None, page: int | None = None, passage: UUID | None = None) -> str:
    """The portal's page of a document, at a page, with a passage lit."""
    query = [("version", version), ("page", page), ("passage", passage)]
    text = "&".join(f"{name}={value}" for name, value in query if value is not None)
    return f"/documents/{document_id}{'?' if text else ''}{text}"


@resolver(Document, "document", order=4, personal=False)
async def find_document_names(tx: Tx, hints: Hints) -> list[Candidate]:
    rows = await tx.session.execute(
        select(Document, DocumentVersion.name)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .where(Document.deleted_at.is_(None))
        .order_by(Document.title, DocumentVersion.number)
    )
    named: dict[UUID, tuple[Document, set[str]]] = {}
    for document, name in rows.all():
        named.setdefault(document.id, (document, set()))[1].add(name)
    return [
        Candidate(str(key), document.title, (document.title, *sorted(names)), hint=KIND_NAMES[document.kind])
        for key, (document, names) in named.items()
    ]


class Reading(Result):
    """A document that is being read; the run tells how far."""

    document_id: UUID
    title: str
    run_id: UUID
    version: int

    def headline(self) -> str:
        return f"{self.title} is being read; it can be searched in a moment."

    def blocks(self) -> list[Block]:
        return [Progress(run_id=str(self.run_id), title=f"Reading {self.title}")]


class DocumentItem(Shown):
    document_id: UUID
    title: str
    kind: DocumentKind
    audience: Audience
    subject: str | None
    level: str | None
    term_number: int | None
    status: str
    error: str | None
    version: int
    pages: int | None
    passages: int
    size: int
    name: str
    updated_at: datetime
    url: str


def _item(document: Document, version: DocumentVersion, subject: str | None, level: str | None) -> DocumentItem:
    return DocumentItem(
        document_id=document.id, title=document.title, kind=DocumentKind(document.kind),
        audience=Audience(document.audience), subject=subject, level=level, term_number=document.term_number,
        status=version.status, error=(version.error or {}).get("message"), version=version.number, pages=version.pages,
        passages=document.passages, size=version.size, name=version.name, updated_at=document.updated_at,
        url=url_of(document.id),
    )  # fmt: skip


class Shelf(Result):
    """The documents the caller may read, newest change first."""

    documents: list[DocumentItem]

    def headline(self) -> str:
        count = len(self.documents)
        return f"{count} document{'s'[: count != 1]}." if count else "There are no documents yet."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="title", label="Title"), Column(key="kind", label="Kind"), Column(key="subject", label="Subject"),
            Column(key="level", label="Level"), Column(key="audience", label="For"),
            Column(key="status", label="Status", kind="status"), Column(key="pages", label="Pages", kind="number"),
            Column(key="updatedAt", label="Changed", kind="datetime"),
        ]  # fmt: skip
        rows = [item.model_dump(mode="json", by_alias=True) for item in self.documents]
        return [Table(columns=columns, rows=rows, total=len(rows))] if rows else []


@tool(
    permission=Permission.DOCUMENTS_READ,
    effect=Effect.READ,
    rest="GET /api/ai/documents",
    says=("Which documents do we have?", "List the curriculum documents", "Show the policies", "What has been uploaded?",
          "Show past papers for mathematics"),
)  # fmt: skip
async def find_documents(
    tx: Tx,
    *,
    kind: Annotated[DocumentKind | None, Field(description="Only this kind.")] = None,
    subject: Ref[Subject] | None = None,
    level: Ref[Level] | None = None,
) -> Shelf:
    """List the school's documents, with their subject, level and state.

    Use when somebody asks which documents there are. To ask what they say, use `ask_documents`.

    Shape:  any of kind, subject, level -> documents, newest change first.
    Units:  size in bytes; times in UTC.
    Errors: those of any read.
    Source: tables documents, document_versions.
    """
    rows = await shelf.listed(
        tx, kind=kind, subject_id=subject.id if subject else None, level_id=level.id if level else None
    )
    return Shelf(documents=[_item(*row) for row in rows])


class PassageText(Shown):
    """A passage as it stands in the document; `lit` is the one a citation names."""

    passage_id: UUID
    path: list[str]
    page: int | None
    text: str
    lit: bool = False


class DocumentCard(Result):
    """One version of a document: what it is, and the passage or page asked for."""

    document: DocumentItem
    shown_version: int
    current: bool
    file_url: str
    shown_page: int | None = Field(description="The page shown; where a file has no pages, its part of eight passages.")
    last_page: int
    paged: bool = Field(description="Whether the pages are the file's own.")
    warnings: list[str]
    passages_shown: list[PassageText]

    def headline(self) -> str:
        item = self.document
        about = " ".join(part for part in (item.level, item.subject) if part)
        pages = f", {item.pages} pages" if item.pages else ""
        place = f" for {about}" if about else ""
        return f"{item.title}: {KIND_NAMES[item.kind]}{place}{pages}, {AUDIENCE_NAMES[item.audience]}, {item.status}."

    def blocks(self) -> list[Block]:
        old = (
            []
            if self.current
            else [Notice(tone="warning", text=f"This is version {self.shown_version}, not the one in use.")]
        )
        failed = [Notice(tone="danger", text=self.document.error)] if self.document.error else []
        quotes = [
            Citation(
                document_id=str(self.document.document_id), title=self.document.title, page=one.page, quote=one.text,
                url=url_of(self.document.document_id, self.shown_version, one.page, one.passage_id),
            )
            for one in self.passages_shown
        ]  # fmt: skip
        facts = Facts(
            items=[Fact(label="File", value=self.document.name), Fact(label="Version", value=self.shown_version)]
        )
        return [*failed, *old, facts, *([Citations(items=quotes)] if quotes else [])]


@tool(
    permission=Permission.DOCUMENTS_READ,
    effect=Effect.READ,
    rest="GET /api/ai/documents/{document}",
    says=("Open the policy handbook", "Show the JSS 2 mathematics scheme of work", "Show page 3 of the handbook",
          "Is the uploaded paper ready?"),
)  # fmt: skip
async def show_document(
    tx: Tx,
    *,
    document: Ref[Document],
    version: Annotated[int | None, Field(ge=1, description="Version; default the one in use.")] = None,
    page: Annotated[int | None, Field(ge=1, description="Show the passages of this page.")] = None,
    passage: Annotated[UUID | None, Field(description="Show this passage, as a citation names it.")] = None,
) -> DocumentCard:
    """Show one document: its state and version, and a page or a cited passage of it.

    Use when somebody opens a document or a citation. To search in documents, use `ask_documents`.

    Shape:  a document, maybe a version, page or passage -> its card with those passages.
    Units:  pages counted from 1.
    Errors: those of any read.
    Source: tables documents, document_versions, passages.
    """
    found = await shelf.access_document(tx, document.id)
    cited = await tx.session.get(Passage, passage) if passage else None
    if passage and (cited is None or cited.document_id != found.id):
        raise NotVisible("That passage is not in this document.")
    chosen = (
        await tx.session.get_one(DocumentVersion, cited.version_id)
        if cited
        else await shelf.access_version(tx, found, version)
    )
    subject = await tx.session.get(Subject, found.subject_id) if found.subject_id else None
    level = await tx.session.get(Level, found.level_id) if found.level_id else None
    opened = await opening(tx, chosen, page, cited)
    return DocumentCard(
        document=_item(found, chosen, subject.name if subject else None, level.name if level else None),
        shown_version=chosen.number, current=chosen.id == found.version_id or found.version_id is None,
        file_url=f"/api/ai/documents/{found.id}/file?version={chosen.number}", warnings=chosen.warnings,
        shown_page=opened.page, last_page=opened.last, paged=opened.paged,
        passages_shown=[
            PassageText(passage_id=row.id, path=row.path, page=row.marks[0][1] if row.marks else None, text=row.text,
                        lit=cited is not None and row.id == cited.id)
            for row in opened.passages
        ],
    )  # fmt: skip


async def _preview_add(
    tx: Tx, *, file: FileId, kind: Kind, audience: AudienceOf = Audience.STAFF, title: TitleText = None,
    subject: Ref[Subject] | None = None, level: Ref[Level] | None = None, term_number: TermNumber = None,
) -> Preview:  # fmt: skip
    stored = await files.access_file(tx, file)
    media, _ = await documents.check(tx, stored)
    about = ", ".join(ref.label for ref in (level, subject) if ref) or "no subject or level"
    return Preview(
        title="Add a document",
        summary=f"{stored.name} ({media.value.upper()}, {stored.size // 1000} kB) as {KIND_NAMES[kind]}, {about}, for "
        f"{AUDIENCE_NAMES[audience]}. It is read, and then answers can cite it.",
        included=1, state={"sha256": stored.sha256},
    )  # fmt: skip


@tool(
    permission=Permission.DOCUMENTS_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/ai/documents",
    says=("Add this document to the school's knowledge", "Upload the JSS 2 scheme of work", "Keep this policy for guardians",
          "Store this past paper", "Index this file"),
    errors=(SameFile, *READ_ERRORS),
    preview=_preview_add,
)  # fmt: skip
async def add_document(
    tx: Tx, *, file: FileId, kind: Kind, audience: AudienceOf = Audience.STAFF, title: TitleText = None,
    subject: Ref[Subject] | None = None, level: Ref[Level] | None = None, term_number: TermNumber = None,
) -> Reading:  # fmt: skip
    """Add a document to the school's knowledge, to be searched and cited.

    Use when somebody gives a curriculum, scheme, policy, notice or past paper. For a newer file of a document that is
    there already, use `replace_document`.

    Shape:  one file -> a document and the run that reads it.
    Units:  at most 50 MB and 2,000 pages.
    Errors: same_file, file_type_unknown, file_misnamed, file_encrypted, file_corrupt, file_has_macros, file_expands_too_far, file_empty, file_too_large, too_many_pages.
    Source: tables documents, document_versions, runs.
    """
    stored = await files.access_file(tx, file)
    media, _ = await documents.check(tx, stored)
    if there := await documents.same(tx, stored):
        raise SameFile(f"This very file is there already: {there.title}.", document_id=str(there.id))
    placing = Placing(
        kind, audience, title or "", subject.id if subject else None, level.id if level else None, term_number
    )
    document, run = await documents.add(tx, stored, media, placing)
    tx.undo_with("remove_document", document=str(document.id))
    return Reading(document_id=document.id, title=document.title, run_id=run.id, version=1)


async def _preview_replace(tx: Tx, *, document: Ref[Document], file: FileId) -> Preview:
    found = await shelf.access_document(tx, document.id)
    stored = await files.access_file(tx, file)
    await documents.check(tx, stored)
    return Preview(
        title="Replace a document",
        summary=f"{stored.name} becomes the newest version of {found.title}. Earlier citations still open the old one.",
        included=1, state={"sha256": stored.sha256, "version": str(found.version_id)},
    )  # fmt: skip


@tool(
    permission=Permission.DOCUMENTS_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/ai/documents/{document}/versions",
    says=("Replace the policy handbook with this file", "Here is the new version of the scheme of work",
          "Update the handbook with this PDF"),
    errors=(SameFile, *READ_ERRORS),
    preview=_preview_replace,
)  # fmt: skip
async def replace_document(tx: Tx, *, document: Ref[Document], file: FileId) -> Reading:
    """Replace a document by a newer file; the old version stays for its citations.

    Use when somebody gives a new edition of a document that is there. For another document, use `add_document`.

    Shape:  a document and a file -> the run that reads the new version.
    Units:  at most 50 MB and 2,000 pages.
    Errors: same_file, file_type_unknown, file_misnamed, file_encrypted, file_corrupt, file_has_macros, file_expands_too_far, file_empty, file_too_large, too_many_pages.
    Source: tables documents, document_versions, runs.
    """
    found = await shelf.access_document(tx, document.id, change=True)
    stored = await files.access_file(tx, file)
    media, _ = await documents.check(tx, stored)
    if there := await documents.same(tx, stored):
        raise SameFile(f"This very file is there already: {there.title}.", document_id=str(there.id))
    before = await shelf.access_version(tx, found)
    run = await documents.replace(tx, found, stored, media)
    tx.undo_with("use_document_version", document=str(found.id), version=before.number)
    return Reading(document_id=found.id, title=found.title, run_id=run.id, version=before.number + 1)


@tool(permission=Permission.DOCUMENTS_WRITE, effect=Effect.WRITE, rest="POST /internal/document-version", internal=True)
async def use_document_version(tx: Tx, *, document: Ref[Document], version: int) -> Done:
    """Search an earlier version of a document again.

    Use when a replacement is undone.

    Shape:  a document and a version number -> done.
    Units:  none.
    Errors: those of any change.
    Source: tables documents, document_versions.
    """
    found = await shelf.access_document(tx, document.id, change=True)
    await documents.use_version(tx, found, version)
    return Done(message=f"{found.title} is back at version {version}.")


async def _preview_remove(tx: Tx, *, document: Ref[Document]) -> Preview:
    found = await shelf.access_document(tx, document.id)
    return Preview(
        title="Remove a document",
        summary=f"{found.title} ({KIND_NAMES[found.kind]}, {found.passages} passages) is gone from every search at once.",
        included=1, state={"version": str(found.version_id)},
    )  # fmt: skip


@tool(
    permission=Permission.DOCUMENTS_WRITE,
    effect=Effect.WRITE,
    rest="DELETE /api/ai/documents/{document}",
    says=("Delete the old handbook", "Remove the 2019 scheme of work", "Take that document out of the knowledge base"),
    preview=_preview_remove,
)
async def remove_document(tx: Tx, *, document: Ref[Document]) -> Done:
    """Remove a document: it is gone from search and from the list at once.

    Use when a document should not be answered from any more. For a newer edition, use `replace_document`.

    Shape:  one document -> done.
    Units:  none.
    Errors: those of any change.
    Source: table documents.
    """
    found = await shelf.access_document(tx, document.id, change=True)
    found.deleted_at = tx.now
    tx.undo_with("restore_document", document_id=str(found.id))
    return Done(message=f"{found.title} is removed.")


@tool(permission=Permission.DOCUMENTS_WRITE, effect=Effect.WRITE, rest="POST /internal/document-restore", internal=True)
async def restore_document(tx: Tx, *, document_id: UUID) -> Done:
    """Put a removed document back.

    Use when a removal is undone.

    Shape:  one document -> done.
    Units:  none.
    Errors: those of any change.
    Source: table documents.
    """
    found = await shelf.access_document(tx, document_id, change=True, deleted=True)
    found.deleted_at = None
    return Done(message=f"{found.title} is back.")


async def _preview_set(
    tx: Tx, *, document: Ref[Document], title: TitleText = None, audience: Audience | None = None,
    kind: DocumentKind | None = None, subject: Ref[Subject] | None = None, level: Ref[Level] | None = None,
    term_number: TermNumber = None,
) -> Preview:  # fmt: skip
    found = await shelf.access_document(tx, document.id)
    changes = [f"title becomes {title}"] if title else []
    changes += [f"it is a {KIND_NAMES[kind]}"] if kind else []
    changes += [f"it is about {', '.join(ref.label for ref in (level, subject) if ref)}"] if level or subject else []
    changes += [f"it is for term {term_number}"] if term_number else []
    changes += [f"read by {AUDIENCE_NAMES[audience]} instead of {AUDIENCE_NAMES[found.audience]}"] if audience else []
    return Preview(
        title="Change a document", summary=f"{found.title}: {'; '.join(changes) or 'nothing changes'}.", included=1,
        state={"title": found.title, "audience": found.audience},
    )  # fmt: skip


@tool(
    permission=Permission.DOCUMENTS_WRITE,
    effect=Effect.WRITE,
    rest="PATCH /api/ai/documents/{document}",
    says=("Let guardians read the policy handbook", "Rename the scheme of work", "Make this document staff only"),
    preview=_preview_set,
)
async def set_document(
    tx: Tx, *, document: Ref[Document], title: TitleText = None, audience: Audience | None = None,
    kind: DocumentKind | None = None, subject: Ref[Subject] | None = None, level: Ref[Level] | None = None,
    term_number: TermNumber = None,
) -> Done:  # fmt: skip
    """Change what is known of a document: title, kind, subject, level, term, readers.

    Use when a document is misnamed, wrongly marked or for other readers. For its content, use `replace_document`.

    Shape:  one document and what changes -> done.
    Units:  none.
    Errors: those of any change.
    Source: table documents.
    """
    found = await shelf.access_document(tx, document.id, change=True)
    before = {
        "kind": found.kind, "subject": found.subject_id and str(found.subject_id),
        "level": found.level_id and str(found.level_id), "term_number": found.term_number,
    }  # fmt: skip
    given = {"kind": kind, "subject": subject, "level": level, "term_number": term_number}
    changed = {name: before[name] for name, value in given.items() if value is not None}
    kept = [name for name, value in changed.items() if value is None]
    tx.undo_with(
        "set_document", document=str(found.id), title=found.title, audience=found.audience,
        note=f"It had no {', '.join(kept).replace('_', ' ')} before; what it has now stays." if kept else None,
        **{name: value for name, value in changed.items() if value is not None},
    )  # fmt: skip
    found.title, found.updated_at = title or found.title, tx.now
    found.kind = kind.value if kind else found.kind
    found.level_id = level.id if level else found.level_id
    found.term_number = term_number or found.term_number
    if subject is not None:
        await documents.set_subject(tx, found, subject.id)
    if audience is not None:
        await documents.set_audience(tx, found, audience)
    return Done(message=f"{found.title} is for {AUDIENCE_NAMES[found.audience]}.")
