"""Remarks drafted by a hosted model over its real client: no name leaves, nothing unsupported is kept, rules step in."""

import json
from decimal import Decimal
from uuid import UUID

import pytest

from jobs import remarks as drafting
from jobs.runs import RunningRun
from runtime.transaction import transaction
from school import remark_runs, remark_truth, remarks, report_cards
from school.calendar import Term
from school.classes import ClassArm
from school.remarks import Origin
from tests.agent.provider import KINDS, in_front, status
from tools.declare import load_all
from tools.invoke import invoke

GOOD = {"class_teacher": "[NAME] has worked with care and asks good questions.", "principal": "Keep going, [NAME]."}


@pytest.fixture(params=sorted(KINDS))
async def hosted(request, school, streams, monkeypatch):
    async with in_front(request.param, monkeypatch) as made:
        say = KINDS[request.param][1]
        yield made, lambda words: say(calls=[("final_result", json.dumps(words))])


async def started(school) -> RunningRun:
    caller = school.callers["teacher"]
    async with transaction(caller) as tx:
        arm = await tx.session.get_one(ClassArm, school.class_arms["JSS 2 Ruby"])
        term = await tx.session.get_one(Term, school.terms["last"])
        run = await remark_runs.begin(tx, arm, term, "JSS 2 Ruby", 3)
        run.status = "running"
    return RunningRun(run.id, run.kind, run.payload, caller)


async def written(school) -> dict[tuple[str, str], remarks.Remark]:
    async with transaction(school.callers["teacher"], read_only=True) as tx:
        rows = await remarks.remarks_of(tx, list(school.students.values()), school.terms["last"])
    names = {key: name for name, key in school.students.items()}
    return {(names[row.student_id], row.author): row for row in rows}


async def test_the_models_words_are_kept_and_no_name_is_sent(hosted, school):
    made, say = hosted
    made.replies = [say(GOOD) for _ in range(3)]
    result = await drafting.draft_remarks(await started(school))
    assert (result["byModel"], result["byRule"]) == (6, 0), result
    found = await written(school)
    assert found["Ada", "class_teacher"].text == "Ada has worked with care and asks good questions."
    assert found["Ada", "class_teacher"].origin == Origin.MODEL
    sent = json.dumps(made.requests)
    assert "average" in sent and "[NAME]" in sent
    for name in ("Okonjo", "Ada", "Tunde", "Zainab", "HA/001"):
        assert name not in sent, name


async def test_a_figure_or_a_rise_that_is_not_on_the_card_is_replaced_by_the_rule(hosted, school):
    made, say = hosted
    made.replies = [
        say(GOOD | {"class_teacher": "[NAME] scored 97.5 in every subject."}),
        say(GOOD | {"class_teacher": "[NAME] has improved greatly since last term."}),
        say(GOOD | {"class_teacher": "[NAME] sits with Zainab and Tunde and Ada and works."}),
    ]
    result = await drafting.draft_remarks(await started(school))
    assert (result["byModel"], result["byRule"]) == (3, 3), result
    assert not any("97.5" in row.text or "improved greatly" in row.text for row in (await written(school)).values())
    assert "the figure 97.5 is not on the card" in result["replaced"]


async def test_a_provider_that_fails_leaves_the_class_with_composed_remarks(hosted, school):
    made, _ = hosted
    made.replies = [status(500, "oops") for _ in range(12)]
    result = await drafting.draft_remarks(await started(school))
    assert (result["byModel"], result["byRule"]) == (0, 6)
    assert all(row.origin == Origin.RULE and row.text for row in (await written(school)).values())


async def test_asking_starts_a_run_and_undoing_leaves_what_a_person_wrote(hosted, school):
    made, say = hosted
    teacher, tools = school.callers["teacher"], load_all()
    args = {"classArm": "JSS 2 Ruby", "term": str(school.terms["last"])}
    done = await invoke(tools["draft_remarks"], teacher, args, approved=True)
    progress = done.result.details[0]
    async with transaction(teacher) as tx:
        row = await remark_runs.runs.access_run(tx, UUID(progress.run_id))
        row.status = "running"
    made.replies = [say(GOOD) for _ in range(3)]
    await drafting.draft_remarks(RunningRun(row.id, row.kind, row.payload, teacher))
    own = {"student": str(school.students["Ada"]), "text": "In my own words.", "term": args["term"]}
    await invoke(tools["set_remark"], teacher, own, approved=True)
    await invoke(tools["undo_change"], teacher, {"entry": str(done.audit_id)}, approved=True)
    left = {key: row.text for key, row in (await written(school)).items() if row.text}
    assert left == {("Ada", "class_teacher"): "In my own words."}


async def test_what_the_card_says_is_told_from_what_it_does_not(school):
    async with transaction(school.callers["teacher"], read_only=True) as tx:
        card = await report_cards.card(tx, school.students["Ada"], school.terms["last"])
        subjects = await remark_runs.subject_names(tx)
    assert card.overall_average == Decimal(80)

    def why(text):
        return remark_truth.untrue(card, text, subjects, {"Tunde"})

    assert why("An average of 80, first in the class.") is None
    assert "figure 81" in (why("An average of 81.") or "")
    assert "place" in (why("Second in the class.") or "")
    assert "rise" in (why("Her work improved.") or "")
    assert "names Tunde" in (why("A friend to Tunde’s table.") or "")
    assert why("") == "empty or too long"
