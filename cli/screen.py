"""What the command line prints with."""

from rich.console import Console
from rich.table import Table

from runtime.errors import SchoolOSError

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def listing(first: str, *others: str) -> Table:
    """A table whose first column, what other commands ask for, is never cut; the others go over several lines."""
    table = Table(box=None, header_style="dim")
    table.add_column(first, no_wrap=True, min_width=36)
    for title in others:
        table.add_column(title, overflow="fold")
    return table


def complain(error: SchoolOSError) -> None:
    """One error as a person reads it: the sentence, then the facts that help to mend it."""
    err.print(f"[red]{error.code}[/red] ", end="")
    err.print(error.message, markup=False)
    for name, value in error.facts.items():
        err.print(f"  {name}: {value}", markup=False)
