"""WCAG 2.2 AA: axe on every page in both themes and at every width, the keyboard alone, and what is read aloud."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.talk import pending, say

AXE = Path(__file__).parent.parent.parent / "web" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ROUTES = (
    "/approvals", "/runs", "/activity", "/notifications", "/settings/profile", "/settings/notifications",
    "/settings/school", "/settings/grading", "/settings/approvals", "/settings/assistant", "/settings/keys",
    "/settings/slack", "/settings/webhooks", "/phones", "/timetables", "/timetables/current", "/documents", "/curriculum",
    "/question-papers", "/there-is-no-such-page", "/import-export", "/inbox", "/fees", "/messages/words",
    "/messages/channels", "/messages/times", "/messages/costs", "/messages/given-up", "/messages/accounts", "/dashboard",
    "/dashboard/students", "/dashboard/attendance", "/dashboard/grades", "/dashboard/courses", "/early-warning/model",
    "/reports", "/reports/options", "/reports/holds",
)  # fmt: skip
AT_REST = """async () => {
    for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
    const passing = document.getAnimations().filter(one => one.effect.getTiming().iterations !== Infinity);
    await Promise.allSettled(passing.map(one => one.finished));
}"""
GUARDIAN_ROUTES = ("/timetables", "/documents", "/approvals", "/notifications", "/settings/profile", "/dashboard")


def violations(page: Page) -> list[str]:
    """What axe finds, with the element and what is wrong."""
    if not page.evaluate("'axe' in window"):
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
    """Would one have to scroll sideways, the page or the part of it that scrolls?"""
    page.evaluate(AT_REST)
    return page.evaluate(
        "[document.documentElement, document.querySelector('main')].some(e => e && e.scrollWidth > e.clientWidth)"
    )


def settled(page: Page) -> None:
    """Loaded, with nothing still being fetched for it."""
    page.locator("main h1, main .composer").first.wait_for(state="attached")
    expect(page.locator(".skeleton")).to_have_count(0)


def go(page: Page, path: str) -> None:
    """Follow a link within the app: the new page is there when it has named itself."""
    settled(page)
    before = page.title()
    page.evaluate("path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')); }", path)
    page.wait_for_function("before => document.title !== before", arg=before)
    settled(page)


def put_on(page: Page, theme: str, width: int, address: str) -> None:
    """Load an address in this theme and at this width."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(address)


def look(page: Page, where: str) -> None:
    """axe finds nothing; on a desk, nothing sticks out at any width down to the narrowest phone either."""
    width = (page.viewport_size or {})["width"]
    page.evaluate(AT_REST)
    assert violations(page) == [], (where, width)
    for each in (320, 390, 640, 1280) if width == 1280 else (width,):
        page.set_viewport_size({"width": each, "height": 860})
        assert not overflows(page), (where, each)


LOOKS = (("light", 1280), ("dark", 320))


def test_axe_finds_nothing_and_nothing_sticks_out(open_as):
    page = open_as(None)
    for theme, width in LOOKS:
        put_on(page, theme, width, page.url)
        page.get_by_label("E-mail").wait_for()
        look(page, "sign-in")
    page = open_as("admin")
    welcome = page.url
    for theme, width in LOOKS:
        put_on(page, theme, width, welcome)
        page.get_by_role("list", name="Things to ask").wait_for()
        look(page, "welcome")
        for path in ROUTES:
            go(page, path)
            look(page, path)


def test_a_conversation_with_a_chart_and_a_preview_is_accessible(open_as):
    page = open_as("head")
    say(page, "How is JSS 2 Topaz doing in mathematics?")
    propose(page)
    conversation = page.url
    for theme, width in LOOKS:
        put_on(page, theme, width, conversation)
        expect(pending(page)).to_have_count(1)
        for line in page.locator("details.tool-line > summary").all():
            line.click()
        look(page, "conversation")


def test_what_a_guardian_sees_is_accessible(open_as):
    page = open_as("guardian")
    say(page, "How is my child doing?")
    conversation = page.url
    for theme, width in LOOKS:
        put_on(page, theme, width, conversation)
        expect(page.get_by_role("article", name="Assistant")).to_have_count(1)
        look(page, "conversation")
        for path in (*GUARDIAN_ROUTES, "/"):
            go(page, path)
            look(page, path)


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
