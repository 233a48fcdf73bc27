"""Which capability a message is like, learnt from whole examples: logistic regression over meaning, words, letters and kinds.

Every example is also scored by a model that never saw its line (three of them, each taught on the other two thirds), so
that what is learnt on top of these scores is learnt honestly.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from agent.offline.lexicon import content

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

Floats = NDArray[np.floating[Any]]
Whole = NDArray[np.int64]
PENALTY = 3e-6
PARTS = (1.7, 1.0, 0.71, 0.8)
"""How much meaning, words, letters and the kinds of records count: the length of each part of a message."""
FOLDS = 3
ROUNDS, LAST_ROUNDS = 35, 20
"""How long each model is fitted; the last one begins at the mean of the others."""


class Said(NamedTuple):
    """Messages as they are compared: their texts, the vectors of these, the kinds of records in each."""

    texts: list[str]
    vectors: Floats
    kinds: list[frozenset[str]]


class Rows(NamedTuple):
    """Messages in numbers: words and letters, sparse, and meaning and kinds, dense."""

    sparse: csr_array
    dense: Floats

    def at(self, some: Whole) -> "Rows":
        return Rows(self.sparse[some], self.dense[some])

    def times(self, weights: Floats) -> Floats:
        wide = len(weights) - self.dense.shape[1]
        return np.asarray(self.sparse @ weights[:wide] + self.dense @ weights[wide:])


@dataclass
class Likeness:
    """How messages are put into numbers, and the weights."""

    words: "TfidfVectorizer"
    letters: "TfidfVectorizer"
    kinds: list[str]
    weights: Floats
    """(features, capabilities and, last, none of them)"""

    def rows(self, said: Said) -> Rows:
        words, letters = self.words.transform(said.texts), self.letters.transform(said.texts)
        sparse = csr_array(hstack([words * np.float32(PARTS[1]), letters * np.float32(PARTS[2])], format="csr"))
        kinds = _kind_rows(said.kinds, self.kinds)
        return Rows(sparse, np.hstack([said.vectors * PARTS[0], kinds * PARTS[3]]).astype(np.float32))

    def scores(self, said: Said) -> Floats:
        """How much likelier each capability is than none, as logarithms. Shape (messages, capabilities)."""
        return _against_none(self.rows(said).times(self.weights))


@dataclass
class LeftOut:
    """The trained model, and what says how likely each learnt text would be to it had its line been left out."""

    likeness: Likeness
    folds: Whole
    weights: list[Floats]
    own: Floats
    """(learnt texts, capabilities)"""

    def of_variants(self, at: Whole, said: Said) -> Floats:
        """`at`: the learnt text each message is a variant of."""
        rows = self.likeness.rows(said)
        return _by_fold(rows, self.folds[at], self.weights)


def train(said: Said, right: Whole, lines: Whole, count: int) -> LeftOut:
    """`right`: the capability of each text, of `count` (which itself means none); `lines`: which texts were written as one."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(analyzer=_tokens, sublinear_tf=True, min_df=2, dtype=np.float32)  # pyright: ignore[reportArgumentType]  # a function will do
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True, min_df=3, dtype=np.float32)  # pyright: ignore[reportArgumentType]  # as its manual has it
    words.fit(said.texts)
    letters.fit(said.texts)
    made = Likeness(words, letters, sorted({kind for one in said.kinds for kind in one}), np.zeros((0, 0), np.float32))
    rows = made.rows(said)
    folds = _folds(lines)
    features = len(words.vocabulary_) + len(letters.vocabulary_) + rows.dense.shape[1]
    empty = np.zeros((features, count + 1), np.float32)
    weights: list[Floats] = []
    for fold in range(FOLDS):
        seen = np.flatnonzero(folds != fold)
        weights.append(_fitted(rows.at(seen), right[seen], empty, ROUNDS))
    made.weights = _fitted(rows, right, np.mean(weights, axis=0), LAST_ROUNDS)
    return LeftOut(made, folds, weights, _by_fold(rows, folds, weights))


def _by_fold(rows: Rows, folds: Whole, weights: list[Floats]) -> Floats:
    scores = np.empty((len(folds), weights[0].shape[1] - 1), np.float32)
    for fold, own in enumerate(weights):
        left_out = np.flatnonzero(folds == fold)
        scores[left_out] = _against_none(rows.at(left_out).times(own))
    return scores


def _folds(lines: Whole) -> Whole:
    """Which part each text is in: those of one line together, neighbours apart."""
    _, numbers = np.unique(lines, return_inverse=True)
    return numbers % FOLDS


def _fitted(rows: Rows, right: Whole, start: Floats, rounds: int) -> Floats:
    """Weights of a multinomial logistic regression."""
    from scipy.optimize import minimize

    picked, shape = np.arange(len(right)), start.shape
    columns: Any = rows.sparse.T.tocsr()

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape).astype(np.float32)
        logs = _log_shares(rows.times(weights))
        pull = np.exp(logs)
        pull[picked, right] -= 1.0
        pull /= len(right)
        slope = np.vstack([columns @ pull, rows.dense.T @ pull]) + PENALTY * weights
        missed = -logs[picked, right].mean() + 0.5 * PENALTY * float(np.square(weights).sum())
        return float(missed), slope.ravel().astype(np.float64)

    found = minimize(
        loss, start.ravel().astype(np.float64), jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 4}
    )
    return np.asarray(found.x, np.float32).reshape(shape)


def _log_shares(scores: Floats) -> Floats:
    scores = scores - scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def _against_none(scores: Floats) -> Floats:
    return scores[:, :-1] - scores[:, -1:]


def _tokens(text: str) -> list[str]:
    """All words, and once more those of content, in one form, and their pairs."""
    words = content(text.split())
    return [*(f"={word}" for word in text.split()), *words, *(f"{a} {b}" for a, b in pairwise(words))]


def _kind_rows(kinds: list[frozenset[str]], known: list[str]) -> Floats:
    """One row of length 1 for each message; a message without records has a column of its own."""
    rows = np.array([[float(kind in one) for kind in known] + [float(not one)] for one in kinds], np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, np.float32(1.0))
