"""How the planner learns from the registry's own examples, each left out in turn, and from what is asked elsewhere."""

import time
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import SplineTransformer, StandardScaler

from agent.offline import elsewhere, likeness
from agent.offline.examples import examples_of, in_order, nouns_of, orders_of, traits_of, words_of
from agent.offline.features import DIRECTIONS, Compared, Example, Floats, Heard, Words
from agent.offline.intents import Intents
from agent.offline.lexicon import mood, plain
from agent.offline.phrases import typed_example
from agent.offline.vectors import remembered
from agent.offline.words import STOP
from tools.declare import Tool

RIDGE = 0.003
ELSEWHERE_COUNTS = 6.0
"""A message asked elsewhere weighs as much as this many requests: there are fewer examples of them."""
SAMPLE = 600
"""How many examples the weights of the features are learnt from; the likeness learns from all."""


class Asked(NamedTuple):
    """A training message: its features for every capability, and the right one (their number: none)."""

    heard: Heard
    features: Floats
    right: int


def build(tools: dict[str, Tool]) -> Intents:
    """Train on a registry. Some seconds, most of them embedding."""
    started = time.perf_counter()
    offered = {name: tool for name, tool in in_order(tools).items() if not tool.internal and tool.says}
    traits = {name: traits_of(tool) for name, tool in offered.items()}
    examples = examples_of(offered, traits)
    made = Intents(
        traits=traits, examples=examples,
        vectors=remembered([plain(example.typed.text) for example in examples]),
        about=remembered([f"{tool.title}. {tool.summary}" for tool in offered.values()]),
        words=words_of(examples, tools),
        orders=orders_of(examples, traits) - nouns_of(tools), known=Words.of(examples, traits),
    )  # fmt: skip
    learn(made)
    made.trained_s = round(time.perf_counter() - started, 2)
    return made


def learn(made: Intents) -> None:
    """Learn how much each feature counts, how sure a share is, and what a request looks like at all."""
    asked = _asked(made)
    made.scale = np.vstack([one.features for one in asked]).std(axis=0) + 1e-6
    made.slopes = _slopes(asked, made.scale)
    made.gate = _gate(made, asked)


def _asked(made: Intents) -> list[Asked]:
    """A sample of the examples, whole and as typed in a hurry, and what is asked elsewhere."""
    whole = [Heard.of(example.typed, example.text, made.orders) for example in made.examples]
    off = [Heard.of(typed_example(said, ()), said, made.orders) for said in elsewhere.SAID]
    vectors = np.vstack([made.vectors, remembered([plain(one.text) for one in off])])
    none = len(made.tools)
    right = np.concatenate([made.own, np.full(len(off), none)])
    learnt = [*whole, *off]
    lines = np.array([*(e.line for e in made.examples), *range(-len(off), 0)])
    left_out = likeness.train(_said(learnt, vectors), right, lines, none)
    made.likeness = left_out.likeness
    sample = np.arange(0, len(whole), max(1, len(whole) // SAMPLE))
    at = np.concatenate([sample, np.arange(len(whole), len(learnt))])
    found = _compared(made, [learnt[one] for one in at], vectors[at], left_out.own[at], right[at], at)
    return found + _hurried(made, whole, left_out)


def _hurried(made: Intents, whole: list[Heard], left_out: likeness.LeftOut) -> list[Asked]:
    """Other examples as people in a hurry type them."""
    step = max(1, len(whole) // SAMPLE)
    at = np.arange(step // 2, len(whole), step)
    heard = [_terse(made.examples[one], int(one), made.orders) for one in at]
    vectors = remembered([plain(one.text) for one in heard])
    return _compared(made, heard, vectors, left_out.of_variants(at, _said(heard, vectors)), made.own[at], at)


def _said(heard: list[Heard], vectors: Floats) -> likeness.Said:
    return likeness.Said([plain(one.text) for one in heard], vectors, [one.kinds for one in heard])


def _compared(
    made: Intents, heard: list[Heard], vectors: Floats, scores: Floats, right: NDArray[np.int64], at: NDArray[np.int64]
) -> list[Asked]:
    """The features of messages that are, or come from, the examples `at`, which are left out."""
    close, about = vectors @ made.vectors.T, vectors @ made.about.T
    lines = np.array([example.line for example in made.examples])
    found: list[Asked] = []
    for number, one in enumerate(heard):
        skip = np.flatnonzero(lines == lines[at[number]]) if at[number] < len(made.examples) else None
        rows = made.features(one, Compared(close[number], about[number], scores[number]), skip)
        found.append(Asked(one, rows, int(right[number])))
    return found


def _terse(example: Example, at: int, orders: frozenset[str]) -> Heard:
    """The example as people in a hurry type it: its content words, and of long ones not all."""
    words = [word for word in plain(example.typed.rest).split() if word not in STOP]
    dropped = words[at % len(words)] if len(words) > 3 else ""
    kept = [word for word in plain(example.typed.text).split() if word not in STOP and word != dropped]
    rest = " ".join(word for word in words if word != dropped)
    return Heard(" ".join(kept) or plain(example.typed.text), rest, example.typed.kinds, mood(example.text, orders))


def _slopes(asked: list[Asked], scale: Floats) -> Floats:
    """Weights of a conditional logit over the capabilities, each kept to its direction (`DIRECTIONS`)."""
    ours = [one for one in asked if one.right < len(one.features)]
    rows = np.stack([one.features for one in ours]) / scale
    right = np.array([one.right for one in ours])
    picked = np.arange(len(ours))

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = rows @ weights
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        missed = -np.log(shares[picked, right] + 1e-12).mean()
        pull = np.matmul(shares[:, None, :], rows)[:, 0, :] - rows[picked, right]
        return float(missed + RIDGE * weights @ weights), pull.mean(axis=0) + 2 * RIDGE * weights

    bounds = [(0.0, None) if way > 0 else (None, 0.0) for way in DIRECTIONS]
    start = np.array([0.5 * way for way in DIRECTIONS])
    return np.asarray(minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x)


def _gate(made: Intents, asked: list[Asked]) -> Any:
    """The chance that a message is a request at all."""
    rows = [made.signs(one.heard, one.features[int(np.argmax(made.shares(one.features)))]) for one in asked]
    right = [int(one.right < len(made.tools)) for one in asked]
    weighed = LogisticRegression(C=0.3, class_weight={0: ELSEWHERE_COUNTS, 1: 1.0}, max_iter=2000)
    bent = SplineTransformer(n_knots=4, degree=2)
    return make_pipeline(StandardScaler(), bent, weighed).fit(np.array(rows), right)
