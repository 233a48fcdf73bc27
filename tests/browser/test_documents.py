"""A document by its pages: added by choosing a file, cited in an answer, opened with the passage lit, gone once removed."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from weasyprint import HTML

from tests.browser.copy import Copy
from tests.browser.talk import say, wait_for
from tests.browser.test_accessibility import overflows, violations

RULE = "The quokka of the biology garden is fed at 06:25 by the garden prefect."
ASKED = "What does the garden handbook say about when the quokkas are fed?"


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of three pages; the rule stands on the second."""
    pages = ["<h1>Garden handbook</h1><p>This handbook is for the garden club and its prefects.</p>",
             f"<h2>Animals</h2><p>{RULE}</p><p>Visitors keep to the paths.</p>",
             "<h2>Tools</h2><p>Spades are cleaned before they are put away.</p>"]  # fmt: skip
    path = tmp_path_factory.mktemp("handbook") / "garden-handbook.pdf"
    body = "".join(f"<section style='page-break-after: always'>{page}</section>" for page in pages)
    HTML(string=body).write_pdf(path)
    return path


def _add(page: Page, path: Path) -> None:
    page.locator("input[type=file]").first.set_input_files(path)
    expect(page.get_by_role("link", name="Garden handbook")).to_be_visible(timeout=90_000)


def _ask(page: Page) -> Locator:
    """Ask, and say yes where the assistant wants to be sure that the documents are meant."""
    answer = say(page, ASKED)
    return say(page, "Yes") if "Do you want me to do this" in answer.inner_text() else answer


def _searched(copy: Copy) -> bool:
    found = copy.get("head", "/api/ai/documents")["documents"]
    return any(one["title"].casefold() == "garden handbook" and one["status"] == "ready" for one in found)


def test_a_citation_opens_its_page_and_a_removed_document_is_gone_at_once(copy, open_as, handbook):
    page = open_as("head", "/documents")
    _add(page, handbook)
    assert wait_for(lambda: _searched(copy), 90), "the document was not read"

    page.goto(copy.address)
    answer = _ask(page)
    expect(answer).to_contain_text("06:25")
    citation = answer.locator(".citation a").first
    expect(citation).to_contain_text("page 2")
    with page.expect_popup() as opened:
        citation.click()
    shown = opened.value
    lit = shown.get_by_role("region", name="Cited passage")
    expect(lit.locator("mark").filter(has_text="quokka")).to_be_visible()
    expect(shown.get_by_role("region", name="Page 2 of 3")).to_be_visible()
    assert violations(shown) == []
    shown.set_viewport_size({"width": 390, "height": 860})
    assert not overflows(shown)
    shown.set_viewport_size({"width": 1280, "height": 860})

    shown.get_by_role("button", name="Remove", exact=True).click()
    shown.get_by_role("button", name="Remove it").click()
    expect(shown.get_by_role("heading", name="Documents")).to_be_visible()
    expect(shown.get_by_role("main").get_by_role("link", name="Garden handbook")).to_have_count(0)
    expect(_ask(page)).not_to_contain_text("06:25")
