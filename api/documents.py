"""Documents over HTTP where JSON will not do: the upload form, and the bytes of a version."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, File, Form, Header, UploadFile
from fastapi.responses import StreamingResponse

from api.problems import Problem
from api.sign_in import SignedInCaller
from runtime.transaction import transaction
from school import documents, files, media_types
from school.documents import Audience, DocumentKind
from school.permissions import Permission
from tools.declare import TOOLS
from tools.documents import Reading
from tools.invoke import check_permitted, invoke

router = APIRouter(tags=["documents"], responses={404: {"model": Problem}})
CHUNK = 256 * 1024
ACCEPTED = (
    media_types.DOCUMENTS
    | media_types.SPREADSHEETS
    | media_types.IMAGES
    | {"text/html", "application/zip", "application/msword"}
)
INLINE = {"application/pdf", "image/png", "image/jpeg", "image/webp"}


@router.post(
    "/api/ai/documents/upload",
    status_code=201,
    operation_id="upload_document",
    responses={409: {"model": Problem}, 413: {"model": Problem}, 422: {"model": Problem}},
)
async def upload(
    who: SignedInCaller,
    file: Annotated[UploadFile, File()],
    kind: Annotated[DocumentKind, Form()] = DocumentKind.OTHER,
    audience: Annotated[Audience, Form()] = Audience.STAFF,
    title: Annotated[str | None, Form()] = None,
    subject: Annotated[str | None, Form()] = None,
    level: Annotated[str | None, Form()] = None,
    term_number: Annotated[int | None, Form(alias="termNumber")] = None,
    idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255)] = None,
) -> Reading:
    """Upload a document and start reading it: the form of `add_document`, with the file itself."""
    tool = TOOLS["add_document"]
    check_permitted(tool, who)
    received = await files.receive(who.school_id, file.filename or "document", _chunks(file), accepted=ACCEPTED)
    async with transaction(who) as tx:
        tx.require(Permission.DOCUMENTS_WRITE)
        kept = await files.keep(tx, received, purpose="document", days=1)
    given: dict[str, Any] = {
        "file": str(kept.id), "kind": kind.value, "audience": audience.value, "title": title, "subject": subject,
        "level": level, "term_number": term_number,
    }  # fmt: skip
    args = {name: value for name, value in given.items() if value not in (None, "")}
    outcome = await invoke(tool, who, args, approved=True, idempotency_key=idempotency_key)
    assert isinstance(outcome.result, Reading)
    return outcome.result


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(CHUNK):
        yield chunk


@router.get("/api/ai/documents/{document_id}/file", operation_id="open_document", response_class=StreamingResponse)
async def open_document(document_id: UUID, who: SignedInCaller, version: int | None = None) -> StreamingResponse:
    """The file of a document the caller may read; `version` as a citation names it, default the one in use."""
    async with transaction(who, read_only=True) as tx:
        found = await documents.access_document(tx, document_id)
        chosen = await documents.access_version(tx, found, version)
        stored = await tx.session.get_one(files.StoredFile, chosen.file_id)
    how = "inline" if stored.media_type in INLINE else "attachment"
    headers = {
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(stored.name)}", "Content-Length": str(stored.size),
        "Cache-Control": "private, max-age=300", "Content-Security-Policy": "sandbox; default-src 'none'",
    }  # fmt: skip
    return StreamingResponse(files.stream(stored), media_type=stored.media_type, headers=headers)
