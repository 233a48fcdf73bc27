"""The HTTP client all providers share, and what its failures mean for a message."""

from functools import lru_cache
from typing import Any

import httpx2

from channels.providers import TIMEOUT_S, TryLater, Unknown

NOT_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)


@lru_cache(maxsize=1)
def client() -> httpx2.AsyncClient:
    """One pool of connections for the process."""
    limits = httpx2.Limits(max_connections=200, max_keepalive_connections=100)
    return httpx2.AsyncClient(timeout=httpx2.Timeout(TIMEOUT_S, connect=5.0), limits=limits, follow_redirects=False)


async def forget() -> None:
    if client.cache_info().currsize:
        await client().aclose()
    client.cache_clear()


async def call(method: str, url: str, **rest: Any) -> httpx2.Response:
    """One request. Raises TryLater when it surely did not arrive, Unknown when it may have."""
    try:
        return await client().request(method, url, **rest)
    except NOT_SENT as error:
        raise TryLater(f"the provider cannot be reached ({type(error).__name__})") from None
    except httpx2.HTTPError as error:
        raise Unknown(f"the provider did not answer ({type(error).__name__})") from None


def retry_after_s(response: httpx2.Response) -> float | None:
    """What a Retry-After header asks for, seconds."""
    value = response.headers.get("retry-after", "")
    return float(value) if value.isdigit() else None
