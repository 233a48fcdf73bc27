"""Whom a short message means: one class of the level just spoken of, a record named and nothing else, a misspelt question."""

from datetime import date

import pytest

from agent.offline.filled import Value
from agent.offline.mentions import _names, find
from agent.offline.parts import meant
from agent.offline.reading import opened
from agent.offline.state import Focus
from agent.offline.understanding import understand
from tools.naming import Candidate

ARMS = [
    Candidate(f"{level}-{stone}", f"{level} {stone}", (f"{level} {stone}",), context=frozenset({level}))
    for level in ("SS 1", "SS 2") for stone in ("Emerald", "Ruby", "Topaz")
]  # fmt: skip
INDEX = {"ClassArm": _names(ARMS)}


@pytest.mark.parametrize(
    ("said", "arm"),
    [
        ("the second one", "SS 2-Ruby"), ("and the last one?", "SS 2-Topaz"), ("topaz", "SS 2-Topaz"), ("only SS 2 Ruby", "SS 2-Ruby"),
        ("the fourth one", None), ("SS 1 Ruby", None),
    ],
)  # fmt: skip
def test_one_class_of_the_level_just_spoken_of_is_picked(said, arm):
    heard = understand(said, INDEX, date(2026, 11, 26), frozenset())
    picked = meant(heard, {"groups": Value(["SS 2"], "SS 2", "Level")}, INDEX, bare=True)
    assert (picked.id if picked else None) == arm


def test_a_class_named_in_a_request_of_its_own_is_not_a_pick():
    heard = understand("who is absent in SS 2 Ruby today", INDEX, date(2026, 11, 26), frozenset())
    assert meant(heard, {"groups": Value(["SS 2"], "SS 2", "Level")}, INDEX, bare=False) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("lst my classes", "list my classes"), ("Fnd Ada", "find Ada"), ("shw my classes", "show my classes"),
     ("we need a new bus", "we need a new bus"), ("no, SS 1", "no, SS 1"), ("Ada is late", "Ada is late")],
)  # fmt: skip
def test_a_misspelt_question_word_is_put_right(typed, meant):
    assert opened(typed, frozenset({"we", "late"})) == meant


def test_a_topic_of_one_everyday_word_is_heard_where_a_topic_stands():
    index = {"CurriculumItem": _names([Candidate("1", "Photosynthesis", ("Photosynthesis", "BSC.JSS2.1.2"))])}
    known = frozenset({"photosynthesis"})
    assert [mention.text for mention in find("a lesson plan on photosynthesis", index, known)] == ["photosynthesis"]
    assert [mention.text for mention in find("BSC.JSS2.1.2", index, known)] == ["bsc jss 2 1 2"]
    assert not find("is photosynthesis hard", index, known)


def test_what_a_request_named_alone_is_in_focus_and_several_are_not():
    focus = Focus()
    args = {
        "class_arms": Value(["SS 2-Ruby"], "SS 2 Ruby", "ClassArm"),
        "groups": Value(["SS 1", "SS 2"], "SS 1, SS 2", "Level"),
        "count": Value(3, "3", "Number"),
    }
    focus.remember("show_course_metrics", args, "how is it going")
    assert focus.entities["ClassArm"].value == "SS 2-Ruby"
    assert not {"Level", "Number"} & set(focus.entities)
