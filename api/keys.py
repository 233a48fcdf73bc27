"""API keys: make one (its secret is shown once), list, rotate and revoke the caller's own."""

from datetime import date, datetime, time, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from runtime.errors import NotAllowed
from runtime.transaction import transaction
from school import sign_in
from school.users import ApiKey

router = APIRouter(prefix="/api/keys", tags=["keys"], responses={403: {"model": Problem}})
LAST_MOMENT = time(23, 59, 59)


class KeyOut(Camel):
    id: UUID
    name: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class NewKey(Camel):
    name: Annotated[str, Field(min_length=1, max_length=80)]
    scopes: Annotated[
        list[str], Field(min_length=1, max_length=80, description="Permissions such as scores:read, or *.")
    ]
    expires_on: date | None = Field(default=None, description="Its last day, in the school's time zone; none: no end.")


class MadeKey(KeyOut):
    key: str = Field(description="The secret. It is not shown again.")


class KeyList(Camel):
    items: list[KeyOut]


def _shown(key: ApiKey) -> KeyOut:
    return KeyOut(
        id=key.id, name=key.name, prefix=key.prefix, scopes=key.scopes, created_at=key.created_at,
        expires_at=key.expires_at, last_used_at=key.last_used_at,
    )  # fmt: skip


@router.get("", operation_id="list_keys")
async def list_keys(who: SignedInCaller) -> KeyList:
    """The caller's own keys, newest first."""
    async with transaction(who, read_only=True) as tx:
        return KeyList(items=[_shown(key) for key in await sign_in.keys_of(tx)])


@router.post("", status_code=201, operation_id="make_key")
async def make(body: NewKey, who: SignedInCaller) -> MadeKey:
    """A new key that acts as the caller within its scopes, until the end of its last day."""
    if who.key_id is not None:
        raise NotAllowed("A key cannot make keys: sign in with your password.")
    async with transaction(who) as tx:
        last = datetime.combine(body.expires_on, LAST_MOMENT, tx.zone) if body.expires_on else None
        key, secret = await sign_in.make_key(tx, body.name, body.scopes, last)
        return MadeKey(key=secret, **_shown(key).model_dump())


class Rotation(Camel):
    overlap_hours: int = Field(default=24, ge=0, le=168, description="How long the old key still works, hours.")


@router.post("/{key_id}/rotation", status_code=201, operation_id="rotate_key", responses={404: {"model": Problem}})
async def rotate(key_id: UUID, who: SignedInCaller, body: Rotation | None = None) -> MadeKey:
    """A new key with the same name, scopes and last day; the old one works on for the overlap, then ends."""
    if who.key_id is not None and who.key_id != key_id:
        raise NotAllowed("A key can replace only itself.")
    overlap = timedelta(hours=(body or Rotation()).overlap_hours)
    async with transaction(who) as tx:
        key, secret = await sign_in.rotate_key(tx, key_id, overlap)
        return MadeKey(key=secret, **_shown(key).model_dump())


@router.delete("/{key_id}", status_code=204, operation_id="revoke_key", responses={404: {"model": Problem}})
async def revoke(key_id: UUID, who: SignedInCaller) -> None:
    """End a key at once."""
    async with transaction(who) as tx:
        await sign_in.revoke_key(tx, key_id)
