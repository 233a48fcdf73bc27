"""Cards on paper: one page, the same bytes, every letter, nothing fetched, nothing hostile printed."""

import io
from datetime import date
from decimal import Decimal
from uuid import UUID

import pypdfium2
import pytest
from PIL import Image

from school.report_contract import (
    CardAttendance,
    CardSchool,
    CardStudent,
    CardSubject,
    KeyLine,
    Rating,
    ReportCard,
    TrendPoint,
    Verification,
)
from school.report_looks import look
from school.report_options import CONDUCT, ReportOptions
from school.report_pdf import TemplateFault, html, pdf
from school.report_pdf.images import BadImage, data_uri
from school.report_pdf.look import contrast
from school.report_pdf.page import direction, mark
from school.schools import School

SCHOOL = School(name="Hillcrest Academy", slug="hillcrest", colour="#1f4f8f", locale="en-NG", options={})


def subject(number: int, name: str) -> CardSubject:
    return CardSubject(
        id=UUID(int=number), name=name, assessments={"CA": Decimal(30), "Exam": None}, maxima={"CA": Decimal(40), "Exam": Decimal(60)},
        total=Decimal("30.00"), grade="F", position=number, out_of=40, class_average=Decimal("51.25"), class_highest=Decimal(90),
        class_lowest=Decimal(10), incomplete=True, teacher="Mr Bode", teacher_remark="Needs help now", earlier_totals={},
        cumulative=None,
    )  # fmt: skip


def sample(subjects: int = 9, name: str = "Okonjo Ada", remark: str = "A good term.") -> ReportCard:
    return ReportCard(
        student=CardStudent(id=UUID(int=1), name=name, student_no="HA/001", gender="Female", avatar_url=None, joined_on=None, **{"class": "JSS 2 Ruby"}),
        school=CardSchool(name="Hillcrest Academy", logo=None, address="1 Test Road", motto="Light", phone=None, email=None),
        session="2026/2027", term="First Term", term_id=UUID(int=2), subjects=[subject(n, f"Subject {n}") for n in range(1, subjects + 1)],
        not_taken=[], attendance=CardAttendance(days_present=58, total_days=65, days_late=3, rate=Decimal("89.23")),
        overall_average=Decimal("66.67"), overall_grade="B", class_position=3, total_in_class=40, level_position=9, total_in_level=120,
        class_average=Decimal("58.31"), best_subject="Subject 1", weakest_subject="Subject 2",
        trend=[TrendPoint(label="T1 2025/2026", average=Decimal(60)), TrendPoint(label="T2 2025/2026", average=Decimal(66))],
        conduct=[Rating(name=trait, rating=4) for trait in CONDUCT], skills=[], cumulative=None, promotion=None,
        class_teacher_id=None, class_teacher="Mr Bode Akinlade", class_teacher_remark=remark, principal="Dr Sanusi", principal_remark="Keep it up.",
        next_term_begins=date(2027, 1, 11), grading_key=[KeyLine(grade="A", from_percent=Decimal(70), remark="Excellent")],
        pass_percent=Decimal(40), verification=Verification(code="741Q-2MW6-MR6K", url="https://s.example/verify/hillcrest/741Q-2MW6-MR6K"),
    )  # fmt: skip


def plain(**options: object):
    return look(SCHOOL, ReportOptions.model_validate(options))


def read(content: bytes) -> tuple[int, str]:
    document = pypdfium2.PdfDocument(content)
    pages = len(document)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document), "a screen reader finds the structure"
    text = " ".join(document[number].get_textpage().get_text_range() for number in range(pages))
    document.close()
    return pages, text


@pytest.mark.parametrize("layout", ["classic", "modern"])
def test_a_card_is_one_tagged_page_with_its_figures_and_the_same_bytes_again(layout):
    made = pdf(sample(), plain(layout=layout))
    assert made == pdf(sample(), plain(layout=layout))
    pages, text = read(made)
    assert pages == 1
    for said in ("Okonjo Ada", "HA/001", "JSS 2 Ruby", "66.67", "3rd", "58 of 65", "741Q-2MW6-MR6K", "11 January 2027"):
        assert said in text, said


@pytest.mark.parametrize("layout", ["classic", "modern"])
def test_twenty_two_subjects_fit_one_page_and_seventy_take_a_second(layout):
    assert read(pdf(sample(22), plain(layout=layout)))[0] == 1
    pages, text = read(pdf(sample(70), plain(layout=layout)))
    assert pages == 2 and text.count("Teacher’s remark") == 2, "the head of the table is repeated"
    assert "Subject 70" in text


@pytest.mark.parametrize("name", ["Ọláìtán Ìyábọ̀ Ṣọlá", "Ɓala Ɗanjuma Ƙasim", "D'Almeida-O'Brien", "Nwáchukwu Ụzọ"])
def test_letters_of_african_languages_are_drawn_and_can_be_copied(name):
    _, text = read(pdf(sample(name=name), plain()))
    assert name.split()[0] in text


def test_right_to_left_names_are_marked_so_and_printed():
    assert (direction("عائشة بلو"), direction("Ada"), direction("12 عائشة")) == ("rtl", "ltr", "rtl")
    assert 'dir="rtl">عائشة بلو' in html(sample(name="عائشة بلو"), plain())
    assert pdf(sample(name="عائشة بلو"), plain()) != pdf(sample(), plain())


def test_text_of_people_is_text_and_not_markup():
    page = html(sample(name="<script>alert(1)</script>", remark="<img src=x onerror=1>"), plain())
    assert "<script>alert" not in page and "<img src=x" not in page and "&lt;script&gt;" in page


def test_the_schools_style_applies_but_reaches_no_file_and_no_network(tmp_path, recwarn):
    secret = tmp_path / "secret.css"
    secret.write_text("h1 { display: none }")
    kept = pdf(sample(), plain(custom_css=f'@import url("file://{secret}"); h1 {{ color: red }}'))
    assert "Hillcrest Academy" in read(kept)[1]
    changed = pdf(sample(), plain(custom_css="h1 { display: none !important }"))
    assert read(changed)[1].count("Hillcrest Academy") == read(kept)[1].count("Hillcrest Academy") - 1
    picture = tmp_path / "x.png"
    Image.new("RGB", (4, 4), "red").save(picture)
    assert b"/Image" not in pdf(sample(), plain(custom_css=f'body {{ background: url("file://{picture}") }}'))
    before = pdf(sample(), plain())
    pdf(
        sample(),
        plain(custom_css='@f\\6fnt-face { font-family: "Report Sans"; src: url("data:font/ttf;base64,AAAA") }'),
    )
    assert pdf(sample(), plain()) == before, "one school's style leaves every other school's pages alone"


def test_a_schools_own_template_works_and_its_faults_say_where():
    own = plain(template="<h1>{{ student.name }}</h1><p>{{ card.overall_average | mark }}</p>")
    assert "66.67" in read(pdf(sample(), own))[1]
    with pytest.raises(TemplateFault, match="line 2"):
        html(sample(), plain(template="<p>\n{% if %}</p>"))
    with pytest.raises(TemplateFault, match="no_such_thing"):
        html(sample(), plain(template="{{ no_such_thing }}"))
    for hostile in ("{{ ''.__class__.__mro__ }}", "{{ 'x' * 999999999 }}", "{% for a in range(9) %}{% endfor %}"):
        with pytest.raises(TemplateFault):
            html(sample(), plain(template=hostile))


def picture(kind: str, size: tuple[int, int] = (900, 600)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "#1f4f8f").save(written, kind)
    return written.getvalue()


def test_a_logo_is_made_small_and_carried_inside():
    address = data_uri(picture("PNG"))
    assert address.startswith("data:image/png;base64,") and len(address) < 20_000
    assert b"/Image" in pdf(sample(), look(SCHOOL, ReportOptions(), logo=address))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ not a picture", "not a picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "not a picture"),
        (picture("PNG")[:20], "not a picture"),
        (b"\x89PNG" + b"0" * 40_000_000, "40.0 MB"),
        (picture("PNG", (8000, 8000)), "8000"),
    ],
)
def test_a_logo_that_cannot_be_printed_is_refused_with_what_to_send(content, said):
    with pytest.raises(BadImage, match=said):
        data_uri(content)


@pytest.mark.parametrize("colour", ["#ffee00", "#1f4f8f", "#ffffff", "#000000", "#e11d48", "#84cc16"])
def test_any_school_colour_stays_legible(colour):
    chosen = plain(colour=colour)
    assert contrast(chosen.ink, "#ffffff") >= 4.5
    assert contrast(chosen.on_accent, chosen.accent) >= 3.0


def test_marks_are_written_as_people_write_them():
    assert [mark(value) for value in (None, Decimal("87.00"), Decimal("72.50"), Decimal("66.67"), Decimal(0))] == [
        "–",
        "87",
        "72.5",
        "66.67",
        "0",
    ]
