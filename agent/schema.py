"""The JSON schema of a capability's arguments as a language model reads it: what each name may be, in words."""

from functools import lru_cache
from typing import Any

from tools.declare import Tool
from tools.refs import RESOLVERS, kind_named


@lru_cache(maxsize=512)
def _schema(tool: Tool) -> dict[str, Any]:
    schema = tool.arguments.model_json_schema(by_alias=False)
    for name, field in tool.arguments.model_fields.items():
        kind = kind_named(field.annotation)
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
