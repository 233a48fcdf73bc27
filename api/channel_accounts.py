"""A school's accounts with messaging providers. Not a capability of the assistant: secrets do not belong in a conversation."""

from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import select

from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from channels import accounts, hooks
from runtime.errors import InvalidInput, NotVisible
from runtime.ids import new_id
from runtime.secrets import seal, unseal
from runtime.settings import settings
from runtime.transaction import Tx, transaction
from school.channel_accounts import ChannelAccount
from school.notifications import Channel
from school.permissions import Permission

router = APIRouter(
    prefix="/api/channel-accounts", tags=["messages"],
    responses={403: {"model": Problem}, 404: {"model": Problem}, 422: {"model": Problem}},
)  # fmt: skip


class AccountIn(Camel):
    channel: Channel
    provider: str = Field(max_length=30)
    sender: str = Field(min_length=1, max_length=120, description="The number, address or name messages come from.")
    position: int = Field(default=0, ge=0, le=100, description="Lower is tried first.")
    per_second: int | None = Field(default=None, ge=1, le=10_000, description="Messages a second it accepts.")
    options: dict[str, Any] = Field(default_factory=dict[str, Any], description="Host, region, template, and so on.")
    secrets: dict[str, str] = Field(default_factory=dict[str, str], description="Kept encrypted, never given back.")


class AccountOut(Camel):
    id: UUID
    channel: str
    provider: str
    sender: str
    position: int
    enabled: bool
    per_second: int | None
    options: dict[str, Any]
    hook: str = Field(description="Give this address to the provider for receipts and incoming messages.")


class ProviderOut(Camel):
    channel: str
    provider: str
    secrets: list[str]


class Accounts(Camel):
    items: list[AccountOut]
    providers: list[ProviderOut]


@router.get("", operation_id="list_channel_accounts")
async def listed(caller: SignedInCaller) -> Accounts:
    """The school's accounts in the order they are tried, and the providers there are."""
    async with transaction(caller, read_only=True) as tx:
        tx.require(Permission.SCHOOL_WRITE)
        query = select(ChannelAccount).order_by(ChannelAccount.channel, ChannelAccount.position)
        rows = [_shown(row) for row in await tx.session.scalars(query)]
    return Accounts(items=rows, providers=[ProviderOut(**one) for one in accounts.listed()])


@router.post("", status_code=201, operation_id="add_channel_account")
async def add(account: AccountIn, caller: SignedInCaller) -> AccountOut:
    """Add an account. From then on messages of its channel go there instead of to the sandbox."""
    if "base_url" in account.options:
        raise InvalidInput("A provider's address is its own: leave `base_url` out.", field="options")
    known = {(one["channel"], one["provider"]) for one in accounts.listed()}
    if (account.channel.value, account.provider) not in known:
        raise InvalidInput(f"There is no provider “{account.provider}” for {account.channel.value}.", field="provider")
    needed = set() if account.provider == "smtp" else set(accounts.needed(account.provider))
    if missing := sorted(needed - set(account.secrets)):
        raise InvalidInput(f"This provider also needs: {', '.join(missing)}.", field="secrets")
    async with transaction(caller) as tx:
        tx.require(Permission.SCHOOL_WRITE)
        row = ChannelAccount(
            id=new_id(), school_id=tx.school_id, channel=account.channel.value, provider=account.provider,
            sender=account.sender, position=account.position, per_second=account.per_second, options=account.options,
            enabled=True, secrets=seal({hooks.TOKEN: token_urlsafe(24), **account.secrets}),
        )  # fmt: skip
        tx.session.add(row)
        await tx.session.flush()
    accounts.forget()
    return _shown(row)


@router.delete("/{account_id}", status_code=204, operation_id="remove_channel_account")
async def remove(account_id: UUID, caller: SignedInCaller) -> None:
    """Remove an account with its secrets."""
    async with transaction(caller) as tx:
        tx.require(Permission.SCHOOL_WRITE)
        await tx.session.delete(await _access(tx, account_id))
    accounts.forget()


async def _access(tx: Tx, account_id: UUID) -> ChannelAccount:
    row = await tx.session.get(ChannelAccount, account_id)
    if row is None:
        raise NotVisible("There is no such account.")
    return row


def _shown(row: ChannelAccount) -> AccountOut:
    base = (settings().public_url or "").rstrip("/")
    token = unseal(row.secrets).get(hooks.TOKEN, "")
    query = f"?token={token}" if row.provider in ("africastalking", "ses") and token else ""
    return AccountOut(
        id=row.id, channel=row.channel, provider=row.provider, sender=row.sender, position=row.position,
        enabled=row.enabled, per_second=row.per_second, options=row.options, hook=f"{base}/api/hooks/{row.id}{query}",
    )  # fmt: skip
