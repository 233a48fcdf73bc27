"""Which capability a message is like, learnt from whole examples: kernel ridge over meaning, words and letters.

The kernel is taken at a choice of the examples (Nyström), so that learning stays a matter of seconds however many
there are. Every example's own score is known exactly as if its line had been left out (a closed form of ridge
regression), so what is learnt on top of these scores is learnt honestly, without training the model once per example.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve, solve_triangular

from agent.offline.lexicon import content

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

Floats = NDArray[np.floating[Any]]
RIDGE = 0.2
SHARPNESS = 4.0
PARTS = (1.0, 0.7, 0.5, 0.3)
"""How much meaning, words, letters and the kinds of records count."""
POINTS = 3_000
"""At how many of the examples the kernel is taken."""
JITTER = 1e-3


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
    word_columns: Any
    """(words, points), by row: one message's words pick a few rows."""
    letter_columns: Any
    kind_rows: Floats
    kinds: list[str]
    weights: Floats
    """(points, capabilities)"""

    def scores(self, texts: list[str], vectors: Floats, kinds: list[frozenset[str]]) -> Floats:
        """Shape (messages, capabilities)."""
        return self.alike(texts, vectors, kinds) @ self.weights

    def alike(self, texts: list[str], vectors: Floats, kinds: list[frozenset[str]]) -> Floats:
        """How alike each message and each point are. Shape (messages, points)."""
        meaning = np.exp(SHARPNESS * (vectors @ self.vectors.T - 1.0))
        words = (self.words.transform(texts) @ self.word_columns).toarray()
        letters = (self.letters.transform(texts) @ self.letter_columns).toarray()
        records = _kind_rows(kinds, self.kinds) @ self.kind_rows.T
        return PARTS[0] * meaning + PARTS[1] * words + PARTS[2] * letters + PARTS[3] * records


@dataclass
class LeftOut:
    """What the learnt texts would score had the line of each been left out, and any variant of one had that been."""

    likeness: Likeness
    root: Floats
    """The triangle that turns likeness to the points into coordinates."""
    pulls: Floats
    """(learnt texts, points): how each text pulls at the weights of the coordinates."""
    misses: Floats
    """(learnt texts, capabilities): what each text would be missed by, had its line been left out."""
    lines: NDArray[np.int64]
    own: Floats
    """(learnt texts, capabilities)"""

    def of_variants(self, at: NDArray[np.int64], alike: Floats) -> Floats:
        """`at`: the learnt text each message is a variant of; `alike`: `Likeness.alike` of the messages."""
        scores = alike @ self.likeness.weights
        coordinates = solve_triangular(self.root, alike.T, lower=True, check_finite=False).T
        for row, one in enumerate(at):
            same = np.flatnonzero(self.lines == self.lines[one])
            scores[row] -= (self.pulls[same] @ coordinates[row]) @ self.misses[same]
        return scores


def train(
    texts: list[str], vectors: Floats, kinds: list[frozenset[str]], right: NDArray[np.int64],
    lines: NDArray[np.int64], points: int = POINTS,
) -> LeftOut:  # fmt: skip
    """`right`: the capability of each text (-1: none); `lines`: which texts were written as one."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(analyzer=_tokens, sublinear_tf=True, dtype=np.float32)  # pyright: ignore[reportArgumentType]  # a function will do
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True, min_df=2, dtype=np.float32)  # pyright: ignore[reportArgumentType]  # as its manual has it
    word_rows: Any = words.fit_transform(texts)
    letter_rows: Any = letters.fit_transform(texts)
    known = sorted({kind for one in kinds for kind in one})
    at = np.unique(np.linspace(0, len(texts) - 1, min(points, len(texts))).astype(np.int64))
    made = Likeness(
        words, letters, vectors[at], word_rows[at].T.tocsr(), letter_rows[at].T.tocsr(),
        _kind_rows([kinds[one] for one in at], known), known, np.zeros((0, 0), np.float32),
    )  # fmt: skip
    alike = made.alike(texts, vectors, kinds).astype(np.float32)
    root = np.linalg.cholesky(alike[at] + JITTER * np.eye(len(at), dtype=np.float32)).astype(np.float32)
    coordinates = solve_triangular(root, alike.T, lower=True, check_finite=False).T
    wanted = np.zeros((len(texts), int(right.max()) + 1), np.float32)
    asked = right >= 0
    wanted[np.flatnonzero(asked), right[asked]] = 1.0
    factor = cho_factor(
        coordinates.T @ coordinates + RIDGE * np.eye(len(at), dtype=np.float32), lower=True, check_finite=False
    )
    pulls = cho_solve(factor, coordinates.T, check_finite=False).T
    weights = pulls.T @ wanted
    made.weights = solve_triangular(root, weights, lower=True, trans=1, check_finite=False)
    misses = _misses(coordinates, pulls, wanted - coordinates @ weights, lines)
    return LeftOut(made, root, pulls, misses, lines, wanted - misses)


def _misses(coordinates: Floats, pulls: Floats, left: Floats, lines: NDArray[np.int64]) -> Floats:
    """By how much each text would be missed, had its whole line been left out."""
    found = np.empty_like(left)
    order = np.argsort(lines, kind="stable")
    for same in np.split(order, np.flatnonzero(np.diff(lines[order])) + 1):
        shares = np.eye(len(same), dtype=np.float32) - coordinates[same] @ pulls[same].T
        found[same] = np.linalg.solve(shares, left[same])
    return found


def _kind_rows(kinds: list[frozenset[str]], known: list[str]) -> Floats:
    """One row of length 1 for each message; a message without records has a column of its own."""
    rows = np.array([[float(kind in one) for kind in known] + [float(not one)] for one in kinds], np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, np.float32(1.0))
