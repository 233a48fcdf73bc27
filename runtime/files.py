"""Where bytes are kept: a local directory, or S3 and its likes, under keys nobody can guess."""

import hashlib
import os
import secrets
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from runtime.errors import NotVisible, TooLarge, Upstream
from runtime.settings import settings

CHUNK = 256 * 1024
HEAD = 64 * 1024
"""Bytes of the beginning kept in memory, enough to tell what kind of file it is."""


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes that are in the store now."""

    key: str
    size: int
    sha256: str
    head: bytes


@lru_cache(maxsize=1)
def store() -> ObjectStore:
    """The store of this process: `SCHOOLOS_STORAGE_URL`, or `files/` in the data directory.

    An S3 store reads its keys, region and endpoint from the usual AWS_ environment variables.
    """
    address = settings().storage_url
    if address:
        local = os.environ.get("AWS_ENDPOINT", os.environ.get("AWS_ENDPOINT_URL", "")).startswith("http://")
        return from_url(
            address, client_options={"timeout": "30s", "allow_http": local}, retry_config={"max_retries": 3}
        )
    directory = (settings().data_dir / "files").absolute()
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    return LocalStore(directory, automatic_cleanup=True)


def new_key(school_id: UUID, folder: str = "") -> str:
    """A key of 192 random bits under the school's prefix."""
    return "/".join(part for part in (str(school_id), folder, secrets.token_urlsafe(24)) if part)


async def write(key: str, chunks: AsyncIterable[bytes], limit: int) -> Written:
    """Stream bytes into the store, at most `limit` of them; a larger body leaves nothing behind.

    Errors: too_large, upstream_failed.
    """
    digest, head, size = hashlib.sha256(), bytearray(), 0

    async def counted() -> AsyncIterator[bytes]:
        nonlocal size
        async for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise TooLarge(f"The file is larger than {limit // 1_000_000} MB, the most that is taken.", limit=limit)
            digest.update(chunk)
            if len(head) < HEAD:
                head.extend(chunk[: HEAD - len(head)])
            yield chunk

    try:
        await obstore.put_async(store(), key, counted())
    except TooLarge:
        raise
    except (OSError, BaseError) as error:
        if "no space left" in str(error).casefold():
            raise Upstream("The file store is full. Free some space, then try again.") from error
        raise Upstream("The file store did not take the file; try again.") from error
    return Written(key, size, digest.hexdigest(), bytes(head))


async def write_bytes(key: str, content: bytes) -> Written:
    """Put bytes that are already in memory into the store."""

    async def once() -> AsyncIterator[bytes]:
        for start in range(0, len(content), CHUNK):
            yield content[start : start + CHUNK]

    return await write(key, once(), len(content))


async def stream(key: str) -> AsyncIterator[bytes]:
    """The bytes under a key, in chunks. Errors: not_visible, upstream_failed."""
    try:
        found = await obstore.get_async(store(), key)
        async for chunk in found.stream(min_chunk_size=CHUNK):
            yield bytes(chunk)
    except FileNotFoundError:
        raise NotVisible("The file is no longer in the store.") from None
    except (OSError, BaseError) as error:
        raise Upstream("The file store did not answer; try again.") from error


async def read(key: str) -> bytes:
    """All the bytes under a key."""
    return b"".join([chunk async for chunk in stream(key)])


async def remove(key: str) -> None:
    """Delete the bytes under a key; nothing there is fine. Errors: upstream_failed."""
    try:
        await obstore.delete_async(store(), key)
    except FileNotFoundError:
        return
    except (OSError, BaseError) as error:
        raise Upstream("The file store did not delete the file; try again.") from error


async def keys_older_than(prefix: str, moment: datetime) -> list[str]:
    """The keys under a prefix that were written before a moment."""
    found: list[str] = []
    async for page in obstore.list(store(), prefix=prefix):
        found.extend(item["path"] for item in page if item["last_modified"] < moment)
    return found
