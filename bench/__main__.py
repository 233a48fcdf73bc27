"""Run the measurements, print them as a table, and put them into docs/measurements.md."""

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

import bench
from bench.measurement import Measurement, machine

PAGE = Path(__file__).parent.parent / "docs" / "measurements.md"
HEAD = "# Measurements\n\nWritten by `make bench`. Figures of one machine at one moment; the promises are the product's own.\n"
MARKS = {True: "kept", False: "missed", None: ""}


def main(wanted: Sequence[str]) -> int:
    """Measure the named modules, or all; 1 when a module is not known or a measurement failed."""
    known = [each.name for each in pkgutil.iter_modules(bench.__path__) if each.name not in ("__main__", "measurement")]
    modules = [importlib.import_module(f"bench.{name}") for name in known]
    having = {name: module for name, module in zip(known, modules, strict=True) if hasattr(module, "measure")}
    if unknown := [name for name in wanted if name not in having]:
        sys.stderr.write(f"There is no measurement {', '.join(unknown)}. There are {', '.join(having)}.\n")
        return 1
    screen, failed = Console(), 0
    for name in wanted or having:
        title, where = having[name].TITLE, machine()
        screen.print(f"\n[bold]{title}[/bold] [dim]{where}[/dim]")
        try:
            measured: list[Measurement] = list(having[name].measure())
        except Exception as error:  # the others are still worth measuring
            screen.print(f"[red]failed[/red] {type(error).__name__}: {error}", markup=True)
            failed += 1
            continue
        screen.print(_table(measured))
        _write(title, where, measured)
    return 1 if failed else 0


def _table(measured: Sequence[Measurement]) -> Table:
    table = Table(box=None, header_style="dim")
    for heading in ("what", "size", "figure", "promise", ""):
        table.add_column(heading, justify="right" if heading == "figure" else "left")
    for each in measured:
        style = {True: "green", False: "red", None: ""}[each.kept]
        table.add_row(each.what, each.size, _figure(each), each.promise, MARKS[each.kept], style=style)
    return table


def _write(title: str, where: str, measured: Sequence[Measurement]) -> None:
    """Replace this title's section of the page and leave the others."""
    sections = dict(_sections(PAGE.read_text())) if PAGE.exists() else {}
    rows = [
        f"| {each.what} | {each.size} | {_figure(each)} | {each.promise} | {MARKS[each.kept]} |" for each in measured
    ]
    head = ["| what | size | figure | promise | |", "| --- | --- | ---: | --- | --- |"]
    sections[title] = "\n".join([f"{datetime.now(UTC):%Y-%m-%d}, {where}.\n", *head, *rows])
    PAGE.write_text(HEAD + "".join(f"\n## {name}\n\n{body}\n" for name, body in sorted(sections.items())))


def _sections(page: str) -> list[tuple[str, str]]:
    parts = page.split("\n## ")[1:]
    return [(part.split("\n", 1)[0], part.split("\n", 1)[1].strip()) for part in parts]


def _figure(each: Measurement) -> str:
    digits = 0 if each.value >= 100 else 1 if each.value >= 10 else 2
    return f"{each.value:,.{digits}f} {each.unit}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
