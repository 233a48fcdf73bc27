"""What a capability came to at a door, in one form for all doors."""

from dataclasses import dataclass
from typing import Any

from runtime.caller import Caller
from runtime.errors import SchoolOSError
from tools.declare import Effect, Tool
from tools.invoke import invoke, preview


@dataclass(frozen=True)
class Outcome:
    """`done` with the result's JSON, `previewed` with the preview's title, or `refused` with the sentence."""

    kind: str
    said: Any

    def same(self, other: "Outcome", loosely: bool) -> bool:
        """Equal; of a capability whose answer changes by itself only the kind is compared."""
        return self.kind == other.kind and (loosely or self.said == other.said)


async def inside(tool: Tool, caller: Caller, args: dict[str, Any]) -> Outcome:
    """The outcome of the one door itself, which every other is held against."""
    given = {name: args.get(field.alias or name) for name, field in tool.arguments.model_fields.items()}
    given = {name: value for name, value in given.items() if value is not None}
    try:
        if tool.effect is Effect.READ:
            return done((await invoke(tool, caller, given)).result.model_dump(mode="json", by_alias=True))
        return Outcome("previewed", (await preview(tool, caller, given))[0].title)
    except SchoolOSError as error:
        return Outcome("refused", error.message)


def done(result: Any) -> Outcome:
    return Outcome("done", result)
