"""The curriculum: what is taught when, and one topic with its objectives."""

import re
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from knowledge.answer import answer
from knowledge.scope import named_in, search_in_scope
from knowledge.search import Filters
from knowledge.words import terms
from runtime.transaction import Tx
from school import curriculum
from school.classes import ClassArm, Level, Subject
from school.curriculum import CurriculumItem, ItemKind
from school.documents import Document, DocumentKind
from school.permissions import Permission
from tools.answers import QuoteItem, quote_item
from tools.declare import Effect, tool
from tools.documents import url_of
from tools.naming import Candidate
from tools.present import Block, Citation, Citations, Column, Facts, Shown, Table, Text
from tools.present import Fact as FactItem
from tools.refs import Hints, Ref, resolver
from tools.results import Result

TREES = (DocumentKind.CURRICULUM.value, DocumentKind.SCHEME_OF_WORK.value)
Number = Annotated[int | None, Field(ge=1, le=6, description="Number of the term; default every term.")]


class TopicItem(Shown):
    """A topic and where it is taught; `identifier` is its CASE identifier."""

    item_id: UUID
    identifier: UUID
    code: str
    text: str
    subject: str
    level: str
    term_number: int
    week: str
    objectives: list[str]
    document_id: UUID | None
    document: str | None
    page: int | None
    url: str | None


@resolver(CurriculumItem, "topic", order=5, personal=False)
async def find_topics(tx: Tx, hints: Hints) -> list[Candidate]:
    rows = await tx.session.execute(
        select(CurriculumItem, Level.name, Subject.name)
        .join(Level, Level.id == CurriculumItem.level_id)
        .join(Subject, Subject.id == CurriculumItem.subject_id)
        .outerjoin(Document, Document.id == CurriculumItem.document_id)
        .where(~CurriculumItem.removed, CurriculumItem.kind == ItemKind.TOPIC.value)
        .where(CurriculumItem.document_id.is_(None) | Document.deleted_at.is_(None))
        .where(CurriculumItem.version_id.is_(None) | (CurriculumItem.version_id == Document.version_id))
    )
    return [
        Candidate(
            str(item.id), item.text, tuple(name for name in (item.text, item.code) if name),
            hint=f"{level} {subject}, term {item.term_number}",
            context=frozenset({str(item.level_id), str(item.subject_id)}),
        )
        for item, level, subject in rows.all()
    ]  # fmt: skip


async def topic_items(tx: Tx, subject_id: UUID, level_id: UUID | None, term_number: int | None) -> list[TopicItem]:
    """The topics of the tree with their objectives, in teaching order."""
    rows = await curriculum.items(tx, subject_id, level_id, term_number)
    levels = {row.id: (row.position, row.name) for row in await tx.session.scalars(select(Level))}
    subject = await tx.session.get_one(Subject, subject_id)
    titles = await _titles(tx, rows)
    objectives: dict[UUID, list[str]] = {}
    for row in rows:
        if row.parent_id is not None:
            objectives.setdefault(row.parent_id, []).append(row.text)
    topics = [row for row in rows if row.kind == ItemKind.TOPIC.value]
    topics.sort(key=lambda row: (levels[row.level_id][0], row.term_number, row.position))
    return [
        TopicItem(
            item_id=row.id, identifier=row.identifier, code=row.code, text=row.text, subject=subject.name,
            level=levels[row.level_id][1], term_number=row.term_number, week=row.week,
            objectives=objectives.get(row.id, []), document_id=row.document_id,
            document=titles.get(row.document_id) if row.document_id else None, page=row.page,
            url=url_of(row.document_id, None, row.page) if row.document_id else None,
        )
        for row in topics
    ]  # fmt: skip


async def _titles(tx: Tx, rows: list[CurriculumItem]) -> dict[UUID, str]:
    ids = {row.document_id for row in rows if row.document_id}
    found = await tx.session.execute(select(Document.id, Document.title).where(Document.id.in_(ids)))
    return {row.id: row.title for row in found.all()}


def _taught(one: TopicItem) -> str:
    week = f", week {one.week}" if one.week else ""
    return f"{one.text}: {one.level} {one.subject}, term {one.term_number}{week}."


class Coverage(Result):
    """What is taught: from the tree where there is one, in the documents' words otherwise."""

    place: str
    topics: list[TopicItem]
    quotes: list[QuoteItem]

    def headline(self) -> str:
        if len(self.topics) == 1 or (self.topics and not self.place):
            return " ".join(_taught(one) for one in self.topics[:6])
        if self.topics:
            return f"{self.place} covers {len(self.topics)} topics: {'; '.join(one.text for one in self.topics[:12])}."
        if self.quotes:
            return self.quotes[0].sentence
        return f"The curriculum documents do not say{f' for {self.place}' if self.place else ''}."

    def blocks(self) -> list[Block]:
        shown: list[Block] = []
        if self.topics:
            columns = [
                Column(key="termNumber", label="Term", kind="number"), Column(key="week", label="Week"),
                Column(key="code", label="Code"), Column(key="text", label="Topic"),
                Column(key="objectives", label="Objectives"), Column(key="page", label="Page", kind="number"),
            ]  # fmt: skip
            several = len({one.level for one in self.topics}) > 1
            columns = [Column(key="level", label="Level"), *columns] if several else columns
            rows = [
                {**one.model_dump(mode="json", by_alias=True), "objectives": "; ".join(one.objectives)}
                for one in self.topics
            ]
            shown.append(Table(columns=columns, rows=rows, total=len(rows)))
        return [*shown, *self._citations()]

    def _citations(self) -> list[Block]:
        items = [
            Citation(document_id=str(one.document_id), title=one.title, page=one.page, quote=one.text, url=one.url)
            for one in self.quotes
        ]
        seen: set[UUID] = set()
        for topic in self.topics:
            if topic.document_id and topic.document_id not in seen and topic.document and topic.url:
                seen.add(topic.document_id)
                items.append(
                    Citation(document_id=str(topic.document_id), title=topic.document, page=topic.page, quote=topic.text,
                             url=topic.url)
                )  # fmt: skip
        return [Citations(items=items)] if items else []


@tool(
    permission=Permission.DOCUMENTS_READ,
    effect=Effect.READ,
    rest="GET /api/ai/curriculum",
    says=("What is covered in JSS 2 Mathematics term 1?", "What topics are in the JSS 3 English curriculum?",
          "Show the scheme of work for JSS 2 maths", "When is factorisation taught?", "What should JSS 1 learn this term?",
          "What comes in week 4 of JSS 2 mathematics?"),
)  # fmt: skip
async def search_curriculum(
    tx: Tx,
    *,
    question: Annotated[str | None, Field(min_length=2, max_length=500, description="The question, in full.")] = None,
    subject: Ref[Subject] | None = None,
    level: Ref[Level] | None = None,
    term_number: Number = None,
) -> Coverage:
    """Say what the curriculum covers: topics by level and term, with pages.

    Use when somebody asks what is taught, or when. For one topic, use `show_topic`; for policies, `ask_documents`.

    Shape:  a question, or a subject with maybe level and term -> topics in teaching order, or quotes.
    Units:  terms and pages counted from 1.
    Errors: those of any read.
    Source: tables curriculum_items, documents, passages.
    """
    named = await named_in(tx, question) if question else (None, None, None)
    subject_id = subject.id if subject else named[0]
    level_id = level.id if level else named[1]
    term = term_number or named[2]
    place = await _place(tx, subject_id, level_id, term)
    subjects = [subject_id] if subject_id else await curriculum.subjects(tx) if question else []
    topics = [one for key in subjects for one in await topic_items(tx, key, level_id, term)]
    if question:
        about = _about(await _without_arms(tx, question), topics)
        topics = about if subject_id or level_id or len(about) < len(topics) else []  # not the whole curriculum
    if topics or not question:
        return Coverage(place=place, topics=topics, quotes=[])
    filters = Filters(kinds=TREES, subject_id=subject_id, level_id=level_id, term_number=term)
    given = await answer(await search_in_scope(tx, question, filters))
    return Coverage(place=place, topics=[], quotes=[quote_item(one) for one in given.quotes])


async def _without_arms(tx: Tx, question: str) -> str:
    """The question without the arm of a class it names: the arms of a level share its curriculum."""
    rows = await tx.session.execute(select(ClassArm.name, Level.name).join(Level, Level.id == ClassArm.level_id))
    for arm, level in rows.all():
        question = re.sub(rf"\b{re.escape(arm)}\b", level, question, flags=re.IGNORECASE)
    return question


def _about(question: str, topics: list[TopicItem]) -> list[TopicItem]:
    """The topics a question is about: by name or week when it names one, otherwise all of its place."""
    generic = set(terms(
        "what which when topic topics covered cover taught teach learn learned curriculum scheme of work term first second"
        " third week weeks in for the show list year session class students should this come comes one two three 1 2 3"
    ))  # fmt: skip
    places = {word for one in topics for word in terms(f"{one.subject} {one.level}")}
    wanted = set(terms(question)) - generic - places - {"math", "english", "scienc", "js", "jss", "ss"}
    week = _week(question)
    if week:
        return [one for one in topics if week in _weeks(one.week)]
    if not wanted:
        return topics
    scored = [(len(wanted & set(terms(f"{one.text} {one.code} {' '.join(one.objectives)}"))), one) for one in topics]
    most = max((score for score, _ in scored), default=0)
    return [one for score, one in scored if score == most and score] if most else []


def _week(question: str) -> int | None:
    found = re.search(r"\bweek\s+(\d{1,2})\b", question.casefold())
    return int(found[1]) if found else None


def _weeks(text: str) -> range:
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    return range(numbers[0], numbers[-1] + 1) if numbers else range(0)


async def _place(tx: Tx, subject_id: UUID | None, level_id: UUID | None, term: int | None) -> str:
    level = await tx.session.get(Level, level_id) if level_id else None
    subject = await tx.session.get(Subject, subject_id) if subject_id else None
    parts = [level.name if level else "", subject.name if subject else "", f"term {term}" if term else ""]
    return " ".join(part for part in parts if part)


class TopicCard(Result):
    """One topic: where it is taught, its objectives, and what the documents say about it."""

    topic: TopicItem
    quotes: list[QuoteItem]

    def headline(self) -> str:
        return _taught(self.topic)

    def blocks(self) -> list[Block]:
        objectives = "\n".join(f"- {text}" for text in self.topic.objectives)
        shown: list[Block] = [Text(markdown=f"By the end students can:\n\n{objectives}")] if objectives else []
        if self.topic.code:
            shown.append(Facts(items=[FactItem(label="Code", value=self.topic.code)]))
        items = [
            Citation(document_id=str(one.document_id), title=one.title, page=one.page, quote=one.text, url=one.url)
            for one in self.quotes
        ]
        return [*shown, *([Citations(items=items)] if items else [])]

    def next_questions(self) -> list[str]:
        one = self.topic
        return [
            f"Generate 10 questions on {one.text} for {one.level} {one.subject}",
            f"Draft a lesson plan on {one.text}",
        ]


@tool(
    permission=Permission.DOCUMENTS_READ,
    effect=Effect.READ,
    rest="GET /api/ai/curriculum/topics/{topic}",
    says=("Show the topic quadratic equations", "What are the objectives of algebraic fractions?",
          "Tell me about the topic simultaneous equations"),
)  # fmt: skip
async def show_topic(
    tx: Tx, *, topic: Ref[CurriculumItem], level: Ref[Level] | None = None, subject: Ref[Subject] | None = None
) -> TopicCard:
    """Show one topic of the curriculum: when it is taught, and its objectives.

    Use when somebody asks about one topic. For all topics of a term, use `search_curriculum`.

    Shape:  one topic, maybe its level and subject to tell it apart -> its card.
    Units:  terms, weeks and pages counted from 1.
    Errors: those of any read.
    Source: tables curriculum_items, passages.
    """
    item = await curriculum.access_item(tx, topic.id)
    items = await topic_items(tx, item.subject_id, item.level_id, item.term_number)
    found = next(one for one in items if one.item_id == item.id)
    filters = Filters(subject_id=item.subject_id, level_id=item.level_id)
    given = await answer(await search_in_scope(tx, found.text, filters))
    return TopicCard(topic=found, quotes=[quote_item(one) for one in given.quotes])
