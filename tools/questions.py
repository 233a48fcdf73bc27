"""Question papers on a topic of the curriculum, with answers and marking schemes."""

from typing import Annotated
from urllib.parse import urlencode

from pydantic import Field

from knowledge.drafted import drafted
from knowledge.papers import Difficulty, Origin, Question, QuestionKind, Source, shares
from knowledge.scope import search_in_scope
from knowledge.search import Filters, search
from runtime.errors import Conflict
from runtime.transaction import Tx
from school.calendar import Term
from school.classes import Level, Subject
from school.documents import DocumentKind
from school.permissions import Permission
from tools.curriculum import TopicItem, topic_items
from tools.declare import Effect, Said, tool
from tools.documents import url_of
from tools.naming import Candidate, best
from tools.present import Block, Citation, Citations, FileLink, Notice, Text
from tools.refs import Ref
from tools.results import Result

TopicText = Annotated[str, Field(min_length=2, max_length=120, description="The topic, such as Quadratic Equations.")]
MOST = 60
Count = Annotated[
    int,
    Said("questions", "question", "objectives", "items", "count"),
    Field(ge=1, le=MOST, description="How many questions."),
]
Seed = Annotated[int, Field(ge=0, le=2**31, description="The same seed and documents give the same paper.")]
Mix = Annotated[
    dict[QuestionKind, int] | None,
    Field(
        description="Proportions of multiple_choice, short and structured, default 4 : 3 : 3; how many of each when they"
        " add up to more than count."
    ),
]
KINDS = {
    QuestionKind.MULTIPLE_CHOICE: "Section A: Objective questions", QuestionKind.SHORT: "Section B: Short answers",
    QuestionKind.STRUCTURED: "Section C: Structured questions",
}  # fmt: skip
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class NoMaterial(Conflict):
    """Neither a generator nor a document can give questions on the topic."""

    code = "no_material"


class QuestionPaper(Result):
    """A paper: its questions in order, with answers and marking schemes that add up."""

    title: str
    subject: str
    level: str | None
    topic: str
    seed: int
    difficulty: Difficulty
    marks: int
    questions: list[Question]
    based_on: list[str]
    warnings: list[str]
    files: dict[str, str]

    def headline(self) -> str:
        count = len(self.questions)
        checked = sum(one.origin is Origin.PARAMETRIC for one in self.questions)
        how = "made from checked problem generators" if checked == count else "composed from the curriculum's own text"
        if by_model := written(self.questions):
            how = f"{by_model} written by a hosted model over the documents and checked against them"
        return f"{self.title}: {count} question{'s'[: count != 1]}, {self.marks} marks, {how}; a teacher should read them before use."

    def blocks(self) -> list[Block]:
        shown: list[Block] = [Notice(tone="warning", text=warning) for warning in self.warnings]
        shown += [Text(markdown=section) for section in sections(self.questions, answers=True)]
        items = {
            (one.source.document_id, one.source.page): Citation(
                document_id=str(one.source.document_id), title=one.source.title, page=one.source.page,
                quote=one.source.quote, url=url_of(one.source.document_id, None, one.source.page),
            )
            for one in self.questions if one.source
        }  # fmt: skip
        links = [
            FileLink(name=name, url=url, media_type=DOCX if "docx" in url else "application/pdf")
            for name, url in self.files.items()
        ]
        return [*shown, *([Citations(items=list(items.values()))] if items else []), *links]


def written(questions: list[Question]) -> int:
    """How many a hosted model wrote."""
    return sum(one.origin is Origin.MODEL for one in questions)


def sections(questions: list[Question], answers: bool) -> list[str]:
    """The paper in Markdown, a section a kind, numbered from 1 in each."""
    out: list[str] = []
    for kind, heading in KINDS.items():
        group = [one for one in questions if one.kind is kind]
        if group:
            total = sum(one.marks for one in group)
            lines = [
                f"**{heading} ({total} marks)**",
                *(_lines(at, one, answers) for at, one in enumerate(group, start=1)),
            ]
            out.append("\n\n".join(lines))
    return out


def _lines(number: int, one: Question, answers: bool) -> str:
    mark = f" [{one.marks} mark{'s'[: one.marks != 1]}]"
    lines = [f"{number}. {one.text}{mark if one.kind is not QuestionKind.MULTIPLE_CHOICE else ''}"]
    lines += [f"   {letter}. {option}" for letter, option in zip("ABCDE", one.options, strict=False)]
    if answers:
        lines.append(f"   *Answer: {f'{one.letter}. ' if one.letter else ''}{one.answer}*")
        if one.kind is not QuestionKind.MULTIPLE_CHOICE:
            lines += [f"   - {point.text} ({point.marks})" for point in one.scheme]
    return "  \n".join(lines)


@tool(
    permission=Permission.DOCUMENTS_WRITE,
    effect=Effect.READ,
    rest="POST /api/ai/generate-questions",
    says=("Generate 10 questions on quadratic equations for JSS 3 Mathematics", "Set a quiz on photosynthesis for JSS 2",
          "Make an exam with marking scheme on simple interest", "Give me 5 hard multiple choice questions on factorisation",
          "Create a class test on laws of indices"),
    errors=(NoMaterial,),
)  # fmt: skip
async def generate_questions(
    tx: Tx, *, subject: Ref[Subject], topic: TopicText, level: Ref[Level] | None = None, term: Ref[Term] | None = None,
    count: Count = 10, difficulty: Difficulty = Difficulty.MEDIUM, mix: Mix = None, seed: Seed = 1,
) -> QuestionPaper:  # fmt: skip
    """Generate a question paper on a topic, with answers and a marking scheme.

    Use when somebody wants a quiz, test or examination questions. For the topics themselves, use `search_curriculum`.

    Shape:  subject, topic, maybe level, term, count, difficulty, mix -> questions in sections; nothing is stored.
    Units:  marks; another `seed` gives other questions.
    Errors: no_material.
    Source: tables curriculum_items, passages; generators checked by sympy (`knowledge/problems.py`).
    """
    from knowledge import setting  # sympy takes half a second to import

    number = (await tx.session.get_one(Term, term.id)).number if term else None
    asked = sum((mix or {}).values())
    count = asked if count < asked <= MOST else count
    level_id = level.id if level else None
    items = await topic_items(tx, subject.id, level_id, number)
    named = [
        Candidate(str(at), one.text, tuple(part for part in (one.text, one.code) if part))
        for at, one in enumerate(items)
    ]
    match = best(topic, named)
    item = items[int(match[0][1].id)] if match else None
    about = Filters(
        subject_id=subject.id,
        level_id=level_id,
        kinds=tuple(kind.value for kind in DocumentKind if kind is not DocumentKind.EXAM_PAPER),
    )
    words = item.text if item else topic
    found = await search_in_scope(tx, words, about, limit=4)
    wide = await search(tx, f"{subject.label} {words} is called the", about, limit=40)
    papers = await search(
        tx, f"{words} questions", Filters(subject_id=subject.id, kinds=(DocumentKind.EXAM_PAPER.value,)), 6
    )
    near = [one.passage for one in found.passages if one.nearness >= 0.5 * found.nearness]
    style = setting.style_of([one.passage for one in papers.passages])
    by_model = [] if setting.for_topic(f"{words} {topic}") else await drafted(
        tx, words, shares(count, mix), setting.marks_of(style), difficulty, seed, near, item.objectives if item else [],
    )  # fmt: skip
    questions, warnings = setting.set_questions(
        f"{words} {topic}", count, difficulty, mix, seed, near, [one.passage for one in wide.passages],
        style, item.objectives if item else [], by_model, _taught(item) if item else None,
    )  # fmt: skip
    if number_written := written(questions):
        warnings.append(
            f"{number_written} of {len(questions)} questions were written by a model from the documents. Check their answers "
            "before use, and save this paper before you leave it: a model does not write the same paper twice."
        )
    if not questions:
        raise NoMaterial(
            f"There is nothing on “{topic}” in the documents of {subject.label} to make questions from. Add notes or a scheme "
            "of work that covers it, or name another topic."
        )
    place = " ".join(part for part in (level.label if level else item.level if item else "", subject.label) if part)
    return QuestionPaper(
        title=f"{place}: {words}", subject=subject.label, level=level.label if level else item.level if item else None,
        topic=words, seed=seed, difficulty=difficulty, marks=sum(one.marks for one in questions), questions=questions,
        based_on=list(dict.fromkeys([*([item.document] if item and item.document else []), *(one.title for one in near[:3]),
                                     *style.papers])),
        warnings=warnings,
        files={} if number_written else _files(subject, topic, level, term, count, difficulty, seed, mix),
    )  # fmt: skip


def _taught(item: TopicItem) -> Source | None:
    """Where the curriculum lists the topic, for questions that come from no passage."""
    if item.document_id is None or item.document is None:
        return None
    return Source(document_id=item.document_id, title=item.document, page=item.page, quote=item.text)


def _files(
    subject: Ref[Subject], topic: str, level: Ref[Level] | None, term: Ref[Term] | None, count: int,
    difficulty: Difficulty, seed: int, mix: dict[QuestionKind, int] | None,
) -> dict[str, str]:  # fmt: skip
    """Addresses of this very paper as files: the same arguments give the same questions."""
    query: dict[str, object] = {
        "subject": subject.id,
        "topic": topic,
        "count": count,
        "difficulty": difficulty.value,
        "seed": seed,
    }
    query |= {"level": level.id} if level else {}
    query |= {"term": term.id} if term else {}
    query |= {kind.value: share for kind, share in (mix or {}).items()}
    base = f"/api/ai/question-papers/file?{urlencode(query)}"
    return {
        "Questions (Word)": f"{base}&format=docx", "Questions with answers (Word)": f"{base}&format=docx&answers=true",
        "Questions (PDF)": f"{base}&format=pdf", "Questions with answers (PDF)": f"{base}&format=pdf&answers=true",
    }  # fmt: skip
