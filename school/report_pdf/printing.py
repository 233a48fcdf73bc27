"""HTML to PDF by WeasyPrint: fonts shipped with the program, set up once a process; nothing is fetched."""

import ctypes.util
import io
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from school.report_contract import ReportCard
from school.report_pdf.look import Look, colours
from school.report_pdf.page import html

HERE = Path(__file__).parent
_FACES = (
    ("Report Sans", "NotoSans-Regular", 400, "normal"), ("Report Sans", "NotoSans-Bold", 700, "normal"),
    ("Report Sans", "NotoSans-Italic", 400, "italic"), ("Report Serif", "NotoSerif-Bold", 700, "normal"),
    ("Report Serif", "NotoSerif-Regular", 400, "normal"), ("Report Serif", "NotoSerif-Italic", 400, "italic"),
    ("Report Arabic", "NotoNaskhArabic-Regular", 400, "normal"), ("Report Arabic", "NotoNaskhArabic-Bold", 700, "normal"),
)  # fmt: skip


def font_path() -> str:
    """Which way fonts are subset here: `harfbuzz` when libharfbuzz-subset is installed, else `fonttools`."""
    return "harfbuzz" if ctypes.util.find_library("harfbuzz-subset") else "fonttools"


@dataclass(frozen=True, slots=True)
class _Press:
    """What one process keeps between pages."""

    fonts: Any
    elements: Any
    cache: dict[str, Any]
    fetcher: Any


@lru_cache(maxsize=1)
def _press() -> _Press:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    from school.report_pdf import kept

    kept.install()
    fonts = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; src: url("{(HERE / "fonts" / f"{name}.ttf").as_uri()}");'
        f" font-weight: {weight}; font-style: {style}; }}\n"
        for family, name, weight, style in _FACES
    )
    CSS(string=faces, font_config=fonts, url_fetcher=URLFetcher(allowed_protocols={"file"}))  # the fonts know them now
    elements = CSS(string=(HERE / "templates" / "elements.css").read_text())
    return _Press(fonts, elements, {}, URLFetcher(allowed_protocols={"data"}))


def prepare() -> None:
    """Read fonts and style sheets before the first page is asked for."""
    _press()
    _own_page()


def _own_style(look: Look) -> list[Any]:
    """The school's style sheet, with no network and no files: only data addresses inside it are read."""
    if not look.custom_css.strip():
        return []
    from weasyprint import CSS

    press = _press()
    # Without a font configuration an @font-face is passed over: it would change every other school's pages, too.
    return [CSS(string=look.custom_css, url_fetcher=press.fetcher)]


def pdf(card: ReportCard, look: Look) -> bytes:
    """One card as a tagged A4 PDF; equal cards and looks give equal bytes. Blocks for 50–150 ms: run it in a worker.

    Errors: template_fault.
    """
    if look.template:
        from weasyprint import HTML

        page = HTML(string=html(card, look), url_fetcher=_press().fetcher)
        return _print(page, [_sheet(("page",)), *_own_style(look)])
    return print_page(html(card, look), ("page", look.layout), colours(look), _own_style(look))


def print_page(source: str, sheets: tuple[str, ...], said: str, theirs: list[Any] | None = None) -> bytes:
    """One of the program's own pages in its own style sheets with what is `said` after them, then in the school's, as PDF."""
    from school.report_pdf import kept

    page = _own_page()(source, _press().fetcher)
    with nullcontext() if theirs else kept.keeping():
        return _print(page, [_sheet(sheets, said), *(theirs or [])])


@lru_cache(maxsize=64)
def _sheet(names: tuple[str, ...], said: str = "") -> Any:
    """The program's style sheets as one, read once a process: each takes its time for every element of a page."""
    from weasyprint import CSS

    parts = [(HERE / "templates" / f"{name}.css").read_text() for name in names]
    return CSS(string="\n".join([*parts, said]), font_config=_press().fonts)


@lru_cache(maxsize=1)
def _own_page() -> Any:
    from cssselect2 import ElementWrapper
    from weasyprint import HTML

    class OwnPage(HTML):
        """One of the program's own pages: well-formed, so that expat reads it, of elements that `elements.css` knows."""

        def __init__(self, source: str, fetcher: Any) -> None:
            try:
                root = ElementTree.fromstring(source)  # noqa: S314  # our own page, everything in it escaped
            except ElementTree.ParseError:  # a character in a name that XML does not have
                super().__init__(string=source, url_fetcher=fetcher)
                return
            self.base_url, self.url_fetcher, self.media_type = None, fetcher, "print"
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [_press().elements]

    return OwnPage


def _print(page: Any, sheets: list[Any]) -> bytes:
    press = _press()
    made = page.write_pdf(
        stylesheets=sheets, font_config=press.fonts, cache=press.cache, pdf_tags=True, uncompressed_pdf=False
    )
    assert made is not None
    _forget(press.cache)
    return made


def _forget(cache: dict[str, Any]) -> None:
    """Keep pictures for the next page, up to 200, but no drawing: it holds on to the whole page it was on."""
    from weasyprint.images import SVGImage

    if len(cache) > 200:
        cache.clear()
    for address in [address for address, image in cache.items() if isinstance(image, SVGImage)]:
        del cache[address]


def first_page(content: bytes, scale: float = 1.75) -> bytes:
    """The first page of a PDF as PNG, `scale` pixels a point."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    written = io.BytesIO()
    try:
        image = document[0].render(scale=scale)  # pyright: ignore[reportArgumentType]  # a float will do
        image.to_pil().save(written, "PNG")
    finally:
        document.close()
    return written.getvalue()
