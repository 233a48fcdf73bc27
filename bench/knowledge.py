"""Documents: reading pages, embedding passages, and searching as the application role at two sizes."""

import asyncio
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
from sqlalchemy import create_engine, text
from weasyprint import HTML

from bench.demo_school import demo_school
from bench.measurement import Measurement, percentiles
from evals.retrieval.load import school
from knowledge import index, pdf
from knowledge.answer import answer
from knowledge.chunk import Chunk, chunks
from knowledge.embedding import DIMENSIONS, embed
from knowledge.search import search
from runtime.caller import Caller
from runtime.database import forget, psycopg_url
from runtime.ids import new_id
from runtime.settings import settings
from runtime.transaction import transaction
from school.documents import Audience, Document, DocumentKind, DocumentStatus, DocumentVersion
from school.files import StoredFile
from school.permissions import Permission

TITLE = "Documents"
SIZES = tuple(int(size) for size in os.environ.get("BENCH_PASSAGES", "10000,100000").split(","))
EACH = 200
"""Passages of one document."""
QUESTIONS = 100
STYLE = "@page { margin: 20mm } body { font: 10pt 'DejaVu Sans' } div { columns: 2 }"


def measure() -> Iterator[Measurement]:
    """Reading in this process; searching on embedded PostgreSQL under row-level security, one question at a time."""
    os.environ.setdefault("SCHOOLOS_MODEL_CACHE", str(Path(".schoolos-evals").absolute()))
    yield from _reading()
    with demo_school(load=False):
        yield from asyncio.run(_searching())


def _words(random: Random) -> list[str]:
    letters = ("ba", "ke", "li", "mo", "nu", "ra", "si", "to", "wu", "ya", "fe", "go")
    return ["".join(random.choice(letters) for _ in range(random.randint(2, 4))) for _ in range(20_000)]


def _sentence(random: Random, words: list[str], length: int) -> str:
    """Words as often as in prose: the n-th most frequent one time in n."""
    return " ".join(words[min(int(random.paretovariate(0.6)) - 1, len(words) - 1)] for _ in range(length))


def _reading() -> Iterator[Measurement]:
    random = Random(1)
    words = _words(random)
    body = "".join(
        f"<h2>Section {n}</h2>" + "".join(f"<p>{_sentence(random, words, 80).capitalize()}.</p>" for _ in range(6))
        for n in range(50)
    )
    made = HTML(string=f"<style>{STYLE}</style><h1>Notes</h1><div>{body}</div>").write_pdf()
    assert made is not None
    begun = time.process_time()
    parsed = pdf.parse("notes.pdf", made)
    spent = time.process_time() - begun
    size = f"{parsed.pages} pages in two columns"
    yield Measurement(what="read a PDF", size=size, value=(parsed.pages or 0) / spent, unit="pages/s of CPU")
    pieces = chunks("Notes", parsed.elements)[:64]
    embed(["load the model"])
    begun = time.process_time()
    embed([piece.text for piece in pieces])
    rate = len(pieces) / (time.process_time() - begun)
    yield Measurement(
        what="embed passages", size=f"{len(pieces)} of 900 characters, 1 thread", value=rate, unit="passages/s of CPU"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Measurement(what="memory after reading and embedding", size=size, value=peak, unit="MB")


async def _searching() -> list[Measurement]:
    made: list[Measurement] = []
    for passages in SIZES:
        made += await _search_in(passages)
    await forget()
    return made


async def _search_in(passages: int) -> list[Measurement]:
    random, noise = Random(2), np.random.default_rng(2)
    words = _words(random)
    caller = Caller.system(await school(f"bench-{passages}"), Permission.DOCUMENTS_READ, Permission.DOCUMENTS_WRITE)
    owner = create_engine(psycopg_url(str(settings().migration_database_url)), isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text("DROP INDEX IF EXISTS ix_passages_embedding"))
    centres = noise.standard_normal((200, DIMENSIONS)).astype(np.float32)
    begun = time.perf_counter()
    for number in range(passages // EACH):
        await _put(caller, number, random, words, centres, noise)
    with owner.connect() as connection:
        connection.execute(text("SET maintenance_work_mem = '512MB'"))
        connection.execute(
            text("CREATE INDEX ix_passages_embedding ON passages USING hnsw (embedding vector_cosine_ops)")
        )
        connection.execute(text("ANALYZE"))
    owner.dispose()
    size = f"{passages:,} passages"
    loaded = Measurement(
        what="index passages, their vectors given",
        size=size,
        value=passages / (time.perf_counter() - begun),
        unit="passages/s",
    )
    found: list[float] = []
    answered: list[float] = []
    for _ in range(QUESTIONS):
        question = _sentence(random, words, 8)
        begun = time.perf_counter()
        async with transaction(caller, read_only=True) as tx:
            result = await search(tx, question)
            found.append(time.perf_counter() - begun)
            await answer(result)
        answered.append(time.perf_counter() - begun)
    return [
        loaded,
        *percentiles("search", f"{size}, questions of 8 words", found, p50_at_most=50),
        *percentiles("search and answer by quoting", size, answered, p95_at_most=300 if passages <= 10_000 else 5000),
    ]


async def _put(
    caller: Caller, number: int, random: Random, words: list[str], centres: np.ndarray, noise: np.random.Generator
) -> None:
    pieces = [Chunk(path=(f"Section {n}",), text=_sentence(random, words, 90)) for n in range(EACH)]
    vectors = centres[noise.integers(0, len(centres), EACH)] + 0.7 * noise.standard_normal((EACH, DIMENSIONS)).astype(
        np.float32
    )
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    async with transaction(caller) as tx:
        stored = StoredFile(id=new_id(), school_id=tx.school_id, name=f"{number}.txt", media_type="text/plain", size=0,
                            sha256=f"{number:064}", key=str(new_id()))  # fmt: skip
        document = Document(id=new_id(), school_id=tx.school_id, title=f"Document {number}", kind=DocumentKind.OTHER.value,
                            audience=Audience.STAFF.value, updated_at=tx.now)  # fmt: skip
        tx.session.add_all([stored, document])
        await tx.session.flush()
        version = DocumentVersion(
            id=new_id(), school_id=tx.school_id, document_id=document.id, number=1, audience=document.audience, file_id=stored.id,
            name=stored.name, media="txt", size=0, sha256=stored.sha256, status=DocumentStatus.READY.value, passages=EACH,
        )  # fmt: skip
        tx.session.add(version)
        await tx.session.flush()
        await index.add_passages(tx, version, pieces, vectors, 0)
        document.terms = version.terms = await index.write_postings(tx, version, pieces)
        document.version_id, document.passages = version.id, EACH
