"""WCAG 2.2 AA: axe on every page in both themes and at every width, the keyboard alone, and what is read aloud."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.talk import pending, say

AXE = Path(__file__).parent.parent.parent / "web" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    "/approvals", "/runs", "/activity", "/notifications", "/settings/profile", "/settings/notifications",
    "/settings/keys", "/phones", "/timetables", "/timetables/current", "/documents", "/curriculum",
    "/question-papers", "/there-is-no-such-page", "/settings/grading", "/import-export", "/settings/school", "/inbox",
    "/messages/channels", "/messages/times", "/dashboard", "/dashboard/students", "/dashboard/attendance",
    "/dashboard/grades", "/early-warning/model", "/settings/assistant", "/reports",
)  # fmt: skip


def violations(page: Page) -> list[str]:
    """What axe finds, with the element and what is wrong."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", TAGS)
    return [
        f"{rule['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def propose(page: Page) -> None:
    """Have a preview waiting; the assistant may ask first whether it understood."""
    say(page, "Send a notice to all staff: meeting at 2 pm")
    if pending(page).count() == 0:
        say(page, "Yes")
    expect(pending(page)).to_have_count(1)


def overflows(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def settled(page: Page) -> None:
    """Loaded, with nothing still being fetched for it."""
    page.locator("main h1, main .composer").first.wait_for(state="attached")
    expect(page.locator(".skeleton")).to_have_count(0)


@pytest.mark.parametrize(
    ("theme", "width"), [("light", 1280), ("dark", 1280), ("light", 320), ("dark", 390), ("light", 640)]
)
def test_axe_finds_nothing_and_nothing_sticks_out(open_as, theme, width):
    page = open_as(None, color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 860})
    page.get_by_label("E-mail").wait_for()
    assert violations(page) == []
    page = open_as("head", color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 860})
    assert violations(page) == []
    say(page, "How is JSS 2 Topaz doing in mathematics?")
    propose(page)
    for line in page.locator("details.tool-line > summary").all():
        line.click()
    assert violations(page) == []
    assert not overflows(page)
    for path in PAGES:
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + path)
        settled(page)
        assert violations(page) == [], path
        assert not overflows(page), path


def test_everything_by_keyboard(open_as):
    page = open_as(None)
    page.get_by_label("E-mail").focus()
    page.keyboard.type("head@demo.school")
    page.keyboard.press("Tab")
    page.keyboard.type("schoolos-demo")
    page.keyboard.press("Enter")
    page.get_by_label("Message", exact=True).wait_for()

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    reach(page, "Message")
    page.keyboard.type("How is JSS 2 Topaz doing in mathematics?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article", name="Assistant")).to_contain_text("average", timeout=30_000)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0, timeout=30_000)

    reach(page, "Show the numbers", backwards=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Show the chart")).to_be_focused()
    expect(page.get_by_role("columnheader").first).to_be_visible()
    page.get_by_role("button", name="Dr Morenike").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Dr Morenike")).to_be_focused()


def reach(page: Page, name: str, backwards: bool = False) -> None:
    """Press Tab until the control of this name has the focus; every stop on the way shows that it has it."""
    for _ in range(80):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        focus = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e), around = e.closest(".composer, .search");
            const ring = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
            const frame = around && getComputedStyle(around).borderColor;
            return { name: e.getAttribute("aria-label") || e.textContent.trim(), seen: ring || Boolean(frame), body: e === document.body }; }"""
        )
        assert focus["body"] or focus["seen"], f"the focus on {focus['name']!r} cannot be seen"
        if focus["name"] == name:
            return
    raise AssertionError(f"{name!r} is not reached by keyboard")


def test_a_screen_reader_hears_the_answer_once(open_as):
    page = open_as("head")
    page.evaluate(
        """() => { window.heard = []; const log = document.querySelector('[role="log"]');
        new MutationObserver(() => { if (log.textContent !== window.heard.at(-1)) window.heard.push(log.textContent); })
            .observe(log, { childList: true, characterData: true, subtree: true }); }"""
    )
    say(page, "Who teaches physics in SS 1?")
    expect(page.locator('.conversation > [role="log"]')).to_contain_text("Physics")
    heard = page.evaluate("window.heard")
    assert heard[0] == "The assistant is working on it."
    assert len(heard) <= 2, heard


def test_motion_stops_for_those_who_ask(open_as):
    page = open_as("head", reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].map(e => getComputedStyle(e))
        .filter(s => parseFloat(s.animationDuration) > 0.001 || parseFloat(s.transitionDuration) > 0.001).length"""
    )
    assert moving == 0


def test_a_preview_can_be_declined_by_keyboard(open_as):
    page = open_as("head")
    propose(page)
    reach(page, "Cancel", backwards=True)
    page.keyboard.press("Enter")
    expect(pending(page)).to_have_count(0)
    expect(page.get_by_text("Nothing was changed or sent.")).to_be_visible()
