"""`schoolos storage`: the store files are in."""

import typer

from cli.screen import out
from runtime.file_expiry import set_rule
from school.report_batches import EXPIRING, KEEP_DAYS


def add_to(app: typer.Typer) -> None:
    storage = typer.Typer(help="The store files are in.", no_args_is_help=True)
    storage.callback()(_group)
    storage.command("expiry")(expiry)
    app.add_typer(storage, name="storage")


def _group() -> None:
    """The store files are in."""


def expiry() -> None:
    """Have the S3 bucket delete report cards and archives after 30 days, as the daily job does."""
    out.print(f"The bucket deletes what lies under {set_rule(EXPIRING, KEEP_DAYS)} after {KEEP_DAYS} days.")
