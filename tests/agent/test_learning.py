"""What the planner learns with: choices in phrasings, examples scored by a model that never saw them, slips of the pen."""

import numpy as np

from agent.offline import likeness
from agent.offline.examples import words_of
from agent.offline.features import Example
from agent.offline.likeness import Said
from agent.offline.phrases import alternatives, typed_example

SAID = {
    0: [
        "publish the scores",
        "publish scores now",
        "please publish the marks",
        "publish marks",
        "scores: publish them",
    ],
    1: ["who is absent", "list the absent", "absent students", "who was absent", "absent today"],
    2: ["tell me a joke", "a joke please", "know a joke", "one more joke", "joke"],
}
"""Two capabilities, and none of them."""
TEXTS = [text for texts in SAID.values() for text in texts]
RIGHT = np.repeat([0, 1, 2], 5)
NONE = 2


def _said(texts: list[str]) -> Said:
    return Said(texts, np.zeros((len(texts), 8), np.float32), [frozenset[str]() for _ in texts])


def test_every_choice_of_a_phrasing_is_shown():
    made = alternatives("(lift|remove|end) the hold (on|from) {student}")
    assert len(made) == 3
    assert all(any(part in one for one in made) for part in ("lift", "remove", "end", " on ", " from "))
    assert alternatives("who is absent") == ["who is absent"]


def test_a_capability_is_told_from_another_and_from_none():
    trained = likeness.train(_said(TEXTS), RIGHT, np.arange(len(TEXTS)), NONE).likeness
    publish, absent, joke = trained.scores(_said(["publish those scores", "the absent ones", "a good joke"]))
    assert publish[0] > max(0, publish[1])
    assert absent[1] > max(0, absent[0])
    assert joke.max() < 0


def test_an_example_is_scored_as_if_its_line_had_never_been_learnt():
    lines = np.arange(len(TEXTS))
    strange = [*TEXTS, "zebra crossing", "zebra crossing"]
    right = np.array([*RIGHT, 1, 1])
    apart = likeness.train(_said(strange), right, np.array([*lines, 15, 16]), NONE)
    together = likeness.train(_said(strange), right, np.array([*lines, 15, 15]), NONE)
    assert (apart.own[-2:, 1] > together.own[-2:, 1] + 0.1).all()
    variant = together.of_variants(np.array([15]), _said(["zebra crossing"]))
    assert np.allclose(variant[0], together.own[15], atol=1e-4)


def test_rare_slips_of_frequent_words_are_not_words():
    said = [*["mark attendance"] * 12, *["send it by whatsapp"] * 12, "mark atendance", "the attendant", "by watsapp"]
    examples = [Example("one", text, typed_example(text, ()), ()) for text in said]
    words = words_of(examples, {})
    assert {"mark", "attendance", "whatsapp", "attendant"} <= words
    assert not {"atendance", "watsapp"} & words
