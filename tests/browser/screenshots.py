"""The pictures of the README and the guides, taken from a running demo: `python -m tests.browser.screenshots`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.copy import Copy, running
from tests.browser.host import Host, serving
from tests.browser.talk import approve, pending, say, wait_for

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "docs" / "images"
SHEET = ROOT / "demo" / "scores-jss2-ruby-mathematics.xlsx"
LAGOS = "Africa/Lagos"
"""Where the demo school is: on its own clock a time needs no zone beside it."""


def main() -> int:
    """Take them all."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        serving() as host,
        sync_playwright() as playwright,
        running(Path(data) / "data", SCHOOLOS_CORS_ORIGINS=host.origin) as copy,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        publish(browser, copy)
        ask(browser, copy)
        read_the_phone(browser, copy)
        embed(browser, copy, host)
        look_over(browser, copy)
        browser.close()
    return 0


def signed_in(browser: Browser, copy: Copy, who: str, theme: str, width: int = 1280, height: int = 860) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce", timezone_id=LAGOS
    )
    page = context.new_page()
    page.goto(copy.address)
    _sign_in(page, who)
    page.get_by_label("Message", exact=True).wait_for()
    return page


def _sign_in(page: Page, who: str) -> None:
    page.get_by_label("E-mail").fill(f"{who}@demo.school")
    page.get_by_label("Password").fill("schoolos-demo")
    page.get_by_role("button", name="Sign in", exact=True).click()


def take(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.wait_for_timeout(800)
    page.screenshot(path=PICTURES / f"{name}.png")
    sys.stdout.write(f"docs/images/{name}.png\n")


def publish(browser: Browser, copy: Copy) -> None:
    """Scores from a sheet, then the preview of their publication."""
    page = signed_in(browser, copy, "teacher", "light")
    say(page, "Here are the scores", SHEET)
    approve(page)
    say(page, "Publish them.")
    expect(pending(page)).to_have_count(1)
    take(page, "preview")
    approve(page)


def ask(browser: Browser, copy: Copy) -> None:
    """The head's question, answered with figures and a chart."""
    page = signed_in(browser, copy, "head", "dark")
    say(page, "How is JSS 2 Ruby doing in mathematics?")
    page.locator(".chart-figure svg").first.wait_for()
    take(page, "answer")


def read_the_phone(browser: Browser, copy: Copy) -> None:
    """A guardian's phone with the message that arrived, and the answer to a question about it."""

    def told() -> list[str]:
        phones = copy.get("admin", "/api/sandbox/phones")["items"]
        return [
            one["number"] for one in phones if len(one["children"]) == 1 and "Mathematics" in (one["lastText"] or "")
        ]

    number = wait_for(told, 60)[0]
    page = signed_in(browser, copy, "admin", "light")
    page.goto(f"{copy.address}/phones/{number.replace('+', '%2B')}")
    log = page.get_by_role("log", name="Messages on this phone")
    expect(log.get_by_role("article")).not_to_have_count(0)
    before = log.get_by_role("article").count()
    page.get_by_placeholder("Reply as").fill("how did my child do in maths?")
    page.get_by_label("Send the reply").click()
    expect(log.get_by_role("article")).to_have_count(before + 2, timeout=30_000)
    take(page, "phone")


def embed(browser: Browser, copy: Copy, host: Host) -> None:
    """The widget on a phone, on another site."""
    host.server = copy.address
    page = browser.new_context(viewport={"width": 390, "height": 780}, timezone_id=LAGOS).new_page()
    page.goto(host.origin)
    page.get_by_role("button", name="Ask the school").click()
    _sign_in(page, "head")
    page.get_by_label("Message", exact=True).wait_for()
    say(page, "Who teaches physics in SS 1?")
    take(page, "widget")


def look_over(browser: Browser, copy: Copy) -> None:
    """The dashboard of the whole school."""
    page = signed_in(browser, copy, "head", "light", height=1000)
    page.goto(f"{copy.address}/dashboard")
    page.locator(".risk-row").first.wait_for()
    take(page, "dashboard")


if __name__ == "__main__":
    sys.exit(main())
