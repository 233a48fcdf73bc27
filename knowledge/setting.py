"""Setting a paper: from checked generators where the topic is mathematics, from the curriculum's sentences otherwise."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median

from knowledge import problems_number
from knowledge.composed import compose, gaps, statements
from knowledge.papers import (
    Difficulty,
    MarkPoint,
    Origin,
    Question,
    QuestionKind,
    Source,
    distinct,
    faults,
    shares,
)
from knowledge.problems import Maker, Problem, for_topic
from knowledge.rank import Candidate
from knowledge.words import terms

REGISTERED = problems_number.__name__  # its makers are registered by the import
TRIES = 40
OPTIONS = 4


@dataclass(frozen=True)
class Style:
    """What past papers of the subject do: marks of a short and of a structured question, and which papers."""

    short_marks: int = 3
    structured_marks: int = 8
    papers: tuple[str, ...] = ()


def style_of(papers: Sequence[Candidate]) -> Style:
    """The usual marks in past papers, from "[4 marks]" behind their questions."""
    marks = [int(found) for paper in papers for found in re.findall(r"\[(\d{1,2}) marks?\]", paper.text)]
    low, high = [mark for mark in marks if mark <= 4], [mark for mark in marks if mark > 4]
    titles = tuple(dict.fromkeys(paper.title for paper in papers))
    return Style(int(median(low)) if low else 3, int(median(high)) if high else 8, titles)


def marks_of(style: Style) -> dict[QuestionKind, int]:
    """The marks of a question of each kind."""
    return {
        QuestionKind.MULTIPLE_CHOICE: 1, QuestionKind.SHORT: max(style.short_marks, 2), QuestionKind.STRUCTURED: style.structured_marks,
    }  # fmt: skip


def set_questions(
    topic: str, count: int, difficulty: Difficulty, mix: dict[QuestionKind, int] | None, seed: int,
    passages: Sequence[Candidate], every: Sequence[Candidate], style: Style, objectives: Sequence[str],
    drafted: Sequence[Question] = (), taught: Source | None = None,
) -> tuple[list[Question], list[str]]:  # fmt: skip
    """Questions in the order of the paper, and in words what could not be had.

    `passages` are about the topic; `every` are the subject's, where wrong options come from. `drafted` were
    written by a model and checked: they come first, and what is missing is composed. `taught` is where the curriculum
    lists the topic: the source of a question that was made by a generator.
    """
    random = Random(seed)  # noqa: S311 a paper is to be made again from its seed
    wanted = shares(count, mix)
    makers = for_topic(topic)
    pool = _from_makers(makers, wanted, random, difficulty, style) if makers else {}
    if not makers:
        known = statements(every)
        pool = compose(statements(passages), known, random, difficulty, style.short_marks)
        pool = {kind: [*pool[kind], *more] for kind, more in gaps(passages, known, random, difficulty).items()}
    chosen: list[Question] = []
    warnings: list[str] = []
    for kind, number in wanted.items():
        candidates = [*(one for one in drafted if one.kind is kind), *pool.get(kind, [])]
        good = distinct([one for one in candidates if not faults(one)])[:number]
        if len(good) < number:
            warnings.append(f"Only {len(good)} of {number} {kind.value.replace('_', ' ')} questions could be made.")
        chosen += [
            one.model_copy(
                update={"objective": one.objective or _objective(one, objectives), "source": one.source or taught}
            )
            for one in good
        ]
    return chosen, warnings


def _objective(question: Question, objectives: Sequence[str]) -> str | None:
    """The objective that shares most words with the question; the first when none does."""
    words = set(terms(f"{question.text} {question.answer} {' '.join(point.text for point in question.scheme)}"))
    scored = [(len(words & set(terms(one))), -at, one) for at, one in enumerate(objectives)]
    return max(scored)[2] if scored else None


def _from_makers(
    makers: Sequence[Maker], wanted: dict[QuestionKind, int], random: Random, difficulty: Difficulty, style: Style
) -> dict[QuestionKind, list[Question]]:
    turns = _problems(makers, random, difficulty)
    made: dict[QuestionKind, list[Question]] = {kind: [] for kind in QuestionKind}
    for kind, number in wanted.items():
        for _ in range(TRIES + number):
            if len(made[kind]) >= number:
                break
            question = _question(kind, turns, random, difficulty, style)
            if question is not None and all(question.text != other.text for group in made.values() for other in group):
                made[kind].append(question)
    return made


def _problems(makers: Sequence[Maker], random: Random, difficulty: Difficulty) -> Iterator[Problem]:
    """Problems without end, from each maker in turn, each different and each checked."""
    seen: set[str] = set()
    while True:
        for make in makers:
            problem = make(random, difficulty)
            for _ in range(TRIES):
                if problem.holds and problem.text not in seen:
                    break
                problem = make(random, difficulty)
            if not problem.holds:
                continue
            seen.add(problem.text)
            yield problem


def _question(
    kind: QuestionKind, problems: Iterator[Problem], random: Random, difficulty: Difficulty, style: Style
) -> Question | None:
    one = next(problems)
    if kind is QuestionKind.MULTIPLE_CHOICE:
        wrong = [text for text in dict.fromkeys(one.wrong) if text != one.answer]
        if len(wrong) < OPTIONS - 1:
            return None
        options = [one.answer, *wrong[: OPTIONS - 1]]
        random.shuffle(options)
        return Question(
            kind=kind, text=one.text, options=options, answer=one.answer, marks=1, difficulty=difficulty,
            scheme=[MarkPoint(text="; ".join(one.steps), marks=1)], origin=Origin.PARAMETRIC,
        )  # fmt: skip
    if kind is QuestionKind.SHORT:
        marks = max(style.short_marks, 2)
        return Question(
            kind=kind, text=one.text, answer=one.answer, marks=marks, difficulty=difficulty,
            scheme=_scheme(one.steps, marks), origin=Origin.PARAMETRIC,
        )  # fmt: skip
    parts = [one, next(problems)]
    half = max(style.structured_marks // 2, 3)
    scheme = [
        MarkPoint(text=f"({letter}) {point.text}", marks=point.marks)
        for letter, part in zip("ab", parts, strict=True)
        for point in _scheme(part.steps, half)
    ]
    return Question(
        kind=kind, text=" ".join(f"({letter}) {part.text}" for letter, part in zip("ab", parts, strict=True)),
        answer="; ".join(f"({letter}) {part.answer}" for letter, part in zip("ab", parts, strict=True)),
        marks=2 * half, scheme=scheme, difficulty=difficulty, origin=Origin.PARAMETRIC,
    )  # fmt: skip


def _scheme(steps: Sequence[str], marks: int) -> list[MarkPoint]:
    """The marks spread over the working, what is left over to the last step; fewer steps when marks are few."""
    kept = list(steps[-marks:])
    each, extra = divmod(marks, len(kept))
    return [MarkPoint(text=step, marks=each + (extra if at == len(kept) - 1 else 0)) for at, step in enumerate(kept)]
