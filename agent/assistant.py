"""The agent: one definition, run with whichever model the settings name."""

from functools import lru_cache

from pydantic_ai import Agent, DeferredToolRequests, RunContext

from agent.deps import Deps
from agent.instructions import instructions
from agent.toolset import RETRIES, SchoolToolset

Assistant = Agent[Deps, str | DeferredToolRequests]


@lru_cache(maxsize=1)
def assistant() -> Assistant:
    """The school's agent. Its model is given per run (`agent.models.chain`)."""
    made = Agent(
        deps_type=Deps,
        toolsets=[SchoolToolset()],
        output_type=[str, DeferredToolRequests],
        name="schoolos",
        retries={"tools": RETRIES, "output": 1},
    )

    @made.instructions
    def told(ctx: RunContext[Deps]) -> str:
        return instructions(ctx.deps)

    return made


__all__ = ["Assistant", "assistant"]
