"""Timetables over REST: the request as its document has it, conflicts as problems, files and the calendar feed."""

import io

import openpyxl
import pytest
from icalendar import Calendar

from school.timetabling.fet_import import from_fet
from tests.timetables import plan_a

REQUEST = {
    "daysPerWeek": 5, "periodsPerDay": 8, "periodDuration": 40, "breaks": [{"name": "Long break", "afterPeriod": 4, "minutes": 30}],
    "constraints": {
        "teacherAssignments": [
            {"teacherId": "Mr Bode Akinlade", "subjectId": "Mathematics", "classArmId": "JSS 2 Ruby", "periodsPerWeek": 5},
            {"teacherId": "Mrs Ngozi Umeadi", "subjectId": "Physics", "classArmId": "JSS 2 Ruby", "periodsPerWeek": 4},
        ],
        "preferredSlots": [{"subjectId": "Mathematics", "periods": [1, 2, 3, 4]}],
        "avoidConsecutive": ["Mathematics, Physics"],
        "doublePeriods": [{"subjectId": "Physics"}],
        "maxPeriodsPerDay": {"Mr Bode Akinlade": 6},
        "roomConstraints": [{"subjectId": "Physics", "roomId": "Lab Room A"}],
    },
}  # fmt: skip


@pytest.fixture
async def draft(callers):
    return await plan_a(callers["head"])


async def test_the_request_starts_a_job_and_its_mistakes_are_problems(client, sign_in, school):
    await sign_in("head")
    body = REQUEST | {"schoolId": str(school.id), "sessionId": str(school.session_id)}
    shown = (await client.post("/api/timetable/generate", params={"preview": "true"}, json=body)).json()
    assert shown["included"] == 8
    job = await client.post("/api/timetable/generate", json=body)
    assert job.status_code == 200, job.text
    assert (await client.get(f"/api/timetable/jobs/{job.json()['jobId']}")).json()["status"] == "queued"
    assert (await client.get(f"/api/timetable/jobs/{job.json()['jobId']}/result")).status_code == 404
    wrong = [
        ({"periodsPerDay": 500}, "500 periods a day cannot be planned"),
        ({"periodsPerDay": -1}, "-1 periods a day"),
        (
            {"constraints": {"teachers": [{"teacherId": "Nobody", "maxDays": 2}]}},
            "Nobody has limits but teaches nothing",
        ),
    ]
    for change, words in wrong:
        refused = await client.post("/api/timetable/generate", json=body | change)
        assert refused.status_code == 422
        assert words in refused.json()["detail"]
    many = [
        {"teacherId": f"t{n}", "subjectId": "Mathematics", "classArmId": f"class {n}", "periodsPerWeek": 1}
        for n in range(400)
    ]
    refused = await client.post("/api/timetable/generate", json=body | {"constraints": {"teacherAssignments": many}})
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_timetable_problem")
    assert "400 classes are more than" in refused.json()["detail"]


async def test_validating_and_swapping(client, sign_in, draft):
    await sign_in("head")
    shown = (await client.get("/api/timetable/grid", params={"timetable": str(draft)})).json()
    assert (await client.post("/api/timetable/validate", json={"timetable": str(draft)})).json()["valid"] is True
    ruby = [x for x in shown["lessons"] if x["classArms"] == ["JSS 2 Ruby"]]
    both = [{"key": x["key"], "day": 1, "period": 1} for x in ruby[:2]]
    clash = (
        await client.post("/api/timetable/validate", json={"timetable": str(draft), "lessons": both, "partial": True})
    ).json()
    assert clash["valid"] is False
    assert "at once" in clash["violations"][0]["words"]
    codes = set()
    for other in shown["lessons"]:
        slots = {"slot1": slot(ruby[0]), "slot2": slot(other)}
        codes.add((await client.post(f"/api/timetable/{draft}/swap", json=slots)).status_code)
    assert {200, 409} <= codes


async def test_wrong_fields_are_named_in_plain_words(client, sign_in, school, draft):
    await sign_in("head")
    load = {"teacherId": "Mr Bode Akinlade", "subjectId": "Mathematics", "classArmId": "JSS 2 Ruby"}

    async def refused(path, body):
        answer = await client.post(f"/api/timetable/{path}", json=body)
        assert answer.status_code == 422, answer.text
        return {item["field"].rpartition("constraints.")[2]: item["message"] for item in answer.json()["errors"]}

    assert (await refused("generate", {"seconds": -5}))["seconds"] == "This has to be at least 1."
    for number, words in ((-2, "at least 1."), (500, "at most ")):
        body = {"constraints": {"teacherAssignments": [load | {"periodsPerWeek": number}]}}
        assert words in (await refused("generate", body))["teacherAssignments.0.periodsPerWeek"]
    said = await refused(
        "validate", {"lessons": [{"key": "L1", "day": -1, "period": 500}, {"key": "L2", "period": "x"}]}
    )
    assert said == {
        "lessons.0.day": "This has to be at least 1.", "lessons.0.period": "This has to be at most 30.",
        "lessons.1.day": "This is missing; give it.", "lessons.1.period": "Give a whole number, such as 12.",
    }  # fmt: skip
    both = [
        {"key": "L1", "day": 1, "period": 1},
        {"key": "L2", "day": 1, "period": 2},
        {"key": "L1", "day": 2, "period": 1},
    ]
    said = await refused("validate", {"timetable": str(draft), "lessons": both, "partial": True})
    assert said == {"lessons.2.key": "Lesson L1 was given before, at lessons.0."}
    late = {"subjectId": "Mathematics", "days": [2], "periods": [9]}
    constraints = REQUEST["constraints"] | {"preferredSlots": [*REQUEST["constraints"]["preferredSlots"], late]}
    said = await refused("generate", REQUEST | {"constraints": constraints})
    assert said == {"preferredSlots.1": "Day 2, period 9 is not in a week of 5 days of 8."}
    away = [{"teacherId": "Mr Bode Akinlade", "unavailable": [{"days": [7], "periods": [1]}]}]
    said = await refused("generate", REQUEST | {"constraints": REQUEST["constraints"] | {"teachers": away}})
    assert said == {"teachers.0.unavailable.0": "Day 7, period 1 is not in a week of 5 days of 8."}


def slot(lesson):
    return {"day": lesson["day"], "period": lesson["period"], "lesson": lesson["key"]}


async def test_files_and_the_calendar_open_for_those_who_may(client, sign_in, school, draft):
    await sign_in("head")
    assert (await client.post(f"/api/timetable/{draft}/publication", json={})).status_code == 200
    ruby = school.class_arms["JSS 2 Ruby"]
    printed = await client.get(f"/api/timetable/{draft}/file.pdf", params={"classArm": str(ruby)})
    assert printed.content.startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO((await client.get(f"/api/timetable/{draft}/file.xlsx")).content))
    assert {"JSS 2 Ruby", "Mr Bode Akinlade", "All lessons"} <= set(book.sheetnames)
    assert book["All lessons"].max_row == 25
    found = from_fet((await client.get(f"/api/timetable/{draft}/file.fet")).text, "Plan A").instance
    assert {"Mr Bode Akinlade"} <= {t.id for t in found.teachers}
    assert all(lesson.starts is not None and len(lesson.starts) == 1 for lesson in found.lessons)
    address = (await client.get("/api/timetable/calendar-address", params={"classArm": "JSS 2 Ruby"})).json()["url"]
    path = address[address.index("/api/") :]
    client.headers.pop("Authorization", None)
    client.cookies.clear()
    calendar = Calendar.from_ical((await client.get(path)).content)
    assert len(calendar.walk("VEVENT")) >= 8
    assert (await client.get(path.replace("calendar/", "calendar/A"))).status_code == 404
    await sign_in("guardian")
    topaz = school.class_arms["JSS 2 Topaz"]
    assert (await client.get(f"/api/timetable/{draft}/file.pdf", params={"classArm": str(topaz)})).status_code == 404
    assert (await client.get(f"/api/timetable/{draft}/file.xlsx")).status_code == 422
    await sign_in("teacher")
    assert (await client.get(f"/api/timetable/{draft}/file.fet")).status_code == 403


async def test_publishing_is_proposed_and_then_approved(client, sign_in, draft):
    await sign_in("head")
    asked = {"capability": "publish_timetable", "arguments": {"timetable": "Plan A"}}
    card = await client.post("/api/approvals", json=asked)
    assert (card.status_code, card.json()["status"]) == (201, "pending")
    assert (await client.get("/api/timetable/grid")).status_code == 404, "nothing has happened yet"
    done = await client.post(f"/api/approvals/{card.json()['id']}/approve")
    assert done.json()["status"] == "executed", done.text
    assert (await client.get("/api/timetable/grid")).json()["name"] == "Plan A"
    for refused in ("show_timetable", "no_such_action"):
        assert (await client.post("/api/approvals", json=asked | {"capability": refused})).status_code == 404
    await sign_in("teacher")
    assert (await client.post("/api/approvals", json=asked)).status_code == 404
