"""A file store of the test's own, the model kept between runs, and documents read the way a worker reads them."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from uuid import UUID

import pytest

from knowledge import documents
from knowledge.documents import Placing
from runtime import files as blobs
from runtime.caller import Caller
from runtime.settings import settings
from runtime.transaction import transaction
from school import files
from school.documents import Audience, Document, DocumentKind
from school.permissions import Permission
from tests.tiny_school import TinySchool

os.environ.setdefault("SCHOOLOS_MODEL_CACHE", str(Path(__file__).parents[2] / ".schoolos-test" / "cache"))
settings.cache_clear()

Add = Callable[..., Awaitable[Document]]


def worker(caller: Caller) -> Caller:
    """The system caller of the same school."""
    return Caller.system(caller.school_id, Permission.DOCUMENTS_READ, Permission.DOCUMENTS_WRITE)


@pytest.fixture
async def store(school: TinySchool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Path]:
    monkeypatch.setenv("SCHOOLOS_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    blobs.store.cache_clear()
    yield tmp_path
    blobs.store.cache_clear()


async def uploaded(
    caller: Caller, name: str, data: bytes, kind: DocumentKind = DocumentKind.POLICY,
    audience: Audience = Audience.STAFF, read: bool = True, **about: object,
) -> Document:  # fmt: skip
    """Upload a file as a caller and read it, as the worker would; `read=False` leaves the run queued."""
    async with transaction(caller) as tx:
        file = await files.save(tx, name, data, "application/octet-stream")
        media, _ = await documents.check(tx, file)
        document, run = await documents.add(tx, file, media, Placing(kind, audience, **about))
    if read:
        await documents.read(worker(caller), UUID(run.payload["version_id"]), bool(run.payload["retitle"]))
    async with transaction(caller, read_only=True) as tx:
        return await tx.session.get_one(Document, document.id)


async def replaced(caller: Caller, document: Document, name: str, data: bytes) -> None:
    """Give a document a newer file and read it, as the worker would."""
    async with transaction(caller) as tx:
        file = await files.save(tx, name, data, "application/octet-stream")
        media, _ = await documents.check(tx, file)
        found = await tx.session.get_one(Document, document.id)
        run = await documents.replace(tx, found, file, media)
    await documents.read(worker(caller), UUID(run.payload["version_id"]), False)


@pytest.fixture
def add(store: Path) -> Add:
    """`uploaded`, into a file store of the test's own."""
    return uploaded
