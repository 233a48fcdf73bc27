"""`python -m evals.risk FILE.csv --cut 0.5`: judge the early warning on a public data set, with one command."""

import asyncio
import os
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console

from cli.risk import quality_table
from evals.risk import courses, school
from evals.risk.courses import BAD, Line
from runtime.caller import Caller
from runtime.errors import SchoolOSError
from runtime.ids import new_id
from runtime.transaction import transaction
from school import risk_features, risk_training
from school.permissions import Permission
from school.risk_outcomes import Example

_console = Console(width=120)


async def examples(caller: Caller, lines: list[Line], share: float) -> list[Example]:
    """Each session at its cut: the features as the product computes them, without students who had left by then."""
    found: list[Example] = []
    async with transaction(caller, read_only=True) as tx:
        for session in sorted({line.session for line in lines}):
            own = [line for line in lines if line.session == session]
            day = courses.cut_day(own, share)
            gone = courses.left_before(own, day)
            by_id = {school.student_id(line): line for line in own if line.student not in gone}
            known = await risk_features.as_of(tx, school.key("session", session), day)
            found.extend(
                Example(key, session, f"{share:.0%}", features, by_id[key].outcome in BAD)
                for key, features in known.items() if key in by_id
            )  # fmt: skip
    return found


def main(
    path: Annotated[Path, typer.Argument(help="CSV; its columns are named in docs/analytics.md.", exists=True)],
    cut: Annotated[list[float] | None, typer.Option(help="Share of the course that has passed, 0..1.")] = None,
    capacity: Annotated[float, typer.Option(help="Share of the students that can be helped, 0..1.")] = 0.2,
    pass_percent: Annotated[float, typer.Option(help="Pass mark, percent.")] = 40,
) -> None:
    """Learn on earlier sessions, judge on the last; print prevalence, and a row each for the rule and the models."""
    from cli.connection import connected
    from runtime import database
    from runtime.migrate import upgrade
    from runtime.settings import settings

    lines = courses.read(path)

    async def judge() -> None:
        caller = Caller.system(new_id(), *map(str, Permission))
        async with transaction(caller) as tx:
            await school.bring_in(tx, lines, Decimal(str(pass_percent)))
        for share in cut or [1 / 3, 1 / 2, 2 / 3]:
            found = await examples(caller, lines, share)
            trained = risk_training.train(found, max(1, round(capacity * len(found))), capacity, pass_percent)
            card = trained.card
            students = sum(1 for each in found if each.session == card.judged_on)
            _console.print(
                f"\n{share:.0%} of the course, learned on {', '.join(card.learned_on)}, judged on {card.judged_on}: {students}"
                f" students, prevalence {card.prevalence:.3f}, {capacity:.0%} flagged"
            )
            _console.print(quality_table(card.qualities))
        await database.forget()

    with TemporaryDirectory() as scratch:
        os.environ["SCHOOLOS_DATA_DIR"] = str(Path(scratch) / "data")
        settings.cache_clear()
        with connected() as servers:
            assert servers.migration_database_url is not None
            upgrade(servers.migration_database_url)
            try:
                asyncio.run(judge())
            except SchoolOSError as error:
                _console.print(f"[red]{error.message}[/red]")
                raise typer.Exit(1) from None


if __name__ == "__main__":
    typer.run(main)
