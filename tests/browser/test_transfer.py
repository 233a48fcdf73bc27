"""Lists in and out on the import page: rows with faults are shown, the import is taken back, records leave as a file."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.talk import approve, pending
from tests.browser.test_accessibility import overflows, settled, violations


def test_a_list_is_previewed_saved_and_taken_back(open_as, copy, tmp_path: Path):
    sheet = tmp_path / "new-students.csv"
    sheet.write_text(
        "Admission No,Surname,First name,Class\n"
        "NEW/9001,Okoro,Adaeze,JSS 1 Ruby\n"
        "NEW/9002,Bassey,Imabong,Class of nowhere\n"
    )  # fmt: skip
    page = open_as("admin", "/import-export")
    page.get_by_label("What the file holds").select_option("students")
    page.get_by_label("Choose a file").set_input_files(sheet)
    card = pending(page)
    expect(card).to_contain_text("Class of nowhere")
    assert violations(page) == []
    approve(page)
    found = copy.get("admin", "/api/v1/students?name=NEW/9001")["students"]
    assert [one["name"] for one in found] == ["Okoro Adaeze"]
    history = page.get_by_role("region", name="Earlier imports")
    history.get_by_role("button", name="Undo").first.click()
    page.get_by_role("button", name="Undo it").click()
    expect(history).to_contain_text("· undone")
    assert copy.get("admin", "/api/v1/students?name=NEW/9001")["students"] == []


def test_records_leave_as_a_file(open_as):
    page = open_as("head", "/import-export")
    settled(page)
    page.get_by_role("combobox", name="As", exact=True).select_option("csv")
    page.get_by_role("combobox", name="Class", exact=True).select_option("JSS 2 Ruby")
    page.get_by_role("button", name="Make the file").click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download").click()
    rows = caught.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 41
    page.set_viewport_size({"width": 320, "height": 860})
    assert not overflows(page)
