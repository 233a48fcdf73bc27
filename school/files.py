"""Files people gave or the school made: who may open them, how big they are, where the bytes are kept."""

import unicodedata
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from runtime import files as blobs
from runtime.errors import InvalidInput, NotVisible
from runtime.ids import new_id
from runtime.settings import settings
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school import media_types
from school.permissions import WHOLE_SCHOOL

ORPHAN_AGE = timedelta(days=1)
UPLOADS = "uploads"


class StoredFile(SchoolRow, Base):
    """`key` is unguessable and names the bytes in the store; `purpose` says what the file is for."""

    __tablename__ = "files"

    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str] = mapped_column(default="upload")
    owner_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    expires_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class EmptyFile(InvalidInput):
    """A file without a byte in it."""

    code = "empty_file"


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes taken into the store, checked, with no row that names them yet."""

    name: str
    media_type: str
    written: blobs.Written


def clean_name(name: str) -> str:
    """The last part of a file name, without control characters, at most 120 characters, never empty."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(char for char in last if unicodedata.category(char)[0] != "C").strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    if dot and len(suffix) <= 10:
        return f"{stem[: 119 - len(suffix)] or 'file'}.{suffix}"
    return kept[:120] or "file"


async def receive(
    school_id: UUID,
    name: str,
    chunks: AsyncIterable[bytes],
    *,
    accepted: frozenset[str] = media_types.ACCEPTED,
    limit: int | None = None,
) -> Received:
    """Stream an upload into the store before any transaction is open; what is refused leaves nothing behind.

    Units:  limit in bytes, default `SCHOOLOS_UPLOAD_LIMIT_MB`.
    Errors: too_large, empty_file, unsupported_type, upstream_failed.
    """
    shown = clean_name(name)
    key = blobs.new_key(school_id, UPLOADS)
    written = await blobs.write(key, chunks, limit or settings().upload_limit_mb * 1_000_000)
    try:
        if written.size == 0:
            raise EmptyFile(f"“{shown}” is empty. Send the file again.")
        found = media_types.media_type(written.head, shown)
        media_types.check_accepted(found, shown, accepted)
    except InvalidInput:
        await blobs.remove(key)
        raise
    return Received(shown, found, written)


async def keep(tx: Tx, received: Received, *, purpose: str = "upload", days: int | None = None) -> StoredFile:
    """Give received bytes to the caller as a file, for good or for some days."""
    row = StoredFile(
        id=new_id(), school_id=tx.school_id, name=received.name, media_type=received.media_type,
        size=received.written.size, sha256=received.written.sha256, key=received.written.key, purpose=purpose,
        owner_user_id=tx.caller.user_id, expires_at=tx.now + timedelta(days=days) if days else None, created_at=tx.now,
    )  # fmt: skip
    tx.session.add(row)
    await tx.session.flush()
    return row


async def save(
    tx: Tx, name: str, content: bytes, media_type: str, *, purpose: str = "made", days: int | None = None
) -> StoredFile:
    """Keep a file the school itself made."""
    written = await blobs.write_bytes(blobs.new_key(tx.school_id), content)
    return await keep(tx, Received(clean_name(name), media_type, written), purpose=purpose, days=days)


async def access_file(tx: Tx, file_id: UUID) -> StoredFile:
    """Fetch a file: its owner's, or any for the head and the admin."""
    found = await tx.session.get(StoredFile, file_id)
    own = found is not None and found.owner_user_id is not None and found.owner_user_id == tx.caller.user_id
    visible = own or tx.caller.role in WHOLE_SCHOOL
    gone = found is not None and (found.deleted_at is not None or (found.expires_at or tx.now) < tx.now)
    if found is None or not visible or gone:
        raise NotVisible("There is no such file; upload it again.")
    return found


async def read(tx: Tx, file_id: UUID) -> tuple[StoredFile, bytes]:
    """A file the caller may open, with all its bytes."""
    found = await access_file(tx, file_id)
    return found, await blobs.read(found.key)


def stream(found: StoredFile) -> AsyncIterator[bytes]:
    """The bytes of a file that was accessed, in chunks, for a door to pass on."""
    return blobs.stream(found.key)


async def delete(tx: Tx, file_id: UUID) -> None:
    """Delete a file for everybody. Its bytes go with the next sweep, so that a rollback loses nothing."""
    (await access_file(tx, file_id)).deleted_at = tx.now


async def sweep(tx: Tx) -> int:
    """Remove the bytes of deleted and expired files, and bytes whose upload never got a row. Returns how many."""
    gone = StoredFile.deleted_at.is_not(None) | (StoredFile.expires_at < tx.now)
    ended = list(await tx.session.scalars(select(StoredFile).where(gone)))
    for row in ended:
        await blobs.remove(row.key)
        await tx.session.delete(row)
    old = await blobs.keys_older_than(f"{tx.school_id}/{UPLOADS}/", tx.now - ORPHAN_AGE)
    known = set(await tx.session.scalars(select(StoredFile.key).where(StoredFile.key.in_(old))))
    orphans = set(old) - known - {row.key for row in ended}
    for key in orphans:
        await blobs.remove(key)
    return len(ended) + len(orphans)
