"""Hybrid search as the caller: BM25 in SQL and pgvector, over what row-level security lets this caller see."""

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from knowledge.embedding import embed_async
from knowledge.rank import Candidate, Query, Ranked, rank
from knowledge.reranker import reranked
from knowledge.words import EQUIVALENT, terms
from runtime.transaction import Tx

POOL = 60
EXACT_UP_TO = 4000
"""Passages up to which every vector is compared; beyond, the HNSW index is asked."""
EF_SEARCH = 160
K1, B = 1.2, 0.5
BACKGROUND = 1000
"""Passages without the term that are always counted: a word in one passage of three is still a rare word."""
UNKNOWN_IDF = 9.0
LOOKED_UP = 8000
"""Places of the question's terms that are scored in a larger collection, the rarest terms first: a common one tells little
and costs most. In the passages read it counts all the same (`rank`)."""

_SEARCHED = """
    SELECT d.id, d.version_id, d.title, d.kind, d.updated_at, d.passages, d.terms, {scope} AS in_scope
    FROM documents d
    WHERE d.school_id = CAST(:school AS uuid) AND d.deleted_at IS NULL AND d.version_id IS NOT NULL
      AND (CAST(:kinds AS text[]) IS NULL OR d.kind = ANY(CAST(:kinds AS text[])))
      AND (CAST(:subject AS uuid) IS NULL OR d.subject_id = CAST(:subject AS uuid) OR d.subject_id IS NULL)
      AND (CAST(:level AS uuid) IS NULL OR d.level_id = CAST(:level AS uuid) OR d.level_id IS NULL)
      AND (CAST(:term AS int) IS NULL OR d.term_number = CAST(:term AS int) OR d.term_number IS NULL)
      AND (CAST(:document AS uuid) IS NULL OR d.id = CAST(:document AS uuid))
"""
_SCOPE = """(d.subject_id = ANY(CAST(:near_subjects AS uuid[])) OR d.level_id = ANY(CAST(:near_levels AS uuid[])))"""
_FREQUENCIES = """
WITH searched AS ({searched})
SELECT 'n' AS term, sum(passages)::float AS value FROM searched
UNION ALL SELECT 'length', sum(terms)::float / NULLIF(sum(passages), 0) FROM searched
UNION ALL
SELECT '=' || p.term, sum(cardinality(p.positions))::float
FROM postings p JOIN searched s ON s.version_id = p.version_id
WHERE p.school_id = CAST(:school AS uuid) AND p.term = ANY(CAST(:terms AS text[]))
GROUP BY p.term
"""
_CANDIDATES = """
WITH searched AS ({searched}),
scores AS MATERIALIZED (
    SELECT p.version_id, hit.position, sum(weight.idf * hit.count * ({k1} + 1)
           / (hit.count + {k1} * (1 - {b} + {b} * hit.length / CAST(:length AS float)))) AS score
    FROM unnest(CAST(:terms AS text[]), CAST(:idfs AS float[])) AS weight(term, idf)
    JOIN postings p ON p.school_id = CAST(:school AS uuid) AND p.term = weight.term
    JOIN searched s ON s.version_id = p.version_id
    CROSS JOIN LATERAL unnest(p.positions, p.counts, p.lengths) AS hit(position, count, length)
    GROUP BY p.version_id, hit.position
),
lexical AS (SELECT version_id, position FROM scores ORDER BY score DESC, version_id, position LIMIT :pool),
nearest AS MATERIALIZED ({nearest})
SELECT c.id, c.document_id, c.version_id, c.position, s.title, s.kind, s.updated_at, c.path, c.text, c.marks,
       COALESCE(scores.score, 0) AS bm25, 1 - (c.embedding <=> CAST(:vector AS vector)) AS cosine, s.in_scope
FROM (SELECT version_id, position FROM lexical UNION SELECT version_id, position FROM nearest) AS found
JOIN passages c USING (version_id, position)
JOIN searched s ON s.version_id = c.version_id
LEFT JOIN scores ON scores.version_id = c.version_id AND scores.position = c.position
"""
_NEAREST_EXACT = """
    SELECT every.version_id, every.position FROM (
        SELECT c.version_id, c.position, c.embedding <=> CAST(:vector AS vector) AS distance
        FROM passages c JOIN searched s ON s.version_id = c.version_id OFFSET 0
    ) AS every ORDER BY distance LIMIT :pool
"""
_NEAREST_INDEXED = """
    SELECT c.version_id, c.position FROM passages c
    WHERE c.school_id = CAST(:school AS uuid) AND EXISTS (SELECT 1 FROM searched s WHERE s.version_id = c.version_id)
    ORDER BY c.embedding <=> CAST(:vector AS vector) LIMIT :pool
"""


_PLANNING = f"""
SELECT set_config('hnsw.ef_search', '{EF_SEARCH}', true), set_config('plan_cache_mode', 'force_custom_plan', true)
"""  # a plan made for any question would read every posting: the terms decide how many rows there are


@dataclass(frozen=True)
class Filters:
    """What to search in. `near_*` only lift what matches; the others leave out what is marked for something else."""

    kinds: tuple[str, ...] = ()
    subject_id: UUID | None = None
    level_id: UUID | None = None
    term_number: int | None = None
    document_id: UUID | None = None
    near_subjects: tuple[UUID, ...] = ()
    near_levels: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Found:
    """The passages of a search, best first, and the query they were ranked by."""

    query: Query
    passages: list[Ranked]
    searched: int
    """Passages the search could have found."""

    @property
    def nearness(self) -> float:
        """How near the nearest of the first five is to the question, 0..1."""
        return max((one.nearness for one in self.passages[:5]), default=0.0)


async def search(tx: Tx, question: str, filters: Filters | None = None, limit: int = 10) -> Found:
    """The passages that answer a question best, of those the caller may read.

    Shape:  one question -> up to `limit` passages, best first; near-duplicates are collapsed to the better one.
    Units:  scores have no unit and compare within one search only.
    Source: tables documents, passages, postings.
    """
    asked = tuple(terms(question))
    embedding = asyncio.create_task(embed_async([question]))  # meanwhile Postgres counts
    distinct = list(dict.fromkeys([*asked, *(other for term in asked for other in EQUIVALENT.get(term, ()))]))
    bound = _bound(tx, filters or Filters()) | {"terms": distinct}
    searched = _SEARCHED.format(scope=_SCOPE)
    try:
        rows = (await tx.session.execute(text(_FREQUENCIES.format(searched=searched)), bound)).all()
    finally:
        vector = (await embedding)[0]
    values: dict[str, float] = {row.term: row.value for row in rows}
    total = int(values.pop("n", None) or 0)
    length = values.pop("length", None) or 1.0
    asked = tuple(_written(term, values) for term in asked)
    values = {key: count for key, count in values.items() if key[1:] in asked}
    idf = {term[1:]: _idf(total, count) for term, count in values.items()}
    query = Query(question, asked, idf, min(UNKNOWN_IDF, _idf(total, 0)))
    if not total:
        return Found(query, [], 0)
    nearest = _NEAREST_EXACT if total <= EXACT_UP_TO else _NEAREST_INDEXED
    await tx.session.execute(text(_PLANNING))
    statement = _CANDIDATES.format(searched=searched, nearest=nearest, k1=K1, b=B)
    telling = _telling({term[1:]: count for term, count in values.items()}) if total > EXACT_UP_TO else list(idf)
    chosen = {term: idf[term] for term in telling}
    bound |= {"terms": list(chosen), "idfs": list(chosen.values()), "length": length, "pool": POOL}
    bound["vector"] = "[" + ",".join(f"{value:.6f}" for value in vector) + "]"
    found = (await tx.session.execute(text(statement), bound)).all()
    candidates = [
        Candidate(
            id=row.id, document_id=row.document_id, version_id=row.version_id, position=row.position, title=row.title,
            kind=row.kind, updated_at=row.updated_at, path=tuple(row.path), text=row.text,
            marks=tuple((offset, page) for offset, page in row.marks), bm25=row.bm25, cosine=row.cosine,
            in_scope=bool(row.in_scope),
        )
        for row in found
    ]  # fmt: skip
    ordered = await reranked(question, rank(query, candidates))
    return Found(query, ordered[:limit], total)


def _written(term: str, places: Mapping[str, float]) -> str:
    """The term, or the equivalent of one that stands nowhere."""
    if f"={term}" in places:
        return term
    return next((other for other in EQUIVALENT.get(term, ()) if f"={other}" in places), term)


def _idf(total: float, count: float) -> float:
    """BM25's weight of a term in `count` of `total` passages, as if the school's lay among BACKGROUND others."""
    return math.log(1 + (total + BACKGROUND - count + 0.5) / (count + 0.5))


def _telling(places: dict[str, float]) -> list[str]:
    """The terms that are looked up: the rarest, while their places are not too many in all; one at least."""
    chosen: list[str] = []
    left = float(LOOKED_UP)
    for term in sorted(places, key=lambda one: places[one]):
        left -= places[term]
        if left < 0 and chosen:
            break
        chosen.append(term)
    return chosen


def _bound(tx: Tx, filters: Filters) -> dict[str, object]:
    return {
        "school": str(tx.school_id),
        "kinds": list(filters.kinds) or None,
        "subject": filters.subject_id,
        "level": filters.level_id,
        "term": filters.term_number,
        "document": filters.document_id,
        "near_subjects": list(filters.near_subjects),
        "near_levels": list(filters.near_levels),
    }
