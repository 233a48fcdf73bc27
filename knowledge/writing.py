"""Words of a hosted model over what was found: it writes, and only what the sources support is kept.

The models are the assistant's and live above this package; whoever starts the program hands one in with `use`.
Inside a conversation nothing is written here: there the assistant words the result itself.
"""

import re
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

from pydantic import BaseModel

from knowledge.embedding import embed
from knowledge.sentences import sentences
from knowledge.words import fold, terms
from runtime.caller import Caller
from runtime.transaction import Tx

Writer = Callable[[Caller, str, str], Awaitable[str | None]]
"""Takes the caller, instructions and material; gives the text, or None when no hosted model answers."""

Shape = TypeVar("Shape", bound=BaseModel)


class Filler(Protocol):
    """Takes the same and a shape; gives the shape filled in, or None."""

    async def __call__(self, caller: Caller, instructions: str, material: str, shape: type[Shape]) -> Shape | None: ...


NEAR = 0.55
"""Cosine a sentence must reach with its source."""
SHARED = 0.5
"""Share of a sentence's words that must stand in its source."""
FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")
CITED = re.compile(r"\s*\[(\d{1,2})\]")
NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][\w'’-]+")
DENIAL = re.compile(r"\b(?:not|never|no|nobody|none|without|cannot|neither|nor)\b|n['’]t\b")
RISES = re.compile(r"\b(?:rose|rise|risen|rises|rising|increase\w*|improve\w*|grew|grown|higher|gain\w*|up)\b")
FALLS = re.compile(r"\b(?:fell|fall|fallen|falls|falling|decrease\w*|decline\w*|drop\w*|lower|worse\w*|down)\b")

_writers: list[Writer] = []
_fillers: list[Filler] = []
_worded: ContextVar[bool] = ContextVar("worded_by_the_assistant", default=False)


def use(writer: Writer | None, filler: Filler | None = None) -> None:
    """Have texts written by this writer and shapes filled by this filler from now on; by none, all is composed by rule."""
    _writers[:] = [writer] if writer else []
    _fillers[:] = [filler] if filler else []


@contextmanager
def by_the_assistant() -> Generator[None]:
    """A turn of a conversation: its results are worded by the assistant, so nothing is written twice."""
    token = _worded.set(True)
    try:
        yield
    finally:
        _worded.reset(token)


@contextmanager
def by_rule() -> Generator[None]:
    """What its arguments alone must give again, such as the file of a paper: no model takes part."""
    with by_the_assistant():
        yield


async def write(tx: Tx, instructions: str, material: str) -> str | None:
    """A text by the hosted model, or None where there is none, it fails, or the assistant words the result."""
    if _worded.get() or not _writers:
        return None
    return await tx.apart(_writers[0](tx.caller, instructions, material))


async def fill(tx: Tx, instructions: str, material: str, shape: type[Shape]) -> Shape | None:
    """A shape filled in by the hosted model, or None as in `write`; what stands in it has still to be checked."""
    if _worded.get() or not _fillers:
        return None
    return await tx.apart(_fillers[0](tx.caller, instructions, material, shape))


def cited(text: str) -> list[tuple[str, list[int]]]:
    """The sentences of a text, each with the sources it names as [1], counted from 0 and taken out of its words."""
    found: list[tuple[str, list[int]]] = []
    joined = re.sub(r"([.!?])((?:\s*\[\d{1,2}\])+)", r"\2\1", text)
    for start, end in sentences(joined):
        said = joined[start:end].strip()
        found.append((CITED.sub("", said).strip(), [int(number) - 1 for number in CITED.findall(said)]))
    return [(said, sources) for said, sources in found if said]


def supports(source: str, said: str) -> bool:
    """Whether a source says a sentence: its figures and names, most of its words, its meaning, and no reversal of it.

    Blocking: embeds both. A sentence that passes may still be a poor paraphrase; one that adds a figure, a name, a denial
    or a direction does not pass.
    """
    words, there = set(terms(said)), set(terms(source))
    if not words or len(words & there) < SHARED * len(words):
        return False
    if not set(FIGURE.findall(said)) <= set(FIGURE.findall(source)):
        return False
    if any(fold(name) not in fold(source) for name in NAME.findall(said)):
        return False
    parts = [source[start:end] for start, end in sentences(source)]
    vectors = embed([said, *parts])
    near = vectors[1:] @ vectors[0]
    best = fold(parts[int(near.argmax())])
    return float(near.max()) >= NEAR and not _reversed(fold(said), best)


def _reversed(said: str, source: str) -> bool:
    if bool(DENIAL.search(said)) != bool(DENIAL.search(source)):
        return True
    return any(
        a.search(said) and b.search(source) and not a.search(source) for a, b in ((RISES, FALLS), (FALLS, RISES))
    )


def kept(text: str, sources: Sequence[str]) -> list[tuple[str, list[int]]]:
    """The sentences that each name a source which supports them, in order; the others are left out."""
    good: list[tuple[str, list[int]]] = []
    for said, named in cited(text):
        holding = [at for at in dict.fromkeys(named) if 0 <= at < len(sources) and supports(sources[at], said)]
        if holding:
            good.append((said, holding))
    return good


def reworded(text: str, paragraphs: Sequence[str]) -> list[str]:
    """Paragraphs in other words, each kept only when every sentence of it is supported by the paragraph it rewords."""
    given = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    if len(given) != len(paragraphs):
        return list(paragraphs)
    return [
        new if _whole(new, old) and all(supports(old, new[start:end]) for start, end in sentences(new)) else old
        for new, old in zip(given, paragraphs, strict=True)
    ]


def _whole(new: str, old: str) -> bool:
    """No figure of the paragraph was left out."""
    return set(FIGURE.findall(old)) <= set(FIGURE.findall(new))
