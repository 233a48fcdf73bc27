"""Office, web and plain-text files into elements, by unstructured with its network calls off. Workers only."""

import io
import os
import re
from collections.abc import Callable
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from knowledge import refusals
from knowledge.elements import Element, Kind, Parsed, as_table
from knowledge.media import Media, decode

KINDS = {"Title": Kind.TITLE, "ListItem": Kind.ITEM, "Table": Kind.TABLE}
SKIPPED = {"Header", "Footer", "PageNumber", "PageBreak", "Image"}


def parse(name: str, media: Media, data: bytes) -> Parsed:
    """Every element of a DOCX, PPTX, XLSX, HTML, Markdown or text file.

    Errors: file_corrupt, file_has_no_text.
    """
    if media is Media.TEXT:
        elements = list(_plain(decode(data)))
    else:
        try:
            elements = _elements(_partition(media)(data), media)
        except Exception as error:
            raise refusals.FileCorrupt(
                f"{name} is damaged and cannot be read. Open it, save it again and upload that."
            ) from error
    if not any(one.text.strip() for one in elements):
        raise refusals.FileHasNoText(
            f"{name} holds no text. If it holds pictures of pages, recognise their text first."
        )
    found = next((one.text for one in elements if one.kind is Kind.TITLE), "")
    title = "" if media is Media.XLSX else found  # the name of a sheet is not the name of the workbook
    last = max((one.page for one in elements if one.page), default=None)
    return Parsed(title=title, elements=elements, pages=last)


@lru_cache(maxsize=1)
def _offline() -> None:
    """Before unstructured is used: no telemetry, and spaCy's rule-based sentences in place of a downloaded model."""
    os.environ.update(DO_NOT_TRACK="1", UNSTRUCTURED_DISABLE_NOTICE="1", SCARF_NO_ANALYTICS="true")
    import spacy
    from unstructured.nlp import tokenize

    splitter = spacy.blank("en")
    splitter.add_pipe("sentencizer")
    splitter.max_length = 10_000_000
    setattr(tokenize, "_get_nlp", lambda: splitter)  # noqa: B010 the name is private, and the only switch there is


def _partition(media: Media) -> Callable[[bytes], list[Any]]:
    _offline()
    match media:
        case Media.DOCX:
            from unstructured.partition.docx import partition_docx

            return lambda data: partition_docx(file=io.BytesIO(data))
        case Media.PPTX:
            from unstructured.partition.pptx import partition_pptx

            return lambda data: partition_pptx(file=io.BytesIO(data))
        case Media.XLSX:
            from unstructured.partition.xlsx import partition_xlsx

            return lambda data: partition_xlsx(file=io.BytesIO(data), find_subtable=False)
        case Media.MARKDOWN:
            from unstructured.partition.md import partition_md

            return lambda data: partition_md(text=decode(data))
        case _:
            from unstructured.partition.html import partition_html

            return lambda data: partition_html(text=_body_of(decode(data)))


def _body_of(page: str) -> str:
    """A web page without what is not its text."""
    return re.sub(r"(?is)<(script|style|nav|noscript|template)\b.*?</\1\s*>", " ", page)


def _elements(found: list[Any], media: Media) -> list[Element]:
    out: list[Element] = []
    for one in found:
        if one.category in SKIPPED or not one.text.strip():
            continue
        page = one.metadata.page_number
        if (sheet := one.metadata.page_name) and (not out or out[-1].page != page):
            out.append(Element(kind=Kind.TITLE, text=str(sheet), page=page, depth=1))
        kind = KINDS.get(one.category, Kind.TEXT)
        if kind is Kind.TABLE and one.metadata.text_as_html:
            text = as_table(rows_of(one.metadata.text_as_html))
        else:
            text = re.sub(r"[ \t\r\f\v\xa0]+", " ", one.text).strip()
        if kind is Kind.TITLE and media is Media.PPTX and one.metadata.category_depth:
            kind = Kind.ITEM
        if kind is Kind.TITLE and not _reads_as_heading(text):
            kind = Kind.TEXT  # without part-of-speech tags every short paragraph looks like a title
        depth = (one.metadata.category_depth or 0) + 1 if kind is Kind.TITLE else 0
        if text:
            out.append(Element(kind=kind, text=text, page=page, depth=depth))
    return out


def _reads_as_heading(text: str) -> bool:
    return len(text) <= 120 and not re.search(r"[.;:,!]$", text) and any(mark.isalpha() for mark in text)


class _Rows(HTMLParser):
    """The cells of an HTML table."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1:] = [[*(self.rows[-1] if self.rows else []), ""]]
            self.inside = True
        elif tag in ("br", "p", "li") and self.inside:
            self.rows[-1][-1] += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def rows_of(table: str) -> list[list[str]]:
    """The rows of an HTML table as lists of cells."""
    parser = _Rows()
    parser.feed(table)
    return parser.rows


def _plain(text: str) -> list[Element]:
    """Paragraphs are split by empty lines; a short line alone, in capitals or numbered, is a heading."""
    out: list[Element] = []
    page = 1 if "\f" in text else None
    for part in re.split(r"(\f)|\n\s*\n", text.replace("\r\n", "\n")):
        if part == "\f" and page:
            page += 1
        lines = [line.strip() for line in (part or "").split("\n") if line.strip()]
        if not lines:
            continue
        if len(lines) > 1 and all(re.match(r"(?:[-*•–]|\(?\w{1,3}[.)])\s", line) for line in lines):
            out += [Element(kind=Kind.ITEM, text=line, page=page) for line in lines]
        elif (
            len(lines) == 1
            and len(lines[0]) < 90
            and (lines[0].isupper() or re.match(r"#+\s|\d+(\.\d+)*\.?\s+[A-Z]", lines[0]))
        ):
            depth = 1 if lines[0].isupper() else lines[0].split()[0].rstrip(".").count(".") + 2
            out.append(Element(kind=Kind.TITLE, text=lines[0].lstrip("# "), page=page, depth=depth))
        elif not re.fullmatch(r"[\W\d]*", lines[0]) or len(lines) > 1:
            out.append(Element(kind=Kind.TEXT, text=re.sub(r"(\w)- (?=[a-z])", r"\1", " ".join(lines)), page=page))
    return out
