"""The registry as the agent sees it: this caller's capabilities, offered anew at every step, run through the one door."""

from functools import lru_cache
from time import perf_counter
from typing import Any

from pydantic_ai import ApprovalRequired, ModelRetry, RunContext, ToolFailed, ToolReturn
from pydantic_ai.tools import ToolDefinition
from pydantic_ai.toolsets import AbstractToolset, ToolsetTool
from pydantic_core import SchemaValidator, core_schema

from agent.deps import Call, Deps
from agent.framing import data_for_model
from agent.nearest import held_back
from agent.offline.planner import OfflinePlanner
from agent.pending import replace_pending
from agent.schema import arguments_schema
from knowledge.scope import keeping
from knowledge.writing import by_the_assistant
from runtime.errors import InvalidInput, SchoolOSError
from tools import approve
from tools.declare import Effect, Tool
from tools.invoke import invoke, named, offered, shown

_ANY_OBJECT = SchemaValidator(core_schema.dict_schema(core_schema.str_schema(), core_schema.any_schema()))
RETRIES = 2


def _definition(tool: Tool, later: bool = False) -> ToolDefinition:
    return ToolDefinition(
        name=tool.name,
        description=tool.doc,
        parameters_json_schema=arguments_schema(tool),
        sequential=tool.effect is not Effect.READ,
        defer_loading=later,
        metadata={"effect": tool.effect.value, "permission": str(tool.permission)},
    )


_for_planner = lru_cache(maxsize=1024)(_definition)
"""Made once: the planner sends them to no provider, which might change them."""


class SchoolToolset(AbstractToolset[Deps]):
    """Every capability the caller may use. READ runs; WRITE and SEND stop at their preview for a person."""

    @property
    def id(self) -> str:
        return "school"

    async def get_tools(self, ctx: RunContext[Deps]) -> dict[str, ToolsetTool[Deps]]:
        tools = offered(ctx.deps.caller)
        if isinstance(ctx.model, OfflinePlanner):
            return {tool.name: self._tool(_for_planner(tool)) for tool in tools}
        later = await held_back(ctx, [tool.name for tool in tools])
        return {tool.name: self._tool(_definition(tool, tool.name in later)) for tool in tools}

    def _tool(self, definition: ToolDefinition) -> ToolsetTool[Deps]:
        return ToolsetTool(toolset=self, tool_def=definition, max_retries=RETRIES, args_validator=_ANY_OBJECT)

    async def call_tool(
        self, name: str, tool_args: dict[str, Any], ctx: RunContext[Deps], tool: ToolsetTool[Deps]
    ) -> Any:
        deps = ctx.deps
        call_id = ctx.tool_call_id or f"call-{len(deps.calls) + 1}"
        call = deps.calls[call_id] = Call(tool=name, arguments=tool_args)
        started = perf_counter()
        try:
            return await self._run(named(name), tool_args, deps, call_id, call)
        except InvalidInput as error:
            call.error = error
            raise ModelRetry(error.message) from error
        except SchoolOSError as error:
            call.error = error
            raise ToolFailed(error.message) from error
        finally:
            call.ms = round((perf_counter() - started) * 1000, 1)

    async def _run(self, tool: Tool, args: dict[str, Any], deps: Deps, call_id: str, call: Call) -> ToolReturn[Any]:
        given = {name: value for name, value in args.items() if value is not None}
        if tool.effect is Effect.READ:
            with by_the_assistant(), keeping(deps.searches):
                outcome = await invoke(tool, deps.caller, given, conversation_id=deps.conversation_id)
            call.shown = shown(outcome.result)
            return ToolReturn(return_value=data_for_model(tool.name, call.shown), metadata={"shown": call.shown})
        if deps.replaces:
            await replace_pending(deps, tool.name)
        card = await approve.propose(
            tool, deps.caller, given,
            conversation_id=deps.conversation_id, turn_id=deps.turn_id, tool_call_id=call_id,
        )  # fmt: skip
        call.approval = card.model_dump(mode="json", by_alias=True)
        raise ApprovalRequired(metadata={"approval_id": str(card.id), "card": call.approval})
