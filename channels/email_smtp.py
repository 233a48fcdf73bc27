"""E-mail by any SMTP server."""

import aiosmtplib

from channels.accounts import provides
from channels.email_text import compose
from channels.providers import TIMEOUT_S, Accepted, Outgoing, Refused, TryLater, Unknown
from school.channel_accounts import ChannelAccount
from school.notifications import Channel


class Smtp:
    """One mail server; `sender` is the address messages come from."""

    name = "smtp"

    def __init__(self, account: ChannelAccount, secrets: dict[str, str]) -> None:
        self.account = f"smtp:{account.id}"
        self.per_second: float | None = account.per_second
        self.sender, self.options, self._secrets = account.sender, account.options, secrets

    async def send(self, message: Outgoing) -> Accepted:
        mail = compose(message, self.sender, self.options.get("name", ""))
        server = aiosmtplib.SMTP(
            hostname=self.options["host"], port=int(self.options.get("port", 587)), timeout=TIMEOUT_S,
            username=self._secrets.get("username"), password=self._secrets.get("password"),
            start_tls=self.options.get("start_tls"), use_tls=bool(self.options.get("tls", False)),
        )  # fmt: skip
        try:
            await server.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise TryLater(f"the mail server cannot be reached ({type(error).__name__})") from None
        try:
            await server.send_message(mail)
        except aiosmtplib.SMTPRecipientsRefused as error:
            code = max((refused.code for refused in error.recipients), default=550)
            raise (Refused if code >= 500 else TryLater)(f"the mail server refused the address ({code})") from None
        except aiosmtplib.SMTPResponseException as error:
            raise (Refused if error.code >= 500 else TryLater)(f"the mail server said {error.code}") from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise Unknown(f"the mail server broke off ({type(error).__name__})") from None
        finally:
            server.close()
        return Accepted(str(mail["Message-ID"]))

    async def find(self, message: Outgoing) -> Accepted | None:
        raise Unknown("a mail server cannot be asked about a message")


@provides(Channel.EMAIL, "smtp", "username", "password")
def email(account: ChannelAccount, secrets: dict[str, str]) -> Smtp:
    return Smtp(account, secrets)
