"""Whether a hosted model may be asked now, and what asking it took."""

from collections.abc import Iterable
from decimal import Decimal

from pydantic_ai.messages import ModelMessage, ModelResponse

from agent.offline.planner import OfflinePlanner
from runtime.caller import Caller
from runtime.transaction import transaction
from school import model_uses
from school.model_uses import Purpose

USED_UP = "The allowance for language models is used up, so the built-in planner answered."


async def left(caller: Caller) -> bool:
    """Whether this caller may use a hosted model now."""
    async with transaction(caller, read_only=True) as tx:
        return (await model_uses.used(tx)).within(await model_uses.allowance(tx))


async def spend(caller: Caller, purpose: Purpose, messages: Iterable[ModelMessage]) -> None:
    """Keep what hosted models took to give these messages; the planner takes nothing."""
    given = [
        one for one in messages
        if isinstance(one, ModelResponse) and one.model_name != OfflinePlanner.NAME and one.usage.total_tokens
    ]  # fmt: skip
    if not given:
        return
    async with transaction(caller) as tx:
        for model in sorted({one.model_name or "unknown" for one in given}):
            of_it = [one for one in given if (one.model_name or "unknown") == model]
            tokens = sum(one.usage.input_tokens for one in of_it), sum(one.usage.output_tokens for one in of_it)
            await model_uses.record(tx, purpose, model, tokens, _dollars(of_it))


def _dollars(given: list[ModelResponse]) -> Decimal | None:
    try:
        return sum((one.cost().total_price for one in given), Decimal(0))
    except (LookupError, AssertionError):  # a model of the school's own: nobody lists its price
        return None
