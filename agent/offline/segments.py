"""Several requests in one message, in order: cut only where a new request begins, never between two names."""

import re

from agent.offline.words import OPENERS

_SENTENCE = re.compile(r"(?<=[?!;])\s+|(?<=\w[.])\s+(?=[A-Za-z])|\n+")
_THEN = re.compile(r",?\s+(?:and then|then|after that,?|and also|also|afterwards|next,?)\s+", re.IGNORECASE)
_AND = re.compile(r",?\s+(?:and|&)\s+(?=([\w']+))", re.IGNORECASE)
_LEADING = re.compile(r"^(?:and|then|also)\s+(?=(?:please\s+)?(?:" + "|".join(sorted(OPENERS)) + r")\b)", re.IGNORECASE)
_BACK = re.compile(
    r"(?:what|when|where|why|how|who)(?: \w+){0,2} (?:they|it|them|these|those)\b(?: \w+){0,2}[?.!]*$", re.IGNORECASE
)
"""A question about what was just asked for: "... and what did they cost?" """
_ONLY_WHY = re.compile(r"why[?.!]*$", re.IGNORECASE)
MOST = 5


def segments(text: str) -> list[str]:
    """The requests of a message. A quoted or reported text ("tell them that ...") is never cut."""
    if re.search(r"\b(?:that|saying)\b|:|[\"“]", text, re.IGNORECASE):
        return [text.strip()]
    pieces = [piece for sentence in _SENTENCE.split(text) for piece in _THEN.split(sentence)]
    pieces = [piece for one in pieces for piece in _at_and(one)]
    found = [_LEADING.sub("", piece.strip(" ,;")) if at else piece.strip(" ,;") for at, piece in enumerate(pieces)]
    found = [piece for piece in found if piece.strip(" ,;.")]
    return found[:MOST] if len(found) > 1 else [text.strip()]


def _at_and(text: str) -> list[str]:
    """Cut at an "and" after which a request word stands, when what is before it is a request too."""
    found: list[str] = []
    rest = text
    for match in _AND.finditer(text):
        if match[1].lower() not in OPENERS or len(text[: match.start()].split()) < 3:
            continue
        if (
            not _opens(text[: match.start()])
            or _BACK.match(text[match.end() :])
            or _ONLY_WHY.match(text[match.end() :])
        ):
            continue
        cut = len(rest) - (len(text) - match.start())
        found.append(rest[:cut])
        rest = text[match.end() :]
    return [*found, rest]


def _opens(text: str) -> bool:
    first = re.sub(r"^(?:please|pls|abeg|kindly|can you|could you)\s+", "", text.strip(), flags=re.IGNORECASE)
    return first.split()[0].lower() in OPENERS if first else False
