"""Which capability a message is like, learnt from whole examples: kernel ridge over meaning, words and letters.

Every example's own score is known exactly as if it had been left out (a closed form of ridge regression), so what is
learnt on top of these scores is learnt honestly, without training the model once per example.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from agent.offline.lexicon import content

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

Floats = NDArray[np.floating[Any]]
RIDGE = 0.2
SHARPNESS = 4.0
PARTS = (1.0, 0.7, 0.5, 0.3)
"""How much meaning, words, letters and the kinds of records count."""


def _tokens(text: str) -> list[str]:
    """Content words and their pairs."""
    words = content(text.split())
    return words + [f"{a} {b}" for a, b in pairwise(words)]


@dataclass
class Likeness:
    """A trained kernel machine: one score for each capability, near 1 for the one asked for, near 0 for others."""

    words: "TfidfVectorizer"
    letters: "TfidfVectorizer"
    vectors: Floats
    word_rows: Any
    letter_rows: Any
    kind_rows: Floats
    kinds: list[str]
    weights: Floats

    def scores(self, texts: list[str], vectors: Floats, kinds: list[frozenset[str]]) -> Floats:
        """Shape (messages, capabilities)."""
        return self.alike(texts, vectors, kinds) @ self.weights

    def alike(self, texts: list[str], vectors: Floats, kinds: list[frozenset[str]]) -> Floats:
        """How alike each message and each learnt text are. Shape (messages, learnt texts)."""
        meaning = np.exp(SHARPNESS * (vectors @ self.vectors.T - 1.0))
        words = (self.words.transform(texts) @ self.word_rows.T).toarray()
        letters = (self.letters.transform(texts) @ self.letter_rows.T).toarray()
        records = _kind_rows(kinds, self.kinds) @ self.kind_rows.T
        return PARTS[0] * meaning + PARTS[1] * words + PARTS[2] * letters + PARTS[3] * records


@dataclass
class LeftOut:
    """What the learnt texts would score had each been left out, and any variant of one had that one been."""

    likeness: Likeness
    inverse: Floats
    own: Floats
    """Shape (learnt texts, capabilities)."""

    def of_variants(self, at: NDArray[np.int64], alike: Floats) -> Floats:
        """`at`: the learnt text each message is a variant of; `alike`: `Likeness.alike` of the messages."""
        pull = (alike * self.inverse[:, at].T).sum(axis=1) / self.inverse[at, at]
        return alike @ self.likeness.weights - pull[:, None] * self.likeness.weights[at]


def train(texts: list[str], vectors: Floats, kinds: list[frozenset[str]], right: NDArray[np.int64]) -> LeftOut:
    """`right`: the capability of each text (-1: none)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(analyzer=_tokens, sublinear_tf=True, dtype=np.float32)  # pyright: ignore[reportArgumentType]  # a function will do
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True, min_df=2, dtype=np.float32)  # pyright: ignore[reportArgumentType]  # as its manual has it
    word_rows, letter_rows = words.fit_transform(texts), letters.fit_transform(texts)
    known = sorted({kind for one in kinds for kind in one})
    rows = _kind_rows(kinds, known)
    made = Likeness(words, letters, vectors, word_rows, letter_rows, rows, known, np.zeros((0, 0), np.float32))
    wanted = np.zeros((len(texts), int(right.max()) + 1), np.float32)
    asked = right >= 0
    wanted[np.flatnonzero(asked), right[asked]] = 1.0
    inverse = np.linalg.inv(made.alike(texts, vectors, kinds) + RIDGE * np.eye(len(texts), dtype=np.float32))
    made.weights = inverse @ wanted
    return LeftOut(made, inverse, wanted - made.weights / np.diag(inverse)[:, None])


def _kind_rows(kinds: list[frozenset[str]], known: list[str]) -> Floats:
    """One row of length 1 for each message; a message without records has a column of its own."""
    rows = np.array([[float(kind in one) for kind in known] + [float(not one)] for one in kinds], np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, np.float32(1.0))
