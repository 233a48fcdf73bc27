"""Which model answers: the hosted ones of the settings in order, and always the offline planner last."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic_ai.exceptions import ModelAPIError, UnexpectedModelBehavior, UserError
from pydantic_ai.messages import ModelResponse
from pydantic_ai.models import Model, infer_model
from pydantic_ai.models.fallback import FallbackModel

from agent.deps import Deps
from agent.metered import Metered
from agent.offline.planner import OfflinePlanner
from agent.pseudonyms import HiddenNames
from runtime.settings import settings
from runtime.telemetry import log

if TYPE_CHECKING:  # the providers' clients take two seconds to import, and most installations ask neither
    from pydantic_ai.models.anthropic import AnthropicModelSettings
    from pydantic_ai.models.openai import OpenAIChatModelSettings

    class HostedSettings(AnthropicModelSettings, OpenAIChatModelSettings):
        """What every hosted request says; a provider reads its own keys and leaves the others."""


OFFLINE = "offline"
FELL_BACK = "The language model did not answer, so the built-in planner did."
_log = log("agent")


@dataclass(frozen=True)
class Chain:
    """The model of one run, and whether a hosted one is in it."""

    model: Model
    hosted: bool


def chain(deps: Deps) -> Chain:
    """The models for one turn. A name that cannot be set up (no key, unknown) is skipped and logged."""
    planner = OfflinePlanner(deps)
    hosted = metered_models(deps.given)
    if settings().hide_names:
        hosted = [HiddenNames(model, deps.caller) for model in hosted]
    if not hosted:
        return Chain(planner, hosted=False)
    return Chain(FallbackModel(*hosted, planner, fallback_on=(ModelAPIError, UnexpectedModelBehavior)), hosted=True)


def hosted_models() -> list[Model]:
    """The hosted models of the settings that can be set up, in order."""
    names = (name.strip() for name in settings().model.split(","))
    return [model for name in names if name not in {"", OFFLINE} and (model := _hosted(name)) is not None]


def metered_models(given: list[ModelResponse]) -> list[Model]:
    """The hosted models, each leaving what it gives in `given`."""
    return [Metered(model, given) for model in hosted_models()]


def forget() -> None:
    """Drop the clients made so far: when settings change, between tests."""
    _hosted.cache_clear()


def cut_off(response: ModelResponse) -> bool:
    """Whether a hosted model's answer ended without the provider saying why: the connection was lost on the way."""
    if response.model_name == OfflinePlanner.NAME:
        return False
    return response.finish_reason is None or not (response.provider_details or {}).get("finish_reason")


def run_settings() -> "HostedSettings":
    """Settings of every hosted request: bounded time, no retries before the next model, prompt caching on.

    Capabilities and earlier turns are the same from turn to turn, so providers that cache a prefix read them cheaply.
    """
    return {
        "timeout": settings().model_timeout_s, "max_retries": 0, "anthropic_cache_tool_definitions": True,
        "anthropic_cache_messages": True, "openai_prompt_cache_key": "schoolos",
    }  # fmt: skip


@lru_cache(maxsize=8)
def _hosted(name: str) -> Model | None:
    try:
        base = settings().model_base_url
        if base and name.startswith(("openai-chat:", "ollama:", "local:")):
            return _compatible(name.split(":", 1)[1], base)
        return infer_model(name)
    except (UserError, ValueError, ImportError) as error:
        _log.warning("model_skipped", model=name, reason=type(error).__name__)
        return None


def _compatible(name: str, base_url: str) -> Model:
    """A model behind an OpenAI-compatible server of the school's own."""
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    return OpenAIChatModel(name, provider=OpenAIProvider(base_url=base_url, api_key="local"))
