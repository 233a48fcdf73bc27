"""E-mail by Amazon SES."""

import asyncio
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError

from channels.accounts import provides
from channels.email_text import compose
from channels.providers import TIMEOUT_S, Accepted, Outgoing, Refused, TryLater, Unknown
from school.channel_accounts import ChannelAccount
from school.notifications import Channel

NEVER = {"MessageRejected", "MailFromDomainNotVerifiedException", "InvalidParameterValue", "ValidationError"}


class Ses:
    """One SES identity; `sender` is its verified address."""

    name = "ses"

    def __init__(self, account: ChannelAccount, secrets: dict[str, str]) -> None:
        self.account = f"ses:{account.id}"
        self.per_second: float | None = account.per_second or 14
        self.sender, self.options = account.sender, account.options
        config = Config(
            retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=TIMEOUT_S, max_pool_connections=25
        )
        self._client: Any = boto3.client(  # pyright: ignore[reportUnknownMemberType]  # boto3 makes its clients at run time
            "ses", region_name=account.options.get("region", "eu-west-1"), endpoint_url=account.options.get("base_url"),
            aws_access_key_id=secrets["access_key_id"], aws_secret_access_key=secrets["secret_access_key"], config=config,
        )  # fmt: skip

    async def send(self, message: Outgoing) -> Accepted:
        mail = compose(message, self.sender, self.options.get("name", ""))
        return await asyncio.to_thread(self._send, message.address, mail.as_bytes())

    def _send(self, address: str, raw: bytes) -> Accepted:
        try:
            answer = self._client.send_raw_email(Source=self.sender, Destinations=[address], RawMessage={"Data": raw})
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            raise (Refused if code in NEVER else TryLater)(f"SES said {code}") from None
        except (EndpointConnectionError, ConnectTimeoutError):
            raise TryLater("SES cannot be reached") from None
        except BotoCoreError as error:
            raise Unknown(f"SES did not answer ({type(error).__name__})") from None
        return Accepted(answer["MessageId"])

    async def find(self, message: Outgoing) -> Accepted | None:
        raise Unknown("SES has no way to look a message up")


@provides(Channel.EMAIL, "ses", "access_key_id", "secret_access_key")
def email(account: ChannelAccount, secrets: dict[str, str]) -> Ses:
    return Ses(account, secrets)
