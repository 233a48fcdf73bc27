"""Tables as a PDF for printing: tagged for screen readers (PDF/UA-1), headings again on every page. Text is never markup."""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

FONTS: Final = ("Noto Sans", "Noto Naskh Arabic")
"""Shipped with the program, so that a page looks the same on every machine."""

NARROWEST, WIDEST, UPRIGHT = 6, 32, 100
"""Letters: of a column, and of a line on upright paper."""

PATIENCE_S = 120
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Rows of a table; None is shown as a dash."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]


def write(path: Path, title: str, tables: Iterable[PrintedTable], *, covered: str = "", said: str = "") -> None:
    """Print tables to a file. `said` stands at the head and at the foot of every page. Wide tables turn the paper.

    In a process of its own, whose memory goes with it. A name in a script we ship no font for is printed with the machine's
    fonts, which PDF/UA-1 cannot promise.
    """
    laid_out = [_laid_out(table) for table in tables]
    across = any(sum(one["widths"]) > UPRIGHT for one in laid_out)
    given = {"title": title, "covered": covered, "said": said, "across": across, "fonts": FONTS, "tables": laid_out}
    printing = [sys.executable, "-m", "school.printed_tables", str(path)]
    subprocess.run(printing, input=json.dumps(given).encode(), check=True, timeout=PATIENCE_S, cwd=_HERE.parent)


def _print(path: Path, given: str) -> None:
    import typst

    fonts, inputs = [_HERE / "report_pdf" / "fonts"], {"given": given}
    asked: dict[str, Any] = {"output": path, "sys_inputs": inputs, "font_paths": fonts}
    try:
        typst.compile(_HERE / "printed_tables.typ", pdf_standards="ua-1", ignore_system_fonts=True, **asked)
    except typst.TypstError:
        typst.compile(_HERE / "printed_tables.typ", **asked)


def _laid_out(table: PrintedTable) -> dict[str, Any]:
    cells = [["–" if cell is None else str(cell) for cell in row] for row in table.rows]
    bold = [f"{heading} " for heading in table.headings]
    longest = [max(map(len, column)) for column in zip(bold, *cells, strict=True)]
    return {
        "title": table.title, "headings": table.headings, "rows": cells,
        "widths": [min(WIDEST, max(NARROWEST, length)) for length in longest],
        "numeric": [
            all(isinstance(row[place], Decimal | int | float | None) for row in table.rows)
            for place in range(len(table.headings))
        ],
    }  # fmt: skip


if __name__ == "__main__":
    _print(Path(sys.argv[1]), sys.stdin.read())
