"""Report card options over REST: changed with preview and undo, looked at before, pictures checked, holds kept."""

import io

import pytest
from PIL import Image

from api import report_printing
from runtime.transaction import transaction
from school import report_holds


@pytest.fixture(autouse=True)
async def printing():
    yield
    await report_printing.close()


def png(size=(60, 60)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "#7a1f3d").save(written, "PNG")
    return written.getvalue()


async def upload(client, content: bytes, name: str) -> str:
    answer = await client.post("/api/uploads", files={"file": (name, content)})
    assert answer.status_code == 201, answer.text
    return answer.json()["fileId"]


async def test_options_are_previewed_changed_and_put_back(client, sign_in):
    await sign_in("head")
    body = {"layout": "modern", "missingScores": "leave_out", "colour": "#7a1f3d"}
    shown = (await client.patch("/api/reports/options", params={"preview": "true"}, json=body)).json()
    assert shown["included"] == 3 and "worked out anew" in shown["warnings"][0]
    assert (await client.get("/api/reports/options")).json()["options"]["layout"] == "classic"
    done = await client.patch("/api/reports/options", json=body)
    assert done.status_code == 200, done.text
    assert (await client.get("/api/reports/options")).json()["options"]["missingScores"] == "leave_out"
    undone = await client.post(f"/api/audit/{done.headers['X-Audit-Id']}/undo")
    assert undone.status_code == 200, undone.text
    assert (await client.get("/api/reports/options")).json()["options"]["layout"] == "classic"
    await sign_in("teacher")
    assert (await client.patch("/api/reports/options", json=body)).status_code == 403


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        ({"colour": "green"}, "invalid_input", "#rrggbb"),
        ({"chain": ["head", "class_teacher"]}, "invalid_input", "in the order"),
        ({"template": "{% for x in card.subjects %}"}, "template_fault", "does not compile: line 1"),
        ({"template": "{{ card.nothing.at.all }}"}, "template_fault", "does not work on a card"),
        ({"customCss": "h1 { background: url(http://example.org/x.png) }"}, "style_fault", "outside the page"),
        ({"customCss": "h1 { color red }"}, "style_fault", "Line 1"),
        ({"customCss": "@import 'file:///etc/passwd';"}, "style_fault", "@import"),
    ],
)  # fmt: skip
async def test_options_that_would_not_print_are_refused_in_words(client, sign_in, body, code, words):
    await sign_in("head")
    refused = await client.patch("/api/reports/options", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, code), refused.text
    assert words in refused.json()["detail"]


async def test_a_real_card_is_looked_at_with_options_that_are_not_kept(client, sign_in, school):
    await sign_in("head")
    ada = str(school.students["Ada"])
    plain = await client.post("/api/reports/preview", json={"studentId": ada})
    assert plain.headers["content-type"] == "image/png", plain.text
    picture = Image.open(io.BytesIO(plain.content))
    assert picture.height > picture.width > 900, "a whole A4 page"
    red = await client.post("/api/reports/preview", json={"studentId": ada, "options": {"colour": "#ff0000"}})
    assert red.content != plain.content
    seen = Image.open(io.BytesIO(red.content)).convert("RGB").getcolors(1_000_000) or []
    assert (255, 0, 0) in {colour for _, colour in seen}
    made = await client.post("/api/reports/preview", json={"format": "pdf", "options": {"layout": "modern"}})
    assert made.content[:5] == b"%PDF-"
    assert (await client.get("/api/reports/options")).json()["options"]["colour"] is None
    bad = await client.post("/api/reports/preview", json={"options": {"template": "{% if %}"}})
    assert (bad.status_code, bad.json()["code"]) == (422, "card_not_printed")
    await sign_in("teacher")
    assert (await client.post("/api/reports/preview", json={})).status_code == 403


async def test_a_logo_is_printed_and_taken_back_and_what_is_no_picture_is_refused(client, sign_in, school):
    await sign_in("head")
    file_id = await upload(client, png(), "crest.png")
    done = await client.put("/api/reports/options/pictures/logo", json={"fileId": file_id})
    assert done.status_code == 200, done.text
    look = await client.post("/api/reports/preview", json={"studentId": str(school.students["Ada"])})
    seen = Image.open(io.BytesIO(look.content)).convert("RGB").getcolors(1_000_000) or []
    assert (122, 31, 61) in {colour for _, colour in seen}, "the crest is on the page"
    assert (await client.post(f"/api/audit/{done.headers['X-Audit-Id']}/undo")).status_code == 200
    assert (await client.get("/api/reports/options")).json()["logoFileId"] is None
    text = await upload(client, b"name,score\nAda,3\n", "scores.csv")
    refused = await client.put("/api/reports/options/pictures/logo", json={"fileId": text})
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_image")
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    svg = await client.post("/api/uploads", files={"file": ("crest.svg", drawing)})
    assert svg.status_code == 422 and svg.json()["code"] == "unsupported_type"
    huge = await client.post("/api/uploads", files={"file": ("crest.png", png() + b"\0" * 40_000_000)})
    assert huge.status_code == 413 and huge.json()["code"] == "too_large"


async def test_a_hold_keeps_one_card_from_its_guardian_while_the_option_is_on(client, sign_in, school, callers):
    ruby, term, ada = school.class_arms["JSS 2 Ruby"], str(school.terms["last"]), str(school.students["Ada"])
    await sign_in("teacher")
    await client.post(f"/api/reports/approvals/{ruby}", json={"term": term})
    await sign_in("head")
    await client.post(f"/api/reports/approvals/{ruby}", json={"term": term})
    await client.post(f"/api/reports/releases/{ruby}", json={"term": term})
    await sign_in("bursar")
    held = await client.put(f"/api/reports/holds/{ada}", json={"term": term, "reason": "first instalment"})
    assert held.status_code == 200 and "hold is off" in held.json()["message"], held.text
    await sign_in("guardian")
    assert (await client.get(f"/api/v1/students/{ada}/report-card")).status_code == 200, "the option is off by default"
    assert (await client.get("/api/reports/holds", params={"term": term})).status_code == 403
    await sign_in("head")
    await client.patch("/api/reports/options", json={"holdForFees": True})
    await sign_in("guardian")
    refused = await client.get(f"/api/v1/students/{ada}/report-card")
    assert (refused.status_code, refused.json()["code"]) == (409, "card_held")
    assert "instalment" not in refused.text
    await sign_in("bursar")
    lifted = await client.delete(f"/api/reports/holds/{ada}", params={"term": term})
    assert lifted.status_code == 200, lifted.text
    await sign_in("guardian")
    assert (await client.get(f"/api/v1/students/{ada}/report-card")).status_code == 200
    await sign_in("bursar")
    assert (await client.post(f"/api/audit/{lifted.headers['X-Audit-Id']}/undo")).status_code == 200
    async with transaction(callers["bursar"]) as tx:
        assert [held.reason for held in await report_holds.on_hold(tx, school.terms["last"])] == ["first instalment"]
