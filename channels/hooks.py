"""What providers call us with: receipts and messages, checked for their signature and read into our words."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from twilio.request_validator import RequestValidator

from channels.receiving import Incoming
from runtime.errors import InvalidInput, NotAllowed
from school.notifications import Channel, DeliveryState

TOKEN = "hook_token"  # noqa: S105  # the name of a secret, not one


@dataclass(frozen=True, slots=True)
class Call:
    """A webhook call as it came."""

    url: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError:
            raise InvalidInput("The body is not JSON.") from None


META_UNFETCHED = {131052, 131053}
TWILIO_UNFETCHED = "63019"
"""Errors by which they say that a message's file could not be downloaded."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message, as its provider says."""

    message_id: str
    state: DeliveryState
    at: datetime
    detail: str = ""
    delivery_id: UUID | None = None
    unfetched: bool = False
    """The file it carried could not be fetched from its link."""


@dataclass(slots=True)
class Told:
    """Everything one call says."""

    receipts: list[Receipt] = field(default_factory=list[Receipt])
    incoming: list[Incoming] = field(default_factory=list[Incoming])


Read = Callable[[Call, Channel, Mapping[str, str]], Told]

TWILIO_STATES = {
    "sent": DeliveryState.SENT, "delivered": DeliveryState.DELIVERED, "read": DeliveryState.READ,
    "undelivered": DeliveryState.FAILED, "failed": DeliveryState.FAILED,
}  # fmt: skip
AT_STATES = {
    "Sent": DeliveryState.SENT, "Submitted": DeliveryState.SENT, "Buffered": DeliveryState.SENT,
    "Success": DeliveryState.DELIVERED, "Rejected": DeliveryState.FAILED, "Failed": DeliveryState.FAILED,
    "AbsentSubscriber": DeliveryState.FAILED, "Expired": DeliveryState.FAILED,
}  # fmt: skip
META_STATES = {
    "sent": DeliveryState.SENT, "delivered": DeliveryState.DELIVERED, "read": DeliveryState.READ,
    "failed": DeliveryState.FAILED,
}  # fmt: skip
SES_STATES = {
    "Delivery": DeliveryState.DELIVERED, "Bounce": DeliveryState.FAILED, "Complaint": DeliveryState.FAILED,
    "Reject": DeliveryState.FAILED,
}  # fmt: skip


def _wrong() -> NotAllowed:
    return NotAllowed("The signature of this call is not right.")


def _check_token(call: Call, secrets: Mapping[str, str]) -> None:
    """For providers that do not sign: the secret in the address they were given."""
    expected = secrets.get(TOKEN, "")
    if not expected or not hmac.compare_digest(call.query.get("token", "").encode(), expected.encode()):
        raise _wrong()


def twilio(call: Call, channel: Channel, secrets: Mapping[str, str]) -> Told:
    """Signed with the account's token over the address and the form (X-Twilio-Signature)."""
    form = call.form
    validator = RequestValidator(secrets["auth_token"])
    if not validator.validate(call.url, form, call.headers.get("x-twilio-signature", "")):
        raise _wrong()
    told = Told()
    sid = form.get("MessageSid") or form.get("SmsSid") or ""
    state = TWILIO_STATES.get(form.get("MessageStatus", ""))
    if state is not None:
        detail = f"Twilio {form['ErrorCode']}" if form.get("ErrorCode") else ""
        unfetched = form.get("ErrorCode") == TWILIO_UNFETCHED
        told.receipts.append(
            Receipt(sid, state, datetime.now(UTC), detail, _uuid(call.query.get("delivery")), unfetched)
        )
    elif "Body" in form and "From" in form:
        media = tuple(
            f"{form.get(f'MediaContentType{n}', 'file').partition('/')[0]}:{form[f'MediaUrl{n}']}"
            for n in range(_int(form.get("NumMedia")))
            if f"MediaUrl{n}" in form
        )
        sender = form["From"].removeprefix("whatsapp:")
        to = form.get("To", "").removeprefix("whatsapp:")
        told.incoming.append(Incoming("twilio", sid, channel, sender, to, form["Body"], media))
    return told


def africastalking(call: Call, channel: Channel, secrets: Mapping[str, str]) -> Told:
    """Not signed by the provider: the address holds a token."""
    _check_token(call, secrets)
    form = call.form
    told = Told()
    state = AT_STATES.get(form.get("status", ""))
    if state is not None:
        told.receipts.append(Receipt(form.get("id", ""), state, datetime.now(UTC), form.get("failureReason", "")))
    elif "text" in form and "from" in form:
        told.incoming.append(
            Incoming("africastalking", form.get("id", ""), channel, form["from"], form.get("to", ""), form["text"])
        )
    return told


def meta(call: Call, channel: Channel, secrets: Mapping[str, str]) -> Told:
    """Signed with the app's secret over the body (X-Hub-Signature-256)."""
    expected = "sha256=" + hmac.new(secrets["app_secret"].encode(), call.body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), call.headers.get("x-hub-signature-256", "").encode()):
        raise _wrong()
    told = Told()
    body = call.json()
    for entry in _list(body, "entry"):
        for change in _list(entry, "changes"):
            value = _dict(change, "value")
            told.receipts.extend(r for r in map(_meta_receipt, _list(value, "statuses")) if r is not None)
            to = str(_dict(value, "metadata").get("phone_number_id", ""))
            for message in _list(value, "messages"):
                sender = f"+{message.get('from', '')}"
                text, media = _meta_content(message)
                told.incoming.append(Incoming("meta", str(message.get("id", "")), channel, sender, to, text, media))
    return told


def _meta_content(message: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The words of a message (typed, pressed, or under a picture) and the kinds of what has none."""
    kind = str(message.get("type", ""))
    pressed = _dict(message, "interactive")
    reply = _dict(pressed, "button_reply") or _dict(pressed, "list_reply")
    content = _dict(message, kind)
    text = _dict(message, "text").get("body") or reply.get("id") or _dict(message, "button").get("text")
    media = (f"{kind}:{content.get('id', '')}",) if kind not in ("", "text", "interactive", "button") else ()
    return str(text or content.get("caption") or ""), media


def _meta_receipt(status: dict[str, Any]) -> Receipt | None:
    state = META_STATES.get(str(status.get("status", "")))
    if state is None:
        return None
    errors = _list(status, "errors")
    detail = f"WhatsApp {errors[0].get('code')}: {errors[0].get('title', '')}" if errors else ""
    at = datetime.fromtimestamp(_int(str(status.get("timestamp", ""))) or datetime.now(UTC).timestamp(), UTC)
    unfetched = any(error.get("code") in META_UNFETCHED for error in errors)
    return Receipt(
        str(status.get("id", "")), state, at, detail, _uuid(status.get("biz_opaque_callback_data")), unfetched
    )


def ses(call: Call, channel: Channel, secrets: Mapping[str, str]) -> Told:
    """Amazon SNS posts SES's notifications to an address that holds a token, and signs them (`channels/sns.py`)."""
    _check_token(call, secrets)
    told = Told()
    body = call.json()
    if isinstance(body, dict) and body.get("Type") != "Notification":
        return told
    if isinstance(body, dict) and isinstance(body.get("Message"), str):
        body = Call(call.url, call.headers, call.query, body["Message"].encode()).json()
    kind = str(body.get("notificationType") or body.get("eventType") or "") if isinstance(body, dict) else ""
    state = SES_STATES.get(kind)
    if state is not None:
        detail = "" if state is DeliveryState.DELIVERED else f"SES: {kind.lower()}"
        message_id = str(_dict(body, "mail").get("messageId", ""))
        told.receipts.append(Receipt(message_id, state, datetime.now(UTC), detail))
    return told


READERS: dict[str, Read] = {"twilio": twilio, "africastalking": africastalking, "meta": meta, "ses": ses}


def _list(value: Any, key: str) -> list[dict[str, Any]]:
    found = value.get(key) if isinstance(value, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _dict(value: Any, key: str) -> dict[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _int(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 12 else 0


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
