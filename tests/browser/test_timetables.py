"""Timetables in the portal: a draft made, changed by keyboard and by drag, undone and proposed for publishing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import overflows, violations


def draft(page: Page) -> None:
    """Open a fresh draft of the timetable in force, at its first class."""
    page.get_by_role("link", name="First Term timetable", exact=True).click()
    page.get_by_role("button", name="Make a draft from it").click()
    page.get_by_role("link", name=re.compile("draft")).first.click()
    page.locator("button.lesson").first.wait_for()


def clean(page: Page, where: str) -> None:
    assert violations(page) == [], where
    assert not overflows(page), where


def test_a_draft_is_changed_by_keyboard_and_by_drag(open_as):
    page = open_as("head", "/timetables")
    draft(page)
    chip = page.locator("button.lesson").first
    chip.focus()
    page.keyboard.press("Enter")
    fits = page.locator(".target-fits, .target-way")
    fits.first.wait_for()
    clean(page, "a lesson in hand")
    while "target-fits" not in (page.evaluate("document.activeElement.className")):
        before = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.textContent") == before:
            page.keyboard.press("ArrowRight")
            for _ in range(12):
                page.keyboard.press("ArrowUp")
        if "target-way" in page.evaluate("document.activeElement.className"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"is on \w+ period \d now"))).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("Undone: it is as it was.")).to_be_visible()

    box = page.locator("button.lesson").nth(3).bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 15)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=4)
    fits.first.wait_for()
    there = fits.first.bounding_box()
    page.mouse.move(there["x"] + 40, there["y"] + 15, steps=5)
    page.mouse.up()
    expect(page.get_by_text(re.compile(r"is on \w+ period \d now"))).to_be_visible()

    page.get_by_role("button", name="Publish…").click()
    card = page.get_by_role("group", name=re.compile("Publish “First Term timetable, draft"))
    expect(card).to_contain_text("Classes whose week changes")
    clean(page, "the card")
    card.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Nothing was changed or sent.")).to_be_visible()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_each_sees_a_week_of_their_own(open_as, theme, width):
    for who in ("teacher", "guardian"):
        page = open_as(who, color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 860})
        page.goto(page.url.split("/c/")[0].rstrip("/") + "/timetables")
        expect(page.locator(".week-table td.shown .lesson").first).to_be_visible()
        assert page.locator("button.lesson").count() == 0, "only those who make timetables change them"
        page.get_by_role("button", name="Calendar address").click()
        expect(page.get_by_label(re.compile("Calendar address of"))).to_have_value(
            re.compile(r"/api/timetable/calendar/.+\.ics")
        )
        clean(page, who)


def test_a_timetable_is_made_while_one_watches_and_two_are_compared(open_as):
    page = open_as("head", "/timetables")
    page.get_by_role("button", name="Make a timetable").click()
    page.get_by_label("Name").fill("Watched")
    page.get_by_label("Time to look").select_option("10")
    page.get_by_role("button", name="Make a draft").click()
    solving = page.get_by_role("region", name="Making Watched")
    expect(solving).to_contain_text("every rule kept", timeout=60_000)
    clean(page, "solving")
    solving.get_by_role("button", name="Good enough: stop").click()
    expect(solving.get_by_role("link", name="Open it")).to_be_visible(timeout=60_000)
    page.get_by_label("Compare Watched").check()
    page.get_by_label("Compare First Term timetable", exact=True).check()
    page.get_by_role("button", name="Compare the two chosen").click()
    expect(page.get_by_role("heading", name=re.compile("courses at other times"))).to_be_visible()
    clean(page, "comparing")
