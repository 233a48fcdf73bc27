"""What the command line prints with."""

from rich.console import Console

from runtime.errors import SchoolOSError

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def complain(error: SchoolOSError) -> None:
    """One error as a person reads it: the sentence, then the facts that help to mend it."""
    err.print(f"[red]{error.code}[/red] ", end="")
    err.print(error.message, markup=False)
    for name, value in error.facts.items():
        err.print(f"  {name}: {value}", markup=False)
