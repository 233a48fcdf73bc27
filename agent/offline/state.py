"""The dialogue's memory between messages, kept with the conversation: last request, records in focus, open question."""

from dataclasses import dataclass, field
from typing import Any

from agent.offline.filled import Value


@dataclass
class Option:
    """One thing the person may pick."""

    label: str
    value: str
    tool: str | None = None


@dataclass
class Question:
    """What the planner asked: for an argument of a request, or which request was meant."""

    tool: str | None
    args: dict[str, Value]
    missing: str | None
    options: list[Option]
    said: str


@dataclass
class Focus:
    """What the conversation is about."""

    tool: str | None = None
    args: dict[str, Value] = field(default_factory=dict[str, Value])
    entities: dict[str, Value] = field(default_factory=dict[str, Value])
    listed: dict[str, list[Value]] = field(default_factory=dict[str, list[Value]])
    """Records of one kind that the last result listed, in its order: what "these three" means."""

    offered: list[str] = field(default_factory=list[str])
    """What the last result suggested to ask next: what "remind them" after it means."""

    question: Question | None = None
    queue: list[str] = field(default_factory=list[str])
    said: str = ""
    _before: dict[str, Value] = field(default_factory=dict[str, Value])

    def hints(self) -> set[str]:
        """Ids in focus, which settle what an ambiguous name means."""
        return {str(value.value) for value in self.entities.values()}

    def remember(self, tool: str, args: dict[str, Value], said: str) -> None:
        """A request was understood: it is what follow-ups are about."""
        self._before = dict(self.entities)
        self.tool, self.args, self.said, self.question = tool, dict(args), said, None
        for value in args.values():
            if not value.kind or not value.kind[0].isupper():
                continue
            if isinstance(value.value, str):
                self.entities[value.kind] = value
            elif isinstance(value.value, list) and len(value.value) == 1:
                self.entities[value.kind] = Value(value.value[0], value.label, value.kind)

    def concern(self, found: list[dict[str, str]]) -> None:
        """A result says which records it is about: later messages may leave them out."""
        by_kind: dict[str, list[Value]] = {}
        for one in found:
            by_kind.setdefault(one["kind"], []).append(Value(one["id"], one["label"], one["kind"]))
        for kind, values in by_kind.items():
            self.entities[kind], self.listed[kind] = values[0], values

    def forget_last(self) -> None:
        """The last request was refused: its records are not what the conversation is about."""
        self.entities = dict(self._before)

    def dump(self) -> dict[str, Any]:
        """As JSON, for the conversation's row."""
        asked = self.question
        question = asked and {
            "tool": asked.tool, "args": _dump(asked.args), "missing": asked.missing, "said": asked.said,
            "options": [{"label": o.label, "value": o.value, "tool": o.tool} for o in asked.options],
        }  # fmt: skip
        return {
            "tool": self.tool, "args": _dump(self.args), "entities": _dump(self.entities), "question": question,
            "listed": {kind: [_dumped(value) for value in values] for kind, values in self.listed.items()},
            "offered": self.offered, "queue": self.queue, "said": self.said,
        }  # fmt: skip

    @classmethod
    def load(cls, kept: dict[str, Any]) -> "Focus":
        """Back from JSON; an empty focus when there is none, or an old form of it."""
        try:
            asked = kept.get("question")
            question = asked and Question(
                asked["tool"],
                _load(asked["args"]),
                asked["missing"],
                [Option(**o) for o in asked["options"]],
                asked["said"],
            )
            listed = {kind: [_loaded(value) for value in values] for kind, values in kept.get("listed", {}).items()}
            return cls(
                kept.get("tool"), _load(kept.get("args", {})), _load(kept.get("entities", {})), listed,
                list(kept.get("offered", [])), question, list(kept.get("queue", [])), kept.get("said", ""),
            )  # fmt: skip
        except (KeyError, TypeError):
            return cls()


def _dump(values: dict[str, Value]) -> dict[str, Any]:
    return {name: _dumped(value) for name, value in values.items()}


def _load(kept: dict[str, Any]) -> dict[str, Value]:
    return {name: _loaded(value) for name, value in kept.items()}


def _dumped(value: Value) -> dict[str, Any]:
    return {"value": value.value, "label": value.label, "kind": value.kind}


def _loaded(kept: dict[str, Any]) -> Value:
    return Value(kept["value"], kept["label"], kept["kind"])
