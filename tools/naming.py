"""Matching what people type against the names of records: folded, reordered, shortened, misspelt."""

from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from school.folding import fold

__all__ = ["Candidate", "best", "fold", "score"]

GOOD = 0.80
CLEAR_LEAD = 0.06
_TITLES = {"mr", "mrs", "miss", "ms", "dr", "mallam", "malam", "chief", "prof", "rev", "alhaji", "alhaja", "hajia"}
_FILLERS = {"the", "class", "student", "pupil", "teacher", "subject", "of", "s"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record a name may mean: `names` are all the ways to write it, the first the usual one."""

    id: str
    label: str
    names: tuple[str, ...]
    hint: str = ""
    context: frozenset[str] = field(default=frozenset())
    mine: bool = False


def score(query: str, candidate: Candidate) -> float:
    """How well a folded query names a candidate, 0..1. 1 is exact; below GOOD is no match."""
    return max((_score(query, fold(name)) for name in candidate.names), default=0.0)


def _score(query: str, name: str) -> float:
    if not query or not name:
        return 0.0
    if query == name or query.replace(" ", "") == name.replace(" ", ""):
        return 1.0
    said = [token for token in query.split() if token not in _TITLES | _FILLERS] or query.split()
    known = name.split()
    if sorted(said) == sorted(token for token in known if token not in _TITLES):
        return 0.99
    taken: set[int] = set()
    total = 0.0
    for token in said:
        best, where = max(
            ((_token(token, other), index) for index, other in enumerate(known) if index not in taken),
            default=(0.0, -1),
        )
        if best < GOOD:
            return 0.0
        taken.add(where)
        total += best
    whole = total / len(said)
    return whole * (0.90 + 0.09 * len(taken) / len(known))


@lru_cache(maxsize=200_000)
def _token(said: str, known: str) -> float:
    if said == known:
        return 1.0
    if said.isdigit() or known.isdigit():
        return 0.0
    if len(said) == 1 or len(known) == 1:
        return 0.85 if said[0] == known[0] else 0.0
    if len(said) >= 3 and known.startswith(said):
        return 0.93
    if said.rstrip("s") == known.rstrip("s") and len(said) > 3:
        return 0.97
    ratio = fuzz.ratio(said, known) / 100
    return ratio * 0.97 if (len(said) >= 4 and ratio >= 0.74 and said[0] == known[0]) or ratio >= 0.84 else 0.0


def best(text: str, candidates: list[Candidate]) -> list[tuple[float, Candidate]]:
    """The candidates a text may mean, best first, cut where a clearly better one leads."""
    query = fold(text)
    scored = sorted(
        ((value, c) for c in candidates if (value := score(query, c)) >= GOOD * 0.9), key=lambda pair: -pair[0]
    )
    if not scored:
        return []
    top = scored[0][0]
    lead = 0.004 if top >= 0.99 else CLEAR_LEAD
    return [pair for pair in scored if pair[0] >= top - lead]
