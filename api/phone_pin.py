"""A person's own PIN for SMS and WhatsApp. Like a password, it is set signed in and never travels through a conversation."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from runtime.caller import Caller
from runtime.errors import NotAllowed
from runtime.transaction import Tx, transaction
from school import phone_pins

router = APIRouter(prefix="/api/me/phone-pin", tags=["sign-in"], responses={403: {"model": Problem}})


class PhonePin(Camel):
    phone: str | None = Field(description="The number on the person's record.")
    is_set: bool


class NewPin(Camel):
    pin: Annotated[str, Field(pattern=r"^\d{4}$", description="Four digits.")]


def _check(who: Caller) -> None:
    if who.key_id is not None:
        raise NotAllowed("A key cannot change a PIN: sign in with your password.")


async def _now(tx: Tx) -> PhonePin:
    return PhonePin(phone=await phone_pins.phone(tx), is_set=await phone_pins.is_set(tx))


@router.get("", operation_id="show_phone_pin")
async def show(who: SignedInCaller) -> PhonePin:
    """Whether marks and fees wait for a PIN on the caller's phone. The PIN itself is shown to nobody."""
    async with transaction(who, read_only=True) as tx:
        return await _now(tx)


@router.put("", operation_id="set_phone_pin")
async def choose(who: SignedInCaller, body: NewPin) -> PhonePin:
    """Set or replace the PIN. From then on the number is asked for it before marks or fees are told."""
    _check(who)
    async with transaction(who) as tx:
        await phone_pins.choose(tx, body.pin)
        return await _now(tx)


@router.delete("", operation_id="remove_phone_pin")
async def remove(who: SignedInCaller) -> PhonePin:
    """End the PIN: whoever holds the phone reads marks and fees again."""
    _check(who)
    async with transaction(who) as tx:
        await phone_pins.remove(tx)
        return await _now(tx)
