"""Whatever people, files and models write is shown as text: no field runs a script, loads a picture or opens a frame."""

import json
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser.talk import pending, say, wait_for

MARK = "zq7"
PAYLOADS = (
    f"<img src=x onerror=hacked('{MARK}')>",
    f"<script>hacked('{MARK}')</script>",
    f"<svg onload=hacked('{MARK}')>",
    f"[{MARK}](javascript:hacked('{MARK}'))",
    f"![{MARK}](http://127.0.0.1:9/{MARK}.png)",
)
HOSTILE = " ".join(PAYLOADS)
SHORT = PAYLOADS[0]
TRAP = "window.hits = []; window.hacked = said => window.hits.push(said);"


def unharmed(page: Page, mark: str = MARK) -> None:
    """The text is there, and nothing it asked for has happened."""
    expect(page.get_by_text(mark).first).to_be_attached()
    found = page.evaluate(
        """() => ({ hits: window.hits,
        bad: [...document.querySelectorAll("main script, main iframe, main object, main embed, main base, main form[action]")].length,
        handlers: [...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => /^on/i.test(a.name))).length,
        links: [...document.querySelectorAll("a[href]")].map(a => a.href).filter(h => !/^(https?|mailto|tel|blob):/i.test(h)),
        pictures: [...document.querySelectorAll("img")].map(i => i.src).filter(s => !s.startsWith(location.origin) && !s.startsWith("blob:")) })"""
    )
    assert found == {"hits": [], "bad": 0, "handlers": 0, "links": [], "pictures": []}


def upload(copy, who: str, name: str, content: bytes) -> str:
    copy.get(who, "/api/me")
    edge = "----edge"
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
    )
    body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    request = Request(f"{copy.address}/api/uploads", data=body, headers={
        "Authorization": f"Bearer {copy.tokens[who]}", "Content-Type": f"multipart/form-data; boundary={edge}",
    })  # fmt: skip
    with urlopen(request, timeout=30) as answer:
        return json.load(answer)["fileId"]


@pytest.fixture
def trapped(open_as):
    """Open a page on which every script that gets through is seen."""

    def opened(who: str, path: str = "/", **options: object) -> Page:
        page = open_as(who, **options)
        page.add_init_script(TRAP)
        page.goto(page.url.rstrip("/") + path)
        return page

    return opened


def test_a_students_name(copy, trapped):
    sheet = f'Admission number,Surname,First name,Class\n{MARK}/1,"<img src=x onerror=hacked(1)>","{MARK} <b>Bold</b>",JSS 2 Ruby\n'
    file = upload(copy, "admin", "roster.csv", sheet.encode())
    status, done = copy.rest("admin", "POST", "/api/v1/imports", {"file": file, "kind": "students"})
    assert (status, done["added"]) == (200, 1), done
    page = trapped("admin")
    answer = say(page, "List the students of JSS 2 Ruby")
    expect(answer).to_contain_text(MARK)
    unharmed(page)
    entry = copy.get("admin", "/api/audit?tool=import_records")["items"][0]
    assert copy.rest("admin", "POST", f"/api/audit/{entry['id']}/undo")[0] == 200


def test_a_files_name_and_its_cells(copy, trapped):
    page = trapped("head")
    name = f"{MARK} {SHORT}.csv"
    page.get_by_label("Choose files").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": f'Admission number,Name,Exam\n"{SHORT}","{MARK}",1\n'.encode()}
    )
    expect(page.get_by_role("progressbar")).to_have_count(0)
    unharmed(page)
    page.get_by_label("Message", exact=True).fill("Here are the scores")
    page.get_by_label("Send", exact=True).click()
    expect(page.get_by_role("article", name="Assistant")).to_have_count(1, timeout=30_000)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0, timeout=30_000)
    unharmed(page)
    page.reload()
    expect(page.get_by_role("article", name="You")).to_contain_text(MARK)
    unharmed(page)


def test_a_notice_its_preview_and_what_arrives(copy, trapped):
    page = trapped("admin")
    text = {"title": f"{MARK} {SHORT}", "text": HOSTILE, "toStaff": True}
    status, card = copy.rest("admin", "POST", "/api/approvals", {"capability": "send_notice", "arguments": text})
    assert status == 201, card
    page.goto(f"{copy.address}/approvals/{card['id']}")
    expect(page.locator(".message-preview").first).to_contain_text("onerror")
    unharmed(page)
    page.get_by_role("button", name="Approve", exact=True).first.click()
    expect(page.get_by_text("It was carried out once").first).to_be_visible(timeout=30_000)
    page.goto(f"{copy.address}/activity")
    expect(page.get_by_role("listitem").filter(has_text="notice").first).to_be_visible()
    assert page.evaluate("window.hits") == []
    reader = trapped("teacher", "/notifications")
    expect(reader.get_by_text(MARK).first).to_be_visible(timeout=30_000)
    unharmed(reader)


def test_a_documents_title(copy, trapped):
    file = upload(copy, "head", "policy.txt", f"The {MARK} policy says that {HOSTILE} late coming is noted.".encode())
    body = {"file": file, "kind": "policy", "title": f"{MARK} {SHORT}"}
    status, added = copy.rest("head", "POST", "/api/ai/documents", body)
    assert status in (200, 201), added
    listed = wait_for(lambda: MARK in json.dumps(copy.get("head", "/api/ai/documents")), seconds=60)
    assert listed, "the document is read and listed"
    page = trapped("head")
    say(page, "List our documents")
    unharmed(page)
    assert copy.rest("head", "DELETE", f"/api/ai/documents/{added['documentId']}")[0] == 200


def test_a_models_words(slow_model, slow_copy, trapped):
    # No figures: an answer with any that no capability gave is withheld.
    words = HOSTILE.replace(MARK, "zq").replace("127.0.0.1:9", "elsewhere.example")
    slow_model.hold(f"{words} <iframe src=https://example.org></iframe> is what I say.", f"And {words} again.")
    slow_model.go_on.set()
    page = trapped("head", at=slow_copy)
    answer = say(page, "When is assembly?")
    expect(answer).to_contain_text("again.")
    unharmed(page, "zq")


def test_a_conversations_title_a_keys_name_and_a_phones_text(copy, trapped):
    page = trapped("admin")
    say(page, f"{MARK} {SHORT}")
    conversation = page.url.rsplit("/", 1)[1]
    assert copy.rest("admin", "PATCH", f"/api/conversations/{conversation}", {"title": f"{MARK} {SHORT}"})[0] == 204
    key = {"name": f"{MARK} {SHORT}", "scopes": ["self:read"]}
    assert copy.rest("admin", "POST", "/api/keys", key)[0] in (200, 201)
    phones = [phone["number"] for phone in copy.get("admin", "/api/sandbox/phones")["items"]]
    number = next(number for number in phones if number.startswith("+")).replace("+", "%2B")
    said = {"text": f"{MARK} {SHORT} {PAYLOADS[3]}", "channel": "sms"}
    assert copy.rest("admin", "POST", f"/api/sandbox/phones/{number}/messages", said)[0] == 202
    for path in (f"/c/{conversation}", "/settings/keys", f"/phones/{number}"):
        page.goto(copy.address + path)
        unharmed(page)


def test_the_schools_own_name_and_motto(copy, trapped):
    before = {field: copy.get("admin", "/api/v1/school")[field] for field in ("name", "motto")}
    assert copy.rest("admin", "PATCH", "/api/v1/school", {"name": f"{MARK} {SHORT}", "motto": HOSTILE})[0] == 200
    try:
        unharmed(trapped("head"))
    finally:
        assert copy.rest("admin", "PATCH", "/api/v1/school", before)[0] == 200


def test_a_hostile_page_address(copy, trapped):
    page = trapped("head", f"/c/%3Cimg%20src=x%20onerror=hacked('{MARK}')%3E")
    page.locator("main h1").first.wait_for(state="attached")
    assert page.evaluate("window.hits") == []
    assert pending(page).count() == 0
