"""The HTTP client all providers share, and what its failures mean for a message.

aiohttp, because its pool finds a free connection at once: one that looks through all of them for each request took
half of the processor time of a message.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from urllib.request import getproxies
from weakref import WeakKeyDictionary

import aiohttp

from channels.providers import TIMEOUT_S, TryLater, Unknown

NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
CONNECTIONS = 200
_sessions: WeakKeyDictionary[asyncio.AbstractEventLoop, aiohttp.ClientSession] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, read whole."""

    status_code: int
    content: bytes
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    def json(self) -> Any:
        """Raises ValueError where it is none."""
        return json.loads(self.content)


def session() -> aiohttp.ClientSession:
    """One pool of connections for the running loop."""
    loop = asyncio.get_running_loop()
    found = _sessions.get(loop)
    if found is None or found.closed:
        found = _sessions[loop] = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=30),
            timeout=aiohttp.ClientTimeout(total=None, connect=TIMEOUT_S, sock_connect=5.0, sock_read=TIMEOUT_S),
            cookie_jar=aiohttp.DummyCookieJar(), trust_env=bool(getproxies()),
        )  # fmt: skip
    return found


async def forget() -> None:
    """Close the running loop's connections."""
    found = _sessions.pop(asyncio.get_running_loop(), None)
    if found is not None:
        await found.close()


async def call(
    method: str, url: str, *, params: Mapping[str, Any] | None = None, data: Mapping[str, Any] | None = None,
    json: Any = None, headers: Mapping[str, str] | None = None, auth: tuple[str, str] | None = None,
) -> Answer:  # fmt: skip
    """One request; a `data` is sent as a form. Raises TryLater when it surely did not arrive, Unknown when it may have."""
    form = urlencode(data, doseq=True).encode() if data is not None else None
    if form is not None:
        headers = {**(headers or {}), "Content-Type": "application/x-www-form-urlencoded"}
    if auth is not None:
        headers = {**(headers or {}), "Authorization": aiohttp.encode_basic_auth(*auth)}
    try:
        async with session().request(
            method, url, params=params, data=form, json=json, headers=headers, allow_redirects=False
        ) as answer:  # fmt: skip
            return Answer(answer.status, await answer.read(), answer.headers)
    except NOT_SENT as error:
        raise TryLater(f"the provider cannot be reached ({type(error).__name__})") from None
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Unknown(f"the provider did not answer ({type(error).__name__})") from None


def retry_after_s(answer: Answer) -> float | None:
    """What a Retry-After header asks for, seconds."""
    value = answer.headers.get("retry-after", "")
    return float(value) if value.isdigit() else None
