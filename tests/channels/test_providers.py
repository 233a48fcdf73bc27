"""Each provider's real client against a server that speaks its protocol: taken, refused, later, nobody knows."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from typing import Any

import pytest
from moto.server import ThreadedMotoServer
from sqlalchemy import insert

from channels import accounts, http
from channels.providers import Outgoing, Provider, Refused, TryLater, Unknown
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.transaction import transaction
from school.channel_accounts import ChannelAccount, PushSubscription
from school.inbox import InboundMessage
from school.notifications import Channel
from tests.channels.gateways import Answer, Gateway, Mailbox, Request, TwilioServer, ok
from tests.tiny_school import TinySchool

NUMBER = "+2348031234567"


def provider(school: TinySchool, channel: Channel, name: str, sender: str, secrets: dict[str, str], **options: Any) -> Provider:  # fmt: skip
    account = ChannelAccount(
        id=new_id(), school_id=school.id, channel=channel.value, provider=name, sender=sender, options=options
    )
    accounts.listed()
    return accounts.PROVIDERS[(channel, name)](account, secrets)


def message(school: TinySchool, channel: Channel = Channel.SMS, address: str = NUMBER, text: str = "Hello") -> Outgoing:
    return Outgoing(new_id(), school.id, channel, address, text, "Results")


@pytest.fixture
async def served() -> AsyncIterator[Callable[[Callable[[Request], Answer]], Gateway]]:
    started: list[Gateway] = []

    def start(answer: Callable[[Request], Answer]) -> Gateway:
        started.append(Gateway(answer).start())
        return started[-1]

    yield start
    await http.forget()
    for gateway in started:
        gateway.stop()


@pytest.fixture
async def twilio() -> AsyncIterator[TwilioServer]:
    server = TwilioServer()
    server.gateway.start()
    yield server
    await http.forget()
    server.gateway.stop()


def _twilio(school: TinySchool, server: TwilioServer, channel: Channel = Channel.SMS, **options: Any) -> Provider:
    secrets = {"account_sid": "AC1", "auth_token": "secret-token"}
    return provider(school, channel, "twilio", "+15550001", secrets, base_url=server.gateway.url, **options)


async def test_twilio_takes_a_text_and_finds_it_again(school: TinySchool, twilio: TwilioServer) -> None:
    sender = _twilio(school, twilio, callback_url="https://school.test/hook")
    sent = message(school)
    assert await sender.find(sent) is None
    accepted = await sender.send(sent)
    form = twilio.gateway.requests[-1].form
    assert accepted.message_id == twilio.taken[0]["sid"]
    assert (form["To"], form["From"], form["Body"]) == (NUMBER, "+15550001", "Hello")
    assert form["StatusCallback"] == f"https://school.test/hook?delivery={sent.key}"
    found = await sender.find(sent)
    assert found is not None and found.message_id == accepted.message_id


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ((400, 21211, f"The 'To' number {NUMBER} is not valid"), Refused),
        ((400, 21610, "Attempt to send to unsubscribed recipient"), Refused),
        ((429, 20429, "Too many requests"), TryLater),
        ((503, 20503, "Service unavailable"), TryLater),
        ((401, 20003, "Authenticate"), TryLater),
    ],
)
async def test_twilio_errors(school: TinySchool, twilio: TwilioServer, error: Any, kind: type[Exception]) -> None:
    twilio.errors[NUMBER] = error
    with pytest.raises(kind) as raised:
        await _twilio(school, twilio).send(message(school))
    assert NUMBER not in str(raised.value)
    twilio.errors.clear()
    assert (await _twilio(school, twilio).send(message(school))).message_id


async def test_an_answer_that_never_came_is_unknown_and_can_be_looked_up(
    school: TinySchool, twilio: TwilioServer
) -> None:
    twilio.broken_off = True
    sender, sent = _twilio(school, twilio), message(school)
    with pytest.raises(Unknown):
        await sender.send(sent)
    found = await sender.find(sent)
    assert found is not None and found.message_id == twilio.taken[0]["sid"]


async def test_a_provider_that_is_not_there_is_tried_later(school: TinySchool, twilio: TwilioServer) -> None:
    sender = _twilio(school, twilio)
    twilio.gateway.stop()
    with pytest.raises(TryLater):
        await sender.send(message(school))


async def _wrote(caller: Caller, address: str) -> None:
    async with transaction(caller) as tx:
        await tx.session.execute(
            insert(InboundMessage).values(
                id=new_id(), school_id=tx.school_id, created_at=tx.now, provider="meta", provider_message_id=str(new_id()),
                channel="whatsapp", sender=address, recipient="1", text="hi", media=[],
            )
        )  # fmt: skip


@pytest.mark.parametrize("name", ["twilio", "meta"])
async def test_whatsapp_window(
    school: TinySchool, callers: dict[str, Caller], twilio: TwilioServer, served: Any, name: str
) -> None:
    meta = served(lambda request: ok({"messages": [{"id": "wamid.1"}]}))

    def make(**options: Any) -> Provider:
        if name == "twilio":
            return _twilio(school, twilio, Channel.WHATSAPP, **options)
        return provider(school, Channel.WHATSAPP, "meta", "10987", {"access_token": "t"}, base_url=meta.url, **options)

    outgoing = message(school, Channel.WHATSAPP, text="Two\nlines")
    with pytest.raises(Refused, match="24 hours"):
        await make().send(outgoing)
    assert not twilio.taken and not meta.requests
    await make(template={"name": "HX1", "language": "en_GB"}).send(outgoing)
    if name == "twilio":
        assert twilio.gateway.requests[-1].form["ContentVariables"] == '{"1": "Two lines"}'
    else:
        sent = meta.requests[-1].json
        assert sent["template"]["name"] == "HX1" and sent["to"] == NUMBER[1:] and "text" not in sent
    await _wrote(callers["head"], NUMBER)
    await make().send(outgoing)
    text = twilio.gateway.requests[-1].form["Body"] if name == "twilio" else meta.requests[-1].json["text"]["body"]
    assert text == "Two\nlines"


@pytest.mark.parametrize("name", ["twilio", "meta"])
async def test_a_template_with_a_document_above_carries_the_file_where_the_school_has_one(
    school: TinySchool, twilio: TwilioServer, served: Any, name: str
) -> None:
    meta = served(lambda request: ok({"messages": [{"id": "wamid.1"}]}))
    link = "https://school.example/api/reports/cards/abc"
    file = {"link": link, "filename": "Ada, report card.pdf", "caption": "Ada's card\nis ready."}
    outgoing = replace(
        message(school, Channel.WHATSAPP, text=f"Ada's card\nis ready. {link}"), extra={"document": file}
    )

    def make(**options: Any) -> Provider:
        if name == "twilio":
            return _twilio(school, twilio, Channel.WHATSAPP, **options)
        return provider(school, Channel.WHATSAPP, "meta", "10987", {"access_token": "t"}, base_url=meta.url, **options)

    plain, with_file = {"name": "HX1", "language": "en_GB"}, {"name": "HX2", "language": "en_GB"}
    await make(template=plain).send(outgoing)
    await make(template=plain, document_template=with_file).send(outgoing)
    if name == "twilio":
        first, second = (request.form for request in twilio.gateway.requests[-2:])
        assert link in first["ContentVariables"] and first["ContentSid"] == "HX1"
        assert json.loads(second["ContentVariables"]) == {"1": "Ada's card is ready.", "2": "api/reports/cards/abc"}
        assert second["ContentSid"] == "HX2"
        twilio.taken[-1]["body"] = "Hillcrest: Ada's card is ready. Reply STOP to end."
        found = await make().find(outgoing)
        assert found is not None, "known again by its words inside the template"
    else:
        first, second = (request.json["template"] for request in meta.requests[-2:])
        assert [part["type"] for part in first["components"]] == ["body"] and first["name"] == "HX1"
        header, body = second["components"]
        assert header["parameters"][0]["document"] == {"link": link, "filename": file["filename"]}
        assert body["parameters"] == [{"type": "text", "text": "Ada's card is ready."}]


@pytest.mark.parametrize("options", [(), (("More", "More"),), tuple((f"Choice {n}", str(n)) for n in range(5))])
async def test_whatsapp_carries_a_file(
    school: TinySchool, callers: dict[str, Caller], twilio: TwilioServer, served: Any, options: tuple[tuple[str, str]]
) -> None:
    meta = served(lambda request: ok({"messages": [{"id": "wamid.1"}]}))
    await _wrote(callers["head"], NUMBER)
    link = "https://school.example/api/reports/cards/abc"
    file = {"link": link, "filename": "Ada, report card.pdf", "caption": "Ada: 80 percent."}
    outgoing = replace(
        message(school, Channel.WHATSAPP, text=f"Ada: 80 percent. {link}"), extra={"document": file, "options": options}
    )
    await provider(school, Channel.WHATSAPP, "meta", "10987", {"access_token": "t"}, base_url=meta.url).send(outgoing)
    sent = meta.requests[-1].json
    if len(options) == 1:
        assert sent["interactive"]["header"] == {
            "type": "document", "document": {"link": link, "filename": file["filename"]}
        }  # fmt: skip
        assert sent["interactive"]["body"]["text"] == file["caption"]
    else:
        assert sent["type"] == "document" and sent["document"] == file and "text" not in sent
    await _twilio(school, twilio, Channel.WHATSAPP).send(outgoing)
    assert twilio.gateway.requests[-1].form["MediaUrl"] == link


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (ok({"error": {"code": 131026, "message": "Message undeliverable"}}, 400), Refused),
        (ok({"error": {"code": 131047, "message": "Re-engagement message"}}), Refused),  # an error inside a 200
        (ok({"error": {"code": 130429, "message": "Rate limit hit"}}, 429), TryLater),
        (ok({"error": {"code": 190, "message": "Token expired"}}, 401), TryLater),
        (ok({}), Unknown),
        ((502, {}, b"<html>"), TryLater),
    ],
)
async def test_meta_errors(
    school: TinySchool, callers: dict[str, Caller], served: Any, answer: Answer, kind: type[Exception]
) -> None:
    await _wrote(callers["head"], NUMBER)
    answers = [answer, ok({"messages": [{"id": "wamid.2"}]})]
    server = served(lambda request: answers.pop(0))
    meta = provider(school, Channel.WHATSAPP, "meta", "10987", {"access_token": "t"}, base_url=server.url)
    with pytest.raises(kind):
        await meta.send(message(school, Channel.WHATSAPP))
    assert (await meta.send(message(school, Channel.WHATSAPP))).message_id == "wamid.2"


def _at(code: int, status: str = "Success") -> Answer:
    recipient = {"statusCode": code, "number": NUMBER, "status": status, "cost": "NGN 2.2", "messageId": "ATXid_1"}
    return ok({"SMSMessageData": {"Message": "Sent to 1/1", "Recipients": [recipient]}}, 201)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (_at(403, "InvalidPhoneNumber"), Refused),
        (_at(406, "UserInBlacklist"), Refused),
        (_at(405, "InsufficientBalance"), TryLater),
        (_at(500, "InternalServerError"), TryLater),
        (ok({"SMSMessageData": {"Message": "InvalidSenderId", "Recipients": []}}, 201), TryLater),
        ((500, {}, b"oops"), TryLater),
        ((0, {}, b""), Unknown),
    ],
)
async def test_africas_talking(school: TinySchool, served: Any, answer: Answer, kind: type[Exception]) -> None:
    answers = [answer, _at(101)]
    server = served(lambda request: answers.pop(0))
    secrets = {"username": "school", "api_key": "k"}
    sender = provider(school, Channel.SMS, "africastalking", "HILLCREST", secrets, base_url=server.url)
    with pytest.raises(kind):
        await sender.send(message(school))
    assert (await sender.send(message(school))).message_id == "ATXid_1"
    form = server.requests[-1].form
    assert (form["to"], form["message"], form["from"]) == (NUMBER, "Hello", "HILLCREST")
    with pytest.raises(Refused):
        await sender.send(message(school, address="0803"))


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box = Mailbox()
    port = box.start()
    yield box, port
    box.stop()


async def test_smtp(school: TinySchool, mailbox: tuple[Mailbox, int]) -> None:
    box, port = mailbox
    sender = provider(school, Channel.EMAIL, "smtp", "office@hillcrest.test", {}, host="127.0.0.1", port=port, start_tls=False)  # fmt: skip
    outgoing = message(school, Channel.EMAIL, "ìyá@example.test".replace("ì", "i").replace("á", "a"), "Olá\nworld")
    accepted = await sender.send(outgoing)
    to, raw = box.mails[0]
    mail = message_from_bytes(raw)
    assert (to, mail["Message-ID"], mail["Subject"]) == (outgoing.address, accepted.message_id, "Results")
    assert str(outgoing.key) in accepted.message_id
    box.codes["gone@example.test"] = "550 No such user"
    box.codes["full@example.test"] = "452 Mailbox full"
    for address, kind in (("gone@example.test", Refused), ("full@example.test", TryLater), ("x\ny@e.test", Refused)):
        with pytest.raises(kind):
            await sender.send(message(school, Channel.EMAIL, address))
    nowhere = provider(school, Channel.EMAIL, "smtp", "o@h.test", {}, host="127.0.0.1", port=1)
    with pytest.raises(TryLater):
        await nowhere.send(outgoing)


@pytest.fixture
def moto() -> Iterator[str]:
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


async def test_ses(school: TinySchool, moto: str) -> None:
    secrets = {"access_key_id": "k", "secret_access_key": "s"}
    sender = provider(school, Channel.EMAIL, "ses", "office@hillcrest.test", secrets, base_url=moto, region="eu-west-1")
    with pytest.raises(Refused):
        await sender.send(message(school, Channel.EMAIL, "a@example.test"))  # the identity is not verified yet
    sender._client.verify_email_identity(EmailAddress="office@hillcrest.test")  # type: ignore[attr-defined]
    assert (await sender.send(message(school, Channel.EMAIL, "a@example.test"))).message_id
    away = provider(school, Channel.EMAIL, "ses", "o@h.test", secrets, base_url="http://127.0.0.1:1")
    with pytest.raises(TryLater):
        await away.send(message(school, Channel.EMAIL, "a@example.test"))


async def test_push_reaches_every_browser_and_forgets_those_gone(
    school: TinySchool, callers: dict[str, Caller], served: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from channels import push
    from runtime.secrets import signing_key
    from runtime.settings import settings

    monkeypatch.setenv("SCHOOLOS_SECRET_KEY", "k" * 32)
    settings.cache_clear()
    signing_key.cache_clear()
    server = served(lambda request: (410 if "gone" in request.path else 201, {}, b""))
    keys = {
        "p256dh": "BNNL5ZaTfK81qhXOx23-wewhigUeFb632jN6LvRWCFH1ubQr77FE_9qV1FuojuRmHP42zmf34rXgW80OvUVDgTk",
        "auth": "zqbxT6JKstKSY9JKibZLSQ",
    }
    person = school.staff["teacher"]
    async with transaction(callers["head"]) as tx:
        account, public = await push.identity(tx)
        again, _ = await push.identity(tx)
        tx.session.add_all(
            PushSubscription(school_id=school.id, person_id=person, endpoint=f"{server.url}/{name}", keys=keys)
            for name in ("one", "gone")
        )
    assert account.id == again.id
    assert len(public) == 87
    sender = accounts.made(account)
    outgoing = Outgoing(new_id(), school.id, Channel.PUSH, str(person), "Body", "Title")
    await sender.send(outgoing)
    await sender.send(outgoing)
    assert sorted(request.path for request in server.requests) == ["/gone", "/one", "/one"]
    assert server.requests[0].headers["authorization"].startswith("vapid t=")
    assert server.requests[0].headers["content-encoding"] == "aes128gcm"
