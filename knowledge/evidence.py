"""Which sentences of the passages found say something about the question, and whether any of them is enough."""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from threading import Lock
from uuid import UUID

from cachetools import LRUCache

from knowledge.embedding import Vectors, embed
from knowledge.rank import MATCHING_SCOPE, Query, Ranked
from knowledge.search import Found
from knowledge.sentences import asks, sentences
from knowledge.words import EQUIVALENT, terms

PASSAGES = 3
"""The evidence is read in the three best passages."""
BIAS = -7.16
SAID, PLACE, LONG, LEXICAL, EACH_E_FOLD = 8.21, 1.15, 2.15, 1.41, -0.45
"""Weights of `Evidence.signs`, by logistic regression on one half of the questions (docs/knowledge.md)."""
ENOUGH = 0.27
"""Strength from which a question is answered: under 5 in 100 that have an answer stay below it."""


@dataclass(frozen=True)
class Read:
    """A passage found, where its sentences stand, and how near each is to the question (cosine)."""

    found: Ranked
    spans: tuple[tuple[int, int], ...]
    cosines: Vectors

    def fit(self, query: Query) -> float:
        """How well the best sentence fits: its meaning and the share of the question's words, half each.

        A sentence that puts a question counts half.
        """
        path, text = self.found.passage.path, self.found.passage.text
        return max(
            (
                (float(near) + share(query, path, text[start:end])) / (4 if asks(text[start:end]) else 2)
                for (start, end), near in zip(self.spans, self.cosines, strict=True)
            ),
            default=0.0,
        )


@dataclass(frozen=True)
class Evidence:
    """Passages read sentence by sentence, best passage first."""

    query: Query
    read: list[Read]
    searched: int
    """Passages the search could have found."""

    @property
    def signs(self) -> tuple[float, ...]:
        """What tells whether the question is answered here.

        The best sentence's words and meaning together, the place of the best passage and its BM25, beside how long the
        question is and how much was searched: of a long question fewer words are met, and the best of many passages fits
        somewhat by chance.
        """
        query, best = self.query, self.read[0].found
        said = max((one.fit(query) for one in self.read[:PASSAGES]), default=0.0)
        return (
            said, best.score - MATCHING_SCOPE * best.passage.in_scope, math.log1p(len(set(query.terms))),
            min(1.5, 2 * best.passage.bm25 / (query.most or 1.0)), math.log(max(1, self.searched)),
        )  # fmt: skip

    @property
    def strength(self) -> float:
        """How sure it is, 0..1, that the question is answered here."""
        if not self.read:
            return 0.0
        weights = (SAID, PLACE, LONG, LEXICAL, EACH_E_FOLD)
        return 1 / (1 + math.exp(-BIAS - sum(map(mul, weights, self.signs))))

    @property
    def enough(self) -> bool:
        return self.strength >= ENOUGH


def share(query: Query, path: Sequence[str], text: str, *, alike: bool = False) -> float:
    """The share of the question's weight in these words; a heading counts half.

    With `alike`, a guardian is a parent too: fit to choose among sentences, while the evidence counts the words as they are.
    """
    wanted = set(query.terms)
    total = sum(query.weight(term) for term in wanted) or 1.0
    here, above = set(terms(text)), set(terms(" ".join(path)))
    if alike:
        here |= {other for term in here for other in EQUIVALENT.get(term, ())}
    return sum(query.weight(term) * (1.0 if term in here else 0.5) for term in wanted & (here | above)) / total


async def read(found: Found, passages: int = 5) -> Evidence:
    """Read the best passages of a search sentence by sentence."""
    return await asyncio.to_thread(_read, found, found.passages[:passages])


def _read(found: Found, ranked: Sequence[Ranked]) -> Evidence:
    with _reading:
        kept = {one.passage.id: _sentences[one.passage.id] for one in ranked if one.passage.id in _sentences}
    new = [one for one in ranked if one.passage.id not in kept]
    cut = {one.passage.id: tuple(sentences(one.passage.text)) for one in new}
    said = [one.passage.text[start:end] for one in new for start, end in cut[one.passage.id]]
    vectors = embed([found.query.text, *said])
    asked, at = vectors[0], 1
    for one in new:
        spans = cut[one.passage.id]
        kept[one.passage.id] = (spans, vectors[at : at + len(spans)].copy())
        at += len(spans)
    with _reading:
        _sentences.update({one.passage.id: kept[one.passage.id] for one in new})
    return Evidence(
        found.query, [Read(one, kept[one.passage.id][0], kept[one.passage.id][1] @ asked) for one in ranked], found.searched,
    )  # fmt: skip


_reading = Lock()
_sentences: LRUCache[UUID, tuple[tuple[tuple[int, int], ...], Vectors]] = LRUCache(maxsize=2000)
"""A passage never changes, and what is asked once is asked again: about 20 MB when full."""
