"""`schoolos evals`: the assistant scored on its datasets."""

import typer

from evals.__main__ import main


def add_to(app: typer.Typer) -> None:
    app.command("evals")(main)
