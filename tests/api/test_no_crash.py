"""No request may produce a 500: every operation of the OpenAPI document, with generated good and bad requests."""

import pickle

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from api.app import app
from runtime.settings import settings as program_settings
from tests import conftest, postgres
from tests.api.served import served
from tests.tiny_school import PASSWORD

DOCUMENT = app.openapi()
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
ENDLESS = {
    operation["operationId"]
    for path in DOCUMENT["paths"].values()
    for method, operation in path.items()
    if method == "get" and any("text/event-stream" in (r.get("content") or {}) for r in operation["responses"].values())
}
"""Streams stay open by design; their own tests read them."""

pytestmark = pytest.mark.xdist_group("no_crash")


@pytest.fixture(scope="module")
def admin(tmp_path_factory):
    """An address and the headers of an administrator, on a school of this module's own."""
    patch = pytest.MonkeyPatch()
    postgres.server()
    own = postgres.clone_now(postgres.template("schoolos_tiny", conftest._key(), conftest._fill))
    patch.setenv("DATABASE_URL", own.app_url)
    patch.setenv("REDIS_URL", postgres.valkey_url())
    patch.setenv("SCHOOLOS_DATA_DIR", str(postgres.HOME / "data"))
    patch.setenv("SCHOOLOS_SLACK_API_URL", "http://127.0.0.1:1/api/")  # nobody is there
    patch.setenv("SCHOOLOS_STORAGE_URL", tmp_path_factory.mktemp("no-crash").as_uri())
    program_settings.cache_clear()
    slug = pickle.loads(conftest._remembered().read_bytes()).slug
    with served(app) as address:
        answer = httpx2.post(
            f"{address}/api/auth/token", data={"username": f"admin@{slug}.test", "password": PASSWORD}, timeout=30
        )
        assert answer.status_code == 200, answer.text
        yield address, {"Authorization": f"Bearer {answer.json()['accessToken']}"}
    patch.undo()
    program_settings.cache_clear()
    postgres.drop_now(own)


@SCHEMA.parametrize()
@settings(
    max_examples=5, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_no_request_crashes(case, admin):
    address, headers = admin
    if case.operation.definition.raw["operationId"] in ENDLESS | {"sign_out", "refresh_sign_in"}:
        return
    answer = case.call(base_url=address, headers=headers, timeout=60)
    away = answer.status_code == 503 and answer.json()["code"] == "upstream_failed"
    assert answer.status_code < 500 or away, f"{case.method} {answer.request.url}: {answer.text[:500]}"
    if answer.status_code >= 400 and answer.content:
        assert answer.headers["content-type"][0] == "application/problem+json", answer.text[:300]
        assert answer.json()["code"]
