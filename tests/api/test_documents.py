"""The upload form, the list, the file, and the wall between two schools, over HTTP."""

import pytest

from knowledge import documents
from runtime.transaction import transaction
from school.runs import RunRow
from tests.knowledge.conftest import worker

RULES = b"# House rules\n\n## Phones\n\nPhones stay in the office from morning until the last bell rings.\n"


@pytest.fixture
async def uploaded(sign_in, callers):
    head = await sign_in("head")
    answer = await head.post(
        "/api/ai/documents/upload",
        files={"file": ("rules.md", RULES)},
        data={"kind": "policy", "audience": "guardians"},
    )
    assert answer.status_code == 201, answer.text
    async with transaction(callers["head"], read_only=True) as tx:
        run = await tx.session.get_one(RunRow, answer.json()["runId"])
    await documents.read(worker(callers["head"]), run.payload["version_id"], True)
    return answer.json()


async def test_a_document_uploaded_is_listed_answers_and_opens(uploaded, sign_in):
    teacher = await sign_in("teacher")
    (item,) = (await teacher.get("/api/ai/documents")).json()["documents"]
    assert (item["title"], item["kind"], item["audience"], item["status"]) == (
        "House rules",
        "policy",
        "guardians",
        "ready",
    )
    given = (await teacher.get("/api/ai/answers", params={"question": "Where do phones stay?"})).json()
    assert given["says"] and "in the office" in given["quotes"][0]["text"]
    opened = await teacher.get(f"/api/ai/documents/{uploaded['documentId']}/file")
    assert opened.content == RULES


async def test_another_school_and_another_audience_see_nothing_at_any_route(uploaded, sign_in, school):
    document = uploaded["documentId"]
    for who, slug in (("admin", school.other.slug), ("student", None)):
        client = await sign_in(who, slug)
        assert (await client.get("/api/ai/documents")).json()["documents"] == []
        assert not (await client.get("/api/ai/answers", params={"question": "Where do phones stay?"})).json()["says"]
        for route in (f"/api/ai/documents/{document}", f"/api/ai/documents/{document}/file"):
            assert (await client.get(route)).status_code == 404
    removed = await (await sign_in("admin", school.other.slug)).delete(f"/api/ai/documents/{document}")
    assert removed.status_code == 404
    assert (await (await sign_in("guardian")).get(f"/api/ai/documents/{document}/file")).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("guardian", 403), ("student", 403), ("teacher", 201)])
async def test_who_may_upload(sign_in, who, status):
    client = await sign_in(who)
    answer = await client.post("/api/ai/documents/upload", files={"file": ("rules.md", RULES)}, data={"kind": "notice"})
    assert answer.status_code == status


async def test_a_bad_file_is_a_problem_with_its_reason(sign_in):
    head = await sign_in("head")
    answer = await head.post("/api/ai/documents/upload", files={"file": ("scheme.pdf", b"%PDF-1.7 nothing of use")})
    assert answer.status_code == 422 and answer.json()["code"] == "file_corrupt"
    assert (await head.get("/api/ai/documents")).json()["documents"] == []
