"""The smallest arguments that fit a capability's schema: for tests of refusals, which come before any lookup."""

from typing import Any

from tools.declare import Tool


def smallest(tool: Tool) -> dict[str, Any]:
    """Required arguments only, by their camelCase names, and those of the path: REST needs them."""
    schema = tool.arguments.model_json_schema(by_alias=True)
    in_path = [tool.arguments.model_fields[name].alias or name for name in tool.path_arguments]
    wanted = dict.fromkeys([*schema.get("required", []), *in_path])
    return {name: _value(schema["properties"][name], schema) for name in wanted}


def _value(schema: dict[str, Any], root: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _value(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
    if "anyOf" in schema:
        return _value(schema["anyOf"][0], root)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    match schema.get("type"):
        case "string":
            formats = {"date": "2026-01-15", "uuid": "0190a5c0-0000-7000-8000-000000000000", "time": "08:00:00",
                       "date-time": "2026-01-15T08:00:00Z"}  # fmt: skip
            return formats.get(schema.get("format", ""), "x" * max(3, schema.get("minLength", 0)))
        case "integer" | "number":
            return schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
        case "boolean":
            return True
        case "array":
            return [_value(schema["items"], root) for _ in range(schema.get("minItems", 0))]
        case "object":
            needed = {name: schema["properties"][name] for name in schema.get("required", [])}
            free = schema.get("additionalProperties")
            if isinstance(free, dict) and len(needed) < schema.get("minProperties", 0):
                needed["example"] = free
            return {name: _value(one, root) for name, one in needed.items()}
        case _:
            return "x"
