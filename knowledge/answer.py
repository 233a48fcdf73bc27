"""Answers made of the documents' own sentences, each with its page; or the word that the documents do not say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from uuid import UUID

import numpy as np

from knowledge.chunk import page_at
from knowledge.evidence import Read, read, share
from knowledge.rank import Query, defines
from knowledge.search import Found
from knowledge.sentences import asks
from knowledge.words import terms

PASSAGES = 5
SENTENCES = 3
QUESTION = 0.5
"""What a sentence that puts a question is worth beside one that tells something."""
WINDOW = 480
"""Characters of sentences quoted from one passage, at most."""


@dataclass(frozen=True)
class Quote:
    """Words of a document, where they stand, and how well they fit the question (0..1)."""

    text: str
    document_id: UUID
    version_id: UUID
    passage_id: UUID
    title: str
    path: tuple[str, ...]
    page: int | None
    start: int
    fit: float
    updated_at: datetime
    sentence: str
    """The one sentence of it that fits best; of a table, the row with the names of its columns."""


@dataclass(frozen=True)
class Answer:
    """Quotes that answer, best first; none when the documents do not say."""

    question: str
    quotes: list[Quote]
    evidence: float
    conflicting: bool = False

    @property
    def says(self) -> bool:
        return bool(self.quotes)


async def answer(found: Found) -> Answer:
    """Quote the sentences that answer a question from the passages found.

    Units:  fit in 0..1; evidence as `Evidence.strength`.
    """
    evidence = await read(found, PASSAGES)
    if not evidence.enough:
        return Answer(found.query.text, [], evidence.strength)
    scored = [
        (
            _telling(quote.sentence) * (0.5 * quote.fit + 0.5 * near + 0.2 * defines(found.query.subject, quote.text)),
            quote,
        )
        for one in evidence.read
        if one.spans
        for quote, near in (_quote(found.query, one),)
    ]
    best = sorted(scored, key=lambda pair: -pair[0])
    kept: list[Quote] = []
    floor = 0.72 * best[0][0] if best else 0.0
    for score, quote in best:
        if score < floor or len(kept) == SENTENCES:
            break
        if all(quote.passage_id != other.passage_id and not _same(quote.text, other.text) for other in kept):
            kept.append(quote)
    return Answer(found.query.text, kept, evidence.strength, _conflict(kept))


def _quote(query: Query, one: Read) -> tuple[Quote, float]:
    """The best window of sentences of a passage, and how near in meaning its nearest sentence is."""
    passage, spans = one.found.passage, one.spans
    head = _table_head(passage.text)
    path = (*passage.path, head) if head else passage.path
    fits = np.array([share(query, path, passage.text[start:end], alike=True) for start, end in spans])
    telling = np.array([_telling(passage.text[start:end]) for start, end in spans])
    worth = telling * (0.5 * fits + 0.5 * one.cosines)
    if head and len(spans) > 1:
        worth[0] = 0.0  # the names of the columns alone say nothing
    at = int(worth.argmax())
    first, last = at, at
    while last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= WINDOW and fits[last + 1] >= 0.4 * fits[at]:
        last += 1
    while first > 0 and spans[last][1] - spans[first - 1][0] <= WINDOW and _leans_back(passage.text, spans, first):
        first -= 1
    start, end = spans[first][0], spans[last][1]
    quoted = passage.text[start:end].strip()
    quoted = f"{head}\n{quoted}" if head and first > 0 else quoted
    sentence = passage.text[slice(*spans[at])]
    return Quote(
        quoted, passage.document_id, passage.version_id, passage.id, passage.title, passage.path,
        page_at(passage.marks, start), start, share(query, passage.path, quoted), passage.updated_at,
        _row(head, sentence) if head and at > 0 else sentence,
    ), float(one.cosines[first : last + 1].max())  # fmt: skip


def _table_head(text: str) -> str:
    """The names of the columns, where the passage is a table."""
    lines = text.split("\n", 2)
    return lines[0] if len(lines) > 1 and all(" | " in line for line in lines[:2]) else ""


def _row(head: str, row: str) -> str:
    """A row of a table with the names of its columns, to be read by itself."""
    cells = zip_longest((name.strip() for name in head.split(" | ")), (cell.strip() for cell in row.split(" | ")))
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in cells if cell)


def _telling(sentence: str) -> float:
    return QUESTION if asks(sentence) else 1.0


def _leans_back(text: str, spans: Sequence[tuple[int, int]], at: int) -> bool:
    """A sentence that begins with a pronoun or a list mark needs the one before it."""
    word = text[spans[at][0] : spans[at][1]].split(maxsplit=1)
    opening = word[0].lower().strip("(,") if word else ""
    return opening in {
        "it",
        "this",
        "these",
        "they",
        "he",
        "she",
        "its",
        "their",
        "such",
        "-",
        "•",
        "also",
        "however",
    } or (text[spans[at - 1][0] : spans[at - 1][1]].rstrip().endswith(":"))


def _same(first: str, second: str) -> bool:
    one, other = set(terms(first)), set(terms(second))
    return len(one & other) >= 0.8 * len(one | other)


def _conflict(quotes: Sequence[Quote]) -> bool:
    """Two documents that say nearly the same with different figures: both are shown, with their dates."""
    for at, one in enumerate(quotes):
        for other in quotes[at + 1 :]:
            if one.document_id == other.document_id:
                continue
            mine, theirs = set(terms(one.sentence)), set(terms(other.sentence))
            figures = {term for term in mine ^ theirs if any(mark.isdigit() for mark in term)}
            shared = {term for term in mine & theirs if not any(mark.isdigit() for mark in term)}
            words = {term for term in mine | theirs if not any(mark.isdigit() for mark in term)}
            if figures & mine and figures & theirs and len(shared) >= 0.5 * len(words):
                return True
    return False
