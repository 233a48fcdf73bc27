"""Which capability a message asks for: features of message and capability under a calibrated classifier.

The classifier learns, from the examples of all capabilities (each left out in turn), how much to trust sentence
embeddings, words, letters and argument types. Nothing in it is about one capability, so a new one is understood at once.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agent.offline import features
from agent.offline.features import Compared, Example, Floats, Heard, Traits, Words
from agent.offline.lexicon import plain
from agent.offline.likeness import Likeness, Said
from knowledge.embedding import embed

CERTAIN = 0.97
RECENT = 16


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
            self.recent[(heard, raw)] = self.features(heard, self.compared(heard, embed(texts)))
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
            self.likeness.scores(Said([plain(heard.text)], vectors[:1], [heard.kinds]))[0],
        )  # fmt: skip

    def features(self, heard: Heard, compared: Compared, skip: NDArray[np.int64] | None = None) -> Floats:
        """One row of features for each capability."""
        traits = list(self.traits.values())
        return features.rows(heard, self.known, traits, self.starts, self.own, compared, skip)
