"""The portal and the widget in headless Chromium on a running copy: start, streaming, long conversations, opening."""

import json
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright

from bench.measurement import Measurement
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.copy import Copy, running
from tests.browser.host import Host, serving

TITLE = "Portal and widget"
THROTTLE = 4
ROUNDS = 7
LONG = 2_000
READY = """
window.ready = new Promise(done => { let found = false; const seen = () => {
  if (found || !document.querySelector('.composer textarea, .sign-in-form input')) return;
  found = true; requestAnimationFrame(() => done(performance.now())); };
  new MutationObserver(seen).observe(document, { childList: true, subtree: true }); })
"""
SHIFTS = """
(() => { window.shifts = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.shifts += e.value; })
  .observe({ type: 'layout-shift', buffered: true }); })()
"""
FRAMES = """
() => { window.frames_ = []; let last = performance.now(); window.counting = true;
  const tick = now => { window.frames_.push(now - last); last = now; if (window.counting) requestAnimationFrame(tick); }; requestAnimationFrame(tick); }
"""
OPENING = """
() => new Promise(done => { const shadow = document.querySelector('schoolos-widget').shadowRoot;
  const start = performance.now(); shadow.querySelector('.launcher').click();
  const look = () => shadow.querySelector('.sign-in-form input, .composer textarea')
    ? requestAnimationFrame(() => done(performance.now() - start)) : requestAnimationFrame(look); look(); })
"""


def measure() -> Iterator[Measurement]:
    """Every figure of the browser's side."""
    assert CHROMIUM, "Chromium is not installed: apt-get install chromium"
    with (
        tempfile.TemporaryDirectory() as data,
        serving() as host,
        sync_playwright() as playwright,
        running(Path(data) / "data", SCHOOLOS_CORS_ORIGINS=host.origin) as copy,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield from _start(browser, copy)
        yield from _streaming(browser, copy)
        yield from _scrolling(browser, copy)
        yield from _widget(browser, copy, host)
        browser.close()


def _page(browser: Browser, *scripts: str, width: int = 1280) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 860}).new_page()
    page.set_default_timeout(30_000)
    for script in scripts:
        page.add_init_script(script)
    return page


def _signed_in(browser: Browser, copy: Copy, *scripts: str) -> Page:
    page = _page(browser, *scripts)
    page.goto(copy.address)
    page.get_by_label("E-mail").fill("head@demo.school")
    page.get_by_label("Password").fill("schoolos-demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Message", exact=True).wait_for()
    return page


def _throttled(page: Page, rate: int) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    return session


def _opened(page: Page, address: str) -> float:
    page.goto(address)
    return float(page.evaluate("window.ready"))


def _start(browser: Browser, copy: Copy) -> Iterator[Measurement]:
    size = f"{THROTTLE}× CPU throttle, median of {ROUNDS}"
    page = _page(browser, READY)
    _throttled(page, THROTTLE)
    times = [_opened(page, copy.address) for _ in range(ROUNDS)]
    yield Measurement(
        what="Sign-in page can be typed into", size=size, value=statistics.median(times), unit="ms", at_most=1000
    )
    page = _signed_in(browser, copy, READY)
    session = _throttled(page, THROTTLE)
    times = [_opened(page, copy.address) for _ in range(ROUNDS)]
    yield Measurement(
        what="Portal can be typed into", size=size, value=statistics.median(times), unit="ms", at_most=1000
    )
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    got: list[float] = []
    session.on("Network.loadingFinished", lambda event: got.append(event["encodedDataLength"]))
    _opened(page, copy.address)
    page.wait_for_timeout(1500)
    yield Measurement(
        what="Portal's first open", size="code, style, type and data, compressed", value=sum(got) / 1000, unit="kB"
    )


def _streaming(browser: Browser, copy: Copy) -> Iterator[Measurement]:
    page = _signed_in(browser, copy, SHIFTS)
    page.wait_for_timeout(500)
    before = page.evaluate("window.shifts")
    for question in ("Who teaches physics in SS 1?", "How is JSS 2 Topaz doing in mathematics?"):
        answers = page.get_by_role("article", name="Assistant")
        count = answers.count()
        page.get_by_label("Message", exact=True).fill(question)
        page.get_by_label("Send", exact=True).click()
        answers.nth(count).wait_for()
        page.get_by_role("button", name="Stop").wait_for(state="hidden")
    page.wait_for_timeout(500)
    shifted = float(page.evaluate("window.shifts")) - float(before)
    yield Measurement(
        what="Layout shift while two answers stream", size="a list and a chart", value=shifted, unit="CLS", at_most=0.1
    )


def _message(number: int) -> dict[str, Any]:
    asked = number % 2 == 0
    text = (
        f"Question {number}?"
        if asked
        else f"**Answer {number}.** " + "The class does well, and here is why. " * (number % 7 + 1)
    )
    return {
        "id": f"m{number}", "role": "user" if asked else "assistant", "parts": [{"type": "text", "text": text}],
        "createdAt": "2026-01-15T08:00:00Z", "feedback": None,
    }  # fmt: skip


def _scrolling(browser: Browser, copy: Copy) -> Iterator[Measurement]:
    page = _signed_in(browser, copy)
    name = "0190a5c0-0000-7000-8000-000000000000"
    long = {"id": name, "title": "Long", "running": False, "messages": [_message(n) for n in range(LONG)]}

    def answer(route: Route) -> None:
        route.fulfill(content_type="application/json", body=json.dumps(long))

    page.route(f"**/api/conversations/{name}", answer)
    page.goto(f"{copy.address}/c/{name}")
    page.get_by_text(f"Answer {LONG - 1}.", exact=True).wait_for()
    page.wait_for_timeout(500)
    session = page.context.new_cdp_session(page)
    rates: list[float] = []
    slow: list[float] = []
    for distance in (12_000, 12_000, -12_000):
        page.evaluate(FRAMES)
        session.send(
            "Input.synthesizeScrollGesture",
            {"x": 700, "y": 400, "yDistance": distance, "speed": 4000, "gestureSourceType": "mouse"},
        )
        page.evaluate("window.counting = false")
        frames = [float(took) for took in page.evaluate("window.frames_")]
        rates.append(1000 * len(frames) / sum(frames))
        slow.append(100 * sum(took > 34 for took in frames) / len(frames))
    size = f"{LONG:,} messages, 4,000 px/s"
    yield Measurement(
        what="Scrolling a long conversation", size=size, value=statistics.median(rates), unit="frames/s", at_least=58
    )
    yield Measurement(
        what="Frames that come late", size=f"{size}, over 34 ms", value=statistics.median(slow), unit="%", at_most=3
    )


def _widget(browser: Browser, copy: Copy, host: Host) -> Iterator[Measurement]:
    host.server = copy.address
    times: list[float] = []
    sizes: dict[str, float] = {}
    for _ in range(ROUNDS):
        page = _page(browser)
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        names: dict[str, str] = {}
        session.on(
            "Network.responseReceived",
            lambda event, names=names: names.update({event["requestId"]: event["response"]["url"]}),
        )
        session.on(
            "Network.loadingFinished",
            lambda event, names=names: sizes.update({names.get(event["requestId"], ""): event["encodedDataLength"]}),
        )
        page.goto(host.origin)
        page.wait_for_load_state("networkidle")
        times.append(float(page.evaluate(OPENING)))
        page.wait_for_load_state("networkidle")
        page.context.close()
    ours = sum(size for url, size in sizes.items() if "/widget" in url) / 1000
    size = f"from the press to a field one can type into, median of {ROUNDS}"
    yield Measurement(
        what="Widget opens after the page has loaded", size=size, value=statistics.median(times), unit="ms", at_most=100
    )
    yield Measurement(
        what="Widget's code and style, all of it that is loaded", size="compressed", value=ours, unit="kB", at_most=150
    )
