"""What a printing process keeps between pages: lines of text, computed styles, encoded pictures.

WeasyPrint works all of them out anew for every document, and lays each line out twice, to place it and to draw it. On the program's
own pages most of it is the same from card to card. The bytes are those WeasyPrint makes without (`tests/school/test_report_kept.py`).
"""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint import css, images
from weasyprint.formatting_structure import boxes
from weasyprint.layout import page, percent
from weasyprint.text import line_break
from weasyprint.text.ffi import pango

MOST_LINES, MOST_STYLES = 8000, 3000
"""How many are kept; then all of them are forgotten."""
_READ_FOR_LINES = (
    "font_size", "font_weight", "font_style", "font_stretch", "font_kerning", "font_variant_ligatures", "font_variant_position",
    "font_variant_caps", "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
    "font_variation_settings", "font_language_override", "lang", "direction", "white_space", "letter_spacing", "word_spacing",
    "tab_size", "overflow_wrap", "word_break", "hyphens", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone",
    "text_decoration_line",
)  # fmt: skip
_RESOLVED = (
    "margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left", "padding_right", "padding_top", "padding_bottom",
    "width", "min_width", "max_width", "height", "min_height", "max_height",
    "border_top_width", "border_right_width", "border_bottom_width", "border_left_width",
)  # fmt: skip
_PARAGRAPH_ENDS = frozenset("\n\r\u2028\u2029")
_pango: Any = pango
_lay_out = line_break.split_first_line
_resolve = percent.resolve_percentages
_compute = css.StyleFor.set_computed_styles
_encode = images.RasterImage.get_x_object
_lines: dict[tuple[Any, ...], Any] = {}
_styles: dict[tuple[Any, ...], Any] = {}
_keeping = False


class _Line(line_break.Layout):
    """A laid-out line. While lines are kept, it stays as it is from placing to drawing."""

    def set_text(self, text: str, justify: bool = False) -> None:
        super().set_text(text, justify)
        if _keeping and _PARAGRAPH_ENDS.isdisjoint(text):  # drawing asks for this, and would lay the line out anew
            _pango.pango_layout_set_single_paragraph_mode(self.layout, True)

    def deactivate(self) -> None:
        if not _keeping:
            super().deactivate()

    def reactivate(self, style: Any) -> None:
        if not hasattr(self, "layout"):
            super().reactivate(style)


def _line(
    text: str, style: Any, context: Any, max_width: Any, justification_spacing: float, is_line_start: bool = True,
    minimum: bool = False,
) -> Any:  # fmt: skip
    """The first line of a text in a width."""
    if not _keeping or justification_spacing:
        return _lay_out(text, style, context, max_width, justification_spacing, is_line_start, minimum)
    look = tuple([style[name] for name in _READ_FOR_LINES])
    key = (text, max_width, is_line_start, minimum, tuple(style["font_family"]), look)
    found = _lines.get(key)
    if found is None:
        if len(_lines) >= MOST_LINES:
            _lines.clear()
        found = _lay_out(text, style, context, max_width, justification_spacing, is_line_start, minimum)
        _lines[key] = found
    return found


def _computed(
    self: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, base_url: Any = None,
    target_collector: Any = None,
) -> None:  # fmt: skip
    """An element's style: that of an element of an earlier page with the same declarations under the same parent.

    Declarations are told apart by their addresses: a kept style holds on to its own, so none is given away.
    """
    computed, cascaded = self.get_computed_styles(), self.get_cascaded_styles().get((element, pseudo_type), {})
    if not _keeping or isinstance(element, page.PageType) or "anchor" in cascaded:
        return _compute(self, element, parent, root, pseudo_type, base_url, target_collector)
    above = computed[parent, None] if parent is not None else None
    said = tuple([(name, id(value), weight) for name, (value, weight) in cascaded.items()])
    key = (id(above), pseudo_type, said)
    found = _styles.get(key)
    if found is None:
        if len(_styles) >= MOST_STYLES:
            _styles.clear()
        _compute(self, element, parent, root, pseudo_type, base_url, target_collector)
        _styles[key] = computed[element, pseudo_type]
    else:
        computed[element, pseudo_type] = found
    return None


def _used(box: Any, containing_block: Any) -> None:
    """The used lengths of a box: they follow from its style and the size of what contains it."""
    if not _keeping or isinstance(box, boxes.PageBox) or box.style["border_collapse"] == "collapse":
        return _resolve(box, containing_block)
    block: Any = containing_block
    size = (block.width, block.height) if isinstance(containing_block, boxes.Box) else tuple(block)
    known = box.style.__dict__.setdefault("used_lengths", {})
    found = known.get(size)
    if found is None:
        _resolve(box, containing_block)
        if len(known) < 200:
            known[size] = {name: getattr(box, name) for name in _RESOLVED}
    else:
        box.__dict__.update(found)
    return None


def _picture(self: Any, interpolate: Any, dpi_ratio: Any) -> Any:
    """A picture as PDF has it. It is encoded once: WeasyPrint keeps the picture, and reads and writes it for every document."""
    known = self.__dict__.setdefault("encoded", {})
    if (interpolate, dpi_ratio) not in known:
        known[interpolate, dpi_ratio] = _encode(self, interpolate, dpi_ratio)
    return _copy(known[interpolate, dpi_ratio])


def _copy(stream: Any) -> Any:
    """A stream of its own for each document: it is numbered there, and its mask is replaced by a number."""
    extra = pydyf.Dictionary(stream.extra)
    if "SMask" in extra:
        extra["SMask"] = _copy(extra["SMask"])
    return pydyf.Stream(list(stream.stream), extra, stream.compress)


def install() -> None:
    """Have WeasyPrint ask here, for all pages of this process."""
    line_break.Layout = _Line
    css.StyleFor.set_computed_styles = _computed
    images.RasterImage.get_x_object = _picture
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint."):
            for kept, own in (("split_first_line", _line), ("resolve_percentages", _used)):
                if hasattr(module, kept):
                    setattr(module, kept, own)


@contextmanager
def keeping() -> Generator[None]:
    """Within it lines and styles are kept: for the program's own pages, where no line is justified or cut short."""
    global _keeping  # one page at a time in a process
    before, _keeping = _keeping, True
    try:
        yield
    finally:
        _keeping = before
