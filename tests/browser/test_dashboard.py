"""The dashboard: from the school to a class, a student and a subject, filtered by the address, read as tables, as a file."""

import re

from playwright.sync_api import expect

from tests.browser.talk import pending
from tests.browser.test_accessibility import go, overflows, settled, violations


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


def test_figures_of_the_school_a_class_a_subject_and_a_student_leave_as_a_file(open_as, copy):
    urgent = copy.get("head", "/api/v1/analytics/dashboard")["risk"]["mostUrgent"][0]["student"]
    page = open_as("head", "/dashboard/attendance")
    for path, button, suffix in (
        ("/dashboard/attendance", "Excel", ".xlsx"), ("/dashboard/classes/JSS%202%20Ruby", "Excel", ".xlsx"),
        ("/dashboard/subjects/Mathematics", "PDF", ".pdf"), (f"/dashboard/students/{urgent['id']}", "Excel", ".xlsx"),
    ):  # fmt: skip
        if path not in page.url:
            go(page, path)
        with page.expect_download() as caught:
            page.get_by_role("button", name=button).click()
        assert caught.value.suggested_filename.endswith(suffix), path
        assert caught.value.path().stat().st_size > 4000, path


def test_courses_name_no_teacher_and_lead_to_class_and_subject(open_as, copy):
    found = copy.get("head", "/api/v1/analytics/courses")
    page = open_as("head", "/dashboard/courses")
    courses = page.get_by_role("group", name="Courses")
    expect(courses.get_by_role("row")).to_have_count(51, timeout=30_000)
    page.get_by_role("button", name=f"Show all {len(found['courses'])} rows").click()
    expect(courses.get_by_role("row")).to_have_count(len(found["courses"]) + 1)
    courses.get_by_role("link", name="JSS 2 Ruby").first.click()
    expect(page.get_by_role("heading", name="JSS 2 Ruby", level=1)).to_be_visible()


def test_a_note_to_guardians_is_drafted_changed_and_previewed_and_names_no_risk(open_as):
    page = open_as("head", "/dashboard/classes/JSS%202%20Ruby")
    page.get_by_role("checkbox", name="Choose").first.check()
    page.get_by_role("button", name="Draft a note").click()
    words = page.get_by_label("Words")
    expect(words).to_have_value(re.compile("talk with you"))
    words.fill("Your child is at risk of failing this year, please come.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("risks and predictions are for staff")).to_be_visible()
    words.fill("We would like to talk with you about mathematics. Please come on Friday at 3 pm.")
    page.get_by_role("button", name="Preview").click()
    card = pending(page)
    expect(card).to_contain_text("Please come on Friday at 3 pm.")
    assert "score of" not in card.inner_text().lower()
    assert violations(page) == []
    card.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Nothing was changed or sent.")).to_be_visible()


def test_a_guardian_is_told_that_figures_are_for_staff(open_as):
    page = open_as("guardian", "/dashboard")
    expect(page.get_by_role("heading", name="Dashboard is not part of your role")).to_be_visible()
    expect(page.get_by_role("navigation", name="Pages").get_by_role("link", name="Dashboard")).to_have_count(0)
