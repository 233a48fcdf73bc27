"""Examples of the OpenAPI document: what a request sends, made from its declaration, and each error as it comes back."""

from collections.abc import Iterator
from inspect import getdoc
from typing import Any

from api.problems import MEDIA_TYPE
from runtime.errors import SchoolOSError
from tools.declare import Effect, Tool
from tools.refs import kind_named

NAMED = {
    "ClassArm": "JSS 2 Ruby", "Term": "this term", "Subject": "Mathematics", "Student": "Ada Okafor", "Level": "JSS 2",
    "Timetable": "Second draft", "Staff": "Mrs Bello", "Document": "Handbook", "Guardian": "Mr Okafor",
    "AcademicSession": "2026/2027", "WebhookEndpoint": "https://example.com/hooks", "CurriculumItem": "Photosynthesis",
    "StoredFile": "01a2195e-7c00-7000-8000-000000000000",
}  # fmt: skip
"""How a person names a record of each kind."""
WORDS = {
    "url": "https://example.com/hooks", "text": "School opens again on Monday at 8.", "question": "When does the term end?",
    "fee": "Tuition", "feeType": "Tuition", "component": "Examination", "subject": "The trip to the museum", "topic": "Fractions",
    "reason": "A mark was entered twice.", "note": "Spoken with the family.", "name": "Evening", "amount": "45000.00", "points": "17.5",
    "capabilities": ["send_notice"], "events": ["scores.published"], "grade": "A", "title": "Handbook for parents",
    "slot2": {"day": 2, "period": 3}, "version": 1,
}  # fmt: skip
FORMATS = {
    "date": "2026-12-01", "uuid": "01a2195e-7c00-7000-8000-000000000000", "time": "08:00:00", "date-time": "2026-12-01T08:00:00Z",
}  # fmt: skip


def example(tool: Tool) -> dict[str, Any] | None:
    """A body that fits: what is required, or the first thing there is; None when nothing is sent."""
    schema = tool.arguments.model_json_schema(by_alias=True)
    in_path = {_alias(tool, name) for name in tool.path_arguments}
    names = [name for name in schema.get("properties", {}) if name not in in_path]
    wanted = [name for name in names if name in schema.get("required", ())]
    wanted = wanted or sorted(names, key=lambda name: name not in WORDS)[:1]
    kinds = {
        _alias(tool, name): kind
        for name, info in tool.arguments.model_fields.items()
        if (kind := kind_named(info.annotation))
    }
    made = {name: _value(name, schema["properties"][name], schema, kinds.get(name)) for name in wanted}
    return made or None


def _alias(tool: Tool, name: str) -> str:
    return tool.arguments.model_fields[name].alias or name


def _value(name: str, schema: dict[str, Any], root: dict[str, Any], kind: str | None = None) -> Any:
    if kind is None and name in WORDS and "enum" not in schema:
        return WORDS[name]
    if "$ref" in schema:
        return _value(name, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, kind)
    if "anyOf" in schema:
        return _value(name, next(one for one in schema["anyOf"] if one.get("type") != "null"), root, kind)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    match schema.get("type"):
        case "array":
            return [_value(name.removesuffix("s"), schema["items"], root, kind)]
        case "object":
            made = {one: _value(one, schema["properties"][one], root) for one in schema.get("required", ())}
            return made or {"Punctuality": _value(name, schema.get("additionalProperties") or {}, root)}
        case "integer" | "number":
            return schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
        case "boolean":
            return True
        case _:
            return NAMED.get(kind or "") or FORMATS.get(schema.get("format", "")) or "Autumn fair"


def add_examples(document: dict[str, Any], tools: dict[str, Tool]) -> None:
    """Put an example on every body of a capability, and one of each error on every answer that names its code."""
    errors = {error.code: error for error in _errors(SchoolOSError)}
    named: set[str] = set()
    for operations in document["paths"].values():
        for operation in operations.values():
            tool = tools.get(operation.get("operationId", ""))
            sent = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if tool and tool.effect is not Effect.READ and sent is not None and (body := example(tool)):
                sent["example"] = body
            for answer in operation["responses"].values():
                codes = [code for code in answer["description"].split(", ") if code in errors]
                named.update(codes)
                if codes:
                    shown = {code: {"$ref": f"#/components/examples/{code}"} for code in codes}
                    answer["content"] = {MEDIA_TYPE: {**answer["content"][MEDIA_TYPE], "examples": shown}}
    document["components"]["examples"] = {code: _problem(errors[code]) for code in sorted(named)}


def _errors(parent: type[SchoolOSError]) -> Iterator[type[SchoolOSError]]:
    for child in parent.__subclasses__():
        yield from _errors(child)
        yield child


def _problem(error: type[SchoolOSError]) -> dict[str, Any]:
    said = (getdoc(error) or "").splitlines()[0]
    value = {
        "type": f"/docs/errors#{error.code}", "title": error.code.replace("_", " ").capitalize(), "status": error.status,
        "detail": said, "code": error.code, "requestId": "5f0c2c9e8f0b4a52b1f0f6f6b3a0c0de",
    }  # fmt: skip
    return {"summary": said, "value": value}
