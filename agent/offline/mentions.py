"""Which records a message names: an n-gram search over what this caller may see, tolerant of misspelling and order."""

import time
from collections import OrderedDict, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from rapidfuzz import fuzz, process

from agent.offline.lexicon import common, plain
from agent.offline.words import DAYS_AND_ORDINALS, STOP
from runtime.caller import Caller
from runtime.transaction import transaction
from tools.naming import Candidate, best, fold
from tools.refs import RESOLVERS

LONGEST = 6
FRESH_S = 20.0
KEPT_CALLERS = 64
FUZZY = 80
EVERYDAY_RANK = 3_600
FREQUENT_RANK = 2_250
WHOLE = 0.985
LINKS = frozenset({"a", "an", "the", "of", "in", "on", "at", "for", "to", "from", "by", "with", "and", "or"})
"""Words no name ends with: "english in JSS 1" is not Literature in English."""
ABOUT = frozenset({"on", "about", "covering", "teaching", "topic", "called", "titled"})
"""Words after which a single everyday word may be the whole name of a record: "a lesson plan on photosynthesis"."""
FILLERS = frozenset({"mr", "mrs", "miss", "ms", "dr", "mallam", "the", "of", "s"})
PERSONS = ("Student", "Staff", "Guardian")
CORE = frozenset({"ClassArm", "Level", "Subject", *PERSONS})
"""Kinds people name in passing; any other record is named by a whole or an unusual name."""


class Names(NamedTuple):
    """The names of one kind of record, by word."""

    candidates: list[Candidate]
    by_word: dict[str, set[int]]
    words: list[str]


@dataclass(frozen=True)
class Mention:
    """A stretch of the message (words start..end) and the records it may mean, by kind."""

    start: int
    end: int
    text: str
    found: dict[str, tuple[Candidate, ...]] = field(hash=False)
    score: float = 1.0

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self.found)

    @property
    def kind(self) -> str:
        """The likeliest kind."""
        return next(iter(self.found))


Index = dict[str, Names]
Asker = tuple[UUID, str, frozenset[str], str]
_cache: "OrderedDict[Asker, tuple[float, Index]]" = OrderedDict()


async def index_for(caller: Caller, kinds: frozenset[str]) -> Index:
    """The names this caller may see, for the kinds asked; kept for some seconds, what all of a role see for all of them."""
    known = kinds & set(RESOLVERS)
    personal = frozenset(kind for kind in known if RESOLVERS[kind].personal)
    rights = (caller.school_id, caller.role.value, caller.permissions)
    askers: list[tuple[Asker, frozenset[str]]] = [
        ((*rights, "anybody"), known - personal),
        ((*rights, f"{caller.user_id} {caller.person_id}"), personal),
    ]
    found: Index = {}
    missing: list[tuple[Asker, frozenset[str]]] = []
    for asker, wanted in askers:
        kept = _cache.get(asker)
        if kept and time.monotonic() - kept[0] < FRESH_S and wanted <= set(kept[1]):
            found |= kept[1]
        elif wanted:
            missing.append((asker, wanted))
    if missing:
        async with transaction(caller, read_only=True) as tx:
            for asker, wanted in missing:
                made = {kind: _names(await RESOLVERS[kind].find(tx, {})) for kind in wanted}
                _keep(asker, made)
                found |= made
    return dict(sorted(found.items()))


def _keep(asker: Asker, made: Index) -> None:
    _cache[asker] = (time.monotonic(), made)
    _cache.move_to_end(asker)
    while len(_cache) > KEPT_CALLERS:
        _cache.popitem(last=False)


def forget() -> None:
    """Drop what is kept: between tests."""
    _cache.clear()


def _names(candidates: list[Candidate]) -> Names:
    by_word: dict[str, set[int]] = defaultdict(set)
    for at, candidate in enumerate(candidates):
        for name in candidate.names:
            for word in fold(name).split():
                by_word[word].add(at)
    return Names(candidates, dict(by_word), [word for word in by_word if len(word) > 2])


def find(text: str, index: Index, vocabulary: frozenset[str] = frozenset()) -> list[Mention]:
    """The records named in a text, without overlaps, in order. `vocabulary`: words that are requests, hardly names."""
    words = fold(text).split()
    capital = _capitals(text)
    spans: list[Mention] = []
    for kind, names in index.items():
        hits = [_hits(word, names, at in capital, kind, vocabulary) for at, word in enumerate(words)]
        spans.extend(_spans(kind, words, hits, names, capital, vocabulary))
    told = {at for span in spans if span.kind in CORE for at in range(span.start, span.end)}
    told |= {at for at, word in enumerate(words) if word in STOP or word in DAYS_AND_ORDINALS or word == "term"}
    return _without_overlaps([span for span in spans if not _only_places(span, told)])


def _only_places(span: Mention, told: set[int]) -> bool:
    """Whether all that names a record in part says when or where: "JSS 2 Mathematics term" of a paper's long title."""
    return span.kind not in CORE and span.score < WHOLE and set(range(span.start, span.end)) <= told


def _capitals(text: str) -> set[int]:
    """Positions of words written with a capital, unless the whole text is."""
    if text.upper() == text:
        return set()
    found: set[int] = set()
    at = 0
    for raw in text.split():
        count = len(fold(raw).split())
        if raw[:1].isupper():
            found.update(range(at, at + count))
        at += count
    return found


def _hits(word: str, names: Names, capital: bool, kind: str, vocabulary: frozenset[str]) -> set[int]:
    exact = names.by_word.get(word)
    if exact is not None:
        return exact
    singular = names.by_word.get(word[:-1]) if word.endswith("s") and len(word) > 3 else None
    if singular is not None:
        return singular
    if len(word) < 4 or word.isdigit() or ((common(word) or word in vocabulary) and not capital):
        return set()
    close = process.extract(word, names.words, scorer=fuzz.ratio, score_cutoff=FUZZY, limit=4)
    starting = [other for other in names.words if other.startswith(word)] if kind == "Subject" else []
    return set().union(*(names.by_word[w] for w, _, _ in close), *(names.by_word[w] for w in starting))


def _spans(
    kind: str, words: list[str], hits: list[set[int]], names: Names, capital: set[int], vocabulary: frozenset[str]
) -> list[Mention]:
    found: list[Mention] = []
    for start in range(len(words)):
        if not hits[start] or words[start] in STOP:
            continue
        common_to: set[int] | None = None
        for end in range(start + 1, min(len(words), start + LONGEST) + 1):
            word = words[end - 1]
            if not hits[end - 1] and word not in FILLERS:
                break
            if hits[end - 1]:
                common_to = hits[end - 1] if common_to is None else common_to & hits[end - 1]
            if not common_to:
                break
            if not hits[end - 1] or (end > start + 1 and word in LINKS):
                continue
            text = " ".join(words[start:end])
            told = end == start + 1 and start > 0 and words[start - 1] in ABOUT and kind not in CORE
            if not told and not _plausible(kind, words[start:end], range(start, end), capital, vocabulary):
                continue
            scored = best(text, [names.candidates[at] for at in sorted(common_to)])
            part = bool(scored) and scored[0][0] < WHOLE
            partly = part and kind == "Subject" and end == start + 1 and common(text)
            partly = partly or (part and kind not in CORE and all(common(word) for word in words[start:end]))
            if scored and not partly:
                top = tuple(candidate for _, candidate in scored)
                found.append(Mention(start, end, text, {kind: top}, scored[0][0]))
    return found


def _plausible(kind: str, words: list[str], at: range, capital: set[int], vocabulary: frozenset[str]) -> bool:
    """Whether these words can be a name: not a bare number, not an everyday word in small letters."""
    letters = [word for word in words if not word.isdigit()]
    if not letters:
        return kind in PERSONS and sum(map(len, words)) >= 6
    if all(len(word) == 1 for word in letters):
        return False
    if kind not in CORE and all(word in STOP or word in DAYS_AND_ORDINALS or word.isdigit() for word in words):
        return False
    if kind not in CORE and len(words) == 1 and (common(words[0]) or words[0] in vocabulary):
        return False
    if all(word in STOP for word in words):
        return False
    if len(words) == 1 and common(words[0], FREQUENT_RANK) and (kind in PERSONS or len(words[0]) < 5):
        return False
    if len(words) > 1 or kind not in PERSONS:
        return not (len(words) == 1 and words[0] in vocabulary and kind not in {"Subject"} and len(words[0]) < 4)
    word = words[0]
    everyday = word in DAYS_AND_ORDINALS or word in vocabulary or common(word, EVERYDAY_RANK)
    return not everyday or (bool(capital & set(at)) and at.start > 0 and word not in DAYS_AND_ORDINALS)


def _without_overlaps(spans: list[Mention]) -> list[Mention]:
    """Longer and better spans first; spans of other kinds on just the same words join in."""
    taken: dict[tuple[int, int], Mention] = {}
    used: set[int] = set()
    for span in sorted(spans, key=lambda s: (-(s.end - s.start) * s.score, -s.score, _order(s.kind))):
        place = (span.start, span.end)
        if place in taken:
            first = taken[place]
            if span.score >= first.score - 0.08:
                taken[place] = Mention(first.start, first.end, first.text, {**first.found, **span.found}, first.score)
            continue
        if used & set(range(span.start, span.end)):
            continue
        taken[place] = span
        used.update(range(span.start, span.end))
    return sorted(taken.values(), key=lambda m: m.start)


def _order(kind: str) -> int:
    known = ("ClassArm", "Level", "Subject", "Term", "AcademicSession", *PERSONS)
    return known.index(kind) if kind in known else len(known)


def rest_of(text: str, mentions: list[Mention]) -> list[str]:
    """The folded words that no mention covers."""
    covered = {at for mention in mentions for at in range(mention.start, mention.end)}
    return [word for at, word in enumerate(fold(text).split()) if at not in covered]


__all__ = ["Index", "Mention", "find", "forget", "index_for", "plain", "rest_of"]
