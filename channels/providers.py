"""What every messaging provider does: take one message and accept it, refuse it, or fail in a way worth retrying."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from school.notifications import Channel

TIMEOUT_S = 15.0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one address. `key` stays the same over every attempt."""

    key: UUID
    school_id: UUID
    channel: Channel
    address: str
    text: str
    subject: str = ""
    extra: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took the message and will carry it."""

    message_id: str
    cost: Decimal | None = None


class SendFailed(Exception):
    """A message was not accepted; the sentence says why, without the address."""

    def __init__(self, detail: str, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail[:300]
        self.retry_after_s = retry_after_s


class Refused(SendFailed):
    """The provider will never take this message: the number is wrong, blocked, or not on the network."""


class Stopped(Refused):
    """The network knows that this person wants no messages from us: their STOP was said to it."""


class TryLater(SendFailed):
    """Nothing was sent; the same message may be accepted in a while."""


class Unknown(SendFailed):
    """The request went out and no answer came: it may have been sent. Sending again could double it."""


class Provider(Protocol):
    """A way to send on one channel."""

    name: str
    account: str
    """Whose limits these are: one bucket and one breaker for each."""

    per_second: float | None

    async def send(self, message: Outgoing) -> Accepted:
        """Hand one message over. Raises Refused, TryLater or Unknown."""
        ...

    async def find(self, message: Outgoing) -> Accepted | None:
        """Whether a message of unknown outcome was taken; None when it surely was not. Raises Unknown when it cannot tell."""
        ...
