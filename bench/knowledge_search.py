"""Search and answers over made documents in two sizes, as the application role, one question at a time."""

import asyncio
import io
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import numpy as np
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection

from bench.demo_school import demo_school
from bench.measurement import Measurement, percentiles
from evals.retrieval.load import school
from knowledge import search as searching
from knowledge.answer import answer
from knowledge.embedding import DIMENSIONS
from knowledge.search import search
from knowledge.words import stem
from runtime.caller import Caller
from runtime.database import forget, psycopg_url
from runtime.ids import new_id
from runtime.settings import settings
from runtime.transaction import transaction
from school.permissions import Permission

TITLE = "Documents: search in 10,000 passages"
QUESTIONS = 100
WORDS = 90
"""Words of a passage."""
VERSION = "INSERT INTO document_versions (id, school_id, document_id, number, audience, file_id, name, media, size, sha256, status, passages, terms, warnings, created_at) VALUES (:version, :school, :document, 1, 'staff', :file, :name, 'txt', 0, :sha, 'ready', :passages, :terms, '[]', now())"  # fmt: skip
DOCUMENT = "INSERT INTO documents (id, school_id, title, kind, audience, version_id, passages, terms, updated_at, created_at) VALUES (:document, :school, :name, 'other', 'staff', :version, :passages, :terms, now(), now())"  # fmt: skip
FILE = "INSERT INTO files (id, school_id, name, media_type, size, sha256, key, purpose, created_at) VALUES (:file, :school, :name, 'text/plain', 0, :sha, :sha, 'document', now())"  # fmt: skip


def measure() -> Iterator[Measurement]:
    """10,000 passages in documents of 200."""
    yield from measured(10_000, 200, exact=True)


def measured(passages: int, each: int, *, exact: bool) -> Iterator[Measurement]:
    """Load a school, build the index as the migrations do, ask; with `exact`, ask again comparing every vector."""
    os.environ.setdefault("SCHOOLOS_MODEL_CACHE", str(Path(".schoolos-evals").absolute()))
    settings.cache_clear()
    with demo_school(load=False):
        yield from asyncio.run(_measured(passages, each, exact))


async def _measured(passages: int, each: int, exact: bool) -> list[Measurement]:
    random = np.random.default_rng(2)
    vocabulary = _vocabulary(random)
    caller = Caller.system(await school("bench"), Permission.DOCUMENTS_READ, Permission.DOCUMENTS_WRITE)
    owner = create_engine(psycopg_url(str(settings().migration_database_url)), isolation_level="AUTOCOMMIT")
    begun = time.perf_counter()
    with owner.connect() as connection:
        connection.execute(text("DROP INDEX IF EXISTS ix_passages_embedding"))
        _secured(connection, False)
        centres = random.standard_normal((200, DIMENSIONS)).astype(np.float32)
        for number in range(passages // each):
            _put(connection, caller.school_id, number, each, vocabulary, centres, random)
        copied = time.perf_counter() - begun
        _secured(connection, True)
        begun = time.perf_counter()
        connection.execute(text("SET maintenance_work_mem = '1GB'"))
        connection.execute(text("SET max_parallel_maintenance_workers = 2"))
        connection.execute(
            text("CREATE INDEX ix_passages_embedding ON passages USING hnsw (embedding vector_cosine_ops)")
        )
        connection.execute(text("VACUUM ANALYZE passages"))
        connection.execute(text("VACUUM ANALYZE postings"))
        connection.execute(text("ANALYZE"))
    owner.dispose()
    size = f"{passages:,} passages"
    made = [
        Measurement(what="copy passages and postings", size=size, value=passages / copied, unit="passages/s"),
        Measurement(what="build the vector index", size=size, value=time.perf_counter() - begun, unit="s"),
    ]
    questions = [" ".join(_words(random, vocabulary, 8)) for _ in range(QUESTIONS)]
    made += await _asked(caller, questions, f"{size}, HNSW", passages <= 10_000)
    if exact:
        usual, searching.EXACT_UP_TO = searching.EXACT_UP_TO, passages + 1
        made += await _asked(caller, questions, f"{size}, every vector compared", False)
        searching.EXACT_UP_TO = usual
    await forget()
    return made


async def _asked(caller: Caller, questions: list[str], size: str, promised: bool) -> list[Measurement]:
    found: list[float] = []
    answered: list[float] = []
    for question in questions[:10] + questions:  # the first ten warm the server up
        begun = time.perf_counter()
        async with transaction(caller, read_only=True) as tx:
            result = await search(tx, question)
            found.append(time.perf_counter() - begun)
            await answer(result)
        answered.append(time.perf_counter() - begun)
    return [
        *percentiles("search", f"{size}, questions of 8 words", found[10:], p50_at_most=50 if promised else None),
        *percentiles("search and answer by quoting", size, answered[10:], p95_at_most=300 if promised else 5000),
    ]


def _vocabulary(random: np.random.Generator) -> np.ndarray:
    letters = ("ba", "ke", "li", "mo", "nu", "ra", "si", "to", "wu", "ya", "fe", "go")
    return np.array(["".join(random.choice(letters, random.integers(2, 5))) for _ in range(20_000)])


def _words(random: np.random.Generator, vocabulary: np.ndarray, length: int) -> list[str]:
    """Words as often as in prose: the n-th most frequent about one time in n."""
    places = np.minimum(random.pareto(0.6, length).astype(np.int64), len(vocabulary) - 1)
    return vocabulary[places].tolist()


def _put(
    connection: Connection, school_id: UUID, number: int, each: int, vocabulary: np.ndarray, centres: np.ndarray,
    random: np.random.Generator,
) -> None:  # fmt: skip
    vectors = centres[random.integers(0, len(centres), each)]
    vectors = vectors + 0.7 * random.standard_normal((each, DIMENSIONS)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    document, version = new_id(), new_id()
    passages, postings, total = io.StringIO(), {}, 0
    for position in range(each):
        said = _words(random, vocabulary, WORDS)
        found = [stem(word) for word in said]  # its words are neither stop words nor codes
        total += len(found)
        for term, count in Counter(found).items():
            at = postings.setdefault(term, ([], [], []))
            for values, value in zip(at, (position, count, len(found)), strict=True):
                values.append(value)
        vector = ",".join(map("%.4f".__mod__, vectors[position].tolist()))
        passages.write(
            f"{new_id()}\t{school_id}\t{document}\t{version}\t{position}\tstaff\t[]\t{' '.join(said)}\t[]\tf\t[{vector}]\n"
        )
    given = {"school": school_id, "document": document, "version": version, "file": new_id(), "name": f"Book {number}",
             "sha": f"{number:064}", "passages": each, "terms": total}  # fmt: skip
    for statement in (FILE, DOCUMENT, VERSION):
        connection.execute(text(statement), given)
    rows = io.StringIO()
    for term, lists in postings.items():
        arrays = "\t".join("{" + ",".join(map(str, values)) + "}" for values in lists)
        rows.write(f"{new_id()}\t{school_id}\t{version}\tstaff\t{term}\t{arrays}\n")
    _copy(connection, "passages (id, school_id, document_id, version_id, position, audience, path, text, marks, is_table, embedding)", passages)  # fmt: skip
    _copy(connection, "postings (id, school_id, version_id, audience, term, positions, counts, lengths)", rows)


def _secured(connection: Connection, on: bool) -> None:
    """COPY refuses tables under row-level security: it is lifted for the load, and back before anything is asked."""
    for table in ("passages", "postings"):
        for verb in ("ENABLE", "FORCE") if on else ("DISABLE",):
            connection.execute(text(f"ALTER TABLE {table} {verb} ROW LEVEL SECURITY"))


def _copy(connection: Connection, columns: str, rows: io.StringIO) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy(f"COPY {columns} FROM STDIN") as copy:
        copy.write(rows.getvalue())
