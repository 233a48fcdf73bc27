"""A school's own style sheet is read before it is kept, whatever somebody puts into it."""

import pytest

from school.report_pdf.styles import StyleFault, check_css


@pytest.mark.parametrize(
    "source",
    ["h1 { width: " + "9" * 20_000 + "px }", "h1 { width: " + "f(" * 5_000 + " }", "@import url(https://example.org/a.css);"],
    ids=["digits", "brackets", "import"],
)  # fmt: skip
def test_what_cannot_be_read_is_said(source: str) -> None:
    with pytest.raises(StyleFault):
        check_css(source)


def test_a_rule_without_its_last_brace_is_closed_by_the_end() -> None:
    check_css("h1 { color: red")
