"""The sandbox phones over HTTP: what arrived on them, and typing on them as their owner would."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query
from pydantic import Field
from sse_starlette import EventSourceResponse, JSONServerSentEvent

from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from channels import sandbox, web
from channels.receiving import Incoming, receive
from channels.sandbox import Phone, PhoneMessage
from channels.web import hub
from runtime.caller import Caller, Role
from runtime.errors import InvalidInput, NotAllowed, NotVisible
from runtime.ids import new_id
from runtime.settings import settings
from runtime.transaction import transaction
from school import addresses, schools
from school.notifications import Channel
from school.permissions import Permission

router = APIRouter(prefix="/api/sandbox", tags=["sandbox"], responses={403: {"model": Problem}})
Number = Annotated[str, Path(min_length=3, max_length=120, description="A phone number or an e-mail address.")]
TYPED_ON = {"sms": Channel.SMS, "whatsapp": Channel.WHATSAPP, "email": Channel.EMAIL}


class Phones(Camel):
    items: list[Phone]


class PhoneThread(Camel):
    items: list[PhoneMessage]


class Typed(Camel):
    text: str = Field(min_length=1, max_length=4000)
    channel: str = Field(default="sms", pattern="^(sms|whatsapp|email)$")


class Taken(Camel):
    id: str
    status: str = "received"


def _check(caller: Caller) -> None:
    """The sandbox shows guardians' messages: staff of a demo school see it, elsewhere who may read the inbox."""
    if not settings().sandbox:
        raise NotVisible("The sandbox is switched off.")
    staff = caller.role not in (Role.GUARDIAN, Role.STUDENT)
    if not (staff and (settings().demo or caller.may(Permission.INBOX_READ))):
        raise NotAllowed("The sandbox phones are for staff.")


@router.get("/phones", operation_id="list_sandbox_phones")
async def phones(
    caller: SignedInCaller, search: Annotated[str, Query(max_length=80)] = "",
    limit: Annotated[int, Query(ge=1, le=2000)] = 1000,
) -> Phones:  # fmt: skip
    """The phones of guardians and staff, those with the newest messages first."""
    _check(caller)
    async with transaction(caller, read_only=True) as tx:
        return Phones(items=await sandbox.phones(tx, search, limit))


@router.get("/phones/{number}/messages", operation_id="list_sandbox_messages")
async def messages(number: Number, caller: SignedInCaller) -> PhoneThread:
    """The messages on one phone, oldest first; looking marks them as seen."""
    _check(caller)
    async with transaction(caller) as tx:
        await sandbox.seen(tx, number)
        return PhoneThread(items=await sandbox.thread(tx, number))


@router.post(
    "/phones/{number}/messages",
    status_code=202,
    operation_id="type_on_sandbox_phone",
    responses={422: {"model": Problem}},
)
async def type_message(
    number: Number, typed: Typed, caller: SignedInCaller,
    idempotency_key: Annotated[str | None, Header(max_length=120)] = None,
) -> Taken:  # fmt: skip
    """Write from this phone to the school, through the path a provider's webhook takes."""
    _check(caller)
    key = idempotency_key or str(new_id())
    channel = TYPED_ON[typed.channel]
    async with transaction(caller) as tx:
        school = await schools.current(tx)
        sender = _address(number, channel, school.country)
        message = await sandbox.typed(tx, sender, typed.text, channel, f"typed-{key}")
        incoming = Incoming(sandbox.NAME, f"{caller.school_id}:{key}", channel, sender, school.slug, typed.text)
        await receive(tx, incoming)
    if message is not None:
        await sandbox.tell_typed(caller.school_id, message)
    return Taken(id=key)


def _address(number: str, channel: Channel, country: str) -> str:
    if channel is not Channel.EMAIL:
        return addresses.phone(number, country)
    if fault := addresses.email_fault(number):
        raise InvalidInput(f"“{number[:40]}” cannot write an e-mail: {fault}.", field="number")
    return number


@router.get(
    "/stream", operation_id="stream_sandbox", response_class=EventSourceResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "Messages as they come."}},
)  # fmt: skip
async def stream(caller: SignedInCaller) -> EventSourceResponse:
    """Every message on every phone as it comes (SSE: `message`)."""
    _check(caller)

    async def events() -> AsyncGenerator[JSONServerSentEvent]:
        with hub.listen(web.school_topic(caller.school_id, sandbox.TOPIC)) as queue:
            yield JSONServerSentEvent(event="ready", data={})
            while True:
                item = await queue.get()
                event, data = (item.event, item.data) if item is not None else ("ready", {})
                yield JSONServerSentEvent(event=event, data=data, id=data.get("id"))

    return EventSourceResponse(events(), ping=15, send_timeout=30)
