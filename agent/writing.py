"""The hosted models as a writer for `knowledge/writing.py`: one request, in the order of the settings, no tools."""

from typing import TypeVar, cast

from pydantic import BaseModel
from pydantic_ai import Agent
from pydantic_ai.exceptions import AgentRunError, ModelAPIError, UnexpectedModelBehavior
from pydantic_ai.messages import ModelResponse
from pydantic_ai.models.fallback import FallbackModel
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import UsageLimits

from agent import allowance, models
from agent.pseudonyms import HiddenNames
from knowledge import writing
from runtime.caller import Caller
from runtime.settings import settings
from runtime.telemetry import log
from school.model_uses import Purpose

TOKENS = 8000
_log = log("agent")
Output = TypeVar("Output")
Shape = TypeVar("Shape", bound=BaseModel)


def install() -> None:
    """Have answers, narratives and question papers written by the hosted models wherever one is set up."""
    writing.use(written, filled)


async def written(caller: Caller, instructions: str, material: str) -> str | None:
    """The model's text, whole; None when there is no model, its allowance is used up, or it fails or is cut off."""
    return await _asked(caller, instructions, material, str)


async def filled(caller: Caller, instructions: str, material: str, shape: type[Shape]) -> Shape | None:
    """The shape as the model filled it in; None as for `written`, and when what it gave has another shape."""
    return await _asked(caller, instructions, material, shape)


async def _asked(caller: Caller, instructions: str, material: str, output: type[Output]) -> Output | None:
    given: list[ModelResponse] = []
    hosted = models.metered_models(given)
    if not hosted or not await allowance.left(caller):
        return None
    if settings().hide_names:
        hosted = [HiddenNames(model, caller) for model in hosted]
    model = FallbackModel(*hosted, fallback_on=(ModelAPIError, UnexpectedModelBehavior))
    writer = Agent(model, output_type=output, instructions=instructions, retries=0)
    asked_with = cast(ModelSettings, models.run_settings())
    bounded = UsageLimits(request_limit=1, total_tokens_limit=TOKENS)
    try:
        async with writer.run_stream(material, model_settings=asked_with, usage_limits=bounded) as run:
            given_back = await run.get_output()
            return None if models.cut_off(run.response) else given_back
    except (AgentRunError, ExceptionGroup) as error:
        _log.warning("writing_failed", error=type(error).__name__)
        return None
    finally:
        await allowance.spend(caller, Purpose.WRITING, given)
