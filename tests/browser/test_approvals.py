"""Approvals between people and over time: a second person elsewhere, records that move, a card that runs out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.talk import pending, say

CARDS = ".approval"


def propose(copy, who: str, capability: str, **arguments: object) -> str:
    status, card = copy.rest(who, "POST", "/api/approvals", {"capability": capability, "arguments": arguments})
    assert status == 201, card
    return card["id"]


def card_of(page: Page, title: str) -> Locator:
    return page.locator(CARDS).filter(has=page.get_by_role("heading", name=title))


def undo(copy, who: str, tool: str) -> None:
    entry = copy.get(who, f"/api/audit?tool={tool}")["items"][0]
    status, _ = copy.rest(who, "POST", f"/api/audit/{entry['id']}/undo")
    assert status == 200


def sent(copy) -> list[str]:
    """By whom each notice of the head's was approved."""
    trail = copy.get("head", "/api/audit?tool=send_notice")["items"]
    return [entry["approvedBy"] for entry in trail if entry["who"]["role"] == "head"]


@pytest.fixture
def two_people(copy) -> Iterator[None]:
    """The school asks for a second person before a notice goes out."""
    rule = "/api/v1/second-approval"
    assert copy.rest("admin", "PUT", rule, {"capabilities": ["send_notice"]})[0] == 200
    yield
    assert copy.rest("admin", "PUT", rule, {"capabilities": []})[0] == 200


@pytest.mark.usefixtures("two_people")
def test_a_second_person_approves_in_another_browser(copy, open_as):
    head = open_as("head")
    say(head, "Send a notice to all staff: meeting at 2 pm")
    if pending(head).count() == 0:
        say(head, "Yes")
    mine = pending(head)
    expect(mine).to_contain_text("Somebody else with this right has to approve it.")
    mine.get_by_role("button", name="Approve", exact=True).click()
    expect(mine.get_by_role("alert").or_(mine.locator(".notice-danger"))).to_contain_text("somebody else")
    assert sent(copy) == []

    admin = open_as("admin", "/approvals")
    asked = admin.locator("section.stack-tight").filter(has=admin.locator(".approval-pending")).first
    theirs = asked.locator(".approval-pending")
    expect(asked.get_by_text("Dr Morenike Adegbuyi, head")).to_be_visible()
    expect(theirs).to_contain_text("Meeting at 2 pm")
    theirs.get_by_role("button", name="Approve", exact=True).click()
    expect(admin.get_by_text("Approved by Mr Osahon Idehen")).to_be_visible()

    expect(pending(head)).to_have_count(0, timeout=30_000)
    expect(head.locator(CARDS)).to_contain_text("Approved by Mr Osahon Idehen")
    expect(head.get_by_role("article", name="Assistant").last).to_contain_text("on its way", timeout=30_000)
    assert sent(copy) == ["Mr Osahon Idehen"]
    admin.goto(f"{copy.address}/activity")
    row = admin.get_by_role("listitem").filter(has_text="Dr Morenike Adegbuyi, head").first
    expect(row).to_contain_text("approved by Mr Osahon Idehen")
    expect(row).to_contain_text("in the portal")


def test_a_card_goes_stale_while_it_is_looked_at(copy, open_as):
    propose(copy, "admin", "set_school_details", motto="Onward")
    page = open_as("admin", "/approvals")
    card = card_of(page, "Change the school's motto")
    expect(card).to_contain_text("Waiting for approval")
    assert copy.rest("admin", "PATCH", "/api/v1/school", {"address": "2 Long Street"})[0] == 200
    expect(card).to_contain_text("Out of date", timeout=20_000)
    expect(card.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    expect(card).to_contain_text("Ask again to see what would happen now")
    assert copy.get("admin", "/api/v1/school")["motto"] != "Onward"
    undo(copy, "admin", "set_school_details")


def test_approving_a_card_that_has_just_gone_stale_changes_nothing(copy, open_as):
    page = open_as("admin", "/approvals")
    propose(copy, "admin", "set_school_details", motto="Forward")
    page.reload()
    card = card_of(page, "Change the school's motto")
    expect(card).to_contain_text("Waiting for approval")
    page.route("**/api/approvals/**", _hear_nothing)
    assert copy.rest("admin", "PATCH", "/api/v1/school", {"address": "3 Long Street"})[0] == 200
    card.get_by_role("button", name="Approve", exact=True).click()
    page.unroute("**/api/approvals/**", _hear_nothing)
    expect(card).to_contain_text("Out of date")
    assert copy.get("admin", "/api/v1/school")["motto"] != "Forward"
    undo(copy, "admin", "set_school_details")


def _hear_nothing(route: Route) -> None:
    """The page learns of no change, as in the moment before it would."""
    route.abort() if route.request.method == "GET" else route.continue_()


def test_done_and_undone_from_the_activity_page(copy, open_as):
    before = copy.get("admin", "/api/v1/school")["motto"]
    propose(copy, "admin", "set_school_details", motto="Light and learning")
    page = open_as("admin", "/approvals")
    card = card_of(page, "Change the school's motto")
    card.get_by_role("button", name="Approve", exact=True).click()
    expect(card).to_contain_text("Approved by Mr Osahon Idehen")
    assert copy.get("admin", "/api/v1/school")["motto"] == "Light and learning"
    page.goto(f"{copy.address}/activity")
    page.get_by_role("button", name="Undo: Changed the school's motto.").first.click()
    page.get_by_role("alertdialog").or_(page.get_by_role("dialog")).get_by_role("button", name="Undo it").click()
    expect(page.get_by_role("listitem").filter(has_text="Undone. Changed the school's motto.")).not_to_have_count(0)
    assert copy.get("admin", "/api/v1/school")["motto"] == before
