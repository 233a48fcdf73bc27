"""Declare a capability: one typed function, one declaration, and every door is a projection of it."""

import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model
from pydantic.alias_generators import to_camel

from runtime.errors import SchoolOSError
from school.permissions import Permission
from tools.results import Preview, Result

RunFunction = Callable[..., Awaitable[Result]]
PreviewFunction = Callable[..., Awaitable[Preview]]


class Effect(StrEnum):
    """READ changes nothing. WRITE changes records and can be undone. SEND reaches people or is final."""

    READ = "read"
    WRITE = "write"
    SEND = "send"


class Arguments(BaseModel):
    """The arguments of one capability, in snake_case here and camelCase in JSON."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)


@dataclass(frozen=True)
class Tool:
    """One capability and its declaration."""

    name: str
    run: RunFunction
    permission: Permission
    effect: Effect
    rest: str
    says: tuple[str, ...]
    errors: tuple[type[SchoolOSError], ...]
    preview: PreviewFunction | None
    arguments: type[Arguments]
    returns: type[Result]
    internal: bool = False
    second_person: bool = False
    module: str = ""
    tags: tuple[str, ...] = field(default=())

    @cached_property
    def doc(self) -> str:
        return inspect.getdoc(self.run) or ""

    @property
    def summary(self) -> str:
        return self.doc.splitlines()[0] if self.doc else self.name

    @property
    def title(self) -> str:
        return self.name.replace("_", " ").capitalize()

    @property
    def method(self) -> str:
        return self.rest.split()[0]

    @property
    def path(self) -> str:
        return self.rest.split()[1]

    @property
    def path_arguments(self) -> tuple[str, ...]:
        return tuple(re.findall(r"{(\w+)}", self.path))


_TOOLS: dict[str, Tool] = {}
TOOLS = MappingProxyType(_TOOLS)
"""Every declared capability by name."""


def tool(
    *,
    permission: Permission,
    effect: Effect,
    rest: str,
    says: tuple[str, ...] = (),
    errors: tuple[type[SchoolOSError], ...] = (),
    preview: PreviewFunction | None = None,
    internal: bool = False,
    second_person: bool = False,
) -> Callable[[RunFunction], RunFunction]:
    """Declare the decorated function a capability. It takes a Tx and keyword arguments, and returns a Result.

    `internal` capabilities run only as the inverse of another: no door offers them.
    """

    def declare(function: RunFunction) -> RunFunction:
        name = function.__name__
        if name in _TOOLS and _TOOLS[name].module != function.__module__:
            raise ValueError(f"{name} is declared twice: {_TOOLS[name].module} and {function.__module__}")
        if (effect is Effect.READ) != (preview is None) and not internal:
            raise ValueError(f"{name}: every effect but READ has a preview, and only they")
        hints = get_type_hints(function, include_extras=True)
        _TOOLS[name] = Tool(
            name=name, run=function, permission=permission, effect=effect, rest=rest, says=says, errors=errors,
            preview=preview, arguments=_arguments(function, hints), returns=hints["return"], internal=internal,
            second_person=second_person, module=function.__module__, tags=(function.__module__.split(".")[-1],),
        )  # fmt: skip
        return function

    return declare


def _arguments(function: RunFunction, hints: dict[str, Any]) -> type[Arguments]:
    fields: dict[str, Any] = {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            continue
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        fields[parameter.name] = (hints[parameter.name], default)
    name = "".join(part.capitalize() for part in function.__name__.split("_")) + "Arguments"
    return create_model(name, __base__=Arguments, __module__=function.__module__, **fields)


def load_all() -> MappingProxyType[str, Tool]:
    """Import every module of this package, so that all declarations are made, and return the registry."""
    import tools

    for module in pkgutil.iter_modules(tools.__path__):
        importlib.import_module(f"tools.{module.name}")
    return TOOLS


@dataclass(frozen=True)
class Said:
    """The words people use for an argument, where its name is not what they say: `Annotated[bool, Said("all", "rest")]`."""

    words: tuple[str, ...]

    def __init__(self, *words: str) -> None:
        object.__setattr__(self, "words", words)


def said_for(name: str, metadata: list[Any]) -> tuple[str, ...]:
    """The words that stand for an argument: those declared with it, or those of its name."""
    declared = next((one.words for one in metadata if isinstance(one, Said)), None)
    return declared or tuple(name.split("_"))


def unwrap(annotation: Any) -> Any:
    """The annotation without Annotated and without `| None`."""
    while typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    options = [option for option in typing.get_args(annotation) if option is not type(None)]
    if len(options) == 1 and type(None) in typing.get_args(annotation):
        return unwrap(options[0])
    return annotation
