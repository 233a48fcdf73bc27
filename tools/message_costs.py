"""How SMS are written and what messages cost the school."""

from typing import Annotated

from pydantic import Field

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import message_costs
from school.message_costs import MessageCosts, Price
from school.permissions import Permission
from tools.declare import Effect, Said, tool
from tools.present import Fact, Facts
from tools.results import Done, Preview

PlainLetters = Annotated[
    bool | None,
    Field(description="Write ₦, ẹ or “ the nearest plain way in SMS, so that a segment holds 160 characters, not 70."),
    Said("plain letters", "simple letters", "plain way"),
]
SmsPrice = Annotated[
    Price | None,
    Field(description="What one SMS segment costs the school, in its currency."),
    Said("sms", "text", "texts"),
]
WhatsappPrice = Annotated[
    Price | None, Field(description="What one WhatsApp message costs the school, in its currency."), Said("whatsapp")
]


def words(costs: MessageCosts) -> list[Fact]:
    """Costs and the writing of SMS, for a person."""
    letters = "the nearest plain letters" if costs.plain_letters else "as they are typed"
    return [
        Fact(label="Accents and signs in SMS", value=letters),
        Fact(label="An SMS segment", value=f"{costs.currency} {costs.sms:.2f}"),
        Fact(label="A WhatsApp message", value=f"{costs.currency} {costs.whatsapp:.2f}"),
    ]


async def _preview(
    tx: Tx, *, plain_letters: PlainLetters = None, sms_price: SmsPrice = None, whatsapp_price: WhatsappPrice = None
) -> Preview:
    now = await message_costs.of_school(tx)
    given = {"plain_letters": plain_letters, "sms": sms_price, "whatsapp": whatsapp_price}
    if all(value is None for value in given.values()):
        raise InvalidInput("Say what to change: plain letters on or off, the price of an SMS or of a WhatsApp message.")
    then = now.model_copy(update={name: value for name, value in given.items() if value is not None})
    rows = [
        Fact(label=after.label, value=after.value if after == before else f"{before.value} → {after.value}")
        for before, after in zip(words(now), words(then), strict=True)
    ]
    return Preview(
        title="Change how SMS are written and counted", blocks=[Facts(items=rows)], state={"now": now.model_dump_json()},
        summary="Previews and costs count with it from now on. Messages that wait are sent as they were written.",
    )  # fmt: skip


@tool(
    permission=Permission.DELIVERIES_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/message-settings/costs",
    says=(
        "An SMS costs us 3.50 naira",
        "Set the price of an SMS segment to 4.20",
        "A WhatsApp message costs 6 naira, an SMS 4",
        "Write accents in SMS the plain way",
        "Do not transliterate our SMS",
        "Keep Yoruba letters in text messages",
    ),
    preview=_preview,
)
async def set_message_costs(
    tx: Tx, *, plain_letters: PlainLetters = None, sms_price: SmsPrice = None, whatsapp_price: WhatsappPrice = None
) -> Done:
    """Set what an SMS and a WhatsApp message cost, and how SMS are written.

    Use when the school's price of messages changes, or somebody wants accents in SMS kept or made plain.

    Shape:  any of the three -> the settings after it; what is left out stays.
    Units:  the school's currency for one segment or message.
    Errors: those of any change.
    Source: table schools.
    """
    await _preview(tx, plain_letters=plain_letters, sms_price=sms_price, whatsapp_price=whatsapp_price)
    before, now = await message_costs.change(tx, plain_letters, sms_price, whatsapp_price)
    tx.undo_with(
        "set_message_costs", plain_letters=before.plain_letters, sms_price=str(before.sms), whatsapp_price=str(before.whatsapp)
    )  # fmt: skip
    said = "; ".join(f"{fact.label.lower()}: {fact.value}" for fact in words(now))
    return Done(message=f"Kept: {said}.")
