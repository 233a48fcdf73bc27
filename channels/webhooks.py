"""Webhooks going out: signed after the Standard Webhooks convention, never to private addresses, redirects not followed."""

import json
import socket
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import ResolveResult
from aiohttp.resolver import ThreadedResolver
from standardwebhooks import Webhook

from runtime.settings import settings
from school.webhooks import private

TIMEOUT_S = 15
LONGEST_DETAIL = 200


class PublicResolver(ThreadedResolver):
    """Resolves names to public addresses alone, at the moment of connecting: a name cannot change its mind in between."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await super().resolve(host, port, family)
        public = [each for each in found if ip_address(each["host"]).is_global]
        if not public:
            raise OSError("the name belongs to a private address")
        return public


async def post(url: str, secret: str, message_id: str, body: dict[str, Any]) -> tuple[int | None, str]:
    """(status, the start of the answer) of one attempt; the status is None when no answer came."""
    open_to_all = settings().webhooks_to_private_addresses
    connector = aiohttp.TCPConnector(resolver=None if open_to_all else PublicResolver(), force_close=True)
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
    try:
        if not open_to_all and private(urlsplit(url).hostname or ""):
            return None, "a private or local address"
        async with (
            aiohttp.ClientSession(connector=connector, timeout=timeout, trust_env=False) as session,
            session.post(url, data=_payload(body), headers=_headers(secret, message_id, body), allow_redirects=False) as answer,
        ):  # fmt: skip
            return answer.status, (await answer.content.read(LONGEST_DETAIL)).decode(errors="replace")
    except TimeoutError:
        return None, f"no answer within {TIMEOUT_S} s"
    except (aiohttp.ClientError, OSError) as error:
        return None, f"{type(error).__name__}: {error}"[:LONGEST_DETAIL]


def _payload(body: dict[str, Any]) -> bytes:
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()


def _headers(secret: str, message_id: str, body: dict[str, Any]) -> dict[str, str]:
    now = datetime.now(UTC)
    return {
        "content-type": "application/json", "user-agent": "SchoolOS-Webhooks/1", "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(msg_id=message_id, timestamp=now, data=_payload(body).decode()),
    }  # fmt: skip
