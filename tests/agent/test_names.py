"""A name nobody may see here is a name, never somebody else: what a guardian's question is understood as."""

from datetime import date

import pytest

from agent.offline.mentions import _names, find, index_for
from agent.offline.understanding import understand
from tools.declare import load_all
from tools.naming import Candidate

load_all()


@pytest.fixture
async def heard(school, callers):
    from agent.offline import planner_file

    trained = planner_file.load()
    index = await index_for(callers["guardian"], frozenset({"Student", "Staff", "Subject", "ClassArm", "Guardian"}))
    return lambda text: understand(text, index, date(2026, 11, 26), trained.words, frozenset({"Student"}))


@pytest.mark.parametrize(
    ("said", "unknown"),
    [
        ("what did Umeadi Kosisochukwu score in maths?", ("umeadi", "kosisochukwu")),
        ("what did Akinlade Sanusi score in maths?", ("akinlade", "sanusi")),
        ("How did Chidi do in maths?", ("chidi",)),
        ("how did zainab do in english", ("zainab",)),
        ("what did Zzyxwv Qqqrst score?", ("zzyxwv", "qqqrst")),
    ],
)
async def test_somebody_elses_name_stays_a_name(heard, said, unknown):
    found = heard(said)
    assert found.unknown == unknown
    assert not found.of_kind("Staff")
    assert not found.of_kind("Student")


@pytest.mark.parametrize(
    "said", ["Who is Mr Akinlade?", "what does Umeadi teach?", "is Mrs Umeadi, the English teacher, in?"]
)
async def test_a_member_of_staff_is_still_found(heard, said):
    assert heard(said).of_kind("Staff")


async def test_the_own_child_is_found_by_given_name(heard, school):
    [mention] = heard("how did Ada do in maths?").of_kind("Student")
    assert mention.found["Student"][0].id == str(school.students["Ada"])


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("What is covered in JSS 2 Mathematics term 1?", []), ("Open the Mathematics examination JSS 2", ["Document"]),
        ("Open Mathematics examination, JSS 2, Second Term", ["Document"]),
    ],
)  # fmt: skip
def test_a_class_and_a_subject_are_not_a_paper_with_them_in_its_title(said, named):
    titles = {
        "Document": "Mathematics examination, JSS 2, Second Term", "Level": "JSS 2", "Subject": "Mathematics",
    }  # fmt: skip
    index = {kind: _names([Candidate(kind, title, (title,))]) for kind, title in titles.items()}
    assert [mention.kind for mention in find(said, index) if mention.kind == "Document"] == named


async def test_a_rare_english_word_in_small_letters_is_nobodys_name(heard):
    assert heard("can school fees be paid in instalments?").unknown == ()
    assert heard("how did Ayoments do in maths?").unknown == ("ayoments",)
