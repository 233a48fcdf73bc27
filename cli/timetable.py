"""`schoolos timetable`: solve, check and convert timetable problems in files, without a school or a database."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.screen import err, out

app = typer.Typer(no_args_is_help=True, help="Solve and check timetable problems in files.")
Problem = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="A problem: neutral JSON, a request, or .fet.")
]


def add_to(parent: typer.Typer) -> None:
    parent.add_typer(app, name="timetable")


@app.command()
def solve(
    file: Problem,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long to search.")] = 10,
    seed: Annotated[int, typer.Option(help="Another seed, another timetable.")] = 1,
    into: Annotated[
        Path | None, typer.Option("--out", help="Where the solution goes; else it is only counted.")
    ] = None,
    start: Annotated[Path | None, typer.Option("--from", help="A solution to begin from.")] = None,
) -> None:
    """Find the best timetable in the time given; write it as soon as there is one, and again when it improves."""
    from school.timetabling.instance import Assignments, dump_solution, load_solution
    from school.timetabling.portfolio import Improvement
    from school.timetabling.portfolio import solve as find

    instance = read_problem(file)

    def better(step: Improvement, assignments: Assignments) -> None:
        if into is not None and step.valid:
            into.write_text(dump_solution(assignments), encoding="utf-8")

    outcome = find(
        instance, seconds=seconds, seed=seed, start=load_solution(start) if start else None, on_better=better
    )
    if into is not None and outcome.assignments:
        into.write_text(dump_solution(outcome.assignments), encoding="utf-8")
    report = outcome.report
    first = next((step.elapsed_s for step in outcome.improvements if step.valid), None)
    summary = {
        "status": outcome.status, "hard": report.hard if report else None, "soft": report.soft if report else None,
        "bound": outcome.bound, "firstValidS": first, "elapsedS": round(outcome.elapsed_s, 2),
        "reasons": [reason.words for reason in outcome.reasons],
    }  # fmt: skip
    out.print_json(json.dumps(summary))
    if report is None or not report.valid:
        raise typer.Exit(1)


@app.command()
def check(file: Problem, solution: Annotated[Path, typer.Argument(exists=True, help="A solution.")]) -> None:
    """Count the hard violations of a solution and price its unmet wishes."""
    from school.timetabling.checker import check as checked
    from school.timetabling.instance import load_solution

    report = checked(read_problem(file), load_solution(solution))
    out.print_json(report.model_dump_json())
    if not report.valid:
        raise typer.Exit(1)


@app.command()
def explain(file: Problem, seconds: Annotated[float, typer.Option(min=0.1)] = 10) -> None:
    """Say why a problem has no timetable, or that it has one."""
    from school.timetabling.explain import explain as explained

    out.print_json(explained(read_problem(file), seconds=seconds).model_dump_json())


@app.command()
def convert(file: Problem, into: Annotated[Path, typer.Option("--out", help=".fet or .json")]) -> None:
    """Turn a problem from one format into another."""
    from school.timetabling.fet_export import to_fet
    from school.timetabling.instance import dump_instance

    instance = read_problem(file)
    into.write_text(to_fet(instance) if into.suffix == ".fet" else dump_instance(instance), encoding="utf-8")


def read_problem(file: Path):
    """A problem in any of the formats: FET, the neutral JSON, or the request people send."""
    from school.timetabling import problem_files

    found = problem_files.read_problem(file.read_bytes(), file.name)
    for kind, count in found.missing.items():
        err.print(f"[yellow]Left out:[/] {kind} ({count}), a rule this program does not know.")
    return found.instance
