"""Figures over REST: comparison, subjects, and the dashboard with its parts; staff only, their own classes."""

import pytest

V1 = "/api/v1/analytics"


async def test_a_class_beside_the_arms_of_its_level(client, sign_in, school):
    await sign_in("head")
    found = (await client.get("/api/analytics/classes/JSS 2 Topaz/comparison?subject=Mathematics")).json()
    assert (found["classArm"]["name"], found["level"]["name"], found["subject"]["name"]) == (
        "JSS 2 Topaz",
        "JSS 2",
        "Mathematics",
    )
    ruby, topaz = found["classes"]
    assert ruby["classArm"]["name"] == "JSS 2 Ruby" and ruby["figures"]["students"] == 0 and ruby["enrolled"] == 6
    assert topaz["figures"]["average"] == pytest.approx(61) and topaz["figures"]["passRate"] == pytest.approx(66.67)
    assert [(one["grade"], one["students"]) for one in topaz["figures"]["grades"]] == [
        ("A", 1),
        ("B", 0),
        ("C", 1),
        ("D", 0),
        ("F", 1),
    ]
    assert topaz["clear"] is False and found["asOf"] and "teacher" not in str(found["classes"]).casefold()
    level = (await client.get("/api/analytics/levels/JSS 2/comparison")).json()
    assert level["classArm"] is None and [one["subject"]["name"] for one in level["subjects"]] == [
        "English Language",
        "Mathematics",
    ]


async def test_few_students_of_a_class_one_does_not_teach_are_not_shown(client, sign_in, school):
    await sign_in("colleague")
    found = (await client.get("/api/analytics/classes/JSS 2 Ruby/comparison?subject=English Language")).json()
    by_name = {one["classArm"]["name"]: one for one in found["classes"]}
    assert by_name["JSS 2 Ruby"]["figures"]["average"] == 70 and by_name["JSS 2 Topaz"]["figures"] is None
    assert (await client.get("/api/analytics/levels/JSS 2/comparison?subject=Mathematics")).status_code == 403
    await sign_in("teacher")
    assert (await client.get("/api/analytics/levels/JSS 1/comparison")).status_code == 403


async def test_a_subject_has_distributions_components_and_terms(client, sign_in, school):
    await sign_in("teacher")
    found = (await client.get("/api/analytics/subjects/Mathematics/analysis")).json()
    assert [one["classArm"]["name"] for one in found["classes"]] == ["JSS 2 Topaz"]
    assert sum(one["students"] for one in found["figures"]["bins"]) == 3 == found["figures"]["students"]
    assert found["figures"]["median"] == 57 and [one["component"] for one in found["components"]] == [
        "Assignment",
        "Note",
        "CA",
        "Exam",
    ]
    assert [one["students"] for one in found["terms"]] == [0, 3, 3]
    assert [one["name"] for one in found["withoutScores"]] == ["JSS 2 Ruby"]
    assert (await client.get("/api/analytics/subjects/Physics/analysis")).status_code == 403
    await sign_in("head")
    empty = (await client.get("/api/analytics/subjects/Physics/analysis")).json()
    assert empty["figures"]["average"] is None and empty["classes"] == []


async def test_students_in_figures_are_narrowed_and_sorted(client, sign_in, school):
    await sign_in("teacher")
    found = (await client.get(f"{V1}/students?classArms=JSS 2 Topaz&sort=average&limit=2")).json()
    assert found["total"] == 3 and [one["student"]["name"] for one in found["students"]] == [
        "Eze Chidi",
        "Balogun Kemi",
    ]
    assert [(one["average"], one["position"], one["outOf"], one["failed"]) for one in found["students"]] == [
        (91, 1, 3, 0),
        (57, 2, 3, 0),
    ]
    every = (await client.get(f"{V1}/students")).json()
    assert every["total"] == 9 and every["withoutScores"] == 5
    assert (await client.get(f"{V1}/students?classArms=JSS 1 Pearl")).status_code == 403
    one = (await client.get(f"{V1}/students?students=Ada&classArms=JSS 2 Ruby")).json()
    assert [(s["average"], s["before"], s["change"]) for s in one["students"]] == [(70, 80, -10)]


async def test_the_dashboard_is_a_scope_at_a_glance(client, sign_in, school):
    await sign_in("head")
    found = (await client.get(f"{V1}/dashboard")).json()
    assert found["students"] == 12 and {one["classArm"]["name"] for one in found["classes"]} == {
        "JSS 1 Pearl",
        "JSS 2 Ruby",
        "JSS 2 Topaz",
    }
    assert found["risk"]["mostUrgent"][0]["student"]["name"] == "Sani Ibrahim" and found["risk"]["asOf"]
    assert found["risk"]["withoutScores"] == 6 and found["averageChange"] == -10
    assert sum(one["students"] for one in found["scores"]["grades"]) == 4
    assert any("no score yet" in one["text"] for one in found["attention"])
    narrowed = (await client.get(f"{V1}/dashboard?groups=JSS 1")).json()
    assert narrowed["students"] == 3 and narrowed["average"] is None and narrowed["scores"]["students"] == 0
    await sign_in("teacher")
    assert {one["classArm"]["name"] for one in (await client.get(f"{V1}/dashboard")).json()["classes"]} == {
        "JSS 2 Ruby",
        "JSS 2 Topaz",
    }


async def test_grades_and_courses_of_a_subject_teacher_are_of_their_own_subjects(client, sign_in, school):
    await sign_in("colleague")
    grades = (await client.get(f"{V1}/grades?groups=JSS 2")).json()
    assert [one["subject"]["name"] for one in grades["subjects"]] == ["English Language"]
    assert grades["together"]["students"] == 1
    courses = (await client.get(f"{V1}/courses?groups=JSS 2")).json()
    assert [(one["subject"]["name"], one["classArm"]["name"], one["state"]) for one in courses["courses"]] == [
        ("English Language", "JSS 2 Ruby", "draft"), ("Physics", "JSS 2 Topaz", "none"),
    ]  # fmt: skip
    assert courses["withoutScores"] == 1 and courses["courses"][0]["recorded"] == 100
    await sign_in("head")
    assert (await client.get(f"{V1}/grades")).json()["together"]["students"] == 4


@pytest.mark.parametrize("role", ["guardian", "student", "bursar"])
async def test_figures_are_for_staff_alone(client, sign_in, school, role):
    await sign_in(role)
    for path in ("students", "attendance", "grades", "courses", "dashboard"):
        assert (await client.get(f"{V1}/{path}")).status_code == 403


async def test_days_are_checked(client, sign_in, school):
    await sign_in("head")
    wrong = await client.get(f"{V1}/attendance?firstDay=2026-05-02&lastDay=2026-05-01")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid_input") and "earlier day first" in wrong.json()[
        "detail"
    ]
    assert (await client.get(f"{V1}/attendance?firstDay=1990-01-01&lastDay=1990-02-01")).status_code == 422
