"""The bell, the sandbox phones, runs and live streams at their own doors."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
import socketio
from socketio.exceptions import ConnectionError as SocketRefused
from sqlalchemy import select, update

from api.live import LiveStream
from api.notifications import Follower, tell_unheard
from channels import web
from channels.web import Listener, News, hub
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.transaction import transaction
from school import announcements, bell, deliveries, runs
from school.channel_accounts import PushSubscription, SandboxMessage
from school.inbox import InboundMessage
from school.notifications import Delivery, Notification
from tests.api.served import served
from tests.tiny_school import PASSWORD, TinySchool


async def _notify(school: TinySchool, caller: Caller, text: str, person: str = "guardian") -> Notification:
    """A notice to one person, written as a worker writes it."""
    person_id = school.guardians.get(person) or school.staff[person]
    async with transaction(caller) as tx:
        event_id = new_id()
        await deliveries.queue(tx, event_id, await announcements.notice(tx, text, text, person_ids=[person_id]))
        return (await tx.session.scalars(select(Notification).where(Notification.event_id == event_id))).one()


async def test_bell(school: TinySchool, callers: dict[str, Caller], sign_in: Any) -> None:
    first = await _notify(school, callers["head"], "One")
    await _notify(school, callers["head"], "Two")
    await _notify(school, callers["head"], "Not yours", "teacher")
    client = await sign_in("guardian")
    page = (await client.get("/api/notifications", params={"limit": 1})).json()
    assert (page["total"], page["unread"], [item["title"] for item in page["items"]]) == (2, 2, ["Two"])
    assert (await client.get("/api/notifications/unread-count")).json() == {"count": 2}
    assert (await client.post(f"/api/notifications/{first.id}/read")).json()["readAt"]
    assert (await client.get("/api/notifications/unread-count")).json() == {"count": 1}
    assert (await client.post("/api/notifications/read-all")).json() == {"count": 1}
    assert (await client.get("/api/notifications/unread-count")).json() == {"count": 0}
    client = await sign_in("teacher")
    hidden = await client.post(f"/api/notifications/{first.id}/read")
    assert (hidden.status_code, hidden.json()["code"]) == (404, "not_visible")
    assert (await client.get("/api/notifications")).json()["total"] == 1


async def test_preferences(sign_in: Any) -> None:
    client = await sign_in("guardian")
    choice = {"eventType": "scores.published", "channel": "sms", "enabled": False}
    kept = (await client.put("/api/notifications/preferences", json={"items": [choice]})).json()["items"]
    assert [p["enabled"] for p in kept if p["chosen"]] == [False]
    undone = await client.put("/api/notifications/preferences", json={"items": [choice | {"enabled": None}]})
    assert not any(p["chosen"] for p in undone.json()["items"])
    for wrong in ({"channel": "pigeon"}, {"eventType": "weather"}):
        answer = await client.put("/api/notifications/preferences", json={"items": [choice | wrong]})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


async def test_the_student_portals_addresses(school: TinySchool, callers: dict[str, Caller], sign_in: Any) -> None:
    async with transaction(callers["head"]) as tx:
        told = await announcements.notice(tx, "Exam", "Exam", person_ids=[school.students["Ada"]])
        await deliveries.queue(tx, new_id(), told)
    client = await sign_in("student")
    page = (await client.get("/api/students/notifications")).json()
    assert [item["title"] for item in page["items"]] == ["Exam"]
    body = {"notificationId": page["items"][0]["id"]}
    assert (await client.post("/api/students/notifications", json=body)).json() == {"count": 1}
    assert (await client.get("/api/students/notifications")).json()["total"] == 0
    assert (await client.get("/api/students/preferences")).json()["items"]
    assert (await (await sign_in("teacher")).get("/api/students/notifications")).status_code == 403


@asynccontextmanager
async def _stream(caller: Caller, last: UUID | None) -> AsyncGenerator["asyncio.Queue[tuple[str, Any, str | None]]"]:
    """What a client of the stream reads, as (event, data, id); it leaves at the end."""
    heard: asyncio.Queue[tuple[str, Any, str | None]] = asyncio.Queue()
    leaves = asyncio.Event()

    async def send(message: Any) -> None:
        for part in message.get("body", b"").decode().split("\r\n\r\n"):
            fields = dict(line.split(": ", 1) for line in part.split("\r\n") if line and not line.startswith(":"))
            if fields:
                heard.put_nowait((fields["event"], json.loads(fields["data"]), fields.get("id")))

    async def receive() -> Any:
        await leaves.wait()
        return {"type": "http.disconnect"}

    assert caller.person_id is not None
    response = LiveStream(web.person_topic(caller.school_id, caller.person_id), Follower(caller, last))
    running = asyncio.create_task(response({"type": "http", "method": "GET"}, receive, send))
    yield heard
    leaves.set()
    await asyncio.wait_for(running, 5)


async def _until(heard: "asyncio.Queue[tuple[str, Any, str | None]]", event: str, count: int = 1) -> list[Any]:
    """So many events of a name, whatever comes between them."""
    found: list[Any] = []
    while len(found) < count:
        each = await asyncio.wait_for(heard.get(), 10)
        found += [each] if each[0] == event else []
    return found


@pytest.mark.usefixtures("application")
async def test_a_stream_goes_on_where_it_was(school: TinySchool, callers: dict[str, Caller]) -> None:
    guardian, head = callers["guardian"], callers["head"]
    async with _stream(guardian, None) as heard:
        assert (await _until(heard, "unread"))[0][1] == {"count": 0}
        row = await _notify(school, head, "One")
        shown = bell.shown(row).model_dump(mode="json", by_alias=True)
        topic = web.person_topic(school.id, row.person_id)
        await hub.connected.wait()
        for _ in range(2):  # at least once on the way here, once to the client
            await web.publish(topic, "notification", shown)
        await web.publish(topic, "attendance", {"last": True})
        events = [await asyncio.wait_for(heard.get(), 10)]
        while events[-1][0] != "attendance":
            events.append(await asyncio.wait_for(heard.get(), 10))
    (last,) = [event[2] for event in events if event[0] == "notification"]
    missed = [await _notify(school, head, text) for text in ("Two", "Three")]
    async with _stream(guardian, UUID(last)) as heard:
        assert (await _until(heard, "unread"))[0][1] == {"count": 3}
        assert [event[2] for event in await _until(heard, "notification", 2)] == [str(row.id) for row in missed]
    await hub.stop()


@pytest.mark.usefixtures("application")
async def test_a_stream_reads_postgres_when_the_news_was_lost(school: TinySchool, callers: dict[str, Caller]) -> None:
    first = await _notify(school, callers["head"], "Zero")
    async with _stream(callers["guardian"], first.id) as heard:
        await _until(heard, "unread")
        row = await _notify(school, callers["head"], "One")
        assert await tell_unheard() == 2  # the two that Redis never brought
        assert await tell_unheard() == 0
        assert (await _until(heard, "notification"))[0][2] == str(row.id)
    await hub.stop()


async def test_a_client_that_takes_no_heartbeat_is_let_go() -> None:
    gone: list[bool] = []
    listener = Listener(on_stale=lambda: gone.append(True))
    listener.beat()
    assert await listener.get() is web.BEAT  # one that takes them stays
    for _ in range(web.MISSED_BEATS):
        listener.beat()
    assert not gone
    listener.beat()
    assert gone


async def test_news_that_piles_up_becomes_one_look_at_the_database() -> None:
    listener = Listener(None)
    for n in range(web.QUEUE + 1):
        listener.put(News("unread", {"count": n}))
    assert listener.waiting() == [None]


async def test_socket_io(school: TinySchool, callers: dict[str, Caller], application: Any, client: Any) -> None:
    await _notify(school, callers["head"], "Before")
    form = {"username": f"guardian@{school.slug}.test", "password": PASSWORD}
    token = (await client.post("/api/auth/token", data=form)).json()["accessToken"]
    with served(application) as address:
        refused = socketio.AsyncClient()
        with pytest.raises(SocketRefused):
            await refused.connect(address, auth={"token": "not a token"}, transports=["websocket"], wait_timeout=5)
        await refused.shutdown()
        heard: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        sockets = socketio.AsyncClient(reconnection=False)
        sockets.on("unread", lambda data: heard.put_nowait(("unread", data)))
        sockets.on("notification", lambda data: heard.put_nowait(("notification", data)))
        sockets.on("attendance", lambda data: heard.put_nowait(("attendance", data)))
        await sockets.connect(address, auth={"token": token}, transports=["websocket"], wait_timeout=5)
        assert await asyncio.wait_for(heard.get(), 5) == ("unread", {"count": 1})
        row = await _notify(school, callers["head"], "Now")
        shown = bell.shown(row).model_dump(mode="json", by_alias=True)
        got: list[tuple[str, Any]] = []
        for _ in range(50):
            await web.publish(web.person_topic(school.id, row.person_id), "notification", shown)
            ruby = web.class_topic(school.id, school.class_arms["JSS 2 Ruby"])
            topaz = web.class_topic(school.id, school.class_arms["JSS 2 Topaz"])
            await web.publish(topaz, "attendance", {"classArmId": "not hers"})
            await web.publish(ruby, "attendance", {"classArmId": "hers"})
            await asyncio.sleep(0.1)
            while not heard.empty():
                got.append(heard.get_nowait())
            if len(got) >= 2:
                break
        assert ("notification", shown) in got
        assert {data["classArmId"] for name, data in got if name == "attendance"} == {"hers"}
        await sockets.disconnect()
        again = socketio.AsyncClient(reconnection=False)
        missed: asyncio.Queue[Any] = asyncio.Queue()
        again.on("notification", missed.put_nowait)
        before = UUID(int=row.id.int - 1)
        await again.connect(address, auth={"token": token, "lastEventId": str(before)}, transports=["websocket"])
        assert (await asyncio.wait_for(missed.get(), 5))["title"] in ("Before", "Now")
        await again.disconnect()


async def test_sandbox_phones(school: TinySchool, callers: dict[str, Caller], sign_in: Any) -> None:
    number = school.phones["of Efe"]
    async with transaction(callers["head"]) as tx:
        tx.session.add(
            SandboxMessage(school_id=school.id, direction="out", channel="sms", number=number, text="Hello", at=tx.now,
                           key=str(new_id()))
        )  # fmt: skip
    client = await sign_in("teacher")
    phones = (await client.get("/api/sandbox/phones")).json()["items"]
    assert phones[0] | {"lastAt": None} == {
        "number": number, "name": "Grace of Efe", "kind": "guardian", "children": ["Omoregie Efe"], "unread": 1,
        "lastText": "Hello", "lastAt": None,
    }  # fmt: skip
    path = f"/api/sandbox/phones/{number}/messages"
    for _ in range(2):
        answer = await client.post(path, json={"text": "How is she?"}, headers={"Idempotency-Key": "same"})
        assert answer.status_code == 202
    thread = (await client.get(path)).json()["items"]
    assert [(m["direction"], m["text"]) for m in thread] == [("out", "Hello"), ("in", "How is she?")]
    async with transaction(callers["head"], read_only=True) as tx:
        assert list(await tx.session.scalars(select(InboundMessage.text))) == ["How is she?"]
    assert (await client.post("/api/sandbox/phones/12/messages", json={"text": "x"})).status_code == 422
    client = await sign_in("guardian")
    assert (await client.get("/api/sandbox/phones")).status_code == 403


async def test_runs(callers: dict[str, Caller], sign_in: Any) -> None:
    async with transaction(callers["teacher"]) as tx:
        run = await runs.start(tx, "test.kind", "A test", {}, total=3)
    client = await sign_in("teacher")
    assert [item["id"] for item in (await client.get("/api/runs")).json()["items"]] == [str(run.id)]
    assert (await client.get(f"/api/runs/{run.id}")).json()["status"] == "queued"
    assert (await client.post(f"/api/runs/{run.id}/cancel")).json()["status"] == "cancelled"
    assert (await client.post(f"/api/runs/{run.id}/cancel")).json()["code"] == "run_over"
    events = (await client.get(f"/api/runs/{run.id}/events")).text
    assert "event: progress" in events and '"status":"cancelled"' in events
    client = await sign_in("colleague")
    assert (await client.get(f"/api/runs/{run.id}")).status_code == 404
    assert (await client.get("/api/runs")).json()["items"] == []


async def test_push_subscriptions(school: TinySchool, callers: dict[str, Caller], sign_in: Any) -> None:
    client = await sign_in("guardian")
    assert len((await client.get("/api/notifications/push/key")).json()["publicKey"]) == 87
    keys = {"p256dh": "B" * 87, "auth": "a" * 22}
    for wrong in ("http://push.example.com/x", "https://127.0.0.1/x", "https://redis/x", "https://[::1]/", "nonsense"):
        answer = await client.post("/api/notifications/push/subscriptions", json={"endpoint": wrong, "keys": keys})
        assert answer.status_code == 422
    body = {"endpoint": "https://push.example.com/abc", "keys": keys}
    assert (await client.post("/api/notifications/push/subscriptions", json=body)).status_code == 204
    await _notify(school, callers["head"], "Pushed")
    async with transaction(callers["head"]) as tx:
        assert "push" in set(await tx.session.scalars(select(Delivery.channel)))
        await tx.session.execute(update(Notification).values(read_at=tx.now))
    left = await client.request("DELETE", "/api/notifications/push/subscriptions", json={"endpoint": body["endpoint"]})
    assert left.status_code == 204
    async with transaction(callers["head"], read_only=True) as tx:
        assert list(await tx.session.scalars(select(PushSubscription.id))) == []


async def test_channel_accounts_are_the_admins_and_keep_their_secrets(sign_in: Any) -> None:
    client = await sign_in("admin")
    account = {"channel": "sms", "provider": "twilio", "sender": "+15550001",
               "secrets": {"account_sid": "AC1", "auth_token": "very secret"}}  # fmt: skip
    added = await client.post("/api/channel-accounts", json=account)
    assert added.status_code == 201
    listed = await client.get("/api/channel-accounts")
    assert "very secret" not in added.text + listed.text
    assert [one["provider"] for one in listed.json()["items"]] == ["twilio"]
    for wrong in ({"provider": "pigeon"}, {"secrets": {}}, {"options": {"base_url": "http://10.0.0.1"}}):
        assert (await client.post("/api/channel-accounts", json=account | wrong)).status_code == 422
    assert (await client.delete(f"/api/channel-accounts/{added.json()['id']}")).status_code == 204
    client = await sign_in("head")
    assert (await client.get("/api/channel-accounts")).status_code == 403
    assert (await client.post("/api/channel-accounts", json=account)).status_code == 403
