"""A message taken apart: the records it names, its days, numbers and term, and the text with all of these typed."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from agent.offline import dates
from agent.offline.dates import Span
from agent.offline.lexicon import CHAT_WORDS, common, in_digits, known
from agent.offline.mentions import EVERYDAY_RANK, Index, Mention, find
from agent.offline.phrases import ADDRESS, ADDRESSED, MARK, PERSONS, TONGUE, Typed, tongue_at
from agent.offline.phrases import typed as make_typed
from agent.offline.words import DAYS_AND_ORDINALS
from tools.naming import fold

_NUMBER = re.compile(r"(?<![\w/])(\d+(?:[.,]\d+)?)(?: ?(?:/|over|out of) ?(\d+))?(?![\w/])")


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
    read = in_digits(text)
    words = fold(read).split()
    addresses = _addresses(read)
    tongue = _tongue(words)
    taken = {at for one in addresses for at in one} | ({tongue} if tongue is not None else set[int]())
    mentions = tuple(
        _as_introduced(mention, words)
        for mention in _whole_names(read, words, tuple(find(read, index, vocabulary)), vocabulary)
        if mention.kind in _ADDRESSED or not taken & set(range(mention.start, mention.end))
    )
    days = tuple(dates.spans(read, today))
    term = dates.term_words(read)
    typed_words = list(words)
    kinds: set[str] = set()
    for mention in mentions:
        kinds.update(mention.kinds)
        kind = _SAID_AS.get(mention.kind, mention.kind)
        kinds.add(kind)
        _put(typed_words, range(mention.start, mention.end), MARK.get(kind, f"xx{kind.lower()}"))
    for one in addresses:
        kinds.add("Address")
        _put(typed_words, one, ADDRESS)
    if tongue is not None:
        typed_words[tongue] = TONGUE
    dated = frozenset(word for span in days for word in span.text.split()) | DAYS_AND_ORDINALS
    dated |= {words[at] for at in taken}
    unknown = [word for word in _unknown(words, read, mentions, vocabulary) if word not in dated]
    kinds |= _titled(typed_words, set(unknown), "Guardian" if "Handover" in index else "Staff")
    typed = " ".join(word for word in typed_words if word)
    if "Student" in spoken_of:
        typed, stood = _stand_for(typed)
        kinds |= {"Student"} if stood else set()
    if unknown and not kinds & set(PERSONS) and not _gibberish(text, words, unknown):
        run = " ".join(unknown)
        typed = re.sub(rf"\b{re.escape(run)}\b", MARK["Student"], typed, count=1)
        kinds |= {"Student"} if MARK["Student"] in typed else set()
    if said := dates.term_text(read):
        typed, _ = typed.replace(said, MARK["Term"]), kinds.add("Term")
    for span in days:
        typed, _ = typed.replace(span.text, MARK["Date"]), kinds.add("Date")
    numbers = _numbers(read, words, mentions, days)
    if numbers:
        kinds.add("Number")
        typed = re.sub(r"\b\d+\b", MARK["Number"], typed)
    return Understanding(
        text=text, words=tuple(words), mentions=mentions, days=days, term=term, numbers=tuple(numbers),
        unknown=tuple(unknown), typed=make_typed(typed, kinds),
    )  # fmt: skip


def _gibberish(text: str, words: list[str], unknown: list[str]) -> bool:
    """Whether a message is nothing but unknown words in small letters: a name would be written with a capital."""
    return len(unknown) == len(words) and text == text.lower()


def _put(words: list[str], at: range, mark: str) -> None:
    """Let a mark stand for some words."""
    words[at.start : at.stop] = [mark] + [""] * (len(at) - 1)


def _addresses(text: str) -> list[range]:
    """Which words belong to a web or e-mail address."""
    found: list[range] = []
    for match in ADDRESSED.finditer(text):
        start = len(fold(text[: match.start()]).split())
        found.append(range(start, start + len(fold(match[0]).split())))
    return found


_ADDRESSED = ("WebhookEndpoint",)
"""Records whose name is an address."""
_SAID_AS = {"Handover": "Guardian"}
"""Records that are called by somebody's name."""
_INTRODUCED = dict.fromkeys(("teacher", "staff", "colleague", *_TITLES), "Staff") | dict.fromkeys(
    ("student", "pupil", "child", "boy", "girl"), "Student"
)


def _as_introduced(mention: Mention, words: list[str]) -> Mention:
    """A name that a teacher and a student bear, as the words before it have it: "a teacher called Okorie"."""
    before = [word for word in words[max(0, mention.start - 3) : mention.start] if word not in {"named", "called"}]
    kind = _INTRODUCED.get(before[-1].removesuffix("s")) if before else None
    if kind is None or kind == mention.kind or kind not in mention.found:
        return mention
    return replace(mention, found={kind: mention.found[kind], **mention.found})


def _titled(words: list[str], unknown: set[str], kind: str) -> set[str]:
    """Let "Mrs" and the unknown name after it be somebody of a kind."""
    found: set[str] = set()
    for at, word in enumerate(words):
        end = at + 1
        while end < len(words) and words[end] in unknown:
            end += 1
        if word in _TITLES and end > at + 1:
            _put(words, range(at, end), MARK[kind])
            found.add(kind)
    return found


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


_ENGLISH = re.compile(
    r"\w{3}(?:ments?|tions?|nesses|ness|ships?|ables?|ibles?|ically|ously|fully|ised|ized|ising|izing|isms?)$"
)
"""Endings of English words that no name has: a rare word with one of them, in small letters, is nobody's name."""


def _unknown(words: list[str], text: str, mentions: tuple[Mention, ...], vocabulary: frozenset[str]) -> list[str]:
    """Words that are neither everyday, nor in any request, nor a record: most likely a name this caller cannot see."""
    covered = {at for mention in mentions for at in range(mention.start, mention.end)}
    proper = proper_words(text)
    return [
        word
        for at, word in enumerate(words)
        if at not in covered and len(word) > 1 and not word.isdigit() and word not in vocabulary
        and word not in CHAT_WORDS and not known(word) and (at in proper or not _ENGLISH.search(word)) and (not common(word) or (at in proper and not common(word, EVERYDAY_RANK)))
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
