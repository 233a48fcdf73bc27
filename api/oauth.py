"""OAuth 2.1 for MCP clients: they register themselves, a person of the school allows them (`api/consent.py`), and what
they get is an API key of that person, which its owner sees and ends under Settings. The protocol is the official SDK's.

A client's id is its registration, signed, so nothing is stored for programs that only ever registered.
"""

import hmac
import json
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import jwt
from fastapi import FastAPI
from mcp.server.auth.handlers.authorize import AuthorizationHandler
from mcp.server.auth.handlers.metadata import MetadataHandler, ProtectedResourceMetadataHandler
from mcp.server.auth.handlers.register import RegistrationHandler
from mcp.server.auth.handlers.token import TokenHandler
from mcp.server.auth.middleware.client_auth import AuthenticationError, ClientAuthenticator
from mcp.server.auth.provider import (
    AccessToken,
    AuthorizationCode,
    AuthorizationParams,
    AuthorizeError,
    OAuthAuthorizationServerProvider,
    RefreshToken,
    RegistrationError,
    TokenError,
)
from mcp.server.auth.routes import build_metadata, cors_middleware
from mcp.server.auth.settings import ClientRegistrationOptions, RevocationOptions
from mcp.shared.auth import OAuthClientInformationFull, OAuthToken, ProtectedResourceMetadata
from pydantic import AnyHttpUrl
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from runtime.caller import Door
from runtime.errors import NotAllowed, NotSignedIn, NotVisible
from runtime.redis import redis_client
from runtime.secrets import derived_key, fingerprint
from runtime.settings import settings
from runtime.transaction import transaction
from school import sign_in, signed_in
from school.permissions import Permission

SCOPES = ["*", *sorted(str(permission) for permission in Permission)]
REGISTRATION = ClientRegistrationOptions(enabled=True, valid_scopes=SCOPES, default_scopes=["*"])
REVOCATION = RevocationOptions(enabled=True)
TOKEN_LIFE = timedelta(days=30)
ASKED_FOR_S, CODE_S = 600, 120
LONGEST_ID = 4000
NOT_KEPT = {"Cache-Control": "no-store"}
UNSAFE = frozenset({"javascript", "data", "vbscript", "file", "blob"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})


def base_of(request: Request) -> str:
    """The address of this installation as its clients reach it."""
    return (settings().public_url or f"{request.url.scheme}://{request.url.netloc}").rstrip("/")


def issuer_of(base: str) -> str:
    """Who says so, as the metadata names it."""
    return f"{base}/api/oauth"


def _code_key(code: str) -> str:
    return f"oauth:code:{fingerprint(code)}"


def _used_key(code: str) -> str:
    return f"oauth:used:{fingerprint(code)}"


def asked_for(token: str) -> dict[str, Any]:
    """What a client asks a person to allow, out of the address of the page. Errors: not_allowed."""
    try:
        return jwt.decode(token, derived_key("oauth consent"), algorithms=["HS256"], options={"require": ["exp"]})
    except jwt.InvalidTokenError:
        raise NotAllowed("This request has expired. Connect again from your program.") from None


def proof_of(ask: str, user_id: UUID) -> str:
    """What the page's own form sends back: this request was shown to this person, here."""
    return hmac.new(derived_key("oauth form"), f"{ask}|{user_id}".encode(), sha256).hexdigest()


async def allowed(asked: dict[str, Any], user_id: UUID, code: str) -> None:
    """Keep what a person allowed until the client fetches it."""
    kept = {**asked, "user_id": str(user_id), "expires_at": time.time() + CODE_S}
    await redis_client().set(_code_key(code), json.dumps(kept), ex=CODE_S)


def _mark_of(client: OAuthClientInformationFull) -> str:
    return sha256(client.client_id.encode()).hexdigest()


class Provider(OAuthAuthorizationServerProvider[AuthorizationCode, RefreshToken, AccessToken]):
    """What the SDK's endpoints ask of us. `base` is the address the request came to."""

    def __init__(self, base: str) -> None:
        self.base = base

    async def get_client(self, client_id: str) -> OAuthClientInformationFull | None:
        try:
            claims = jwt.decode(client_id, derived_key("oauth client"), algorithms=["HS256"])
        except jwt.InvalidTokenError:
            return None
        return OAuthClientInformationFull(**claims["client"], client_id=client_id, client_secret=_secret(client_id))

    async def register_client(self, client_info: OAuthClientInformationFull) -> None:
        for uri in client_info.redirect_uris or []:
            where = urlsplit(str(uri))
            if where.scheme in UNSAFE or (where.scheme == "http" and where.hostname not in LOOPBACK):
                raise RegistrationError("invalid_redirect_uri", "Redirects go to https, to this machine, or to an app.")
        told = client_info.model_dump(
            mode="json", exclude_none=True,
            include={"redirect_uris", "client_name", "scope", "grant_types", "response_types", "token_endpoint_auth_method"},
        )  # fmt: skip
        secret = client_info.client_secret is not None
        client_info.client_id = jwt.encode(
            {"client": told, "secret": secret}, derived_key("oauth client"), algorithm="HS256"
        )
        if len(client_info.client_id) > LONGEST_ID:
            raise RegistrationError("invalid_client_metadata", "Register fewer redirects, scopes or a shorter name.")
        client_info.client_secret = _secret(client_info.client_id)

    async def authorize(self, client: OAuthClientInformationFull, params: AuthorizationParams) -> str:
        if params.resource and params.resource.rstrip("/") not in {self.base, f"{self.base}/mcp"}:
            raise AuthorizeError("invalid_target", f"Tokens from here are for {self.base}/mcp.")
        scopes = params.scopes or (client.scope or "*").split()
        name = "".join(letter for letter in client.client_name or "" if letter.isprintable()).strip()
        asked = {
            "exp": int(time.time()) + ASKED_FOR_S, "client": _mark_of(client),
            "name": name[:60] or "A program", "scopes": scopes,
            "code_challenge": params.code_challenge, "redirect_uri": str(params.redirect_uri), "state": params.state,
            "explicit": params.redirect_uri_provided_explicitly, "resource": params.resource,
        }  # fmt: skip
        return f"{self.base}/api/auth/consent?ask={jwt.encode(asked, derived_key('oauth consent'), algorithm='HS256')}"

    async def load_authorization_code(
        self, client: OAuthClientInformationFull, authorization_code: str
    ) -> AuthorizationCode | None:
        raw = await redis_client().get(_code_key(authorization_code))
        if raw is None:
            await self._end_stolen(client, authorization_code)
        kept: dict[str, Any] = json.loads(raw) if raw else {}
        if not kept or kept["client"] != _mark_of(client):
            return None
        return AuthorizationCode(
            code=authorization_code, scopes=kept["scopes"], expires_at=kept["expires_at"], client_id=client.client_id,
            code_challenge=kept["code_challenge"], redirect_uri=kept["redirect_uri"],
            redirect_uri_provided_explicitly=kept["explicit"], resource=kept["resource"], subject=kept["user_id"],
        )  # fmt: skip

    async def _end_stolen(self, client: OAuthClientInformationFull, code: str) -> None:
        """A code that comes a second time was read by somebody else, so what it gave ends too (OAuth 2.1, 4.1.3)."""
        raw = await redis_client().getdel(_used_key(code))
        used: dict[str, str] = json.loads(raw) if raw else {}
        if not used or used["client"] != _mark_of(client):
            return
        caller = await signed_in.caller_behind(UUID(used["user_id"]), Door.MCP)
        if caller is not None:
            with suppress(NotVisible):  # its owner ended it already
                async with transaction(caller) as tx:
                    await sign_in.revoke_key(tx, UUID(used["key_id"]))

    async def exchange_authorization_code(
        self, client: OAuthClientInformationFull, authorization_code: AuthorizationCode
    ) -> OAuthToken:
        if not await redis_client().delete(_code_key(authorization_code.code)):
            raise TokenError("invalid_grant", "This code was used already.")
        caller = await signed_in.caller_behind(UUID(authorization_code.subject), Door.MCP)
        if caller is None:
            raise TokenError("invalid_grant", "This account is no longer active.")
        ends = datetime.now(UTC) + TOKEN_LIFE
        async with transaction(caller) as tx:
            name = f"{client.client_name or 'A program'} (MCP)"[:80]
            key, secret = await sign_in.make_key(tx, name, authorization_code.scopes, ends, mark=sign_in.MCP_MARK)
        used = {"client": _mark_of(client), "user_id": authorization_code.subject, "key_id": str(key.id)}
        await redis_client().set(_used_key(authorization_code.code), json.dumps(used), ex=CODE_S)
        return OAuthToken(
            access_token=secret, expires_in=int(TOKEN_LIFE.total_seconds()), scope=" ".join(authorization_code.scopes)
        )

    async def load_refresh_token(self, client: OAuthClientInformationFull, refresh_token: str) -> RefreshToken | None:
        return None

    async def exchange_refresh_token(
        self, client: OAuthClientInformationFull, refresh_token: RefreshToken, scopes: list[str]
    ) -> OAuthToken:
        raise TokenError("unsupported_grant_type", "Keys last thirty days; then the person allows the program again.")

    async def load_access_token(self, token: str) -> AccessToken | None:
        try:
            caller = await sign_in.caller_of(token, Door.MCP)
        except NotSignedIn:
            return None
        if not token.startswith(sign_in.MCP_MARK):
            return None
        return AccessToken(token=token, client_id="", scopes=[], subject=str(caller.key_id))

    async def revoke_token(self, token: AccessToken | RefreshToken) -> None:
        caller = await sign_in.caller_of(token.token, Door.MCP)
        if caller.key_id is not None:
            async with transaction(caller) as tx:
                await signed_in.end_own_key(tx)


def _secret(client_id: str) -> str | None:
    """The secret of a client that registered with one: out of its id and our key, as nothing is stored."""
    if not jwt.decode(client_id, derived_key("oauth client"), algorithms=["HS256"])["secret"]:
        return None
    return sha256(derived_key("oauth client secret") + client_id.encode()).hexdigest()


async def _resource(request: Request) -> Response:
    base = base_of(request)
    told = ProtectedResourceMetadata(
        resource=AnyHttpUrl(f"{base}/mcp"), authorization_servers=[AnyHttpUrl(issuer_of(base))],
        scopes_supported=["*"], resource_name="SchoolOS",
    )  # fmt: skip
    return await ProtectedResourceMetadataHandler(told).handle(request)


async def _metadata(request: Request) -> Response:
    told = build_metadata(AnyHttpUrl(issuer_of(base_of(request))), None, REGISTRATION, REVOCATION)
    told.scopes_supported, told.grant_types_supported = ["*"], ["authorization_code"]
    told.token_endpoint_auth_methods_supported = ["none", "client_secret_post", "client_secret_basic"]
    told.authorization_response_iss_parameter_supported = True
    return await MetadataHandler(told).handle(request)


async def _authorize(request: Request) -> Response:
    return await AuthorizationHandler(Provider(base_of(request))).handle(request)


async def _token(request: Request) -> Response:
    provider = Provider(base_of(request))
    return await TokenHandler(provider, ClientAuthenticator(provider)).handle(request)


async def _register(request: Request) -> Response:
    return await RegistrationHandler(Provider(base_of(request)), options=REGISTRATION).handle(request)


async def _revoke(request: Request) -> Response:
    """End a token (RFC 7009). The SDK's endpoint wants a secret even of clients that have none, so this is ours."""
    provider = Provider(base_of(request))
    try:
        await ClientAuthenticator(provider).authenticate_request(request)
    except AuthenticationError as error:
        return JSONResponse({"error": "invalid_client", "error_description": error.message}, 401, NOT_KEPT)
    given = (await request.form()).get("token")
    if not isinstance(given, str):
        return JSONResponse({"error": "invalid_request", "error_description": "Send `token`."}, 400, NOT_KEPT)
    token = await provider.load_access_token(given)
    if token is not None:
        await provider.revoke_token(token)
    return Response(headers=NOT_KEPT)


def mount(app: FastAPI) -> None:
    """Put the metadata where clients look for it and the endpoints under /api/oauth."""
    for path in ("/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"):
        app.router.routes.append(
            Route(path, cors_middleware(_resource, ["GET", "OPTIONS"]), methods=["GET", "OPTIONS"])
        )
    for path in (
        "/.well-known/oauth-authorization-server/api/oauth",
        "/api/oauth/.well-known/oauth-authorization-server",
    ):
        app.router.routes.append(
            Route(path, cors_middleware(_metadata, ["GET", "OPTIONS"]), methods=["GET", "OPTIONS"])
        )
    app.router.routes.append(Route("/api/oauth/authorize", _authorize, methods=["GET", "POST"]))
    for name, answer in (("token", _token), ("register", _register), ("revoke", _revoke)):
        door = cors_middleware(answer, ["POST", "OPTIONS"])
        app.router.routes.append(Route(f"/api/oauth/{name}", door, methods=["POST", "OPTIONS"]))
