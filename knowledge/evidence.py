"""Which sentences of the passages found say something about the question, and whether any of them is enough."""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

import numpy as np
from cachetools import LRUCache

from knowledge.embedding import Vectors, embed
from knowledge.rank import MATCHING_SCOPE, Ranked
from knowledge.search import Found
from knowledge.sentences import sentences

ANSWERABLE, EACH_E_FOLD = 0.3, 0.02
"""The best of many passages fits somewhat by chance, so more is asked of it in a larger collection."""
PASSAGES, BEST = 3, 3
"""The strength is read in the three best sentences of the three best passages."""


@dataclass(frozen=True)
class Read:
    """A passage found, where its sentences stand, and how near each is to the question (cosine)."""

    found: Ranked
    spans: tuple[tuple[int, int], ...]
    cosines: Vectors


@dataclass(frozen=True)
class Evidence:
    """Passages read sentence by sentence, best passage first."""

    read: list[Read]
    searched: int
    """Passages the search could have found."""

    @property
    def strength(self) -> float:
        """How sure it is that the question is answered here: the best passage's place times its sentences' meaning.

        The place holds the agreement of words and meaning, the share of the question's words, and whether they stand
        together; neither it nor the sentences alone tell an unanswerable question (docs/knowledge.md).
        """
        if not self.read:
            return 0.0
        best = self.read[0].found
        cosines = np.sort(np.concatenate([one.cosines for one in self.read[:PASSAGES]]))[-BEST:]
        near = float(cosines.mean()) if len(cosines) else 0.0
        return max(0.0, near) * (best.score - MATCHING_SCOPE * best.passage.in_scope)

    @property
    def enough(self) -> bool:
        return self.strength >= threshold(self.searched)


def threshold(searched: int) -> float:
    """Strength below which nothing is answered from a collection of this many passages."""
    return ANSWERABLE + EACH_E_FOLD * math.log(max(1, searched))


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
        [Read(one, kept[one.passage.id][0], kept[one.passage.id][1] @ asked) for one in ranked], found.searched
    )


_reading = Lock()
_sentences: LRUCache[UUID, tuple[tuple[tuple[int, int], ...], Vectors]] = LRUCache(maxsize=2000)
"""A passage never changes, and what is asked once is asked again: about 20 MB when full."""
