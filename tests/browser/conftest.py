"""Chromium on a whole copy of the program. All browser tests share one copy and run in one test process."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.copy import Copy, beside, running
from tests.browser.host import Host, serving
from tests.browser.slow_model import SlowModel, speaking

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
expect.set_options(timeout=15_000)
SHOTS = Path(__file__).parent.parent.parent / ".schoolos-test" / "screenshots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as `browser`, in one group, skipped with a reason where there is no Chromium (but not in CI)."""
    for item in items:
        if "tests/browser" not in item.nodeid:
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("browser"))
        item.add_marker(pytest.mark.timeout(300))
        item.add_marker(pytest.mark.flaky(reruns=1))  # said in the summary
        if CHROMIUM is None and os.environ.get("CI") != "true":
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed: apt-get install chromium"))


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """A website of another origin, on which the widget is embedded."""
    with serving() as started:
        yield started


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory, host: Host) -> Iterator[Copy]:
    """One running copy with the demo school, embeddable on the host's pages."""
    with running(tmp_path_factory.mktemp("browser") / "data", SCHOOLOS_CORS_ORIGINS=host.origin) as started:
        yield started


@pytest.fixture(scope="session")
def slow_model() -> Iterator[SlowModel]:
    """A hosted model that stops in the middle of its answer until told to go on."""
    with speaking() as started:
        yield started


@pytest.fixture(scope="session")
def slow_copy(copy: Copy, slow_model: SlowModel) -> Iterator[Copy]:
    """The same copy by a second api whose answers come from that model."""
    model = {"SCHOOLOS_MODEL": "openai-chat:slow", "SCHOOLOS_MODEL_BASE_URL": slow_model.address}
    with beside(copy, SCHOOLOS_MODEL_TIMEOUT_S="60", **model) as started:
        yield started


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One headless Chromium a module. Playwright keeps an event loop running: it ends before asynchronous tests begin."""
    assert CHROMIUM, "Chromium is not installed: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_as(chromium: Browser, copy: Copy, request: pytest.FixtureRequest) -> Iterator[object]:
    """Open the portal as one of the demo's people, each in a browser context of their own."""
    contexts = []

    def opened(who: str | None, path: str = "/", at: Copy = copy, **options: object) -> Page:
        context = chromium.new_context(viewport={"width": 1280, "height": 860}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.problems = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.problems.append(str(error)))  # type: ignore[attr-defined]
        page.goto(at.address)
        if who is not None:
            page.get_by_label("E-mail").fill(f"{who}@demo.school")
            page.get_by_label("Password").fill("schoolos-demo")
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.get_by_label("Message", exact=True).wait_for()
            if path != "/":
                page.goto(at.address + path)
        return page

    yield opened
    for number, context in enumerate(contexts):
        for page in context.pages:
            if getattr(request.node, "failed", True):
                SHOTS.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=SHOTS / f"{request.node.name}-{number}.png")
            assert not getattr(page, "problems", []), page.problems
        context.close()
