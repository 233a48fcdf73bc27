"""Words over figures: a class's performance told, and drafts of a lesson plan and of a letter to guardians."""

import asyncio
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from knowledge import writing
from knowledge.answer import answer
from knowledge.narrative import Component, Performance, paragraphs, unknown_figures
from knowledge.scope import search_in_scope
from knowledge.search import Filters
from runtime.errors import NotVisible
from runtime.transaction import Tx
from school import calendar, curriculum, schools, score_sheets, scores
from school.calendar import Term
from school.classes import ClassArm, Subject
from school.curriculum import CurriculumItem
from school.permissions import Permission
from school.results import SheetResults
from tools.answers import QuoteItem, quote_item
from tools.curriculum import topic_items
from tools.declare import Effect, tool
from tools.present import Block, Citation, Citations, Text
from tools.refs import Ref
from tools.results import Result
from tools.scores import sheet_for


class PerformanceSummary(Result):
    """A class's performance in a subject, told in paragraphs; every figure is one of the sheet's."""

    label: str
    paragraphs: list[str]
    scored: int

    def headline(self) -> str:
        return f"{self.label}: summary." if self.paragraphs else f"{self.label} has no scores to summarize yet."

    def blocks(self) -> list[Block]:
        return [Text(markdown="\n\n".join(self.paragraphs))] if self.paragraphs else []

    def next_questions(self) -> list[str]:
        return [f"Show the scores of {self.label}", f"Draft a letter to the guardians of {self.label}"]


@tool(
    permission=Permission.SCORES_READ,
    effect=Effect.READ,
    rest="POST /api/ai/summarize-performance",
    says=("Summarize JSS 2 Ruby's Mathematics performance", "Write a summary of how JSS 2 Topaz did in maths",
          "Describe the physics results of SS 2 Ruby in words", "Give me a narrative on JSS 1 English for the meeting"),
)  # fmt: skip
async def summarize_performance(
    tx: Tx, *, class_arm: Ref[ClassArm], subject: Ref[Subject], term: Ref[Term] | None = None
) -> PerformanceSummary:
    """Tell a class's performance in a subject in three or four paragraphs.

    Use when somebody wants it in words, for a meeting or a report. For the figures, use `show_class_performance`.

    Shape:  one class arm, subject and term (default this term) -> paragraphs: overall, trends, concerns, advice.
    Units:  percent, rounded to one decimal.
    Errors: those of any read.
    Source: tables scores, assessment_components, grade_bands.
    """
    opened = await sheet_for(tx, class_arm, subject, term, Permission.SCORES_READ)
    sheet = await scores.sheet_results(tx, opened)
    if not sheet.scored:
        return PerformanceSummary(label=sheet.label, paragraphs=[], scored=0)
    facts = _facts(sheet, await _earlier(tx, class_arm, subject, opened.term))
    told = paragraphs(facts)
    if wrong := unknown_figures(" ".join(told), facts):
        raise RuntimeError(f"the summary says figures that are not in the sheet: {wrong}")
    return PerformanceSummary(label=sheet.label, paragraphs=await _reworded(tx, told, facts), scored=sheet.scored)


REWORD = (
    "Reword these paragraphs for a school's report: as many paragraphs, in the same order, separated by blank lines. Keep every "
    "figure and name exactly as it stands, and keep what each is said of. Add no figure, cause or judgement."
)


async def _reworded(tx: Tx, told: list[str], facts: Performance) -> list[str]:
    """The paragraphs in a hosted model's words; one that says anything else keeps the words it was composed in."""
    text = await writing.write(tx, REWORD, "\n\n".join(told))
    if text is None:
        return told
    new = await asyncio.to_thread(writing.reworded, text, told)
    return [one if not unknown_figures(one, facts) else old for one, old in zip(new, told, strict=True)]


async def _earlier(tx: Tx, class_arm: Ref[ClassArm], subject: Ref[Subject], term: Term) -> SheetResults | None:
    """The same class and subject one term before, in the same session, where it has scores."""
    before = [one for one in await calendar.terms_in_order(tx) if one.starts_on < term.starts_on]
    if not before or before[-1].session_id != term.session_id:
        return None
    try:
        opened = await score_sheets.access_sheet(tx, class_arm.id, subject.id, before[-1].id, Permission.SCORES_READ)
    except NotVisible:
        return None
    sheet = await scores.sheet_results(tx, opened)
    return sheet if sheet.scored else None


def _facts(sheet: SheetResults, earlier: SheetResults | None) -> Performance:
    done = sorted((row for row in sheet.students if row.total is not None), key=lambda row: row.total or Decimal(0))
    totals = [row.total for row in done if row.total is not None]
    components: list[Component] = []
    for at, column in enumerate(sheet.columns):
        points = [row.points[at] for row in done]
        taken = [value for value in points if value is not None]
        if taken:
            components.append(Component(column.name, 100 * sum(taken, Decimal(0)) / (len(taken) * column.max_points)))
    return Performance(
        class_arm=sheet.class_arm, subject=sheet.subject, term=sheet.term, enrolled=len(sheet.students), scored=sheet.scored,
        average=sheet.average or Decimal(0), spread=sheet.spread or Decimal(0), passed=sheet.passed,
        pass_percent=sheet.pass_percent, best=tuple(row.name for row in sheet.best), highest=totals[-1], lowest=totals[0],
        below=tuple(row.name for row in done if row.total is not None and row.total < sheet.pass_percent),
        components=tuple(components), earlier_term=earlier.term if earlier else None,
        earlier_average=earlier.average if earlier else None,
    )  # fmt: skip


class LessonPlan(Result):
    """A draft of one lesson on a topic, from the curriculum and the documents."""

    topic: str
    place: str
    minutes: int
    objectives: list[str]
    steps: list[tuple[int, str]] = Field(description="Minutes and what happens in them; they add up to the lesson.")
    key_points: list[QuoteItem]

    def headline(self) -> str:
        return f"Draft lesson plan: {self.topic} ({self.place}), {self.minutes} minutes. Edit it before use."

    def blocks(self) -> list[Block]:
        goals = "\n".join(f"- {text}" for text in self.objectives)
        steps = "\n".join(f"- {minutes} min: {text}" for minutes, text in self.steps)
        items = [
            Citation(document_id=str(one.document_id), title=one.title, page=one.page, quote=one.text, url=one.url)
            for one in self.key_points
        ]
        text = Text(markdown=f"**By the end students can**\n\n{goals}\n\n**Lesson**\n\n{steps}")
        return [text, *([Citations(items=items)] if items else [])]

    def next_questions(self) -> list[str]:
        return [f"Generate 5 questions on {self.topic}"]


@tool(
    permission=Permission.DOCUMENTS_WRITE,
    effect=Effect.READ,
    rest="POST /api/ai/lesson-plans",
    says=(
        "Draft a lesson plan on quadratic equations",
        "Plan a 40 minute lesson on photosynthesis",
        "Prepare my lesson on factorisation",
    ),
)
async def draft_lesson_plan(
    tx: Tx, *, topic: Ref[CurriculumItem],
    minutes: Annotated[int, Field(ge=20, le=120, description="Length of the lesson, minutes.")] = 40,
) -> LessonPlan:  # fmt: skip
    """Draft a lesson plan on a topic of the curriculum: objectives, steps, key points.

    Use when a teacher prepares a lesson. For a test on the topic, use `generate_questions`.

    Shape:  one topic and a length -> a draft; nothing is stored.
    Units:  minutes, which add up to the lesson.
    Errors: those of any read.
    Source: tables curriculum_items, passages.
    """
    item = await curriculum.access_item(tx, topic.id)
    found = next(
        one for one in await topic_items(tx, item.subject_id, item.level_id, item.term_number) if one.item_id == item.id
    )
    given = await answer(await search_in_scope(tx, found.text, Filters(subject_id=item.subject_id)))
    objectives = found.objectives or [f"Explain {found.text}"]
    return LessonPlan(
        topic=found.text, place=f"{found.level} {found.subject}, term {found.term_number}", minutes=minutes,
        objectives=objectives, steps=_steps(found.text, objectives, minutes), key_points=[quote_item(one) for one in given.quotes],
    )  # fmt: skip


def _steps(topic: str, objectives: list[str], minutes: int) -> list[tuple[int, str]]:
    start, practice, check = minutes // 8, minutes // 4, minutes // 8
    teaching = minutes - start - practice - check
    each, left = divmod(teaching, len(objectives))
    middle = [(each + (left if at == 0 else 0), f"Teach and show: {text}") for at, text in enumerate(objectives)]
    return [
        (start, "Recall what students know, with two or three oral questions"),
        *middle,
        (practice, f"Students work on {topic} in pairs while the teacher goes round"),
        (check, "Check each objective with one question; give the assignment"),
    ]


class Letter(Result):
    """A draft of a letter; sending it is another step."""

    subject: str
    text: str

    def headline(self) -> str:
        return f"Draft letter: {self.subject}. Nothing was sent."

    def blocks(self) -> list[Block]:
        return [Text(markdown=self.text)]


Point = Annotated[str, Field(min_length=3, max_length=400, description="One point the letter makes.")]


@tool(
    permission=Permission.NOTICES_SEND,
    effect=Effect.READ,
    rest="POST /api/ai/letters",
    says=(
        "Draft a letter to guardians about the trip",
        "Write to parents that fees are due on Monday",
        "Prepare a letter about the sports day",
    ),
)
async def draft_letter(
    tx: Tx, *, subject: Annotated[str, Field(min_length=3, max_length=120, description="What the letter is about.")],
    points: Annotated[list[Point], Field(min_length=1, max_length=10, description="What it says, one point an item.")],
) -> Letter:  # fmt: skip
    """Draft a letter to guardians from its points, for a person to edit and send.

    Use when somebody wants a letter written. To send a message now, use `send_notice`.

    Shape:  a subject and points -> a draft; it says the points and nothing else.
    Units:  none.
    Errors: those of any read.
    Source: the points given; table schools for the letterhead.
    """
    school = await schools.current(tx)
    sentences = [
        f"{point[:1].upper()}{point[1:].rstrip()}{'' if point.rstrip().endswith(('.', '!', '?')) else '.'}"
        for point in points
    ]
    body = " ".join(sentences) if len(sentences) < 3 else "\n\n".join(sentences)
    head = "\n".join(part for part in (school.name, school.address) if part)
    text = f"{head}\n\n{tx.today:%d %B %Y}\n\nDear parent or guardian,\n\n**{subject}**\n\n{body}\n\nYours faithfully,\n\n{tx.caller.name}"
    return Letter(subject=subject, text=text)
