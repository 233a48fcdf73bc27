"""Local files given to a command, stored like an upload at any door."""

from collections.abc import AsyncGenerator
from pathlib import Path

from runtime.caller import Caller
from runtime.errors import InvalidInput
from runtime.transaction import transaction
from school import files
from school.files import StoredFile

CHUNK = 1 << 20


async def attach(caller: Caller, path: Path) -> StoredFile:
    """Store a file for the assistant or a capability to read. Errors: those of an upload."""
    received = await files.receive(caller.school_id, path.name, _chunks(path.expanduser()))
    async with transaction(caller) as tx:
        return await files.keep(tx, received)


async def _chunks(path: Path) -> AsyncGenerator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}.") from None
