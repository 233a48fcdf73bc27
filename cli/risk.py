"""`schoolos risk`: train a school's model of risk, look at its card, judge the way it is made on other data."""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.table import Table

from cli.connection import connected
from cli.identity import school_of
from cli.running import run
from cli.screen import err, out
from runtime.caller import Caller
from runtime.transaction import transaction
from school import risk_models, risk_training
from school.permissions import Permission
from school.risk_evaluation import Quality
from school.risk_models import Card

SchoolName = Annotated[str | None, typer.Option("--school", help="The school's short name, when there are several.")]
Capacity = Annotated[int | None, typer.Option(help="Students the school can help; default one in ten.", min=1)]
COLUMNS = ("", "PR-AUC", "ROC", "F1", "precision", "recall at capacity", "calibration error")


def add_to(app: typer.Typer) -> None:
    risk = typer.Typer(help="The early warning model: train, card, judge.", no_args_is_help=True)
    risk.command("train")(train)
    risk.command("card")(card)
    risk.command("judge")(judge)
    app.add_typer(risk, name="risk")


def train(school: SchoolName = None, capacity: Capacity = None) -> None:
    """Train the school's risk model on its past sessions; it serves only if it is better than both baselines."""
    result, found = run(_train(school, capacity))
    _print(found)
    out.print(result["decision"], markup=False)


def card(school: SchoolName = None) -> None:
    """Print the card of the model that serves."""
    found = run(_card(school))
    if found is None:
        out.print("No model serves: the rule is used.")
    else:
        _print(found)
        out.print(found.decision, markup=False)


def judge(
    path: Annotated[Path, typer.Argument(help="CSV; its columns are named in docs/analytics.md.", exists=True)],
    cut: Annotated[list[float] | None, typer.Option(help="Share of the course that has passed, 0..1.")] = None,
    capacity: Annotated[float, typer.Option(help="Share of the students that can be helped, 0..1.")] = 0.2,
    pass_percent: Annotated[float, typer.Option(help="Pass mark, percent.")] = 40,
) -> None:
    """Learn on the earlier sessions of a CSV and judge on the last, on servers of its own that end with it."""
    from evals.risk import courses, judging
    from runtime.migrate import upgrade
    from runtime.settings import settings

    lines = courses.read(path)
    with TemporaryDirectory() as scratch:
        os.environ["SCHOOLOS_DATA_DIR"] = str(Path(scratch) / "data")
        os.environ.pop("DATABASE_URL", None)
        settings.cache_clear()
        with connected() as servers:
            assert servers.migration_database_url is not None
            upgrade(servers.migration_database_url)
            judged = run(judging.judge(lines, cut or (1 / 3, 1 / 2, 2 / 3), capacity, pass_percent))
    for share, students, found in judged:
        out.print(
            f"\n{share:.0%} of the course, judged on {found.judged_on}: {students} students, prevalence"
            f" {found.prevalence:.3f}, {capacity:.0%} flagged. Learned on {', '.join(found.learned_on)}.", markup=False,
        )  # fmt: skip
        out.print(quality_table(found.qualities))


async def _caller(slug: str | None) -> Caller:
    return Caller.system((await school_of(slug)).id, *map(str, Permission))


async def _train(slug: str | None, capacity: int | None) -> tuple[dict[str, object], Card]:
    async def report(message: str) -> None:
        err.print(f"[dim]· {message}[/dim]")

    async with transaction(await _caller(slug)) as tx:
        result = await risk_training.run(tx, capacity, report)
        row = await risk_models.access_version(tx, result["version"])
        return result, Card.model_validate(row.card)


async def _card(slug: str | None) -> Card | None:
    async with transaction(await _caller(slug), read_only=True) as tx:
        row = await risk_models.serving_row(tx)
        return Card.model_validate(row.card) if row else None


def _print(found: Card) -> None:
    out.print(
        f"Learned on {', '.join(found.learned_on)}; judged on {found.judged_on}: prevalence {found.prevalence:.3f},"
        f" {found.capacity} can be helped.", markup=False,
    )  # fmt: skip
    out.print(quality_table(found.qualities))


def quality_table(qualities: Sequence[Quality]) -> Table:
    """One row a way of predicting."""
    table = Table(box=None, header_style="dim")
    for title in COLUMNS:
        table.add_column(title, justify="left" if not title else "right")
    for each in qualities:
        error = "" if each.calibration_error is None else f"{each.calibration_error:.3f}"
        figures = (each.pr_auc, each.roc_auc, each.f1, each.precision_at_capacity, each.recall_at_capacity)
        table.add_row(each.name, *(f"{figure:.3f}" for figure in figures), error)
    return table
