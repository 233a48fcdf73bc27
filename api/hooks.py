"""Webhooks of messaging providers: signed receipts and messages, in any order, any number of times."""

import asyncio
import hmac
from contextlib import suppress
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse

from api.problems import Problem
from channels import accounts, hooks, receiving, sns
from channels.accounts import Hooked
from channels.hooks import Call, Receipt
from channels.receiving import Incoming
from runtime.caller import Caller
from runtime.errors import InvalidInput, NotAllowed, NotVisible
from runtime.settings import settings
from runtime.telemetry import log
from runtime.transaction import transaction
from school import addresses, delivery_states
from school.notifications import Channel

router = APIRouter(prefix="/api/hooks", tags=["webhooks"], responses={403: {"model": Problem}, 404: {"model": Problem}})
_log = log("hooks")
LARGEST = 256_000


async def _account(account_id: UUID) -> Hooked:
    account = await accounts.hooked(account_id)
    if account is None:
        raise NotVisible("There is no such account.")
    return account


@router.get("/{account_id}", operation_id="verify_webhook", response_class=PlainTextResponse)
async def verify(
    account_id: UUID,
    token: Annotated[str, Query(alias="hub.verify_token", max_length=200)] = "",
    challenge: Annotated[str, Query(alias="hub.challenge", max_length=200)] = "",
) -> PlainTextResponse:
    """Meta asks once whether this address is ours."""
    expected = (await _account(account_id)).secrets.get("verify_token", "")
    if not expected or not hmac.compare_digest(token.encode(), expected.encode()):
        raise NotAllowed("The verify token is not right.")
    return PlainTextResponse(challenge)


@router.post("/{account_id}", status_code=204, operation_id="receive_webhook")
async def call(account_id: UUID, request: Request) -> Response:
    """A receipt or a message of a provider. Repeats and late ones change nothing."""
    account = await _account(account_id)
    read = hooks.READERS.get(account.provider)
    if read is None:
        raise NotVisible("This provider calls no webhook.")
    body = await request.body()
    if len(body) > LARGEST:
        raise InvalidInput("The body is larger than any provider sends.")
    asked = Call(_url(request), {k.lower(): v for k, v in request.headers.items()}, dict(request.query_params), body)
    told = read(asked, account.channel, account.secrets)
    if account.provider == "ses":
        await sns.answer(await sns.check(asked.json()))
    if told.receipts:
        await _receipts(account, told.receipts)
    came = [incoming.from_sender(_sender(incoming, account.country)) for incoming in told.incoming]
    await asyncio.gather(*(receiving.keep(account.school_id, incoming) for incoming in came))
    return Response(status_code=204)


async def _receipts(account: Hooked, receipts: list[Receipt]) -> None:
    changed = 0
    async with transaction(Caller.system(account.school_id)) as tx:
        for one in receipts:
            changed += await delivery_states.receipt(
                tx, account.provider, one.message_id, one.state, one.at, one.detail, one.delivery_id, one.unfetched
            )
    _log.info("receipts", provider=account.provider, receipts=len(receipts), changed=changed)


def _sender(incoming: Incoming, country: str) -> str:
    """The sender's number written our way; as it came when it is none, such as a network's short code."""
    if incoming.channel is not Channel.EMAIL:
        with suppress(InvalidInput):
            return addresses.phone(incoming.sender, country)
    return incoming.sender


def _url(request: Request) -> str:
    """The address the provider called, which it signed: behind a proxy that is the public one."""
    public = settings().public_url
    if not public:
        return str(request.url)
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{public.rstrip('/')}{request.url.path}{query}"
