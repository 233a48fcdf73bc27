"""The lines of a PDF page in reading order: runs of text, columns, and what repeats in the margins."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

MARGIN = 0.09  # of the page height: where running headers and footers live
WIDE = 0.55  # of the height of the type: a wider gap is more than a space
GUTTER_ZONE = (0.3, 0.7)  # of the text width: where the gap between two columns may lie
PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
BOLD = re.compile(r"bold|black|heavy|semibold", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together on one line. Coordinates in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool
    at: int = -1
    """Index of the first letter on the page; -1 when it is not known."""

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Runs side by side in one column; several runs with gaps between them may be the cells of a table."""

    runs: tuple[Run, ...]
    page: int
    column: tuple[float, float]
    in_margin: bool

    @property
    def text(self) -> str:
        return " ".join(run.text for run in self.runs)

    @property
    def left(self) -> float:
        return self.runs[0].left

    @property
    def right(self) -> float:
        return self.runs[-1].right

    @property
    def middle(self) -> float:
        return self.runs[0].middle

    @property
    def size(self) -> float:
        return max(self.runs, key=lambda run: len(run.text)).size

    @property
    def bold(self) -> bool:
        return all(run.bold for run in self.runs)


def read_page(page: pypdfium2.PdfPage, number: int) -> list[Line]:
    """The lines of one page, left column before right column, running headers and footers still in."""
    text_page = page.get_textpage()
    runs = _joined(sorted(_runs(text_page), key=lambda run: (-run.middle, run.left)))
    if not runs:
        return []
    box = page.get_mediabox(fallback_ok=True) or (0.0, 0.0, page.get_width(), page.get_height())
    low, height = box[1], page.get_height()
    edges = _edges(runs, low, height)
    span = (min(run.left for run in runs), max(run.right for run in runs))
    gutter = _gutter([run for run in runs if edges[0] < run.middle < edges[1]], span)
    lines: list[Line] = []
    for band, columns in _bands(runs, span, gutter):
        for column in columns:
            lines += _rows([run for run in band if column[0] <= run.centre < column[1]], number, column, edges)
    return _with_cells(text_page, lines)


def without_margins(pages: Sequence[list[Line]]) -> list[Line]:
    """All lines but page numbers and the headers and footers that come again on other pages."""
    seen = Counter(key for lines in pages for key in {key for line in lines if line.in_margin for key in _keys(line)})
    often = max(2, min(4, len(pages) // 3))

    def repeats(line: Line) -> bool:
        same, numbered = _keys(line)
        return seen[same] >= often or seen[numbered] >= (often if "page" in numbered else max(4, often))

    return [line for lines in pages for line in lines if not _runs_along(line, repeats(line))]


def _runs_along(line: Line, repeats: bool) -> bool:
    return line.in_margin and (repeats or PAGE_NUMBER.fullmatch(line.text.strip()) is not None)


def _keys(line: Line) -> tuple[str, str]:
    """The line as it is, and with its numbers counted from the page: "Page 7" is the same line on every page."""
    text = line.text.strip().casefold()
    return text, re.sub(r"\d{1,5}", lambda number: f"#{int(number.group()) - line.page}", text)


def _edges(runs: Sequence[Run], low: float, height: float) -> tuple[float, float]:
    """Between which heights the body of the page lies: a margin ends at a gap wider than the leading of its lines."""
    bottom, top = low + height * MARGIN, low + height * (1 - MARGIN)
    upper = _outermost(sorted(runs, key=lambda run: -run.middle))
    lower = _outermost(sorted(runs, key=lambda run: run.middle))
    return (
        lower[-1].top if lower and lower[-1].middle < bottom else low,
        upper[-1].bottom if upper and upper[-1].middle > top else low + height,
    )


def _outermost(runs: Sequence[Run]) -> list[Run]:
    """The first lines from one end of the page up to the first wide gap; none when the page has no gap."""
    for at, (run, following) in enumerate(pairwise(runs), start=1):
        if abs(run.middle - following.middle) > 1.5 * max(run.size, following.size):
            return list(runs[:at])
    return []


def _runs(text_page: pypdfium2.PdfTextPage) -> Iterator[Run]:
    for at in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(at)
        text = _clean(text_page.get_text_bounded(left, bottom, right - min(1.0, (right - left) / 20), top))
        if text.strip():
            first = pdfium.FPDFText_GetCharIndexAtPos(text_page, left + 1, (bottom + top) / 2, 4, 4)
            size, bold = _font(text_page, first, top - bottom)
            yield Run(text, left, bottom, right, top, size, bold, first)


def _clean(text: str) -> str:
    """pdfium marks a soft hyphen at a line end as U+0002 or U+FFFE."""
    return text.replace("\x02", "-").replace("\ufffe", "-").replace("\r\n", " ").replace("\n", " ").replace("\x00", "")


def _font(text_page: pypdfium2.PdfTextPage, at: int, height: float) -> tuple[float, bool]:
    """Size (height of the font's own box, so that a scaled matrix does not matter) and weight of the run's first letter."""
    if at < 0:
        return height, False
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page, at, box)
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text_page, at, name, 128, None)
    heavy = pdfium.FPDFText_GetFontWeight(text_page, at) >= 600
    return round(abs(box.top - box.bottom), 1) or height, heavy or bool(
        BOLD.search(name.value.decode("utf-8", "replace"))
    )


def _joined(runs: list[Run]) -> list[Run]:
    """Join runs that touch: a change of font inside a sentence does not make a new cell."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if last and abs(last.middle - run.middle) < 0.45 * last.size and -2 < run.left - last.right < WIDE * last.size:
            space = "" if run.left - last.right < 0.12 * last.size or last.text.endswith(" ") else " "
            longer = last if len(last.text) >= len(run.text) else run
            out[-1] = Run(
                last.text + space + run.text, last.left, min(last.bottom, run.bottom), run.right, max(last.top, run.top),
                longer.size, last.bold and run.bold, last.at,
            )  # fmt: skip
        else:
            out.append(run)
    return out


def _gutter(runs: list[Run], span: tuple[float, float]) -> float | None:
    """The x between two columns of prose, or nothing: the cells of a table are too narrow to be columns."""
    width = span[1] - span[0]
    if len(runs) < 8 or width <= 0:
        return None
    steps = [span[0] + width * (GUTTER_ZONE[0] + (GUTTER_ZONE[1] - GUTTER_ZONE[0]) * at / 80) for at in range(81)]
    crossing = [sum(run.left < x - 2 and run.right > x + 2 for run in runs) for x in steps]
    fewest = min(crossing)
    best = [x for x, count in zip(steps, crossing, strict=True) if count == fewest]
    gutter = best[len(best) // 2]
    left = [run for run in runs if run.right <= gutter + 2]
    right = [run for run in runs if run.left >= gutter - 2]
    if fewest > 0.25 * len(runs) or min(len(left), len(right)) < 4:
        return None
    fills = min(
        median(run.right - run.left for run in left) / (gutter - span[0]),
        median(run.right - run.left for run in right) / (span[1] - gutter),
    )
    return gutter if fills > 0.55 else None


Column = tuple[float, float]


def _bands(runs: list[Run], span: Column, gutter: float | None) -> Iterator[tuple[list[Run], list[Column]]]:
    """Cut the page at lines that cross the gutter; between two cuts the left column is read before the right."""
    whole = [(span[0] - 1, span[1] + 1)]
    if gutter is None:
        yield runs, whole
        return
    halves = [(span[0] - 1, gutter), (gutter, span[1] + 1)]
    band: list[Run] = []
    for run in runs:
        if run.left < gutter - 2 and run.right > gutter + 2:
            if band:
                yield band, halves
            yield [run], whole
            band = []
        else:
            band.append(run)
    if band:
        yield band, halves


def _rows(runs: list[Run], page: int, column: Column, edges: tuple[float, float]) -> list[Line]:
    rows: list[list[Run]] = []
    for run in runs:
        if rows and abs(rows[-1][0].middle - run.middle) < 0.45 * max(rows[-1][0].size, run.size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [
        Line(tuple(sorted(row, key=lambda run: run.left)), page, column, not edges[0] < row[0].middle < edges[1])
        for row in rows
    ]


def _with_cells(text_page: pypdfium2.PdfTextPage, lines: list[Line]) -> list[Line]:
    """Cut runs where a word stands right under or over the start of a cell: narrow cells can come as one run."""
    out: list[Line] = []
    for at, line in enumerate(lines):
        nearby = [other for other in lines[max(0, at - 3) : at + 4] if other is not line and len(other.runs) > 1]
        starts = [run.left for other in nearby for run in other.runs]
        if starts and (len(line.runs) > 1 or len(nearby) > 1):
            runs = tuple(part for run in line.runs for part in _cut(text_page, run, starts))
            out.append(Line(runs, line.page, line.column, line.in_margin))
        else:
            out.append(line)
    return out


def _cut(text_page: pypdfium2.PdfTextPage, run: Run, starts: Sequence[float]) -> Iterator[Run]:
    text = run.text.rstrip()
    inside = [x for x in starts if run.left + run.size < x < run.right - 2]
    if run.at < 0 or not inside or text_page.get_text_range(run.at, len(text)) != text:
        yield run
        return
    start, left = 0, run.left
    for space in re.finditer(r" +", text):
        before = text_page.get_charbox(run.at + space.start() - 1)[2]
        after = text_page.get_charbox(run.at + space.end())[0]
        if after - before > 0.35 * run.size and any(abs(after - x) < 1.5 for x in inside):
            yield replace(run, text=text[start : space.start()], left=left, right=before, at=run.at + start)
            start, left = space.end(), after
    yield replace(run, text=text[start:], left=left, at=run.at + start)
