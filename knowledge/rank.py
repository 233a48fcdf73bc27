"""How candidates are put in order: BM25 and cosine on one scale, words that stand together, definitions, codes.

Weights were set on author-written questions over seven textbooks; docs/knowledge.md has the figures.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from uuid import UUID

from knowledge.words import fold, terms

LEXICAL, VECTOR, COVERAGE, ADJACENCY, DEFINITION = 0.5, 0.5, 0.2, 0.35, 0.25
MATCHING_SCOPE = 0.08
CODE = 2.0
READ = 48
"""Candidates whose words are read; those behind them in both indexes never came first in what was measured."""
FEW = 20
"""Candidates below which the worst and the best of them say little about how good they are."""
UNRELATED, SAME_MEANING, BEST_WORDS = 0.1, 0.6, 0.5
NEAR = 2  # positions: "factorising quadratic expressions" holds "factorising expressions"
DUPLICATE = 0.9  # Jaccard of index terms above which two passages say the same
DEFINES_AFTER = re.compile(
    r"(s|es)?( \([^)]*\))?,? (is|are|refers?|means?|occurs?|was|were|describes?|involves?|consists?)\b"
)
DEFINES_BEFORE = re.compile(r"(called|known as|termed|referred to as|defined as|is|are) (an? |the )?$")
ASKS_DEFINITION = re.compile(
    r"^(?:what (?:is|are|does|do)|define|explain|meaning of|definition of|who (?:is|are|was))\s+"
    r"(?:the (?:meaning|definition|term) of\s+)?(?:an?\s+|the\s+)?(.{2,60}?)(?:\s+mean)?[?.!]*$"
)


@dataclass(frozen=True)
class Candidate:
    """A passage a query may find, with what the two indexes say of it."""

    id: UUID
    document_id: UUID
    version_id: UUID
    position: int
    title: str
    kind: str
    updated_at: datetime
    path: tuple[str, ...]
    text: str
    marks: tuple[tuple[int, int], ...]
    bm25: float
    cosine: float
    in_scope: bool = False

    @cached_property
    def terms(self) -> list[str]:
        return _terms_of(self.path, self.text)


@lru_cache(maxsize=5000)
def _terms_of(path: tuple[str, ...], text: str) -> list[str]:
    """Passages that are found are found again: their terms are kept for the next question."""
    return terms(" ".join(path) + "\n" + text)


@dataclass(frozen=True)
class Query:
    """A question as index terms, each with its weight (inverse document frequency) in what the caller may see."""

    text: str
    terms: tuple[str, ...]
    idf: Mapping[str, float] = field(default_factory=dict[str, float])
    unknown: float = 9.0
    """The weight of a term that stands nowhere."""

    def weight(self, term: str) -> float:
        return self.idf.get(term, self.unknown)

    @cached_property
    def most(self) -> float:
        """About the BM25 of a passage that is all about the question."""
        return 2.2 * sum(self.weight(term) for term in set(self.terms))

    @cached_property
    def codes(self) -> frozenset[str]:
        """Curriculum codes in the question that the index knows."""
        return frozenset(term for term in self.terms if term.startswith("#") and term in self.idf)

    @cached_property
    def subject(self) -> str:
        """The words to be defined, when the question is a bare term or asks what something is."""
        plain = fold(self.text).strip(" .?!\"'")
        asked = ASKS_DEFINITION.match(plain)
        phrase = asked[1] if asked else plain
        return phrase if len(terms(phrase)) <= 4 else ""


@dataclass(frozen=True)
class Ranked:
    """A candidate in its place, with the signals its place came from."""

    passage: Candidate
    score: float
    coverage: float

    @property
    def nearness(self) -> float:
        """How near the passage is to the question in meaning and in words, 0..1."""
        return max(0.0, self.passage.cosine) * self.coverage


def rank(query: Query, candidates: Sequence[Candidate]) -> list[Ranked]:
    """Best first; passages that say the same, with the same figures, as a better one are left out."""
    if not candidates:
        return []
    lexical = _scaled([one.bm25 for one in candidates], (0.0, BEST_WORDS * query.most))
    vector = _scaled([one.cosine for one in candidates], (UNRELATED, SAME_MEANING))
    based = [
        (LEXICAL * by_words + VECTOR * by_meaning, one)
        for one, by_words, by_meaning in zip(candidates, lexical, vector, strict=True)
    ]
    ranked: list[Ranked] = []
    for base, one in sorted(based, key=lambda pair: -pair[0])[:READ]:
        coverage = _coverage(query, one)
        score = base + COVERAGE * coverage + ADJACENCY * _adjacency(query, one)
        score += DEFINITION * defines(query.subject, one.text) + MATCHING_SCOPE * one.in_scope
        score += CODE * bool(query.codes and query.codes & set(one.terms))
        ranked.append(Ranked(one, score, coverage))
    return _distinct(sorted(ranked, key=lambda each: -each.score))


def _scaled(values: list[float], bounds: tuple[float, float]) -> list[float]:
    """To 0..1 between the worst and the best of them; of few, between what is far off and what is right, too."""
    reach = values if len(values) >= FEW else [*values, *bounds]
    low, span = min(reach), max(reach) - min(reach)
    return [(value - low) / span if span else 0.0 for value in values]


def _coverage(query: Query, one: Candidate) -> float:
    """The share of the question's weight whose terms stand in the passage."""
    wanted = set(query.terms)
    total = sum(query.weight(term) for term in wanted)
    return sum(query.weight(term) for term in wanted & set(one.terms)) / total if total else 0.0


def _adjacency(query: Query, one: Candidate) -> float:
    """The share of the question's neighbouring terms that are neighbours in the passage too."""
    pairs = list(zip(query.terms, query.terms[1:], strict=False))
    weights = [min(query.weight(first), query.weight(second)) for first, second in pairs]
    if not pairs:
        return 0.0
    where: dict[str, list[int]] = {}
    wanted = set(query.terms)
    for at, term in enumerate(one.terms):
        if term in wanted:
            where.setdefault(term, []).append(at)
    found = sum(
        weight
        for (first, second), weight in zip(pairs, weights, strict=True)
        if any(0 < later - earlier <= NEAR for earlier in where.get(first, ()) for later in where.get(second, ()))
    )
    return found / (sum(weights) or 1.0)


def defines(phrase: str, text: str) -> bool:
    """Whether the text says what the phrase is: "a simile is ...", "... is called a simile"."""
    if not phrase:
        return False
    folded = fold(text)
    at = folded.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if DEFINES_AFTER.match(folded[end : end + 40]) or DEFINES_BEFORE.search(folded[max(0, at - 25) : at]):
            return True
        at = folded.find(phrase, end)
    return False


def _distinct(ranked: list[Ranked]) -> list[Ranked]:
    kept: list[Ranked] = []
    seen: list[tuple[frozenset[str], frozenset[str]]] = []
    for one in ranked:
        words = frozenset(one.passage.terms)
        figures = frozenset(word for word in words if any(mark.isdigit() for mark in word))
        if any(
            figures == others and len(words & other) >= DUPLICATE * len(words | other) for other, others in seen[:12]
        ):
            continue
        kept.append(one)
        seen.append((words, figures))
    return kept
