"""A timetable comes in from a file whole: its names matched, its strangers named, its places kept."""

import json

import pytest

from runtime.errors import NotAllowed
from runtime.transaction import transaction
from school import files, timetable_fet, timetables
from school.timetabling.fet_import import UnreadableFet
from school.timetabling.problem_files import UnreadableTimetable
from school.timetabling.validation import BadTimetableProblem
from tests.timetables import plan_a
from tools.declare import load_all
from tools.invoke import invoke, preview

TOOLS = load_all()
PROBLEM = {
    "days": ["Mon", "Tue"], "periods": ["1", "2"], "teachers": [{"id": "Bode AKINLADE"}, {"id": "Ms Virgil"}],
    "classes": [{"id": "JSS 2 ruby", "atoms": ["R1", "R2"]}, {"id": "French", "atoms": ["R1"]}, {"id": "Latinists"}],
    "lessons": [
        {"id": "1", "subject": "mathematics", "classes": ["JSS 2 ruby"], "teachers": ["Bode AKINLADE"], "starts": [[0, 0]]},
        {"id": "2", "subject": "Latin", "classes": ["French"], "teachers": ["Ms Virgil"]},
        {"id": "3", "subject": "Latin", "classes": ["Latinists"], "teachers": ["Ms Virgil"]},
    ],
    "rules": [{"type": "teacher_max_per_day", "teachers": ["Bode AKINLADE"], "max": 1}],
}  # fmt: skip


async def given(caller, content: bytes | str, name: str = "plan.json") -> str:
    async with transaction(caller) as tx:
        data = content if isinstance(content, bytes) else content.encode()
        return str((await files.save(tx, name, data, "text/plain", purpose="upload")).id)


async def call(caller, **args):
    return (await invoke(TOOLS["import_timetable"], caller, args, approved=True)).result


async def test_names_are_matched_and_those_the_school_has_not_are_said(callers, school):
    head = callers["head"]
    file = await given(head, json.dumps(PROBLEM))
    card, _ = await preview(TOOLS["import_timetable"], head, {"file": file, "how": "keep"})
    told = card.model_dump_json()
    assert "Ms Virgil" in told
    assert "Latinists" in told
    assert "AKINLADE" not in told
    assert "2 lessons stay unplaced" in card.summary
    done = await call(head, file=file, how="keep")
    assert done.strangers == {"teachers": ["Ms Virgil"], "classes": ["Latinists"], "subjects": ["Latin"]}
    assert (done.lessons, done.placed, done.hard) == (3, 1, 2)
    async with transaction(head) as tx:
        rows = await timetables.lessons_of(tx, await timetables.access_timetable(tx, done.timetable_id))
    by_key = {row.key: row for row in rows}
    assert by_key["1"].locked
    assert by_key["1"].teacher_names == ["Mr Bode Akinlade"]
    ruby = str(school.class_arms["JSS 2 Ruby"])
    assert by_key["1"].class_arm_ids == by_key["2"].class_arm_ids == [ruby]
    assert by_key["2"].group_names == ["JSS 2 Ruby, French"]
    assert by_key["3"].class_arm_ids == []


async def test_a_timetable_goes_out_to_fet_and_comes_back_as_it_was(callers):
    head = callers["head"]
    draft = await plan_a(head)
    async with transaction(head) as tx:
        table = await timetables.access_timetable(tx, draft)
        before = await timetables.lessons_of(tx, table)
        before[0].locked = True
        await tx.session.flush()
        sent = await timetable_fet.fet(tx, table)
    done = await call(head, file=await given(head, sent, "plan.fet"))
    assert (done.job_id, done.placed, done.hard, done.strangers, done.missing) == (None, 24, 0, {}, {})

    def week(rows):
        return sorted((r.day, r.period, r.room, r.subject, *r.class_arm_ids, *r.teacher_ids, r.locked) for r in rows)

    async with transaction(head) as tx:
        table = await timetables.access_timetable(tx, done.timetable_id)
        assert week(await timetables.lessons_of(tx, table)) == week(before)
        assert all(lesson.starts is None for lesson in timetables.instance_of(table).lessons)


async def test_a_file_without_places_is_searched_and_a_bad_one_refused_whole(callers):
    head = callers["head"]
    plain = {**PROBLEM, "lessons": [{**x, "starts": None} for x in PROBLEM["lessons"]]}
    done = await call(head, file=await given(head, json.dumps(plain)))
    assert done.job_id is not None
    wrong = [
        (UnreadableTimetable, "neither a FET file nor JSON", "hello", "x.txt"),
        (UnreadableFet, "no FET file", "<html/>", "x.fet"),
        (UnreadableTimetable, "not text", b"\xff\xfe\x00", "x.fet"),
        (BadTimetableProblem, "no lessons", json.dumps({**PROBLEM, "lessons": [], "rules": []}), "x.json"),
        (BadTimetableProblem, "14 days", json.dumps({**plain, "days": [f"D{n}" for n in range(14)]}), "x.json"),
        (BadTimetableProblem, "the teacher Nobody", json.dumps({**plain, "lessons": [{"id": "1", "teachers": ["Nobody"]}]}), "x.json"),
    ]  # fmt: skip
    for kind, words, content, name in wrong:
        with pytest.raises(kind, match=words):
            await call(head, file=await given(head, content, name))
    with pytest.raises(BadTimetableProblem, match="no lesson placed"):
        await call(head, file=await given(head, json.dumps(plain)), how="keep")
    teacher = callers["teacher"]
    with pytest.raises(NotAllowed):
        await call(teacher, file=await given(teacher, json.dumps(plain)))
