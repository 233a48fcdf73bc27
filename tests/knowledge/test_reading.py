"""A reading that is killed goes on; one that is stopped leaves nothing; nothing is searched before its end."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from knowledge import documents
from knowledge.search import search
from runtime.transaction import transaction
from school import files
from school.documents import Audience, DocumentKind, DocumentVersion, Passage, Posting
from tests.knowledge.conftest import worker

ROOT = Path(__file__).parents[2]
LONG = "# Register\n\n" + "".join(
    f"## Rule {n}\n\nRule {n} of the register says that class {n} lines up behind marker {n * 7} before the bell. {'More words. ' * 9}\n\n"
    for n in range(150)
)


class Stopped(Exception):
    pass


@pytest.fixture
async def version(store, callers):
    head = callers["head"]
    async with transaction(head) as tx:
        file = await files.save(tx, "register.md", LONG.encode(), "text/markdown")
        media, _ = await documents.check(tx, file)
        placing = documents.Placing(DocumentKind.POLICY, Audience.STAFF)
        _, run = await documents.add(tx, file, media, placing)
    return UUID(run.payload["version_id"])


async def counted(caller):
    async with transaction(caller, read_only=True) as tx:
        passages = await tx.session.scalar(select(func.count()).select_from(Passage))
        postings = await tx.session.scalar(select(func.count()).select_from(Posting))
        searched = (await search(tx, "which class lines up behind marker 77")).searched
    return passages, postings, searched


def ending_with(error):
    """A report that raises once two batches are in."""

    async def report(done, total, message):
        if done >= 2 * documents.BATCH:
            raise error

    return report


async def test_a_killed_reading_goes_on_and_writes_nothing_twice(version, callers):
    system = worker(callers["head"])
    with pytest.raises(asyncio.CancelledError):
        await documents.read(system, version, report=ending_with(asyncio.CancelledError()))
    assert await counted(system) == (2 * documents.BATCH, 0, 0), "kept, and not searched"
    begun = []

    async def report(done, total, message):
        begun.append(done)

    result = await documents.read(system, version, report=report)
    assert begun[1] == 2 * documents.BATCH, "what is there is not embedded again"
    passages, postings, searched = await counted(system)
    assert passages == searched == result["passages"] == 150 and postings > 0
    async with transaction(system, read_only=True) as tx:
        positions = list(await tx.session.scalars(select(Passage.position).order_by(Passage.position)))
        found = await search(tx, "which class lines up behind marker 77")
    assert positions == list(range(150))
    assert ("Rule 11",) in [one.passage.path for one in found.passages[:2]]


async def test_a_stopped_reading_leaves_nothing(version, callers):
    system = worker(callers["head"])
    with pytest.raises(Stopped):
        await documents.read(system, version, report=ending_with(Stopped()))
    assert await counted(system) == (0, 0, 0)
    async with transaction(system, read_only=True) as tx:
        assert (await tx.session.get_one(DocumentVersion, version)).status == "failed"
    assert (await documents.read(system, version))["passages"] == 150, "and can be read after all"


async def test_reading_twice_changes_nothing(version, callers):
    system = worker(callers["head"])
    await documents.read(system, version)
    before = await counted(system)
    await documents.read(system, version)
    assert await counted(system) == before


KILLED = """
import asyncio, os, signal, sys
import school.record
from uuid import UUID
from knowledge import documents
from runtime.caller import Caller
from school.permissions import Permission

async def report(done, total, message):
    if done >= 2 * documents.BATCH:
        os.kill(os.getpid(), signal.SIGKILL)

system = Caller.system(UUID(sys.argv[1]), Permission.DOCUMENTS_READ, Permission.DOCUMENTS_WRITE)
asyncio.run(documents.read(system, UUID(sys.argv[2]), report=report))
"""


async def test_a_process_killed_in_the_middle_is_gone_on_with_by_the_next(version, callers, store):
    caller = callers["head"]
    command = [sys.executable, "-c", KILLED, str(caller.school_id), str(version)]
    ended = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, capture_output=True, timeout=120)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()[-500:]
    system = worker(caller)
    assert await counted(system) == (2 * documents.BATCH, 0, 0)
    done = await documents.read(system, version)
    passages, postings, searched = await counted(system)
    assert passages == done["passages"] == searched > 2 * documents.BATCH and postings > 0
