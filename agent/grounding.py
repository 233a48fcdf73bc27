"""No invented figures: every number and date in a hosted model's words must come out of a result or of the person."""

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from pydantic_ai.messages import ModelMessage, ModelRequest, ToolReturnPart, UserPromptPart

from agent.deps import Deps
from agent.offline.lexicon import common
from agent.offline.mentions import EVERYDAY_RANK
from tools.naming import fold

_NUMBER = re.compile(r"(?<![\w#])[-−]?\d{1,3}(?:[,\u00a0 ]\d{3})+(?:\.\d+)?|(?<![\w#])[-−]?\d+(?:\.\d+)?")
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
          "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}  # fmt: skip
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_LIST_ITEM = re.compile(r"^\s*\d{1,2}[.)]\s", re.MULTILINE)
_CODE = re.compile(r"\b(?:[A-Z]{2,4}[ /-]?\d[\w/-]*)")
_LETTER = r"[\w\u0300-\u036f'’-]"
"""A letter, an accent of its own such as the mark over "ọ́", or what joins the parts of a name."""
_NAME = re.compile(rf"(?<!{_LETTER})[^\W\d_a-z]{_LETTER}+(?: [^\W\d_a-z]{_LETTER}+)+")
_OWNER = re.compile(r"(?<=\w)['’]s\b|(?<=s)['’](?!\w)")
"""The ending of whoever something belongs to: "Ada Okonjo's"."""
STEPS = (Decimal(1), Decimal("0.1"), Decimal("0.01"))


class Evidence:
    """What results, the person's own messages and today's date support: figures with their roundings, and names."""

    def __init__(self, deps: Deps, earlier: Sequence[str] = ()) -> None:
        found: list[Any] = [call.shown for call in deps.calls.values() if call.shown]
        found += [call.approval["preview"] for call in deps.calls.values() if call.approval]
        told = [deps.said, deps.school_name, deps.caller.name, f"{deps.today:%Y-%m-%d %d %B %Y}", *earlier]
        self.values = {Decimal(len(items)) for items in lists(found)}
        self.words: set[str] = set()
        for leaf in (*_leaves(found), *told):
            self._take(leaf)

    def _take(self, leaf: Any) -> None:
        if isinstance(leaf, str):
            self.words.update(fold(leaf).split(), fold(_OWNER.sub("", leaf)).split())
            for number in numbers(leaf):
                self._add(number)
        elif isinstance(leaf, int | float) and not isinstance(leaf, bool):
            self._add(Decimal(str(leaf)))

    def _add(self, number: Decimal) -> None:
        self.values.add(abs(number).normalize())
        for step in STEPS:
            for way in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN):
                self.values.add(abs(number).quantize(step, way).normalize())

    def supports(self, number: Decimal) -> bool:
        """Whether a figure is one of them, as it is or rounded."""
        return abs(number).normalize() in self.values

    def knows(self, name: str) -> bool:
        """Whether every part of a name was in a result or in what the person said, or is no name at all."""
        words = fold(_OWNER.sub("", name)).split()
        return all(word in self.words or common(word, EVERYDAY_RANK) for word in words)


def earlier_evidence(history: Sequence[ModelMessage]) -> list[str]:
    """What earlier turns may be quoted on: their results and the person's words, never the model's own."""
    parts = [part for message in history if isinstance(message, ModelRequest) for part in message.parts]
    said = [part.content for part in parts if isinstance(part, UserPromptPart) and isinstance(part.content, str)]
    return said + [part.model_response_str() for part in parts if isinstance(part, ToolReturnPart)]


def numbers(text: str) -> list[Decimal]:
    """The figures of a text, in digits and in words; class names, codes and list numbers are none."""
    plain = _CODE.sub(" ", _LIST_ITEM.sub(" ", text))
    found: list[Decimal] = []
    for match in _NUMBER.finditer(plain):
        try:
            found.append(Decimal(re.sub(r"[,\u00a0 ]", "", match[0]).replace("−", "-")))
        except InvalidOperation:
            continue
    return found + [Decimal(_WORDS[match[0].lower()]) for match in _WORD.finditer(plain)]


def unsupported(text: str, evidence: Evidence) -> list[str]:
    """The figures and names of an answer that nothing supports."""
    figures = [f"{number:f}" for number in numbers(text) if not evidence.supports(number)]
    return figures + [match[0] for match in _NAME.finditer(text) if not evidence.knows(match[0])]


def rendering(deps: Deps) -> str:
    """The results' own words, in place of an answer that cannot be supported."""
    said = [call.shown["headline"] for call in deps.calls.values() if call.shown]
    return " ".join(said) or "I could not find this in the school's records."


def _leaves(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value


def lists(value: Any) -> Iterable[list[Any]]:
    """Every list inside a result."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from lists(inner)
    elif isinstance(value, list | tuple):
        yield list(value)
        for inner in value:
            yield from lists(inner)
