"""A question paper as data: questions with options, answers and marking schemes, checked before anybody sees them."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

import numpy as np
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from knowledge.embedding import embed
from knowledge.words import fold, terms


class QuestionKind(StrEnum):
    MULTIPLE_CHOICE = "multiple_choice"
    SHORT = "short"
    STRUCTURED = "structured"


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Origin(StrEnum):
    """Where a question comes from: a checked generator, the curriculum's own sentences, a hosted model, or an edit."""

    PARAMETRIC = "parametric"
    COMPOSED = "composed"
    MODEL = "model"
    EDITED = "edited"


FROM_TEXT = frozenset({Origin.COMPOSED, Origin.MODEL})


class Paper(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class MarkPoint(Paper):
    """What earns marks."""

    text: str
    marks: int = Field(ge=1, le=20)


class Source(Paper):
    """The passage a question was composed from, or where the curriculum lists the topic it was generated for."""

    document_id: UUID
    title: str
    page: int | None
    quote: str


class Question(Paper):
    """One question. `options` are only of multiple choice; the marks of the scheme add up to `marks`."""

    kind: QuestionKind
    text: str
    options: list[str] = []
    answer: str
    marks: int = Field(ge=1, le=40)
    scheme: list[MarkPoint]
    difficulty: Difficulty
    objective: str | None = None
    origin: Origin
    source: Source | None = None

    @property
    def letter(self) -> str:
        """The letter of the right option."""
        return "ABCDE"[self.options.index(self.answer)] if self.answer in self.options else ""


SAME = 0.93
"""Cosine above which two composed questions ask the same."""


def faults(question: Question) -> list[str]:
    """What is wrong with one question, in words; nothing when it may be set."""
    found: list[str] = []
    if sum(point.marks for point in question.scheme) != question.marks:
        found.append("the marks of the scheme do not add up")
    if question.kind is QuestionKind.MULTIPLE_CHOICE:
        options = [fold(option).strip(" .") for option in question.options]
        if len(options) < 3:
            found.append("fewer than three options")
        if len(set(options)) != len(options):
            found.append("two options are the same")
        if options.count(fold(question.answer).strip(" .")) != 1:
            found.append("not exactly one option is the answer")
    elif question.options:
        found.append("options in a question that has none")
    if question.origin in FROM_TEXT and _gives_away(question):
        found.append("the question says its answer")
    if not question.text.strip() or not question.answer.strip():
        found.append("empty question or answer")
    return found


def _gives_away(question: Question) -> bool:
    """Whether the words of the answer stand in the question; for a long answer, most of them."""
    answer, asked = set(terms(question.answer)), set(terms(question.text))
    if not answer:
        return False
    share = len(answer & asked) / len(answer)
    return share == 1.0 if len(answer) <= 4 else share > 0.7


def distinct(questions: Sequence[Question]) -> list[Question]:
    """The questions without repeats: the same words, or (for those from text) the same meaning by the sentence model."""
    kept: list[Question] = []
    texts: set[str] = set()
    meanings: list[np.ndarray] = []
    composed = [one for one in questions if one.origin in FROM_TEXT]
    vectors = dict(zip(map(id, composed), embed([f"{one.text} {one.answer}" for one in composed]), strict=True))
    for one in questions:
        words = " ".join(fold(one.text).split())
        vector = vectors.get(id(one))
        if words in texts or (vector is not None and any(float(vector @ other) > SAME for other in meanings)):
            continue
        texts.add(words)
        if vector is not None:
            meanings.append(vector)
        kept.append(one)
    return kept


def shares(count: int, mix: dict[QuestionKind, int] | None = None) -> dict[QuestionKind, int]:
    """How many of each kind: in the proportions given, default 4 multiple choice to 3 short to 3 structured."""
    weights = mix or {QuestionKind.MULTIPLE_CHOICE: 4, QuestionKind.SHORT: 3, QuestionKind.STRUCTURED: 3}
    total = sum(weights.values()) or 1
    exact = {kind: count * weight / total for kind, weight in weights.items()}
    whole = {kind: int(value) for kind, value in exact.items()}
    for kind in sorted(exact, key=lambda kind: whole[kind] - exact[kind])[: count - sum(whole.values())]:
        whole[kind] += 1
    return whole
