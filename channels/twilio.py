"""SMS and WhatsApp by Twilio, through its own client on our shared connections."""

from datetime import UTC, datetime, timedelta
from typing import Any

from twilio.base.exceptions import TwilioRestException
from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from channels import http
from channels.accounts import provides
from channels.providers import Accepted, Outgoing, Refused, SendFailed, Stopped, TryLater, Unknown
from channels.whatsapp_window import check_window
from school.channel_accounts import ChannelAccount
from school.notifications import Channel

NEVER = {
    21211,
    21214,
    21217,
    21219,
    21401,
    21407,
    21408,
    21421,
    21601,
    21606,
    21608,
    21612,
    21614,
    63003,
    63016,
    63024,
}
"""Twilio's codes for a recipient or message it will never take."""

STOPPED = {21610}
"""A STOP given to Twilio itself."""

API = "https://api.twilio.com"


class SharedHttp(AsyncHttpClient):
    """Twilio's client over ours: pooled, with timeouts, nothing logged, and another host for tests and regions."""

    def __init__(self, base_url: str | None) -> None:
        super().__init__(None, True, None)  # type: ignore[arg-type]  # no logger: requests carry numbers and secrets
        self.base_url = base_url

    async def request(  # type: ignore[override]
        self, method: str, url: str, params: Any = None, data: Any = None, headers: Any = None, auth: Any = None,
        timeout: float | None = None, allow_redirects: bool = False,
    ) -> Response:  # fmt: skip
        if self.base_url and url.startswith(API):
            url = self.base_url.rstrip("/") + url.removeprefix(API)
        answer = await http.call(method, url, params=params, data=data, headers=headers, auth=auth)
        return Response(answer.status_code, answer.text, answer.headers)


class Twilio:
    """One Twilio account on one channel."""

    name = "twilio"

    def __init__(self, account: ChannelAccount, secrets: dict[str, str]) -> None:
        self.account = f"twilio:{account.id}"
        self.per_second: float | None = account.per_second or 30
        self.id, self.sender, self.options = account.id, account.sender, account.options
        self.whatsapp = account.channel == Channel.WHATSAPP.value
        self._client = Client(
            secrets["account_sid"], secrets["auth_token"], http_client=SharedHttp(account.options.get("base_url"))
        )

    async def send(self, message: Outgoing) -> Accepted:
        prefix = "whatsapp:" if self.whatsapp else ""
        words: dict[str, Any] = {"body": message.text}
        if self.whatsapp and (template := await check_window(message, self.options)):
            words = {"content_sid": template.name, "content_variables": template.variables_json()}
        elif self.whatsapp and (document := message.extra.get("document")):
            words["media_url"] = [
                document["link"]
            ]  # WhatsApp shows the file alone: Twilio has no captions for documents
        if callback := self.options.get("callback_url"):
            words["status_callback"] = f"{callback}?delivery={message.key}"
        try:
            sent = await self._client.messages.create_async(
                to=f"{prefix}{message.address}", from_=f"{prefix}{self.sender}", **words
            )
        except TwilioRestException as error:
            raise _failure(error) from None
        if not sent.sid:
            raise Unknown("Twilio answered without a message id")
        if sent.error_code:
            raise Refused(f"Twilio {sent.error_code}: failed at once")
        return Accepted(sent.sid)

    async def find(self, message: Outgoing) -> Accepted | None:
        """Look through the messages sent to this number lately for the same words."""
        prefix = "whatsapp:" if self.whatsapp else ""
        try:
            found = await self._client.messages.list_async(
                to=f"{prefix}{message.address}", date_sent_after=datetime.now(UTC) - timedelta(days=1), limit=50
            )
        except (TwilioRestException, SendFailed):
            raise Unknown("Twilio does not say") from None
        return next((Accepted(one.sid) for one in found if one.sid and self._is(one.body or "", message)), None)

    def _is(self, body: str, message: Outgoing) -> bool:
        """Whether what was sent is this message: as it stands, or on one line inside an approved template."""
        if body == message.text or not self.whatsapp:
            return body == message.text
        texts = (message.text, message.extra.get("document", {}).get("caption", ""))
        return any(text and " ".join(text.split()) in " ".join(body.split()) for text in texts)


def _failure(error: TwilioRestException) -> SendFailed:
    detail = f"Twilio {error.code or error.status}: {_words(error)}"
    if error.code in STOPPED:
        return Stopped(detail)
    if error.code in NEVER:
        return Refused(detail)
    if error.status == 429 or error.status >= 500 or error.status in (401, 403):
        return TryLater(detail)
    return Refused(detail) if error.status == 400 else TryLater(detail)


def _words(error: TwilioRestException) -> str:
    """What Twilio said, without the number it repeats."""
    return " ".join("…" if word.lstrip("'\"+").rstrip("'\".").isdigit() else word for word in error.msg.split())[:160]


@provides(Channel.SMS, "twilio", "account_sid", "auth_token")
def sms(account: ChannelAccount, secrets: dict[str, str]) -> Twilio:
    return Twilio(account, secrets)


@provides(Channel.WHATSAPP, "twilio", "account_sid", "auth_token")
def whatsapp(account: ChannelAccount, secrets: dict[str, str]) -> Twilio:
    return Twilio(account, secrets)
