"""`python -m evals.safeguarding`: recall and false alarms per language, and what went wrong."""

from rich.console import Console
from rich.table import Table

from evals import safeguarding

wrong: list[tuple[safeguarding.Said, str]] = []
table = Table(title="Safeguarding")
for column in ("language", "concerns", "recall %", "others", "false alarms %"):
    table.add_column(column, justify="left" if column == "language" else "right")
for language, one in safeguarding.measure(wrong).items():
    concerns, others = one.found + one.missed, one.alarms + one.quiet
    table.add_row(language, str(concerns), f"{one.recall:.0f}", str(others), f"{one.false_alarms:.1f}")
console = Console()
console.print(table)
for said, why in wrong:
    console.print(f"{'missed' if said.harm else 'false alarm'} [{said.language}] {said.text}  ({why})", markup=False)
