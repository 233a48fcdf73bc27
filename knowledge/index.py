"""Write a version's passages: their text, their vectors, and the postings BM25 is computed from."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from knowledge.chunk import Chunk
from knowledge.embedding import Vectors
from knowledge.words import terms
from runtime.ids import new_id
from runtime.transaction import Tx
from school.documents import DocumentVersion, Passage, Posting

MAX_PASSAGES = 30_000
ROWS = 2000


def embedded_text(title: str, chunk: Chunk) -> str:
    """What the model reads of a passage: where it stands, then what it says."""
    return " > ".join((title, *chunk.path)) + "\n" + chunk.text


async def written(tx: Tx, version_id: UUID) -> int:
    """How many passages of a version are in the table: where a killed run goes on."""
    count = await tx.session.scalar(select(func.count()).where(Passage.version_id == version_id))
    return int(count or 0)


async def add_passages(tx: Tx, version: DocumentVersion, chunks: Sequence[Chunk], vectors: Vectors, start: int) -> None:
    """Insert a run of passages, the first at position `start`.

    Shape:  (n,) chunks, (n, 384) vectors.
    """
    rows = [
        {
            "id": new_id(), "school_id": tx.school_id, "document_id": version.document_id, "version_id": version.id,
            "position": start + at, "audience": version.audience, "path": list(chunk.path), "text": chunk.text,
            "marks": [list(mark) for mark in chunk.marks], "is_table": chunk.is_table, "embedding": vectors[at],
        }
        for at, chunk in enumerate(chunks)
    ]  # fmt: skip
    if rows:
        await tx.session.execute(insert(Passage), rows)


async def write_postings(tx: Tx, version: DocumentVersion, chunks: Sequence[Chunk]) -> int:
    """Replace the postings of a version by those of all its passages; returns its length in index terms."""
    await tx.session.execute(delete(Posting).where(Posting.version_id == version.id))
    postings: dict[str, tuple[list[int], list[int], list[int]]] = {}
    total = 0
    for position, chunk in enumerate(chunks):
        found = terms(" ".join(chunk.path) + "\n" + chunk.text)
        total += len(found)
        for term, count in Counter(found).items():
            positions, counts, lengths = postings.setdefault(term, ([], [], []))
            positions.append(position)
            counts.append(min(count, 32_767))
            lengths.append(min(len(found), 32_767))
    rows = [
        {
            "id": new_id(), "school_id": tx.school_id, "version_id": version.id, "audience": version.audience,
            "term": term, "positions": positions, "counts": counts, "lengths": lengths,
        }
        for term, (positions, counts, lengths) in sorted(postings.items())
    ]  # fmt: skip
    for at in range(0, len(rows), ROWS):
        await tx.session.execute(insert(Posting), rows[at : at + ROWS])
    return total
