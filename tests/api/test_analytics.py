"""Early warning over REST: the seeds' JSON, staff only, their own classes."""


async def test_a_class_at_risk_is_the_seeds_json_and_for_staff_alone(client, sign_in, school):
    await sign_in("teacher")
    found = (await client.get("/api/analytics/classes/JSS 2 Topaz/at-risk")).json()
    assert found["classArm"]["name"] == "JSS 2 Topaz"
    [ibrahim] = found["atRiskStudents"]
    assert ibrahim["student"]["name"] == "Sani Ibrahim" and ibrahim["riskLevel"] in {"medium", "high"}
    assert "35.0" in ibrahim["contributingFactors"][0]["factor"] and ibrahim["recommendation"]
    health = found["classHealth"]
    assert health["highRiskCount"] + health["mediumRiskCount"] == 1 and health["lowRiskCount"] == 2
    assert "not a probability" in found["method"] and found["basis"] == "rule"
    assert (await client.get("/api/analytics/classes/JSS 1 Pearl/at-risk")).status_code == 403
    for outsider in ("guardian", "student"):
        await sign_in(outsider)
        assert (await client.get("/api/analytics/classes/JSS 2 Ruby/at-risk")).status_code == 403


async def test_a_trajectory_has_terms_places_and_subjects(client, sign_in, school):
    await sign_in("head")
    found = (await client.get(f"/api/analytics/students/{school.students['Ada']}/trajectory")).json()
    assert [(t["term"], t["average"], t["position"]) for t in found["terms"]] == [
        ("First Term This session", 80, 1), ("Second Term This session", 70, 1),
    ]  # fmt: skip
    assert found["trend"] == "declining" and found["projectedEndOfYear"] == 60
    assert {s["subject"]: s["scores"] for s in found["subjectBreakdown"]} == {
        "English Language": [None, 70],
        "Mathematics": [80, None],
    }
    empty = (await client.get(f"/api/analytics/students/{school.students['Musa']}/trajectory")).json()
    assert (empty["terms"], empty["trend"], empty["projectedEndOfYear"]) == ([], "unknown", None)
    await sign_in("guardian")
    assert (await client.get(f"/api/analytics/students/{school.students['Ada']}/trajectory")).status_code == 403


async def test_the_reasons_of_one_student_and_what_changed(client, sign_in, school):
    await sign_in("teacher")
    found = (await client.get(f"/api/analytics/students/{school.students['Ibrahim']}/risk")).json()
    assert found["basis"] == "rule" and "35.0" in found["contributingFactors"][0]["factor"]
    assert "instead of" in found["whatWouldChangeIt"]
    changes = (await client.get("/api/analytics/classes/JSS 2 Topaz/changes")).json()
    assert {c["student"]["name"] for c in changes["changes"]} == {"Sani Ibrahim", "Eze Chidi", "Balogun Kemi"}
    assert changes["before"] == "First Term This session"
    for outsider in ("guardian", "student", "bursar"):
        await sign_in(outsider)
        assert (await client.get(f"/api/analytics/students/{school.students['Ada']}/risk")).status_code == 403
        assert (await client.get("/api/analytics/ml/card")).status_code == 403


async def test_a_note_is_previewed_and_never_names_a_risk(client, sign_in, school):
    await sign_in("teacher")
    asked = {"classArm": "JSS 2 Topaz"}
    shown = (await client.post("/api/analytics/notes?preview=true", json=asked)).json()
    assert "Sani Ibrahim" in shown["title"] and "risk" not in str(shown["messages"]).casefold()
    refused = await client.post(
        "/api/analytics/notes", json=asked | {"text": "Your child is at risk of failing this year."}
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "note_names_risk")
    nobody = await client.post("/api/analytics/notes", json={})
    assert nobody.status_code == 422 and "Say whose guardians" in nobody.json()["detail"]
    assert (await client.post("/api/analytics/notes", json=asked)).json()["people"] == 1


async def test_training_is_for_the_head_and_a_new_school_keeps_the_rule(client, sign_in, school):
    await sign_in("teacher")
    assert (await client.post("/api/analytics/ml/retrain", json={})).status_code == 403
    await sign_in("head")
    shown = (await client.post("/api/analytics/ml/retrain?preview=true", json={"capacity": 12})).json()
    assert "Until then the rule is used" in shown["warnings"][0]
    assert (await client.post("/api/analytics/ml/retrain", json={"capacity": 12})).json()["status"] == "queued"
    assert (await client.get("/api/analytics/ml/models")).json() == {"serving": 0, "versions": []}
    card = (await client.get("/api/analytics/ml/card")).json()
    assert card["card"] is None and "the rule is used" in card["told"]
    missing = await client.post("/api/analytics/ml/serving", json={"version": 7})
    assert missing.status_code == 404
