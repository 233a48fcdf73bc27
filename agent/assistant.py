"""The agent: one definition, run with whichever model the settings name."""

from functools import lru_cache

from pydantic_ai import Agent, DeferredToolRequests, ModelRetry, RunContext
from pydantic_ai.capabilities import ToolSearch

from agent.deps import Deps
from agent.grounding import Evidence, rendering, unsupported
from agent.instructions import instructions
from agent.nearest import search
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
        capabilities=[ToolSearch(strategy=search)],
    )

    @made.instructions
    def told(ctx: RunContext[Deps]) -> str:
        return instructions(ctx.deps)

    @made.output_validator
    def grounded(ctx: RunContext[Deps], output: str | DeferredToolRequests) -> str | DeferredToolRequests:
        """An unsupported figure or name is sent back once; the second time the results' own words are the answer."""
        deps = ctx.deps
        if deps.by_planner or not isinstance(output, str):
            return output
        wrong = unsupported(output, Evidence(deps, deps.earlier))
        if not wrong:
            return output
        first = not deps.ungrounded
        deps.ungrounded += wrong
        if first:
            raise ModelRetry(
                f"No tool result of this conversation has {', '.join(wrong[:6])}. Say only what results say."
            )
        deps.replacement = rendering(deps)
        return deps.replacement

    return made


__all__ = ["Assistant", "assistant"]
