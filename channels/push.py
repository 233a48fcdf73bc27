"""Push messages to browsers (RFC 8030, VAPID): to every browser a person allowed, counted as one delivery."""

import asyncio
import base64
import json
from typing import Any

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pywebpush import WebPushException, webpush
from sqlalchemy import delete, select

from channels.accounts import provides
from channels.providers import TIMEOUT_S, Accepted, Outgoing, Refused, SendFailed, TryLater, Unknown
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.secrets import seal
from runtime.transaction import Tx, transaction
from school.channel_accounts import ChannelAccount, PushSubscription
from school.notifications import Channel

GONE = {404, 410}
LIFE_S = 24 * 3600


class WebPush:
    """One VAPID identity; `sender` is the mailto: address push services may write to."""

    name = "webpush"
    per_second: float | None = None

    def __init__(self, account: ChannelAccount, secrets: dict[str, str]) -> None:
        self.account = f"webpush:{account.id}"
        self.sender = account.sender
        self._key = secrets["private_key"]

    async def send(self, message: Outgoing) -> Accepted:
        async with transaction(Caller.system(message.school_id), read_only=True) as tx:
            person = message.address
            query = select(PushSubscription).where(PushSubscription.person_id == person)
            browsers = list(await tx.session.scalars(query))
        if not browsers:
            raise Refused("no browser of theirs takes push messages any more")
        data = json.dumps({"title": message.subject, "body": message.text[:1000], "tag": str(message.key)})
        results = await asyncio.gather(
            *(asyncio.to_thread(self._push, browser, data) for browser in browsers), return_exceptions=True
        )
        gone = [b.id for b, result in zip(browsers, results, strict=True) if isinstance(result, Refused)]
        if gone:
            async with transaction(Caller.system(message.school_id)) as tx:
                await tx.session.execute(delete(PushSubscription).where(PushSubscription.id.in_(gone)))
        if any(result is None for result in results):
            return Accepted(f"push-{message.key}")
        raise next(result for result in results if isinstance(result, SendFailed))

    def _push(self, browser: PushSubscription, data: str) -> None:
        claims: dict[str, Any] = {"sub": self.sender}
        info = {"endpoint": browser.endpoint, "keys": browser.keys}
        try:
            webpush(info, data, vapid_private_key=self._key, vapid_claims=claims, timeout=TIMEOUT_S, ttl=LIFE_S)
        except WebPushException as error:
            status = error.response.status_code if error.response is not None else 0
            if status in GONE:
                raise Refused("this browser no longer takes push messages") from None
            raise TryLater(f"the push service said {status}") from None
        except requests.exceptions.ConnectionError:
            raise TryLater("the push service cannot be reached") from None
        except requests.exceptions.RequestException:
            raise Unknown("the push service did not answer") from None

    async def find(self, message: Outgoing) -> Accepted | None:
        return None  # a push message carries its delivery as its tag: a browser shows a repeat in place of the first


async def identity(tx: Tx) -> tuple[ChannelAccount, str]:
    """The school's VAPID account, made on first use, and its public key as browsers take it (base64url)."""
    query = select(ChannelAccount).where(ChannelAccount.channel == Channel.PUSH.value)
    account = await tx.session.scalar(query.limit(1))
    if account is None:
        key = ec.generate_private_key(ec.SECP256R1())
        raw = key.private_numbers().private_value.to_bytes(32, "big")
        account = ChannelAccount(
            id=new_id(), school_id=tx.school_id, channel=Channel.PUSH.value, provider="webpush",
            sender="mailto:postmaster@schoolos.invalid", options={"public_key": _public(key)},
            secrets=seal({"private_key": base64.urlsafe_b64encode(raw).rstrip(b"=").decode()}),
        )  # fmt: skip
        tx.session.add(account)
        await tx.session.flush()
    return account, str(account.options["public_key"])


def _public(key: ec.EllipticCurvePrivateKey) -> str:
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


@provides(Channel.PUSH, "webpush", "private_key")
def push(account: ChannelAccount, secrets: dict[str, str]) -> WebPush:
    return WebPush(account, secrets)
