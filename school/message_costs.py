"""How a school's SMS are written and what it pays for messages: the figures every preview counts with."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from runtime.transaction import Tx
from school import schools
from school.messages import LIST_PRICES
from school.notifications import Channel
from school.permissions import Permission
from school.units import Value

Price = Annotated[Decimal, Field(ge=0, le=1000, max_digits=8, decimal_places=4)]
PRICED = (Channel.SMS, Channel.WHATSAPP)


class MessageCosts(Value):
    """`plain_letters`: odd characters are written the nearest plain way, so that a segment holds 160. Prices are the school's, or list prices."""

    plain_letters: bool
    sms: Price
    whatsapp: Price
    currency: str


async def of_school(tx: Tx) -> MessageCosts:
    """How the school's SMS are written, and the price of an SMS segment and of a WhatsApp message."""
    school = await schools.current(tx)
    entered = {channel: school.options.get("message_prices", {}).get(channel.value) for channel in PRICED}
    sms, whatsapp = (Decimal(str(entered[c])) if entered[c] is not None else LIST_PRICES[c] for c in PRICED)
    return MessageCosts(
        plain_letters=bool(school.options.get("transliterate_sms", True)), sms=sms, whatsapp=whatsapp,
        currency=school.currency,
    )  # fmt: skip


async def change(
    tx: Tx, plain_letters: bool | None, sms: Decimal | None, whatsapp: Decimal | None
) -> tuple[MessageCosts, MessageCosts]:
    """Change what is given and leave the rest. Returns before and after. Errors: not_allowed."""
    tx.require(Permission.DELIVERIES_WRITE)
    before, school = await of_school(tx), await schools.current(tx)
    given = {
        channel.value: str(price) for channel, price in zip(PRICED, (sms, whatsapp), strict=True) if price is not None
    }
    options = dict(school.options)
    options["message_prices"] = {**options.get("message_prices", {}), **given}
    if plain_letters is not None:
        options["transliterate_sms"] = plain_letters
    school.options = options
    await tx.session.flush()
    return before, await of_school(tx)
