"""Passages: the unit that is embedded, found and cited. Each stays under one heading and knows its pages."""

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from knowledge.elements import Element, Kind
from knowledge.sentences import sentences

TARGET = 900  # characters: about 200 word pieces, inside the model's 256 together with the headings
SMALL = 90


class Chunk(BaseModel, frozen=True):
    """One passage: its headings outermost first, its text, and where in the text each page begins."""

    path: tuple[str, ...]
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    is_table: bool = False

    @property
    def page(self) -> int | None:
        return self.marks[0][1] if self.marks else None

    @property
    def last_page(self) -> int | None:
        return self.marks[-1][1] if self.marks else None

    def page_of(self, offset: int) -> int | None:
        """The page of the character at an offset."""
        return page_at(self.marks, offset)


def page_at(marks: Iterable[tuple[int, int]], offset: int) -> int | None:
    """The page of the character at an offset, by the (offset, page) marks of its passage."""
    page = None
    for start, number in marks:
        if start <= offset:
            page = number
    return page


def chunks(title: str, elements: Iterable[Element]) -> list[Chunk]:
    """Cut elements into passages: by heading first, then by paragraph, then by sentence or table row."""
    pieces: list[Chunk] = []
    stack: list[Element] = []
    section: list[Element] = []
    for element in elements:
        if element.kind is not Kind.TITLE:
            section.append(element)
            continue
        pieces += _section(_path(title, stack), section)
        section = []
        stack = [one for one in stack if one.depth < element.depth] + [element]
    pieces += _section(_path(title, stack), section)
    return _merged(pieces)


def _path(title: str, stack: list[Element]) -> tuple[str, ...]:
    names = [one.text for one in stack]
    return tuple(names[1:] if names and names[0].casefold() == title.casefold() else names)


def _section(path: tuple[str, ...], elements: list[Element]) -> Iterator[Chunk]:
    text, marks = "", list[tuple[int, int]]()
    for element in elements:
        parts = _rows(element.text) if element.kind is Kind.TABLE else _paragraph(element.text)
        if element.kind is Kind.TABLE and text:
            yield Chunk(path=path, text=text, marks=tuple(marks))
            text, marks = "", []
        for part in parts:
            turns = bool(marks) and element.page != marks[-1][1] and len(text) > TARGET // 3
            if text and (len(text) + len(part) > TARGET or turns):
                yield Chunk(path=path, text=text, marks=tuple(marks), is_table=element.kind is Kind.TABLE and not turns)
                text, marks = "", []
            start = len(text) + 1 if text else 0
            text = f"{text}\n{part}" if text else part
            if element.page is not None and (not marks or marks[-1][1] != element.page):
                marks.append((start, element.page))
        if element.kind is Kind.TABLE and text:
            yield Chunk(path=path, text=text, marks=tuple(marks), is_table=True)
            text, marks = "", []
    if text:
        yield Chunk(path=path, text=text, marks=tuple(marks))


def _paragraph(text: str) -> Iterator[str]:
    """A paragraph whole, or in runs of sentences that fit."""
    if len(text) <= TARGET:
        yield text
        return
    part = ""
    for start, end in sentences(text):
        sentence = text[start:end].strip()
        if part and len(part) + len(sentence) > TARGET:
            yield part
            part = ""
        for at in range(0, len(sentence), TARGET):  # a "sentence" without an end is cut hard
            piece = sentence[at : at + TARGET]
            if part and len(part) + len(piece) > TARGET:
                yield part
                part = ""
            part = f"{part} {piece}".strip()
    if part:
        yield part


def _rows(table: str) -> Iterator[str]:
    """A table whole, or in runs of rows, each with the heading row again."""
    if len(table) <= TARGET:
        yield table
        return
    head, *rows = table.split("\n")
    head = head[: TARGET // 3]
    part = head
    for row in rows:
        if len(part) + len(row) > TARGET and part != head:
            yield part
            part = head
        part += "\n" + row[: TARGET * 2]
    yield part


def _merged(pieces: list[Chunk]) -> list[Chunk]:
    """Neighbouring sections of a few words become one passage under their common heading."""
    out: list[Chunk] = []
    gathers = False  # whether the last passage is small, or made of small ones
    for piece in pieces:
        last = out[-1] if out else None
        if last and gathers and _tiny(last, piece):
            shared = last.path if last.path == piece.path[: len(last.path)] else piece.path[:-1]
            head = "" if last.path == shared else f"{last.path[-1]}: "
            shift = len(head) + len(last.text) + 1
            tail = (
                f"{': '.join(piece.path[len(shared) :])}: {piece.text}" if len(piece.path) > len(shared) else piece.text
            )
            marks = [(max(0, at), page) for at, page in last.marks]
            marks += [(at + shift, page) for at, page in piece.marks if not marks or page != marks[-1][1]]
            out[-1] = Chunk(path=shared, text=f"{head}{last.text}\n{tail}", marks=tuple(marks))
        else:
            out.append(piece)
            gathers = len(piece.text) <= SMALL
    return out


def _tiny(last: Chunk, piece: Chunk) -> bool:
    if last.is_table or piece.is_table or len(last.text) + len(piece.text) > 4 * SMALL or len(piece.text) > SMALL:
        return False
    siblings = len(last.path) == len(piece.path) > 0 and last.path[:-1] == piece.path[:-1]
    inner = len(piece.path) == len(last.path) + 1 and piece.path[:-1] == last.path
    return siblings or inner
