"""SMS by Africa's Talking, through its own client."""

import asyncio
from typing import Any

import requests
from africastalking.Service import AfricasTalkingException
from africastalking.SMS import SMSService

from channels.accounts import provides
from channels.providers import Accepted, Outgoing, Refused, Stopped, TryLater, Unknown
from school.channel_accounts import ChannelAccount
from school.notifications import Channel

TAKEN = {100, 101, 102}
NEVER = {403: "the number is invalid", 404: "the number cannot get texts",          407: "no route to this network"}  # fmt: skip
STOPPED = {406: "they blocked these messages", 409: "they asked their network for no such messages"}
"""Per-recipient status codes of its bulk SMS API, which answers 201 whatever became of them."""


class AfricasTalking:
    """One Africa's Talking application; `sender` is its short code or sender id."""

    name = "africastalking"

    def __init__(self, account: ChannelAccount, secrets: dict[str, str]) -> None:
        self.account = f"africastalking:{account.id}"
        self.per_second: float | None = account.per_second or 30
        self.sender = account.sender
        self._sms = SMSService(secrets["username"], secrets["api_key"])
        if base := account.options.get("base_url"):
            self._sms._baseUrl = f"{base.rstrip('/')}/version1"  # pyright: ignore[reportPrivateUsage]  # its only way to another host

    async def send(self, message: Outgoing) -> Accepted:
        return await asyncio.to_thread(self._send, message)

    def _send(self, message: Outgoing) -> Accepted:
        try:
            answer: Any = self._sms.send(message.text, [message.address], sender_id=self.sender or None)
        except ValueError:
            raise Refused("the number is not one Africa's Talking takes") from None
        except AfricasTalkingException as error:
            raise TryLater(f"Africa's Talking: {str(error)[:160]}") from None
        except (requests.exceptions.ConnectTimeout, requests.exceptions.SSLError):
            raise TryLater("Africa's Talking cannot be reached") from None
        except requests.exceptions.ConnectionError as error:
            if "NewConnectionError" in str(error) or "refused" in str(error):
                raise TryLater("Africa's Talking cannot be reached") from None
            raise Unknown("Africa's Talking broke off before it answered") from None
        except requests.exceptions.RequestException:
            raise Unknown("Africa's Talking did not answer in time") from None
        return _taken(answer)

    async def find(self, message: Outgoing) -> Accepted | None:
        raise Unknown("Africa's Talking has no way to look a message up; its receipt will tell")


def _taken(answer: Any) -> Accepted:
    told = answer.get("SMSMessageData", {}) if isinstance(answer, dict) else {}
    recipients = told.get("Recipients") or []
    if not recipients:
        raise TryLater(f"Africa's Talking: {str(told.get('Message', 'no recipient was taken'))[:160]}")
    code = int(recipients[0].get("statusCode", 0))
    if code in TAKEN:
        return Accepted(recipients[0]["messageId"])
    if code in STOPPED:
        raise Stopped(f"Africa's Talking {code}: {STOPPED[code]}")
    if code in NEVER:
        raise Refused(f"Africa's Talking {code}: {NEVER[code]}")
    raise TryLater(f"Africa's Talking {code}: {str(recipients[0].get('status', ''))[:80]}")


@provides(Channel.SMS, "africastalking", "username", "api_key")
def sms(account: ChannelAccount, secrets: dict[str, str]) -> AfricasTalking:
    return AfricasTalking(account, secrets)
