"""`schoolos doctor`: checks every dependency and setting, and says how to mend what is wrong."""

import json
import sys
from typing import Annotated

import typer
from pydantic import ValidationError

from cli import checks_machine, checks_servers
from cli.checks import Check, Finding, State
from cli.connection import connected
from cli.screen import err, out
from runtime.errors import SchoolOSError
from runtime.settings import Settings, settings

MARKS = {State.FINE: "[green]✓[/green]", State.WARNING: "[yellow]![/yellow]", State.WRONG: "[red]✗[/red]"}


def add_to(app: typer.Typer) -> None:
    app.command()(doctor)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list instead of lines.")] = False,
    servers_only: Annotated[
        bool, typer.Option("--servers", help="Only the database and Redis: a health probe.")
    ] = False,
) -> None:
    """Check every dependency and setting; exit code 1 when something must be mended."""
    findings = examine(servers_only)
    if as_json:
        out.print_json(json.dumps([finding.model_dump() for finding in findings]))
    else:
        for finding in findings:
            out.print(f"{MARKS[finding.state]} {finding.name}: ", end="")
            out.print(finding.found, markup=False, soft_wrap=True)
            if finding.mend:
                out.print(f"    {finding.mend}", style="dim", markup=False, soft_wrap=True)
    wrong = sum(finding.state is State.WRONG for finding in findings)
    if wrong:
        err.print(f"[red]{wrong} to mend[/red]")
        sys.exit(1)


def examine(servers_only: bool = False) -> list[Finding]:
    """Every finding, in the order the program depends on them."""
    try:
        settings()
    except ValidationError as error:
        return [_wrong_settings(error)]
    findings = [] if servers_only else [_run(check) for check in checks_machine.CHECKS]
    try:
        with connected() as servers:
            findings += [_run(check) for check in checks_servers.checks(servers)]
    except SchoolOSError as error:
        findings.append(Finding.wrong("Servers", error.message, "Start them, or unset DATABASE_URL and REDIS_URL."))
    return list(dict.fromkeys(findings))  # a server that is away is found away by every check of it


def _run(check: Check) -> Finding:
    """A check that itself fails is a finding too."""
    try:
        return check()
    except Exception as error:  # whatever a broken installation raises is what we report
        return Finding.wrong(check.__name__.replace("_", " ").capitalize(), f"{type(error).__name__}: {error}", None)


def _wrong_settings(error: ValidationError) -> Finding:
    lines: list[str] = []
    for each in error.errors():
        name = str(each["loc"][0])
        variable = name if name.isupper() else f"{Settings.model_config.get('env_prefix', '')}{name.upper()}"
        lines.append(f"{variable}: {each['msg']}")
    return Finding.wrong("Settings", "; ".join(lines), "Correct these variables; docs/settings.md describes each.")
