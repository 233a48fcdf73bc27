"""Which capability a message asks for: features of message and capability under a calibrated classifier.

The classifier learns, from the examples of all capabilities (each left out in turn), how much to trust sentence
embeddings, words, letters and argument types. Nothing in it is about one capability, so a new one is understood at once.
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

from agent.offline import elsewhere, features
from agent.offline.features import Compared, Example, Floats, Heard, Traits, Words
from agent.offline.lexicon import common, content, plain
from agent.offline.likeness import Likeness
from agent.offline.phrases import PERSONS, accepted, lines, typed_example
from agent.offline.slots import head_of, takes_text
from agent.offline.understanding import proper_words
from agent.offline.vectors import remembered
from agent.offline.words import NO_ORDERS
from knowledge.embedding import embed
from runtime.telemetry import log
from tools.declare import Effect, Tool, load_all, unwrap
from tools.naming import fold

VERSION = 32
CERTAIN = 0.97
RECENT = 16
ORDERS = 2.5
"""How many more capabilities that change something than others a word must open to be an order."""
_log = log("agent")


class Guess(NamedTuple):
    """A capability a message may ask for, and how sure the planner is, 0..1."""

    tool: str
    probability: float
    share: float = 1.0
    """How likely it is if the message asks for any capability at all."""
    agreed: bool = True
    """Whether one of its two parts, the nearest example or the likeness learnt from all, alone would choose it too."""

    @property
    def ours(self) -> float:
        """How likely it is that the message asks for any capability."""
        return self.probability / self.share if self.share else 0.0


@dataclass
class Intents:
    """What training leaves: examples, their vectors, word weights, the classifiers."""

    traits: dict[str, Traits]
    examples: list[Example]
    vectors: Floats
    about: Floats
    words: frozenset[str]
    orders: frozenset[str]
    known: Words
    likeness: Likeness | None = None
    slopes: Floats = field(default_factory=lambda: np.zeros(0))
    scale: Floats = field(default_factory=lambda: np.ones(0))
    gate: Any = None
    trained_s: float = 0.0
    recent: dict[tuple[Heard, str], Floats] = field(default_factory=dict[tuple[Heard, str], Floats])
    """The features of the last messages: one message is looked at for the caller's capabilities and then for all."""

    def __post_init__(self) -> None:
        self.tools = list(self.traits)
        at = {name: number for number, name in enumerate(self.tools)}
        self.own: NDArray[np.int64] = np.array([at[example.tool] for example in self.examples])
        self.starts: NDArray[np.int64] = np.searchsorted(self.own, np.arange(len(self.tools)))
        self.plainly: dict[str, set[str]] = {}
        for example in self.examples:
            self.plainly.setdefault(plain(example.typed.text), set()).add(example.tool)

    def vocabulary(self, tool: str) -> frozenset[str]:
        """The words of a capability: of its examples, its name and its docstring."""
        if tool not in self.traits:
            return frozenset()
        own = {word for example in self.examples if example.tool == tool for word in example.words}
        return frozenset(own) | self.traits[tool].told

    def rank(self, heard: Heard, raw: str, allowed: set[str]) -> list[Guess]:
        """The allowed capabilities, the likeliest first."""
        mine = np.array([number for number, name in enumerate(self.tools) if name in allowed])
        if not len(mine):
            return []
        found = features.with_leads(self._of_message(heard, raw)[mine])
        shares = self.shares(found)
        order = np.argsort(-shares)
        ours = self.ours(heard, found[order[0]])
        agreed = {int(found[:, column].argmax()) for column in (features.NEAREST, features.LEARNT)}
        guesses = [
            Guess(self.tools[mine[at]], float(shares[at] * ours), float(shares[at]), int(at) in agreed) for at in order
        ]
        return self._word_for_word(plain(heard.text), guesses)

    def _of_message(self, heard: Heard, raw: str) -> Floats:
        """The features of a message for every capability; embedding it is most of the work, so it is kept for a while."""
        if (heard, raw) not in self.recent:
            if len(self.recent) >= RECENT:
                self.recent.clear()
            texts = [plain(heard.text), plain(raw)] if raw else [plain(heard.text)]
            self.recent[(heard, raw)] = self.features(heard, self.compared(heard, embedded(texts)))
        return self.recent[(heard, raw)]

    def _word_for_word(self, said: str, guesses: list[Guess]) -> list[Guess]:
        """A message that is an example of just one capability, record for record, asks for that one."""
        same = self.plainly.get(said, set())
        exact = [guess for guess in guesses if guess.tool in same]
        if len(same) != 1 or not exact:
            return guesses
        rest = [g._replace(probability=g.probability * (1 - CERTAIN)) for g in guesses if g.tool not in same]
        return [Guess(exact[0].tool, max(CERTAIN, exact[0].probability), CERTAIN), *rest]

    def shares(self, found: Floats) -> Floats:
        """How likely each capability is, given that it is one of them."""
        scores = (found / self.scale) @ self.slopes
        risen = np.exp(scores - scores.max())
        return risen / risen.sum()

    def ours(self, heard: Heard, best: Floats) -> float:
        """How likely it is that a message asks for any capability at all."""
        return float(self.gate.predict_proba(self.signs(heard, best)[None, :])[0, 1])

    def signs(self, heard: Heard, best: Floats) -> Floats:
        """What tells a request from anything else: likeness to the best capability, and words no capability knows."""
        return np.array([*best[:5], self.known.of_message(heard.rest)[2], -best[6], best[11], best[14]])

    def compared(self, heard: Heard, vectors: Floats) -> Compared:
        """`vectors`: of the message with kinds for records, and perhaps of the message as it was said."""
        assert self.likeness is not None
        return Compared(
            (self.vectors @ vectors.T).max(axis=1), (self.about @ vectors.T).max(axis=1),
            self.likeness.scores([plain(heard.text)], vectors[:1], [heard.kinds])[0],
        )  # fmt: skip

    def features(self, heard: Heard, compared: Compared, skip: NDArray[np.int64] | None = None) -> Floats:
        """One row of features for each capability."""
        traits = list(self.traits.values())
        return features.rows(heard, self.known, traits, self.starts, self.own, compared, skip)


def build(tools: dict[str, Tool]) -> Intents:
    """Train on a registry. Some seconds, most of them embedding."""
    from agent.offline.learning import learn

    started = time.perf_counter()
    offered = {name: tool for name, tool in tools.items() if not tool.internal and tool.says}
    traits = {name: _traits(tool) for name, tool in offered.items()}
    examples = _examples(offered, traits)
    made = Intents(
        traits=traits, examples=examples,
        vectors=remembered([plain(example.typed.text) for example in examples]),
        about=remembered([f"{tool.title}. {tool.summary}" for tool in offered.values()]),
        words=frozenset(w for example in examples for w in example.typed.rest.split()) - _names(tools),
        orders=_orders(examples, traits) - _nouns(tools), known=Words.of(examples, traits),
    )  # fmt: skip
    learn(made)
    made.trained_s = round(time.perf_counter() - started, 2)
    return made


def _orders(examples: list[Example], traits: dict[str, Traits]) -> frozenset[str]:
    """The words that open requests for a change, and hardly ever those that only want to see something."""
    opened = {(plain(example.typed.text).split()[0], example.tool) for example in examples}
    found = Counter((word, traits[tool].reads) for word, tool in opened)
    words = {word for word, _ in found} - NO_ORDERS
    return frozenset(word for word in words if found[word, False] > ORDERS * found[word, True])


def _nouns(tools: dict[str, Tool]) -> frozenset[str]:
    """What capabilities are about, by their names: "remarks ..." names something, "write ..." orders it."""
    nouns = {word for name in tools for word in name.split("_")[1:]}
    return frozenset(nouns | {word[:-1] for word in nouns if word.endswith("s")} | {f"{word}s" for word in nouns})


def _ways(tool: Tool) -> list[tuple[str, ...]]:
    """The ways to ask for a capability, line by line: those its declaration shows, then the others."""
    return [*((said,) for said in tool.says), *lines().get(tool.name, ())]


def _examples(offered: dict[str, Tool], traits: dict[str, Traits]) -> list[Example]:
    """Every way of every capability once; ways that differ in nothing the planner hears belong to one line."""
    found: list[Example] = []
    line = 0
    for name, tool in offered.items():
        heard: set[str] = set()
        for ways in _ways(tool):
            line += 1
            heads = tuple(head_of(said) for said in ways) if takes_text(tool) else ()
            for said in dict.fromkeys((*ways, *heads)):
                typed = typed_example(said, traits[name].takes)
                if plain(typed.text) in heard:
                    continue
                heard.add(plain(typed.text))
                found.append(Example(name, said, typed, tuple(dict.fromkeys(content(plain(typed.rest).split()))), line))
    return found


def embedded(texts: list[str]) -> Floats:
    return embed(texts)


def _traits(tool: Tool) -> Traits:
    return Traits(
        accepted(tool) + _named_people(tool), _needs(tool), _values(tool), tool.effect is Effect.READ, _told(tool)
    )


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
        found |= {"Address"} if {"url", "email", "webhook"} & set(name.split("_")) else set()
        found |= {"Term"} if "Term" in said or "Session" in said or name == "term" else set()
    return frozenset(found)


def _told(tool: Tool) -> frozenset[str]:
    """The words of a capability's name and of what its docstring says first, and of when to use it."""
    use = re.search(r"Use when (.+?)(?:\. |\.$|$)", tool.doc, re.DOTALL)
    return frozenset(content(plain(f"{tool.name.replace('_', ' ')} {tool.summary} {use[1] if use else ''}").split()))


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
            _ways(tool),
            tool.doc,
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
    return pickle.loads(path.read_bytes())  # noqa: S301  # written by this program into its own data directory
