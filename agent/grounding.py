"""No invented figures: every number and date in a hosted model's words must come out of a result or of the person."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from agent.deps import Deps

_NUMBER = re.compile(r"(?<![\w#])[-−]?\d{1,3}(?:[,\u00a0 ]\d{3})+(?:\.\d+)?|(?<![\w#])[-−]?\d+(?:\.\d+)?")
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
          "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}  # fmt: skip
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_LIST_ITEM = re.compile(r"^\s*\d{1,2}[.)]\s", re.MULTILINE)
_CODE = re.compile(r"\b(?:[A-Z]{2,4}[ /-]?\d[\w/-]*)")
PLACES = (0, 1, 2)


class Evidence:
    """The numbers that results, the conversation's messages and today's date support, with their roundings."""

    def __init__(self, deps: Deps, history: str = "") -> None:
        shown = [call.shown for call in deps.calls.values() if call.shown]
        previews = [call.approval["preview"] for call in deps.calls.values() if call.approval]
        self.values: set[Decimal] = set()
        self.texts: list[str] = [deps.said, history, _day_text(deps.today)]
        for value in _leaves([*shown, *previews]):
            self._take(value)
        for text in self.texts:
            self._take(text)
        self.values |= {Decimal(len(items)) for items in _lists([*shown, *previews])}

    def _take(self, value: Any) -> None:
        if isinstance(value, bool) or value is None:
            return
        if isinstance(value, int | float | Decimal):
            self._add(Decimal(str(value)))
            return
        for number in numbers(str(value)):
            self._add(number)

    def _add(self, number: Decimal) -> None:
        self.values.add(abs(number).normalize())
        self.values |= {abs(round(number, places)).normalize() for places in PLACES}

    def supports(self, number: Decimal) -> bool:
        """Whether a figure is one of them, as it is or rounded."""
        return abs(number).normalize() in self.values


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
    """The figures of an answer that nothing supports."""
    return [f"{number:f}" for number in numbers(text) if not evidence.supports(number)]


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


def _lists(value: Any) -> Iterable[list[Any]]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _lists(inner)
    elif isinstance(value, list | tuple):
        yield list(value)
        for inner in value:
            yield from _lists(inner)


def _day_text(day: date) -> str:
    return f"{day.isoformat()} {day:%d %B %Y}"
