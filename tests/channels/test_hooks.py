"""Webhooks: signatures, receipts out of order and repeated, messages in, unknown ids."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from api.app import create_app
from channels import receiving, sns
from channels.receiving import Incoming
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.outbox import OutboxRow
from runtime.secrets import seal, signing_key
from runtime.settings import settings
from runtime.transaction import Tx, transaction
from school import announcements, deliveries, delivery_states
from school.channel_accounts import ChannelAccount
from school.deliveries import Reply
from school.inbox import InboundMessage
from school.notifications import Channel, Delivery, DeliveryState, OptOut
from tests.tiny_school import TinySchool

BASE = "http://school.test"


@pytest.fixture
async def client(school: TinySchool, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx2.AsyncClient]:
    monkeypatch.setenv("SCHOOLOS_SECRET_KEY", "k" * 32)
    settings.cache_clear()
    signing_key.cache_clear()
    transport = httpx2.ASGITransport(app=create_app())
    async with httpx2.AsyncClient(transport=transport, base_url=BASE) as opened:
        yield opened


async def _account(caller: Caller, provider: str, channel: Channel, **secrets: str) -> UUID:
    async with transaction(caller) as tx:
        account = ChannelAccount(
            id=new_id(), school_id=tx.school_id, channel=channel.value, provider=provider, sender="+15550001",
            secrets=seal(secrets),
        )  # fmt: skip
        tx.session.add(account)
    return account.id


async def _sent(caller: Caller, school: TinySchool, provider: str, message_id: str) -> UUID:
    """One delivery that its provider accepted."""
    async with transaction(caller) as tx:
        notice = await announcements.notice(tx, "Trip", "Bring lunch.", student_ids=[school.students["Efe"]])
        (delivery_id,) = (await deliveries.queue(tx, new_id(), notice)).delivery_ids
        row = await tx.session.get_one(Delivery, delivery_id)
        row.state, row.provider, row.provider_message_id = DeliveryState.SENT.value, provider, message_id
    return delivery_id


async def _state(caller: Caller, delivery_id: UUID) -> tuple[str, str | None]:
    async with transaction(caller, read_only=True) as tx:
        row = await tx.session.get_one(Delivery, delivery_id)
        return row.state, row.reason


async def _twilio(client: httpx2.AsyncClient, account: UUID, form: dict[str, str], token: str = "auth") -> int:
    url = f"/api/hooks/{account}"
    signature = RequestValidator(token).compute_signature(BASE + url, form)
    return (await client.post(url, data=form, headers={"X-Twilio-Signature": signature})).status_code


async def test_receipts_move_a_delivery_up_only(
    client: httpx2.AsyncClient, school: TinySchool, callers: dict[str, Caller]
) -> None:
    head = callers["head"]
    account = await _account(head, "twilio", Channel.SMS, account_sid="AC1", auth_token="auth")
    delivery = await _sent(head, school, "twilio", "SM1")
    for status, expected in (
        ("delivered", "delivered"), ("sent", "delivered"), ("delivered", "delivered"), ("read", "read"), ("failed", "read"),
    ):  # fmt: skip
        assert await _twilio(client, account, {"MessageSid": "SM1", "MessageStatus": status}) == 204
        assert (await _state(head, delivery))[0] == expected


async def test_a_failure_keeps_the_providers_reason(
    client: httpx2.AsyncClient, school: TinySchool, callers: dict[str, Caller]
) -> None:
    head = callers["head"]
    account = await _account(head, "twilio", Channel.SMS, account_sid="AC1", auth_token="auth")
    delivery = await _sent(head, school, "twilio", "SM1")
    form = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30003"}
    assert await _twilio(client, account, form, token="not the token") == 403
    assert await _state(head, delivery) == ("sent", None)
    assert await _twilio(client, account, form) == 204
    assert await _state(head, delivery) == ("failed", "Twilio 30003")
    assert await _twilio(client, account, {"MessageSid": "SM?", "MessageStatus": "delivered"}) == 204


async def test_a_text_comes_in_once_and_stop_counts_at_once(
    client: httpx2.AsyncClient, school: TinySchool, callers: dict[str, Caller]
) -> None:
    head = callers["head"]
    account = await _account(head, "twilio", Channel.SMS, account_sid="AC1", auth_token="auth")
    number = school.phones["of Efe"]
    form = {"MessageSid": "SM9", "From": number, "To": "+15550001", "Body": " Stop. ", "NumMedia": "0"}
    for _ in range(2):
        assert await _twilio(client, account, form) == 204
    async with transaction(head, read_only=True) as tx:
        messages = list(await tx.session.scalars(select(InboundMessage)))
        stopped = await tx.session.scalar(select(OptOut).where(OptOut.address == number))
    assert [(m.sender, m.provider_message_id, m.handled_at) for m in messages] == [(number, "SM9", None)]
    assert stopped is not None


def _meta(value: dict[str, Any]) -> bytes:
    return json.dumps({"entry": [{"changes": [{"value": value}]}]}).encode()


async def test_meta_receipts_and_messages(
    client: httpx2.AsyncClient, school: TinySchool, callers: dict[str, Caller]
) -> None:
    head = callers["head"]
    account = await _account(head, "meta", Channel.WHATSAPP, access_token="t", app_secret="app", verify_token="verify")
    delivery = await _sent(head, school, "meta", "unknown yet")
    status = {
        "id": "wamid.7",
        "status": "delivered",
        "timestamp": "1780000000",
        "biz_opaque_callback_data": str(delivery),
    }
    number = school.phones["whatsapp"]
    message = {"id": "wamid.8", "from": number[1:], "type": "text", "text": {"body": "How is he?"}}
    body = _meta({"statuses": [status], "messages": [message], "metadata": {"phone_number_id": "1"}})
    url = f"/api/hooks/{account}"
    right = "sha256=" + hmac.new(b"app", body, hashlib.sha256).hexdigest()
    for signature, expected in (("", 403), ("sha256=0", 403), (right, 204), (right, 204)):
        answer = await client.post(url, content=body, headers={"X-Hub-Signature-256": signature})
        assert answer.status_code == expected
    assert (await _state(head, delivery))[0] == "delivered"
    async with transaction(head, read_only=True) as tx:
        (found,) = await tx.session.scalars(select(InboundMessage))
    assert (found.sender, found.text) == (number, "How is he?")
    asked = await client.get(url, params={"hub.verify_token": "verify", "hub.challenge": "42"})
    assert (asked.status_code, asked.text) == (200, "42")
    assert (await client.get(url, params={"hub.verify_token": "x", "hub.challenge": "42"})).status_code == 403


@pytest.mark.parametrize(("code", "again"), [(131053, True), (131026, False)])
async def test_a_file_that_cannot_be_fetched_goes_out_once_more_as_its_link(
    client: httpx2.AsyncClient, school: TinySchool, callers: dict[str, Caller], code: int, again: bool
) -> None:
    head, phone = callers["head"], school.phones["whatsapp"]
    account = await _account(head, "meta", Channel.WHATSAPP, access_token="t", app_secret="app", verify_token="verify")
    file = {"link": "https://school.example/card.pdf", "filename": "card.pdf", "caption": "Ada's card"}
    said = f"Ada's card: {file['link']}"
    async with transaction(head) as tx:
        answer = Reply(new_id(), school.guardians["whatsapp"], Channel.WHATSAPP, phone, said, document=file)
        row = await deliveries.reply(tx, answer, claimed=True)
        assert row is not None
        delivery_id = row.id
        row.state, row.provider, row.provider_message_id, row.attempts = "sent", "meta", "wamid.1", 1
    status = {"id": "wamid.1", "status": "failed", "biz_opaque_callback_data": str(delivery_id),
              "errors": [{"code": code, "title": "Media upload error"}]}  # fmt: skip
    body = _meta({"statuses": [status]})
    signature = "sha256=" + hmac.new(b"app", body, hashlib.sha256).hexdigest()
    for _ in range(2):  # told twice, sent once more
        told = await client.post(f"/api/hooks/{account}", content=body, headers={"X-Hub-Signature-256": signature})
        assert told.status_code == 204
    async with transaction(head) as tx:
        (row,) = await tx.session.scalars(select(Delivery))
        outbox = list(await tx.session.scalars(select(OutboxRow).where(OutboxRow.name == "deliveries.requeued")))
        outgoing = await delivery_states.claim(tx, [delivery_id])
    assert len(outbox) == len(outgoing) == int(again)
    assert row.text == said and ("document" not in row.extra) is again


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'"x"', b"{", b'{"entry": 1}', b'{"entry": [{"changes": [{"value": 3}]}]}']
)
async def test_odd_bodies_are_no_crash(
    client: httpx2.AsyncClient, school: TinySchool, callers: dict[str, Caller], body: bytes
) -> None:
    account = await _account(callers["head"], "meta", Channel.WHATSAPP, app_secret="app", access_token="t")
    right = "sha256=" + hmac.new(b"app", body, hashlib.sha256).hexdigest()
    answer = await client.post(f"/api/hooks/{account}", content=body, headers={"X-Hub-Signature-256": right})
    assert answer.status_code in (204, 422)


class Amazon:
    """Signs as Amazon SNS does, and serves its certificate."""

    certificate_url = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
        now = datetime.now(UTC)
        made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(self._key.public_key())
        made = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
        self._pem = made.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM)

    def sign(self, message: dict[str, str]) -> dict[str, str]:
        signature = self._key.sign(sns.signed_text(message), padding.PKCS1v15(), hashes.SHA256())
        return message | {"SignatureVersion": "2", "SigningCertURL": self.certificate_url,
                          "Signature": base64.b64encode(signature).decode()}  # fmt: skip

    async def call(self, method: str, url: str) -> httpx2.Response:
        self.asked.append(url)
        return httpx2.Response(200, content=self._pem)


async def test_africas_talking_and_ses_by_token(
    client: httpx2.AsyncClient, school: TinySchool, callers: dict[str, Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    head = callers["head"]
    at = await _account(head, "africastalking", Channel.SMS, username="u", api_key="k", hook_token="tok")
    delivery = await _sent(head, school, "africastalking", "ATXid_1")
    form = {"id": "ATXid_1", "status": "Success", "phoneNumber": "+2348"}
    assert (await client.post(f"/api/hooks/{at}?token=wrong", data=form)).status_code == 403
    assert (await client.post(f"/api/hooks/{at}?token=tok", data=form)).status_code == 204
    assert (await _state(head, delivery))[0] == "delivered"
    ses = await _account(head, "ses", Channel.EMAIL, hook_token="tok")
    mailed = await _sent(head, school, "ses", "ses-1")
    amazon = Amazon()
    monkeypatch.setattr(sns.http, "call", amazon.call)
    sns.forget()
    bounce = json.dumps({"notificationType": "Bounce", "mail": {"messageId": "ses-1"}})
    note = {"Type": "Notification", "Message": bounce, "MessageId": "1", "Timestamp": "now", "TopicArn": "arn"}
    url = f"/api/hooks/{ses}?token=tok"
    forged = amazon.sign(note) | {"Message": bounce.replace("Bounce", "Delivery")}
    elsewhere = amazon.sign(note) | {"SigningCertURL": "https://sns.eu-west-1.amazonaws.com.evil.example/x.pem"}
    for wrong in (note, forged, elsewhere, amazon.sign(note) | {"SignatureVersion": "3"}, []):
        assert (await client.post(url, json=wrong)).status_code == 403
    assert (await _state(head, mailed))[0] == "sent"
    assert (await client.post(url, json=amazon.sign(note))).status_code == 204
    assert (await _state(head, mailed))[0] == "failed"
    assert amazon.asked == [amazon.certificate_url]  # once, then it is known
    subscribe = {"Type": "SubscriptionConfirmation", "Message": "x", "MessageId": "2", "Timestamp": "now", "Token": "t",
                 "TopicArn": "arn", "SubscribeURL": "https://sns.eu-west-1.amazonaws.com/?Action=Confirm"}  # fmt: skip
    assert (await client.post(url, json=amazon.sign(subscribe))).status_code == 204
    assert amazon.asked[-1] == subscribe["SubscribeURL"]


async def test_an_account_that_is_not_there(client: httpx2.AsyncClient) -> None:
    assert (await client.post(f"/api/hooks/{new_id()}", content=b"x")).status_code == 404


async def test_calls_that_come_together_are_kept_once_each_and_a_bad_one_holds_up_none(
    client: httpx2.AsyncClient, school: TinySchool, callers: dict[str, Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    account = await _account(callers["head"], "africastalking", Channel.SMS, username="u", api_key="k", hook_token="t")
    real = receiving.receive_all

    async def fails_on_one(tx: Tx, together: Sequence[Incoming]) -> list[UUID | None]:
        if any(one.text == "bad" for one in together):
            raise RuntimeError("this one cannot be kept")
        return await real(tx, together)

    monkeypatch.setattr(receiving, "receive_all", fails_on_one)

    async def post(n: int, text: str) -> int | None:
        form = {"id": f"AT{n}", "from": f"+23480300000{n:02d}", "to": "12345", "text": text}
        try:
            return (await client.post(f"/api/hooks/{account}?token=t", data=form)).status_code
        except RuntimeError:
            return None

    texts = [(n, "bad" if n == 5 else "STOP" if n < 3 else "Hello") for n in range(20)]
    statuses = await asyncio.gather(*(post(n, text) for n, text in [*texts, *texts]))
    assert [status == 204 for status in statuses] == [n != 5 for n, _ in [*texts, *texts]]
    async with transaction(callers["head"], read_only=True) as tx:
        kept = list(await tx.session.scalars(select(InboundMessage.provider_message_id)))
        stopped = list(await tx.session.scalars(select(OptOut.address).where(OptOut.address.like("+23480300000%"))))
        events = await tx.session.scalars(select(OutboxRow.payload).where(OutboxRow.name == "messages.received"))
        told = [message_id for payload in events for message_id in payload["messageIds"]]
    assert sorted(kept) == sorted(f"AT{n}" for n in range(20) if n != 5)
    assert len(set(told)) == len(told) == len(kept) and len(stopped) == 3


async def test_a_signature_that_is_no_ascii_is_refused(client: httpx2.AsyncClient, callers: dict[str, Caller]) -> None:
    account = await _account(callers["head"], "africastalking", Channel.SMS, username="u", api_key="k", hook_token="t")
    assert (await client.post(f"/api/hooks/{account}?token=é", data={"text": "x"})).status_code == 403
    assert (await client.get(f"/api/hooks/{account}?hub.verify_token=é")).status_code == 403
