"""A question paper as a Word file or a PDF, with the answers or without."""

import html
import io
from collections.abc import Iterator, Sequence

import docx
from docx.shared import Cm

from knowledge.papers import Question, QuestionKind

HEADINGS = {
    QuestionKind.MULTIPLE_CHOICE: "Section A: Objective questions", QuestionKind.SHORT: "Section B: Short answers",
    QuestionKind.STRUCTURED: "Section C: Structured questions",
}  # fmt: skip
STYLE = """
@page { size: A4; margin: 20mm; @bottom-center { content: "Page " counter(page) " of " counter(pages); font: 8pt "DejaVu Sans"; } }
body { font: 10.5pt/1.5 "DejaVu Sans", sans-serif; } h1 { font-size: 15pt; margin: 0; } h2 { font-size: 12pt; break-after: avoid; }
.question { break-inside: avoid; margin-bottom: 8pt; } .options { margin-left: 18pt; } .marks { float: right; }
.answer { margin-left: 18pt; color: #14532d; font-size: 9.5pt; } header { border-bottom: 1pt solid #333; margin-bottom: 12pt; }
"""


def _groups(questions: Sequence[Question]) -> Iterator[tuple[str, list[Question]]]:
    for kind, heading in HEADINGS.items():
        group = [one for one in questions if one.kind is kind]
        if group:
            yield f"{heading} ({sum(one.marks for one in group)} marks)", group


def _marks(one: Question) -> str:
    return f"[{one.marks} mark{'s'[: one.marks != 1]}]"


def _answer(one: Question) -> list[str]:
    if one.kind is QuestionKind.MULTIPLE_CHOICE:
        return [f"Answer: {one.letter}"]
    return [f"Answer: {one.answer}", *(f"{point.text} ({point.marks})" for point in one.scheme)]


def as_docx(school: str, title: str, questions: Sequence[Question], answers: bool) -> bytes:
    """The paper for Word, to be edited further."""
    made = docx.Document()
    made.core_properties.title, made.core_properties.author = title, school
    made.add_heading(school, 1)
    made.add_paragraph(f"{title}{' (with answers)' if answers else ''}. {sum(one.marks for one in questions)} marks.")
    made.add_paragraph("Name: ______________________________    Class: ______________    Date: ______________")
    for heading, group in _groups(questions):
        made.add_heading(heading, 2)
        for number, one in enumerate(group, start=1):
            mark = "" if one.kind is QuestionKind.MULTIPLE_CHOICE else f"  {_marks(one)}"
            made.add_paragraph(f"{number}. {one.text}{mark}")
            for letter, option in zip("ABCDE", one.options, strict=False):
                made.add_paragraph(f"{letter}. {option}").paragraph_format.left_indent = Cm(1)
            for line in _answer(one) if answers else []:
                paragraph = made.add_paragraph()
                paragraph.paragraph_format.left_indent = Cm(1)
                paragraph.add_run(line).italic = True
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def as_pdf(school: str, title: str, questions: Sequence[Question], answers: bool) -> bytes:
    """The paper to print."""
    from weasyprint import HTML  # a third of a second to import, and only needed here

    body = "".join(
        f"<h2>{html.escape(heading)}</h2>{_printed(group, answers)}" for heading, group in _groups(questions)
    )
    total = sum(one.marks for one in questions)
    head = f"<header><h1>{html.escape(school)}</h1><p>{html.escape(title)}{' (with answers)' if answers else ''}. {total} marks.</p>"
    fields = "<p>Name: ____________________________ Class: _____________ Date: _____________</p></header>"
    page = f"<html lang=en><head><title>{html.escape(title)}</title><style>{STYLE}</style></head><body>{head}{fields}{body}</body></html>"
    made = HTML(string=page).write_pdf()
    if made is None:
        raise RuntimeError("the PDF was not written")
    return made


def _printed(group: Sequence[Question], answers: bool) -> str:
    out: list[str] = []
    for number, one in enumerate(group, start=1):
        mark = "" if one.kind is QuestionKind.MULTIPLE_CHOICE else f'<span class="marks">{_marks(one)}</span>'
        options = "".join(
            f"<div>{letter}. {html.escape(option)}</div>" for letter, option in zip("ABCDE", one.options, strict=False)
        )
        said = "".join(f'<div class="answer">{html.escape(line)}</div>' for line in _answer(one)) if answers else ""
        out.append(
            f'<div class="question">{mark}{number}. {html.escape(one.text)}<div class="options">{options}</div>{said}</div>'
        )
    return "".join(out)
