"""The planner does not get worse: floors just under what was measured on the demo school (docs/assistant.md)."""

from collections import Counter

import pytest

from agent.offline.phrases import phrasings
from evals import cases, dialogues, report
from evals.cast import demo_school
from tools import load_all
from tools.naming import fold

# A little under what was measured: the planner learns anew on each machine, and arithmetic differs between them.
ASKED_FLOOR = {"tuning": 97.5, "held": 95.0}
DECLINED_FLOOR = {"tuning": 92.0, "held": 89.0}
WRONG_CHANGES = {"tuning": 1, "held": 4}
ALSO_SAID = 25
"""Utterances that a declaration shows word for word as well: people do say "Undo that"."""
COVERED_FLOOR = 0.90
"""Share of capabilities with at least twelve utterances; new ones come without."""


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_routing_stays_above_its_floors():
    async with demo_school() as cast:
        done = await report.run(cast)
    for split, floor in ASKED_FLOOR.items():
        scores = done.by_tool[split]
        assert scores["asked"].arguments >= floor, split
        assert scores["-"].tool >= DECLINED_FLOOR[split], split
        assert (
            sum(score.wrong_changes for name, score in scores.items() if name not in {"asked", "fresh"})
            <= WRONG_CHANGES[split]
        )


def test_every_utterance_and_dialogue_can_be_read():
    utterances = cases.load()
    assert len({u.said for u in utterances if u.tool == "-"}) >= 55
    assert len(dialogues.load()) >= 25
    assert {u.held for u in utterances} == {True, False}


def test_nearly_every_capability_is_asked_for_in_twelve_ways():
    counts = Counter(u.tool for u in cases.load())
    offered = [tool.name for tool in load_all().values() if not tool.internal]
    assert sum(counts[name] >= 12 for name in offered) / len(offered) >= COVERED_FLOOR


def test_no_utterance_is_what_the_planner_learnt_from():
    learnt = {fold(said) for tool in load_all().values() for said in (*tool.says, *phrasings().get(tool.name, ()))}
    same = [u.said for u in cases.load() if u.tool != "-" and len(u.said.split()) > 2 and fold(u.said) in learnt]
    assert len(same) <= ALSO_SAID, same


def test_phrasings_name_capabilities_that_exist():
    assert set(phrasings()) <= {tool.name for tool in load_all().values() if not tool.internal}
