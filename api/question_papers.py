"""Question papers as files: the very paper of a generation, or one a teacher edited."""

import asyncio
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Response
from pydantic import Field

from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from knowledge import writing
from knowledge.paper_files import as_docx, as_pdf
from knowledge.papers import Question, QuestionKind, faults
from runtime.caller import Caller
from runtime.errors import InvalidInput
from runtime.transaction import transaction
from school import media_types, schools
from tools.declare import TOOLS
from tools.invoke import check_permitted, invoke
from tools.questions import QuestionPaper

router = APIRouter(prefix="/api/ai/question-papers", tags=["questions"], responses={422: {"model": Problem}})
Format = Literal["docx", "pdf"]
FILE: dict[int | str, dict[str, Any]] = {200: {"content": {media_types.DOCX: {}, media_types.PDF: {}}}}


class EditedPaper(Camel):
    """A paper as it stands in the portal, after a teacher's edits."""

    title: Annotated[str, Field(min_length=2, max_length=200)]
    questions: Annotated[list[Question], Field(min_length=1, max_length=100)]


@router.get("/file", operation_id="open_question_paper", response_class=Response, responses=FILE)
async def open_question_paper(
    who: SignedInCaller,
    subject: str,
    topic: Annotated[str, Query(min_length=2, max_length=120)],
    level: str | None = None,
    term: str | None = None,
    count: Annotated[int, Query(ge=1, le=60)] = 10,
    difficulty: Literal["easy", "medium", "hard"] = "medium",
    seed: Annotated[int, Query(ge=0, le=2**31)] = 1,
    multiple_choice: Annotated[int | None, Query(ge=0, le=60)] = None,
    short: Annotated[int | None, Query(ge=0, le=60)] = None,
    structured: Annotated[int | None, Query(ge=0, le=60)] = None,
    file_format: Annotated[Format, Query(alias="format")] = "docx",
    answers: bool = False,
) -> Response:
    """The paper these arguments give, as a Word file or a PDF."""
    shares = {"multiple_choice": multiple_choice, "short": short, "structured": structured}
    mix = {QuestionKind(kind): share for kind, share in shares.items() if share is not None}
    given = {"subject": subject, "topic": topic, "level": level, "term": term, "count": count, "difficulty": difficulty,
             "seed": seed, "mix": mix or None}  # fmt: skip
    args = {name: value for name, value in given.items() if value is not None}
    with writing.by_rule():
        paper = (await invoke(TOOLS["generate_questions"], who, args)).result
    assert isinstance(paper, QuestionPaper)
    return await _file(who, paper.title, paper.questions, file_format, answers)


@router.post("/file", operation_id="export_question_paper", response_class=Response, responses=FILE)
async def export_question_paper(
    who: SignedInCaller,
    paper: EditedPaper,
    file_format: Annotated[Format, Query(alias="format")] = "docx",
    answers: bool = False,
) -> Response:
    """An edited paper as a Word file or a PDF; what is wrong with a question is told before it is printed."""
    check_permitted(TOOLS["generate_questions"], who)
    wrong = [
        {"field": f"questions.{at}", "message": "; ".join(found)}
        for at, one in enumerate(paper.questions)
        if (found := faults(one))
    ]
    if wrong:
        raise InvalidInput(
            "Some questions are not right: " + "; ".join(one["message"] for one in wrong[:3]), errors=wrong
        )
    return await _file(who, paper.title, paper.questions, file_format, answers)


async def _file(who: Caller, title: str, questions: list[Question], file_format: Format, answers: bool) -> Response:
    async with transaction(who, read_only=True) as tx:
        school = (await schools.current(tx)).name
    make = as_docx if file_format == "docx" else as_pdf
    content = await asyncio.to_thread(make, school, title, questions, answers)
    name = f"{title}{' with answers' if answers else ''}.{file_format}".replace("/", "-").replace(":", "")
    media = media_types.DOCX if file_format == "docx" else media_types.PDF
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, media_type=media, headers=headers)
