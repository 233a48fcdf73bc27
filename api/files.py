"""Files over HTTP: give one to the assistant, open one the caller may see."""

from collections.abc import AsyncIterator
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import StreamingResponse

from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from runtime.transaction import transaction
from school import files

router = APIRouter(tags=["files"], responses={404: {"model": Problem}})
CHUNK = 256 * 1024
SHOWN_INLINE = {"application/pdf", "image/png", "image/jpeg", "image/webp"}


class Uploaded(Camel):
    file_id: UUID
    name: str
    size: int
    media_type: str


@router.post(
    "/api/uploads",
    status_code=201,
    operation_id="upload_file",
    responses={413: {"model": Problem}, 422: {"model": Problem}},
)
async def upload(who: SignedInCaller, file: Annotated[UploadFile, File()]) -> Uploaded:
    """Give a file (a score sheet, a document). Its type is read from its content, not from its name."""
    received = await files.receive(who.school_id, file.filename or "file", _chunks(file))
    async with transaction(who) as tx:
        kept = await files.keep(tx, received)
        return Uploaded(file_id=kept.id, name=kept.name, size=kept.size, media_type=kept.media_type)


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(CHUNK):
        yield chunk


@router.get("/api/files/{file_id}", operation_id="open_file", response_class=StreamingResponse)
async def open_file(file_id: UUID, who: SignedInCaller) -> StreamingResponse:
    """The bytes of a file the caller may open."""
    async with transaction(who, read_only=True) as tx:
        found = await files.access_file(tx, file_id)
    how = "inline" if found.media_type in SHOWN_INLINE else "attachment"
    headers = {
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(found.name)}", "Content-Length": str(found.size),
        "Cache-Control": "private, max-age=300", "Content-Security-Policy": "sandbox; default-src 'none'",
    }  # fmt: skip
    return StreamingResponse(files.stream(found), media_type=found.media_type, headers=headers)
