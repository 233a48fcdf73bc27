"""REST: the same capabilities and refusals as every door, with previews, idempotency and problem details."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from school.permissions import GRANTS
from tests.tools.examples import smallest
from tools.declare import load_all

TOOLS = load_all()
SHEET = "/api/v1/score-sheets/JSS 2 Ruby/English"


async def test_the_openapi_document_shows_every_capability_with_its_words(client):
    document = (await client.get("/api/openapi.json")).json()
    operations = {
        operation["operationId"]: operation for path in document["paths"].values() for operation in path.values()
    }
    for tool in TOOLS.values():
        if tool.internal:
            assert tool.name not in operations
            continue
        assert tool.doc.splitlines()[0] == operations[tool.name]["summary"]
        assert tool.says[0] in operations[tool.name]["description"]
        assert operations[tool.name]["responses"]["403"]["content"].keys() == {"application/problem+json"}
    assert document["openapi"].startswith("3.1")


async def test_reading_takes_names_and_returns_camel_case(client, sign_in):
    await sign_in("teacher")
    found = await client.get("/api/v1/score-sheets/jss2 ruby/maths/performance", params={"term": "last term"})
    assert found.status_code == 200, found.text
    body = found.json()
    assert body["average"] == 70.0
    assert [row["position"] for row in body["students"] if row["total"] is not None] == [3, 1, 1]
    assert body["passPercent"] == 40


async def test_a_preview_changes_nothing_and_the_request_is_the_approval(client, sign_in):
    await sign_in("colleague")
    shown = (await client.post(f"{SHEET}/publication", params={"preview": "true"}, json={})).json()
    assert shown["title"].startswith("Publish 1 scores") or shown["title"].startswith("Publish 1 score")
    assert shown["messages"][0]["segments"] >= 1
    assert shown["cost"]["currency"] == "NGN"
    assert {entry["reason"] for entry in shown["excluded"]} == {"no score is recorded for this student"}
    done = await client.post(f"{SHEET}/publication", json={})
    assert done.status_code == 200, done.text
    assert done.headers["x-audit-id"]
    again = await client.post(f"{SHEET}/publication", json={})
    assert (again.status_code, again.json()["code"]) == (409, "already_published")


async def test_an_idempotency_key_makes_a_retry_safe(client, sign_in):
    await sign_in("colleague")
    headers = {"Idempotency-Key": "publish-1"}
    answers = await asyncio.gather(*(client.post(f"{SHEET}/publication", json={}, headers=headers) for _ in range(3)))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.text for answer in answers}) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 2
    other = await client.post(f"{SHEET}/publication", json={"releaseOn": "2031-01-01"}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


async def test_two_that_fit_come_back_as_candidates(client, sign_in):
    await sign_in("head")
    answer = await client.get("/api/v1/students/Okonjo")
    assert (answer.status_code, answer.json()["code"]) == (422, "ambiguous")
    assert {candidate["label"] for candidate in answer.json()["candidates"]} == {"Ada Okonjo", "Uche Okonjo"}


async def test_a_wrong_field_is_named(client, sign_in):
    await sign_in("colleague")
    answer = await client.put("/api/v1/students/Ada Okonjo/scores", json={"subject": "English", "component": "CA"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == "points"
    assert answer.json()["requestId"] == answer.headers["x-request-id"]


@pytest.mark.parametrize("position", ["classArm", "subject", "term"])
async def test_another_schools_ids_are_absent(client, sign_in, school, position):
    await sign_in("head")
    theirs = {
        "classArm": school.other.class_arms["JSS 2 Ruby"], "subject": school.other.subjects["Mathematics"],
        "term": school.other.terms["this"],
    }  # fmt: skip
    class_arm = theirs["classArm"] if position == "classArm" else "JSS 2 Ruby"
    subject = theirs["subject"] if position == "subject" else "Mathematics"
    params = {"term": str(theirs["term"])} if position == "term" else {"term": "last term"}
    answer = await client.get(f"/api/v1/score-sheets/{class_arm}/{subject}", params=params)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_visible")


async def test_a_guardian_sees_the_own_child_only(client, sign_in, school):
    await sign_in("guardian")
    own = await client.get("/api/v1/students/Ada/results", params={"term": "last term", "subject": "maths"})
    assert own.status_code == 200
    waiting = await client.get("/api/v1/students/Ada/results", params={"subject": "english"})
    assert (waiting.status_code, waiting.json()["code"]) == (409, "not_released")
    details = set()
    for other in ("Tunde Afolayan", "Zzyx Qqqq"):
        answer = await client.get(f"/api/v1/students/{other}/results")
        assert answer.status_code == 404
        details.add(answer.json()["detail"].replace(other, "…"))
    by_id = await client.get(f"/api/v1/students/{school.students['Tunde']}/results")
    assert by_id.status_code == 404
    assert len(details) == 1


@pytest.mark.parametrize("role", ["head", "teacher", "bursar", "guardian", "student"])
async def test_what_a_role_may_not_do_is_refused_here_too(client, sign_in, role):
    await sign_in(role)
    refused = 0
    for tool in TOOLS.values():
        if tool.internal or tool.permission in GRANTS[next(r for r in GRANTS if r.value == role)]:
            continue
        args = smallest(tool)
        path = tool.path
        for name in tool.path_arguments:
            from pydantic.alias_generators import to_camel

            path = path.replace("{" + name + "}", str(args.pop(to_camel(name), "x")))
        sends = {"params": args} if tool.method in {"GET", "DELETE"} else {"json": args}
        answer = await client.request(tool.method, path, **sends)
        assert answer.status_code == 403, f"{tool.name}: {answer.status_code} {answer.text}"
        refused += 1
    assert refused or role == "head"


async def test_an_approval_can_be_pressed_over_rest(client, sign_in, school, callers):
    from tools.approve import propose

    card = await propose(
        TOOLS["publish_scores"], callers["colleague"], {"class_arm": "JSS 2 Ruby", "subject": "English"}
    )
    await sign_in("teacher")
    assert (await client.post(f"/api/approvals/{card.id}/approve")).status_code == 404
    await sign_in("colleague")
    listed = (await client.get("/api/approvals")).json()["items"]
    assert [item["id"] for item in listed] == [str(card.id)]
    done = await client.post(f"/api/approvals/{card.id}/approve")
    assert (done.status_code, done.json()["status"]) == (200, "executed")
    again = await client.post(f"/api/approvals/{card.id}/approve")
    assert (again.status_code, again.json()["code"]) == (409, "approval_used")
    trail = (await client.get("/api/audit")).json()["items"]
    assert trail[0]["tool"] == "publish_scores"
    undone = await client.post(f"/api/audit/{trail[0]['id']}/undo")
    assert undone.status_code == 200
    assert (await client.post(f"/api/audit/{trail[0]['id']}/undo")).status_code == 409


@pytest.mark.parametrize("path", ["/api/nothing", "/api/v1/nothing", "/health/nothing"])
async def test_an_unknown_address_is_a_problem_not_a_page(client, path):
    answer = await client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_visible")


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(client, sign_in):
    await sign_in("teacher")
    answer = await client.post("/api/ai/chat", json={"message": "x" * 20_000_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    long = await client.post("/api/ai/chat", json={"message": "x" * 30_000})
    assert long.status_code == 422


@pytest.mark.parametrize("text", ["a\x00b", "‮evil", "'; DROP TABLE scores; --", "%", "\\", "😀" * 50])
async def test_strange_text_is_an_answer_not_a_crash(client, sign_in, text):
    await sign_in("head")
    found = await client.get("/api/v1/students", params={"name": text})
    assert found.status_code in {200, 404, 422}, found.text


async def test_a_rotated_key_works_on_until_its_overlap_ends(client, sign_in):
    await sign_in("head")
    made = (await client.post("/api/keys", json={"name": "Portal", "scopes": ["classes:read"]})).json()
    again = (await client.post(f"/api/keys/{made['id']}/rotation", json={"overlapHours": 1})).json()
    assert (again["name"], again["scopes"]) == ("Portal", ["classes:read"])
    assert again["key"] != made["key"]
    ended = (await client.post(f"/api/keys/{again['id']}/rotation", json={"overlapHours": 0})).json()
    statuses = []
    for key in (made["key"], again["key"], ended["key"]):
        headers = {"Authorization": f"Bearer {key}"}
        statuses.append((await client.get("/api/v1/classes/JSS 2 Ruby", headers=headers)).status_code)
    assert statuses == [200, 401, 200]


async def test_a_key_replaces_itself_whatever_its_scopes_and_no_other(client, sign_in):
    await sign_in("head")
    one, other = [
        (await client.post("/api/keys", json={"name": name, "scopes": ["classes:read"]})).json() for name in ("a", "b")
    ]
    headers = {"Authorization": f"Bearer {one['key']}"}
    refused = await client.post(f"/api/keys/{other['id']}/rotation", headers=headers)
    narrow = await client.get("/api/v1/students", headers=headers)
    assert (refused.status_code, narrow.status_code) == (403, 403)
    assert narrow.json()["detail"].startswith("This key's scopes do not include")
    made = await client.post(f"/api/keys/{one['id']}/rotation", headers=headers)
    assert (made.status_code, made.json()["scopes"]) == (201, ["classes:read"])


async def test_a_key_lasts_to_the_end_of_its_last_day_at_the_school(client, sign_in):
    await sign_in("head")
    given = {"name": "Portal", "scopes": ["classes:read"], "expiresOn": "2099-12-01"}
    made = (await client.post("/api/keys", json=given)).json()
    zone = ZoneInfo((await client.get("/api/me")).json()["school"]["timeZone"])
    assert datetime.fromisoformat(made["expiresAt"]).astimezone(zone).isoformat()[:19] == "2099-12-01T23:59:59"
    past = await client.post("/api/keys", json=given | {"expiresOn": "2020-01-01"})
    assert (past.status_code, "passed already" in past.json()["detail"]) == (422, True)
