"""Sentences of English prose, cut by rule: abbreviations, initials, decimals and list numbers do not end one."""

import re

ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "rev",
        "st",
        "no",
        "nos",
        "vol",
        "ch",
        "fig",
        "figs",
        "eq",
        "sec",
        "pp",
        "ed",
        "eds",
        "et",
        "al",
        "e.g",
        "i.e",
        "cf",
        "vs",
        "etc",
        "approx",
        "dept",
        "hon",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
BREAK = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9□])|\n+")

ASKS = re.compile(r"\?[\"”’)\]]*$|\[\d{1,2} marks?\]")


def asks(sentence: str) -> bool:
    """Whether a sentence puts a question, as past papers and exercises do: it tells nothing."""
    return ASKS.search(sentence.rstrip()) is not None


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end offsets of each sentence; a line break ends one, as in lists and tables."""
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in BREAK.finditer(text):
        if "\n" not in gap.group() and _is_abbreviation(text[start : gap.start()]):
            continue
        end = gap.start() + len(gap.group().rstrip())
        _add(spans, text, start, end)
        start = gap.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    if text[start:end].strip():
        spans.append((start, end))


def _is_abbreviation(before: str) -> bool:
    word = before.rsplit(None, 1)[-1] if before.strip() else ""
    if not word.endswith("."):
        return False
    bare = word.strip("(\"'“‘.").lower()
    return (
        bare in ABBREVIATIONS
        or re.fullmatch(r"[a-z](\.[a-z])*", bare) is not None
        or re.fullmatch(r"\d{1,2}", before.strip(". ")) is not None
    )
