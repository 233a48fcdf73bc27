"""Which capability a message asks for: features of message and capability under a calibrated classifier.

The classifier learns, from the examples of all capabilities (each left out in turn), how much to trust sentence
embeddings, words and argument types. Nothing in it is about one capability, so a new one is understood at once.
"""

import hashlib
import json
import pickle
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
from agent.offline.lexicon import STOP, content, plain
from agent.offline.phrases import PLACEHOLDER, Typed, accepted, typed_example
from knowledge.embedding import embed
from runtime.telemetry import log
from tools.declare import Effect, Tool, load_all, unwrap

VERSION = 8
Floats = NDArray[np.float64]
_log = log("agent")
_QUESTION = frozenset(
    [
        "what",
        "who",
        "whom",
        "whose",
        "which",
        "when",
        "where",
        "why",
        "how",
        "is",
        "are",
        "was",
        "were",
        "did",
        "does",
        "do",
        "has",
        "have",
        "can",
    ]
)


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
    weights: dict[str, float]
    pairwise: Any = None
    trained_s: float = 0.0
    words: frozenset[str] = field(default_factory=frozenset)
    _by_tool: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    def rank(
        self, typed: Typed, allowed: set[str], raw: str = "", at_hand: frozenset[str] = frozenset()
    ) -> list[Guess]:
        """The allowed capabilities, the likeliest first. `at_hand`: kinds that need not be said, being in focus."""
        names = [name for name in self.tools if name in allowed]
        if not names:
            return []
        said = plain(typed.text)
        vectors = np.asarray(embed([said, plain(raw)] if raw else [said]), dtype=np.float64)
        features = self.features(said, typed.kinds, vectors, names, skip=-1, at_hand=at_hand)
        chances = self.pairwise.predict_proba(features)[:, 1]
        order = np.argsort(-chances)
        return [Guess(names[at], float(chances[at])) for at in order]

    def features(
        self,
        said: str,
        kinds: frozenset[str],
        vectors: Floats,
        names: list[str],
        skip: int,
        at_hand: frozenset[str] = frozenset(),
    ) -> Floats:
        """One row of features a capability. `skip`: an example left out, because it is the message itself."""
        words = said.split()
        meant = set(content(words)) - _PLACEHOLDERS
        idf = {word: self.weights.get(word, self.weights[""]) for word in meant}
        whole = sum(idf.values()) or 1.0
        close = (self.vectors @ vectors.T).max(axis=1)
        overlap = np.array([self._overlap(idf, whole, example) for example in self.examples])
        if skip >= 0:
            close[skip] = overlap[skip] = -1.0
        about = (self.about @ vectors.T).max(axis=1)
        question = bool(words) and words[0] in _QUESTION
        rows = [
            self._row(name, kinds, kinds | at_hand, idf, whole, close, overlap, about[self.tools.index(name)], question)
            for name in names
        ]
        made = np.array(rows)
        for column in (0, 3):
            best = np.sort(made[:, column])[::-1]
            lead = made[:, column] - np.where(made[:, column] == best[0], best[1] if len(best) > 1 else 0.0, best[0])
            made = np.column_stack([made, lead])
        return made

    def _overlap(self, idf: dict[str, float], whole: float, example: Example) -> float:
        """Weighted share of common words, of the message and of the example (their harmonic mean)."""
        shared = sum(weight for word, weight in idf.items() if word in example.words)
        if not shared:
            return 0.0
        other = sum(self.weights.get(word, self.weights[""]) for word in set(example.words)) or 1.0
        recall, precision = shared / whole, shared / other
        return 2 * recall * precision / (recall + precision)

    def _row(
        self, name: str, kinds: frozenset[str], known_kinds: frozenset[str], idf: dict[str, float], whole: float, close: Floats, overlap: Floats,
        about: float, question: bool,
    ) -> list[float]:  # fmt: skip
        mine = self._by_tool[name]
        best = np.sort(close[mine])[::-1]
        known = self.vocabulary[name]
        covered = sum(weight for word, weight in idf.items() if word in known) / whole
        needs, takes = self.needs[name], self.takes[name]
        missing = sum(1 for kind in needs if not _fits(kind, known_kinds))
        records = {kind for kind in kinds if kind not in {"Date", "Number", "Term"}}
        strange = sum(1 for kind in records if not any(_fits(other, {kind}) for other in takes))
        used = sum(1 for kind in records if any(_fits(other, {kind}) for other in takes))
        values = kinds & {"Date", "Number", "Term"}
        strange_values = len(values - self.takes_values[name])
        return [
            float(best[0]), float(best[:2].mean()), float(about), float(overlap[mine].max()), covered,
            float(missing), float(strange), float(used), float(strange_values), float(question and not self.reads[name]),
            float(question),
        ]  # fmt: skip


DIRECTIONS = (1, 1, 1, 1, 1, -1, -1, 1, -1, 0, 0, 1, 1)
"""Whether a capability gets likelier (1) or less likely (-1) as a feature grows; the learner keeps to it."""

_PLACEHOLDERS = set(PLACEHOLDER.values())


def _fits(kind: str, kinds: frozenset[str] | set[str]) -> bool:
    """Whether a needed kind is among those found: a level can narrow to a class."""
    return kind in kinds or (kind == "ClassArm" and "Level" in kinds)


def build(tools: dict[str, Tool]) -> Intents:
    """Train on a registry. Some seconds, most of them embedding."""
    started = time.perf_counter()
    offered = {name: tool for name, tool in tools.items() if not tool.internal and tool.says}
    takes = {name: accepted(tool) for name, tool in offered.items()}
    examples = [_example(name, said, takes[name]) for name, tool in offered.items() for said in tool.says]
    made = Intents(
        tools=list(offered), takes=takes, needs={name: _needs(tool) for name, tool in offered.items()},
        reads={name: tool.effect is Effect.READ for name, tool in offered.items()},
        takes_values={name: _values(tool) for name, tool in offered.items()}, examples=examples,
        vectors=_embedded([plain(example.typed.text) for example in examples]),
        about=_embedded([f"{tool.title}. {tool.summary}" for tool in offered.values()]),
        vocabulary={name: _vocabulary(tool, examples) for name, tool in offered.items()}, weights={},
    )  # fmt: skip
    made.words = frozenset(w for example in examples for w in example.typed.text.split()) - _PLACEHOLDERS
    made._by_tool = {
        name: np.array([at for at, example in enumerate(examples) if example.tool == name]) for name in offered
    }
    made.weights = _weights(list(made.vocabulary.values()))
    made.pairwise = _classifier(made)
    made.trained_s = round(time.perf_counter() - started, 2)
    return made


def _example(name: str, said: str, takes: tuple[str, ...]) -> Example:
    typed = typed_example(said, takes)
    return Example(name, said, typed, tuple(content(plain(typed.text).split())))


def _embedded(texts: list[str]) -> Floats:
    return np.asarray(embed(texts), dtype=np.float64)


def _needs(tool: Tool) -> tuple[str, ...]:
    from agent.schema import ref_kind

    found = (ref_kind(f.annotation) for f in tool.arguments.model_fields.values() if f.is_required())
    return tuple(kind for kind in found if kind)


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
    own = [word for example in examples if example.tool == tool.name for word in example.words]
    lines = [line for line in tool.doc.splitlines()[:3] if line and not line.startswith("Use when")]
    told = content(plain(" ".join([tool.name.replace("_", " "), *lines[:1]])).split())
    return frozenset([*own, *told])


def _weights(vocabularies: list[frozenset[str]]) -> dict[str, float]:
    """Inverse frequency over capabilities; "" is the weight of a word none of them knows."""
    counts = Counter(word for known in vocabularies for word in known)
    total = len(vocabularies)
    found = {word: float(np.log(1 + total / count)) for word, count in counts.items()}
    return found | {"": float(np.log(1 + total))}


def _classifier(made: Intents) -> Any:
    """Calibrated probabilities that a message asks for a capability, from leave-one-out examples and from off-topic ones."""
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.model_selection import GroupKFold
    from threadpoolctl import threadpool_limits

    rows, right, groups = [], [], []
    terse = [" ".join(_terse(example, at)) for at, example in enumerate(made.examples)]
    terse_vectors = _embedded(terse)
    for at, example in enumerate(made.examples):
        answer = np.array([name == example.tool for name in made.tools], dtype=int)
        variants = ((plain(example.typed.text), made.vectors[at : at + 1]), (terse[at], terse_vectors[at : at + 1]))
        for said, vector in variants:
            rows.append(made.features(said, example.typed.kinds, vector, made.tools, skip=at))
            right.append(answer)
            groups.append(np.full(len(made.tools), at))
    off_topic = [typed_example(said, ()) for said in elsewhere.SAID]
    off_vectors = _embedded([plain(typed.text) for typed in off_topic])
    for number, typed in enumerate(off_topic):
        vector = off_vectors[number : number + 1]
        features = made.features(plain(typed.text), typed.kinds, vector, made.tools, skip=-1)
        rows.append(features)
        right.append(np.zeros(len(made.tools), dtype=int))
        groups.append(np.full(len(made.tools), len(made.examples) + number))
    x, y, g = np.vstack(rows), np.concatenate(right), np.concatenate(groups)
    model = HistGradientBoostingClassifier(
        max_iter=120, learning_rate=0.08, max_depth=4, min_samples_leaf=8, l2_regularization=1.0,
        monotonic_cst=list(DIRECTIONS), random_state=0,
    )  # fmt: skip
    folds = list(GroupKFold(4).split(x, y, g))
    with threadpool_limits(1):  # on busy cores the threads of OpenMP wait for each other
        return CalibratedClassifierCV(model, method="sigmoid", cv=folds, ensemble=False).fit(x, y)


def _terse(example: Example, at: int) -> list[str]:
    """The example as people in a hurry type it: its content words, and of long ones not all."""
    words = [word for word in plain(example.typed.text).split() if word not in STOP]
    loose = [n for n, word in enumerate(words) if word not in _PLACEHOLDERS]
    if len(loose) > 3:
        words.pop(loose[at % len(loose)])
    return words or plain(example.typed.text).split()


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
        made = one_thread(build(tools))
        _log.info("planner_trained", tools=len(made.tools), examples=len(made.examples), seconds=made.trained_s)
        temporary = path.with_suffix(".writing")
        temporary.write_bytes(pickle.dumps(made))
        temporary.replace(path)
    return made


def _read(path: Path) -> Intents | None:
    """A kept planner. The file is our own, in the data directory that also holds the secrets."""
    if not path.exists():
        return None
    kept = pickle.loads(path.read_bytes())  # noqa: S301
    return one_thread(kept)


def one_thread(made: Intents) -> Intents:
    """Keep OpenMP to one thread in this process: a prediction of a millisecond takes a hundred when its threads spin."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="openmp")
    return made
