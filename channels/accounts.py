"""Which providers a school sends through: its accounts in order, or the sandbox when it has none."""

import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from channels.providers import Provider
from channels.sandbox import SandboxProvider
from runtime.errors import InvalidInput
from runtime.secrets import unseal
from runtime.settings import settings
from runtime.transaction import Tx, across_schools
from school.channel_accounts import ChannelAccount
from school.notifications import Channel
from school.schools import School

KEPT_S = 10.0
Make = Callable[[ChannelAccount, dict[str, str]], Provider]
MODULES = {
    "twilio": "channels.twilio", "africastalking": "channels.africas_talking", "meta": "channels.whatsapp_meta",
    "smtp": "channels.email_smtp", "ses": "channels.email_ses", "webpush": "channels.push",
}  # fmt: skip
"""Where each provider is: its client library is imported when a school uses it, not before."""

PROVIDERS: dict[tuple[Channel, str], Make] = {}
"""(channel, provider) -> how an account of it becomes something that sends."""

SECRET_NAMES: dict[str, tuple[str, ...]] = {}
"""Provider -> the names of the secrets its account needs."""

_made: dict[UUID, tuple[str, Provider]] = {}
_hooked: dict[UUID, tuple[float, "Hooked"]] = {}
_kept: dict[tuple[UUID, Channel], tuple[float, list[Provider]]] = {}


def provides(channel: Channel, name: str, *secrets: str) -> Callable[[Make], Make]:
    """Register the decorated function: it makes a provider from an account and its decrypted secrets."""

    def register(make: Make) -> Make:
        PROVIDERS[(channel, name)] = make
        SECRET_NAMES[name] = secrets
        return make

    return register


def kept(school_id: UUID, channel: Channel) -> list[Provider] | None:
    """The providers read less than KEPT_S ago, or None."""
    found = _kept.get((school_id, channel))
    return found[1] if found and time.monotonic() - found[0] < KEPT_S else None


async def senders(tx: Tx, channel: Channel) -> list[Provider]:
    """The providers of the caller's school for a channel, first choice first."""
    before = kept(tx.school_id, channel)
    if before is not None:
        return before
    rows = await tx.session.scalars(
        select(ChannelAccount)
        .where(ChannelAccount.channel == channel.value, ChannelAccount.enabled)
        .order_by(ChannelAccount.position, ChannelAccount.created_at)
    )
    found: list[Provider] = [_same_or_made(row) for row in rows]
    if not found and settings().sandbox:
        found.append(SandboxProvider(tx.school_id))
    _kept[(tx.school_id, channel)] = (time.monotonic(), found)
    return found


def _same_or_made(account: ChannelAccount) -> Provider:
    """The provider made earlier, unless its account changed."""
    state = repr((account.sender, account.per_second, sorted(account.options.items()), account.secrets))
    kept = _made.get(account.id)
    if kept is None or kept[0] != state:
        kept = _made[account.id] = (state, made(account))
    return kept[1]


def made(account: ChannelAccount) -> Provider:
    """The provider of one account."""
    if account.provider in MODULES:
        importlib.import_module(MODULES[account.provider])
    make = PROVIDERS.get((Channel(account.channel), account.provider))
    if make is None:
        raise InvalidInput(f"There is no provider “{account.provider[:30]}” for {account.channel}.")
    return make(account, unseal(account.secrets))


@dataclass(frozen=True, slots=True)
class Hooked:
    """An account as its webhook needs it."""

    school_id: UUID
    country: str
    provider: str
    channel: Channel
    secrets: dict[str, str]


async def hooked(account_id: UUID) -> Hooked | None:
    """The account a webhook's address names, kept for some seconds: a burst does not read and decrypt it for each call."""
    kept = _hooked.get(account_id)
    if kept and time.monotonic() - kept[0] < KEPT_S:
        return kept[1]
    async with across_schools(read_only=True) as session:
        query = select(ChannelAccount, School.country).join(School, School.id == ChannelAccount.school_id)
        row = (await session.execute(query.where(ChannelAccount.id == account_id))).one_or_none()
    if row is None:
        return None
    account, country = row
    found = Hooked(account.school_id, country, account.provider, Channel(account.channel), unseal(account.secrets))
    _hooked[account_id] = (time.monotonic(), found)
    return found


def forget() -> None:
    """Read the accounts again: after a change, and between tests."""
    _hooked.clear()
    _kept.clear()
    _made.clear()


def needed(provider: str) -> tuple[str, ...]:
    return SECRET_NAMES.get(provider, ())


def listed() -> list[dict[str, Any]]:
    """The providers there are, with the secrets each needs."""
    for module in MODULES.values():
        importlib.import_module(module)
    return [
        {"channel": channel.value, "provider": name, "secrets": list(needed(name))}
        for channel, name in sorted(PROVIDERS)
    ]
