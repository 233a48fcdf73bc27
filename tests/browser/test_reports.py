"""Report cards in the portal: a remark written by keyboard alone, its fault shown, approved, and a look that follows."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import overflows, violations


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_remarks_are_written_by_keyboard_and_the_options_show_a_real_card(open_as, theme):
    page = open_as("head", "/reports", color_scheme=theme)
    page.get_by_role("link", name="JSS 2 Ruby").click()
    cells = page.locator("textarea[data-cell$='class_teacher']")
    cells.first.wait_for()
    first, second = cells.nth(0), cells.nth(1)
    stranger = page.locator(".remarks tbody th .strong").nth(1).inner_text().split()[0]
    first.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(f"{stranger} has worked with care in {theme}.")
    page.keyboard.press("Enter")
    expect(second).to_be_focused()
    row = page.locator(".remarks tbody tr").first
    expect(row).to_contain_text("who is somebody else")
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    expect(first).to_have_value(f"{stranger} has worked with care in {theme}.")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 860})
    assert not overflows(page)
    assert violations(page) == []
    page.goto(page.url.split("/reports")[0] + "/reports/options")
    picture = page.locator(".card-preview img")
    picture.wait_for()
    before = picture.get_attribute("src")
    page.get_by_role("combobox", name="Layout").select_option("modern")
    expect(picture).not_to_have_attribute("src", before or "")
    assert violations(page) == []
    assert not overflows(page)
