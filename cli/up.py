"""`schoolos up`: the whole program in one process tree."""

import asyncio
import json
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import typer
from rich.table import Table

from cli.screen import out
from runtime.settings import settings
from runtime.supervisor import supervise


def add_to(app: typer.Typer) -> None:
    app.command()(up)


def up() -> None:
    """Start everything and stay until Ctrl-C: servers, migrations, demo school, api, worker, scheduler."""
    started = time.monotonic()

    def ready(address: str) -> None:
        out.print(f"\n[bold]SchoolOS is ready[/bold] at [bold cyan]{address}[/bold cyan]", end=" ")
        out.print(f"[dim]({time.monotonic() - started:.1f} s; Ctrl-C stops it)[/dim]")
        _print_sign_ins(address)

    asyncio.run(supervise(settings(), _say, ready, [sys.executable, "-m", "cli", "prepare"]))


def _say(sentence: str) -> None:
    out.print(f"[dim]·[/dim] {sentence}", soft_wrap=True)


def _print_sign_ins(address: str) -> None:
    """The demo's sign-ins, when the installation has them."""
    try:
        with urlopen(f"{address}/api/demo/sign-ins", timeout=5) as answer:  # noqa: S310  # our own http address
            sign_ins = json.load(answer)
    except (URLError, OSError, ValueError):
        return
    table = Table(box=None, padding=(0, 2), header_style="dim")
    for title in ("role", "name", "e-mail", "password"):
        table.add_column(title)
    for each in sign_ins:
        table.add_row(each["role"], each["name"], each["email"], each["password"])
    out.print(table)
