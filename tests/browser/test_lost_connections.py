"""What is typed is sent once and what is answered arrives whole, through reloads and lost connections."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.slow_model import FIRST, REST
from tests.browser.talk import say, wait_for

WHOLE = f"{FIRST} {REST}"


def ask(page: Page, text: str) -> None:
    page.get_by_label("Message", exact=True).fill(text)
    page.get_by_label("Message", exact=True).press("Enter")


def articles(page: Page, name: str):
    return page.get_by_role("article", name=name, exact=True)


def stored(copy, page: Page) -> list[tuple[str, str]]:
    """What the server has of the conversation on the page, the answer kept: role and text of each message."""

    def messages() -> list[tuple[str, str]]:
        found = copy.get("head", f"/api/conversations/{page.url.rsplit('/', 1)[1]}")["messages"]
        return [(m["role"], "".join(p["text"] for p in m["parts"] if p["type"] == "text").strip()) for m in found]

    # the last words are on the page a moment before the answer is kept
    wait_for(lambda: messages()[-1:] and messages()[-1][0] == "assistant")
    return messages()


@pytest.fixture
def half_answered(slow_model, slow_copy, open_as) -> Page:
    """A page on which an answer has come half way."""
    slow_model.hold()
    page = open_as("head", at=slow_copy)
    ask(page, "When is assembly?")
    expect(articles(page, "Assistant")).to_contain_text("main hall")
    return page


def test_an_answer_goes_on_after_a_reload(slow_model, slow_copy, half_answered):
    page = half_answered
    page.reload()
    expect(articles(page, "Assistant")).to_contain_text("main hall")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    slow_model.go_on.set()
    expect(articles(page, "Assistant")).to_have_text(WHOLE)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    expect(articles(page, "You")).to_have_count(1)
    assert stored(slow_copy, page) == [("user", "When is assembly?"), ("assistant", WHOLE)]


def test_an_answer_that_ends_while_the_page_is_away_is_there_afterwards(slow_model, slow_copy, half_answered):
    page = half_answered
    address = page.url
    page.goto("about:blank")
    slow_model.go_on.set()
    page.goto(address)
    expect(articles(page, "Assistant")).to_have_text(WHOLE)
    expect(articles(page, "You")).to_have_count(1)


def test_an_answer_goes_on_after_the_network_is_lost(slow_model, slow_copy, half_answered):
    page = half_answered
    page.context.set_offline(True)
    expect(page.get_by_role("status").filter(has_text="You are offline")).to_be_visible()
    slow_model.go_on.set()
    page.context.set_offline(False)
    expect(articles(page, "Assistant")).to_have_text(WHOLE)
    expect(page.get_by_text("You are offline")).to_have_count(0)
    expect(articles(page, "You")).to_have_count(1)
    assert stored(slow_copy, page) == [("user", "When is assembly?"), ("assistant", WHOLE)]


def test_stop_keeps_what_was_said(slow_model, slow_copy, half_answered):
    page = half_answered
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    expect(articles(page, "Assistant")).to_contain_text("main hall")
    slow_model.go_on.set()
    page.reload()
    expect(articles(page, "Assistant")).to_contain_text("main hall")
    expect(articles(page, "Assistant")).not_to_contain_text("first lesson")


def test_what_is_typed_offline_is_kept_through_a_reload_and_sent_once(copy, open_as):
    page = open_as("head")
    say(page, "Who teaches physics in SS 1?")
    page.context.set_offline(True)
    ask(page, "What is our motto?")
    waiting = page.get_by_role("article", name="Waiting to be sent")
    expect(waiting).to_contain_text("What is our motto?")
    expect(waiting).to_contain_text("Waiting for the connection")
    page.context.set_offline(False)
    page.reload()
    expect(waiting).to_have_count(0)
    expect(articles(page, "Assistant")).to_have_count(2)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    asked = [text for role, text in stored(copy, page) if role == "user"]
    assert asked == ["Who teaches physics in SS 1?", "What is our motto?"]


def test_a_message_whose_answer_never_came_is_not_asked_twice(copy, open_as):
    page = open_as("head")
    lost = []

    def lose(route: Route) -> None:
        """The server gets the message; the answer is lost on the way."""
        if lost:
            route.fallback()
            return
        lost.append(route.fetch())
        route.abort("connectionreset")

    page.route("**/api/ai/chat", lose)
    ask(page, "Who teaches physics in SS 1?")
    expect(articles(page, "Assistant")).to_contain_text("Physics", timeout=30_000)
    expect(articles(page, "You")).to_have_count(1)
    expect(articles(page, "Assistant")).to_have_count(1)
    assert lost
    assert [role for role, _ in stored(copy, page)] == ["user", "assistant"]
