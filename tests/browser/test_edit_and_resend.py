"""A question with a file is edited and sent again: the file goes along, and nothing is asked twice."""

from playwright.sync_api import expect

from tests.browser.screenshots import SHEET
from tests.browser.talk import pending, say


def test_an_edited_question_keeps_its_file(open_as, copy):
    page = open_as("teacher")
    say(page, "What is in this file?", SHEET)
    page.get_by_role("article", name="You").hover()
    page.get_by_role("button", name="Edit and send again").click()
    box = page.get_by_label("Message", exact=True)
    expect(box).to_have_value("What is in this file?")
    expect(page.get_by_role("button", name=f"Remove {SHEET.name}")).to_be_visible()
    box.fill("Here are the scores")
    page.get_by_label("Send", exact=True).click()
    expect(pending(page)).to_have_count(1, timeout=30_000)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    kept = copy.get("teacher", f"/api/conversations/{page.url.rsplit('/', 1)[1]}")["messages"]
    asked = [message for message in kept if message["role"] == "user"]
    texts = ["".join(part.get("text", "") for part in one["parts"] if part["type"] == "text").strip() for one in asked]
    assert texts[-1] == "Here are the scores"
    assert texts.count("Here are the scores") == 1
    assert SHEET.name in str(asked[-1])
