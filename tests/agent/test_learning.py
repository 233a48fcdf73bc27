"""What the planner learns with: choices in phrasings, and examples left out exactly."""

import numpy as np
import pytest

from agent.offline import likeness
from agent.offline.phrases import alternatives

TEXTS = ["publish scores", "release marks", "show results", "see grades", "who is absent", "list absentees", "jokes"]
KINDS = [frozenset({"ClassArm"})] * 3 + [frozenset[str]()] * 4
RIGHT = np.array([0, 0, 1, 1, 2, 2, -1])


def _vectors(count: int) -> np.ndarray:
    made = np.random.default_rng(3).normal(size=(count, 8)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_every_choice_of_a_phrasing_is_shown():
    made = alternatives("(lift|remove|end) the hold (on|from) {student}")
    assert len(made) == 3
    assert all(any(part in one for one in made) for part in ("lift", "remove", "end", " on ", " from "))
    assert alternatives("who is absent") == ["who is absent"]


@pytest.mark.parametrize("with_it", [[], [2]])
def test_left_out_is_as_if_its_line_had_never_been_learnt(with_it):
    vectors = _vectors(len(TEXTS))
    lines = np.arange(len(TEXTS))
    lines[with_it] = lines[3]
    left_out = likeness.train(TEXTS, vectors, KINDS, RIGHT, lines)
    alike = left_out.likeness.alike(TEXTS, vectors, KINDS)
    kept = [at for at in range(len(TEXTS)) if lines[at] != lines[3]]
    weights = np.linalg.solve(
        alike[np.ix_(kept, kept)] + likeness.RIDGE * np.eye(len(kept)),
        np.eye(3)[RIGHT[kept]] * (RIGHT[kept] >= 0)[:, None],
    )
    without = alike[3, kept] @ weights
    assert np.allclose(left_out.own[3], without, atol=1e-2)
    assert np.allclose(left_out.of_variants(np.array([3]), alike[[3]])[0], without, atol=1e-2)


def test_fewer_points_than_texts_still_tell_them_apart():
    left_out = likeness.train(TEXTS, _vectors(len(TEXTS)), KINDS, RIGHT, np.arange(len(TEXTS)), points=4)
    scores = left_out.likeness.scores(TEXTS, _vectors(len(TEXTS)), KINDS)
    assert scores.shape == (len(TEXTS), 3)
    assert (scores.argmax(axis=1)[:6] == RIGHT[:6]).mean() > 0.6
