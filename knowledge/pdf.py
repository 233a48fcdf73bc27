"""PDF into elements with page numbers: headings by type size, paragraphs joined, tables kept as tables."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from knowledge import recognition, refusals
from knowledge.elements import Element, Kind, Parsed, as_table
from knowledge.pdf_lines import Line, read_page, without_margins
from knowledge.pdf_tables import table_at

MAX_PAGES = 2000
BULLET = re.compile(r"^(?:[•●○▪■◦‣·*–—-]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)])\s+", re.IGNORECASE)
NUMBERED = re.compile(
    r"^(?:(?:chapter|section|unit|module|week|topic|part|appendix)\s+)?\d{1,2}(?:\.\d{1,2})*\.?\s+\S", re.IGNORECASE
)
SENTENCE_END = re.compile(r"[.!?:;][\"”’)\]]*$")


def parse(name: str, data: bytes, progress: Callable[[int, int], None] = lambda done, total: None) -> Parsed:
    """Every page of a PDF as elements.

    Errors: file_encrypted, file_corrupt, file_has_no_text, too_many_pages.
    """
    document = _open(name, data)
    try:
        count = len(document)
        _check_length(name, count)
        pages: list[list[Line]] = []
        empty: list[int] = []
        recognised: list[Element] = []
        reader = recognition.installed()
        for number in range(1, count + 1):
            page = document[number - 1]
            pages.append(read_page(page, number))
            if not pages[-1] and _has_image(page):
                read = recognition.page(reader, page, name, number) if reader else []
                recognised += read
                empty += [] if read else [number]
            page.close()
            progress(number, count)
        title = str(document.get_metadata_dict().get("Title") or "").strip()
    finally:
        document.close()
    if not any(pages) and not recognised:
        raise refusals.FileHasNoText(
            f"{name} is scanned: it holds pictures of pages and no text. "
            + (
                "None could be recognised; scan it sharper."
                if reader
                else "Run it through text recognition and upload the result."
            )
        )
    printed = list(_elements(without_margins(pages)))
    elements = sorted([*printed, *recognised], key=lambda one: one.page or 0)  # stable: a page keeps its order
    first = next((one.text for one in elements if one.kind is Kind.TITLE), "")
    return Parsed(title=title or first, elements=elements, pages=count, scanned_pages=empty)


def check(name: str, data: bytes) -> None:
    """Refuse at once what can be told without reading the pages: locked, damaged, too long."""
    document = _open(name, data)
    try:
        _check_length(name, len(document))
    finally:
        document.close()


def _check_length(name: str, count: int) -> None:
    if count > MAX_PAGES:
        raise refusals.TooManyPages(
            f"{name} has {count} pages; the most is {MAX_PAGES}. Split it and upload the parts."
        )


def _open(name: str, data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise refusals.FileEncrypted(
                f"{name} is locked with a password. Save it without one and upload that file."
            ) from error
        raise refusals.FileCorrupt(
            f"{name} is damaged and cannot be opened. Export it again and upload that file."
        ) from error


def _has_image(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))


def _elements(lines: list[Line]) -> Iterator[Element]:
    body = _body_size(lines)
    depths = _depths(lines, body)
    vocabulary = {word for line in lines for word in re.findall(r"\w+(?:-\w+)*", line.text.lower())}
    at = 0
    while at < len(lines):
        rows, after = table_at(lines, at)
        if rows:
            yield Element(kind=Kind.TABLE, text=as_table(rows), page=lines[at].page)
            at = after
            continue
        group = [lines[at]]
        heading = _is_heading(lines[at], body)
        while at + len(group) < len(lines) and _continues(group, lines[at + len(group)], body, heading):
            if table_at(lines, at + len(group))[0]:
                break
            group.append(lines[at + len(group)])
        text = _join([line.text.strip() for line in group], vocabulary)
        if heading and SENTENCE_END.search(text) is None and len(text) < 200:
            yield Element(kind=Kind.TITLE, text=text, page=group[0].page, depth=depths[_style(group[0], body)])
        else:
            kind = Kind.ITEM if BULLET.match(text) else Kind.TEXT
            yield Element(kind=kind, text=re.sub(r"^[•●○▪■◦‣·]\s*", "", text), page=group[0].page)
        at += len(group)


def _body_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0


def _style(line: Line, body: float) -> tuple[float, bool]:
    """What ranks a heading: its size; at body size, that it is bold."""
    return (line.size, False) if line.size > body * 1.08 else (body, True)


def _depths(lines: list[Line], body: float) -> dict[tuple[float, bool], int]:
    styles = {_style(line, body) for line in lines if _is_heading(line, body)}
    return {style: depth for depth, style in enumerate(sorted(styles, reverse=True), start=1)}


def _is_heading(line: Line, body: float) -> bool:
    text = line.text.strip()
    if len(text) > 160 or not any(mark.isalpha() for mark in text) or len(line.runs) > 1:
        return False
    if line.size > body * 1.08:
        return True
    short = len(text) < 90 and SENTENCE_END.search(text) is None and not text[0].islower()
    return line.bold and short and (BULLET.match(text) is None or NUMBERED.match(text) is not None)


def _continues(group: list[Line], line: Line, body: float, heading: bool) -> bool:
    """Whether the next line belongs to the paragraph (or heading) so far."""
    last = group[-1]
    if _is_heading(line, body) != heading or len(line.runs) > 1:
        return False
    if heading:
        close = line.page == last.page and 0 < last.middle - line.middle < 1.6 * last.size
        return close and _style(line, body) == _style(last, body) and NUMBERED.match(line.text) is None
    if BULLET.match(line.text.strip()) and not (line.left > group[0].left + 2 and _open_ended(last)):
        return False
    if line.page == last.page and line.column == last.column:
        return 0 < last.middle - line.middle < _leading(group) and not _ends(last, line)
    return _open_ended(last)  # over a column or page break only a sentence that has not ended goes on


def _leading(group: list[Line]) -> float:
    """The largest step between two lines of this paragraph: by what was seen in it, else by the size of the type."""
    if len(group) > 1 and group[0].page == group[1].page and group[0].middle > group[1].middle:
        return 1.2 * (group[0].middle - group[1].middle)
    return 1.75 * group[0].size


def _ends(last: Line, line: Line) -> bool:
    """A short line that ends a sentence, before a line that is set in, closes the paragraph."""
    short = last.right < last.column[0] + 0.7 * (last.column[1] - last.column[0])
    return short and bool(re.search(r"[.!?:]$", last.text.strip())) and line.left > last.column[0] + 8


def _open_ended(line: Line) -> bool:
    return SENTENCE_END.search(line.text.strip()) is None


def _join(texts: list[str], vocabulary: set[str]) -> str:
    """Lines as one text; a word broken over two lines is written the way this document writes it elsewhere."""
    joined = texts[0]
    for text in texts[1:]:
        broken = re.search(r"(\w+)-$", joined)
        start = re.match(r"[a-zà-ÿ]\w*", text)
        if broken and start:
            joined = (joined if _keeps_hyphen(broken[1].lower(), start[0].lower(), vocabulary) else joined[:-1]) + text
        else:
            joined += text if re.search(r"\w-$|[–—/]$", joined) else f" {text}"
    return re.sub(r"\s+", " ", joined).strip()


def _keeps_hyphen(first: str, second: str, vocabulary: set[str]) -> bool:
    if first + second in vocabulary:
        return False
    return f"{first}-{second}" in vocabulary or (min(len(first), len(second)) > 2 and {first, second} <= vocabulary)
