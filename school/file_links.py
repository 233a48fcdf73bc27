"""Signed links: one file, for some hours, for whoever holds the link. S3 signs its own; a local file is served by us."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import obstore
from obstore.store import AzureStore, GCSStore, S3Store

from runtime import files as blobs
from runtime.errors import NotVisible
from runtime.secrets import derived_key
from runtime.transaction import Tx
from school.files import StoredFile

LIFE = timedelta(hours=24)
PATH = "/api/signed"
_MARK = 16


@dataclass(frozen=True, slots=True)
class Signed:
    """What a local signed link stands for."""

    school_id: UUID
    file_id: UUID


async def address(tx: Tx, found: StoredFile, life: timedelta = LIFE) -> str:
    """An address that opens this file until `life` is over, whoever asks. The caller's right was checked."""
    store = blobs.store()
    if isinstance(store, S3Store | GCSStore | AzureStore):
        return await obstore.sign_async(store, "GET", found.key, life)
    return f"{PATH}/{token(tx.school_id, found.id, tx.now + life)}"


def token(school_id: UUID, file_id: UUID, until: datetime) -> str:
    """School, file and last second, under a keyed hash."""
    body = school_id.bytes + file_id.bytes + int(until.timestamp()).to_bytes(5, "big")
    return base64.urlsafe_b64encode(body + _seal(body)).rstrip(b"=").decode()


def _seal(body: bytes) -> bytes:
    return hmac.new(derived_key("file-link"), body, hashlib.sha256).digest()[:_MARK]


def opened(text: str, now: datetime) -> Signed:
    """What a token stands for. Errors: not_visible (altered, run out, or no token at all)."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raw = b""
    body, seal = raw[:-_MARK], raw[-_MARK:]
    if len(body) != 37 or not hmac.compare_digest(seal, _seal(body)):
        raise NotVisible("This link is not valid. Ask for a new one.")
    if int.from_bytes(body[32:], "big") < now.timestamp():
        raise NotVisible("This link has run out. Ask for a new one.")
    return Signed(UUID(bytes=body[:16]), UUID(bytes=body[16:32]))


async def find(tx: Tx, signed: Signed) -> StoredFile:
    """The file of a link, unless it was deleted or has expired. Errors: not_visible."""
    found = await tx.session.get(StoredFile, signed.file_id)
    if found is None or found.deleted_at is not None or (found.expires_at or tx.now) < tx.now:
        raise NotVisible("This file is no longer kept. Make it again.")
    return found
