"""The JSON schema of a capability's arguments as a language model reads it: what each name may be, in words."""

import types
import typing
from functools import lru_cache
from typing import Any

from tools.declare import Tool, unwrap
from tools.refs import RESOLVERS, Ref


@lru_cache(maxsize=512)
def _schema(tool: Tool) -> dict[str, Any]:
    schema = tool.arguments.model_json_schema(by_alias=False)
    for name, field in tool.arguments.model_fields.items():
        kind = ref_kind(field.annotation)
        if kind is None:
            continue
        resolver = RESOLVERS.get(kind)
        noun = resolver.noun if resolver else kind
        said = f"The {noun}, the way the person named it: a name, a code or an id."
        entry = schema["properties"][name]
        entry["description"] = f"{entry['description']} {said}" if entry.get("description") else said
    schema.pop("title", None)
    return schema


def arguments_schema(tool: Tool) -> dict[str, Any]:
    """A copy of the schema, which a provider's client may change."""
    return dict(_schema(tool))


def ref_kind(annotation: Any) -> str | None:
    """The kind of record an annotation names, also inside `| None` and `list[...]`; None when it names none."""
    plain = unwrap(annotation)
    origin = typing.get_origin(plain)
    if origin is Ref:
        return typing.get_args(plain)[0].__name__
    if origin in {list, tuple, set, frozenset, typing.Union, types.UnionType}:
        kinds = [kind for part in typing.get_args(plain) if (kind := ref_kind(part))]
        return kinds[0] if kinds else None
    return None
