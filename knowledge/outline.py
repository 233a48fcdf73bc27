"""The curriculum tree of a document: topics and objectives by level and term, from its tables or its headings."""

import re
from collections.abc import Iterable, Sequence

from pydantic import BaseModel

from knowledge.elements import Element, Kind
from knowledge.words import codes, fold

TERM = re.compile(r"\b(?:(first|second|third|1st|2nd|3rd)\s+term|term\s+(one|two|three|[123]|i{1,3}))\b")
NUMBERS = {
    "first": 1, "1st": 1, "one": 1, "1": 1, "i": 1, "second": 2, "2nd": 2, "two": 2, "2": 2, "ii": 2,
    "third": 3, "3rd": 3, "three": 3, "3": 3, "iii": 3,
}  # fmt: skip
OTHER_LEVEL = re.compile(r"(?:jss|sss?|basic|primary|year|grade|form|class)\s*\d{1,2}")
WEEK = re.compile(r"^weeks?\s*([\d]+(?:\s*(?:-|–|to|and|&)\s*\d+)?)\s*[:.\-–]?\s*", re.IGNORECASE)
TOPIC = re.compile(r"^(?:topic|unit|theme)\s*\d*\s*[:.\-–]\s*", re.IGNORECASE)
NOT_TOPICS = re.compile(
    r"^(examination|exams?|revision|mid-?term|continuous assessment|assessment|break|test)\b", re.IGNORECASE
)
COLUMNS = {
    "week": ("week", "wk"),
    "code": ("code", "ref", "reference"),
    "topic": ("topic", "topics", "unit", "theme"),
    "objectives": ("objective", "objectives", "outcome", "outcomes", "content", "students should", "learners should"),
}


class Topic(BaseModel, frozen=True):
    """A topic with its objectives, and where it is taught."""

    level: str
    term: int
    week: str
    code: str
    text: str
    page: int | None
    objectives: tuple[str, ...]


def topics(elements: Iterable[Element], levels: Sequence[str], level: str | None, term: int | None) -> list[Topic]:
    """The topics of a scheme of work, in order. `level` and `term` are the document's own, where it has but one.

    `levels` are the names of the school's levels: a heading that names one begins that level.
    """
    found: list[Topic] = []
    reader = _Reader(levels, level, term)
    for element in elements:
        if element.kind is Kind.TITLE:
            found += reader.heading(element)
        elif element.kind is Kind.TABLE:
            reader.table = True
            found += reader.rows(element)
        else:
            reader.line(element)
    found += reader.finish()
    return found


class _Reader:
    """Where in the document we are, and the topic whose objectives are being read."""

    def __init__(self, levels: Sequence[str], level: str | None, term: int | None) -> None:
        self.levels = sorted(levels, key=len, reverse=True)
        self.level, self.term = level, term
        self.open: Topic | None = None
        self.table = False

    def heading(self, element: Element) -> list[Topic]:
        done = self.finish()
        folded = fold(element.text)
        names = [name for name in self.levels if re.search(rf"\b{re.escape(fold(name))}\b", folded)]
        if names:
            self.level, self.table = names[0], False
        elif OTHER_LEVEL.fullmatch(folded):
            self.level = None  # a level this school does not have
        if term := term_of(element.text):
            self.term, self.table = term, False
        if not names and not term and self.level and self.term and not self.table:
            text, week = _without_week(TOPIC.sub("", element.text))
            if week or TOPIC.match(element.text) or element.depth >= 2:
                self.open = self._topic(text, week, "", element.page)
        return done

    def line(self, element: Element) -> None:
        text = element.text.strip()
        if self.open is not None and element.kind is Kind.ITEM:
            objective = re.sub(r"^[-–•*]\s*|^\(?\w{1,3}[.)]\s+", "", text)
            self.open = self.open.model_copy(update={"objectives": (*self.open.objectives, objective)})
        elif term := (term_of(text) if len(text) < 40 else None):
            self.term = term

    def rows(self, element: Element) -> list[Topic]:
        """A table with a column of topics: a topic a row."""
        lines = [line.split(" | ") for line in element.text.split("\n")]
        places = _columns(lines[0])
        if "topic" not in places or self.level is None or self.term is None:
            return []
        out: list[Topic] = []
        for line in lines[1:]:
            cell = {name: line[at].strip() if at < len(line) else "" for name, at in places.items()}
            text, week = _without_week(cell["topic"])
            if text and not NOT_TOPICS.match(text):
                made = self._topic(text, cell.get("week") or week, cell.get("code", ""), element.page)
                out.append(made.model_copy(update={"objectives": _split(cell.get("objectives", ""))}))
        return out

    def finish(self) -> list[Topic]:
        done, self.open = self.open, None
        return [done] if done and not NOT_TOPICS.match(done.text) and (done.objectives or done.week) else []

    def _topic(self, text: str, week: str, code: str, page: int | None) -> Topic:
        known = code or next((one for one in re.findall(r"[A-Z]{2,4}[./-][\w./-]*\d", text) if codes(one)), "")
        clean = text.replace(known, "").strip(" :-–()") if known else text.strip(" :-–")
        return Topic(
            level=self.level or "", term=self.term or 0, week=week, code=known, text=clean, page=page, objectives=()
        )


def term_of(text: str) -> int | None:
    """The term a heading names: "First Term", "Term 2"."""
    named = TERM.search(fold(text))
    return NUMBERS[named[1] or named[2]] if named else None


def _without_week(text: str) -> tuple[str, str]:
    named = WEEK.match(text)
    return (text[named.end() :].strip(), named[1]) if named else (text.strip(), "")


def _columns(header: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, cell in enumerate(header):
        folded = fold(cell)
        for name, words in COLUMNS.items():
            if name not in places and any(word in folded for word in words):
                places[name] = at
                break
    return places


def _split(text: str) -> tuple[str, ...]:
    parts = re.split(r";\s*|\s(?=\(?(?:[ivx]{1,4}|[a-h]|\d{1,2})[.)]\s)|•\s*", text)
    cleaned = (re.sub(r"^\(?(?:[ivx]{1,4}|[a-h]|\d{1,2})[.)]\s*", "", part).strip(" .") for part in parts)
    return tuple(part[:1].upper() + part[1:] for part in cleaned if len(part) > 2)
