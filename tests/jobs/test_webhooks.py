"""Outgoing webhooks: signed, sent once an event, tried again when due, never to private addresses."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
from aiohttp import web
from sqlalchemy import select, update
from standardwebhooks import Webhook, WebhookVerificationError

from channels.webhooks import post
from jobs.consumers import handle
from jobs.relay import entry
from jobs.webhooks import attempt
from runtime.caller import Caller
from runtime.errors import Conflict, InvalidInput, NotAllowed
from runtime.outbox import OutboxRow
from runtime.settings import settings
from runtime.transaction import across_schools, transaction
from school import webhooks
from school.webhooks import MessageState, WebhookMessage
from tests.tiny_school import TinySchool
from tools.declare import load_all
from tools.invoke import invoke, preview

TOOLS = load_all()


@dataclass
class Receiver:
    """A program that hears of events: what it got, and what it answers."""

    url: str = ""
    status: int = 200
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.got.append(({name.lower(): value for name, value in request.headers.items()}, await request.read()))
        return web.Response(status=self.status, text="taken", headers={"Location": "http://elsewhere.test/"})


@pytest.fixture
async def receiver(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Receiver]:
    monkeypatch.setenv("SCHOOLOS_WEBHOOKS_TO_PRIVATE_ADDRESSES", "true")
    settings.cache_clear()
    found = Receiver()
    application = web.Application()
    application.router.add_post("/hooks", found.take)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hooks"
    yield found
    await runner.cleanup()
    monkeypatch.setenv("SCHOOLOS_WEBHOOKS_TO_PRIVATE_ADDRESSES", "false")
    settings.cache_clear()


async def _publish(school: TinySchool, callers: dict[str, Caller]) -> OutboxRow:
    args = {"class_arm": "JSS 2 Ruby", "subject": "English"}
    await invoke(TOOLS["publish_scores"], callers["colleague"], args, approved=True)
    async with across_schools() as session:
        return (await session.scalars(select(OutboxRow).where(OutboxRow.name == "scores.published"))).one()


async def _message(admin: Caller) -> WebhookMessage:
    async with transaction(admin, read_only=True) as tx:
        return (await tx.session.scalars(select(WebhookMessage))).one()


async def _add(admin: Caller, url: str, events: list[str]) -> tuple[UUID, str]:
    await invoke(TOOLS["add_webhook"], admin, {"url": url, "events": events}, approved=True)
    async with transaction(admin, read_only=True) as tx:
        row = (await webhooks.endpoints(tx))[-1]
        return row.id, webhooks.secret_of(row)


async def test_an_event_reaches_the_program_once_and_signed(
    receiver: Receiver, school: TinySchool, callers: dict[str, Caller]
) -> None:
    admin = callers["admin"]
    _, secret = await _add(admin, receiver.url, ["scores.published"])
    row = await _publish(school, callers)
    assert await handle("webhooks", entry(row))
    assert not await handle("webhooks", entry(row))
    message = await _message(admin)
    for _ in range(2):
        await attempt(school.id, message.id)
    ((headers, body),) = receiver.got
    payload = Webhook(secret).verify(body, headers)
    assert (payload["type"], payload["data"]) == ("scores.published", row.payload)
    assert headers["webhook-id"] == f"msg_{message.id.hex}"
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body.replace(b"published", b"withdrawn"), headers)
    assert (await _message(admin)).state == MessageState.DELIVERED


async def test_what_it_did_not_ask_for_is_not_sent(
    receiver: Receiver, school: TinySchool, callers: dict[str, Caller]
) -> None:
    await _add(callers["admin"], receiver.url, ["attendance.marked"])
    await handle("webhooks", entry(await _publish(school, callers)))
    async with transaction(callers["admin"], read_only=True) as tx:
        assert await webhooks.messages(tx) == []


async def test_a_failed_message_waits_longer_each_time_and_is_replayed_under_its_id(
    receiver: Receiver, school: TinySchool, callers: dict[str, Caller]
) -> None:
    admin = callers["admin"]
    await _add(admin, receiver.url, [])
    await handle("webhooks", entry(await _publish(school, callers)))
    message = await _message(admin)
    receiver.status = 503
    waits: list[timedelta] = []
    for _ in range(len(webhooks.BACKOFF) + 1):
        async with transaction(admin) as tx:
            await tx.session.execute(update(WebhookMessage).values(due_at=tx.now))
        await attempt(school.id, message.id)
        message = await _message(admin)
        assert message.tried_at is not None
        waits.append(message.due_at - message.tried_at)
    assert [round(wait.total_seconds()) for wait in waits[:-1]] == [wait.total_seconds() for wait in webhooks.BACKOFF]
    assert (message.state, message.status, message.detail) == (MessageState.FAILED, 503, "taken")
    receiver.status = 204
    shown, _ = await preview(TOOLS["replay_webhook_messages"], admin, {})
    assert shown.included == 1
    await invoke(TOOLS["replay_webhook_messages"], admin, {}, approved=True)
    await attempt(school.id, message.id)
    assert (await _message(admin)).state == MessageState.DELIVERED
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1


async def test_a_redirect_is_not_followed_and_gone_switches_it_off(
    receiver: Receiver, school: TinySchool, callers: dict[str, Caller]
) -> None:
    admin = callers["admin"]
    await _add(admin, receiver.url, [])
    assert (await post(receiver.url, "whsec_c2VjcmV0", "msg_1", {}))[0] == 200
    receiver.status = 302
    assert (await post(receiver.url, "whsec_c2VjcmV0", "msg_1", {}))[0] == 302
    receiver.status = 410
    await handle("webhooks", entry(await _publish(school, callers)))
    await attempt(school.id, (await _message(admin)).id)
    found = (await invoke(TOOLS["show_webhooks"], admin, {})).result
    assert "1 of them switched off" in found.headline()


async def test_a_test_message_and_a_removal_that_is_undone_keep_the_secret(
    receiver: Receiver, school: TinySchool, callers: dict[str, Caller]
) -> None:
    admin = callers["admin"]
    _, secret = await _add(admin, receiver.url, ["notice.sent"])
    await invoke(TOOLS["send_test_webhook"], admin, {"webhook": receiver.url}, approved=True)
    await attempt(school.id, (await _message(admin)).id)
    headers, body = receiver.got[0]
    assert Webhook(secret).verify(body, headers)["type"] == "webhook.tested"
    await invoke(TOOLS["remove_webhook"], admin, {"webhook": receiver.url}, approved=True)
    await invoke(TOOLS["undo_change"], admin, {}, approved=True)
    async with transaction(admin, read_only=True) as tx:
        (row,) = await webhooks.endpoints(tx)
        assert (row.events, webhooks.secret_of(row)) == (["notice.sent"], secret)
    with pytest.raises(Conflict):
        await _add(admin, receiver.url, [])


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://example.com/hooks", "https"), ("https://127.0.0.1/hooks", "private"), ("https://10.0.0.8/x", "private"),
        ("https://[::1]/hooks", "private"), ("https://169.254.169.254/latest", "private"), ("https://localhost/x", "private"),
        ("ftp://example.com/hooks", "full address"), ("https://user:pw@example.com/", "user name"),
    ],
)  # fmt: skip
async def test_private_and_odd_addresses_are_refused(
    url: str, said: str, callers: dict[str, Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCHOOLOS_WEBHOOKS_TO_PRIVATE_ADDRESSES", raising=False)
    settings.cache_clear()
    with pytest.raises(InvalidInput, match=said):
        await invoke(TOOLS["add_webhook"], callers["admin"], {"url": url}, approved=True)


async def test_a_name_that_turns_private_later_is_not_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCHOOLOS_WEBHOOKS_TO_PRIVATE_ADDRESSES", raising=False)
    settings.cache_clear()
    status, detail = await post("http://ip6-localhost.:9/hooks", "whsec_c2VjcmV0", "msg_1", {})
    assert status is None
    assert "private" in detail or "Connect" in detail
    assert "private" in (await post("https://localhost/hooks", "whsec_c2VjcmV0", "msg_1", {}))[1]


async def test_only_administrators_have_webhooks(callers: dict[str, Caller]) -> None:
    for role in ("head", "teacher", "guardian"):
        with pytest.raises(NotAllowed):
            await invoke(TOOLS["show_webhooks"], callers[role], {})
