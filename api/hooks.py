"""Webhooks of messaging providers: signed receipts and messages, in any order, any number of times."""

from contextlib import suppress
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse

from api.problems import Problem
from channels import hooks, sns
from channels.hooks import Call
from channels.inbound import receive
from runtime.caller import Caller
from runtime.errors import InvalidInput, NotAllowed, NotVisible
from runtime.secrets import unseal
from runtime.settings import settings
from runtime.telemetry import log
from runtime.transaction import across_schools, transaction
from school import addresses, delivery_states, schools
from school.channel_accounts import ChannelAccount
from school.notifications import Channel

router = APIRouter(prefix="/api/hooks", tags=["webhooks"], responses={403: {"model": Problem}, 404: {"model": Problem}})
_log = log("hooks")
LARGEST = 256_000


async def _account(account_id: UUID) -> tuple[ChannelAccount, dict[str, str]]:
    async with across_schools(read_only=True) as session:
        account = await session.get(ChannelAccount, account_id)
    if account is None:
        raise NotVisible("There is no such account.")
    return account, unseal(account.secrets)


@router.get("/{account_id}", operation_id="verify_webhook", response_class=PlainTextResponse)
async def verify(
    account_id: UUID,
    token: Annotated[str, Query(alias="hub.verify_token", max_length=200)] = "",
    challenge: Annotated[str, Query(alias="hub.challenge", max_length=200)] = "",
) -> PlainTextResponse:
    """Meta asks once whether this address is ours."""
    _, secrets = await _account(account_id)
    if not token or token != secrets.get("verify_token"):
        raise NotAllowed("The verify token is not right.")
    return PlainTextResponse(challenge)


@router.post("/{account_id}", status_code=204, operation_id="receive_webhook")
async def call(account_id: UUID, request: Request) -> Response:
    """A receipt or a message of a provider. Repeats and late ones change nothing."""
    account, secrets = await _account(account_id)
    read = hooks.READERS.get(account.provider)
    if read is None:
        raise NotVisible("This provider calls no webhook.")
    body = await request.body()
    if len(body) > LARGEST:
        raise InvalidInput("The body is larger than any provider sends.")
    asked = Call(_url(request), {k.lower(): v for k, v in request.headers.items()}, dict(request.query_params), body)
    told = read(asked, Channel(account.channel), secrets)
    if account.provider == "ses":
        await sns.answer(await sns.check(asked.json()))
    changed = 0
    async with transaction(Caller.system(account.school_id)) as tx:
        for one in told.receipts:
            changed += await delivery_states.receipt(
                tx, account.provider, one.message_id, one.state, one.at, one.detail, one.delivery_id
            )
        country = (await schools.current(tx)).country
        for incoming in told.incoming:
            sender = incoming.sender
            if incoming.channel is not Channel.EMAIL:
                with suppress(InvalidInput):
                    sender = addresses.phone(incoming.sender, country)
            await receive(tx, incoming.from_sender(sender))
    _log.info(
        "hook", provider=account.provider, receipts=len(told.receipts), changed=changed, messages=len(told.incoming)
    )
    return Response(status_code=204)


def _url(request: Request) -> str:
    """The address the provider called, which it signed: behind a proxy that is the public one."""
    public = settings().public_url
    if not public:
        return str(request.url)
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{public.rstrip('/')}{request.url.path}{query}"
