"""An e-mail message from our words: plain text, with one stable id over every attempt, and a way out of the list."""

from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from channels.providers import Outgoing, Refused


def compose(message: Outgoing, sender: str, sender_name: str = "") -> EmailMessage:
    """The message to hand to a mail server. Raises Refused for an address that cannot be one."""
    mail = EmailMessage()
    try:
        user, _, host = sender.rpartition("@")
        mail["From"] = Address(sender_name, user, host)
        to_user, _, to_host = message.address.rpartition("@")
        mail["To"] = Address("", to_user, to_host)
    except (ValueError, IndexError):
        raise Refused("the e-mail address is not one") from None
    mail["Subject"] = " ".join((message.subject or "A message from school").split())[:200]
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = f"<{message.key}@{host or 'schoolos.invalid'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    return mail
