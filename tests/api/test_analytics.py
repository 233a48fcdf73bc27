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
    assert "not a probability" in found["method"]
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
