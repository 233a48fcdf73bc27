"""Which capability a message asks for: features of message and capability under a calibrated classifier.

The classifier learns, from the examples of all capabilities (each left out in turn), how much to trust sentence
embeddings, words and argument types. Nothing in it is about one capability, so a new one is understood at once.
"""

import hashlib
import json
import pickle
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from agent.offline import elsewhere
from agent.offline.lexicon import common, content, mood, plain
from agent.offline.phrases import PERSONS, Typed, accepted, typed_example
from agent.offline.understanding import proper_words
from agent.offline.words import NO_ORDERS
from knowledge.embedding import embed
from runtime.telemetry import log
from tools.declare import Effect, Tool, load_all, unwrap
from tools.naming import fold

VERSION = 18
CERTAIN = 0.97
Floats = NDArray[np.float64]
_log = log("agent")


class Example(NamedTuple):
    """One way to ask for a capability, ready to compare."""

    tool: str
    text: str
    typed: Typed
    words: tuple[str, ...]


class Guess(NamedTuple):
    """A capability a message may ask for, and how sure the planner is, 0..1."""

    tool: str
    probability: float


@dataclass
class Intents:
    """What training leaves: examples, their vectors, word weights, the classifiers."""

    tools: list[str]
    takes: dict[str, tuple[str, ...]]
    needs: dict[str, tuple[str, ...]]
    reads: dict[str, bool]
    takes_values: dict[str, frozenset[str]]
    examples: list[Example]
    vectors: Floats
    about: Floats
    vocabulary: dict[str, frozenset[str]]
    told: dict[str, frozenset[str]]
    weights: dict[str, float]
    slopes: Floats = field(default_factory=lambda: np.zeros(0))
    scale: Floats = field(default_factory=lambda: np.ones(0))
    gate: Any = None
    trained_s: float = 0.0
    words: frozenset[str] = field(default_factory=frozenset)
    orders: frozenset[str] = field(default_factory=frozenset)
    by_tool: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    def rank(self, heard: "Heard", raw: str, allowed: set[str]) -> list[Guess]:
        """The allowed capabilities, the likeliest first."""
        names = [name for name in self.tools if name in allowed]
        if not names:
            return []
        texts = [plain(heard.text), plain(raw)] if raw else [plain(heard.text)]
        features = self.features(heard, np.asarray(embed(texts), dtype=np.float64), names)
        shares = self.shares(features)
        order = np.argsort(-shares)
        ours = self.ours(heard, features[order[0]])
        guesses = [Guess(names[at], float(shares[at] * ours)) for at in order]
        return self._word_for_word(plain(heard.text), guesses)

    def _word_for_word(self, said: str, guesses: list[Guess]) -> list[Guess]:
        """A message that is an example of just one capability, record for record, asks for that one."""
        same = {example.tool for example in self.examples if plain(example.typed.text) == said}
        exact = [guess for guess in guesses if guess.tool in same]
        if len(same) != 1 or not exact:
            return guesses
        rest = [Guess(guess.tool, guess.probability * (1 - CERTAIN)) for guess in guesses if guess.tool not in same]
        return [Guess(exact[0].tool, max(CERTAIN, exact[0].probability)), *rest]

    def shares(self, features: Floats) -> Floats:
        """How likely each capability is, given that it is one of them."""
        scores = (features / self.scale) @ self.slopes
        risen = np.exp(scores - scores.max())
        return risen / risen.sum()

    def ours(self, heard: "Heard", best: Floats) -> float:
        """How likely it is that a message asks for any capability at all."""
        return float(self.gate.predict_proba(self.signs(heard, best)[None, :])[0, 1])

    def signs(self, heard: "Heard", best: Floats) -> Floats:
        """What tells a request from anything else: likeness to the best capability, and words no capability knows."""
        words = set(content(plain(heard.rest).split()))
        strange = sum(1 for word in words if word not in self.weights) / len(words) if words else 1.0
        return np.array([*best[:5], strange, -best[6]])

    def features(self, heard: "Heard", vectors: Floats, names: list[str], skip: int = -1) -> Floats:
        """One row of features a capability. `skip`: an example left out, because it is the message itself."""
        idf = {word: self.weights.get(word, self.weights[""]) for word in content(plain(heard.rest).split())}
        close = (self.vectors @ vectors.T).max(axis=1)
        overlap = np.array([self._overlap(idf, example) for example in self.examples])
        if skip >= 0:
            close[skip] = overlap[skip] = -1.0
        about = (self.about @ vectors.T).max(axis=1)
        rows = [
            [*_nearest(close[mine]), about[self.tools.index(name)], overlap[mine].max(),
             _share(idf, self._known(name, skip)), *self._types(name, heard)]
            for name in names for mine in (self.by_tool[name],)
        ]  # fmt: skip
        made = np.array(rows, dtype=np.float64)
        return np.column_stack([made, *(_lead(made[:, column]) for column in (0, 3))])

    def _known(self, name: str, skip: int) -> frozenset[str]:
        """The words of a capability, without those only the left-out example has."""
        if skip < 0 or self.examples[skip].tool != name:
            return self.vocabulary[name]
        others = (other.words for at, other in enumerate(self.examples) if other.tool == name and at != skip)
        return self.told[name].union(*others)

    def _overlap(self, idf: dict[str, float], example: Example) -> float:
        """Weighted share of common words, of the message and of the example (their harmonic mean)."""
        shared = sum(weight for word, weight in idf.items() if word in example.words)
        if not shared:
            return 0.0
        other = sum(self.weights.get(word, self.weights[""]) for word in set(example.words)) or 1.0
        recall, precision = shared / sum(idf.values()), shared / other
        return 2 * recall * precision / (recall + precision)

    def _types(self, name: str, heard: "Heard") -> list[float]:
        """How the kinds in a message fit the arguments of a capability."""
        needs, takes = self.needs[name], self.takes[name]
        values = heard.kinds & _VALUES
        records = heard.kinds - _VALUES
        taken = [any(_fits(other, {kind}) for other in takes) for kind in records]
        missing = sum(1 for kind in needs if not _fits(kind, heard.kinds | heard.at_hand))
        return [
            float(missing), float(len(taken) - sum(taken)), float(sum(taken)),
            float(len(values - self.takes_values[name])), heard.asks if self.reads[name] else 1 - heard.asks,
            float(bool(needs) and records == frozenset(needs)),
        ]  # fmt: skip


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


_VALUES = frozenset({"Date", "Number", "Term"})
DIRECTIONS = (1, 1, 1, 1, 1, -1, -1, 1, -1, 1, 1, 1, 1)
"""Whether a capability gets likelier (1) or less likely (-1) as a feature grows; the learner keeps to it."""


def _nearest(close: Floats) -> tuple[float, float]:
    best = np.sort(close)[::-1]
    return float(best[0]), float(best[:2].mean())


def _share(idf: dict[str, float], known: frozenset[str]) -> float:
    """The weighted share of a message's words that a capability knows."""
    return sum(weight for word, weight in idf.items() if word in known) / (sum(idf.values()) or 1.0)


def _lead(column: Floats) -> Floats:
    """How far each value is ahead of the best other one."""
    best = np.sort(column)[::-1]
    return column - np.where(column == best[0], best[1] if len(best) > 1 else 0.0, best[0])


def _fits(kind: str, kinds: frozenset[str] | set[str]) -> bool:
    """Whether a needed kind is among those found: a level can narrow to a class."""
    return kind in kinds or (kind == "ClassArm" and "Level" in kinds)


def build(tools: dict[str, Tool]) -> Intents:
    """Train on a registry. Some seconds, most of them embedding."""
    from agent.offline.learning import learn

    started = time.perf_counter()
    offered = {name: tool for name, tool in tools.items() if not tool.internal and tool.says}
    takes = {name: accepted(tool) + _named_people(tool) for name, tool in offered.items()}
    examples = [_example(name, said, takes[name]) for name, tool in offered.items() for said in tool.says]
    made = Intents(
        tools=list(offered), takes=takes, needs={name: _needs(tool) for name, tool in offered.items()},
        reads={name: tool.effect is Effect.READ for name, tool in offered.items()},
        takes_values={name: _values(tool) for name, tool in offered.items()}, examples=examples,
        vectors=embedded([plain(example.typed.text) for example in examples]),
        about=embedded([f"{tool.title}. {tool.summary}" for tool in offered.values()]),
        vocabulary={name: _vocabulary(tool, examples) for name, tool in offered.items()},
        told={name: _told(tool) for name, tool in offered.items()}, weights={},
    )  # fmt: skip
    made.words = frozenset(w for example in examples for w in example.typed.rest.split()) - _names(tools)
    made.by_tool = {
        name: np.array([at for at, example in enumerate(examples) if example.tool == name]) for name in offered
    }
    first = {True: set[str](), False: set[str]()}
    for example in examples:
        first[made.reads[example.tool]].add(plain(example.typed.text).split()[0])
    made.orders = frozenset(first[False] - first[True] - NO_ORDERS)
    made.weights = _weights(list(made.vocabulary.values()))
    learn(made)
    made.trained_s = round(time.perf_counter() - started, 2)
    return made


def _example(name: str, said: str, takes: tuple[str, ...]) -> Example:
    typed = typed_example(said, takes)
    return Example(name, said, typed, tuple(content(plain(typed.rest).split())))


def embedded(texts: list[str]) -> Floats:
    return np.asarray(embed(texts), dtype=np.float64)


def _needs(tool: Tool) -> tuple[str, ...]:
    from agent.schema import ref_kind

    found = (ref_kind(f.annotation) for f in tool.arguments.model_fields.values() if f.is_required())
    return tuple(kind for kind in found if kind)


def _named_people(tool: Tool) -> tuple[str, ...]:
    """A name as free text ("who", "name") may be anybody's."""
    return PERSONS if {"name", "who"} & set(tool.arguments.model_fields) else ()


def _values(tool: Tool) -> frozenset[str]:
    """Which of date, number and term the capability takes."""
    found: set[str] = set()
    for name, entry in tool.arguments.model_fields.items():
        said = f"{unwrap(entry.annotation)}"
        found |= {"Date"} if "date" in said else set()
        found |= {"Number"} if any(kind in said for kind in ("int", "Decimal", "float")) else set()
        found |= {"Term"} if "Term" in said or "Session" in said or name == "term" else set()
    return frozenset(found)


def _vocabulary(tool: Tool, examples: list[Example]) -> frozenset[str]:
    own = {word for example in examples if example.tool == tool.name for word in example.words}
    return frozenset(own) | _told(tool)


def _told(tool: Tool) -> frozenset[str]:
    """The words of a capability's name and of what its docstring says first, and of when to use it."""
    use = re.search(r"Use when (.+?)(?:\. |\.$|$)", tool.doc, re.DOTALL)
    return frozenset(content(plain(f"{tool.name.replace('_', ' ')} {tool.summary} {use[1] if use else ''}").split()))


def _weights(vocabularies: list[frozenset[str]]) -> dict[str, float]:
    """Inverse frequency over capabilities; "" is the weight of a word none of them knows."""
    counts = Counter(word for known in vocabularies for word in known)
    total = len(vocabularies)
    found = {word: float(np.log(1 + total / count)) for word, count in counts.items()}
    return found | {"": float(np.log(1 + total))}


def _names(tools: dict[str, Tool]) -> frozenset[str]:
    """People's names in the examples: said by somebody else, they are a name, not a word of a request."""
    found: set[str] = set()
    for said in (said for tool in tools.values() for said in tool.says):
        words, proper = fold(said).split(), proper_words(said)
        capitals = {fold(word) for word in said.split() if word.isupper()}
        found |= {words[at] for at in proper if at < len(words) and words[at] not in capitals and not common(words[at])}
    return frozenset(found)


def registry_hash(tools: dict[str, Tool]) -> str:
    """The state of what is learnt from: names, examples, arguments, and this code's version."""
    told = [
        [
            tool.name,
            tool.says,
            tool.summary,
            sorted(tool.arguments.model_fields),
            tool.effect.value,
            list(accepted(tool)),
        ]
        for tool in tools.values()
    ]
    return hashlib.sha256(json.dumps([VERSION, elsewhere.SAID, told], default=str).encode()).hexdigest()[:16]


def cache_path(key: str) -> Path:
    """Where a trained planner is kept: beside the embedder."""
    from knowledge.embedding import model_path

    return model_path().parent / f"planner-{key}.pickle"


def trained() -> bool:
    """Whether the planner of this registry is in the cache."""
    return cache_path(registry_hash(dict(load_all()))).exists()


@lru_cache(maxsize=1)
def load() -> Intents:
    """The planner of this registry: from the cache, or trained now and kept."""
    tools = dict(load_all())
    path = cache_path(registry_hash(tools))
    if found := _read(path):
        return found
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock"):
        if found := _read(path):
            return found
        made = build(tools)
        _log.info("planner_trained", tools=len(made.tools), examples=len(made.examples), seconds=made.trained_s)
        temporary = path.with_suffix(".writing")
        temporary.write_bytes(pickle.dumps(made))
        temporary.replace(path)
    return made


def _read(path: Path) -> Intents | None:
    """A kept planner. The file is our own, in the data directory that also holds the secrets."""
    if not path.exists():
        return None
    return pickle.loads(path.read_bytes())  # noqa: S301
