"""A paper leaves as Word or PDF, with answers or without, as generated or as edited."""

import io

import docx
import pypdfium2
import pytest

from knowledge import writing
from school.documents import DocumentKind
from tests.knowledge.conftest import uploaded

GENERATE = "/api/ai/generate-questions"
ASKED = {"subject": "Mathematics", "topic": "Quadratic Equations", "count": 10}


def words(answer, kind):
    if kind == "docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs)
    document = pypdfium2.PdfDocument(answer.content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
async def test_the_generated_paper_is_the_one_in_the_file(sign_in, kind):
    teacher = await sign_in("teacher")
    paper = (await teacher.post(GENERATE, json=ASKED)).json()
    assert len(paper["questions"]) == 10
    plain, full = (
        next(url for name, url in paper["files"].items() if f"format={kind}" in url and ("answers" in url) is wants)
        for wants in (False, True)
    )
    without, given = words(await teacher.get(plain), kind), words(await teacher.get(full), kind)
    for question in paper["questions"]:
        start = question["text"][:25]
        assert start in without.replace("\r\n", " ") or kind == "pdf"
    assert "Answer:" in given and "Answer:" not in without
    assert without.count("A.") >= 4 and "Section C" in without


async def test_an_edited_paper_is_exported_and_a_broken_edit_is_refused(sign_in):
    teacher = await sign_in("teacher")
    paper = (await teacher.post(GENERATE, json=ASKED)).json()
    paper["questions"][0]["text"] = "My own words: which is the solution?"
    body = {"title": paper["title"], "questions": paper["questions"]}
    answer = await teacher.post("/api/ai/question-papers/file?format=docx", json=body)
    assert "My own words" in words(answer, "docx")
    body["questions"][0]["answer"] = "none of them"
    refused = await teacher.post("/api/ai/question-papers/file", json=body)
    assert refused.status_code == 422 and refused.json()["errors"][0]["field"] == "questions.0"


async def test_only_who_may_set_papers_gets_their_files(sign_in):
    student = await sign_in("student")
    assert (await student.get("/api/ai/question-papers/file", params=ASKED)).status_code == 403
    assert (await student.post("/api/ai/question-papers/file", json={"title": "xx", "questions": []})).status_code in (
        403,
        422,
    )


async def test_a_file_of_composed_questions_never_asks_a_model(sign_in, callers, school):
    notes = "# Notes\n\nXylem is the tissue that carries water from the roots. Phloem is the tissue that carries food to all parts.\n"
    await uploaded(
        callers["head"], "notes.md", notes.encode(), DocumentKind.OTHER, subject_id=school.subjects["Physics"]
    )
    asked = []

    async def filler(caller, instructions, material, shape):
        asked.append(material)

    arguments = {"subject": "Physics", "topic": "Xylem", "count": 2}
    teacher = await sign_in("teacher")
    writing.use(None, filler)
    try:
        paper = (await teacher.post(GENERATE, json=arguments)).json()
        assert len(asked) == 1 and len(paper["files"]) == 4
        assert (await teacher.get(next(iter(paper["files"].values())))).status_code == 200
    finally:
        writing.use(None)
    assert len(asked) == 1
