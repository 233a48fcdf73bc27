"""Answers from the demo school's own documents do not get worse: floors just under what was measured (docs/knowledge.md)."""

from statistics import mean

import pytest

from demo.documents import shelf
from evals.answers.measure import measure, questions, read
from tests.knowledge.conftest import store, worker

__all__ = ["store"]


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_answers_and_silence_stay_above_their_floors(store, callers):
    caller = worker(callers["head"])
    names, _ = await read(caller, [one.path for one in shelf.SHELF])
    scores = await measure(caller, names, questions())
    said = "\n".join(scores.lines())
    assert mean(scores.first) >= 0.96, said
    assert mean(scores.cited) >= 0.95, said
    assert mean(scores.refused) <= 0.04, said
    assert mean(scores.silent) >= 0.84, said
