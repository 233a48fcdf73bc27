"""A message taken apart: the records it names, its days, numbers and term, and the text with all of these typed."""

import re
from dataclasses import dataclass, field
from datetime import date

from agent.offline import dates
from agent.offline.dates import Span
from agent.offline.lexicon import CHAT_WORDS, common, known
from agent.offline.mentions import EVERYDAY_RANK, Index, Mention, find
from agent.offline.phrases import MARK, TONGUE, Typed, tongue_at
from agent.offline.phrases import typed as make_typed
from agent.offline.words import DAYS_AND_ORDINALS
from tools.naming import fold

_NUMBER = re.compile(r"(?<![\w/])(\d+(?:[.,]\d+)?)(?: ?(?:/|over|out of) ?(\d+))?(?![\w/])")
_WORD_NUMBER = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twenty": 20,
}


@dataclass(frozen=True)
class Understanding:
    """What is in a message, before anybody decides what it asks."""

    text: str
    words: tuple[str, ...]
    mentions: tuple[Mention, ...]
    days: tuple[Span, ...]
    term: str | None
    numbers: tuple[float, ...]
    unknown: tuple[str, ...]
    typed: Typed
    capitals: frozenset[int] = field(default=frozenset())

    def of_kind(self, kind: str) -> list[Mention]:
        return [mention for mention in self.mentions if kind in mention.found]

    @property
    def kinds(self) -> frozenset[str]:
        return self.typed.kinds


_TITLES = {"mr", "mrs", "miss", "ms", "dr", "mallam", "malam", "chief", "prof", "rev", "alhaji", "alhaja", "hajia"}
_POSSESSIVE = re.compile(r"\bmy (?:own )?(?:son|daughter|child|ward|kid|boy|girl|pikin)s?\b")
_SHE = re.compile(r"\b(?:he|she|him|her|his|hers|that student|the student|this student|the boy|the girl|the child)\b")


def understand(
    text: str, index: Index, today: date, vocabulary: frozenset[str], spoken_of: frozenset[str] = frozenset()
) -> Understanding:
    """Take a message apart. `spoken_of`: kinds a pronoun may stand for here."""
    words = fold(text).split()
    mentions = _whole_names(text, words, tuple(find(text, index, vocabulary)), vocabulary)
    tongue = _tongue(words)
    mentions = tuple(mention for mention in mentions if tongue not in range(mention.start, mention.end))
    days = tuple(dates.spans(text, today))
    term = dates.term_words(text)
    typed_words = list(words)
    kinds: set[str] = set()
    for mention in mentions:
        kinds.update(mention.kinds)
        typed_words[mention.start : mention.end] = [MARK.get(mention.kind, f"xx{mention.kind.lower()}")] + [""] * (
            mention.end - mention.start - 1
        )
    if tongue is not None:
        typed_words[tongue] = TONGUE
    typed = " ".join(word for word in typed_words if word)
    dated = frozenset(word for span in days for word in span.text.split()) | DAYS_AND_ORDINALS
    dated |= {words[tongue]} if tongue is not None else set[str]()
    unknown = [word for word in _unknown(words, text, mentions, vocabulary) if word not in dated]
    if "Student" in spoken_of:
        typed, stood = _stand_for(typed)
        kinds |= {"Student"} if stood else set()
    if unknown and not kinds & {"Student", "Staff", "Guardian"}:
        run = " ".join(unknown)
        typed = re.sub(rf"\b{re.escape(run)}\b", MARK["Student"], typed, count=1)
        kinds |= {"Student"} if MARK["Student"] in typed else set()
    if said := dates.term_text(text):
        typed, _ = typed.replace(said, MARK["Term"]), kinds.add("Term")
    for span in days:
        typed, _ = typed.replace(span.text, MARK["Date"]), kinds.add("Date")
    numbers = _numbers(text, words, mentions, days)
    if numbers:
        kinds.add("Number")
        typed = re.sub(r"\b\d+\b", MARK["Number"], typed)
    return Understanding(
        text=text, words=tuple(words), mentions=mentions, days=days, term=term, numbers=tuple(numbers),
        unknown=tuple(unknown), typed=make_typed(typed, kinds),
    )  # fmt: skip


def _tongue(words: list[str]) -> int | None:
    """The place of the word that names the language to speak or write in."""
    said = " ".join(words)
    found = tongue_at(said)
    return said[: found.start(1)].count(" ") if found else None


def _whole_names(
    text: str, words: list[str], mentions: tuple[Mention, ...], vocabulary: frozenset[str]
) -> tuple[Mention, ...]:
    """Without colleagues found in a part of somebody else's name: "Amadi Olisa" is not Mr Amadi.

    A single word that fits a member of staff or a guardian, right beside another such word or an unknown one, with no
    title before it and no comma between, belongs to a longer name this caller cannot see.
    """
    loose = {at for at, word in enumerate(words) if word in set(_unknown(words, text, mentions, vocabulary))}
    parts = {
        m.start: m for m in mentions if m.end - m.start == 1 and m.kinds <= {"Staff", "Guardian"}
        and (m.start == 0 or words[m.start - 1] not in _TITLES)
    }  # fmt: skip
    beside = {
        at for at in parts if {at - 1, at + 1} & (loose | set(parts)) and _run_on(text, words, at, loose | set(parts))
    }
    return tuple(m for m in mentions if m.start not in beside or m.start not in parts)


def _run_on(text: str, words: list[str], at: int, others: set[int]) -> bool:
    """Whether a word and the name word beside it stand together, with nothing but a space between."""
    spaced = " ".join(fold(piece) or "," for piece in re.split(r"\s+|(?=[,;.&])", text))
    pairs = [(n, n + 1) for n in (at - 1, at) if n >= 0 and {n, n + 1} - {at} <= others]
    return any(f"{words[a]} {words[b]}" in spaced for a, b in pairs if b < len(words))


def _stand_for(typed: str) -> tuple[str, bool]:
    """Pronouns and "my son" as the student they stand for."""
    changed = _SHE.sub(MARK["Student"], _POSSESSIVE.sub(MARK["Student"], typed))
    return changed, changed != typed


def _numbers(text: str, words: list[str], mentions: tuple[Mention, ...], days: tuple[Span, ...]) -> list[float]:
    """Numbers that are no part of a name or a date; "45 over 60" is 45."""
    rest = fold_keeping_points(text)
    for taken in [*(m.text for m in mentions), *(span.text for span in days)]:
        rest = rest.replace(taken, " # ", 1)
    return [float(match[1].replace(",", ".")) for match in _NUMBER.finditer(rest)]


def fold_keeping_points(text: str) -> str:
    """Folded like names, but decimal points and fractions stay."""
    kept = re.sub(r"(?<=\d)[.](?=\d)", "\u0001", text)
    kept = re.sub(r"(?<=\d) ?/ ?(?=\d)", " over ", kept)
    parts = [fold(part) for part in kept.split("\u0001")]
    return ".".join(parts)


def _unknown(words: list[str], text: str, mentions: tuple[Mention, ...], vocabulary: frozenset[str]) -> list[str]:
    """Words that are neither everyday, nor in any request, nor a record: most likely a name this caller cannot see."""
    covered = {at for mention in mentions for at in range(mention.start, mention.end)}
    proper = proper_words(text)
    return [
        word
        for at, word in enumerate(words)
        if at not in covered and len(word) > 1 and not word.isdigit() and word not in vocabulary
        and word not in CHAT_WORDS and not known(word) and (not common(word) or (at in proper and not common(word, EVERYDAY_RANK)))
    ]  # fmt: skip


def proper_words(text: str) -> set[int]:
    """Positions of capitalised words inside a sentence of ordinary case."""
    if text.upper() == text or text.istitle():
        return set()
    found: set[int] = set()
    at, start = 0, True
    for raw in text.split():
        count = len(fold(raw).split())
        if raw[:1].isupper() and not start and raw not in {"I", "I'm", "I'll"}:
            found.update(range(at, at + count))
        start = raw[-1:] in ".?!:"
        at += count
    return found
