"""`schoolos call <capability>`: every capability as a command with typed options, made from its declaration."""

import json
import sys
from collections.abc import Mapping
from typing import Any

import click
import typer
from rich.markdown import Markdown

from cli.identity import acting
from cli.running import run
from cli.screen import out
from runtime.errors import NeedsApproval
from tools import Effect, Tool, load_all
from tools.invoke import invoke, offered, preview
from tools.refs import kind_named
from tools.results import Preview, Result

SCALARS: dict[str, click.ParamType[Any, Any]] = {"integer": click.INT, "number": click.FLOAT, "boolean": click.BOOL}


def add_to(app: typer.Typer) -> None:
    app.command(
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
        help="Run one capability: `schoolos call --help` lists them, `schoolos call NAME --help` shows its options.",
    )(call)


def call(context: typer.Context) -> None:
    Capabilities(name="call", help="Every capability of this installation.", no_args_is_help=True).main(
        args=context.args, prog_name="schoolos call", standalone_mode=True
    )


class Capabilities(click.Group):
    """The registry as a group of commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(name for name, tool in load_all().items() if not tool.internal)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        tool = load_all().get(cmd_name.replace("-", "_"))
        return None if tool is None or tool.internal else command(tool)


def command(tool: Tool) -> click.Command:
    """The command of one capability: an option per argument, then those every capability has."""
    schema = tool.arguments.model_json_schema(by_alias=False)
    required = set(schema.get("required", ()))
    options: list[click.Parameter] = [
        _option(tool, name, each, schema, name in required) for name, each in schema.get("properties", {}).items()
    ]
    options += [
        click.Option(["as_", "--as"], metavar="EMAIL", envvar="SCHOOLOS_AS", help="The user to act as."),
        click.Option(["school_", "--at"], metavar="NAME", help="The user's school, by short name."),
        click.Option(["json_", "--json"], is_flag=True, help="Print the result as JSON."),
    ]
    if tool.effect is not Effect.READ:
        options += [
            click.Option(["preview_", "--preview"], is_flag=True, help="Show what would happen and change nothing."),
            click.Option(["yes_", "--yes"], is_flag=True, help="Approve without being asked."),
        ]

    def callback(**given: Any) -> None:
        _run(tool, given)

    return click.Command(
        tool.name,
        params=options,
        callback=callback,
        help=tool.doc.replace("\nShape:", "\n\b\nShape:"),
        short_help=tool.summary,
    )


def _option(tool: Tool, name: str, schema: Mapping[str, Any], root: Mapping[str, Any], required: bool) -> click.Option:
    kind, many = _type(schema, root)
    return click.Option(
        [name, f"--{name.replace('_', '-')}"],
        type=kind,
        multiple=many,
        required=required,
        help=schema.get("description")
        or ("By name or id." if kind_named(tool.arguments.model_fields[name].annotation) else None),
    )


def _type(schema: Mapping[str, Any], root: Mapping[str, Any]) -> tuple[click.ParamType[Any, Any], bool]:
    """The option's type, and whether it may be repeated. What is not a word or number is given as JSON."""
    if "$ref" in schema:
        return _type(root["$defs"][schema["$ref"].split("/")[-1]], root)
    if options := [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]:
        return _type(options[0], root)
    if "enum" in schema:
        return click.Choice([str(value) for value in schema["enum"]]), False
    if schema.get("type") == "array":
        return _type(schema.get("items", {}), root)[0], True
    if schema.get("type") == "object" or ("properties" in schema):
        return Json(), False
    return SCALARS.get(str(schema.get("type")), click.STRING), False


class Json(click.ParamType[Any, Any]):
    """An option given as JSON."""

    name = "json"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return json.loads(value) if isinstance(value, str) else value
        except ValueError as error:
            self.fail(f"not JSON: {error}", param, ctx)


def _run(tool: Tool, given: dict[str, Any]) -> None:
    arguments = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in given.items()
        if name in tool.arguments.model_fields and value not in (None, ())
    }
    shown = run(_answer(tool, given, arguments))
    if shown is None:
        out.print("Nothing was changed.")
    elif given["json_"]:
        out.print_json(shown.model_dump_json(by_alias=True))
    else:
        out.print(Markdown(shown.markdown()))


async def _answer(tool: Tool, given: Mapping[str, Any], arguments: Mapping[str, Any]) -> Result | Preview | None:
    caller = await acting(given["as_"], given["school_"])
    if tool not in offered(caller) or tool.effect is Effect.READ or given["yes_"]:
        return (await invoke(tool, caller, arguments, approved=True)).result
    card, exact = await preview(tool, caller, arguments)
    if given["preview_"]:
        return card
    out.print(Markdown(card.markdown()))
    if not sys.stdin.isatty():
        raise NeedsApproval("Nothing was changed: add --yes to approve what is shown.")
    if not click.confirm("Approve?", default=False):
        return None
    return (await invoke(tool, caller, exact, approved=True)).result
