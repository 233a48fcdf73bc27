"""The widget on another origin, under a strict Content-Security-Policy, on a page whose styles and globals are not ours."""

import gzip

import pytest
from playwright.sync_api import Page, expect

LARGEST_FIRST_OPEN = 150_000


@pytest.fixture
def embedded(chromium, copy, host):
    """The host's page with the widget on it; `problems` gathers errors and policy violations."""
    contexts = []

    def opened(attributes: str = "", **options) -> Page:
        host.server, host.school, host.attributes = copy.address, "", attributes
        context = chromium.new_context(viewport={"width": 1280, "height": 860}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda said: page.problems.append(said.text) if "Content Security" in said.text else None)
        page.goto(host.origin)
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            assert page.problems == []
        context.close()


def sign_in(page: Page, who: str) -> None:
    page.get_by_label("E-mail").fill(f"{who}@demo.school")
    page.get_by_label("Password").fill("schoolos-demo")
    page.get_by_role("button", name="Sign in", exact=True).click()


def ask(page: Page, text: str):
    page.get_by_label("Message", exact=True).fill(text)
    page.get_by_label("Message", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Stop")).to_have_count(0, timeout=30_000)
    return page.get_by_role("article", name="Assistant").last


def test_signs_in_and_answers_and_keeps_to_itself(copy, embedded):
    page = embedded()
    before = set(page.evaluate("Object.getOwnPropertyNames(window)"))
    sizes: dict[str, int] = {}
    page.on(
        "response",
        lambda got: sizes.update({got.url: len(gzip.compress(got.body()))}) if "/widget" in got.url else None,
    )
    page.reload()
    page.get_by_role("button", name="Ask the school").click()
    sign_in(page, "head")
    answer = ask(page, "Who teaches physics in SS 1?")
    lesson = copy.get("head", "/api/v1/teaching?subject=Physics&level=SS%201")["lessons"][0]
    expect(answer).to_contain_text(lesson["teacher"])

    assert 0 < sum(sizes.values()) < LARGEST_FIRST_OPEN, sizes
    assert set(page.evaluate("Object.getOwnPropertyNames(window)")) - before == set()
    assert page.evaluate("document.adoptedStyleSheets.length") == 0
    assert page.evaluate("document.styleSheets.length") == 1, "only the host's own"
    assert page.evaluate("document.body.lastElementChild.localName") == "schoolos-widget"
    look = answer.evaluate(
        "element => { const s = getComputedStyle(element); return [s.color, s.letterSpacing, s.fontSize]; }"
    )
    assert look[0] != "rgb(255, 0, 0)"
    assert look[1:] == ["normal", "15px"]
    assert page.locator("h1").evaluate("element => getComputedStyle(element).color") == "rgb(255, 0, 0)"


def test_takes_the_host_pages_token_and_asks_for_another_when_it_ends(copy, embedded):
    page = embedded()
    copy.get("head", "/api/me")
    page.evaluate("token => window.SchoolOS.open({ token })", copy.tokens["head"])
    expect(page.get_by_label("Message", exact=True)).to_be_visible()
    expect(page.get_by_label("Password")).to_have_count(0)

    page.reload()
    page.evaluate(
        "token => { window.asked = 0; window.SchoolOS.tokenFrom(() => { window.asked++; return token; }); }",
        copy.tokens["head"],
    )
    page.evaluate("window.SchoolOS.open({ token: 'ended' })")
    expect(page.get_by_label("Message", exact=True)).to_be_visible()
    assert page.evaluate("window.asked") >= 1


def test_only_the_page_itself_hands_over_a_token(copy, embedded):
    page = embedded()
    copy.get("head", "/api/me")
    page.get_by_role("button", name="Ask the school").click()
    expect(page.get_by_label("Password")).to_be_visible()
    page.evaluate(
        """token => window.dispatchEvent(new MessageEvent("message", {
            data: { type: "schoolos:token", token }, origin: "https://elsewhere.example", source: window }))""",
        copy.tokens["head"],
    )
    page.wait_for_timeout(500)
    expect(page.get_by_label("Password")).to_be_visible()
    page.evaluate(
        "token => window.postMessage({ type: 'schoolos:token', token }, location.origin)", copy.tokens["head"]
    )
    expect(page.get_by_label("Message", exact=True)).to_be_visible()


def test_opens_and_closes_by_keyboard_and_fills_a_phone(embedded):
    page = embedded()
    page.set_viewport_size({"width": 390, "height": 844})
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Ask the school")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_be_focused()
    assert page.get_by_role("dialog").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Ask the school")).to_be_focused()
