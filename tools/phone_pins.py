"""The PIN a guardian guards marks and fees with on their phone: set there by “PIN 4821” or in the portal, ended here when it is forgotten."""

from runtime.errors import Conflict
from runtime.transaction import Tx
from school import phone_pins
from school.people import Guardian
from school.permissions import Permission
from tools.declare import Effect, tool
from tools.refs import Ref
from tools.results import Done, Preview


class NoPin(Conflict):
    """This person has no PIN."""

    code = "no_pin"


async def _check(tx: Tx, guardian: Ref[Guardian]) -> None:
    tx.require(Permission.STUDENTS_WRITE)
    if not await phone_pins.is_set(tx, guardian.id):
        raise NoPin(f"{guardian.label} has no PIN.")


async def _preview(tx: Tx, *, guardian: Ref[Guardian]) -> Preview:
    await _check(tx, guardian)
    return Preview(
        title=f"End the PIN of {guardian.label}", included=1,
        summary="They can ask for marks and fees on their phone without it, until they set a new one there.",
        warnings=["Be sure that it is they who ask. This cannot be undone: a PIN is not readable."],
        state={"set": True},
    )  # fmt: skip


@tool(
    permission=Permission.STUDENTS_WRITE,
    effect=Effect.SEND,
    rest="DELETE /api/v1/guardians/{guardian}/pin",
    says=(
        "Mrs Okonjo forgot her PIN",
        "Reset the PIN of Mrs Bello",
        "Take the phone PIN of Mr Ade away",
    ),
    errors=(NoPin,),
    preview=_preview,
)
async def remove_guardian_pin(tx: Tx, *, guardian: Ref[Guardian]) -> Done:
    """End the PIN that guards marks and fees on a guardian's phone.

    Use when a guardian forgot their PIN and the office is sure that it is they who ask.

    Shape:  a guardian -> no PIN on any of their numbers.
    Units:  one guardian.
    Errors: no_pin.
    Source: table contact_points.
    """
    await _check(tx, guardian)
    await phone_pins.remove(tx, guardian.id)
    return Done(message=f"{guardian.label} has no PIN any more. They set a new one by sending PIN and 4 digits.")
