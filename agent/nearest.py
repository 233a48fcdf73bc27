"""When there are many capabilities, a hosted model sees the nearest to what was said at once and finds the others by search."""

from collections.abc import Sequence

from pydantic_ai import RunContext
from pydantic_ai.tools import ToolDefinition

from agent.deps import Deps
from agent.offline.dialogue import Dialogue
from agent.offline.planner import OfflinePlanner

MANY = 40
SEEN = 24
FOUND = 8


async def held_back(ctx: RunContext[Deps], names: Sequence[str]) -> frozenset[str]:
    """The capabilities a model does not see until it searches for them: none for the planner, none when there are few."""
    if len(names) <= MANY or isinstance(ctx.model, OfflinePlanner):
        return frozenset()
    if ctx.deps.near is None:
        dialogue = await Dialogue.open(ctx.deps)
        ctx.deps.near = frozenset(dialogue.nearest(ctx.deps.said, SEEN))
    return frozenset(names) - ctx.deps.near


async def search(ctx: RunContext[Deps], queries: Sequence[str], tools: Sequence[ToolDefinition]) -> list[str]:
    """The capabilities nearest to a model's search words, as the planner ranks them for a person's."""
    dialogue = await Dialogue.open(ctx.deps)
    offered = {tool.name for tool in tools}
    found = [name for query in queries for name in dialogue.nearest(query, 4 * FOUND) if name in offered]
    return list(dict.fromkeys(found))[:FOUND]
