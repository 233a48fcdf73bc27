"""The `schoolos` command: every subcommand, and how an error leaves it."""

import sys

import typer

from cli import database, doctor, up
from cli.screen import complain
from runtime.errors import SchoolOSError

app = typer.Typer(
    name="schoolos",
    help="SchoolOS: a school run by one assistant.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (up, database, doctor):
    module.add_to(app)


def main() -> None:
    """Run the command; an error a person can mend is a sentence and exit code 1, not a traceback."""
    try:
        app()
    except SchoolOSError as error:
        complain(error)
        sys.exit(1)
