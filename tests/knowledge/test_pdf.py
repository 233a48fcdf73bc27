"""PDF pages read the way a person reads them."""

import pytest

from knowledge import pdf
from knowledge.elements import Kind
from tests.knowledge import files

PROSE = "The teacher explains how a quadratic expression is factorised and the learners work in pairs on examples. "
LONG = "<h1>Scheme of work</h1><div class=two>" + "".join(
    f"<h2>Week {week}</h2><p>{PROSE * 5}Marker {week} ends.</p>" for week in range(1, 15)
) + "</div>"  # fmt: skip


@pytest.fixture(scope="module")
def columns():
    return pdf.parse("columns.pdf", files.pdf(LONG))


def test_two_columns_are_read_one_after_the_other(columns):
    weeks = [one.text for one in columns.elements if one.kind is Kind.TITLE and one.text.startswith("Week")]
    assert weeks == [f"Week {week}" for week in range(1, 15)]
    assert all("Marker" in one.text for one in columns.elements if one.kind is Kind.TEXT and one.text.endswith("ends."))


def test_a_paragraph_over_a_column_break_is_one_paragraph(columns):
    texts = [one.text for one in columns.elements if one.kind is Kind.TEXT]
    assert len(texts) == 14
    assert all(text.count("factorised") == 5 for text in texts)


def test_running_headers_and_footers_are_gone_and_pages_are_kept(columns):
    everything = " ".join(one.text for one in columns.elements)
    assert "Hillcrest" not in everything and "Page 1 of" not in everything
    assert columns.pages == 3 and {one.page for one in columns.elements} == {1, 2, 3}
    assert columns.title == "Scheme of work"


def test_headings_keep_their_order_of_depth(columns):
    depth = {one.text: one.depth for one in columns.elements if one.kind is Kind.TITLE}
    assert depth["Scheme of work"] < depth["Week 1"] == depth["Week 14"]


TABLE = """<h1>Plan</h1><p>Before the table.</p><table><tr><th>Week</th><th>Topic</th><th>Learning objective</th></tr>
<tr><td>1</td><td>Whole numbers</td><td>Write numbers up to one billion in words and in figures, and round them to any
place that the question asks for</td></tr><tr><td>2</td><td>Fractions</td><td>Add and subtract fractions</td></tr>
<tr><td>3</td><td>Approximation</td><td>Estimate sums</td></tr></table><p>After the table there is prose again.</p>"""


def test_a_table_stays_a_table_with_wrapped_cells_whole():
    parsed = pdf.parse("table.pdf", files.pdf(TABLE))
    tables = [one.text.split("\n") for one in parsed.elements if one.kind is Kind.TABLE]
    assert len(tables) == 1
    assert tables[0][0] == "Week | Topic | Learning objective"
    assert tables[0][1] == (
        "1 | Whole numbers | Write numbers up to one billion in words and in figures, and round them to any place that"
        " the question asks for"
    )
    assert tables[0][2:] == ["2 | Fractions | Add and subtract fractions", "3 | Approximation | Estimate sums"]
    assert [one.text for one in parsed.elements if one.kind is Kind.TEXT] == [
        "Before the table.", "After the table there is prose again.",
    ]  # fmt: skip


def test_words_broken_at_a_line_end_are_joined():
    broken = "<p>The photo-<br>synthesis of plants is photosynthesis. A well-<br>known rule is well-known.</p>"
    text = " ".join(one.text for one in pdf.parse("h.pdf", files.pdf(broken, style="")).elements)
    assert text == "The photosynthesis of plants is photosynthesis. A well-known rule is well-known."
