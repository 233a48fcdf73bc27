"""An MCP client without a key: it registers itself, a person of the school allows it in a browser, and it works as them."""

import re
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from mcp.client.auth import OAuthClientProvider, TokenStorage
from mcp.client.session import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientInformationFull, OAuthClientMetadata, OAuthToken

from tests.api.served import served
from tests.tiny_school import PASSWORD, TinySchool

BACK = "http://127.0.0.1:1/callback"


@pytest.fixture
def address(application):
    with served(application) as found:
        yield found


@dataclass
class Kept(TokenStorage):
    """What a client keeps of its sign-in."""

    tokens: OAuthToken | None = None
    client: OAuthClientInformationFull | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.client = client_info


@dataclass
class Browser:
    """The person's browser: it opens the page, decides, and follows the way back to the program."""

    school: TinySchool
    who: str
    decision: str = "allow"
    cookies: httpx2.Cookies | None = None
    pages: list[str] = field(default_factory=list[str])
    back: str = ""

    async def open(self, address: str) -> None:
        async with httpx2.AsyncClient(cookies=self.cookies, follow_redirects=True, timeout=30) as http:
            page = await http.get(address)
            self.pages.append(page.text)
            form = {"ask": parse_qs(urlsplit(str(page.url)).query)["ask"][0], "decision": self.decision}
            form |= dict(re.findall(r"name=(proof) value=(\w+)", page.text))
            if self.cookies is None:
                form |= {"username": f"{self.who}@{self.school.slug}.test", "password": PASSWORD}
            done = await http.post(str(page.url), data=form, follow_redirects=False)
            self.pages.append(done.text)
            self.back = done.headers.get("location", "")

    async def result(self) -> AuthorizationCodeResult:
        told = {name: values[0] for name, values in parse_qs(urlsplit(self.back).query).items()}
        return AuthorizationCodeResult(code=told.get("code", ""), state=told.get("state"), iss=told.get("iss"))


@asynccontextmanager
async def connected(address: str, browser: Browser, kept: Kept) -> AsyncIterator[ClientSession]:
    about = OAuthClientMetadata(redirect_uris=[BACK], client_name="Notes & <b>more</b>")
    sign_in = OAuthClientProvider(f"{address}/mcp", about, kept, browser.open, browser.result)
    async with (
        httpx2.AsyncClient(auth=sign_in, timeout=30, follow_redirects=True) as http,
        streamable_http_client(f"{address}/mcp/", http_client=http) as (read, write, *_),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        yield session


async def test_a_person_allows_a_program_and_it_works_as_them_until_they_end_its_key(address, school):
    kept, browser = Kept(), Browser(school, "teacher")
    async with connected(address, browser, kept) as session:
        names = {tool.name for tool in (await session.list_tools()).tools}
        found = await session.call_tool("show_class", {"classArm": "JSS 2 Ruby"})
    assert "Notes &amp; &lt;b&gt;more&lt;/b&gt;" in browser.pages[0] and "everything you may" in browser.pages[0]
    assert not found.is_error and found.structured_content["students"] == 6
    assert {"show_class", "show_results"} <= names
    assert kept.tokens is not None and kept.tokens.access_token.startswith("sos_mcp_")
    async with httpx2.AsyncClient(base_url=address, timeout=30) as http:
        form = {"username": f"teacher@{school.slug}.test", "password": PASSWORD}
        http.headers["Authorization"] = (
            f"Bearer {(await http.post('/api/auth/token', data=form)).json()['accessToken']}"
        )
        (key,) = (await http.get("/api/keys")).json()["items"]
        assert key["name"] == "Notes & <b>more</b> (MCP)" and key["scopes"] == ["*"] and key["expiresAt"]
        assert key["lastUsedAt"]
        assert await reached(http, kept.tokens.access_token)
        await http.delete(f"/api/keys/{key['id']}")
        assert not await reached(http, kept.tokens.access_token)


async def test_the_portals_session_is_enough_and_a_code_works_once(address, school):
    async with httpx2.AsyncClient(base_url=address, timeout=30) as http:
        await http.post("/api/auth/token", data={"username": f"head@{school.slug}.test", "password": PASSWORD})
        browser, kept = Browser(school, "head", cookies=http.cookies), Kept()
        async with connected(address, browser, kept) as session:
            assert (await session.list_tools()).tools
        assert "You are signed in as" in browser.pages[0] and "Password" not in browser.pages[0]
        assert kept.client is not None
        again = {
            "grant_type": "authorization_code", "code": (await browser.result()).code, "redirect_uri": BACK,
            "client_id": kept.client.client_id, "client_secret": kept.client.client_secret or "", "code_verifier": "x" * 43,
        }  # fmt: skip
        refused = await http.post("/api/oauth/token", data=again)
        assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")


async def reached(http: httpx2.AsyncClient, token: str) -> bool:
    """Whether a token opens the MCP door."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json, text/event-stream"}
    body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    return (await http.post("/mcp/", json=body, headers=headers)).status_code != 401


@dataclass
class Program:
    """A program that speaks OAuth by hand, so that it can do it wrongly."""

    http: httpx2.AsyncClient
    client_id: str
    verifier: str = "v" * 64

    @classmethod
    async def registered(cls, http: httpx2.AsyncClient, **about: object) -> "Program":
        told = {"redirect_uris": [BACK], "token_endpoint_auth_method": "none", **about}
        return cls(http, (await http.post("/api/oauth/register", json=told)).json()["client_id"])

    async def asks(self, **changed: str | None) -> httpx2.Response:
        challenge = urlsafe_b64encode(sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code", "client_id": self.client_id, "redirect_uri": BACK, "state": "s",
            "code_challenge": challenge, "code_challenge_method": "S256", **changed,
        }  # fmt: skip
        given = {name: value for name, value in asked.items() if value is not None}
        return await self.http.get("/api/oauth/authorize", params=given)

    async def fetches(self, browser: Browser, **changed: str) -> httpx2.Response:
        form = {
            "grant_type": "authorization_code", "code": (await browser.result()).code, "redirect_uri": BACK,
            "client_id": self.client_id, "code_verifier": self.verifier, **changed,
        }  # fmt: skip
        return await self.http.post("/api/oauth/token", data=form)


@pytest.fixture
async def http(address):
    async with httpx2.AsyncClient(base_url=address, timeout=30) as made:
        yield made


async def test_a_program_that_registered_for_less_gets_less_at_this_door_alone(http, school):
    program = await Program.registered(http, scope="classes:read")
    browser = Browser(school, "teacher")
    await browser.open((await program.asks()).headers["location"])
    assert "classes:read" in browser.pages[0] and "everything" not in browser.pages[0]
    wrong = await program.fetches(browser, code_verifier="w" * 64)
    assert wrong.json()["error"] == "invalid_grant"
    token = (await program.fetches(browser)).json()
    assert token["scope"] == "classes:read"
    async with (
        httpx2.AsyncClient(headers={"Authorization": f"Bearer {token['access_token']}"}, timeout=30) as signed_in,
        streamable_http_client(f"{http.base_url}/mcp/", http_client=signed_in) as (read, write, *_),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        names = {tool.name for tool in (await session.list_tools()).tools}
    assert "show_class" in names and "show_results" not in names
    refused = await http.get("/api/v1/classes", headers={"Authorization": f"Bearer {token['access_token']}"})
    assert (refused.status_code, "MCP alone" in refused.json()["detail"]) == (401, True)


async def test_a_code_that_comes_twice_ends_what_it_gave_and_a_program_can_end_its_token(http, school):
    program, browser = await Program.registered(http), Browser(school, "teacher")
    await browser.open((await program.asks()).headers["location"])
    stolen = (await program.fetches(browser)).json()["access_token"]
    assert await reached(http, stolen)
    assert (await program.fetches(browser)).json()["error"] == "invalid_grant"
    assert not await reached(http, stolen)
    await browser.open((await program.asks()).headers["location"])
    given = (await program.fetches(browser)).json()["access_token"]
    assert await reached(http, given)
    ended = await http.post("/api/oauth/revoke", data={"token": given, "client_id": program.client_id})
    assert (ended.status_code, await reached(http, given)) == (200, False)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"redirect_uri": f"{BACK}/more"}, "invalid_request"),
        ({"redirect_uri": "http://127.0.0.1:1/Callback"}, "invalid_request"),
        ({"resource": "https://other.example/mcp"}, "invalid_target"),
        ({"scope": "marks:everything"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
    ],
)
async def test_a_request_that_is_not_as_registered_never_reaches_a_person(http, changed, error):
    program = await Program.registered(http)
    answer = await program.asks(**changed)
    back = answer.headers.get("location", "")
    told = parse_qs(urlsplit(back).query)["error"][0] if back else answer.json()["error"]
    assert told == error and "/api/auth/consent" not in back
    assert not back or back.startswith(f"{BACK}?")
    assert "/api/auth/consent" in (await program.asks(resource=f"{http.base_url}/mcp")).headers["location"]


async def test_another_page_can_neither_frame_the_form_nor_send_it_for_the_one_signed_in(http, school):
    await http.post("/api/auth/token", data={"username": f"teacher@{school.slug}.test", "password": PASSWORD})
    program = await Program.registered(http)
    page = await http.get((await program.asks()).headers["location"])
    assert page.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    ask = parse_qs(urlsplit(str(page.url)).query)["ask"][0]
    (proof,) = re.findall(r"name=proof value=(\w+)", page.text)
    for forged in ({}, {"proof": "0" * 64}):
        refused = await http.post("/api/auth/consent", data={"ask": ask, "decision": "allow", **forged})
        assert (refused.status_code, "were not shown" in refused.text) == (403, True)
    other = parse_qs(urlsplit((await program.asks(state="t")).headers["location"]).query)["ask"][0]
    refused = await http.post("/api/auth/consent", data={"ask": other, "decision": "allow", "proof": proof})
    assert refused.status_code == 403
    allowed = await http.post("/api/auth/consent", data={"ask": ask, "decision": "allow", "proof": proof})
    assert (allowed.status_code, "code=" in allowed.headers["location"]) == (302, True)


async def test_who_says_no_or_may_not_gives_no_token(address, school):
    refusing = Browser(school, "teacher", decision="refuse")
    with pytest.RaisesGroup(Exception, flatten_subgroups=True, allow_unwrapped=True):
        async with connected(address, refusing, Kept()):
            pass
    assert "error=access_denied" in refusing.back
    guardian = Browser(school, "guardian")
    with pytest.RaisesGroup(Exception, flatten_subgroups=True, allow_unwrapped=True):
        async with connected(address, guardian, Kept()):
            pass
    assert guardian.back == "" and "cannot connect programs" in guardian.pages[1]


@pytest.mark.parametrize("uri", ["javascript:alert(1)", "http://evil.example/back"])
def test_a_redirect_that_could_leak_is_not_registered(address, uri):
    answer = httpx2.post(f"{address}/api/oauth/register", json={"redirect_uris": [uri], "client_name": "x"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_redirect_uri")


def test_a_page_of_no_request_says_so(address):
    page = httpx2.get(f"{address}/api/auth/consent", params={"ask": "forged"})
    assert page.status_code == 403 and "Connect again from your program" in page.text
