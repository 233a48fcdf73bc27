"""Documents: reading pages, embedding passages, and a whole run from the file to the index, with its memory."""

import asyncio
import io
import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from typing import TypeVar
from uuid import UUID

import pypdfium2
from weasyprint import HTML

from bench.demo_school import demo_school
from bench.measurement import Measurement
from evals.retrieval.load import school
from knowledge import documents, pdf
from knowledge.chunk import chunks
from knowledge.documents import Placing
from knowledge.embedding import embed
from runtime.caller import Caller
from runtime.database import forget
from runtime.settings import settings
from runtime.transaction import transaction
from school import files, media_types, record
from school.documents import Audience, DocumentKind
from school.permissions import Permission

R = TypeVar("R")
TITLE = "Documents: reading"
STYLE = "@page { margin: 20mm } body { font: 10pt 'DejaVu Sans' } div { columns: 2 }"


def measure() -> Iterator[Measurement]:
    """On one thread; each file is read by a process of its own, as a worker would."""
    os.environ.setdefault("SCHOOLOS_MODEL_CACHE", str(Path(".schoolos-evals").absolute()))
    settings.cache_clear()
    made = _made()
    yield from _alone(_parts, made)
    yield from _alone(_long, _repeated(made, 1000))
    with demo_school(load=False):
        yield from _whole(_repeated(made, 100))


def _alone(work: Callable[..., R], *args: object) -> R:
    """Run in a fresh process: its memory is the work's own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *args).result()


def _parts(made: bytes) -> list[Measurement]:
    begun = time.process_time()
    parsed = pdf.parse("notes.pdf", made)
    spent = time.process_time() - begun
    size = f"{parsed.pages} pages in two columns"
    read = Measurement(what="read a PDF", size=size, value=(parsed.pages or 0) / spent, unit="pages/s of CPU")
    pieces = chunks("Notes", parsed.elements)[:64]
    embed(["load the model"])
    begun = time.process_time()
    embed([piece.text for piece in pieces])
    rate = len(pieces) / (time.process_time() - begun)
    size = f"{len(pieces)} of 900 characters, 1 thread"
    return [read, Measurement(what="embed passages", size=size, value=rate, unit="passages/s of CPU")]


def _long(made: bytes) -> list[Measurement]:
    begun = time.process_time()
    parsed = pdf.parse("notes.pdf", made)
    size = f"{parsed.pages:,} pages in two columns"
    spent = time.process_time() - begun
    return [
        Measurement(what="read a long PDF", size=size, value=(parsed.pages or 0) / spent, unit="pages/s of CPU"),
        Measurement(what="memory of the process that read it", size=size, value=_memory(), unit="MB"),
    ]


def _whole(made: bytes) -> list[Measurement]:
    """From the file in the store to the last row of the index."""
    assert record.__name__  # every table is known, in the process that reads too
    school_id, version_id, pages = asyncio.run(_stored(made))
    seconds, passages, memory = _alone(_indexed, school_id, version_id)
    size = f"{pages} pages, {passages} passages"
    return [
        Measurement(
            what="take a PDF in: read, cut, embedded, indexed", size=size, value=pages / seconds, unit="pages/s"
        ),
        Measurement(what="memory of the process that took it in", size=size, value=memory, unit="MB"),
    ]


def _caller(school_id: UUID) -> Caller:
    return Caller.system(school_id, Permission.DOCUMENTS_READ, Permission.DOCUMENTS_WRITE)


async def _stored(made: bytes) -> tuple[UUID, UUID, int]:
    caller = _caller(await school("bench"))
    async with transaction(caller) as tx:
        stored = await files.save(tx, "notes.pdf", made, media_types.PDF)
        media, _ = await documents.check(tx, stored)
        _, run = await documents.add(tx, stored, media, Placing(DocumentKind.OTHER, Audience.STAFF))
    await forget()
    return caller.school_id, UUID(run.payload["version_id"]), len(pypdfium2.PdfDocument(made))


def _indexed(school_id: UUID, version_id: UUID) -> tuple[float, int, float]:
    embed(["load the model"])
    begun = time.perf_counter()
    read = asyncio.run(documents.read(_caller(school_id), version_id))
    return time.perf_counter() - begun, int(read["passages"]), _memory()


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _made() -> bytes:
    random = Random(1)
    letters = ("ba", "ke", "li", "mo", "nu", "ra", "si", "to", "wu", "ya", "fe", "go")
    words = ["".join(random.choice(letters) for _ in range(random.randint(2, 4))) for _ in range(20_000)]
    body = "".join(
        f"<h2>Section {n}</h2>" + "".join(f"<p>{_sentence(random, words, 80).capitalize()}.</p>" for _ in range(6))
        for n in range(50)
    )
    made = HTML(string=f"<style>{STYLE}</style><h1>Notes</h1><div>{body}</div>").write_pdf()
    assert made is not None
    return made


def _sentence(random: Random, words: list[str], length: int) -> str:
    """Words as often as in prose: the n-th most frequent one time in n."""
    return " ".join(words[min(int(random.paretovariate(0.6)) - 1, len(words) - 1)] for _ in range(length))


def _repeated(made: bytes, pages: int) -> bytes:
    """The same pages again and again, `pages` in all."""
    source, out = pypdfium2.PdfDocument(made), pypdfium2.PdfDocument.new()
    while len(out) < pages:
        out.import_pages(source, list(range(min(len(source), pages - len(out)))))
    written = io.BytesIO()
    out.save(written)
    return written.getvalue()
