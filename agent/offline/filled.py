"""Arguments as the planner has them: what was found, what is missing, what is unclear."""

from dataclasses import dataclass, field
from typing import Any

from tools.naming import Candidate


@dataclass
class Value:
    """One argument as the planner has it: what is passed on, and how people call it."""

    value: Any
    label: str
    kind: str = ""


@dataclass
class Filled:
    """The arguments found, those missing, and a choice to put when a name fits several records."""

    args: dict[str, Value] = field(default_factory=dict[str, Value])
    missing: list[str] = field(default_factory=list[str])
    unclear: tuple[str, str, list[Candidate]] | None = None

    def plain_args(self) -> dict[str, Any]:
        return {name: value.value for name, value in self.args.items()}
