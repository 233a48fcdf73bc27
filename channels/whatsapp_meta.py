"""WhatsApp by Meta's Cloud API."""

from typing import Any

from channels import http
from channels.accounts import provides
from channels.providers import Accepted, Outgoing, Refused, Stopped, TryLater, Unknown
from channels.whatsapp_window import Template, check_window
from school.channel_accounts import ChannelAccount
from school.notifications import Channel

GRAPH = "https://graph.facebook.com/v23.0"
NEVER = {100, 131008, 131009, 131021, 131026, 131045, 131047, 131049, 131051, 132000, 132001, 132005, 132007,
         132012, 132015, 133010}  # fmt: skip
"""Meta's codes for a recipient, template or parameter it will never take."""

STOPPED = {131050}
"""The person ended our messages in WhatsApp itself."""


class MetaWhatsApp:
    """One WhatsApp business number; `sender` is its phone number id."""

    name = "meta"

    def __init__(self, account: ChannelAccount, secrets: dict[str, str]) -> None:
        self.account = f"meta:{account.id}"
        self.per_second: float | None = account.per_second or 60
        self.sender, self.options = account.sender, account.options
        self._token = secrets["access_token"]

    async def send(self, message: Outgoing) -> Accepted:
        body: dict[str, Any] = {
            "messaging_product": "whatsapp", "recipient_type": "individual", "to": message.address.lstrip("+"),
            "biz_opaque_callback_data": str(message.key), "type": "text",
            "text": {"body": message.text, "preview_url": False},
        }  # fmt: skip
        if template := await check_window(message, self.options):
            del body["text"]
            body["type"] = "template"
            body["template"] = {
                "name": template.name, "language": {"code": template.language}, "components": components(template),
            }  # fmt: skip
        elif interactive := pressable(message):
            del body["text"]
            body["type"], body["interactive"] = "interactive", interactive
        elif document := attached(message):
            del body["text"]
            body["type"], body["document"] = "document", document
        base = self.options.get("base_url", GRAPH)
        answer = await http.call(
            "POST", f"{base}/{self.sender}/messages", json=body, headers={"Authorization": f"Bearer {self._token}"}
        )
        return _taken(answer)

    async def find(self, message: Outgoing) -> Accepted | None:
        raise Unknown("Meta has no way to look a message up; its receipt will tell")


def components(template: Template) -> list[dict[str, Any]]:
    """What fills an approved template: the words, and the file above them where it has one."""
    words: dict[str, Any] = {"type": "body", "parameters": [{"type": "text", "text": template.text}]}
    if template.document is None:
        return [words]
    return [{"type": "header", "parameters": [{"type": "document", "document": template.document}]}, words]


def attached(message: Outgoing) -> dict[str, str] | None:
    """The file a message carries, its words as the caption; null where there is none, or the words do not fit."""
    document: dict[str, str] | None = message.extra.get("document")
    if document is None or len(document["caption"]) > 1024:
        return None
    return {name: document[name] for name in ("link", "filename", "caption") if document[name]}


def pressable(message: Outgoing) -> dict[str, Any] | None:
    """Up to three choices as buttons, up to ten as a list; null where there are none, or more than WhatsApp takes."""
    options: list[list[str]] = message.extra.get("options") or []
    document = attached(message)
    text = document.get("caption", "") if document else message.text
    if not 1 <= len(options) <= 10 or not 1 <= len(text) <= 1024 or any(len(send) > 200 for _, send in options):
        return None
    if len({send for _, send in options}) < len(options):
        return None
    body: dict[str, Any] = {"text": text}
    if len(options) <= 3:
        replies = [{"type": "reply", "reply": {"id": send, "title": label[:20]}} for label, send in options]
        if len({label[:20] for label, _ in options}) == len(options):
            made: dict[str, Any] = {"type": "button", "body": body, "action": {"buttons": replies}}
            if document:
                file = {name: document[name] for name in ("link", "filename")}
                made["header"] = {"type": "document", "document": file}
            return made
    if document:
        return None  # a list has no place for a file
    rows = [{"id": send, "title": label[:24], "description": label[24:96]} for label, send in options]
    section = {"title": "Please choose", "rows": [{k: v for k, v in row.items() if v} for row in rows]}
    return {"type": "list", "body": body, "action": {"button": "Choose", "sections": [section]}}


def _taken(answer: http.Answer) -> Accepted:
    """The message's id, or the error: Meta puts errors into bodies of any status."""
    try:
        body = answer.json()
    except ValueError:
        body = {}
    error = body.get("error") if isinstance(body, dict) else None
    if error:
        code = int(error.get("code", 0))
        detail = f"WhatsApp {code}: {error.get('message', '')[:160]}"
        if code in STOPPED:
            raise Stopped(detail)
        if code in NEVER:
            raise Refused(detail)
        raise TryLater(detail, http.retry_after_s(answer))
    messages = body.get("messages") if isinstance(body, dict) else None
    if answer.status_code >= 400 or not messages:
        raise TryLater(f"WhatsApp answered {answer.status_code} without a message id") if answer.status_code >= 400 else Unknown("WhatsApp answered without a message id")  # fmt: skip
    return Accepted(messages[0]["id"])


@provides(Channel.WHATSAPP, "meta", "access_token", "app_secret", "verify_token")
def whatsapp(account: ChannelAccount, secrets: dict[str, str]) -> MetaWhatsApp:
    return MetaWhatsApp(account, secrets)
