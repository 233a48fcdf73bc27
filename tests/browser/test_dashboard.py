"""The dashboard: from the school to a class, a student and a subject, filtered by the address, read as tables, as a file."""

import re

from playwright.sync_api import expect

from tests.browser.test_accessibility import overflows, settled, violations


def test_staff_drill_down_and_a_link_opens_what_was_looked_at(open_as, copy):
    page = open_as("head", "/dashboard")
    classes = page.get_by_role("group", name="Classes")
    expect(classes.get_by_role("row")).to_have_count(21, timeout=30_000)
    page.get_by_label("Year group").select_option("JSS 2")
    expect(page).to_have_url(re.compile(r"\?group=JSS"))
    expect(classes.get_by_role("row")).to_have_count(5)
    page.reload()
    expect(classes.get_by_role("row")).to_have_count(5)
    assert violations(page) == []

    classes.get_by_role("link", name="JSS 2 Ruby").click()
    expect(page.get_by_role("heading", name="JSS 2 Ruby", level=1)).to_be_visible()
    risk = page.locator(".chart").first
    risk.get_by_role("button", name="Show the numbers").click()
    counted = [int(cell) for cell in risk.get_by_role("cell").all_inner_texts() if cell.isdigit()]
    health = copy.get("head", "/api/analytics/classes/JSS%202%20Ruby/at-risk")["classHealth"]
    assert counted == [health["highRiskCount"], health["mediumRiskCount"], health["lowRiskCount"]]
    settled(page)
    assert violations(page) == []

    page.locator(".risk-row a").first.click()
    expect(page.get_by_role("heading", name="Risk")).to_be_visible()
    expect(page.get_by_role("list", name="Why").get_by_role("listitem")).not_to_have_count(0)
    settled(page)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 860})
    assert not overflows(page)
    page.goto(f"{copy.address}/dashboard/subjects/Mathematics")
    expect(page.get_by_role("heading", name="Mathematics", level=1)).to_be_visible()
    expect(page.get_by_text("As of")).to_be_visible()
    assert not overflows(page)


def test_the_dashboard_leaves_as_a_spreadsheet(open_as):
    page = open_as("head", "/dashboard/attendance")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Excel").click()
    assert caught.value.suggested_filename.endswith(".xlsx")
    assert caught.value.path().stat().st_size > 4000


def test_a_guardian_is_told_that_figures_are_for_staff(open_as):
    page = open_as("guardian", "/dashboard")
    expect(page.get_by_role("heading", name="Dashboard is not part of your role")).to_be_visible()
    expect(page.get_by_role("navigation", name="Pages").get_by_role("link", name="Dashboard")).to_have_count(0)
