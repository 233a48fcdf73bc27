"""Taking documents in: added, replaced, removed and put back; read by a worker that can be killed and goes on."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import delete, select, update

from knowledge import index, media, parsing, pdf, refusals, tree
from knowledge.chunk import Chunk, chunks
from knowledge.elements import Parsed
from knowledge.embedding import embed_async
from knowledge.media import Media
from runtime import files
from runtime.caller import Caller
from runtime.errors import Conflict, SchoolOSError
from runtime.events import Event
from runtime.ids import new_id
from runtime.transaction import Tx, transaction
from school import runs
from school.curriculum import CurriculumItem
from school.documents import Audience, Document, DocumentKind, DocumentStatus, DocumentVersion, Passage, Posting
from school.files import StoredFile
from school.permissions import Permission
from school.runs import RunRow

RUN = "read_document"
BATCH = 64


Report = Callable[[int, int | None, str], Awaitable[None]]
"""Takes done, total and a sentence; may raise to stop the work."""


async def _silent(done: int, total: int | None, message: str) -> None:
    return None


class SameFile(Conflict):
    """The school has this very file already."""

    code = "same_file"


class DocumentRead(Event):
    """A version can be searched now."""

    name: ClassVar[str] = "document.read"
    document_id: UUID
    version_id: UUID


@dataclass(frozen=True)
class Placing:
    """What a document is about and who may read it."""

    kind: DocumentKind
    audience: Audience
    title: str = ""
    subject_id: UUID | None = None
    level_id: UUID | None = None
    term_number: int | None = None


async def check(tx: Tx, file: StoredFile) -> tuple[Media, bytes]:
    """What the file is, and its bytes; a bad one is refused before anything is recorded.

    Errors: those of document_refused.
    """
    data = await files.read(file.key)
    kind = media.identify(file.name, data)
    if kind is Media.PDF:
        await asyncio.to_thread(pdf.check, file.name, data)
    return kind, data


async def same(tx: Tx, file: StoredFile) -> Document | None:
    """The document this very file is already a version of, if the caller may see it."""
    return await tx.session.scalar(
        select(Document)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .where(DocumentVersion.sha256 == file.sha256, DocumentVersion.status != DocumentStatus.FAILED.value)
        .where(Document.deleted_at.is_(None))
        .limit(1)
    )


async def add(tx: Tx, file: StoredFile, kind: Media, placing: Placing) -> tuple[Document, RunRow]:
    """Record a document with its first version, and start the run that reads it."""
    tx.require(Permission.DOCUMENTS_WRITE)
    document = Document(
        id=new_id(), school_id=tx.school_id, title=placing.title or parsing.title_of(file.name, ""),
        kind=placing.kind.value, audience=placing.audience.value, subject_id=placing.subject_id,
        level_id=placing.level_id, term_number=placing.term_number, passages=0, terms=0,
        uploaded_by=tx.caller.user_id, uploader_person_id=tx.caller.person_id, updated_at=tx.now,
    )  # fmt: skip
    tx.session.add(document)
    await tx.session.flush()
    return document, await _add_version(tx, document, file, kind, 1, retitle=not placing.title)


async def replace(tx: Tx, document: Document, file: StoredFile, kind: Media) -> RunRow:
    """Start reading a new version; the old one is searched until the new one is ready, and stays citable."""
    last = await tx.session.scalar(
        select(DocumentVersion.number)
        .where(DocumentVersion.document_id == document.id)
        .order_by(DocumentVersion.number.desc())
        .limit(1)
    )
    document.updated_at = tx.now
    return await _add_version(tx, document, file, kind, (last or 0) + 1)


async def use_version(tx: Tx, document: Document, number: int) -> DocumentVersion:
    """Search an earlier (or later) version of a document from now on."""
    found = await tx.session.scalar(
        select(DocumentVersion).where(DocumentVersion.document_id == document.id, DocumentVersion.number == number)
    )
    if found is None or found.status != DocumentStatus.READY.value:
        raise Conflict(f"Version {number} of {document.title} cannot be searched: it was not read to its end.")
    _search_in(document, found)
    document.updated_at = tx.now
    return found


async def set_audience(tx: Tx, document: Document, audience: Audience) -> None:
    """Who may read the document, its versions, passages, index and curriculum items: all at once."""
    document.audience = audience.value
    versions = select(DocumentVersion.id).where(DocumentVersion.document_id == document.id)
    await tx.session.flush()
    for table, belongs in (
        (DocumentVersion, DocumentVersion.document_id == document.id),
        (Passage, Passage.document_id == document.id),
        (Posting, Posting.version_id.in_(versions)),
        (CurriculumItem, CurriculumItem.document_id == document.id),
    ):
        await tx.session.execute(update(table).where(belongs).values(audience=audience.value))


async def set_subject(tx: Tx, document: Document, subject_id: UUID) -> None:
    """What subject the document and the topics read from it are of."""
    document.subject_id = subject_id
    await tx.session.flush()
    await tx.session.execute(
        update(CurriculumItem).where(CurriculumItem.document_id == document.id).values(subject_id=subject_id)
    )


async def _add_version(
    tx: Tx, document: Document, file: StoredFile, kind: Media, number: int, retitle: bool = False
) -> RunRow:
    version = DocumentVersion(
        id=new_id(), school_id=tx.school_id, document_id=document.id, number=number, audience=document.audience,
        file_id=file.id, name=file.name, media=kind.value, size=file.size, sha256=file.sha256,
        status=DocumentStatus.QUEUED.value, passages=0, terms=0, warnings=[], created_at=tx.now,
    )  # fmt: skip
    tx.session.add(version)
    file.expires_at = None
    await tx.session.flush()
    payload: dict[str, Any] = {"version_id": str(version.id), "retitle": retitle}
    return await runs.start(tx, RUN, f"Reading {file.name}", payload)


def _search_in(document: Document, version: DocumentVersion) -> None:
    document.version_id, document.passages, document.terms = version.id, version.passages, version.terms


async def read(caller: Caller, version_id: UUID, retitle: bool = False, report: Report = _silent) -> dict[str, Any]:
    """Read one version: parse, cut, embed in batches, index, and only then search it.

    Safe to run again after a kill: passages already written are kept and the rest is added. `report` may raise to
    stop: then nothing half-indexed stays.

    Errors: those of document_refused.
    """
    begun = await _begin(caller, version_id)
    if begun is None:
        return {"versionId": str(version_id)}
    version, data = begun
    try:
        await report(0, None, f"Reading {version.name}")
        parsed = await asyncio.to_thread(parsing.parse, version.name, Media(version.media), data)
        pieces = chunks(parsed.title, parsed.elements)
        if len(pieces) > index.MAX_PASSAGES:
            raise refusals.TooManyPages(f"{version.name} is too long. Split it and upload the parts.")
        await _write(caller, version_id, parsed.title, pieces, report)
        return await _finish(caller, version_id, parsed, pieces, retitle, report)
    except SchoolOSError as error:
        await _drop(caller, version_id, error.message, error.code)
        raise
    except Exception:
        await _drop(caller, version_id, "The reading was stopped before its end.", "stopped")
        raise


async def _begin(caller: Caller, version_id: UUID) -> tuple[DocumentVersion, bytes] | None:
    async with transaction(caller) as tx:
        version = await tx.session.get_one(DocumentVersion, version_id, with_for_update=True)
        if version.status == DocumentStatus.READY.value:
            return None
        version.status = DocumentStatus.READING.value
        file = await tx.session.get_one(StoredFile, version.file_id)
    return version, await files.read(file.key)


async def _write(caller: Caller, version_id: UUID, title: str, pieces: list[Chunk], report: Report) -> None:
    """Embed and insert in batches, each its own transaction, from where an earlier try ended."""
    async with transaction(caller, read_only=True) as tx:
        done = await index.written(tx, version_id)
    while done < len(pieces):
        await report(done, len(pieces), "Indexing passages")
        batch = pieces[done : done + BATCH]
        vectors = await embed_async([index.embedded_text(title, piece) for piece in batch])
        async with transaction(caller) as tx:
            version = await tx.session.get_one(DocumentVersion, version_id)
            await index.add_passages(tx, version, batch, vectors, done)
        done += len(batch)


async def _finish(
    caller: Caller, version_id: UUID, parsed: Parsed, pieces: list[Chunk], retitle: bool, report: Report
) -> dict[str, Any]:
    async with transaction(caller) as tx:
        version = await tx.session.get_one(DocumentVersion, version_id, with_for_update=True)
        document = await tx.session.get_one(Document, version.document_id, with_for_update=True)
        if retitle:
            document.title = parsed.title
        version.audience = document.audience  # it may have been changed while the file was read
        await tx.session.execute(
            update(Passage).where(Passage.version_id == version.id).values(audience=document.audience)
        )
        version.terms = await index.write_postings(tx, version, pieces)
        version.passages, version.pages = len(pieces), parsed.pages
        version.status, version.error = DocumentStatus.READY.value, None
        if parsed.scanned_pages:
            version.warnings = [f"Pages without text, not read: {', '.join(map(str, parsed.scanned_pages[:20]))}."]
        topics = await tree.write(tx, document, version, parsed, before=document.version_id)
        _search_in(document, version)
        document.updated_at = tx.now
        tx.emit(DocumentRead(document_id=document.id, version_id=version.id))
    counts = [(parsed.pages, "page"), (len(pieces), "passage"), (topics, "topic")]
    found = ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count)
    message = f"{document.title}: {found} can be searched."
    await report(len(pieces), len(pieces), message)
    return {"documentId": str(document.id), "version": version.number, "passages": len(pieces), "topics": topics}


async def _drop(caller: Caller, version_id: UUID, message: str, code: str) -> None:
    """Nothing half-indexed stays behind; the version keeps its reason."""
    async with transaction(caller) as tx:
        version = await tx.session.get_one(DocumentVersion, version_id, with_for_update=True)
        version.status, version.error = DocumentStatus.FAILED.value, {"code": code, "message": message}
        await tx.session.execute(delete(Passage).where(Passage.version_id == version_id))
        await tx.session.execute(delete(Posting).where(Posting.version_id == version_id))
