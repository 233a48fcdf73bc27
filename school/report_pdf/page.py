"""The page in HTML: the school's layout or its own template, filled with one card. Nothing in it reaches out."""

import unicodedata
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from runtime.errors import InvalidInput
from school import marks
from school.report_contract import RATING_WORDS, ReportCard
from school.report_pdf import drawings
from school.report_pdf.look import Look

TEMPLATES = Path(__file__).parent / "templates"
LARGEST_PAGE = 2_000_000
"""Characters a school's own template may produce."""


class TemplateFault(InvalidInput):
    """The school's own template does not compile, or fails on a card."""

    code = "template_fault"


def mark(value: Decimal | None) -> str:
    """87, 72.5, 66.67; a dash for none."""
    if value is None:
        return "–"
    return f"{value:.2f}".rstrip("0").rstrip(".")


def tenth(value: Decimal | None) -> str:
    """58.3, 61.4, 60.0: one figure under the other; a dash for none."""
    return "–" if value is None else f"{value:.1f}"


def place(value: int | None) -> str:
    return "–" if value is None else marks.ordinal(value)


def direction(text: str) -> str:
    """`rtl` when the first letter with a direction runs from right to left."""
    strong = next((unicodedata.bidirectional(char) for char in text if unicodedata.bidirectional(char) in "LRAL"), "L")
    return "rtl" if strong in {"R", "AL"} else "ltr"


def day(value: Any) -> str:
    """15 January 2028; a dash for none."""
    return f"{value.day} {value:%B %Y}" if value else "–"


def width_mm(heading: str) -> float:
    """How wide a column with this heading is, at the size headings are set in."""
    return max(9.5, round(1.62 * max((len(word) for word in heading.split()), default=0) + 3.4, 1))


def first_word(text: str) -> str:
    return text.split()[0] if text.split() else ""


FILTERS: dict[str, Any] = {
    "mark": mark,
    "tenth": tenth,
    "place": place,
    "direction": direction,
    "day": day,
    "width_mm": width_mm,
    "first_word": first_word,
}
_OWN = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                   lstrip_blocks=True)  # fmt: skip
_OWN.filters.update(FILTERS)


class _Sandbox(ImmutableSandboxedEnvironment):
    """A school's template also goes without `*` and `**`, which fill the memory, and without `range`."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise TemplateError(f"“{operator}” is not for templates")


@lru_cache(maxsize=64)
def _theirs(source: str) -> Template:
    environment = _Sandbox(autoescape=True, undefined=StrictUndefined)
    environment.filters.update(FILTERS)
    environment.globals = {}
    return environment.from_string(source)


def density(card: ReportCard) -> str:
    """How tightly the page is set, by the number of its subjects and the length of its remarks."""
    rows = len(card.subjects) + (len(card.class_teacher_remark) + len(card.principal_remark)) // 220
    rows += 4 if card.cumulative is not None else 0  # the session's columns make names and remarks wrap
    rows += sum(len(each.teacher_remark) > 32 or len(each.name) > 26 for each in card.subjects) // 2
    return "airy" if rows <= 11 else "normal" if rows <= 15 else "tight" if rows <= 19 else "dense"


def _context(card: ReportCard, look: Look) -> dict[str, Any]:
    columns = list(dict.fromkeys(name for subject in card.subjects for name in subject.assessments))
    maxima = {name: subject.maxima[name] for subject in card.subjects for name in subject.maxima}
    return {
        "card": card, "student": card.student, "school": card.school, "look": look, "density": density(card),
        "columns": columns, "maxima": maxima, "rating_words": RATING_WORDS,
        "trend": drawings.trend(card, look.ink) if look.show_trend else "",
        "qr": drawings.qr(card.verification.url) if look.show_verification else "",
    }  # fmt: skip


def own_page(name: str, **context: Any) -> str:
    """One of the program's own templates, filled."""
    return _OWN.get_template(name).render(context)


def html(card: ReportCard, look: Look) -> str:
    """The page of one card. Errors: template_fault (a school's own template)."""
    if not look.template:
        return _OWN.get_template(f"{look.layout}.html.j2").render(_context(card, look))
    try:
        written: list[str] = []
        size = 0
        for part in _theirs(look.template).generate(_context(card, look)):
            size += len(part)
            if size > LARGEST_PAGE:
                raise TemplateFault("The template makes a page of more than two million characters.")
            written.append(part)
        return "".join(written)
    except TemplateSyntaxError as error:
        raise TemplateFault(
            f"The template does not compile: line {error.lineno}: {error.message}.", line=error.lineno
        ) from None
    except (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
    ) as error:
        raise TemplateFault(f"The template does not work on a card: {str(error)[:200]}.") from None
