"""Questions composed from the curriculum's own sentences: definitions asked for, told apart, and gaps in statements."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Any

from knowledge.chunk import page_at
from knowledge.papers import Difficulty, MarkPoint, Origin, Question, QuestionKind, Source
from knowledge.rank import Candidate
from knowledge.sentences import sentences
from knowledge.words import terms

IS = re.compile(
    r"^(?P<term>(?:An?\s+|The\s+)?[A-Z][\w’'-]*(?:\s+[\w’'-]+){0,3}?)\s+(?P<verb>is|are|means|refers to)\s+"
    r"(?P<rest>(?:an?|the|any|one|when|written|made|done|measured|two|substances?)\b.{12,240})\.$"
)
CALLED = re.compile(
    r"^(?P<rest>.{15,200}?)\s+(?:is|are) called\s+(?P<term>(?:an?\s+|the\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,2})\.$"
)
NAMED = re.compile(r"\b(?:called|known as)\s+(?:an?\s+|the\s+)?(?P<term>[\w’'-]+(?:\s[\w’'-]+)?)\.$")
SUBJECT = re.compile(
    r"^(?:An?\s|The\s)?(?P<term>[A-Z]?[a-z]+(?:\s[a-z]+)?)\s(?:is|are|has|have|enters?|turns?|moves?|makes?|takes?|gives?|releases?)\s"
)
GAP = "______"
LEAST, MOST = 6, 30
"""Words of a sentence that is set with a gap."""
NOT_TERMS = {
    "it",
    "this",
    "that",
    "these",
    "those",
    "there",
    "he",
    "she",
    "they",
    "we",
    "you",
    "what",
    "which",
    "answer",
}


@dataclass(frozen=True)
class Statement:
    """A sentence that says what a term is, and the passage it stands in."""

    term: str
    verb: str
    meaning: str
    sentence: str
    source: Source

    @property
    def bare(self) -> str:
        """The term without its article."""
        return re.sub(r"^(?:an?|the)\s+", "", self.term, flags=re.IGNORECASE)


def statements(passages: Sequence[Candidate]) -> list[Statement]:
    """The definitions in passages, in reading order, one for each term."""
    found: dict[str, Statement] = {}
    for passage in passages:
        for start, end in sentences(passage.text):
            sentence = " ".join(passage.text[start:end].split())
            said = IS.match(sentence) or CALLED.match(sentence)
            if said is None or said["term"].split()[0].lower() in NOT_TERMS:
                continue
            source = Source(
                document_id=passage.document_id, title=passage.title, page=page_at(passage.marks, start), quote=sentence
            )
            verb = said["verb"] if said.re is IS else "is"
            one = Statement(said["term"], verb, said["rest"].strip(), sentence, source)
            if set(terms(one.bare)) and not set(terms(one.bare)) <= set(terms(one.meaning)):
                found.setdefault(one.bare.lower(), one)
    return list(found.values())


def compose(
    topical: Sequence[Statement], every: Sequence[Statement], random: Random, difficulty: Difficulty, short_marks: int
) -> dict[QuestionKind, list[Question]]:
    """Questions on the topical statements; the wrong options are terms and meanings of the others."""
    made: dict[QuestionKind, list[Question]] = {kind: [] for kind in QuestionKind}
    for one in topical:
        others = [other for other in every if other.bare.lower() != one.bare.lower()]
        made[QuestionKind.MULTIPLE_CHOICE] += _choices(one, others, random, difficulty)
        made[QuestionKind.SHORT].append(_define(one, difficulty, short_marks))
    pairs = pairwise(topical)
    made[QuestionKind.STRUCTURED] = [_structured(first, second, difficulty) for first, second in pairs]
    for kind in made:
        random.shuffle(made[kind])
    return made


def gaps(
    passages: Sequence[Candidate], every: Sequence[Statement], random: Random, difficulty: Difficulty
) -> dict[QuestionKind, list[Question]]:
    """Sentences of the passages with a term left out, for where there are too few definitions to ask for."""
    found = list(_gaps(passages, {one.bare.lower(): one.sentence for one in every}))
    random.shuffle(found)
    names = list(dict.fromkeys([*(term for term, _, _ in found), *(one.bare for one in every)]))
    made: dict[QuestionKind, list[Question]] = {kind: [] for kind in QuestionKind}
    for term, text, source in found:
        shared: dict[str, Any] = {"answer": _headed(term), "marks": 1, "scheme": [MarkPoint(text=_headed(term), marks=1)],
                  "difficulty": difficulty, "origin": Origin.COMPOSED, "source": source}  # fmt: skip
        asked = f"Fill the gap. {text}"
        made[QuestionKind.SHORT].append(Question(kind=QuestionKind.SHORT, text=asked, **shared))
        others = [name for name in names if not set(terms(name)) & set(terms(source.quote))]
        if len(others) >= 3:
            options = [_headed(name) for name in (term, *random.sample(others, 3))]
            random.shuffle(options)
            asked = f"Which words fill the gap? {text}"
            made[QuestionKind.MULTIPLE_CHOICE].append(
                Question(kind=QuestionKind.MULTIPLE_CHOICE, text=asked, options=options, **shared)
            )
    return made


def _gaps(passages: Sequence[Candidate], known: Mapping[str, str]) -> Iterator[tuple[str, str, Source]]:
    """A term, its sentence with a gap in its place, and where that stands; a sentence that defines it is passed over."""
    for passage in passages:
        for start, end in sentences(passage.text):
            sentence = " ".join(passage.text[start:end].split())
            words = sentence.split()
            if not LEAST <= len(words) <= MOST or not sentence.endswith(".") or words[0].lower() in NOT_TERMS:
                continue
            said = NAMED.search(sentence) or (None if IS.match(sentence) else SUBJECT.match(sentence))
            inside = [name for name, own in known.items() if own != sentence and _stands(name, sentence)]
            term = said["term"] if said else max(inside, key=len, default="")
            places = _places(term, sentence) if term and term.split()[0].lower() not in NOT_TERMS else []
            if len(places) != 1:
                continue
            at = places[0]
            source = Source(
                document_id=passage.document_id, title=passage.title, page=page_at(passage.marks, start), quote=sentence
            )
            about = passage.path[-1] if passage.path and not _places(term, passage.path[-1]) else ""
            gapped = f"“{sentence[:at]}{GAP}{sentence[at + len(term) :]}”"
            yield term, f"{about}: {gapped}" if about else gapped, source


def _stands(name: str, sentence: str) -> bool:
    return len(_places(name, sentence)) == 1


def _places(name: str, sentence: str) -> list[int]:
    return [found.start() for found in re.finditer(rf"\b{re.escape(name)}\b", sentence, re.IGNORECASE)]


def _choices(one: Statement, others: list[Statement], random: Random, difficulty: Difficulty) -> Iterator[Question]:
    if len(others) < 3:
        return
    near = sorted(others, key=lambda other: other.source.title != one.source.title)[
        : 8 if difficulty is Difficulty.EASY else 5
    ]
    picked = random.sample(near, 3)
    scheme = lambda answer: [MarkPoint(text=answer, marks=1)]  # noqa: E731
    if not set(terms(one.bare)) & set(terms(one.meaning)):
        options = [_headed(one.bare), *(_headed(other.bare) for other in picked)]
        random.shuffle(options)
        yield Question(
            kind=QuestionKind.MULTIPLE_CHOICE, text=f"Which term is described here: “{_sentence(one.meaning)}”?", options=options,
            answer=_headed(one.bare), marks=1, scheme=scheme(_headed(one.bare)), difficulty=difficulty, origin=Origin.COMPOSED,
            source=one.source,
        )  # fmt: skip
    options = [_sentence(one.meaning), *(_sentence(other.meaning) for other in picked)]
    random.shuffle(options)
    verb = "are" if one.verb == "are" else "is"
    yield Question(
        kind=QuestionKind.MULTIPLE_CHOICE, text=f"What {verb} {_lowered(one.term)}?", options=options,
        answer=_sentence(one.meaning), marks=1, scheme=scheme(_sentence(one.meaning)), difficulty=difficulty,
        origin=Origin.COMPOSED, source=one.source,
    )  # fmt: skip


def _define(one: Statement, difficulty: Difficulty, marks: int) -> Question:
    marks = max(2, marks)
    scheme = [
        MarkPoint(text=_sentence(one.meaning), marks=marks - 1),
        MarkPoint(text="clear and complete sentence", marks=1),
    ]
    verb = "Explain what is meant by" if difficulty is Difficulty.HARD else "Define"
    return Question(
        kind=QuestionKind.SHORT, text=f"{verb} {_lowered(one.bare)}.", answer=_sentence(one.meaning), marks=marks, scheme=scheme,
        difficulty=difficulty, origin=Origin.COMPOSED, source=one.source,
    )  # fmt: skip


def _structured(first: Statement, second: Statement, difficulty: Difficulty) -> Question:
    example = MarkPoint(text="(c) a fitting example of each, 1 mark each", marks=2)
    scheme = [
        MarkPoint(text=f"(a) {_sentence(first.meaning)}", marks=3), MarkPoint(text=f"(b) {_sentence(second.meaning)}", marks=3), example,
    ]  # fmt: skip
    return Question(
        kind=QuestionKind.STRUCTURED,
        text=f"(a) What is meant by {_lowered(first.bare)}? (b) What is meant by {_lowered(second.bare)}?"
        " (c) Give one example of each.",
        answer=f"(a) {_sentence(first.meaning)} (b) {_sentence(second.meaning)} (c) Any fitting example of each.",
        marks=8, scheme=scheme, difficulty=difficulty, origin=Origin.COMPOSED, source=first.source,
    )  # fmt: skip


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _headed(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lowered(text: str) -> str:
    """The first letter small, but for names such as Pythagoras' or Ohm's."""
    word = text.split()[0]
    return text if re.search(r"[’']|^[A-Z]{2}", word) else text[:1].lower() + text[1:]
