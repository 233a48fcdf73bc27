"""The `schoolos` command: every subcommand, and how an error leaves it."""

import sys
from importlib import import_module

import typer

from cli.screen import complain
from runtime.errors import SchoolOSError

COMMANDS = {
    "up": "cli.up",
    "migrate": "cli.database",
    "demo": "cli.database",
    "prepare": "cli.database",
    "doctor": "cli.doctor",
    "evals": "cli.evals",
    "backup": "cli.backup",
    "restore": "cli.backup",
    "call": "cli.call",
    "chat": "cli.chat",
    "users": "cli.users",
    "keys": "cli.keys",
    "storage": "cli.storage",
    "timetable": "cli.timetable",
    "risk": "cli.risk",
    "documents": "cli.documents",
}
"""The module of each command. A command imports only its own, so that the supervisor stays small and starts fast."""


def build(wanted: str | None) -> typer.Typer:
    """The application with one command, or with all of them when none is named."""
    app = typer.Typer(
        name="schoolos",
        help="SchoolOS: a school run by one assistant.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_whole)
    for module in dict.fromkeys([COMMANDS[wanted]] if wanted in COMMANDS else COMMANDS.values()):
        import_module(module).add_to(app)
    return app


def _whole() -> None:
    """SchoolOS: a school run by one assistant."""


def main() -> None:
    """Run the command; an error a person can mend is a sentence and exit code 1, not a traceback."""
    try:
        build(next(iter(sys.argv[1:]), None))()
    except SchoolOSError as error:
        complain(error)
        sys.exit(1)
