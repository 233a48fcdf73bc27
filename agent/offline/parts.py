"""Classes of a level the conversation is about: "the second one" or "topaz" after an answer about SS 2."""

import re
from collections.abc import Iterator

from agent.offline.filled import Value
from agent.offline.lexicon import plain
from agent.offline.mentions import Index
from agent.offline.slots import is_list
from agent.offline.understanding import Understanding
from tools.declare import Tool
from tools.naming import Candidate
from tools.refs import kind_named

ORDINAL = {
    "first": 0, "1": 0, "one": 0, "second": 1, "2": 1, "two": 1, "third": 2, "3": 2, "three": 2, "fourth": 3, "4": 3,
    "four": 3, "fifth": 4, "5": 4, "five": 4, "6": 5, "sixth": 5, "7": 6, "8": 7, "last": -1,
}  # fmt: skip
_ONE_OF_THEM = re.compile(
    r"^(?:and |only |just |for |in |what about |how about )*(?:the )?(first|second|third|fourth|fifth|sixth|last)"
    r"(?: (?:one|class|arm|of them))?(?: only| please)*$"
)


def arms_of(levels: set[str], index: Index) -> list[Candidate]:
    """The classes of levels, in their order."""
    names = index.get("ClassArm")
    return [arm for arm in names.candidates if arm.context & levels] if names else []


def levels_in(args: dict[str, Value]) -> set[str]:
    """The levels a request was about."""
    return {one for value in args.values() if value.kind == "Level" for one in _ids(value)}


def meant(said: Understanding, args: dict[str, Value], index: Index, bare: bool) -> Candidate | None:
    """The one class of the last request's level that a message picks, by its place or, when it is bare, by its name."""
    arms = arms_of(levels_in(args), index)
    picked = _ONE_OF_THEM.match(plain(said.text))
    if arms and picked and abs(ORDINAL[picked[1]]) < len(arms):
        return arms[ORDINAL[picked[1]]]
    named = {c.id for mention in said.of_kind("ClassArm") for c in mention.found["ClassArm"]} if bare else set[str]()
    fitting = [arm for arm in arms if arm.id in named]
    return fitting[0] if len(fitting) == 1 else None


def takes_class(tool: Tool, arm: Candidate) -> dict[str, Value]:
    """The class as the capability's argument; empty when it takes none."""
    for name, entry in tool.arguments.model_fields.items():
        if kind_named(entry.annotation) == "ClassArm":
            return {name: Value([arm.id] if is_list(entry.annotation) else arm.id, arm.label, "ClassArm")}
    return {}


def _ids(value: Value) -> Iterator[str]:
    yield from map(str, value.value if isinstance(value.value, list) else [value.value])
