"""The web application in this process, over ASGI, as each of the tiny school's people."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from runtime import redis
from runtime.settings import settings
from tests import postgres
from tests.tiny_school import PASSWORD


@pytest.fixture
async def application(school, monkeypatch: pytest.MonkeyPatch, tmp_path) -> AsyncIterator[object]:
    """The application on this test's database, with its files in a folder of its own; trained models are shared."""
    monkeypatch.setenv("REDIS_URL", postgres.valkey_url())
    monkeypatch.setenv("SCHOOLOS_DATA_DIR", str(postgres.HOME / "data"))
    monkeypatch.setenv("SCHOOLOS_STORAGE_URL", tmp_path.as_uri())
    settings.cache_clear()
    from api.app import app
    from runtime.secrets import signing_key

    signing_key.cache_clear()
    yield app
    await redis.forget()
    signing_key.cache_clear()
    settings.cache_clear()


@pytest.fixture
async def client(application) -> AsyncIterator[httpx2.AsyncClient]:
    """A client nobody is signed in on."""
    transport = httpx2.ASGITransport(app=application, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://schoolos.test") as found:
        yield found


@pytest.fixture
def sign_in(client, school):
    """Sign the client in as one of the tiny school's people."""

    async def as_person(who: str, slug: str | None = None) -> httpx2.AsyncClient:
        answer = await client.post(
            "/api/auth/token", data={"username": f"{who}@{slug or school.slug}.test", "password": PASSWORD}
        )
        assert answer.status_code == 200, answer.text
        client.headers["Authorization"] = f"Bearer {answer.json()['accessToken']}"
        return client

    return as_person
