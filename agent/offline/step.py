"""What the planner does next."""

from dataclasses import dataclass, field
from typing import Any

from agent.offline.filled import Value


@dataclass
class Step:
    """What the planner does next: a call, or words with things to pick from."""

    tool: str | None = None
    args: dict[str, Value] = field(default_factory=dict[str, Value])
    say: str = ""
    suggestions: list[str] = field(default_factory=list[str])
    replaces: bool = False

    def call_args(self) -> dict[str, Any]:
        return {name: value.value for name, value in self.args.items()}
