"""What is kept between pages: the bytes are the ones WeasyPrint makes without it, and no school's style meets it."""

from contextlib import nullcontext

import pytest

from school.report_pdf import kept, pdf
from school.report_pdf.printing import _press
from tests.school.test_report_pdf import plain, sample

REMARK = "Ọláìtán reads widely and keeps her books well; with more practice in mathematics the next term will be a better one."


@pytest.mark.parametrize("layout", ["classic", "modern"])
@pytest.mark.parametrize("name", ["Okonjo Ada", "Ọláìtán Ìyábọ̀ Ṣọlá-Ogunsanya Chukwuemeka", "عائشة بلو"])
def test_a_page_has_the_same_bytes_with_what_is_kept_and_without(monkeypatch, layout, name):
    card = sample(14, name=name, remark=REMARK)
    first, again = pdf(card, plain(layout=layout)), pdf(card, plain(layout=layout))
    monkeypatch.setattr(kept, "keeping", nullcontext)
    assert first == again == pdf(card, plain(layout=layout))


def test_a_page_in_a_schools_own_style_keeps_no_line_and_is_justified_as_it_asks(monkeypatch):
    card, own = sample(9, remark=REMARK), plain(custom_css=".remarks p { text-align: justify; width: 60mm }")
    pdf(card, plain())
    before = dict(kept._lines)
    made = pdf(card, own)
    assert kept._lines == before and made != pdf(card, plain(custom_css=".remarks p { width: 60mm }"))
    assert made == pdf(card, own)


def test_old_lines_are_forgotten_and_no_drawing_is_held(monkeypatch):
    monkeypatch.setattr(kept, "MOST_LINES", 40)
    for number in range(3):
        pdf(sample(9, name=f"Ada {number}"), plain())
    assert 0 < len(kept._lines) <= 40
    assert not any("svg" in address for address in _press().cache), "a drawing holds on to the whole page it was on"
