"""Documents generated from the code: `python -m cli.docs` writes them, `--check` fails when one is out of date."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from cli import file_formats
from runtime.errors import SchoolOSError
from runtime.events import EVENTS, Event
from runtime.settings import Settings

DOCS = Path(__file__).parent.parent / "docs"
NOTE = "<!-- Written by `make docs` from the code; change that, not this. -->\n\n"


def settings_page() -> str:
    """Every setting with its variable, default and meaning."""
    lines = ["| variable | default | meaning |", "| --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        lines.append(f"| `{_variable(name, field)}` | {_default(field)} | {field.description} |")
    intro = (
        "# Settings\n\nRead once per process from the environment; a wrong value stops the program with its name."
        " Providers' own variables (`ANTHROPIC_API_KEY`, `OPENAI_API_KEY`, …) are read by their libraries.\n\n"
    )
    return NOTE + intro + "\n".join(lines) + "\n"


def capabilities_page() -> str:
    """Every capability: what it does, who may, how it is called and said, its arguments and errors."""
    from tools import load_all

    tools = sorted((tool for tool in load_all().values() if not tool.internal), key=lambda tool: (tool.tags, tool.name))
    parts = [
        f"{NOTE}# Capabilities\n",
        f"{len(tools)} capabilities, each reachable from chat, REST, MCP, the command line and the channels, for callers"
        " with its permission. READ changes nothing; WRITE is previewed, approved and can be undone; SEND is previewed and"
        " approved, and reaches people.\n",
    ]
    noun = ""
    for tool in tools:
        if tool.tags[0] != noun:
            noun = tool.tags[0]
            parts.append(f"## {noun.replace('_', ' ').capitalize()}\n")
        schema = tool.arguments.model_json_schema()
        says = "; ".join(f"“{each}”" for each in tool.says)
        errors = ", ".join(f"`{error.code}`" for error in tool.errors)
        parts.append(f"### {tool.name}\n\n{tool.doc}\n")
        parts.append(
            f"`{tool.rest}` · {tool.effect.value.upper()} · permission `{tool.permission}`"
            + (f"  \nSay: {says}" if says else "")
            + (f"  \nErrors of its own: {errors}" if errors else "")
            + "\n"
        )
        if rows := _arguments(schema):
            parts.append("\n".join(["| argument | type | |", "| --- | --- | --- |", *rows]) + "\n")
    return "\n".join(parts)


ENVELOPE = """## Envelope

Every entry of the stream has these fields, all text.

| field | |
| --- | --- |
| `id` | the event's id (UUID v7); a repeat has the same one |
| `school` | the school it happened in |
| `name` | its name, as in the headings below |
| `version` | the version of its payload; it grows when a field changes its meaning or goes, not when one is added |
| `payload` | a JSON object with the fields below |
| `trace` | a JSON object with the W3C trace context (`traceparent`, `tracestate`) of what caused it; consumers go on in that trace |
| `at` | when it was written, ISO 8601 |
"""


def events_page() -> str:
    """Every domain event and its payload."""
    from tools import load_all

    load_all()
    parts = [
        f"{NOTE}# Events\n",
        "Written to the outbox in the transaction that caused them, passed on at least once to the Redis stream `events`;"
        " a subscriber is idempotent on the event's id. Payloads are JSON objects.\n",
        ENVELOPE,
    ]
    for name in sorted(EVENTS):
        event = EVENTS[name]
        schema = event.model_json_schema(by_alias=True)
        parts.append(f"## {name}\n\n{_first_sentence(event)} Version {event.version}.{_subscribed(event)}\n")
        if rows := _arguments(schema):
            parts.append("\n".join(["| field | type | |", "| --- | --- | --- |", *rows]) + "\n")
    return "\n".join(parts)


def _subscribed(event: type[Event]) -> str:
    return " Programs outside may subscribe to it by [webhook](webhooks.md)." if event.public else ""


def errors_page() -> str:
    """Every error code with its status and meaning."""
    from api.app import app
    from tools import load_all

    load_all()
    assert app is not None
    known = {error.code: error for error in _subclasses(SchoolOSError)}
    lines = ["| code | status | meaning |", "| --- | --- | --- |"]
    for code in sorted(known):
        lines.append(f'| <a id="{code}"></a>`{code}` | {known[code].status} | {_first_sentence(known[code])} |')
    intro = (
        "# Errors\n\nAt every door an error is a stable code, a sentence that says what to do, and facts. Over REST it is"
        " an RFC 9457 problem document (`application/problem+json`).\n\n"
    )
    return NOTE + intro + "\n".join(lines) + "\n"


def openapi_page() -> str:
    """The OpenAPI document of the REST interface."""
    from api.app import app

    return json.dumps(app.openapi(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "capabilities.md": capabilities_page,
    "events.md": events_page,
    "errors.md": errors_page,
    "openapi.json": openapi_page,
    "files.md": lambda: NOTE + file_formats.page(),
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check compare them; 1 when one differs."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write("usage: python -m cli.docs [--check]\n")
        return 2
    stale: list[str] = []
    for name, page in PAGES.items():
        path, text = DOCS / name, page()
        if path.exists() and path.read_text() == text:
            continue
        stale.append(f"docs/{name}")
        if not arguments:
            DOCS.mkdir(exist_ok=True)
            path.write_text(text)
    if arguments and stale:
        sys.stderr.write(f"Out of date: {', '.join(stale)}. Run `make docs` and commit what it changes.\n")
        return 1
    for name in stale:
        sys.stdout.write(f"wrote {name}\n")
    return 0


def _variable(name: str, field: FieldInfo) -> str:
    if isinstance(field.validation_alias, str):
        return field.validation_alias
    return f"{Settings.model_config.get('env_prefix', '')}{name.upper()}"


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is None or value == "":
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _arguments(schema: dict[str, Any]) -> list[str]:
    required = set(schema.get("required", ()))
    rows: list[str] = []
    for name, each in schema.get("properties", {}).items():
        optional = "" if name in required else " (optional)"
        rows.append(
            f"| `{name}` | {_type(each, schema)}{optional} | {each.get('description', '')} |".replace("\n", " ")
        )
    return rows


def _type(schema: dict[str, Any], root: dict[str, Any]) -> str:
    """A JSON schema in a few words."""
    if "$ref" in schema:
        return _type(root.get("$defs", {}).get(schema["$ref"].split("/")[-1], {}), root)
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return " or ".join(dict.fromkeys(_type(each, root) for each in options if each.get("type") != "null"))
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}), root)}"
    return str(schema.get("format") or schema.get("title" if schema.get("type") == "object" else "type") or "any")


def _subclasses(of: type[SchoolOSError]) -> list[type[SchoolOSError]]:
    found: list[type[SchoolOSError]] = []
    for each in of.__subclasses__():
        if not each.__module__.startswith("tests"):
            found += [each, *_subclasses(each)]
    return found


def _first_sentence(of: type[BaseModel] | type[SchoolOSError]) -> str:
    doc = (of.__doc__ or "").strip().splitlines()
    return doc[0] if doc else of.__name__


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
