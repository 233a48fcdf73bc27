"""Real schools: FET's example files (Debian's `fet-data`), solved by us and by FET, one row each in docs/timetables-real-schools.md.

`python -m bench.timetable_real_schools --seconds 10` tries every file; `--part 2/6` the second of six parts, so that a run
stays short; `--failing --seconds 60` those without a valid timetable so far, again and for longer; `--peer` runs FET as well.
Rows are kept from run to run. A search ends when it is proven best, or some seconds after it was valid.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bench import fet
from bench.measurement import machine
from school.timetabling.checker import check
from school.timetabling.fet_import import Imported, UnreadableFet, from_fet, timetable_of
from school.timetabling.portfolio import Improvement, Outcome, solve
from school.timetabling.validation import mistakes
from school.timetabling.warm import warm

FILES = Path("/usr/share/doc/fet-data/examples/FET-5-official")
PAGE = Path(__file__).parent.parent / "docs" / "timetables-real-schools.md"
COLUMNS = ("school", "lessons", "valid", "s to valid", "hard left", "soft", "s given", "FET: s", "soft of FET's")
HEAD = """# Real schools

FET's example files, as Debian's `fet-data` has them, read from `.fet` and solved. Written by
`python -m bench.timetable_real_schools`; each row is of the run that tried the school last. "Valid" is the word of the
independent checker. A search ends when it is proven best, {polish:g} s after it was valid, or when its time is over. FET's
timetables are priced by our checker, which reads a percentage below 100 as a price, so their cost says little about FET.
"""
POLISH_S = 1.0


def schools() -> Iterator[tuple[str, str, Imported | None]]:
    """Every file: its name, its text, and what was understood; None for a file that FET could not read either."""
    for file in sorted(FILES.rglob("*.fet")):
        text = file.read_text(encoding="utf-8-sig")
        try:
            yield str(file.relative_to(FILES)), text, from_fet(text, file.stem)
        except UnreadableFet:
            yield str(file.relative_to(FILES)), text, None


def why_not(found: Imported | None) -> str | None:
    """Why a school cannot be tried: the rules that are missing, or what is wrong with the file."""
    if found is None:
        return "the file is damaged"
    return ", ".join(found.missing) or next((words for _, words in mistakes(found.instance)), None)


def main(
    seconds: Annotated[float, typer.Option(min=1, help="For each school.")] = 10,
    part: Annotated[str, typer.Option(help="Such as 2/6: the second of six parts.")] = "1/1",
    only: Annotated[str, typer.Option(help="Only files whose name has this in it.")] = "",
    failing: Annotated[bool, typer.Option(help="Only those without a valid timetable so far.")] = False,
    peer: Annotated[bool, typer.Option(help="FET too, with the same time.")] = False,
    limit_s: Annotated[float, typer.Option(help="End after so many seconds with what was done.")] = 3600,
) -> None:
    """Try schools and keep a row of each."""
    warm()
    rows = read_rows()
    turn, turns = (int(n) for n in part.split("/"))
    end = time.monotonic() + limit_s
    wanted = [s for s in schools() if only in s[0] and not (failing and rows.get(s[0], ["", "", "no"])[2] == "yes")]
    for name, text, found in wanted[turn - 1 :: turns]:
        if time.monotonic() >= end:
            break
        why = why_not(found)
        rows[name] = (
            [name, "", f"not tried: {why}", *[""] * 6]
            if why or found is None
            else _row(name, text, found, seconds, peer)
        )
        print(" | ".join(rows[name]), flush=True)
        write(rows)


def _row(name: str, text: str, found: Imported, seconds: float, peer: bool) -> list[str]:
    outcome = _solved(found, seconds)
    report = outcome.report
    valid = report is not None and report.valid
    first = next((f"{s.elapsed_s:.1f}" for s in outcome.improvements if s.valid), "–")
    left = Counter(v.kind for v in report.violations if v.hard) if report else Counter[str]()
    hard = ", ".join(f"{kind} {n}" for kind, n in left.most_common(3)) or ("0" if report else "–")
    proven = " (proven)" if outcome.status == "optimal" else ""
    reasons = f"impossible: {outcome.reasons[0].words}" if outcome.reasons else outcome.status
    theirs = _peer(text, found, seconds) if peer else ("", "")
    return [name, str(len(found.instance.lessons)), "yes" if valid else "no", first, hard if report else reasons,
            f"{report.soft:g}{proven}" if report else "–", f"{seconds:g}", *theirs]  # fmt: skip


def _solved(found: Imported, seconds: float) -> Outcome:
    valid_at: list[float] = []

    def better(step: Improvement, _: object) -> None:
        if step.valid and not valid_at:
            valid_at.append(time.monotonic())

    def enough() -> bool:
        return bool(valid_at) and time.monotonic() > valid_at[0] + POLISH_S

    return solve(found.instance, seconds=seconds, seed=1, on_better=better, cancelled=enough)


def _peer(text: str, found: Imported, seconds: float) -> tuple[str, str]:
    took, written = fet.run(text, seconds)
    if written is None:
        return "–", "–"
    theirs = check(found.instance, timetable_of(written, found.instance))
    return f"{took:.1f}", f"{theirs.soft:g}" + (f" ({theirs.hard} hard by our reading)" if theirs.hard else "")


def read_rows() -> dict[str, list[str]]:
    """The rows of the page as they are, by school."""
    lines = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    cells = [re.split(r"\s*\|\s*", line.strip("| \n")) for line in lines if ".fet |" in line]
    return {row[0]: [*row, *[""] * (len(COLUMNS) - len(row))] for row in cells}


def write(rows: dict[str, list[str]]) -> None:
    """The page: how many were solved, then a row of each school."""
    tried = [row for row in rows.values() if row[2] in ("yes", "no")]
    solved = sum(row[2] == "yes" for row in tried)
    fets = [row for row in tried if row[7]]
    lines = [
        HEAD.format(polish=POLISH_S),
        f"Of {len(rows)} files {len(tried)} were tried and {solved} have a valid timetable. Last run: {machine()}, "
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC."
        + (f" FET completed {sum(row[7] != '–' for row in fets)} of the {len(fets)} it was given." if fets else ""),
        "",
        "| " + " | ".join(COLUMNS) + " |",
        "| --- | ---: | --- | ---: | --- | ---: | ---: | ---: | ---: |",
        *("| " + " | ".join(rows[name]) + " |" for name in sorted(rows)),
    ]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
