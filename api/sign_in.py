"""Signing in over HTTP: password for tokens, a rotating refresh cookie, and who am I."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Cookie, Depends, Form, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from runtime.caller import Caller, Door, Role
from runtime.errors import NotSignedIn, NotVisible
from runtime.settings import settings
from runtime.transaction import transaction
from school import branding, schools, sign_in
from school.permissions import granted
from school.schools import School
from school.users import User

router = APIRouter(tags=["sign-in"])
COOKIE = "schoolos_refresh"
_bearer = HTTPBearer(auto_error=False, description="An access token of POST /api/auth/token, or an API key (sos_…).")


class Camel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class UserOut(Camel):
    id: UUID | None
    name: str
    email: str | None = None
    role: str
    person_id: UUID | None


class SchoolOut(Camel):
    id: UUID
    name: str
    slug: str
    time_zone: str
    locale: str
    currency: str
    colour: str
    logo_url: str | None = None


class Tokens(Camel):
    """Tokens of a sign-in; the refresh token is a cookie that scripts cannot read."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105  # the scheme's name, not a secret
    expires_in: int = Field(description="Seconds.")
    user: UserOut
    school: SchoolOut
    permissions: list[str]


class Me(Camel):
    user: UserOut
    school: SchoolOut
    permissions: list[str]


async def caller(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> Caller:
    """The caller of this request, or NotSignedIn."""
    if credentials is None:
        raise NotSignedIn("Sign in first: send `Authorization: Bearer` with an access token or an API key.")
    door = Door.WEB if request.headers.get("x-schoolos-client") == "web" else Door.REST
    found = await sign_in.caller_of(credentials.credentials, door, getattr(request.state, "request_id", ""))
    request.state.caller = found
    return found


SignedInCaller = Annotated[Caller, Depends(caller)]


def _school(school: School) -> SchoolOut:
    return SchoolOut(
        id=school.id, name=school.name, slug=school.slug, time_zone=school.time_zone, locale=school.locale,
        currency=school.currency, colour=school.colour, logo_url=branding.logo_address(school),
    )  # fmt: skip


def _user(user: User) -> UserOut:
    return UserOut(id=user.id, name=user.name, email=user.email, role=user.role, person_id=user.person_id)


def _answer(response: Response, signed_in: sign_in.SignedIn) -> Tokens:
    response.set_cookie(
        COOKIE, signed_in.refresh_token, max_age=settings().refresh_token_days * 86400, path="/api/auth", httponly=True,
        samesite="lax", secure=(settings().public_url or "").startswith("https://"),
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return Tokens(
        access_token=signed_in.access_token, expires_in=signed_in.expires_in, user=_user(signed_in.user),
        school=_school(signed_in.school), permissions=sorted(granted(Role(signed_in.user.role))),
    )  # fmt: skip


@router.post("/api/auth/token", operation_id="sign_in")
async def token(
    response: Response,
    username: Annotated[str, Form(min_length=1, max_length=200, description="E-mail address.")],
    password: Annotated[str, Form(min_length=1, max_length=200)],
    school: Annotated[
        str | None, Form(max_length=100, description="The school's short name, when you have several.")
    ] = None,
) -> Tokens:
    """Sign in with e-mail and password (OAuth2 password form)."""
    return _answer(response, await sign_in.with_password(username, password, school))


@router.post("/api/auth/refresh", operation_id="refresh_sign_in")
async def refresh(response: Response, schoolos_refresh: Annotated[str | None, Cookie()] = None) -> Tokens:
    """New tokens for the refresh cookie, which is replaced."""
    if not schoolos_refresh:
        raise NotSignedIn("Sign in first.")
    return _answer(response, await sign_in.refreshed(schoolos_refresh))


@router.post("/api/auth/sign-out", status_code=204, operation_id="sign_out")
async def sign_out(response: Response, schoolos_refresh: Annotated[str | None, Cookie()] = None) -> None:
    """End this sign-in on this device."""
    if schoolos_refresh:
        await sign_in.sign_out(schoolos_refresh)
    response.delete_cookie(COOKIE, path="/api/auth")


@router.get("/api/me", operation_id="show_me")
async def me(who: SignedInCaller) -> Me:
    """Who is signed in, at which school, with which permissions."""
    async with transaction(who, read_only=True) as tx:
        school = await schools.current(tx)
        user = await tx.session.get(User, who.user_id)
    if user is None:
        raise NotVisible("There is no such account.")
    return Me(user=_user(user), school=_school(school), permissions=sorted(who.permissions))


class DemoSignIn(Camel):
    role: str
    name: str
    email: str
    password: str


@router.get("/api/demo/sign-ins", operation_id="list_demo_sign_ins")
async def demo_sign_ins() -> list[DemoSignIn]:
    """The sign-ins of the demo school; absent on any other installation."""
    found: list[dict[str, Any]] = await sign_in.demo_sign_ins() if settings().demo else []
    if not found:
        raise NotVisible("This is not a demo installation.")
    return [DemoSignIn(**row) for row in found]
