"""Who is signed in in a browser, or behind an account, without new tokens: for letting a program work as them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select

from runtime.caller import Caller, Door, Role
from runtime.secrets import fingerprint
from runtime.transaction import Tx, across_schools
from school.permissions import granted
from school.schools import School
from school.sign_in import SignedIn, caller_for
from school.users import ApiKey, RefreshToken, User


@dataclass(frozen=True)
class Account:
    """A person's account as a page shows it, with the rights of its role."""

    user_id: UUID
    name: str
    school: str
    permissions: frozenset[str]


def account_of(user: User, school: School) -> Account:
    return Account(user.id, user.name, school.name, granted(Role(user.role)))


def account_signed_in(signed_in: SignedIn) -> Account:
    """The account of a sign-in that just happened."""
    return account_of(signed_in.user, signed_in.school)


async def account_behind(refresh_token: str | None) -> Account | None:
    """The account a browser's refresh token belongs to, while it lives; the token stays as it is."""
    if not refresh_token:
        return None
    async with across_schools(read_only=True) as session:
        query = select(User, School).join(RefreshToken, RefreshToken.user_id == User.id)
        query = query.join(School, School.id == User.school_id).where(
            RefreshToken.token_hash == fingerprint(refresh_token), RefreshToken.used_at.is_(None),
            RefreshToken.revoked_at.is_(None), RefreshToken.expires_at > datetime.now(UTC), User.active,
        )  # fmt: skip
        row = (await session.execute(query)).one_or_none()
    return account_of(*row) if row else None


async def caller_behind(user_id: UUID, door: Door) -> Caller | None:
    """The caller an account is, while it is active."""
    async with across_schools(read_only=True) as session:
        user = await session.get(User, user_id)
    return caller_for(user, door) if user is not None and user.active else None


async def end_own_key(tx: Tx) -> None:
    """End the key the caller came with."""
    key = await tx.session.get(ApiKey, tx.caller.key_id) if tx.caller.key_id else None
    if key is not None and key.revoked_at is None:
        key.revoked_at = tx.now
