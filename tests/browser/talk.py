"""What a person does in the portal's conversation."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Locator, Page, expect

T = TypeVar("T")


def say(page: Page, text: str, file: Path | None = None) -> Locator:
    """Send a message (with a file) and wait for the whole answer; the answer's article."""
    answers = page.get_by_role("article", name="Assistant")
    before = answers.count()
    if file is not None:
        page.get_by_label("Choose files").set_input_files(file)
        expect(page.get_by_role("button", name=f"Remove {file.name}")).to_be_visible()
        expect(page.get_by_role("progressbar")).to_have_count(0)
    page.get_by_label("Message", exact=True).fill(text)
    page.get_by_label("Send", exact=True).click()
    expect(answers).to_have_count(before + 1, timeout=30_000)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0, timeout=30_000)
    return answers.nth(before)


def pending(page: Page) -> Locator:
    """The approval cards that wait."""
    return page.locator(".approval-pending")


def approve(page: Page) -> None:
    """Press Approve on the card that waits, and wait until it is done and told."""
    answers = page.get_by_role("article", name="Assistant")
    before = answers.count()
    card = pending(page).last
    card.get_by_role("button", name="Approve", exact=True).click()
    expect(pending(page)).to_have_count(0, timeout=30_000)
    if before:  # in a conversation
        expect(answers).to_have_count(before + 1, timeout=30_000)


def wait_for(found: Callable[[], T], seconds: float = 15) -> T:
    """What `found` finds, as soon as it finds something; what it found last when the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := found():
            return value
        time.sleep(0.2)
    return found()
