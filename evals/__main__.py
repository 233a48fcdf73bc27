"""`python -m evals`: score the assistant and print a table per capability and kind."""

import asyncio
import os
import warnings
from collections import defaultdict
from dataclasses import replace
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evals import cases, dialogues, feedback, grounding, hosted, report, routing
from evals.cast import demo_school
from runtime.settings import settings
from tools import load_all

Scores = dict[str, list[float]]
_console = Console(width=150)


async def _run(split: str, show: bool, only: str) -> int:
    load_all()
    utterances = [u for u in cases.load() if split == "all" or u.held == (split == "held")]
    utterances = [u for u in utterances if not only or u.tool == only]
    async with demo_school() as cast:
        report = await routing.dataset(utterances).evaluate(
            lambda utterance: (hosted if hosted.configured() else routing).route(cast, utterance),
            progress=False,
            max_concurrency=1,
        )
    by_tool: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    for case in report.cases:
        got = tuple(bool(case.assertions[name].value) for name in ("RightTool", "RightArguments", "NoWrongChange"))
        by_tool[case.inputs.tool].append(got)  # type: ignore[arg-type]
        if show and not all(got):
            reasons = "; ".join(str(a.reason) for a in case.assertions.values() if not a.value and a.reason)
            _console.print(f"[red]✗[/] {case.name}  →  {reasons}", markup=True, highlight=False)
    for failure in report.failures:
        _console.print(f"[red]error[/] {failure.name}: {failure.error_message}")
    _print(split, by_tool)
    return len(report.failures)


async def _dialogues(show: bool, only: str) -> int:
    load_all()
    scripts = [script for script in dialogues.load() if only in {"", script.kind, script.name}]
    report = await dialogues.dataset(scripts).evaluate(dialogues.play_afresh, progress=False, max_concurrency=1)
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for case in report.cases:
        right = case.assertions["AsWritten"]
        by_kind[case.inputs.kind].append(bool(right.value))
        if show and not right.value:
            _console.print(f"[red]✗[/] {case.name}\n   {right.reason}", highlight=False)
    for failure in report.failures:
        by_kind[failure.inputs.kind].append(False)
        _console.print(f"[red]error[/] {failure.name}: {failure.error_message}")
    table = Table(title="Dialogues")
    for column in ("kind", "dialogues", "right %"):
        table.add_column(column, justify="left" if column == "kind" else "right")
    everything = [right for rows in by_kind.values() for right in rows]
    for kind, rows in [*sorted(by_kind.items()), ("all", everything)]:
        table.add_row(kind, str(len(rows)), f"{100 * sum(rows) / max(1, len(rows)):.1f}")
    _console.print(table)
    return len(report.failures)


async def _report() -> None:
    async with demo_school() as cast:
        done = await report.run(cast)
    report.write(replace(done, by_kind=await report.hold()))
    _console.print(f"Written: {report.PAGE.name}")


async def _grounding(show: bool) -> None:
    load_all()
    async with demo_school() as cast:
        found = await grounding.measure(cast)
    for sentence, wrong in found.stopped if show else []:
        _console.print(f"[red]✗[/] {sentence[:140]}  →  {', '.join(wrong)}", highlight=False)
    _console.print(
        f"{found.turns} turns, {found.sentences} true sentences: {len(found.stopped)} stopped ({found.rate:.2f} %), "
        f"in {found.turns_stopped} turns"
    )


def _print(split: str, by_tool: dict[str, list[tuple[bool, bool, bool]]]) -> None:
    table = Table(title=f"Routing, {split} split")
    for column in ("capability", "cases", "tool %", "tool and arguments %", "wrong change"):
        table.add_column(column, justify="left" if column == "capability" else "right")
    everything = [row for tool, rows in by_tool.items() if tool != "-" for row in rows]
    for tool, rows in [*sorted(by_tool.items()), ("all asked for", everything)]:
        table.add_row(tool, str(len(rows)), *(f"{100 * sum(r[i] for r in rows) / max(1, len(rows)):.1f}" for i in (0, 1)),
                      str(sum(not r[2] for r in rows)))  # fmt: skip
    _console.print(table)


def main(
    kind: Annotated[str, typer.Argument(help="routing, dialogues, grounding, report or feedback")] = "routing",
    split: Annotated[str, typer.Option(help="tuning, held or all")] = "tuning",
    show: Annotated[bool, typer.Option(help="print what failed")] = False,
    only: Annotated[str, typer.Option(help="one capability")] = "",
    model: Annotated[str, typer.Option(help="a hosted model, such as anthropic:claude-sonnet-4-5")] = "",
) -> None:
    """Score the assistant on its datasets."""
    warnings.simplefilter("ignore")
    if model:
        os.environ["SCHOOLOS_MODEL"] = model
        settings.cache_clear()
    if kind == "report":
        asyncio.run(_report())
        return
    if kind == "grounding":
        asyncio.run(_grounding(show))
        return
    if kind == "feedback":
        _console.print(f"{asyncio.run(feedback.collect())} disliked answers added to {feedback.FILE.name}")
        return
    run = _dialogues(show, only) if kind == "dialogues" else _run(split, show, only)
    raise SystemExit(1 if asyncio.run(run) else 0)


if __name__ == "__main__":
    typer.run(main)
