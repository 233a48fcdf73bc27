"""Signing in: passwords, short access tokens, rotating refresh tokens, API keys; each becomes a Caller."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from uuid import UUID

import jwt
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.caller import Caller, Door, Role
from runtime.errors import InvalidInput, NotSignedIn, NotVisible, TooMany
from runtime.ids import new_id
from runtime.secrets import derived_key, fingerprint
from runtime.settings import settings
from runtime.transaction import Tx, across_schools
from school.permissions import Permission, granted
from school.schools import School
from school.users import ApiKey, RefreshToken, User

TRIES = 8
LOCKED_MINUTES = 10
ISSUER = "schoolos"
KEY_MARK = "sos_"
MCP_MARK = "sos_mcp_"  # made by OAuth for an MCP client: good at that door alone
WRONG = "The e-mail address or the password is not right."


@dataclass(frozen=True)
class SignedIn:
    """Tokens of one sign-in. `expires_in` in seconds."""

    access_token: str
    refresh_token: str
    expires_in: int
    user: User
    school: School


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def hash_password(password: str) -> str:
    """An Argon2id hash (OWASP's parameters)."""
    return _hasher().hash(password)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return hash_password(secrets.token_urlsafe(16))


def _verify(hashed: str | None, password: str) -> bool:
    """Whether a password fits; takes the same time when there is no such user."""
    try:
        return _hasher().verify(hashed or _nobody(), password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


async def with_password(email: str, password: str, school_slug: str | None = None) -> SignedIn:
    """Sign in by e-mail and password. Errors: not_signed_in, too_many_requests, invalid_input (which school?)."""
    now = datetime.now(UTC)
    async with across_schools() as session:
        query = select(User, School).join(School, School.id == User.school_id)
        query = query.where(User.email == email.strip().casefold(), User.active)
        if school_slug:
            query = query.where(School.slug == school_slug.strip().casefold())
        found = (await session.execute(query.with_for_update(of=User))).all()
        locked = [user for user, _ in found if user.locked_until and user.locked_until > now]
        if found and len(locked) == len(found):
            raise TooMany(
                "Too many wrong passwords. Wait ten minutes and try again.", retry_after_s=LOCKED_MINUTES * 60
            )
        fitting = [(user, school) for user, school in found if _verify(user.password_hash, password)]
        if not found:
            _verify(None, password)
        if len(fitting) == 1:
            user, school = fitting[0]
            user.failed_sign_ins, user.locked_until, user.last_sign_in_at = 0, None, now
            return await _issue(session, user, school, family_id=new_id(), now=now)
        if not fitting:
            _count_failures([user for user, _ in found], now)
    if fitting:
        names = [school.slug for _, school in fitting]
        raise InvalidInput(f"You belong to several schools: name one of {', '.join(names)}.", schools=names)
    raise NotSignedIn(WRONG)


def _count_failures(users: Sequence[User], now: datetime) -> None:
    for user in users:
        user.failed_sign_ins += 1
        if user.failed_sign_ins >= TRIES:
            user.failed_sign_ins, user.locked_until = 0, now + timedelta(minutes=LOCKED_MINUTES)


async def refreshed(token: str) -> SignedIn:
    """New tokens for a refresh token, which is used up. One that returns ends every token of that sign-in."""
    now = datetime.now(UTC)
    stolen = False
    async with across_schools() as session:
        query = select(RefreshToken).where(RefreshToken.token_hash == fingerprint(token)).with_for_update()
        row = await session.scalar(query)
        if row is not None and row.used_at is not None and row.used_at < now - timedelta(seconds=20):
            stolen = True
            await session.execute(
                update(RefreshToken).where(RefreshToken.family_id == row.family_id).values(revoked_at=now)
            )
        elif row is not None and row.revoked_at is None and row.expires_at > now:
            user = await session.get_one(User, row.user_id)
            if user.active:
                row.used_at = row.used_at or now
                school = await session.get_one(School, user.school_id)
                return await _issue(session, user, school, family_id=row.family_id, now=now)
    raise NotSignedIn("You were signed out for safety. Sign in again." if stolen else "Sign in again.")


async def sign_out(token: str) -> None:
    """End the sign-in a refresh token belongs to."""
    async with across_schools() as session:
        row = await session.scalar(select(RefreshToken).where(RefreshToken.token_hash == fingerprint(token)))
        if row is not None:
            await session.execute(
                update(RefreshToken).where(RefreshToken.family_id == row.family_id).values(revoked_at=datetime.now(UTC))
            )


async def _issue(session: AsyncSession, user: User, school: School, *, family_id: UUID, now: datetime) -> SignedIn:
    refresh = secrets.token_urlsafe(32)
    life = timedelta(minutes=settings().access_token_minutes)
    session.add(
        RefreshToken(
            school_id=user.school_id, user_id=user.id, family_id=family_id, token_hash=fingerprint(refresh),
            expires_at=now + timedelta(days=settings().refresh_token_days),
        )
    )  # fmt: skip
    claims = {
        "iss": ISSUER, "sub": str(user.id), "school": str(user.school_id), "iat": now, "exp": now + life, "jti": str(new_id()),
    }  # fmt: skip
    token = jwt.encode(claims, derived_key("access-token"), algorithm="HS256")
    return SignedIn(token, refresh, int(life.total_seconds()), user, school)


async def caller_of(token: str, door: Door, request_id: str = "") -> Caller:
    """The caller behind a bearer token: a signed-in user, or an API key (which starts with `sos_`)."""
    if token.startswith(KEY_MARK):
        return await _caller_of_key(token, door, request_id)
    try:
        claims = jwt.decode(
            token,
            derived_key("access-token"),
            algorithms=["HS256"],
            issuer=ISSUER,
            options={"require": ["exp", "sub", "iss"]},
        )
        user_id = UUID(claims["sub"])
    except jwt.ExpiredSignatureError:
        raise NotSignedIn("Your access token has expired. Refresh it or sign in again.") from None
    except (jwt.InvalidTokenError, ValueError):
        raise NotSignedIn("The access token is not valid. Sign in again.") from None
    async with across_schools(read_only=True) as session:
        user = await session.get(User, user_id)
    if user is None or not user.active:
        raise NotSignedIn("This account is no longer active.")
    return caller_for(user, door, request_id)


def caller_for(user: User, door: Door, request_id: str = "") -> Caller:
    """The caller a user is, with the rights of their role."""
    role = Role(user.role)
    return Caller(
        school_id=user.school_id, user_id=user.id, role=role, person_id=user.person_id, door=door,
        permissions=granted(role), name=user.name, request_id=request_id,
    )  # fmt: skip


async def _caller_of_key(token: str, door: Door, request_id: str) -> Caller:
    if token.startswith(MCP_MARK) and door is not Door.MCP:
        raise NotSignedIn("This token is for MCP alone. For other doors make an API key under Settings.")
    now = datetime.now(UTC)
    async with across_schools() as session:
        key = await session.scalar(select(ApiKey).where(ApiKey.key_hash == fingerprint(token)))
        if key is None or key.revoked_at is not None:
            raise NotSignedIn("This API key is not valid.")
        if key.expires_at is not None and key.expires_at <= now:
            raise NotSignedIn("This API key has expired. Make a new one under Settings.")
        user = await session.get_one(User, key.user_id)
        if not user.active:
            raise NotSignedIn("The account of this API key is no longer active.")
        if key.last_used_at is None or key.last_used_at < now - timedelta(minutes=1):
            key.last_used_at = now
    role = Role(user.role)
    rights = granted(role)
    allowed = rights if "*" in key.scopes else rights & frozenset(key.scopes)
    return Caller(
        school_id=user.school_id, user_id=user.id, role=role, person_id=user.person_id, door=door, permissions=allowed,
        name=user.name, key_id=key.id, request_id=request_id,
    )  # fmt: skip


async def make_key(
    tx: Tx, name: str, scopes: Sequence[str], expires_at: datetime | None, mark: str = KEY_MARK
) -> tuple[ApiKey, str]:
    """A new API key of the caller's own, and its secret, which is shown once. Errors: invalid_input, not_allowed."""
    tx.require(Permission.KEYS_WRITE)
    return await _keep_key(tx, name, scopes, expires_at, mark)


async def _keep_key(
    tx: Tx, name: str, scopes: Sequence[str], expires_at: datetime | None, mark: str
) -> tuple[ApiKey, str]:
    unknown = [scope for scope in scopes if scope != "*" and scope not in {str(p) for p in Permission}]
    if unknown or not scopes:
        raise InvalidInput(
            f"Scopes are permissions such as scores:read, or *. Not known: {', '.join(unknown) or 'none given'}."
        )
    if expires_at is not None and expires_at <= tx.now:
        raise InvalidInput("The key's last day has passed already: choose a later one.")
    secret = mark + secrets.token_urlsafe(32)
    key = ApiKey(
        id=new_id(), school_id=tx.school_id, created_at=tx.now, user_id=tx.caller.user_id, name=name, prefix=secret[:10],
        key_hash=fingerprint(secret), scopes=list(scopes), expires_at=expires_at,
    )  # fmt: skip
    tx.session.add(key)
    await tx.session.flush()
    return key, secret


async def keys_of(tx: Tx) -> list[ApiKey]:
    """The caller's own keys that are not revoked, newest first."""
    query = select(ApiKey).where(ApiKey.user_id == tx.caller.user_id, ApiKey.revoked_at.is_(None))
    return list(await tx.session.scalars(query.order_by(ApiKey.created_at.desc())))


async def rotate_key(tx: Tx, key_id: UUID, overlap: timedelta) -> tuple[ApiKey, str]:
    """A key in place of one of the caller's own, or of the key that asks, which works on for the overlap.

    Errors: not_visible, not_allowed.
    """
    old = await _own_key(tx, key_id)
    mark = MCP_MARK if old.prefix.startswith(MCP_MARK) else KEY_MARK
    key, secret = await _keep_key(tx, old.name, old.scopes, old.expires_at, mark)
    ends = tx.now + overlap
    old.expires_at = min(old.expires_at, ends) if old.expires_at else ends
    old.name = f"{old.name} (replaced)"[:80]
    return key, secret


async def revoke_key(tx: Tx, key_id: UUID) -> ApiKey:
    """End a key of the caller's own, at once."""
    key = await _own_key(tx, key_id)
    key.revoked_at = tx.now
    return key


async def _own_key(tx: Tx, key_id: UUID) -> ApiKey:
    if tx.caller.key_id is None or tx.caller.key_id != key_id:  # a key may replace or end itself, whatever its scopes
        tx.require(Permission.KEYS_WRITE)
    key = await tx.session.get(ApiKey, key_id)
    if key is None or key.user_id != tx.caller.user_id or key.revoked_at is not None:
        raise NotVisible("There is no such key.")
    return key


async def demo_sign_ins() -> list[dict[str, str]]:
    """The sign-ins of the demo school, which says in its options that it is one, with its shared password."""
    async with across_schools(read_only=True) as session:
        school = await session.scalar(select(School).where(School.options["demo_password"].is_not(None)).limit(1))
        if school is None:
            return []
        shown: list[str] = school.options.get("demo_sign_ins", [])
        query = select(User).where(User.school_id == school.id, User.email.in_(shown), User.active)
        users = {user.email: user for user in await session.scalars(query)}
        return [
            {"role": users[e].role, "name": users[e].name, "email": e, "password": school.options["demo_password"]}
            for e in shown
            if e in users
        ]
