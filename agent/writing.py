"""The hosted models as a writer for `knowledge/writing.py`: one request, in the order of the settings, no tools."""

from typing import cast

from pydantic_ai import Agent
from pydantic_ai.exceptions import ModelAPIError, UnexpectedModelBehavior
from pydantic_ai.models.fallback import FallbackModel
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import UsageLimits

from agent import allowance, models
from agent.pseudonyms import HiddenNames
from knowledge import writing
from runtime.caller import Caller
from runtime.settings import settings
from runtime.telemetry import log

TOKENS = 8000
_log = log("agent")


def install() -> None:
    """Have answers and narratives written by the hosted models wherever one is set up."""
    writing.use(written)


async def written(caller: Caller, instructions: str, material: str) -> str | None:
    """The model's text, whole; None when there is no model, its allowance is used up, or it fails or is cut off."""
    hosted = models.hosted_models()
    if not hosted or not await allowance.left(caller):
        return None
    if settings().hide_names:
        hosted = [HiddenNames(model, caller) for model in hosted]
    model = FallbackModel(*hosted, fallback_on=(ModelAPIError, UnexpectedModelBehavior))
    writer = Agent(model, instructions=instructions)
    given = cast(ModelSettings, models.run_settings())
    bounded = UsageLimits(request_limit=1, total_tokens_limit=TOKENS)
    try:
        async with writer.run_stream(material, model_settings=given, usage_limits=bounded) as run:
            text = await run.get_output()
            if models.cut_off(run.response):
                return None
            return text
    except (ModelAPIError, UnexpectedModelBehavior, ExceptionGroup) as error:
        _log.warning("writing_failed", error=type(error).__name__)
        return None
