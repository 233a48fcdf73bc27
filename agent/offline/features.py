"""What is compared between a message and a capability. Nothing here is about one capability."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from agent.offline.lexicon import content, mood, plain
from agent.offline.phrases import Typed

Floats = NDArray[np.floating[Any]]
_LEADS_TO = {"ClassArm": "Level", "Handover": "Guardian", "WebhookEndpoint": "Address"}
_VALUES = frozenset({"Date", "Number", "Term", "Address"})
NAMES = (
    "nearest", "two_nearest", "about", "overlap", "known", "missing", "left_over", "taken", "odd_values", "mood",
    "just_needed", "learnt", "lead_nearest", "lead_overlap", "lead_learnt",
)  # fmt: skip
DIRECTIONS = (1, 1, 1, 1, 1, -1, -1, 1, -1, 1, 1, 1, 1, 1, 1)
"""Whether a capability gets likelier (1) or less likely (-1) as a feature grows; the learner keeps to it."""
NEAREST, OVERLAP, LEARNT = (NAMES.index(name) for name in ("nearest", "overlap", "learnt"))
LEADING = (NEAREST, OVERLAP, LEARNT)


class Heard(NamedTuple):
    """A message as the classifier reads it: its text with records as kinds, the rest without, the kinds."""

    text: str
    rest: str
    kinds: frozenset[str]
    asks: float
    at_hand: frozenset[str] = frozenset()
    """Kinds that need not be said, being in focus."""

    @classmethod
    def of(cls, typed: Typed, raw: str, orders: frozenset[str], at_hand: frozenset[str] = frozenset()) -> "Heard":
        return cls(typed.text, typed.rest, typed.kinds, mood(raw, orders), at_hand)


class Example(NamedTuple):
    """One way to ask for a capability, ready to compare."""

    tool: str
    text: str
    typed: Typed
    words: tuple[str, ...]
    line: int = 0
    """Which line it was written in, with its other ways."""


class Traits(NamedTuple):
    """What a capability takes and does, as far as a message shows it."""

    takes: tuple[str, ...]
    needs: tuple[str, ...]
    values: frozenset[str]
    reads: bool
    told: frozenset[str]
    """The words of its name and docstring."""


@dataclass
class Words:
    """Which words each example and each capability has, and how much each word says."""

    at: dict[str, int]
    weight: Floats
    unknown: float
    examples: csr_array
    """(examples, words), 1 where an example has a word."""
    whole: Floats
    """The weight of all words of each example."""
    counts: Floats
    """(capabilities, words): in how many of its examples, and 100 more for a word of its name or docstring."""
    knows: csr_array
    """(capabilities, words), 1 where a capability knows a word."""

    @classmethod
    def of(cls, examples: list[Example], traits: dict[str, Traits]) -> "Words":
        tools = list(traits)
        told = [traits[name].told for name in tools]
        everything = sorted({word for e in examples for word in e.words} | {word for one in told for word in one})
        at = {word: number for number, word in enumerate(everything)}
        counts = np.zeros((len(tools), len(at)))
        for number, own in enumerate(told):
            counts[number, [at[word] for word in own]] = 100.0
        index = {name: number for number, name in enumerate(tools)}
        owners = np.repeat([index[e.tool] for e in examples], [len(e.words) for e in examples])
        columns = np.array([at[word] for e in examples for word in e.words], dtype=np.int64)
        np.add.at(counts, (owners, columns), 1.0)
        ends = np.cumsum([0, *(len(e.words) for e in examples)])
        has = csr_array((np.ones(len(columns)), columns, ends), shape=(len(examples), len(at)))
        weight = np.log(1 + len(tools) / (counts > 0).sum(axis=0))
        unknown = float(np.log(1 + len(tools)))
        return cls(at, weight, unknown, has, has @ weight, counts, csr_array((counts > 0).astype(float)))

    def of_message(self, rest: str) -> tuple[Floats, float, float]:
        """The weights of the known words of a message, the weight of all its words, the share of unknown words."""
        found = set(content(plain(rest).split()))
        row = np.zeros(len(self.at))
        strange = 0
        for word in found:
            number = self.at.get(word)
            if number is None:
                strange += 1
            else:
                row[number] = self.weight[number]
        return row, float(row.sum() + strange * self.unknown), strange / max(1, len(found))


class Compared(NamedTuple):
    """How like a message is to what is known: to each example, to each capability's summary, as learnt from all examples."""

    close: Floats
    about: Floats
    learnt: Floats


def rows(
    heard: Heard, words: Words, traits: list[Traits], starts: NDArray[np.int64], own: NDArray[np.int64],
    compared: Compared, skip: NDArray[np.int64] | None = None,
) -> Floats:  # fmt: skip
    """One row of features for each capability.

    `starts`, `own`: where each capability's examples begin, and whose each is.
    `skip`: the examples of the line that the message itself is from, left out.
    """
    weights, total, _ = words.of_message(heard.rest)
    close, overlap, knows = compared.close, _overlap(weights, total, words), words.knows @ weights
    if skip is not None and len(skip):
        close = close.copy()
        close[skip] = overlap[skip] = -1.0
        mine, often = np.unique(words.examples[skip].indices, return_counts=True)
        knows[own[skip[0]]] -= weights[mine[words.counts[own[skip[0]], mine] == often]].sum()
    nearest, two = _best_two(close, starts)
    types = np.array([_types(trait, heard) for trait in traits], dtype=np.float64)
    overlaps = np.maximum.reduceat(overlap, starts)
    return with_leads(
        np.column_stack([nearest, two, compared.about, overlaps, knows / (total or 1.0), types, compared.learnt])
    )


def with_leads(made: Floats) -> Floats:
    """The rows with how far each is ahead of the others, of those that may be chosen."""
    made = made[:, : len(NAMES) - len(LEADING)]
    return np.column_stack([made, *(_lead(made[:, column]) for column in LEADING)])


def _overlap(weights: Floats, total: float, words: Words) -> Floats:
    """Weighted share of common words, of the message and of each example (their harmonic mean)."""
    both = words.whole + total
    return 2 * (words.examples @ weights) / np.where(both > 0, both, 1.0)


def _best_two(close: Floats, starts: NDArray[np.int64]) -> tuple[Floats, Floats]:
    best = np.maximum.reduceat(close, starts)
    lengths = np.diff([*starts, len(close)])
    first = close == np.repeat(best, lengths)
    second = np.maximum.reduceat(np.where(first, -1.0, close), starts)
    return best, (best + np.where(second > -1.0, second, best)) / 2


def _types(trait: Traits, heard: Heard) -> tuple[float, ...]:
    """How the kinds in a message fit the arguments of a capability."""
    records = heard.kinds - _VALUES
    taken = sum(any(fits(other, {kind}) for other in trait.takes) for kind in records)
    missing = sum(1 for kind in trait.needs if not fits(kind, heard.kinds | heard.at_hand))
    return (
        float(missing), float(len(records) - taken), float(taken), float(len((heard.kinds & _VALUES) - trait.values)),
        heard.asks if trait.reads else 1 - heard.asks, float(bool(trait.needs) and records == frozenset(trait.needs)),
    )  # fmt: skip


def fits(kind: str, kinds: frozenset[str] | set[str]) -> bool:
    """Whether a needed kind is among those found, or one that leads to it: a level can narrow to a class."""
    return kind in kinds or _LEADS_TO.get(kind) in kinds


def _lead(column: Floats) -> Floats:
    """How far each value is ahead of the best other one."""
    best = np.sort(column)[::-1]
    return column - np.where(column == best[0], best[1] if len(best) > 1 else 0.0, best[0])
